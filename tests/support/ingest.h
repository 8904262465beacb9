/* Helpers for tests that read a story: from bytes in the test, or from a file of the data. */
#ifndef WT_TESTS_INGEST_H
#define WT_TESTS_INGEST_H

#include "support/check.h"
#include "wt/ingest.h"

typedef struct reading {
  wt_arena arena;
  wt_story story;
  wt_error err;
  wt_status status;
} reading;

static inline reading *read_bytes(wt_span bytes, const wt_source *source) {
  reading *r = calloc(1, sizeof *r);
  assert_non_null(r);
  wt_arena_init(&r->arena, 0);
  r->status = wt_ingest(&r->story, &r->arena, bytes, source, NULL, &r->err);
  return r;
}

static inline reading *read_text(const char *text) {
  wt_source source = {.captured = WT_INSTANT_NONE};
  return read_bytes(wt_span_of(text), &source);
}

/* A file below the data folder. */
static inline reading *read_data(const char *path) {
  char full[4096];
  wt_buf bytes = {0};
  wt_error err;
  snprintf(full, sizeof full, "%s/%s", check_data(), path);
  assert_ok(wt_file_read(&bytes, full, (size_t)64 << 20, &err));
  wt_source source = {.name = wt_span_of(path), .captured = WT_INSTANT_NONE};
  reading *r = read_bytes(wt_buf_span(&bytes), &source);
  wt_buf_release(&bytes);
  return r;
}

/* A span's text in an array, cut to its size. */
static inline void keep_text(char *out, size_t size, wt_span span) {
  snprintf(out, size, "%.*s", (int)span.len, span.len > 0 ? span.data : "");
}

static inline void reading_done(reading *r) {
  wt_arena_release(&r->arena);
  free(r);
}

static inline size_t body_blocks(const wt_story *story) {
  size_t count = 0;
  for (size_t i = 0; i < story->block_count; i++) count += wt_block_is_body(story->blocks[i].kind);
  return count;
}

static inline size_t blocks_of(const wt_story *story, wt_block_kind kind) {
  size_t count = 0;
  for (size_t i = 0; i < story->block_count; i++) count += story->blocks[i].kind == kind;
  return count;
}

static inline size_t dropped_as(const wt_story *story, const char *reason) {
  size_t count = 0;
  for (size_t i = 0; i < story->dropped_count; i++)
    count += wt_span_equal(story->dropped[i].reason, wt_span_of(reason));
  return count;
}

#define assert_field(story, field, text) assert_span((story).fields[field], text)
#define assert_read(r) check_ok((r)->status, &(r)->err, __FILE__, __LINE__)

#endif
