/* The library's malloc, which tests make fail on purpose. */
#include "wt/base.h"

#include <stdlib.h>
#include <string.h>

/* The one piece of state of its own that a thread has: a countdown that only tests set. */
static _Thread_local int64_t fail_after = -1;

static bool refused(void) {
  if (fail_after < 0) return false;
  if (fail_after == 0) return true;
  fail_after--;
  return false;
}

int64_t wt_alloc_fail_after(int64_t n) {
  int64_t left = fail_after;
  fail_after = n;
  return left;
}

void *wt_alloc(size_t size) {
  return refused() ? NULL : malloc(size ? size : 1);
}

void *wt_alloc_zero(size_t count, size_t size) {
  return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *wt_resize(void *old, size_t size) {
  return refused() ? NULL : realloc(old, size ? size : 1);
}

void wt_free(void *old) {
  free(old);
}

bool wt_grow(void *items, size_t *capacity, size_t need, size_t size) {
  if (need <= *capacity) return true;
  size_t wanted = *capacity ? *capacity : 8;
  while (wanted < need) {
    if (wanted > SIZE_MAX / 2) return false;
    wanted *= 2;
  }
  if (size && wanted > SIZE_MAX / size) return false;
  /* items is the address of a pointer of any type: read and written as bytes, which every type allows */
  void *old;
  memcpy(&old, items, sizeof old);
  void *grown = wt_resize(old, wanted * size);
  if (!grown) return false;
  memcpy(items, &grown, sizeof grown);
  *capacity = wanted;
  return true;
}
