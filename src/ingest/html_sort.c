/*
 * html_sort: what each block is: part of the story, or left out, and why.
 *
 * In four passes over the blocks:
 *   1. where: the blocks at home in the story's subtree are told by the place that its prose shares (the same parent, or a
 *      parent of the same shape under the same grandparent); what lies elsewhere in it is an insert: a box, a bar, a form;
 *   2. what: each block by itself, from its tag, place, links, hints, and the page's own articleBody;
 *   3. the head: deck, byline and date between the headline and the first paragraph;
 *   4. headings: one with nothing of the story behind it goes as well.
 */
#include <string.h>

#include "ingest/byline.h"
#include "ingest/date.h"
#include "ingest/html_page.h"
#include "ingest/newsline.h"
#include "ingest/picture_credit.h"
#include "wt/text.h"

typedef struct place {
  uint64_t key; /* 0: free */
  int32_t value;
} place;

typedef struct sorting {
  wt_html_page *page;
  const char **why;     /* by node: what its place speaks against the text in it; NULL: nothing */
  place *places;
  size_t mask;
  int64_t home;         /* of it, what is at home */
  int32_t total;        /* value of all prose in the story's subtree */
  uint32_t first_body;  /* index of the first block of the body; block_count: none */
  bool cover_is_whole;  /* the articleBody holds most of what we take for the story */
} sorting;

static wt_span text_of(const sorting *s, const wt_html_block *block) { return wt_html_block_text(s->page, block); }

static void drop(wt_html_block *block, const char *reason) {
  block->role = WT_ROLE_DROPPED;
  block->reason = reason;
}

static void keep(wt_html_block *block, wt_block_kind kind) {
  block->role = WT_ROLE_BLOCK;
  block->kind = (uint8_t)kind;
}

static bool inside(const wt_html_page *page, uint32_t node) {
  return page->main != WT_NO_NODE && node >= page->main && node < page->tree.nodes[page->main].end;
}

/* ---- 1. where ---- */

static bool is_wrapper(uint16_t tag) {
  switch (tag) {
  case WT_TAG_UL: case WT_TAG_OL: case WT_TAG_DL: case WT_TAG_LI: case WT_TAG_DD: case WT_TAG_DT: case WT_TAG_BLOCKQUOTE: case WT_TAG_TABLE:
  case WT_TAG_TBODY: case WT_TAG_TR: case WT_TAG_TD: case WT_TAG_TH: case WT_TAG_CENTER: case WT_TAG_P: return true;
  default: return false;
  }
}

/* The element that holds a block as one of a row of blocks: its parent, past lists and quotations. */
static uint32_t holder_of(const wt_html_page *page, const wt_html_block *block) {
  const wt_node *nodes = page->tree.nodes;
  uint32_t at = block->node;
  for (int levels = 0; levels < 32; levels++) {
    if (at == page->main || nodes[at].parent == WT_NO_NODE) return at;
    at = nodes[at].parent;
    if (at == page->main || !is_wrapper(nodes[at].tag)) return at;
  }
  return at;
}

static uint64_t key_of_holder(uint32_t holder) { return ((uint64_t)holder + 1) * 0x9E3779B97F4A7C15ull | 1; }

static uint64_t key_of_path(const wt_html_page *page, uint32_t holder) {
  return ((uint64_t)page->tree.nodes[holder].path + 1) * 0xD6E8FEB86659FD93ull | 1;
}

static place *find(const sorting *s, uint64_t key) {
  size_t slot = (size_t)(key >> 20) & s->mask;
  while (s->places[slot].key != 0 && s->places[slot].key != key) slot = (slot + 1) & s->mask;
  return &s->places[slot];
}

static void add_place(sorting *s, uint64_t key, int32_t value) {
  place *to = find(s, key);
  to->key = key;
  to->value += value;
}

static wt_status find_places(sorting *s, wt_error *err) {
  wt_html_page *page = s->page;
  size_t size = 64;
  while (size < page->block_count * 4) size *= 2;
  s->places = wt_alloc_zero(size, sizeof *s->places);
  s->mask = size - 1;
  if (s->places == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to sort its blocks");
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->value <= 0 || !inside(page, block->node)) continue;
    uint32_t holder = holder_of(page, block);
    add_place(s, key_of_holder(holder), block->value);
    add_place(s, key_of_path(page, holder), block->value);
    s->total += block->value;
  }
  return WT_OK;
}

static bool at_home(const sorting *s, const wt_html_block *block);

static void weigh_home(sorting *s) {
  for (size_t i = 0; i < s->page->block_count; i++) {
    const wt_html_block *block = &s->page->blocks[i];
    if (block->value > 0 && inside(s->page, block->node) && at_home(s, block)) s->home += block->value;
  }
}

static bool at_home(const sorting *s, const wt_html_block *block) {
  uint32_t holder = holder_of(s->page, block);
  int64_t here = find(s, key_of_holder(holder))->value, alike = find(s, key_of_path(s->page, holder))->value;
  return here * 8 >= s->total || alike * 5 >= s->total;
}

/* ---- 2. what ---- */

static const struct {
  uint64_t hint;
  const char *reason;
} reasons[] = {
    {WT_HINT_GALLERY, "gallery"},
    {WT_HINT_COMMENT, "comments"},       {WT_HINT_NEWSLETTER, "newsletter"}, {WT_HINT_AD, "advertisement"},
    {WT_HINT_COOKIE, "cookie-notice"},   {WT_HINT_SHARE, "share-bar"},       {WT_HINT_RELATED, "related-links"},
    {WT_HINT_CRUMBS, "navigation"},      {WT_HINT_NAV, "navigation"},        {WT_HINT_FOOTER, "page-footer"},
    {WT_HINT_LOGIN, "subscription-offer"}, {WT_HINT_POPUP, "popup"},         {WT_HINT_PROMO, "promotion"},
    {WT_HINT_TAGS, "topics"},            {WT_HINT_SIDE, "sidebar"},          {WT_HINT_BIO, "author-note"},
    {WT_HINT_TOOLS, "tools"},            {WT_HINT_UNSEEN, "for-screen-readers"}, {WT_HINT_EMBED, "embed"},
    {WT_HINT_VIDEO, "player"},
};

static const char *reason_of_node(const wt_node *node) {
  if (node->flags & WT_NODE_BANNER) return "web-archive-banner";
  if (node->flags & WT_NODE_HIDDEN) return "hidden";
  if (node->tag == WT_TAG_NAV || (node->flags & WT_NODE_NAVIGATION)) return "navigation";
  if (node->tag == WT_TAG_FOOTER) return "page-footer";
  if (node->tag == WT_TAG_ASIDE || (node->flags & WT_NODE_COMPLEMENT)) return "sidebar";
  if (node->tag == WT_TAG_FORM || node->tag == WT_TAG_FIELDSET || node->tag == WT_TAG_SELECT) return "form";
  if (node->tag == WT_TAG_BUTTON || (node->flags & WT_NODE_CHROME)) return "button";
  if (node->flags & WT_NODE_ARTICLE_BODY) return NULL;
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
    if (node->hints & reasons[i].hint) return reasons[i].reason;
  return NULL;
}

/* The nearest element from a node up that speaks against its text, within the story's subtree or outside it. Inside, one
   that holds a third of the story's prose is no insert, whatever it is called. */
static wt_status find_reasons(sorting *s, wt_error *err) {
  const wt_html_page *page = s->page;
  const wt_html_tree *tree = &page->tree;
  s->why = wt_alloc_zero(tree->count + 1, sizeof *s->why);
  if (s->why == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to sort its blocks");
  for (uint32_t at = 0; at < tree->count; at++) {
    const wt_node *node = &tree->nodes[at];
    const char *above = node->parent == WT_NO_NODE || at == page->main ? NULL : s->why[node->parent];
    bool root = node->tag == WT_TAG_BODY || node->tag == WT_TAG_HTML || node->tag == WT_TAG_MAIN;
    const char *own = node->tag == WT_TAG_TEXT || root || at == page->main ? NULL : reason_of_node(node);
    int64_t held = inside(page, at) ? page->prose[at] : 0;
    bool hidden = own != NULL && (node->flags & WT_NODE_HIDDEN) != 0;
    if (held > 0 && held * 3 >= s->total && (!hidden || held * 3 >= (int64_t)s->total * 2)) own = NULL;
    s->why[at] = own != NULL ? own : above;
  }
  return WT_OK;
}

static uint64_t hints_near(const wt_html_page *page, uint32_t at, int levels) {
  uint64_t hints = 0;
  for (; at != WT_NO_NODE && at != page->main && levels-- > 0; at = page->tree.nodes[at].parent) hints |= page->tree.nodes[at].hints;
  return hints;
}

static bool is_headline(wt_html_page *page, wt_span text) {
  if (text.len > 1000) return false;
  wt_span folded = wt_html_fold(page, text);
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_span_equal(page->folded[i], folded)) return true;
  return false;
}

/* Another wording of the headline, in a heading: one for the list, one for the page. */
static bool is_variant(wt_html_page *page, const wt_html_block *block) {
  if (!(block->context & WT_IN_HEADING) || block->len > 600) return false;
  wt_span folded = wt_html_fold(page, wt_html_block_text(page, block));
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_html_likeness(folded, page->folded[i]) >= 600 && wt_html_likeness(page->folded[i], folded) >= 500) return true;
  return page->tree.nodes[block->node].tag == WT_TAG_H1;
}

static bool covered(const wt_html_block *block) { return block->covered != WT_COVER_UNKNOWN && block->covered >= 700; }

static bool is_linked(const wt_html_block *block) { return block->link_weight * 2 > block->weight; }

static const char *phrase_of(const sorting *s, const wt_html_block *block) {
  wt_span text = text_of(s, block);
  return block->weight > 260 ? NULL : wt_html_phrase(wt_html_fold(s->page, text));
}

/* A whole line in bold, short and without a stop, heads what follows. */
static bool is_bold_heading(const wt_html_block *block) {
  return block->weight >= 4 && block->weight < 110 && block->bold_weight * 10 >= block->weight * 9 && !block->ends_sentence;
}

static wt_block_kind kind_of(const wt_html_block *block) {
  if (block->context & WT_IN_HEADING) return WT_BLOCK_SUBHEAD;
  if (block->context & WT_IN_QUOTE) return WT_BLOCK_QUOTE;
  if (block->context & WT_IN_ITEM) return WT_BLOCK_ITEM;
  return is_bold_heading(block) ? WT_BLOCK_SUBHEAD : WT_BLOCK_PARAGRAPH;
}

static void sort_caption(sorting *s, wt_html_block *block, uint64_t hints) {
  (void)s;
  if (hints & WT_HINT_CREDIT) block->role = WT_ROLE_PICTURE_CREDIT;
  else if (is_linked(block) && block->weight < 30) drop(block, "picture-link");
  else if (block->weight < 12 && !block->ends_sentence) drop(block, "picture-label");
  else keep(block, WT_BLOCK_CAPTION);
}

/* Prose that is a link for the most part, but not all of it. */
static bool is_linked_sentence(const wt_html_block *block) {
  return block->ends_sentence && block->weight >= 50 && block->link_weight * 100 < block->weight * 88;
}

/* Lines that news copy marks by its own conventions: notes, sign-offs, rules. False when block is none of them. */
static bool sort_newsline(sorting *s, wt_html_block *block) {
  if (block->weight > 700 || (block->context & WT_IN_HEADING)) return false;
  wt_newsline line = wt_newsline_read(text_of(s, block));
  switch (line.kind) {
  case WT_LINE_NOTE: keep(block, WT_BLOCK_NOTE); return true;
  case WT_LINE_SIGN_OFF: drop(block, "sign-off"); return true;
  case WT_LINE_RULE:
  case WT_LINE_FURNITURE: drop(block, line.reason != NULL ? line.reason : "page-furniture"); return true;
  default: return false;
  }
}

/* A cell of figures or names; a table that lays out the page holds prose. */
static bool is_cell(const sorting *s, const wt_html_block *block) {
  uint16_t tag = s->page->tree.nodes[block->node].tag;
  return (tag == WT_TAG_TD || tag == WT_TAG_TH) && block->value <= 0;
}

static void sort_home(sorting *s, wt_html_block *block) {
  if (sort_newsline(s, block)) return;
  if (is_cell(s, block)) {
    drop(block, "table");
    return;
  }
  const char *phrase = phrase_of(s, block);
  if (phrase != NULL && (is_linked(block) || !block->ends_sentence || block->weight < 60 || phrase[0] != 'r')) drop(block, phrase);
  else if (is_linked(block) && !is_linked_sentence(block)) drop(block, "related-links");
  else keep(block, kind_of(block));
}

static void sort_insert(sorting *s, wt_html_block *block) {
  const char *phrase = phrase_of(s, block);
  if (phrase != NULL) drop(block, phrase);
  else if (is_linked(block)) drop(block, "related-links");
  else if (block->context & WT_IN_HEADING) keep(block, WT_BLOCK_SUBHEAD);
  else if (s->home * 10 >= (int64_t)s->total * 7) drop(block, "insert");
  else if (block->value >= 80 || (block->value > 0 && (block->context & WT_IN_P))) keep(block, kind_of(block));
  else drop(block, "page-furniture");
}

static void sort_inside(sorting *s, wt_html_block *block) {
  wt_html_page *page = s->page;
  uint64_t hints = hints_near(page, block->node, 2);
  const char *reason = s->why[block->node];
  if (block->context & WT_IN_UNSEEN) drop(block, "for-screen-readers");
  else if (is_headline(page, text_of(s, block))) drop(block, "duplicate-headline");
  else if (is_variant(page, block)) drop(block, "headline-variant");
  else if ((block->context & WT_IN_CAPTION) || ((block->context & WT_IN_FIGURE) && !(block->context & (WT_IN_HEADING | WT_IN_QUOTE))) ||
           (hints & WT_HINT_CAPTION) || (!covered(block) && wt_picture_credit_ends(text_of(s, block))))
    sort_caption(s, block, hints);
  else if (reason != NULL && !covered(block)) drop(block, reason);
  else if (covered(block)) keep(block, kind_of(block));
  else if (s->cover_is_whole && block->covered < 100 && block->weight > 60 && !(block->context & WT_IN_HEADING) && !at_home(s, block)) drop(block, "insert");
  else if (at_home(s, block)) sort_home(s, block);
  else sort_insert(s, block);
}

static void sort_outside(sorting *s, wt_html_block *block) {
  const char *reason = NULL;
  if (is_headline(s->page, text_of(s, block))) reason = "duplicate-headline";
  else if (is_variant(s->page, block)) reason = "headline-variant";
  else reason = s->why[block->node];
  if (reason == NULL) reason = phrase_of(s, block);
  drop(block, reason != NULL ? reason : "page-furniture");
}

/* Is the articleBody whole enough that what it lacks is no part of the story? */
static void weigh_cover(sorting *s) {
  const wt_html_page *page = s->page;
  int64_t in = 0, all = 0;
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (!inside(page, block->node) || block->value <= 0 || block->covered == WT_COVER_UNKNOWN) continue;
    all += block->weight;
    if (covered(block)) in += block->weight;
  }
  s->cover_is_whole = page->has_cover && in * 10 >= all * 6;
}

/* ---- 3. the head ---- */

static bool has_digit(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] >= '0' && text.data[i] <= '9') return true;
  return false;
}

/* How much a block looks like the deck; 0 not at all. */
static int deck_score(sorting *s, const wt_html_block *block) {
  wt_span text = text_of(s, block);
  if (block->weight < 20 || block->weight > 900 || is_linked(block) || is_variant(s->page, block)) return 0;
  uint64_t hints = hints_near(s->page, block->node, 3);
  if (block->context & (WT_IN_CAPTION | WT_IN_FIGURE | WT_IN_UNSEEN)) return 0;
  if (s->why[block->node] != NULL && (s->why[block->node][0] == 'h' || s->why[block->node][0] == 'n')) return 0;
  wt_time time;
  if ((wt_byline_starts(text) && block->weight < 100) || wt_date_find(&time, text)) return 0;
  wt_span folded = wt_html_fold(s->page, text);
  for (unsigned i = 0; i < WT_DESCRIPTIONS; i++) {
    wt_span description = wt_html_fold(s->page, s->page->meta.descriptions[i]);
    if (description.len > 30 && (wt_span_equal(folded, description) || wt_html_likeness(folded, description) >= 850)) return 100;
  }
  if (hints & (WT_HINT_AUTHOR | WT_HINT_DATE | WT_HINT_CAPTION | WT_HINT_CREDIT)) return 0;
  if (hints & WT_HINT_DECK) return 80;
  if (hints & WT_HINT_SUMMARY) return 60;
  return (block->context & WT_IN_HEADING) != 0 && block->weight >= 50 ? 40 : 0;
}

/* Lines between headline and text that say who, when and where, or nothing. */
static void sort_head_line(sorting *s, wt_html_block *block) {
  wt_span text = text_of(s, block);
  uint64_t hints = hints_near(s->page, block->node, 2);
  if (block->weight > 160 || block->context & WT_IN_UNSEEN) return;
  if ((wt_byline_starts(text) || (hints & WT_HINT_AUTHOR)) && !has_digit(text)) block->role = WT_ROLE_BYLINE;
  else if (has_digit(text) && (block->context & WT_IN_TIME || hints & WT_HINT_DATE || !block->ends_sentence)) block->role = WT_ROLE_DATE;
  else if (wt_html_entry_of(s->page, block->node) != NULL) return;
  else if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_SUBHEAD && !covered(block)) drop(block, "kicker");
  else if (block->role == WT_ROLE_BLOCK && !block->ends_sentence && !covered(block)) drop(block, "page-furniture");
}

static bool is_headline_drop(const wt_html_block *block) {
  return block->role == WT_ROLE_DROPPED && (strcmp(block->reason, "duplicate-headline") == 0 || strcmp(block->reason, "headline-variant") == 0);
}

/* Index behind the headline's first stand within reach of the text, or of where the head begins without one. */
static size_t find_head(const sorting *s) {
  size_t top = s->first_body < 60 ? 0 : s->first_body - 60;
  for (size_t i = top; i < s->first_body; i++)
    if (is_headline_drop(&s->page->blocks[i])) return i + 1;
  size_t begin = s->first_body;
  while (begin > 0 && inside(s->page, s->page->blocks[begin - 1].node)) begin--;
  return begin;
}

/* The first paragraph from block `from` on that is prose beyond doubt. */
static void find_first_body(sorting *s, size_t from) {
  const wt_html_page *page = s->page;
  s->first_body = (uint32_t)page->block_count;
  for (size_t i = from; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || !wt_block_is_body((wt_block_kind)block->kind) || block->kind == WT_BLOCK_SUBHEAD) continue;
    if (block->value < 60 || (!block->ends_sentence && block->weight < 160)) continue;
    s->first_body = (uint32_t)i;
    return;
  }
}

/* Headings before the text, and what shares the headline's own heading, are kickers. */
static void sort_kickers(sorting *s) {
  wt_html_page *page = s->page;
  for (size_t i = 0; i < page->block_count && i < s->first_body; i++) {
    wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || block->kind != WT_BLOCK_SUBHEAD || covered(block)) continue;
    if (wt_html_entry_of(page, block->node) == NULL) drop(block, "kicker");
  }
}

/* The first paragraph is the deck only when it is set apart from the next one. */
static bool is_set_apart(const sorting *s, size_t at) {
  const wt_html_page *page = s->page;
  const wt_html_block *block = &page->blocks[at];
  if (hints_near(page, block->node, 2) & WT_HINT_DECK) return true;
  for (size_t i = at + 1; i < page->block_count && i < at + 12; i++) {
    const wt_html_block *next = &page->blocks[i];
    if (next->role != WT_ROLE_BLOCK || next->kind != WT_BLOCK_PARAGRAPH) continue;
    return page->tree.nodes[next->node].path != page->tree.nodes[block->node].path;
  }
  return false;
}

static size_t last_headline(const sorting *s) {
  for (size_t i = s->first_body; i > 0; i--)
    if (is_headline_drop(&s->page->blocks[i - 1])) return i;
  return 0;
}

static void sort_head(sorting *s) {
  wt_html_page *page = s->page;
  size_t from = find_head(s), deck = page->block_count, last_head = last_headline(s);
  int best = 0;
  size_t last = s->first_body < page->block_count ? s->first_body : s->first_body - (s->first_body > 0);
  for (size_t i = from; i <= last && i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_CAPTION) continue;
    int score = deck_score(s, block);
    if (score <= best || (score < 60 && i < last_head) || (i == last && (score < 80 || !is_set_apart(s, i)))) continue;
    best = score;
    deck = i;
  }
  if (deck < page->block_count) page->blocks[deck].role = WT_ROLE_DECK;
  if (deck == s->first_body) find_first_body(s, deck + 1);
  for (size_t i = from; i < s->first_body; i++) {
    wt_html_block *block = &page->blocks[i];
    bool caption = block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_CAPTION;
    if (i != deck && !caption && block->role != WT_ROLE_PICTURE_CREDIT && (inside(page, block->node) || block->weight < 100)) sort_head_line(s, block);
  }
}

/* ---- 4. headings ---- */

/* A short line without a stop, right before a paragraph and in the row of the others, heads it. */
static bool is_plain_heading(const sorting *s, const wt_html_block *block, const wt_html_block *next) {
  return next != NULL && next->kind == WT_BLOCK_PARAGRAPH && next->weight >= 80 && block->kind == WT_BLOCK_PARAGRAPH && block->weight < 60 &&
         !block->ends_sentence && !is_linked(block) && at_home(s, block);
}

/* Was a block dropped that a heading before it may have belonged to? */
static bool is_other_text(const wt_html_block *block) {
  static const char *const other[] = {"insert", "related-links", "page-furniture", "newsletter", "sidebar", "promotion", "comments", "form",
                                      "subscription-offer", "gallery", "button", "tools"};
  if (block->weight < 8) return false;
  for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
    if (strcmp(block->reason, other[i]) == 0) return true;
  return false;
}

/* A heading in the row of the paragraphs stands when text follows anywhere behind it; another one only right before text. */
static void sort_headings(sorting *s) {
  wt_html_page *page = s->page;
  bool text_behind = false, text_next = false;
  const wt_html_block *next = NULL;
  for (size_t i = page->block_count; i-- > 0;) {
    wt_html_block *block = &page->blocks[i];
    if (!inside(page, block->node)) continue;
    if (block->role != WT_ROLE_BLOCK) {
      if (block->role == WT_ROLE_DROPPED && is_other_text(block)) text_next = false;
      continue;
    }
    if (i > s->first_body && is_plain_heading(s, block, next)) block->kind = WT_BLOCK_SUBHEAD;
    if (wt_block_is_body((wt_block_kind)block->kind)) next = block;
    if (block->kind == WT_BLOCK_SUBHEAD) {
      if (!(at_home(s, block) ? text_behind : text_next)) drop(block, "heading-of-nothing");
      text_next = false;
    } else if (wt_block_is_body((wt_block_kind)block->kind)) text_behind = text_next = true;
  }
}

/* ---- pages that a program fills ---- */

/* When the page itself shows less than half of its articleBody, that is the story, and the page's own text a part of it. */
static void weigh_data(sorting *s) {
  wt_html_page *page = s->page;
  size_t shown = 0;
  for (size_t i = 0; i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)page->blocks[i].kind)) shown += page->blocks[i].len;
  page->body_from_data = page->meta.ld.body.len > 500 && page->meta.ld.body.len > 2 * shown;
  for (size_t i = 0; page->body_from_data && i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK) drop(&page->blocks[i], "shown-in-part");
}

wt_status wt_html_sort(wt_html_page *page, wt_story *story, wt_error *err) {
  sorting s = {.page = page};
  (void)story;
  wt_status status = find_places(&s, err);
  if (status != WT_OK) return status;
  status = find_reasons(&s, err);
  if (status != WT_OK) goto done;
  weigh_home(&s);
  weigh_cover(&s);
  for (size_t i = 0; i < page->block_count; i++) {
    wt_html_block *block = &page->blocks[i];
    if (inside(page, block->node)) sort_inside(&s, block);
    else sort_outside(&s, block);
  }
  find_first_body(&s, 0);
  sort_head(&s);
  sort_kickers(&s);
  sort_headings(&s);
  weigh_data(&s);
done:
  wt_free(s.places);
  wt_free(s.why);
  return status;
}
