/* clock: the machine's, for waiting and for deadlines; nothing that is kept or shown of a story depends on it. */
#ifndef WT_BASE_CLOCK_H
#define WT_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t base_clock_ms(clockid_t which) {
  struct timespec now;
  clock_gettime(which, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Milliseconds that only ever go forward, from some start. */
static inline int64_t base_now_ms(void) {
  return base_clock_ms(CLOCK_MONOTONIC);
}

#endif
