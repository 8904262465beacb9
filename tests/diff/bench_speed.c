/* How long a diff takes inside the library, units already cut: real drafts and texts that hurt. Medians, and memory. */
#include "bench.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* of this process: other work on the machine does not count */
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long peak_kib(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static size_t words_in(const wt_buf *text) {
  size_t words = 0;
  for (size_t i = 0; i < text->len; i++) words += text->data[i] > ' ' && (!i || text->data[i - 1] <= ' ');
  return words;
}

static void measure(const char *what, const wt_buf *old, const wt_buf *new, int runs, double limit) {
  wt_arena units = {0};
  wt_units olds, news;
  double times[101];
  uint64_t steps = 0;
  size_t edits = 0, memory = 0;
  bench_need(!wt_units_of_lines(&olds, &units, wt_buf_span(old), NULL) &&
                 !wt_units_of_lines(&news, &units, wt_buf_span(new), NULL),
             "units");
  long before = peak_kib(); /* the texts and their units are there already */
  for (int r = 0; r < runs; r++) {
    wt_arena arena = {0};
    wt_diff diff;
    double start = now_ms();
    bench_need(!wt_diff_units(&diff, &arena, &olds, &news, NULL, NULL) && !diff.replaced_whole, what);
    times[r] = now_ms() - start;
    steps = diff.steps, edits = diff.count, memory = arena.used;
    wt_arena_release(&arena);
  }
  qsort(times, (size_t)runs, sizeof *times, by_value);
  long after = peak_kib();
  char bar[32] = "";
  if (limit > 0) snprintf(bar, sizeof bar, " (bar %.2f)", limit);
  printf("%-34s %6zu/%6zu words %8.3f ms%-12s %6zu edits %10llu steps  result %zu KiB, peak memory +%ld KiB\n", what,
         words_in(old), words_in(new), times[runs / 2], bar, edits, (unsigned long long)steps, memory / 1024,
         after - before);
  wt_arena_release(&units);
}

/* Drafts of ArgRewrite one after the other until both sides have `words` words. */
static void real_drafts(wt_buf *old, wt_buf *new, size_t words) {
  wt_span text = bench_data("alignment/argrewrite.jsonl.gz"), line;
  size_t count = 0;
  while (count < words && wt_span_line(&line, &text)) {
    json_t *pair = json_loadb(line.data, line.len, 0, NULL), *sentence;
    size_t i;
    json_array_foreach(json_object_get(pair, "old"), i, sentence) {
      wt_buf_put_format(old, "%s\n", json_string_value(sentence));
      for (const char *c = json_string_value(sentence); *c; c++) count += *c == ' ';
      count++;
      if (count >= words) break;
    }
    size_t most = count >= words ? i + 1 : SIZE_MAX;
    json_array_foreach(json_object_get(pair, "new"), i, sentence) if (i < most)
        wt_buf_put_format(new, "%s\n", json_string_value(sentence));
    json_decref(pair);
  }
}

static uint32_t random_below(uint64_t *state, uint32_t below) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33) % below;
}

static void few_words(wt_buf *out, size_t words, unsigned a_line, uint64_t seed) {
  static const char *const five[] = {"alpha", "beta", "gamma", "delta", "epsilon"};
  for (size_t w = 0; w < words; w++)
    wt_buf_put_format(out, "%s%s", five[random_below(&seed, 5)],
                      (a_line && w % a_line == a_line - 1) || w + 1 == words ? "\n" : " ");
}

/* Two texts with nothing in common but their language: stories of different Reuters files. */
static void reuters(wt_buf *out, const char *file, size_t words) {
  wt_span text = bench_data(file);
  size_t count = 0;
  bool gap = false;
  for (size_t i = 0, tag = 0; i < text.len && count < words; i++) {
    char c = text.data[i];
    if (c == '<')
      tag = 1;
    else if (c == '>')
      tag = 0;
    else if (!tag && (unsigned char)c > ' ') {
      if (gap && out->len) wt_buf_put_char(out, out->data[out->len - 1] == '.' ? '\n' : ' ');
      count += gap;
      gap = false;
      wt_buf_put_char(out, c);
    } else
      gap = true;
  }
  wt_buf_put_char(out, '\n');
}

int main(int argc, char **argv) {
  wt_buf old = {0}, new = {0};
  const char *only = argc > 1 ? argv[1] : "";
#define CASE(name)                                                                                                     \
  for (int once = (wt_buf_clear(&old), wt_buf_clear(&new), !*only || strstr(name, only)); once; once = 0)
  CASE("20,000 words of five, lines") {
    few_words(&old, 20000, 20, 1);
    few_words(&new, 20000, 20, 2);
    measure("20,000 words of five, lines", &old, &new, 11, 40);
  }
  CASE("20,000 words of five, one line") {
    few_words(&old, 20000, 0, 1);
    few_words(&new, 20000, 0, 2);
    measure("20,000 words of five, one line", &old, &new, 11, 40);
  }
  CASE("20,000 words of drafts") {
    real_drafts(&old, &new, 20000);
    measure("20,000 words of drafts", &old, &new, 11, 8);
  }
  CASE("1,000 words of drafts") {
    real_drafts(&old, &new, 1000);
    measure("1,000 words of drafts", &old, &new, 101, 0.15);
  }
  CASE("3,000 words of drafts") {
    real_drafts(&old, &new, 3000);
    measure("3,000 words of drafts", &old, &new, 51, 0);
  }
  CASE("10,000 words of drafts") {
    real_drafts(&old, &new, 10000);
    measure("10,000 words of drafts", &old, &new, 51, 3);
  }
  CASE("10,000 words unrelated") {
    reuters(&old, "reuters/reut2-000.sgm.gz", 10000);
    reuters(&new, "reuters/reut2-009.sgm.gz", 10000);
    measure("10,000 words unrelated", &old, &new, 31, 10);
  }
  CASE("200,000 words of five, one line") {
    few_words(&old, 200000, 0, 1);
    few_words(&new, 200000, 0, 2);
    measure("200,000 words of five, one line", &old, &new, 3, 1000);
  }
  wt_buf_release(&old);
  wt_buf_release(&new);
  return 0;
}
