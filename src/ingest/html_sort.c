/* html_sort: what each block is: part of the story, or left out, and why. See html_sort.h for the passes. */
#include "ingest/html_sort.h"

#include <string.h>

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
  wt_sort_each(&s);
  drop_above_headline(&s);
  wt_sort_head(&s);
  status = wt_sort_twice(&s, err);
  wt_sort_offer(&s);
  wt_sort_tail(&s);
  wt_sort_headings(&s);
  weigh_data(&s);
done:
  wt_free(s.places);
  wt_free(s.why);
  return status;
}
