/* Keys of blocks and of the whole story. */
#include "wt/story.h"

/* A part ends with a byte that no UTF-8 text holds, so that no two lists of parts give the same bytes. */
static void put_part(wt_buf *out, wt_span part) {
  wt_buf_put_span(out, part);
  wt_buf_put_char(out, '\xff');
}

static void put_hash(wt_buf *out, wt_hash hash) {
  char hex[33];
  wt_hash_hex(hex, hash);
  wt_buf_put(out, hex, 32);
}

static wt_status seal_block(wt_block *block, wt_buf *scratch, wt_error *err) {
  wt_buf_clear(scratch);
  wt_status status = wt_fold(scratch, block->text, err);
  if (status) return status;
  block->key = wt_hash_bytes(block->text);
  block->folded = wt_hash_bytes(wt_buf_span(scratch));
  return WT_OK;
}

static wt_hash exact_key(const wt_story *story, wt_buf *scratch) {
  wt_buf_clear(scratch);
  for (int f = 0; f < WT_FIELDS; f++)
    if (f != WT_FIELD_CHARSET) put_part(scratch, story->fields[f]);
  for (int l = 0; l < WT_LISTS; l++) {
    for (size_t i = 0; i < story->lists[l].count; i++) put_part(scratch, story->lists[l].items[i]);
    wt_buf_put_char(scratch, '\xfe');
  }
  wt_buf_put_format(scratch, "%d %d", (int)story->status, (int)story->state);
  for (size_t i = 0; i < story->block_count; i++) {
    const wt_block *block = &story->blocks[i];
    wt_buf_put_char(scratch, (char)('0' + (int)block->kind));
    put_hash(scratch, block->key);
    put_part(scratch, block->id);
    put_part(scratch, block->time);
  }
  return wt_hash_bytes(wt_buf_span(scratch));
}

static wt_status folded_key(wt_story *story, wt_buf *scratch, wt_error *err) {
  wt_buf_clear(scratch);
  wt_status status = wt_fold(scratch, story->fields[WT_FIELD_HEADLINE], err);
  if (status) return status;
  wt_buf_put_char(scratch, '\xff');
  for (size_t i = 0; i < story->block_count; i++) {
    wt_buf_put_char(scratch, (char)('0' + (int)story->blocks[i].kind));
    put_hash(scratch, story->blocks[i].folded);
  }
  story->folded = wt_hash_bytes(wt_buf_span(scratch));
  return WT_OK;
}

wt_status wt_story_seal(wt_story *story, wt_error *err) {
  wt_buf scratch = {0};
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < story->block_count; i++)
    status = seal_block(&story->blocks[i], &scratch, err);
  if (status == WT_OK) {
    story->key = exact_key(story, &scratch);
    status = folded_key(story, &scratch, err);
  }
  if (status == WT_OK) status = wt_buf_status(&scratch, "story", err);
  wt_buf_release(&scratch);
  return status;
}
