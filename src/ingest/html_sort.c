/*
 * html_sort: what each block is: part of the story, or left out, and why. See html_sort.h for the passes.
 */
#include "ingest/html_sort.h"

#include <string.h>

#include "ingest/newsline.h"
#include "ingest/picture_credit.h"

void wt_sort_drop(wt_html_block *block, const char *reason) {
  block->role = WT_ROLE_DROPPED;
  block->reason = reason;
}

static void keep(wt_html_block *block, wt_block_kind kind) {
  block->role = WT_ROLE_BLOCK;
  block->kind = (uint8_t)kind;
}

/* ---- one block ---- */

uint64_t wt_sort_hints(const wt_html_page *page, uint32_t at, int levels) {
  uint64_t hints = 0;
  for (; at != WT_NO_NODE && at != page->main && levels-- > 0; at = page->tree.nodes[at].parent)
    hints |= page->tree.nodes[at].hints;
  return hints;
}

static bool is_headline(wt_html_page *page, wt_span text) {
  if (text.len > 1000) return false;
  wt_span folded = wt_html_fold(page, text);
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_span_equal(page->folded[i], folded)) return true;
  return false;
}

bool wt_sort_is_variant(wt_html_page *page, const wt_html_block *block) {
  if (!(block->context & WT_IN_HEADING) || block->len > 600) return false;
  wt_span folded = wt_html_fold(page, wt_html_block_text(page, block));
  for (unsigned i = 0; i < page->folded_count; i++)
    if (wt_html_likeness(folded, page->folded[i]) >= 600 && wt_html_likeness(page->folded[i], folded) >= 500)
      return true;
  return page->tree.nodes[block->node].tag == WT_TAG_H1;
}

bool wt_sort_is_covered(const wt_html_block *block) {
  return block->covered != WT_COVER_UNKNOWN && block->covered >= 700;
}

bool wt_sort_is_linked(const wt_html_block *block) {
  return block->link_weight * 2 > block->weight;
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

static void sort_home(wt_html_sorting *s, wt_html_block *block) {
  if (sort_newsline(s, block)) return;
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

static void sort_insert(wt_html_sorting *s, wt_html_block *block) {
  const char *phrase = phrase_of(s, block);
  if (phrase != NULL)
    wt_sort_drop(block, phrase);
  else if (wt_sort_is_linked(block))
    wt_sort_drop(block, "related-links");
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
  else if ((block->context & WT_IN_CAPTION) ||
           ((block->context & WT_IN_FIGURE) && !(block->context & (WT_IN_HEADING | WT_IN_QUOTE))) ||
           (hints & WT_HINT_CAPTION) || is_loose_caption(s, block) || is_under_picture(page, block))
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

/* ---- what stands on the page twice ---- */

static bool may_be_pulled(const wt_html_sorting *s, const wt_html_block *block) {
  if (block->role != WT_ROLE_BLOCK || block->weight < 20 || block->weight > 400) return false;
  return block->kind == WT_BLOCK_QUOTE || (block->context & WT_IN_ASIDE) != 0 ||
         (wt_sort_hints(s->page, block->node, 3) & WT_HINT_PULLQUOTE) != 0;
}

/* Takes one mark off each end of text; false when there is none. */
static bool take_marks(wt_span *text) {
  static const char *const marks[] = {"\"",     "'",      "\u201C", "\u201D", "\u201E", "\u2018",
                                      "\u2019", "\u00AB", "\u00BB", " ",      "."};
  size_t before = text->len;
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    wt_span mark = wt_span_of(marks[i]);
    if (text->len > mark.len && wt_span_starts(*text, mark)) *text = wt_span_sub(*text, mark.len, text->len);
    if (text->len > mark.len && wt_span_ends(*text, mark)) text->len -= mark.len;
  }
  return text->len < before;
}

/* Does the text of a block stand in a paragraph of the story too? */
static bool is_repeated(const wt_html_page *page, const wt_html_block *block) {
  enum { PLACES = 8 };
  wt_span said = wt_html_block_text(page, block);
  while (take_marks(&said)) continue;
  size_t at = 0;
  for (size_t i = 0, tries = 0; i < page->block_count && tries < PLACES; tries++) {
    at += wt_span_find(wt_span_sub(wt_buf_span(&page->text), at, page->text.len), said);
    if (at >= page->text.len) return false;
    while (i < page->block_count && page->blocks[i].begin + page->blocks[i].len <= at) i++;
    const wt_html_block *other = &page->blocks[i];
    if (i < page->block_count && other != block && other->role == WT_ROLE_BLOCK && other->kind == WT_BLOCK_PARAGRAPH &&
        at + said.len <= (size_t)other->begin + other->len)
      return true;
    at++;
  }
  return false;
}

/* Does the story's first paragraph begin with the text of the block? */
static bool is_begun_again(const wt_html_sorting *s, const wt_html_block *block) {
  if (s->first_body >= s->page->block_count) return false;
  return wt_span_starts(wt_html_block_text(s->page, &s->page->blocks[s->first_body]),
                        wt_html_block_text(s->page, block));
}

/* A quotation set apart that the text has too was pulled out of it, and so was a deck that only gives its beginning. */
static void drop_repeats(wt_html_sorting *s) {
  enum { QUOTES = 64 };
  unsigned looked = 0;
  for (size_t i = 0; i < s->page->block_count && looked < QUOTES; i++) {
    wt_html_block *block = &s->page->blocks[i];
    if (block->role == WT_ROLE_DECK && is_begun_again(s, block)) wt_sort_drop(block, "repeated-text");
    if (!may_be_pulled(s, block)) continue;
    looked++;
    if (is_repeated(s->page, block)) wt_sort_drop(block, "pull-quote");
  }
}

/* Templates set a story twice, for wide screens and for narrow ones. A paragraph that an editor set twice has both in one
   row, and both stay. */
static wt_status drop_second_body(wt_html_sorting *s, wt_error *err) {
  enum { SHORTEST = 60 };
  wt_html_page *page = s->page;
  size_t mask = 15;
  while (mask < page->block_count * 2) mask = mask * 2 + 1;
  uint32_t *seen = wt_alloc_zero(mask + 1, sizeof *seen); /* index of a block, and one */
  if (seen == NULL) return wt_fail(err, WT_ENOMEM, "page", -1, "no memory to sort its blocks");
  for (size_t i = 0; i < page->block_count; i++) {
    wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || block->weight < SHORTEST || block->kind == WT_BLOCK_CAPTION) continue;
    wt_span text = wt_html_block_text(page, block);
    size_t slot = (size_t)wt_hash64(text) & mask;
    while (seen[slot] != 0 && !wt_span_equal(wt_html_block_text(page, &page->blocks[seen[slot] - 1]), text))
      slot = (slot + 1) & mask;
    if (seen[slot] == 0)
      seen[slot] = (uint32_t)i + 1;
    else if (page->tree.nodes[page->blocks[seen[slot] - 1].node].parent != page->tree.nodes[block->node].parent)
      wt_sort_drop(block, "repeated-text");
  }
  wt_free(seen);
  return WT_OK;
}

/* ---- headings ---- */

/* A short line without a stop, right before a paragraph and in the row of the others, heads it. */
static bool is_plain_heading(const wt_html_sorting *s, const wt_html_block *block, const wt_html_block *next) {
  return next != NULL && next->kind == WT_BLOCK_PARAGRAPH && next->weight >= 80 && block->kind == WT_BLOCK_PARAGRAPH &&
         block->weight < 60 && !block->ends_sentence && !wt_sort_is_linked(block) && wt_sort_is_at_home(s, block);
}

/* Was a block dropped that a heading before it may have belonged to? */
static bool is_other_text(const wt_html_block *block) {
  static const char *const other[] = {"insert",    "related-links", "page-furniture", "newsletter",         "sidebar",
                                      "promotion", "comments",      "form",           "subscription-offer", "gallery",
                                      "button",    "tools"};
  if (block->weight < 8) return false;
  for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
    if (strcmp(block->reason, other[i]) == 0) return true;
  return false;
}

/* Does the block only head a box that was left out? It stands in the box itself then. */
static bool heads_insert(const wt_html_page *page, size_t at) {
  const wt_html_block *block = &page->blocks[at];
  if (at + 1 >= page->block_count || (block->context & WT_IN_HEADING) != 0) return false;
  const wt_html_block *next = &page->blocks[at + 1];
  return next->node > block->node && next->node < page->tree.nodes[block->node].end && next->role == WT_ROLE_DROPPED &&
         is_other_text(next);
}

/* A heading in the row of the paragraphs stands when text follows anywhere behind it; another one only right before text. */
static void sort_headings(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  bool text_behind = false, text_next = false;
  const wt_html_block *next = NULL;
  for (size_t i = page->block_count; i-- > 0;) {
    wt_html_block *block = &page->blocks[i];
    if (!wt_sort_is_inside(page, block->node)) continue;
    if (block->role != WT_ROLE_BLOCK) {
      if (block->role == WT_ROLE_DROPPED && is_other_text(block)) text_next = false;
      continue;
    }
    if (i > s->first_body && is_plain_heading(s, block, next)) block->kind = WT_BLOCK_SUBHEAD;
    if (wt_block_is_body((wt_block_kind)block->kind)) next = block;
    if (block->kind == WT_BLOCK_SUBHEAD) {
      if (!(wt_sort_is_at_home(s, block) && !heads_insert(page, i) ? text_behind : text_next))
        wt_sort_drop(block, "heading-of-nothing");
      text_next = false;
    } else if (wt_block_is_body((wt_block_kind)block->kind))
      text_behind = text_next = true;
    else if (block->kind == WT_BLOCK_CAPTION)
      text_behind = true; /* a list of pictures, a heading each */
  }
}

/* A name in bold behind the last paragraph signs the story. */
static void sort_signature(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  size_t last = page->block_count;
  for (size_t i = page->block_count; i-- > 0 && last == page->block_count;)
    if (page->blocks[i].role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)page->blocks[i].kind)) last = i;
  if (last + 1 >= page->block_count) return;
  wt_html_block *block = &page->blocks[last + 1];
  if (block->role == WT_ROLE_DROPPED && strcmp(block->reason, "heading-of-nothing") == 0 && block->weight < 40 &&
      (block->context & (WT_IN_HEADING | WT_IN_LINK)) == 0 && block->link_weight == 0 &&
      wt_html_is_name(wt_html_block_text(page, block)))
    block->role = WT_ROLE_BYLINE;
}

/* ---- pages that a program fills ---- */

/* When the page itself shows less than half of its articleBody, that is the story, and the page's own text a part of it. */
static void weigh_data(wt_html_sorting *s) {
  wt_html_page *page = s->page;
  size_t shown = 0;
  for (size_t i = 0; i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)page->blocks[i].kind))
      shown += page->blocks[i].len;
  page->body_from_data = page->meta.ld.body.len > 500 && page->meta.ld.body.len > 2 * shown;
  for (size_t i = 0; page->body_from_data && i < page->block_count; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK) wt_sort_drop(&page->blocks[i], "shown-in-part");
}

static void pass(wt_html_sorting *s, const wt_html_block *block) {
  if (block->role == WT_ROLE_DROPPED)
    s->headed =
        s->headed || strcmp(block->reason, "duplicate-headline") == 0 || strcmp(block->reason, "headline-variant") == 0;
  else if (block->role == WT_ROLE_BLOCK && block->kind == WT_BLOCK_PARAGRAPH && block->value >= 60 &&
           wt_sort_is_at_home(s, block))
    s->begun = true;
}

/* The headline in its heading of the first order, or else where it stands first, in any line. */
static size_t find_headline(wt_html_page *page, bool *heading) {
  size_t line = page->block_count;
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    if (!wt_sort_is_inside(page, block->node)) continue;
    *heading = page->tree.nodes[block->node].tag == WT_TAG_H1 && wt_html_is_headline(page, block);
    if (*heading) return i;
    bool is_line = block->role == WT_ROLE_DROPPED && strcmp(block->reason, "duplicate-headline") == 0;
    if (is_line && line == page->block_count) line = i;
  }
  return line;
}

/* Paragraphs that stand above the headline in its heading of the first order, when some stand below it as well: a banner
   that no name tells of. A short line there says what the story is about, or where it is published. */
static void drop_above_headline(wt_html_sorting *s) {
  enum { SHORT = 60 };
  wt_html_page *page = s->page;
  bool heading = false;
  size_t head = find_headline(page, &heading);
  int32_t below = 0;
  for (size_t i = head; i < page->block_count && below < SHORT; i++)
    if (page->blocks[i].role == WT_ROLE_BLOCK && page->blocks[i].value > 0) below += page->blocks[i].value;
  for (size_t i = 0; below >= SHORT && i < head; i++) {
    wt_html_block *block = &page->blocks[i];
    if (block->role != WT_ROLE_BLOCK || block->kind != WT_BLOCK_PARAGRAPH || wt_sort_is_covered(block)) continue;
    if (heading && block->value >= SHORT)
      wt_sort_drop(block, "page-furniture");
    else if (block->weight < SHORT && !block->ends_sentence)
      wt_sort_drop(block, "kicker");
  }
}

wt_status wt_html_sort(wt_html_page *page, wt_error *err) {
  wt_html_sorting s = {.page = page};
  wt_status status = wt_sort_find_places(&s, err);
  if (status != WT_OK) return status;
  status = wt_sort_find_reasons(&s, err);
  if (status != WT_OK) goto done;
  weigh_cover(&s);
  for (size_t i = 0; i < page->block_count; i++) {
    wt_html_block *block = &page->blocks[i];
    if (wt_sort_is_inside(page, block->node))
      sort_inside(&s, block);
    else
      sort_outside(&s, block);
    pass(&s, block);
  }
  drop_above_headline(&s);
  wt_sort_head(&s);
  drop_repeats(&s);
  status = drop_second_body(&s, err);
  wt_sort_tail(&s);
  sort_headings(&s);
  sort_signature(&s);
  weigh_data(&s);
done:
  wt_free(s.places);
  wt_free(s.why);
  return status;
}
