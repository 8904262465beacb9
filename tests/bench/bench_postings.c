/*
 * How postings do at scale: stories are made on the fly from Reuters, about 166 words each, every one a mixture of its own.
 *
 *     bench_postings DIR SENTENCES STORIES [SAMPLE]     fills DIR, reads it back, prints one line a measure
 *
 * A DIR that holds as many stories already is only read.
 */
#include "wt/fingerprint.h"
#include "wt/index/postings.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { COMMIT = 4096 }; /* stories to a commit, and so to a sync */

static double read_clock(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double now(void) {
  return read_clock(CLOCK_MONOTONIC);
}
static double processor(void) {
  return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* Blocks of 4 KiB read from disk so far. */
static double pages_read(void) {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? (double)usage.ru_inblock / 8 : 0;
}

typedef struct corpus {
  wt_buf text; /* sentences, one a line */
  wt_span *lines;
  size_t count, capacity;
} corpus;

static void load(corpus *out, const char *path) {
  wt_error err;
  if (wt_file_read(&out->text, path, (size_t)1 << 30, &err) != WT_OK) {
    fprintf(stderr, "%s: %s\n", path, err.what);
    exit(2);
  }
  wt_span rest = wt_buf_span(&out->text), line;
  while (wt_span_line(&line, &rest))
    if (line.len > 40 && wt_grow(&out->lines, &out->capacity, out->count + 1, sizeof line))
      out->lines[out->count++] = line;
}

/* Story n: some six sentences drawn by n. Nineteen of twenty get words of their own, which no other story has; the twentieth is
   shared as it is, as quotations are. */
static void make_story(wt_buf *out, const corpus *from, uint64_t n) {
  uint64_t seed = n * 0x9E3779B97F4A7C15u + 1;
  wt_buf_clear(out);
  for (unsigned words = 0; words < 130;) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    wt_span line = from->lines[(seed >> 33) % from->count];
    unsigned at = 0;
    for (size_t i = 0; i < line.len; i++) {
      wt_buf_put_char(out, line.data[i]);
      if (line.data[i] != ' ') continue;
      words++;
      if (++at % 4 == 0 && (seed >> 20) % 20 != 0)
        wt_buf_put_format(out, "%s%u ", at % 8 != 0 ? "no" : "by", (unsigned)((seed ^ n) & 0xFFFFFF));
    }
    wt_buf_put_char(out, '\n');
  }
}

/* All shingles, and paragraphs of some length. */
static size_t keys_of(uint64_t *keys, size_t most, const wt_fingerprint *print) {
  size_t count = 0;
  for (size_t i = 0; i < print->shingle_count && count < most; i++) keys[count++] = print->shingles[i];
  for (size_t i = 0; i < print->paragraph_count && count < most; i++)
    if (print->paragraph_words[i] >= 8) keys[count++] = print->paragraphs[i];
  return count;
}

static bool count_hit(void *context, size_t key, uint32_t document) {
  (void)key;
  (void)document;
  ++*(uint64_t *)context;
  return true;
}

static int by_time(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void query(wt_postings *p, const corpus *from, const wt_fingerprint_options *options, uint64_t stories,
                  const char *what) {
  enum { QUERIES = 2000 };
  static double times[QUERIES];
  wt_fingerprint print = {0};
  wt_buf text = {0};
  uint64_t keys[4096], hits = 0;
  double spent = 0, pages = pages_read();
  for (unsigned q = 0; q < QUERIES; q++) {
    make_story(&text, from, (uint64_t)q * 7919 % stories);
    wt_fingerprint_text(&print, (wt_span){0}, wt_buf_span(&text), options, NULL);
    size_t count = keys_of(keys, 4096, &print);
    double begin = now(), work = processor();
    wt_postings_find(p, keys, count, 64, count_hit, &hits);
    spent += processor() - work;
    times[q] = now() - begin;
  }
  double first = 0;
  for (unsigned q = 0; q < 20; q++) first += times[q] / 20;
  qsort(times, QUERIES, sizeof *times, by_time);
  printf("query, %s: median %.0f us, 99%% %.0f us, the first twenty %.0f us each; processor %.1f us, pages read %.1f, "
         "hits "
         "%.1f each\n",
         what, times[QUERIES / 2] * 1e6, times[QUERIES * 99 / 100] * 1e6, first * 1e6, spent / QUERIES * 1e6,
         (pages_read() - pages) / QUERIES, (double)hits / QUERIES);
  wt_fingerprint_release(&print);
  wt_buf_release(&text);
}

/* Has the system forget the pages of a folder's files: cold, as after a restart. They must be on disk before. */
static void forget_pages(const char *dir) {
  char path[4200];
  DIR *folder = opendir(dir);
  struct dirent *entry;
  while (folder != NULL && (entry = readdir(folder)) != NULL) {
    snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
    int file = open(path, O_RDONLY);
    if (file < 0) continue;
    if (entry->d_name[0] != '.' && (fdatasync(file) != 0 || posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) != 0))
      fprintf(stderr, "%s stays warm\n", path);
    close(file);
  }
  if (folder != NULL) closedir(folder);
}

static void fill(wt_postings *p, const corpus *from, uint64_t stories, const wt_fingerprint_options *options) {
  wt_fingerprint print = {0};
  wt_buf text = {0};
  uint64_t keys[4096], words = 0, step = stories / 10;
  double index_time = 0, step_time = 0, index_work = 0, step_work = 0;
  for (uint64_t n = 0; n < stories; n++) {
    make_story(&text, from, n);
    double begin = now(), work_begin = processor();
    wt_fingerprint_text(&print, (wt_span){0}, wt_buf_span(&text), options, NULL);
    size_t count = keys_of(keys, 4096, &print);
    uint32_t document;
    wt_postings_name name = {{0}};
    memcpy(name.bytes, &n, sizeof n);
    if (wt_postings_put(&document, p, name, keys, count, NULL) != WT_OK ||
        ((n % COMMIT == COMMIT - 1 || n + 1 == stories) &&
         wt_postings_commit(p, (wt_span){(const char *)&n, sizeof n}, NULL) != WT_OK))
      exit(2);
    double took = now() - begin, work = processor() - work_begin;
    words += print.words;
    index_time += took;
    step_time += took;
    index_work += work;
    step_work += work;
    if ((n + 1) % step != 0) continue;
    printf("%10llu stories: processor %.1f us each, wall %.1f us, in the last %llu, fingerprint and commits of %d "
           "included\n",
           (unsigned long long)n + 1, step_work / (double)step * 1e6, step_time / (double)step * 1e6,
           (unsigned long long)step, COMMIT);
    fflush(stdout);
    step_time = step_work = 0;
  }
  printf("insert: processor %.1f us a story of %.0f words, wall %.1f us\n", index_work / (double)stories * 1e6,
         (double)words / (double)stories, index_time / (double)stories * 1e6);
  printf("disk: %.0f bytes a story\n", (double)wt_postings_bytes(p) / (double)stories);
  wt_fingerprint_release(&print);
  wt_buf_release(&text);
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "bench_postings DIR SENTENCES STORIES [SAMPLE]\n");
    return 2;
  }
  corpus from = {0};
  wt_postings *p;
  wt_error err;
  uint64_t stories = strtoull(argv[3], NULL, 10);
  wt_fingerprint_options options = {.sample = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : WT_SAMPLE,
                                    .dense = WT_DENSE};
  load(&from, argv[2]);
  printf("sampling: one shingle in %u, and every paragraph of 8 words or more\n", options.sample);
  if (wt_postings_open(&p, argv[1], false, &err) != WT_OK) {
    fprintf(stderr, "%s: %s\n", err.where, err.what);
    return 2;
  }
  if (wt_postings_count(p) < stories) fill(p, &from, stories, &options);
  query(p, &from, &options, stories, "warm");
  wt_postings_close(p);
  forget_pages(argv[1]);
  double begin = now();
  if (wt_postings_open(&p, argv[1], true, &err) != WT_OK) return 2;
  printf("open: %.1f ms\n", (now() - begin) * 1e3);
  query(p, &from, &options, stories, "cold at first");
  query(p, &from, &options, stories, "warm again");
  wt_postings_close(p);
  wt_buf_release(&from.text);
  wt_free(from.lines);
  return 0;
}
