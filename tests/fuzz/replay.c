/*
 * Runs a fuzz target on its corpus without a fuzzer: each file as it is, each file cut at 32 places, and each file with
 * damage done to it by a fixed sequence. Prints as the test programs do. An empty corpus is a failure.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wt/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CUTS = 32, DAMAGES = 96 };

/* A copy of exactly the size, so that a read past its end is seen under ASan. */
static void run(const uint8_t *data, size_t size) {
  uint8_t *copy = malloc(size > 0 ? size : 1);
  if (copy == NULL) abort();
  if (size > 0) memcpy(copy, data, size);
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

static uint32_t next(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

/* A few bytes changed, a stretch taken out, or one doubled. */
static void damage(const uint8_t *data, size_t size, uint32_t *seed) {
  uint8_t *copy = malloc(2 * size);
  if (copy == NULL) abort();
  memcpy(copy, data, size);
  size_t at = next(seed) % size, length = next(seed) % (size - at < 64 ? size - at : 64);
  switch (next(seed) % 3) {
  case 0:
    for (unsigned i = 0; i < 4; i++) copy[next(seed) % size] = (uint8_t)next(seed);
    break;
  case 1:
    memmove(copy + at, copy + at + length, size - at - length);
    size -= length;
    break;
  default: memmove(copy + at + length, copy + at, size - at); size += length;
  }
  run(copy, size);
  free(copy);
}

static void replay(const char *path) {
  wt_buf bytes = {0};
  wt_error err;
  uint32_t seed = 1;
  if (wt_file_read(&bytes, path, (size_t)64 << 20, &err) != WT_OK) {
    printf("%s: %s\n[  FAILED  ] %s\n", err.where, err.what, path);
    exit(1);
  }
  const uint8_t *data = (const uint8_t *)(bytes.data != NULL ? bytes.data : "");
  run(data, bytes.len);
  for (size_t i = 0; i < CUTS; i++) run(data, bytes.len * i / CUTS);
  for (int i = 0; i < DAMAGES && bytes.len > 1; i++) damage(data, bytes.len, &seed);
  printf("[       OK ] %s\n", path);
  fflush(stdout);
  wt_buf_release(&bytes);
}

static bool replay_one(void *context, const char *path) {
  ++*(size_t *)context;
  replay(path);
  return true;
}

static bool give_up(void *context, const wt_error *err) {
  (void)context;
  printf("%s: %s\n", err->where, err->what);
  return false;
}

int main(int count, char **arguments) {
  size_t files = 0;
  wt_error err;
  for (int i = 1; i < count; i++) replay_one(&files, arguments[i]);
  if (count == 1 && wt_dir_walk(CORPUS, replay_one, give_up, &files, &err) != WT_OK)
    printf("%s: %s\n", err.where, err.what);
  if (files == 0) printf("[  FAILED  ] nothing in %s\n", CORPUS);
  return files == 0;
}
