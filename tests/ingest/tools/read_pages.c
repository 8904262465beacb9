/*
 * read_pages: the page reader alone, for the benchmark.
 *
 *   read_pages FILE...            one line of `extract --json` a page
 *   read_pages --time N FILE...   medians of N runs: MB/s of the reader and of libxml2's parse alone
 *   read_pages --memory PROGRAM FILE...   peaks of resident memory, as multiples of the page: of the reader in a process
 *                                 that has read before, and of `PROGRAM extract` over what it takes for a page of one line
 */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ingest/html.h"

typedef struct file {
  const char *name;
  wt_buf bytes;
} file;

static bool load(file *f, const char *name) {
  wt_buf raw = {0};
  wt_error err;
  *f = (file){.name = name};
  wt_status status = wt_file_read(&raw, name, 1u << 30, &err);
  if (status == WT_OK && wt_gzip_is(wt_buf_span(&raw))) {
    status = wt_gunzip(&f->bytes, wt_buf_span(&raw), 1u << 30, &err);
    wt_buf_release(&raw);
  } else {
    f->bytes = raw;
  }
  if (status != WT_OK) fprintf(stderr, "%s: %s\n", name, err.what);
  return status == WT_OK;
}

static wt_status read_one(wt_buf *out, const file *f, size_t *arena_bytes) {
  wt_arena arena = {0};
  wt_story story;
  wt_error err;
  wt_source source = {.name = wt_span_of(f->name), .captured = WT_INSTANT_NONE};
  wt_status status = wt_html_read(&story, &arena, wt_buf_span(&f->bytes), &source, NULL, &err);
  if (status == WT_OK) status = wt_story_seal(&story, &err);
  if (status == WT_OK && out != NULL) {
    wt_span name = wt_span_of(f->name);
    const char *slash = strrchr(f->name, '/');
    if (slash != NULL) name = wt_span_of(slash + 1);
    status = wt_story_print_json(out, &story, &(wt_story_origin){.file = name, .captured = WT_INSTANT_NONE}, &err);
    wt_buf_put_char(out, '\n');
  }
  if (status != WT_OK) fprintf(stderr, "%s: %s\n", f->name, err.what);
  if (arena_bytes != NULL) *arena_bytes = arena.used;
  wt_arena_release(&arena);
  return status;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
  qsort(values, count, sizeof *values, by_value);
  return values[count / 2];
}

static void parse_alone(const file *f) {
  htmlDocPtr doc = htmlReadMemory(f->bytes.data, (int)f->bytes.len, NULL, NULL,
                                  HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                      XML_PARSE_HUGE);
  xmlFreeDoc(doc);
}

static void measure(const file *files, size_t count, size_t runs) {
  double *ours = calloc(runs, sizeof *ours), *theirs = calloc(runs, sizeof *theirs), total = 0;
  for (size_t i = 0; i < count; i++) total += (double)files[i].bytes.len / 1e6;
  for (size_t r = 0; r < runs; r++) {
    double start = now();
    for (size_t i = 0; i < count; i++) (void)read_one(NULL, &files[i], NULL);
    double middle = now();
    for (size_t i = 0; i < count; i++) parse_alone(&files[i]);
    ours[r] = middle - start;
    theirs[r] = now() - middle;
  }
  double a = median(ours, runs), b = median(theirs, runs);
  printf("reader %.1f MB/s, libxml2 parse alone %.1f MB/s, ratio %.2f (%.1f MB, median of %zu)\n", total / a, total / b,
         b / a, total, runs);
  free(ours);
  free(theirs);
}

/* ---- memory: a process a page, so that one page's peak does not hide the next ---- */

static long peak(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

/* What a program takes once, whatever the page: the tables of ICU and libxml2. */
static void warm_up(void) {
  file small = {.name = "small"};
  wt_buf_put_text(&small.bytes, "<html><meta charset=gb18030><title>\xCD\xF8</title><h1>\xCD\xF8</h1>"
                                "<p>One page to warm up with: \xC8\xCB\xC3\xF1\xCD\xF8.</html>");
  (void)read_one(NULL, &small, NULL);
}

/* Of the library in a process that has read before. */
static double extra_of(const char *name, size_t *size) {
  int ends[2];
  double values[2] = {0, 0};
  if (pipe(ends) != 0) exit(2);
  if (fork() == 0) {
    file f;
    if (!load(&f, name)) _exit(1);
    warm_up();
    long before = peak();
    (void)read_one(NULL, &f, NULL);
    values[0] = (double)(peak() - before);
    values[1] = (double)f.bytes.len;
    _exit(write(ends[1], values, sizeof values) == (ssize_t)sizeof values ? 0 : 1);
  }
  close(ends[1]);
  if (read(ends[0], values, sizeof values) != (ssize_t)sizeof values) values[0] = 0;
  close(ends[0]);
  wait(NULL);
  *size = (size_t)values[1];
  return values[0];
}

/* Peak of `PROGRAM extract FILE`, the least of three runs. */
static double peak_of_program(const char *program, const char *path) {
  double least = 0;
  for (int run = 0; run < 3; run++) {
    struct rusage usage;
    int status;
    if (fork() == 0) {
      if (freopen("/dev/null", "w", stdout) != NULL) execl(program, program, "extract", "--json", path, (char *)NULL);
      _exit(127);
    }
    if (wait4(-1, &status, 0, &usage) < 0 || status != 0) return -1;
    double bytes = (double)usage.ru_maxrss * 1024;
    if (run == 0 || bytes < least) least = bytes;
  }
  return least;
}

/* The page in a file of its own, unpacked by a process of its own: the peak of a process counts what it was before exec. */
static bool unpack(const char *name, const char *path) {
  int status = 1;
  if (fork() == 0) {
    file f;
    _exit(load(&f, name) && wt_file_write(path, wt_buf_span(&f.bytes), NULL) == WT_OK ? 0 : 1);
  }
  return wait(&status) > 0 && status == 0;
}

/* Of the whole program, over what it takes for a page of one line: a process that never read before. */
static double extra_of_program(const char *program, const char *name, double least) {
  char path[] = "/tmp/read_pages.XXXXXX";
  int fd = mkstemp(path);
  if (fd < 0) return 0;
  close(fd);
  double bytes = unpack(name, path) ? peak_of_program(program, path) : -1;
  unlink(path);
  return bytes < 0 ? 0 : bytes - least;
}

typedef struct worst {
  double times;
  const char *name;
} worst;

static void note(worst *w, double bytes, size_t size, const char *name) {
  if (size > 0 && bytes / (double)size > w->times) *w = (worst){bytes / (double)size, name};
}

static void measure_memory(const char *program, char **names, int count) {
  double extra = 0, fresh = 0, total = 0, least = extra_of_program(program, "tests/ingest/tools/one-line.html", 0);
  worst steady = {0, ""}, whole = {0, ""};
  for (int i = 0; i < count; i++) {
    size_t size = 0;
    double bytes = extra_of(names[i], &size), all = extra_of_program(program, names[i], least);
    extra += bytes;
    fresh += all;
    total += (double)size;
    note(&steady, bytes, size, names[i]);
    note(&whole, all, size, names[i]);
  }
  printf("memory of the reader %.1f times the pages in all, at most %.1f times (%s)\n", extra / total, steady.times,
         steady.name);
  printf("memory of the program, over a page of one line: %.1f times in all, at most %.1f times (%s)\n", fresh / total,
         whole.times, whole.name);
}

int main(int argc, char **argv) {
  size_t runs = 0;
  int first = 1, failed = 0;
  if (argc > 3 && strcmp(argv[1], "--time") == 0) {
    runs = (size_t)atoi(argv[2]);
    first = 3;
  }
  if (argc > 3 && strcmp(argv[1], "--memory") == 0) {
    measure_memory(argv[2], argv + 3, argc - 3);
    return 0;
  }
  file *files = calloc((size_t)argc, sizeof *files);
  size_t count = 0;
  for (int i = first; i < argc; i++) {
    file f;
    if (!load(&f, argv[i])) {
      failed = 1;
      continue;
    }
    if (runs > 0) {
      files[count++] = f;
      continue;
    }
    wt_buf out = {0};
    if (read_one(&out, &f, NULL) == WT_OK)
      fwrite(out.data, 1, out.len, stdout);
    else
      failed = 1;
    wt_buf_release(&out);
    wt_buf_release(&f.bytes);
  }
  if (runs > 0) measure(files, count, runs);
  for (size_t i = 0; i < count; i++) wt_buf_release(&files[i].bytes);
  free(files);
  return failed;
}
