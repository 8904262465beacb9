/*
 * html_select: the subtree that holds the story.
 *
 * Each block is worth what its prose weighs, and less than nothing when it is links; a subtree is worth the sum of its
 * blocks, but one that calls itself comments, related, hidden or the like adds nothing to what it lies in, and is worth a
 * part of its sum itself. The story is the subtree of the highest worth, the innermost of equals: a maximum-sum subtree, in
 * one pass from the last node to the first. (Boilerpipe's text density, WSDM 2010, and Readability's class words are the
 * ancestors of the weights.)
 */
#include <string.h>

#include "ingest/html_page.h"

#define AGAINST                                                                                                        \
  (WT_HINT_NAV | WT_HINT_FOOTER | WT_HINT_SIDE | WT_HINT_COMMENT | WT_HINT_RELATED | WT_HINT_SHARE |                   \
   WT_HINT_NEWSLETTER | WT_HINT_AD | WT_HINT_COOKIE | WT_HINT_POPUP | WT_HINT_PROMO | WT_HINT_LOGIN)

static int32_t value_of(const wt_html_block *block) {
  int32_t weight = (int32_t)block->weight, link = (int32_t)block->link_weight;
  if (link * 2 > weight) return -(15 + (weight > 100 ? 100 : weight) / 4);
  if (block->context & (WT_IN_HEADING | WT_IN_CAPTION | WT_IN_UNSEEN)) return 0;
  if (block->covered != WT_COVER_UNKNOWN && block->covered >= 700) weight += weight / 2;
  int32_t prose = weight - 2 * link;
  if (prose > 1200) prose = 1200;
  if (weight >= 80) return prose + (block->ends_sentence ? 20 : 0);
  if (weight >= 25 && block->ends_sentence) return prose > 0 ? prose / 2 : 0;
  return -3;
}

int wt_html_share_of(const wt_node *node) {
  if (node->tag == WT_TAG_HTML || node->tag == WT_TAG_BODY || node->tag == WT_TAG_MAIN) return 16;
  if (node->flags & WT_NODE_ARTICLE_BODY) return 16;
  if (node->flags & WT_NODE_BANNER) return 1;
  if (node->flags & (WT_NODE_TEASER | WT_NODE_REPLIED)) return 4;
  if (node->tag == WT_TAG_NAV || node->tag == WT_TAG_FOOTER || (node->flags & WT_NODE_NAVIGATION)) return 4;
  if (node->tag == WT_TAG_ASIDE || node->tag == WT_TAG_BUTTON || node->tag == WT_TAG_SELECT) return 4;
  if (node->flags & (WT_NODE_HIDDEN | WT_NODE_COMPLEMENT | WT_NODE_CHROME)) return 4;
  if (node->tag == WT_TAG_FORM || node->tag == WT_TAG_FIELDSET) return 8;
  if ((node->hints & (WT_HINT_BODY)) != 0 || node->tag == WT_TAG_ARTICLE) return 16;
  if (node->hints & (WT_HINT_COMMENT | WT_HINT_RELATED | WT_HINT_COOKIE | WT_HINT_FOOTER)) return 4;
  return (node->hints & AGAINST) != 0 ? 8 : 16;
}

/* All prose below each node, last node first: children stand behind their parents. */
static void sum_prose(wt_html_page *page) {
  for (size_t i = page->tree.count; i-- > 0;)
    if (page->tree.nodes[i].parent != WT_NO_NODE) page->prose[page->tree.nodes[i].parent] += page->prose[i];
}

/* By node, the least share of itself and of what it lies in: a paragraph of a comment is a comment. A name that covers
   most of the prose of the page names the page. */
static void find_shares(wt_html_page *page, uint8_t *shares) {
  const wt_html_tree *tree = &page->tree;
  int64_t all = tree->count > 0 ? page->prose[0] : 0;
  for (uint32_t i = 0; i < tree->count; i++) {
    const wt_node *node = &tree->nodes[i];
    int own = node->tag == WT_TAG_TEXT || (int64_t)page->prose[i] * 3 > all * 2 ? 16 : wt_html_share_of(node);
    int above = node->parent == WT_NO_NODE ? 16 : shares[node->parent];
    shares[i] = (uint8_t)(own < above ? own : above);
  }
}

/* Adds each node's sum to its parent's, last node first. */
static void sum_up(wt_html_page *page, const uint8_t *shares) {
  const wt_html_tree *tree = &page->tree;
  int64_t best = 0;
  page->main = WT_NO_NODE;
  for (size_t i = tree->count; i-- > 0;) {
    const wt_node *node = &tree->nodes[i];
    if (node->tag == WT_TAG_TEXT) continue;
    int32_t sum = page->sums[i];
    int share = wt_html_share_of(node);
    int64_t worth = (int64_t)sum * shares[i];
    if (worth > best) {
      best = worth;
      page->main = (uint32_t)i;
    }
    if (node->parent == WT_NO_NODE) continue;
    page->sums[node->parent] += share < 16 && sum > 0 ? 0 : sum;
  }
}

/* Has the subtree a heading of the first order or an article of its own? */
static bool is_whole(const wt_html_tree *tree, uint32_t at) {
  for (uint32_t i = at; i < tree->nodes[at].end; i++)
    if (tree->nodes[i].tag == WT_TAG_H1 || tree->nodes[i].tag == WT_TAG_ARTICLE) return true;
  return false;
}

/* Prose within `above` in subtrees built like main, all but main. -1: they are stories of their own. */
static int64_t prose_alike(const wt_html_page *page, uint32_t above) {
  const wt_node *nodes = page->tree.nodes;
  int64_t found = 0;
  for (uint32_t at = above + 1; at < nodes[above].end;) {
    bool alike = at != page->main && nodes[at].path == nodes[page->main].path && nodes[at].tag != WT_TAG_TEXT;
    if (alike && is_whole(&page->tree, at)) return -1;
    if (alike && wt_html_share_of(&nodes[at]) == 16) found += page->prose[at];
    at = alike || at == page->main ? nodes[at].end : at + 1;
  }
  return found;
}

/* Some templates set each piece of a story in a box of its own: main is one of these then, and the story what holds them. */
static void widen(wt_html_page *page) {
  const wt_node *nodes = page->tree.nodes;
  if (page->main == WT_NO_NODE || is_whole(&page->tree, page->main)) return;
  uint32_t above = page->main, found = WT_NO_NODE;
  for (int level = 0; level < 4; level++) {
    above = nodes[above].parent;
    if (above == WT_NO_NODE || nodes[above].tag == WT_TAG_BODY || wt_html_share_of(&nodes[above]) < 16) break;
    int64_t alike = prose_alike(page, above);
    if (alike < 0) break;
    if (alike * 8 >= page->prose[page->main]) found = above;
    if (alike * 8 >= page->prose[page->main] || nodes[above].tag == WT_TAG_ARTICLE || nodes[above].tag == WT_TAG_MAIN)
      break;
  }
  if (found != WT_NO_NODE) page->main = found;
}

/* ---- rows of teasers ---- */

enum { TEASER_MOST = 330, TEASER_ROW = 3 };

/* By node, the first block in its subtree; none: UINT32_MAX. */
static void find_first_blocks(const wt_html_page *page, uint32_t *first) {
  const wt_html_tree *tree = &page->tree;
  memset(first, 0xFF, tree->count * sizeof *first);
  for (size_t i = page->block_count; i-- > 0;) first[page->blocks[i].node] = (uint32_t)i;
  for (size_t i = tree->count; i-- > 0;) {
    uint32_t parent = tree->nodes[i].parent;
    if (parent != WT_NO_NODE && first[i] < first[parent]) first[parent] = first[i];
  }
}

/* A line that is a link, then a little text. */
static bool is_teaser(const wt_html_page *page, const uint32_t *first, uint32_t at) {
  const wt_node *node = &page->tree.nodes[at];
  if (node->tag == WT_TAG_TEXT || first[at] == UINT32_MAX || page->prose[at] <= 0 || page->prose[at] > TEASER_MOST)
    return false;
  const wt_html_block *lead = &page->blocks[first[at]];
  return lead->weight >= 12 && lead->link_weight * 10 >= lead->weight * 9;
}

/* Does the headline, in a heading, stand before an element and apart from it, with prose of its own beside it? */
static bool is_headed_elsewhere(wt_html_page *page, uint32_t row) {
  enum { SOME = 150, LOOKS = 400 };
  const wt_node *nodes = page->tree.nodes;
  for (size_t i = 0; i < page->block_count && i < LOOKS && page->blocks[i].node < row; i++) {
    uint32_t above = nodes[page->blocks[i].node].parent;
    if (above == WT_NO_NODE || nodes[above].end > row || page->prose[above] < SOME) continue;
    if (wt_html_is_headline(page, &page->blocks[i])) return true;
  }
  return false;
}

/* Do paragraphs stand beside a row whose teasers hold a third of the prose there? The story goes through a list then. */
static bool is_own_list(const wt_html_page *page, uint32_t holder, uint32_t row, uint32_t shape, int64_t prose) {
  enum { LOOKS = 1000 }; /* of children: one holder may have many rows */
  const wt_node *nodes = page->tree.nodes;
  if (holder == WT_NO_NODE || prose * 3 < page->prose[holder]) return false;
  unsigned looks = 0;
  for (uint32_t at = holder + 1; at < nodes[holder].end && looks < LOOKS; at = nodes[at].end, looks++)
    if (at != row && nodes[at].tag != WT_TAG_TEXT && nodes[at].shape != shape && page->sums[at] > 0) return true;
  return false;
}

static void mark_all(wt_html_page *page, const uint32_t *first, uint32_t row, uint32_t shape, uint16_t flag) {
  wt_node *nodes = page->tree.nodes;
  for (uint32_t at = row + 1; at < nodes[row].end; at = nodes[at].end)
    if (nodes[at].shape == shape && is_teaser(page, first, at)) nodes[at].flags |= flag;
}

/* Marks the teasers among the children of one element when three of one shape or more stand there, and they are neither
   the greater part of the page, unless the story is headed elsewhere, nor a list that the story itself goes through. */
static void mark_row(wt_html_page *page, const uint32_t *first, uint32_t row) {
  wt_node *nodes = page->tree.nodes;
  uint32_t shape = 0, count = 0, others = 0;
  int64_t prose = 0;
  for (uint32_t at = row + 1; at < nodes[row].end; at = nodes[at].end) {
    if (is_teaser(page, first, at) && (count == 0 || nodes[at].shape == shape)) {
      shape = nodes[at].shape;
      prose += page->prose[at];
      count++;
    } else if (count > 0 && nodes[at].shape == shape && page->prose[at] > 0)
      others++;
  }
  if (count < TEASER_ROW || others > count / 2) return;
  if (prose * 5 > (int64_t)page->prose[0] * 3) {
    if (!is_headed_elsewhere(page, row)) return;
    mark_all(page, first, row, shape, WT_NODE_TEASER);
    return;
  }
  bool own = is_own_list(page, row, row, shape, prose) || is_own_list(page, nodes[row].parent, row, shape, prose);
  mark_all(page, first, row, shape, own ? WT_NODE_LISTED : WT_NODE_TEASER);
}

/* ---- what others say ---- */

static bool is_reply(wt_html_page *page, uint32_t at) {
  enum { LONGEST = 24 };
  static const char *const words[] = {"reply",    "antworten",  "répondre", "responder", "rispondi",  "beantwoorden",
                                      "reageren", "svara",      "svar",     "vastaa",    "odpowiedz", "odpovědět",
                                      "ответить", "відповісти", "yanıtla",  "trả lời",   "回复",      "回覆",
                                      "返信",     "답글",       "رد",       "balas"};
  wt_span text = wt_span_trim(wt_html_node_text(&page->tree, at));
  if (text.len < 2 || text.len > LONGEST) return false;
  wt_span folded = wt_html_fold(page, text);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (wt_span_equal(folded, wt_span_of(words[i]))) return true;
  return false;
}

/* The words that a link to reply stands below: the nearest element around it with prose, but for most of the page. */
static uint32_t words_replied_to(const wt_html_page *page, uint32_t at) {
  for (int level = 0; level < 6 && at != WT_NO_NODE; level++, at = page->tree.nodes[at].parent)
    if (page->prose[at] > 0) return (int64_t)page->prose[at] * 2 < page->prose[0] ? at : WT_NO_NODE;
  return WT_NO_NODE;
}

/* Where nothing is called a comment: two texts or more, each with a link to reply to it. */
static void mark_replies(wt_html_page *page) {
  enum { LEAST = 2, MOST = 4096 };
  uint32_t first = WT_NO_NODE;
  unsigned count = 0;
  for (uint32_t at = 0; at < page->tree.count && count < MOST; at++) {
    const wt_node *node = &page->tree.nodes[at];
    if (node->tag != WT_TAG_TEXT || (node->context & (WT_IN_LINK | WT_IN_BUTTON)) == 0 || !is_reply(page, at)) continue;
    uint32_t words = words_replied_to(page, node->parent);
    if (words == WT_NO_NODE || words == first) continue;
    if (++count == 1)
      first = words;
    else
      page->tree.nodes[words].flags |= WT_NODE_REPLIED;
  }
  if (count >= LEAST) page->tree.nodes[first].flags |= WT_NODE_REPLIED;
}

/* ---- what a heading opens ---- */

/* The nearest element above a heading that holds prose too. */
static uint32_t holder_of_heading(const wt_html_page *page, uint32_t at) {
  do at = page->tree.nodes[at].parent;
  while (at != WT_NO_NODE && page->prose[at] <= 0);
  return at;
}

/* The readers' comments: what stands behind their heading in its holder. A story has stood before them: more than nothing
   of it below its headline, and as much as the comments where the page shows no headline. */
static void mark_commented(wt_html_page *page, uint32_t heading, int64_t before, bool headed) {
  enum { SHORTEST = 150, TIMES = 4 };
  wt_node *nodes = page->tree.nodes;
  uint32_t holder = before < SHORTEST ? WT_NO_NODE : holder_of_heading(page, heading);
  int64_t behind = 0;
  if (holder == WT_NO_NODE) return;
  for (uint32_t at = holder + 1; at < nodes[holder].end; at = nodes[at].end)
    if (nodes[at].end > heading) behind += page->prose[at];
  if (behind > before * (headed ? TIMES : 1)) return;
  for (uint32_t at = holder + 1; at < nodes[holder].end; at = nodes[at].end)
    if (nodes[at].end > heading && nodes[at].tag != WT_TAG_TEXT) nodes[at].flags |= WT_NODE_REPLIED;
}

/* Is a subtree a teaser, or a row of nothing else? */
static bool is_teaser_row(const wt_html_page *page, const uint32_t *first, uint32_t at) {
  const wt_node *nodes = page->tree.nodes;
  unsigned teasers = 0;
  if (is_teaser(page, first, at)) return true;
  for (uint32_t child = at + 1; child < nodes[at].end; child = nodes[child].end) {
    if (page->prose[child] <= 0) continue;
    if (!is_teaser(page, first, child)) return false;
    teasers++;
  }
  return teasers > 0;
}

/* "More stories", and behind it links with a sentence each: teasers, however little the story is beside them. */
static void mark_named_row(wt_html_page *page, const uint32_t *first, uint32_t heading) {
  wt_node *nodes = page->tree.nodes;
  uint32_t holder = holder_of_heading(page, heading);
  if (holder == WT_NO_NODE || page->prose[holder] == page->prose[0]) return;
  for (uint32_t at = holder + 1; at < nodes[holder].end; at = nodes[at].end) {
    if (nodes[at].end <= heading || nodes[at].tag == WT_TAG_TEXT) continue;
    if (page->prose[at] <= 0) continue;
    if (!is_teaser_row(page, first, at)) return;
    nodes[at].flags |= WT_NODE_TEASER;
  }
}

/* Headings that name what stands behind them: links to other stories, the readers' comments. */
static void mark_named(wt_html_page *page, const uint32_t *first) {
  enum { LONGEST = 60, MOST = 64 };
  int64_t before = 0; /* prose, below the headline if there is one */
  unsigned named = 0;
  bool headed = false;
  for (size_t i = 0; i < page->block_count && named < MOST; i++) {
    const wt_html_block *block = &page->blocks[i];
    bool heads = (block->context & WT_IN_HEADING) != 0 || block->bold_weight * 10 >= block->weight * 9;
    if (block->value > 0) before += block->value;
    if (!headed && wt_html_is_headline(page, block)) {
      headed = true;
      before = 0;
    }
    if (!heads || block->weight > LONGEST || block->ends_sentence) continue;
    wt_span folded = wt_html_fold(page, wt_html_block_text(page, block));
    const char *phrase = wt_html_phrase(folded, false);
    bool comments = wt_html_heads_comments(folded);
    if (comments)
      mark_commented(page, block->node, before, headed);
    else if (phrase != NULL && strcmp(phrase, "related-links") == 0)
      mark_named_row(page, first, block->node);
    else
      continue;
    named++;
  }
}

/* Rows of links to other stories, each with its first sentence, look like prose where nothing names them. */
static bool mark_teasers(wt_html_page *page) {
  const wt_html_tree *tree = &page->tree;
  uint32_t *first = wt_alloc_zero(tree->count + 1, sizeof *first);
  if (first == NULL) return false;
  find_first_blocks(page, first);
  for (uint32_t at = 0; at < tree->count; at++)
    if (tree->nodes[at].tag != WT_TAG_TEXT && tree->nodes[at].end - at > 8 && page->prose[at] > 0)
      mark_row(page, first, at);
  mark_named(page, first);
  wt_free(first);
  return true;
}

/* ---- what stands by the headline ---- */

bool wt_html_is_headline(wt_html_page *page, const wt_html_block *block) {
  if ((block->context & WT_IN_HEADING) == 0 || (block->context & (WT_IN_NAV | WT_IN_ASIDE | WT_IN_FOOTER)) != 0 ||
      block->len > 600)
    return false;
  wt_span folded = wt_html_fold(page, wt_html_block_text(page, block));
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_span_equal(folded, page->folded[i])) return true;
  return false;
}

/* Prose as each element has it, before the sums. */
static void weigh_blocks(wt_html_page *page) {
  size_t size = page->tree.count * sizeof *page->sums;
  memset(page->sums, 0, size);
  memset(page->prose, 0, size);
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    page->sums[block->node] += block->value;
    if (block->value > 0) page->prose[block->node] += block->value;
  }
}

/* The first prose below the headline counts twice. Returns whether main lacks all of it. */
static bool favour_headed(wt_html_page *page, bool look_only) {
  enum { WITHIN = 60, BLOCKS = 2, MOST = 250 };
  size_t i = 0, favoured = 0;
  bool lacks = page->main != WT_NO_NODE;
  while (i < page->block_count && !wt_html_is_headline(page, &page->blocks[i])) i++;
  for (size_t end = i + WITHIN; i < page->block_count && i < end && favoured < BLOCKS; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->value < 60) continue;
    if (lacks && block->node >= page->main && block->node < page->tree.nodes[page->main].end) lacks = false;
    if (!look_only) page->sums[block->node] += block->value < MOST ? block->value : MOST;
    favoured++;
  }
  return favoured > 0 && lacks;
}

static void select_main(wt_html_page *page, uint8_t *shares) {
  enum { SHORT = 1000 };
  weigh_blocks(page);
  sum_prose(page);
  if (!mark_teasers(page)) page->failed = true;
  mark_replies(page);
  find_shares(page, shares);
  sum_up(page, shares);
  widen(page);
  if (page->main == WT_NO_NODE || page->prose[page->main] >= SHORT || !favour_headed(page, true)) return;
  /* Little text, and none of it by the headline: a short story may lie beside the teasers that outweigh it. */
  weigh_blocks(page);
  (void)favour_headed(page, false);
  sum_prose(page);
  sum_up(page, shares);
  widen(page);
}

wt_status wt_html_select(wt_html_page *page, wt_error *err) {
  page->sums = wt_alloc_zero(page->tree.count + 1, sizeof *page->sums);
  page->prose = wt_alloc_zero(page->tree.count + 1, sizeof *page->prose);
  uint8_t *shares = wt_alloc_zero(page->tree.count + 1, sizeof *shares);
  bool failed = page->sums == NULL || page->prose == NULL || shares == NULL;
  for (size_t i = 0; i < page->block_count; i++) page->blocks[i].value = value_of(&page->blocks[i]);
  if (!failed) select_main(page, shares);
  wt_free(shares);
  return failed ? wt_fail(err, WT_ENOMEM, "page", -1, "no memory to weigh it") : WT_OK;
}

/* ---- one story of several ---- */

/* The outermost article element above a node and below main. */
static uint32_t article_above(const wt_html_page *page, uint32_t at) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t found = WT_NO_NODE;
  for (int levels = 0; levels < 64 && at != page->main && at != WT_NO_NODE; levels++, at = nodes[at].parent)
    if (nodes[at].tag == WT_TAG_ARTICLE) found = at;
  return found;
}

static unsigned heads(wt_html_page *page, uint32_t heading) {
  wt_buf text = {0};
  unsigned likeness = 0;
  wt_html_text_below(&text, &page->tree, heading);
  wt_span folded = wt_html_fold(page, wt_buf_span(&text));
  for (unsigned i = 0; i < page->folded_count; i++) {
    unsigned same = wt_span_equal(folded, page->folded[i]) ? 1001 : wt_html_likeness(folded, page->folded[i]);
    if (same > likeness) likeness = same;
  }
  if (text.failed) page->failed = true;
  wt_buf_release(&text);
  return likeness;
}

enum { HEADINGS = 64 };

/* The headings of the first order within main. */
static unsigned find_headings(const wt_html_page *page, uint32_t *found) {
  const wt_node *nodes = page->tree.nodes;
  unsigned count = 0;
  for (uint32_t at = page->main; at < nodes[page->main].end && count < HEADINGS; at++)
    if (nodes[at].tag == WT_TAG_H1) found[count++] = at;
  return count;
}

static bool holds_much(const wt_html_page *page, uint32_t at) {
  return (int64_t)page->prose[at] * 6 >= page->prose[page->main];
}

/* Of several articles with a heading each, the one that the headline heads. */
static uint32_t article_of_headline(wt_html_page *page, const uint32_t *headings, unsigned count) {
  uint32_t best = WT_NO_NODE, last = WT_NO_NODE;
  unsigned articles = 0, best_likeness = 0;
  for (unsigned i = 0; i < count; i++) {
    uint32_t article = article_above(page, headings[i]);
    if (article == WT_NO_NODE || article == last || !holds_much(page, article)) continue;
    last = article;
    articles++;
    unsigned likeness = heads(page, headings[i]) + 1;
    if (likeness <= best_likeness) continue;
    best_likeness = likeness;
    best = article;
  }
  return articles >= 2 ? best : WT_NO_NODE;
}

/* The same where headings are of any order: of several articles side by side, the one whose own heading is the headline. */
static uint32_t article_headed(wt_html_page *page) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t found = WT_NO_NODE;
  unsigned articles = 0;
  for (uint32_t at = page->main + 1; at < nodes[page->main].end && articles < HEADINGS;) {
    if (nodes[at].tag != WT_TAG_ARTICLE || !holds_much(page, at)) {
      at++;
      continue;
    }
    articles++;
    uint32_t heading = at;
    while (heading < nodes[at].end && (nodes[heading].tag < WT_TAG_H1 || nodes[heading].tag > WT_TAG_H6)) heading++;
    if (found == WT_NO_NODE && heading < nodes[at].end && heads(page, heading) > 1000) found = at;
    at = nodes[at].end;
  }
  return articles >= 2 ? found : WT_NO_NODE;
}

/* The largest element below main with the i-th heading and no other in it. */
static uint32_t piece_of(const wt_html_page *page, const uint32_t *headings, unsigned count, unsigned i) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t at = headings[i];
  for (int levels = 0; levels < 64; levels++) {
    uint32_t above = nodes[at].parent;
    if (above == page->main || above == WT_NO_NODE) return at;
    if (i > 0 && headings[i - 1] > above) return at;
    if (i + 1 < count && headings[i + 1] < nodes[above].end) return at;
    at = above;
  }
  return at;
}

/* The same where no element is called an article: one piece is headed by the headline itself, another by something else.
   A page whose every section has a heading of the first order has the headline in no piece with prose. */
static uint32_t piece_of_headline(wt_html_page *page, const uint32_t *headings, unsigned count) {
  uint32_t best = WT_NO_NODE;
  unsigned pieces = 0;
  for (unsigned i = 0; i < count; i++) {
    uint32_t piece = piece_of(page, headings, count, i);
    if (!holds_much(page, piece)) continue;
    pieces++;
    if (best == WT_NO_NODE && heads(page, headings[i]) > 1000) best = piece;
  }
  return pieces >= 2 ? best : WT_NO_NODE;
}

/* A table that lays out the page, with most of its prose in one cell: the story is in that cell. */
static uint32_t cell_of(const wt_html_page *page, uint32_t at) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t cell = at, child = at + 1;
  while (child < nodes[cell].end && nodes[cell].tag != WT_TAG_TD) {
    bool in_table = nodes[child].tag == WT_TAG_TBODY || nodes[child].tag == WT_TAG_TR || nodes[child].tag == WT_TAG_TD;
    if (in_table && (int64_t)page->prose[child] * 5 >= (int64_t)page->prose[at] * 3) {
      cell = child;
      child = cell + 1;
    } else
      child = nodes[child].end;
  }
  return nodes[cell].tag == WT_TAG_TD ? cell : at;
}

void wt_html_narrow(wt_html_page *page) {
  uint32_t headings[HEADINGS];
  if (page->main == WT_NO_NODE) return;
  uint16_t tag = page->tree.nodes[page->main].tag;
  if (tag == WT_TAG_TABLE || tag == WT_TAG_TBODY || tag == WT_TAG_TR) page->main = cell_of(page, page->main);
  unsigned count = find_headings(page, headings);
  uint32_t one = count < 2 ? WT_NO_NODE : article_of_headline(page, headings, count);
  if (one == WT_NO_NODE && count >= 2) one = piece_of_headline(page, headings, count);
  if (one == WT_NO_NODE) one = article_headed(page);
  if (one != WT_NO_NODE) page->main = one;
}
