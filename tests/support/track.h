/* An archive in a temporary folder, and captures of text put into it one by one. */
#ifndef WT_TESTS_TRACK_H
#define WT_TESTS_TRACK_H

#include "support/check.h"
#include "wt/track.h"

typedef struct bench {
  char dir[256];
  char archive[300];
  wt_track *track;
  wt_arena arena;
  wt_error err;
} bench;

/* The archive at a path, made when there is none. */
static inline wt_track *open_track(const char *path) {
  wt_error err;
  wt_track *track;
  wt_track_options options = {.create = true, .bare = true};
  assert_ok(wt_track_open(&track, path, &options, &err));
  return track;
}

static inline void bench_reopen(bench *b) {
  if (b->track) wt_track_close(b->track);
  b->track = open_track(b->archive);
}

static inline void bench_open(bench *b) {
  memset(b, 0, sizeof *b);
  check_temp_dir(b->dir, sizeof b->dir);
  snprintf(b->archive, sizeof b->archive, "%s/archive.git", b->dir);
  bench_reopen(b);
}

static inline void bench_close(bench *b) {
  wt_track_close(b->track);
  wt_arena_release(&b->arena);
  check_remove_dir(b->dir);
}

static inline wt_instant at_time(const char *text) {
  wt_instant out;
  assert_true(wt_instant_parse(&out, wt_span_of(text)));
  return out;
}

/* What became of it; spans live until the next capture. */
static inline wt_added bench_add(bench *b, const char *outlet, const char *url, const char *at, const char *text) {
  wt_error err;
  wt_added added;
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  wt_capture capture = {.source = {.name = WT_SPAN("capture.txt"),
                                   .url = wt_span_of(url),
                                   .outlet = wt_span_of(outlet),
                                   .captured = at_time(at)},
                        .bytes = wt_span_of(text)};
  assert_ok(wt_track_add_capture(&added, b->track, &capture, &options, &err));
  if (added.error) print_error("%s\n", added.error->what);
  assert_null(added.error);
  return added;
}

static inline void assert_reason(const wt_added *added, wt_reason reason, uint32_t revision, const char *file,
                                 int line) {
  if (added->reason == reason && added->revision == revision) return;
  print_error("have: %s @%u, want: %s @%u\n", wt_reason_name(added->reason), (unsigned)added->revision,
              wt_reason_name(reason), (unsigned)revision);
  _fail(file, line);
}
#define assert_became(added, reason, revision) assert_reason(&(added), (reason), (revision), __FILE__, __LINE__)

#endif
