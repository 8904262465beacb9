/* What all fuzz targets share: their entry point, ending on a broken promise, cutting the input, a folder for files. */
#ifndef WT_FUZZ_FUZZ_H
#define WT_FUZZ_FUZZ_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wt/base.h"

#define FUZZ_TARGET                                                                                                    \
  int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);                                                        \
  int LLVMFuzzerTestOneInput

/* A promise was broken: says which, shows the text, and ends as a crash does. */
static inline void fuzz_fail(const char *what, const wt_error *err, wt_span text) {
  fprintf(stderr, "%s: %s (byte %lld)\n%.*s\n", what, err->what, (long long)err->byte, (int)text.len,
          text.data ? text.data : "");
  abort();
}

static inline void fuzz_expect(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

/* The input up to a line that is `mark` alone, and *rest moved past it. False at the end. */
static inline bool fuzz_part(wt_span *part, wt_span *rest, const char *mark) {
  wt_span line, all = *rest;
  if (all.data == NULL) return false;
  while (wt_span_line(&line, rest)) {
    if (!wt_span_equal(line, wt_span_of(mark))) continue;
    *part = wt_span_sub(all, 0, (size_t)(line.data - all.data));
    return true;
  }
  *part = all;
  *rest = (wt_span){NULL, 0};
  return true;
}

/* A folder of this process alone, in memory where there is such a place; gone at the end. */
static char fuzz_path[64];

static inline int fuzz_unlink(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)info, (void)kind, (void)at;
  return remove(path);
}

static inline void fuzz_clean(void) {
  nftw(fuzz_path, fuzz_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *fuzz_folder(void) {
  if (fuzz_path[0] != '\0') return fuzz_path;
  strcpy(fuzz_path, access("/dev/shm", W_OK) == 0 ? "/dev/shm/wt-fuzz-XXXXXX" : "/tmp/wt-fuzz-XXXXXX");
  if (mkdtemp(fuzz_path) == NULL || atexit(fuzz_clean) != 0) abort();
  return fuzz_path;
}

static inline void fuzz_write(const char *name, wt_span bytes) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
  FILE *file = fopen(path, "wb");
  if (file == NULL || fwrite(bytes.len ? bytes.data : "", 1, bytes.len, file) != bytes.len || fclose(file) != 0)
    abort();
}

static inline void fuzz_remove(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
  unlink(path);
}

#endif
