/* bench_keys FILE: paragraph keys (a line a paragraph) of a file, exact and folded; prints MB/s of each. */
#include <stdio.h>
#include <time.h>

#include "wt/text.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t key_lines(wt_span rest, bool fold) {
  wt_buf folded = {0};
  wt_span line;
  uint64_t sum = 0;
  while (wt_span_line(&line, &rest)) {
    wt_buf_clear(&folded);
    if (fold && wt_fold(&folded, line, NULL) == WT_OK) line = wt_buf_span(&folded);
    sum ^= wt_hash_bytes(line).low;
  }
  wt_buf_release(&folded);
  return sum;
}

int main(int argc, char **argv) {
  wt_buf file = {0};
  wt_error err;
  if (argc != 2 || wt_file_read(&file, argv[1], (size_t)1 << 30, &err)) return 2;
  uint64_t sum = 0;
  for (int fold = 0; fold < 2; fold++) {
    double begin = now();
    sum ^= key_lines(wt_buf_span(&file), fold);
    double mb = (double)file.len / 1e6;
    printf("%.0f ", mb / (now() - begin));
  }
  printf("%016llx\n", (unsigned long long)sum);
  wt_buf_release(&file);
  return 0;
}
