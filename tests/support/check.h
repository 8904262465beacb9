/* What every test includes first: cmocka, in the order it wants its headers, and a few words on top of it. */
#ifndef WT_TESTS_CHECK_H
#define WT_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wt/base.h"

/* The span's bytes are those of the C string. */
#define assert_span(span, text) check_span((span), (text), __FILE__, __LINE__)
#define assert_buf(buf, text) check_span(wt_buf_span(&(buf)), (text), __FILE__, __LINE__)
#define assert_ok(call) check_ok((call), &err, __FILE__, __LINE__) /* wants a wt_error err */

static inline void check_span(wt_span span, const char *text, const char *file, int line) {
  if (wt_span_equal(span, wt_span_of(text))) return;
  print_error("have: \"%.*s\"\nwant: \"%s\"\n", (int)span.len, span.data ? span.data : "", text);
  _fail(file, line);
}

static inline void check_ok(wt_status status, const wt_error *err, const char *file, int line) {
  if (status == WT_OK) return;
  print_error("%s: %s: %s (byte %lld)\n", wt_status_name(status), err->where, err->what, (long long)err->byte);
  _fail(file, line);
}

/* Other people's text to read, never to commit: NULL when it is absent. */
static inline const char *check_data(void) {
  const char *given = getenv("WT_DATA");
  const char *dir = given ? given : "../shared/data";
  FILE *readme = NULL;
  char path[4096];
  snprintf(path, sizeof path, "%s/README.md", dir);
  readme = fopen(path, "r");
  if (!readme) return NULL;
  fclose(readme);
  return dir;
}

/* A new empty folder below the build's temporary one; the caller removes what it likes. */
static inline void check_temp_dir(char *out, size_t size) {
  const char *base = getenv("TMPDIR");
  snprintf(out, size, "%s/wt-test-XXXXXX", base ? base : "/tmp");
  assert_non_null(mkdtemp(out));
}

/* Removes a folder that check_temp_dir made. */
static inline void check_remove_dir(const char *path) {
  char command[4200];
  snprintf(command, sizeof command, "rm -rf -- '%s'", path);
  assert_int_equal(system(command), 0);
}

#endif
