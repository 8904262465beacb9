/* What every fuzz target of ingest does with a story it was given: it must print, and parse back to itself. */
#ifndef WT_FUZZ_INGEST_H
#define WT_FUZZ_INGEST_H

#include "fuzz/fuzz.h"
#include "ingest/read.h"

static inline void fuzz_check_story(wt_story *story) {
  wt_arena arena;
  wt_story again;
  wt_buf form = {0};
  wt_error err = {.byte = -1};
  wt_arena_init(&arena, (size_t)256 << 20);
  if (wt_story_seal(story, &err) != WT_OK || wt_story_print(&form, story, &err) != WT_OK)
    fuzz_fail("does not print", &err, wt_buf_span(&form));
  if (wt_story_parse(&again, &arena, wt_buf_span(&form), &err) != WT_OK)
    fuzz_fail("does not parse", &err, wt_buf_span(&form));
  if (!wt_story_equal(story, &again)) fuzz_fail("is another story when read back", &err, wt_buf_span(&form));
  wt_buf_release(&form);
  wt_arena_release(&arena);
}

/* One reader, without the sniffing that would keep most inputs from it. */
static inline int fuzz_reader(wt_reader reader, const uint8_t *data, size_t size) {
  wt_arena arena;
  wt_story story;
  wt_error err;
  wt_source source = {.captured = WT_INSTANT_NONE};
  if (size == 0) return 0;
  wt_arena_init(&arena, (size_t)256 << 20);
  wt_story_init(&story, &arena);
  if (reader(&story, (wt_span){(const char *)data, size}, &source, &err) == WT_OK) fuzz_check_story(&story);
  wt_arena_release(&arena);
  return 0;
}

static inline bool fuzz_each(void *context, const wt_capture *capture) {
  wt_arena arena;
  wt_story story;
  wt_error err;
  (void)context;
  wt_arena_init(&arena, (size_t)256 << 20);
  if (wt_ingest(&story, &arena, capture->bytes, &capture->source, NULL, &err) == WT_OK) fuzz_check_story(&story);
  wt_arena_release(&arena);
  return true;
}

static inline bool fuzz_trouble(void *context, const wt_error *err) {
  (void)context;
  return err->what[0] != '\0';
}

/* The whole way: sniff, split, read. Nothing outside the input is looked at: a manifest's files lie in no folder. */
static inline int fuzz_captures(const char *name, const uint8_t *data, size_t size) {
  wt_error err;
  wt_source source = {.name = wt_span_of(name), .captured = WT_INSTANT_NONE};
  wt_ingest_options options = {.max_bytes = (size_t)8 << 20};
  wt_captures((wt_span){(const char *)data, size}, &source, &options, fuzz_each, fuzz_trouble, NULL, &err);
  return 0;
}

#endif
