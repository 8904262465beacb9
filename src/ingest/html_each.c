/* html_each: each block by itself, down the page, from its tag, place, links, hints and the page's own articleBody. */
#include "ingest/html_sort.h"

#include <string.h>

#include "ingest/byline.h"
#include "ingest/newsline.h"
#include "ingest/picture_credit.h"

static void keep(wt_html_block *block, wt_block_kind kind) {
  block->role = WT_ROLE_BLOCK;
  block->kind = (uint8_t)kind;
}

static bool is_headline(wt_html_page *page, wt_span text) {
  if (text.len > 1000) return false;
  wt_span folded = wt_html_fold(page, text);
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_span_equal(page->folded[i], folded)) return true;
  return false;
}

static const char *phrase_of(const wt_html_sorting *s, const wt_html_block *block) {
  enum { LONGEST = 260, SENTENCE = 60 };
  wt_span text = wt_html_block_text(s->page, block);
  bool sentence = block->ends_sentence && block->weight >= SENTENCE && !wt_sort_is_linked(block);
  return block->weight > LONGEST ? NULL : wt_html_phrase(wt_html_fold(s->page, text), sentence);
}

/* A whole line in bold, short and without a stop, heads what follows. */
static bool is_bold_heading(const wt_html_block *block) {
  return block->weight >= 4 && block->weight < 110 && block->bold_weight * 10 >= block->weight * 9 &&
         !block->ends_sentence;
}

static wt_block_kind kind_of(const wt_html_block *block) {
  if (block->context & WT_IN_HEADING) return WT_BLOCK_SUBHEAD;
  if (block->context & WT_IN_QUOTE) return WT_BLOCK_QUOTE;
  if (block->context & WT_IN_ITEM) return WT_BLOCK_ITEM;
  return is_bold_heading(block) ? WT_BLOCK_SUBHEAD : WT_BLOCK_PARAGRAPH;
}

/* A box that is one link, with a title and a teaser in it, leads elsewhere. */
static bool is_card(const wt_html_page *page, const wt_html_block *block) {
  uint32_t at = block->node;
  if ((block->context & WT_IN_CAPTION) != 0) return false;
  for (int level = 0; level < 4 && at != WT_NO_NODE; level++, at = page->tree.nodes[at].parent)
    if (page->tree.nodes[at].tag == WT_TAG_A) return true;
  return false;
}

static void sort_caption(wt_html_sorting *s, wt_html_block *block, uint64_t hints) {
  if (hints & WT_HINT_CREDIT)
    block->role = WT_ROLE_PICTURE_CREDIT;
  else if ((wt_sort_is_linked(block) && block->weight < 30) || is_card(s->page, block))
    wt_sort_drop(block, "picture-link");
  else if (block->weight < 12 && !block->ends_sentence)
    wt_sort_drop(block, "picture-label");
  else
    keep(block, WT_BLOCK_CAPTION);
}

/* Prose that is a link for the most part, but not all of it. */
static bool is_linked_sentence(const wt_html_block *block) {
  return block->ends_sentence && block->weight >= 50 && block->link_weight * 100 < block->weight * 88;
}

/* A line that is a link from end to end and no sentence leads elsewhere, even where the articleBody has it too. */
static bool is_plain_link(const wt_html_block *block) {
  return block->link_weight * 20 >= block->weight * 19 && block->weight >= 12 && !block->ends_sentence &&
         (block->context & (WT_IN_HEADING | WT_IN_ITEM | WT_IN_CAPTION | WT_IN_QUOTE)) == 0;
}

static bool has_letters(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if ((text.data[i] | 32) >= 'a' && (text.data[i] | 32) <= 'z') return true;
  return false;
}

/* An address to go to or to write to, shown as it is. */
static bool is_shown_address(wt_span text) {
  return !wt_span_has(text, ' ') && (wt_span_has(text, '.') || wt_span_has(text, '@'));
}

/* "Filed under: Ferry, Council": a label, and behind it nothing but links. */
static bool is_labelled_links(const wt_html_page *page, const wt_html_block *block) {
  enum { LONGEST = 200, LABEL = 30, NODES = 64 };
  const wt_html_tree *tree = &page->tree;
  bool label = false, links = false;
  if (block->link_weight == 0 || block->weight > LONGEST || block->ends_sentence ||
      (block->context & (WT_IN_HEADING | WT_IN_ITEM)) != 0)
    return false;
  for (uint32_t at = block->first; at < tree->nodes[block->node].end && at < block->first + NODES; at++) {
    if (tree->nodes[at].tag != WT_TAG_TEXT || page->borders[at] != block->node) continue;
    wt_span text = wt_span_trim(wt_html_node_text(tree, at));
    bool link = (tree->nodes[at].context & WT_IN_LINK) != 0;
    if (text.len == 0) continue;
    if (!label && (link || text.len > LABEL || text.data[text.len - 1] != ':')) return false;
    if (label && !link && has_letters(text)) return false;
    if (link && is_shown_address(text)) return false;
    label = true;
    links = links || link;
  }
  return links;
}

/* A heading that is a link, in a list that the story goes through. */
static bool heads_item(const wt_html_page *page, const wt_html_block *block) {
  uint32_t at = block->node;
  if ((block->context & WT_IN_HEADING) == 0) return false;
  for (int level = 0; level < 3 && at != WT_NO_NODE; level++, at = page->tree.nodes[at].parent)
    if (page->tree.nodes[at].flags & WT_NODE_LISTED) return true;
  return false;
}

/* Lines that news copy marks by its own conventions: notes, sign-offs, rules. False when block is none of them. */
static bool sort_newsline(wt_html_sorting *s, wt_html_block *block) {
  if (block->weight > 700 || (block->context & WT_IN_HEADING)) return false;
  wt_newsline line = wt_newsline_read(wt_html_block_text(s->page, block));
  switch (line.kind) {
  case WT_LINE_NOTE: keep(block, WT_BLOCK_NOTE); return true;
  case WT_LINE_SIGN_OFF: wt_sort_drop(block, "sign-off"); return true;
  case WT_LINE_RULE:
  case WT_LINE_FURNITURE: wt_sort_drop(block, line.reason != NULL ? line.reason : "page-furniture"); return true;
  default: return false;
  }
}

/* A cell of figures or names; a table that lays out the page holds prose. */
static bool is_cell(const wt_html_sorting *s, const wt_html_block *block) {
  uint16_t tag = s->page->tree.nodes[block->node].tag;
  return (tag == WT_TAG_TD || tag == WT_TAG_TH) && block->value <= 0;
}

/* Who wrote an entry of a live blog. */
static bool signs_entry(const wt_html_sorting *s, const wt_html_block *block) {
  enum { LONGEST = 80 };
  return block->weight < LONGEST && !block->ends_sentence && (block->context & WT_IN_HEADING) == 0 &&
         wt_html_entry_of(s->page, block->node) != NULL && wt_byline_is_line(wt_html_block_text(s->page, block));
}

static void sort_home(wt_html_sorting *s, wt_html_block *block) {
  if (sort_newsline(s, block)) return;
  if (signs_entry(s, block)) {
    wt_sort_drop(block, "byline");
    return;
  }
  if ((block->context & WT_IN_TIME) != 0 && block->weight < 40) {
    wt_sort_drop(block, "date");
    return;
  }
  if (is_cell(s, block)) {
    wt_sort_drop(block, "table");
    return;
  }
  const char *phrase = phrase_of(s, block);
  if (phrase != NULL)
    wt_sort_drop(block, phrase);
  else if (wt_sort_is_linked(block) && !is_linked_sentence(block) && !heads_item(s->page, block))
    wt_sort_drop(block, "related-links");
  else if (is_labelled_links(s->page, block))
    wt_sort_drop(block, "topics");
  else
    keep(block, kind_of(block));
}

/* Sentences between the headline and the text sum it up, in a list or a box of their own. */
static bool is_summary(const wt_html_sorting *s, const wt_html_block *block) {
  if (!s->headed || s->begun || !block->ends_sentence || block->weight < 30) return false;
  if (block->link_weight * 4 >= block->weight || (block->context & (WT_IN_HEADER | WT_IN_NAV)) != 0) return false;
  return (block->context & (WT_IN_ITEM | WT_IN_P)) != 0 &&
         (wt_sort_hints(s->page, block->node, 6) & (WT_HINT_FACTBOX | WT_HINT_COLLAPSED)) == 0;
}

/* ---- questions with their answers ---- */

static bool asks(wt_span text) {
  static const char *const marks[] = {"?", "\uFF1F", "\u061F", "\u037E"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
    if (wt_span_ends(text, wt_span_of(marks[i]))) return true;
  return false;
}

/* A question in a heading or in what opens a box, and prose right behind it that is no link. */
static bool is_question(const wt_html_page *page, size_t at) {
  enum { LONGEST = 200 };
  const wt_html_block *block = &page->blocks[at], *next = block + 1;
  uint16_t tag = page->tree.nodes[block->node].tag;
  if ((block->context & WT_IN_HEADING) == 0 && tag != WT_TAG_SUMMARY && tag != WT_TAG_DT) return false;
  if (block->weight > LONGEST || wt_sort_is_linked(block) || !asks(wt_html_block_text(page, block))) return false;
  return at + 1 < page->block_count && next->value > 0 && next->ends_sentence && !wt_sort_is_linked(next) &&
         (next->context & WT_IN_HEADING) == 0;
}

/* End of the box that holds a question and its answer. */
static uint32_t end_of_answer(const wt_html_page *page, size_t at) {
  enum { LEVELS = 5 };
  const wt_node *nodes = page->tree.nodes;
  uint32_t box = page->blocks[at].node, answer = page->blocks[at + 1].node;
  for (int level = 0; level < LEVELS && box > page->main && nodes[box].end <= answer; level++) box = nodes[box].parent;
  return nodes[box].end > answer && box != page->main ? nodes[box].end : 0;
}

/* Two questions or more, each above its answer, are a part of the story in boxes of their own. */
static void find_questions(wt_html_sorting *s) {
  for (size_t i = 0; i < s->page->block_count && s->questions < 2; i++)
    s->questions += wt_sort_is_inside(s->page, s->page->blocks[i].node) && is_question(s->page, i);
}

static bool is_answered(wt_html_sorting *s, const wt_html_block *block) {
  size_t at = (size_t)(block - s->page->blocks);
  if (s->questions < 2) return false;
  if (is_question(s->page, at)) {
    uint32_t end = end_of_answer(s->page, at);
    if (end > s->answers_end) s->answers_end = end;
    return end > 0;
  }
  return block->node < s->answers_end && block->ends_sentence && block->value > 0;
}

/* ---- where the story does not stand ---- */

static void sort_insert(wt_html_sorting *s, wt_html_block *block) {
  const char *phrase = phrase_of(s, block);
  if (phrase != NULL)
    wt_sort_drop(block, phrase);
  else if (wt_sort_is_linked(block))
    wt_sort_drop(block, "related-links");
  else if (is_answered(s, block))
    keep(block, asks(wt_html_block_text(s->page, block)) ? WT_BLOCK_SUBHEAD : kind_of(block));
  else if (block->context & WT_IN_HEADING)
    keep(block, WT_BLOCK_SUBHEAD);
  else if (s->home * 10 >= (int64_t)s->total * 7 && !is_summary(s, block))
    wt_sort_drop(block, "insert");
  else if (block->value >= 80 || is_summary(s, block) || (block->value > 0 && (block->context & WT_IN_P)))
    keep(block, kind_of(block));
  else
    wt_sort_drop(block, "page-furniture");
}

/* A short line behind a picture: in a span of their own, or in italics from end to end. */
static bool is_under_picture(const wt_html_page *page, const wt_html_block *block) {
  enum { LONGEST = 250, NODES = 16 };
  const wt_node *nodes = page->tree.nodes;
  uint32_t at = block->node, end = nodes[at].end, text = at + 1;
  bool picture = false, blank = true;
  if (block->weight > LONGEST || block->first <= at || block->first - at > NODES) return false;
  for (; text < end && blank; text++) {
    picture = picture || nodes[text].tag == WT_TAG_IMG;
    blank = nodes[text].tag != WT_TAG_TEXT || wt_span_trim(wt_html_node_text(&page->tree, text)).len == 0;
  }
  if (!picture || blank) return false;
  uint32_t top = text - 1;
  while (nodes[top].parent != at && nodes[top].parent != WT_NO_NODE) top = nodes[top].parent;
  if (nodes[top].tag != WT_TAG_EM && nodes[top].tag != WT_TAG_I && nodes[at].tag != WT_TAG_SPAN) return false;
  for (uint32_t i = nodes[top].end; i < end; i++)
    if (nodes[i].tag == WT_TAG_TEXT && wt_span_trim(wt_html_node_text(&page->tree, i)).len > 0) return false;
  return true;
}

/* The one text of a small table with a picture in it. */
static bool is_in_picture_table(const wt_html_page *page, const wt_html_block *block) {
  enum { LONGEST = 250, LEVELS = 5, NODES = 40 };
  const wt_node *nodes = page->tree.nodes;
  uint32_t table = block->node;
  bool picture = false;
  if (block->weight > LONGEST || (block->context & WT_IN_TABLE) == 0) return false;
  for (int level = 0; level < LEVELS && table > page->main && nodes[table].tag != WT_TAG_TABLE; level++)
    table = nodes[table].parent;
  if (table <= page->main || nodes[table].tag != WT_TAG_TABLE || nodes[table].end - table > NODES) return false;
  for (uint32_t at = table; at < nodes[table].end; at++) {
    picture = picture || nodes[at].tag == WT_TAG_IMG;
    if (nodes[at].tag == WT_TAG_TEXT && page->borders[at] != block->node &&
        wt_span_trim(wt_html_node_text(&page->tree, at)).len > 0)
      return false;
  }
  return picture;
}

/* A line that ends in a picture's credit. A long one among the paragraphs is the last of them, signed by the agency. */
static bool is_loose_caption(const wt_html_sorting *s, const wt_html_block *block) {
  enum { LONG = 200 };
  wt_span text = wt_html_block_text(s->page, block);
  if (wt_sort_is_covered(block) || !wt_picture_credit_ends(text)) return false;
  size_t credit = wt_picture_credit_find(text);
  return block->weight < LONG || !wt_html_ends_sentence(wt_span_sub(text, 0, credit)) || !wt_sort_is_at_home(s, block);
}

static void sort_inside(wt_html_sorting *s, wt_html_block *block) {
  wt_html_page *page = s->page;
  uint64_t hints = wt_sort_hints(page, block->node, 2);
  const char *reason = s->why[block->node];
  if (block->context & WT_IN_UNSEEN)
    wt_sort_drop(block, "for-screen-readers");
  else if (is_headline(page, wt_html_block_text(s->page, block)))
    wt_sort_drop(block, "duplicate-headline");
  else if (wt_sort_is_variant(page, block))
    wt_sort_drop(block, "headline-variant");
  else if (reason != NULL && strcmp(reason, "player") == 0 && !(block->context & WT_IN_CAPTION) &&
           !(hints & WT_HINT_CAPTION))
    wt_sort_drop(block, reason);
  else if ((block->context & WT_IN_CAPTION) ||
           ((block->context & WT_IN_FIGURE) && !(block->context & (WT_IN_HEADING | WT_IN_QUOTE))) ||
           (hints & WT_HINT_CAPTION) || is_loose_caption(s, block) || is_under_picture(page, block) ||
           is_in_picture_table(page, block))
    sort_caption(s, block, hints);
  else if (reason != NULL && !wt_sort_is_covered(block))
    wt_sort_drop(block, reason);
  else if (is_plain_link(block))
    wt_sort_drop(block, "related-links");
  else if (wt_sort_is_covered(block))
    keep(block, kind_of(block));
  else if (s->cover_is_whole && block->covered < 100 && block->weight > 60 && !(block->context & WT_IN_HEADING) &&
           !wt_sort_is_at_home(s, block))
    wt_sort_drop(block, "insert");
  else if (wt_sort_is_at_home(s, block))
    sort_home(s, block);
  else
    sort_insert(s, block);
}

static void sort_outside(wt_html_sorting *s, wt_html_block *block) {
  const char *reason = NULL;
  if (is_headline(s->page, wt_html_block_text(s->page, block)))
    reason = "duplicate-headline";
  else if (wt_sort_is_variant(s->page, block))
    reason = "headline-variant";
  else
    reason = s->why[block->node];
  if (reason == NULL) reason = phrase_of(s, block);
  wt_sort_drop(block, reason != NULL ? reason : "page-furniture");
}

/* Is the articleBody whole enough that what it lacks is no part of the story? */
static void weigh_cover(wt_html_sorting *s) {
  const wt_html_page *page = s->page;
  int64_t in = 0, all = 0;
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (!wt_sort_is_inside(page, block->node) || block->value <= 0 || block->covered == WT_COVER_UNKNOWN) continue;
    all += block->weight;
    if (wt_sort_is_covered(block)) in += block->weight;
  }
  s->cover_is_whole = page->has_cover && in * 10 >= all * 6;
}

/* What the blocks behind this one may know of it. */
static void remember(wt_html_sorting *s, const wt_html_block *block) {
  if (block->role == WT_ROLE_DROPPED)
    s->headed =
        s->headed || strcmp(block->reason, "duplicate-headline") == 0 || strcmp(block->reason, "headline-variant") == 0;
  else if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_PARAGRAPH && block->value >= 60 &&
           wt_sort_is_at_home(s, block))
    s->begun = true;
}

void wt_sort_each(wt_html_sorting *s) {
  weigh_cover(s);
  find_questions(s);
  for (size_t i = 0; i < s->page->block_count; i++) {
    wt_html_block *block = &s->page->blocks[i];
    if (wt_sort_is_inside(s->page, block->node))
      sort_inside(s, block);
    else
      sort_outside(s, block);
    remember(s, block);
  }
}
