/* Every reader without memory, at each place where it asks for some: it says so, or does without; nothing leaks. */
#include "support/ingest.h"

#include <dirent.h>

static const char *const formats[] = {"anpa", "ap_json", "docx",     "feed",  "html", "iptc7901", "jsonld",
                                      "mail", "newsml1", "newsmlg2", "ninjs", "nitf", "text",     "warc"};

enum { FILES = 3, LARGEST = 6000, PLACES = 1200 };

static void starve(const char *path, wt_span bytes) {
  wt_source source = {.name = wt_span_of(path), .captured = WT_INSTANT_NONE};
  reading *whole = read_bytes(bytes, &source);
  for (int64_t n = 0; n < PLACES; n++) {
    wt_arena arena = {0};
    wt_story story;
    wt_error err = {0};
    wt_alloc_fail_after(n);
    wt_status status = wt_ingest(&story, &arena, bytes, &source, NULL, &err);
    bool failed = wt_alloc_fail_after(-1) <= 0;
    if (status != WT_ENOMEM && status != whole->status)
      fail_msg("%s: status %d without memory at %lld, %d with: %s", path, status, (long long)n, whole->status,
               err.what);
    wt_arena_release(&arena);
    if (!failed) break; /* it needed no more than n */
  }
  reading_done(whole);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static size_t starve_folder(const char *format) {
  char folder[200], path[600];
  struct dirent **names;
  size_t done = 0;
  snprintf(folder, sizeof folder, "fixtures/fuzz/%s", format);
  int count = scandir(folder, &names, NULL, by_name);
  for (int i = 0; i < count; i++) {
    wt_buf bytes = {0};
    snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
    if (done < FILES && names[i]->d_name[0] != '.' && wt_file_read(&bytes, path, LARGEST, NULL) == WT_OK) {
      starve(path, wt_buf_span(&bytes));
      done++;
    }
    wt_buf_release(&bytes);
    free(names[i]);
  }
  if (count >= 0) free(names);
  return done;
}

static void no_reader_needs_memory_to_say_so(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (starve_folder(formats[i]) == 0) fail_msg("no file of %s", formats[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(no_reader_needs_memory_to_say_so)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
