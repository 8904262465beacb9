/* From a story, or from bare text, to its fingerprint: fold, hash, cut into tokens, sample. */
#include "shingles.h"
#include "tokens.h"

#include <string.h>

void wt_fingerprint_release(wt_fingerprint *fingerprint) {
  wt_free(fingerprint->paragraphs);
  wt_free(fingerprint->paragraph_words);
  wt_free(fingerprint->shingles);
  wt_free(fingerprint->headline);
  wt_free(fingerprint->tokens);
  wt_buf_release(&fingerprint->folded);
  *fingerprint = (wt_fingerprint){0};
}

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "fingerprint", -1, "out of memory");
}

/* Leaves the folded text in out->folded, with the zeros after it that the cutter of tokens reads. */
static wt_status fold(wt_span *folded, wt_fingerprint *out, wt_span text, wt_error *err) {
  wt_buf *buf = &out->folded;
  wt_buf_clear(buf);
  wt_status status = wt_fold(buf, text, err);
  if (status != WT_OK) return status;
  if (!wt_buf_reserve(buf, WT_TOKEN_PADDING)) return no_memory(err);
  memset(buf->data + buf->len, 0, WT_TOKEN_PADDING);
  *folded = wt_buf_span(buf);
  return WT_OK;
}

static bool room_for_paragraph(wt_fingerprint *out) {
  size_t capacity = out->paragraph_capacity;
  if (out->paragraph_count < capacity) return true;
  size_t words = capacity;
  if (!wt_grow(&out->paragraph_words, &words, capacity + 1, sizeof *out->paragraph_words)) return false;
  if (!wt_grow(&out->paragraphs, &capacity, capacity + 1, sizeof *out->paragraphs)) return false;
  out->paragraph_capacity = capacity < words ? capacity : words;
  return true;
}

static wt_status put_paragraph(wt_fingerprint *out, wt_span text, wt_error *err) {
  wt_span folded;
  wt_status status = fold(&folded, out, text, err);
  if (status != WT_OK || folded.len == 0) return status;
  size_t before = out->token_count;
  wt_tokens tokens = {&out->tokens, &out->token_count, &out->token_capacity};
  if (!wt_tokens_put(tokens, folded) || !room_for_paragraph(out)) return no_memory(err);
  out->paragraph_words[out->paragraph_count] = (uint32_t)(out->token_count - before);
  out->paragraphs[out->paragraph_count++] = wt_hash_bytes(folded).low;
  return WT_OK;
}

static wt_status begin(wt_fingerprint *out, wt_span headline, wt_error *err) {
  out->paragraph_count = out->shingle_count = out->headline_count = out->token_count = 0;
  out->words = 0;
  wt_span folded;
  wt_status status = fold(&folded, out, headline, err);
  if (status != WT_OK) return status;
  wt_tokens words = {&out->headline, &out->headline_count, &out->headline_capacity};
  return wt_tokens_put(words, folded) ? WT_OK : no_memory(err);
}

static wt_status finish(wt_fingerprint *out, const wt_fingerprint_options *options, wt_error *err) {
  uint32_t sample = options != NULL && options->sample != 0 ? options->sample : WT_SAMPLE;
  if (out->token_count >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, "fingerprint", -1, "2^32 words or more");
  out->words = (uint32_t)out->token_count;
  if (options != NULL && out->words < options->dense) sample = 1;
  wt_tokens shingles = {&out->shingles, &out->shingle_count, &out->shingle_capacity};
  return wt_shingles_of(shingles, out->tokens, out->token_count, sample) ? WT_OK : no_memory(err);
}

wt_status wt_fingerprint_story(wt_fingerprint *out, const wt_story *story, const wt_fingerprint_options *options,
                               wt_error *err) {
  wt_status status = begin(out, story->fields[WT_FIELD_HEADLINE], err);
  for (size_t i = 0; i < story->block_count && status == WT_OK; i++)
    if (wt_block_is_body(story->blocks[i].kind)) status = put_paragraph(out, story->blocks[i].text, err);
  return status == WT_OK ? finish(out, options, err) : status;
}

wt_status wt_fingerprint_every(wt_fingerprint *out, const wt_fingerprint *fingerprint, wt_error *err) {
  wt_tokens shingles = {&out->shingles, &out->shingle_count, &out->shingle_capacity};
  out->shingle_count = 0;
  return wt_shingles_of(shingles, fingerprint->tokens, fingerprint->token_count, 1) ? WT_OK : no_memory(err);
}

wt_status wt_fingerprint_text(wt_fingerprint *out, wt_span headline, wt_span text,
                              const wt_fingerprint_options *options, wt_error *err) {
  wt_status status = begin(out, headline, err);
  wt_span line;
  while (status == WT_OK && wt_span_line(&line, &text)) status = put_paragraph(out, line, err);
  return status == WT_OK ? finish(out, options, err) : status;
}
