/* html_emit: sorted blocks -> the story's blocks, fields and drops, in the order of the page. */
#include "ingest/html_page.h"

wt_status wt_html_emit(wt_story *story, const wt_html_page *page, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < page->block_count; i++) {
    const wt_html_block *block = &page->blocks[i];
    wt_span text = wt_html_block_text(page, block);
    if (block->role == WT_ROLE_BLOCK) status = wt_story_add_block(story, (wt_block_kind)block->kind, text, err);
    else if (block->role == WT_ROLE_DROPPED) status = wt_story_drop(story, text, block->reason, err);
  }
  return status;
}
