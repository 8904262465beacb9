/* What the benchmarks of the diff share: the data, and one diff of lines already cut. */
#ifndef BENCH_H
#define BENCH_H

#include "wt/diff.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static inline void bench_need(bool well, const char *what) {
  if (well) return;
  fprintf(stderr, "bench: %s\n", what);
  exit(2);
}

/* A file of the data folder, inflated. It is never freed. */
static inline wt_span bench_data(const char *name) {
  const char *folder = getenv("WT_DATA");
  char path[4096];
  wt_buf raw = {0}, text = {0};
  snprintf(path, sizeof path, "%s/%s", folder ? folder : "../shared/data", name);
  bench_need(!wt_file_read(&raw, path, 1u << 30, NULL), path);
  if (!wt_gzip_is(wt_buf_span(&raw))) return wt_buf_span(&raw);
  bench_need(!wt_gunzip(&text, wt_buf_span(&raw), 1u << 30, NULL), path);
  wt_buf_release(&raw);
  return wt_buf_span(&text);
}

/* The diff of two texts, a unit a line. */
static inline void bench_diff(wt_diff *out, wt_arena *arena, wt_span old, wt_span new) {
  wt_units olds, news;
  wt_error err = {0};
  wt_status status = wt_units_of_lines(&olds, arena, old, &err);
  if (!status) status = wt_units_of_lines(&news, arena, new, &err);
  if (!status) status = wt_diff_units(out, arena, &olds, &news, NULL, &err);
  bench_need(!status, err.what);
}

#endif
