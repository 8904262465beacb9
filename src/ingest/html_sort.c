/* html_sort: what each block is: part of the story, or left out, and why. */
#include "ingest/html_page.h"

static bool inside(const wt_html_page *page, uint32_t node) {
  return page->main != WT_NO_NODE && node >= page->main && node < page->tree.nodes[page->main].end;
}

static void drop(wt_html_block *block, const char *reason) {
  block->role = WT_ROLE_DROPPED;
  block->reason = reason;
}

static void keep(wt_html_block *block, wt_block_kind kind) {
  block->role = WT_ROLE_BLOCK;
  block->kind = (uint8_t)kind;
}

static void sort_one(const wt_html_page *page, wt_html_block *block) {
  if (!inside(page, block->node)) drop(block, "page-furniture");
  else if (block->context & WT_IN_CAPTION) keep(block, WT_BLOCK_CAPTION);
  else if (block->value < 0) drop(block, "page-furniture");
  else if (block->context & WT_IN_HEADING) keep(block, WT_BLOCK_SUBHEAD);
  else keep(block, WT_BLOCK_PARAGRAPH);
}

wt_status wt_html_sort(wt_html_page *page, wt_story *story, wt_error *err) {
  (void)story;
  (void)err;
  for (size_t i = 0; i < page->block_count; i++) sort_one(page, &page->blocks[i]);
  return WT_OK;
}
