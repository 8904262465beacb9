/* html_emit: sorted blocks -> the story's blocks, fields and drops, in the order of the page. */
#include "ingest/html_page.h"
#include "ingest/picture_credit.h"

/* A block of a live blog's entry carries the entry's id and time. */
static wt_status emit_block(wt_story *story, const wt_html_page *page, const wt_html_block *block, wt_error *err) {
  size_t before = story->block_count;
  wt_status status = wt_story_add_block(story, (wt_block_kind)block->kind, wt_html_block_text(page, block), err);
  const wt_html_entry *entry = wt_html_entry_of(page, block->node);
  if (status != WT_OK || entry == NULL || story->block_count == before) return status;
  wt_block *last = &story->blocks[story->block_count - 1];
  wt_buf text = {0};
  wt_time time;
  last->id = wt_span_keep(story->arena, wt_html_attr_of(&page->tree, entry->node, WT_ATTR_ID));
  if (wt_time_parse(&time, wt_html_attr_of(&page->tree, entry->time, WT_ATTR_DATETIME))) wt_time_put(&text, time);
  last->time = wt_span_keep(story->arena, wt_buf_span(&text));
  wt_buf_release(&text);
  return last->id.data == NULL || last->time.data == NULL
             ? wt_fail(err, WT_ENOMEM, "page", -1, "no memory for its entries")
             : WT_OK;
}

/* A caption and, at its end, whose picture it is. */
static wt_status emit_caption(wt_story *story, const wt_html_page *page, const wt_html_block *block, wt_error *err) {
  wt_span text = wt_html_block_text(page, block);
  size_t credit = wt_picture_credit_find(text);
  wt_status status =
      credit == 0 ? WT_OK : wt_story_add_block(story, WT_BLOCK_CAPTION, wt_span_sub(text, 0, credit), err);
  if (status != WT_OK || credit == text.len) return status;
  return wt_story_add(story, WT_LIST_PICTURE_CREDITS, wt_span_sub(text, credit, text.len), err);
}

static wt_status emit_one(wt_story *story, const wt_html_page *page, const wt_html_block *block, wt_error *err) {
  wt_span text = wt_html_block_text(page, block);
  switch ((wt_role)block->role) {
  case WT_ROLE_BLOCK:
    return block->kind == WT_BLOCK_CAPTION ? emit_caption(story, page, block, err)
                                           : emit_block(story, page, block, err);
  case WT_ROLE_DATELINE: return wt_story_set(story, WT_FIELD_DATELINE, text, err);
  case WT_ROLE_DECK: return wt_story_set(story, WT_FIELD_DECK, text, err);
  case WT_ROLE_KICKER: return wt_story_set(story, WT_FIELD_KICKER, text, err);
  case WT_ROLE_PICTURE_CREDIT: return wt_story_add(story, WT_LIST_PICTURE_CREDITS, text, err);
  case WT_ROLE_BYLINE: return wt_story_drop(story, text, "byline", err);
  case WT_ROLE_DATE: return wt_story_drop(story, text, "date", err);
  default: return wt_story_drop(story, text, block->reason != NULL ? block->reason : "page-furniture", err);
  }
}

/* A short line without a stop, before a long one. */
static bool is_heading(wt_span line, wt_span rest) {
  enum { SHORT = 80 };
  wt_span next = {NULL, 0};
  while (next.len == 0 && wt_span_line(&next, &rest)) next = wt_span_trim(next);
  return line.len < SHORT && next.len >= SHORT && !wt_html_ends_sentence(line);
}

/* articleBody: a line a paragraph. */
static wt_status emit_data(wt_story *story, wt_span body, wt_error *err) {
  wt_status status = WT_OK;
  for (wt_span line; status == WT_OK && wt_span_line(&line, &body);) {
    line = wt_span_trim(line);
    wt_block_kind kind = is_heading(line, body) ? WT_BLOCK_SUBHEAD : WT_BLOCK_PARAGRAPH;
    if (line.len > 0) status = wt_story_add_block(story, kind, line, err);
  }
  return status;
}

wt_status wt_html_emit(wt_story *story, const wt_html_page *page, wt_error *err) {
  wt_status status = page->body_from_data ? emit_data(story, page->meta.ld.body, err) : WT_OK;
  for (size_t i = 0; status == WT_OK && i < page->block_count; i++)
    status = emit_one(story, page, &page->blocks[i], err);
  return status;
}
