/*
 * What the archive costs. Made-up stories of 3 kB, 5 revisions each, 5% of the words changed a revision; 100 outlets with
 * 100 stories a day, the stories of two days interleaved.
 *
 *   bench_archive make   DIR STORIES BATCH   puts them in; BATCH revisions are made durable at a time (0: all at once)
 *   bench_archive stream STORIES EVERY       prints the same as a stream for git fast-import, a checkpoint every EVERY (0: none)
 *   bench_archive files  DIR COMMITS         git add && git commit of so many revisions in a work tree
 *   bench_archive read   DIR                 walk, history, texts
 *   bench_archive raw    DIR FOLDER BATCH    raw captures: every file of FOLDER ten times, with what changes on a page
 */
#include "wt/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { REVISIONS = 5, WINDOW = 2000, WORDS = 500, OUTLETS = 100, A_DAY = 100, DAY_0 = 1577836800 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static char vocabulary[4096][12];

static void make_vocabulary(void) {
  uint64_t state = 88172645463325252u;
  for (size_t i = 0; i < 4096; i++) {
    size_t len = 2 + next_random(&state) % 8;
    for (size_t j = 0; j < len; j++) vocabulary[i][j] = (char)('a' + next_random(&state) % 26);
  }
}

/* Frequent words come often. */
static uint16_t random_word(uint64_t *state) {
  uint64_t r = next_random(state);
  return (uint16_t)(r % 4096 * (r >> 20 & 4095) / 4096);
}

typedef struct story {
  uint16_t words[WORDS];
  wt_buf path;
  wt_revision_ids ids;
  unsigned number;
} story;

static void next_version(story *s, unsigned index) {
  uint64_t state = 0x9E3779B97F4A7C15u * (index + 1) + s->number;
  for (int i = 0; i < 4; i++) next_random(&state);
  if (s->number++ == 0)
    for (size_t i = 0; i < WORDS; i++) s->words[i] = random_word(&state);
  else
    for (size_t i = 0; i < WORDS / 20; i++) s->words[next_random(&state) % WORDS] = random_word(&state);
}

static void put_text(wt_buf *out, const story *s, unsigned index) {
  wt_buf_put_format(out, "writethru: 1\nheadline: Story %u\noutlet: o%02u.example\nrevision: %u\n\n", index,
                    index % OUTLETS, s->number);
  for (size_t i = 0; i < WORDS; i++) {
    wt_buf_put(out, vocabulary[s->words[i]], strlen(vocabulary[s->words[i]]));
    if (i % 20 == 19)
      wt_buf_put_text(out, i % 60 == 59 ? ".\n\n" : ".\n");
    else
      wt_buf_put_char(out, ' ');
  }
  out->data[--out->len] = '\0';
}

static wt_instant time_of(unsigned index, unsigned number) {
  return DAY_0 + (wt_instant)(index / (OUTLETS * A_DAY)) * 86400 + number * 1000 + index % 997;
}

/* Calls `each` for every revision, in order. */
typedef void (*each_revision)(void *context, story *s, unsigned index);
static void for_all(unsigned stories, each_revision each, void *context) {
  unsigned window = stories < WINDOW ? stories : WINDOW;
  story *active = calloc(window, sizeof *active);
  for (unsigned first = 0; first < stories; first += window) {
    for (unsigned i = 0; i < window; i++) {
      wt_buf_release(&active[i].path);
      memset(&active[i], 0, sizeof active[i]);
    }
    for (unsigned r = 0; r < REVISIONS; r++)
      for (unsigned i = 0; i < window && first + i < stories; i++) {
        next_version(&active[i], first + i);
        each(context, &active[i], first + i);
      }
  }
  for (unsigned i = 0; i < window; i++) wt_buf_release(&active[i].path);
  free(active);
}

static void must(wt_status status, const wt_error *err) {
  if (!status) return;
  fprintf(stderr, "bench_archive: %s: %s\n", err->where, err->what);
  exit(2);
}

/* ---- ours ---- */

typedef struct making {
  wt_archive_batch *batch;
  unsigned batch_size, waiting;
  wt_buf text;
  uint64_t bytes;
} making;

static void put(void *context, story *s, unsigned index) {
  making *m = context;
  wt_error err;
  char title[64], outlet[32], subject[80];
  snprintf(title, sizeof title, "story-%06u-of-the-day", index);
  snprintf(outlet, sizeof outlet, "o%02u.example", index % OUTLETS);
  snprintf(subject, sizeof subject, "Story %u: %u words changed", index, WORDS / 20);
  wt_buf_clear(&m->text);
  put_text(&m->text, s, index);
  m->bytes += m->text.len;
  if (s->number == 1)
    must(wt_archive_batch_name(&s->path, m->batch, wt_span_of(outlet), time_of(index, 1), wt_span_of(title),
                               wt_hash_bytes(wt_span_of(title)), &err),
         &err);
  wt_revision_in in = {.path = wt_buf_span(&s->path),
                       .number = s->number,
                       .text = wt_buf_span(&m->text),
                       .captured = time_of(index, s->number),
                       .subject = wt_span_of(subject),
                       .url = wt_span_of(title),
                       .key = WT_SPAN("0123456789abcdef0123456789abcdef"),
                       .classes = WT_SPAN("wording=25"),
                       .reason = WT_SPAN("revision"),
                       .previous = s->ids.commit,
                       .previous_blob = s->ids.blob};
  must(wt_archive_batch_put(&s->ids, m->batch, &in, &err), &err);
  if (m->batch_size && ++m->waiting % m->batch_size == 0) must(wt_archive_batch_commit(m->batch, &err), &err);
}

static void only_make(void *context, story *s, unsigned index) {
  making *m = context;
  wt_buf_clear(&m->text);
  put_text(&m->text, s, index);
}

static double processor(const struct rusage *usage) {
  return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
         (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static void report(const char *what, unsigned revisions, double seconds) {
  struct rusage usage, children;
  getrusage(RUSAGE_SELF, &usage);
  getrusage(RUSAGE_CHILDREN, &children);
  printf("%-28s %8u revisions %8.2f s %9.0f a second %6ld MB, %.2f s of processor in all\n", what, revisions, seconds,
         revisions / seconds, usage.ru_maxrss / 1024, processor(&usage) + processor(&children));
}

static int make(const char *dir, unsigned stories, unsigned batch_size) {
  wt_error err;
  wt_archive *archive;
  making m = {.batch_size = batch_size};
  wt_archive_options options = {.create = true, .bare = true};
  double start = now();
  for_all(stories, only_make, &m);
  double text_time = now() - start;
  must(wt_archive_open(&archive, dir, &options, &err), &err);
  start = now();
  must(wt_archive_batch_open(&m.batch, archive, &err), &err);
  for_all(stories, put, &m);
  double put_time = now() - start - text_time;
  must(wt_archive_batch_commit(m.batch, &err), &err);
  if (batch_size == 0) report("  of that, before the commit", stories * REVISIONS, put_time);
  wt_archive_batch_close(m.batch);
  report("writethru", stories * REVISIONS, now() - start - text_time);
  wt_archive_close(archive);
  wt_buf_release(&m.text);
  return 0;
}

/* ---- the same for git ---- */

typedef struct streaming {
  unsigned every, done;
  wt_buf text;
} streaming;

static void print_commit(void *context, story *s, unsigned index) {
  streaming *st = context;
  wt_buf_clear(&st->text);
  put_text(&st->text, s, index);
  char message[600];
  int len = snprintf(
      message, sizeof message,
      "Story %u: %u words changed\n\nStory: o%02u.example/story-%06u-of-the-day.txt\nRevision: %u\nUrl: story-%06u\n"
      "Captured: 2020-01-01T00:00:00Z\nKey: 0123456789abcdef0123456789abcdef\nClasses: wording=25\nReason: revision\n",
      index, WORDS / 20, index % OUTLETS, index, s->number, index);
  unsigned day = index / (OUTLETS * A_DAY);
  printf("commit refs/heads/main\ncommitter w <w@x> %lld +0000\ndata %d\n%s", (long long)time_of(index, s->number), len,
         message);
  printf("M 100644 inline o%02u.example/2020/%02u/%02u/story-%06u-of-the-day.txt\ndata %zu\n", index % OUTLETS,
         day / 28 + 1, day % 28 + 1, index, st->text.len);
  fwrite(st->text.data, 1, st->text.len, stdout);
  putchar('\n');
  if (st->every && ++st->done % st->every == 0) printf("checkpoint\n\n");
}

static int stream(unsigned stories, unsigned every) {
  streaming st = {.every = every};
  for_all(stories, print_commit, &st);
  wt_buf_release(&st.text);
  return 0;
}

static int by_hand(const char *dir, unsigned commits) {
  char command[1000];
  double start = now();
  for (unsigned i = 0; i < commits; i++) {
    snprintf(command, sizeof command,
             "cd %s && mkdir -p a && echo revision %u >a/story-%u.txt && git add a && git commit -qm 'story %u'", dir,
             i, i % 20, i);
    if (system(command)) return 2;
  }
  report("git add && git commit", commits, now() - start);
  return 0;
}

/* ---- reading ---- */

typedef struct reading {
  wt_oid *tips;
  size_t count, capacity;
  size_t walked;
  wt_archive *archive;
  bool texts;
  wt_buf text;
} reading;

static bool count_one(void *context, const wt_revision *revision) {
  reading *r = context;
  r->walked++;
  if (revision->number != REVISIONS) return true;
  if (!wt_grow(&r->tips, &r->capacity, r->count + 1, sizeof *r->tips)) return false;
  r->tips[r->count++] = revision->commit;
  return true;
}

static bool read_one(void *context, const wt_revision *revision) {
  reading *r = context;
  wt_error err;
  wt_buf_clear(&r->text);
  if (r->texts) must(wt_archive_read(&r->text, r->archive, revision->blob, &err), &err);
  return true;
}

static int by_time(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void histories(reading *r, bool texts) {
  enum { TIMES = 2000 };
  static double took[TIMES];
  uint64_t state = 42;
  wt_error err;
  r->texts = texts;
  for (size_t i = 0; i < TIMES; i++) {
    wt_oid tip = r->tips[next_random(&state) % r->count];
    double start = now();
    must(wt_archive_history(r->archive, tip, read_one, r, &err), &err);
    took[i] = now() - start;
  }
  qsort(took, TIMES, sizeof *took, by_time);
  printf("%-28s median %.0f us, 99th percentile %.0f us\n", texts ? "history with texts" : "history",
         took[TIMES / 2] * 1e6, took[TIMES * 99 / 100] * 1e6);
}

static int read_all(const char *dir) {
  reading r = {.count = 0};
  wt_error err;
  must(wt_archive_open(&r.archive, dir, NULL, &err), &err);
  double start = now();
  must(wt_archive_walk(r.archive, (wt_oid){{0}}, count_one, &r, &err), &err);
  report("walk", (unsigned)r.walked, now() - start);
  if (r.count) histories(&r, false);
  if (r.count) histories(&r, true);
  wt_archive_close(r.archive);
  wt_buf_release(&r.text);
  wt_free(r.tips);
  return 0;
}

/* ---- raw captures ---- */

typedef struct capturing {
  wt_archive_batch *batch;
  unsigned batch_size, files, captures;
  uint64_t bytes;
} capturing;

/* The page as fetched for the n-th time: a time, a token and three counters are other than before. */
static void page_again(wt_buf *out, wt_span page, unsigned file, unsigned n) {
  uint64_t state = 0x9E3779B97F4A7C15u * (file * 16 + n + 1);
  size_t at = 0;
  for (unsigned i = 1; i <= 5; i++) {
    size_t to = page.len / 6 * i;
    wt_buf_put_span(out, wt_span_sub(page, at, to));
    wt_buf_put_format(out, "<!-- %016llx -->", (unsigned long long)next_random(&state));
    at = to;
  }
  wt_buf_put_span(out, wt_span_sub(page, at, page.len));
}

static bool capture_file(void *context, const char *path) {
  capturing *c = context;
  wt_error err;
  wt_buf page = {0}, raw = {0};
  must(wt_file_read(&page, path, WT_BUF_LIMIT, &err), &err);
  for (unsigned n = 0; n < 10; n++) {
    char path_of_story[80];
    wt_oid oid;
    wt_buf_clear(&raw);
    page_again(&raw, wt_buf_span(&page), c->files, n);
    c->bytes += raw.len;
    snprintf(path_of_story, sizeof path_of_story, "o.example/2020/01/01/page-%u.txt", c->files);
    must(wt_archive_batch_capture(&oid, c->batch, wt_span_of(path_of_story), (wt_span){0}, DAY_0 + n * 3600,
                                  wt_buf_span(&raw), &err),
         &err);
    if (++c->captures % c->batch_size == 0) must(wt_archive_batch_commit(c->batch, &err), &err);
  }
  c->files++;
  wt_buf_release(&page);
  wt_buf_release(&raw);
  return true;
}

static int raw_captures(const char *dir, const char *folder, unsigned batch_size) {
  wt_archive *archive;
  wt_error err;
  capturing c = {.batch_size = batch_size};
  wt_archive_options options = {.create = true, .bare = true};
  must(wt_archive_open(&archive, dir, &options, &err), &err);
  must(wt_archive_batch_open(&c.batch, archive, &err), &err);
  double start = now();
  must(wt_dir_walk(folder, capture_file, NULL, &c, &err), &err);
  must(wt_archive_batch_commit(c.batch, &err), &err);
  wt_archive_batch_close(c.batch);
  report("raw captures", c.captures, now() - start);
  wt_archive_maintained done;
  must(wt_archive_maintain(&done, archive, NULL, &err), &err);
  printf("%-28s %llu as they came, %llu in the archive, %llu after maintain\n", "bytes a capture",
         (unsigned long long)(c.bytes / c.captures), (unsigned long long)(done.bytes_before / c.captures),
         (unsigned long long)(done.bytes_after / c.captures));
  wt_archive_close(archive);
  return 0;
}

int main(int argc, char **argv) {
  const char *mode = argc > 2 ? argv[1] : "";
  make_vocabulary();
  if (strcmp(mode, "make") == 0 && argc == 5) return make(argv[2], (unsigned)atoi(argv[3]), (unsigned)atoi(argv[4]));
  if (strcmp(mode, "stream") == 0 && argc == 4) return stream((unsigned)atoi(argv[2]), (unsigned)atoi(argv[3]));
  if (strcmp(mode, "files") == 0 && argc == 4) return by_hand(argv[2], (unsigned)atoi(argv[3]));
  if (strcmp(mode, "read") == 0 && argc == 3) return read_all(argv[2]);
  if (strcmp(mode, "raw") == 0 && argc == 5) return raw_captures(argv[2], argv[3], (unsigned)atoi(argv[4]));
  fprintf(stderr, "see the head of bench_archive.c\n");
  return 2;
}
