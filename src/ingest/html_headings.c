/* html_headings: which headings stand, once it is known what text is left below them. */
#include "ingest/html_sort.h"

#include <string.h>

#include "ingest/date.h"

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

/* A line that says when, or who posted it. */
static bool is_posted(wt_span text) {
  static const char *const words[] = {
      "posted ", "published ", "posted:", "published:", "publié ", "veröffentlicht", "publicado", "pubblicato"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (wt_span_equal_ascii_case(wt_span_sub(text, 0, strlen(words[i])), wt_span_of(words[i]))) return true;
  return false;
}

/* "Posted by Ann Lee at 9:14 AM", "Published May 26, 2026": below the story, and nothing like it above. */
static void sort_posted(wt_html_sorting *s) {
  enum { WITHIN = 16, LONGEST = 80 };
  wt_html_page *page = s->page;
  size_t last = 0;
  bool named = false, dated = false;
  for (size_t i = 0; i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    named = named || block->role == WT_ROLE_BYLINE;
    dated = dated || block->role == WT_ROLE_DATE;
    if (block->role == WT_ROLE_BLOCK && wt_block_is_body((wt_block_kind)block->kind)) last = i;
  }
  for (size_t i = last; i < page->block_count && i < last + WITHIN; i++) {
    wt_html_block *block = &page->blocks[i];
    wt_span text = wt_html_block_text(page, block);
    if (i <= s->first_body || block->weight > LONGEST || block->ends_sentence || !is_posted(text)) continue;
    bool by = wt_span_equal_ascii_case(wt_span_sub(text, 0, 10), WT_SPAN("posted by ")), day = wt_date_has_digit(text);
    if ((by && !named) || (day && !dated)) block->role = day ? WT_ROLE_DATE : WT_ROLE_BYLINE;
    named = named || by;
    dated = dated || day;
  }
}

void wt_sort_headings(wt_html_sorting *s) {
  sort_headings(s);
  sort_signature(s);
  sort_posted(s);
}
