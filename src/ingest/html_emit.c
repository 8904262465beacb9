/* html_emit: sorted blocks -> the story's blocks, fields and drops, in the order of the page. */
#include "ingest/html_page.h"

static wt_status emit_one(wt_story *story, const wt_html_page *page, const wt_html_block *block, wt_error *err) {
  wt_span text = wt_html_block_text(page, block);
  switch ((wt_role)block->role) {
  case WT_ROLE_BLOCK: return wt_story_add_block(story, (wt_block_kind)block->kind, text, err);
  case WT_ROLE_DECK: return wt_story_set(story, WT_FIELD_DECK, text, err);
  case WT_ROLE_KICKER: return wt_story_set(story, WT_FIELD_KICKER, text, err);
  case WT_ROLE_PICTURE_CREDIT: return wt_story_add(story, WT_LIST_PICTURE_CREDITS, text, err);
  case WT_ROLE_BYLINE: return wt_story_drop(story, text, "byline", err);
  case WT_ROLE_DATE: return wt_story_drop(story, text, "date", err);
  default: return wt_story_drop(story, text, block->reason != NULL ? block->reason : "page-furniture", err);
  }
}

/* articleBody: a line a paragraph. */
static wt_status emit_data(wt_story *story, wt_span body, wt_error *err) {
  wt_status status = WT_OK;
  for (wt_span line; status == WT_OK && wt_span_line(&line, &body);) status = wt_story_add_block(story, WT_BLOCK_PARAGRAPH, line, err);
  return status;
}

wt_status wt_html_emit(wt_story *story, const wt_html_page *page, wt_error *err) {
  wt_status status = page->body_from_data ? emit_data(story, page->meta.ld.body, err) : WT_OK;
  for (size_t i = 0; status == WT_OK && i < page->block_count; i++) status = emit_one(story, page, &page->blocks[i], err);
  return status;
}
