/*
 * From UTF-8 bytes to fingerprints, one core: microseconds a story of 500 words, over JSON lines of stories joined to that
 * length. The median of nine passes.
 *
 *     bench_fingerprint STORIES.jsonl
 */
#include "wt/fingerprint.h"
#include "wt/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WORDS = 500, PASSES = 9, MOST = 2000 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Texts of 500 words, one after the other in `out`; gives where each begins. */
static size_t read_texts(wt_buf *out, size_t *begins, const char *path) {
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t capacity = 0, count = 0, words = 0;
  ssize_t len;
  begins[0] = 0;
  while (file != NULL && count < MOST && (len = getline(&line, &capacity, file)) > 0) {
    wt_arena arena = {0};
    wt_story_line story;
    if (wt_story_line_parse(&story, &arena, (wt_span){line, (size_t)len}, NULL) == WT_OK)
      for (size_t i = 0; i < story.text.len && count < MOST; i++) {
        char c = story.text.data[i];
        words += c == ' ' || c == '\n';
        wt_buf_put_char(out, c);
        if (words == WORDS) {
          begins[++count] = out->len;
          words = 0;
        }
      }
    wt_buf_put_char(out, '\n');
    wt_arena_release(&arena);
  }
  free(line);
  if (file != NULL)
    fclose(file);
  return count;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  static size_t begins[MOST + 1];
  double passes[PASSES], hashes[PASSES];
  wt_buf text = {0};
  wt_fingerprint print = {0};
  size_t count = argc > 1 ? read_texts(&text, begins, argv[1]) : 0, words = 0;
  uint64_t sum = 0;
  if (count == 0)
    return 2;
  for (int p = 0; p < PASSES; p++) {
    double begin = now();
    words = 0;
    for (size_t i = 0; i < count; i++) {
      wt_fingerprint_text(&print, WT_SPAN("A headline of some eight words or so"),
                          wt_span_sub(wt_buf_span(&text), begins[i], begins[i + 1]), NULL, NULL);
      words += print.words;
    }
    double end = now();
    for (size_t i = 0; i < count; i++)
      sum ^= wt_hash64(wt_span_sub(wt_buf_span(&text), begins[i], begins[i + 1]));
    passes[p] = (end - begin) / (double)words * WORDS * 1e6;
    hashes[p] = (now() - end) / (double)words * WORDS * 1e6;
  }
  qsort(passes, PASSES, sizeof *passes, by_value);
  qsort(hashes, PASSES, sizeof *hashes, by_value);
  printf("%.2f %.3f %zu %zu\n", passes[PASSES / 2], hashes[PASSES / 2], count, text.len / count + (size_t)(sum & 0));
  wt_fingerprint_release(&print);
  wt_buf_release(&text);
  return 0;
}
