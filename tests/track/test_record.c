/* Lines of the journal: what is printed reads back, and hostile lines are refused with their byte. */
#include "support/check.h"
#include "track/record.h"

static void a_sighting_reads_back(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_buf line = {0};
  wt_error err;
  record r;
  wt_sighting_row row = {.at = 1709532600,
                         .state = WT_SPAN("quarantined: shrunk"),
                         .path = WT_SPAN("a.example/2024/03/04/x.txt"),
                         .url = WT_SPAN("https://a.example/\"x\"\n\x1b[31m"),
                         .file = WT_SPAN("caf\xC3\xA9.txt"),
                         .assumed = true,
                         .revision = 7};
  record_put_seen(&line, &row);
  assert_null(memchr(line.data, '\n', line.len));
  assert_ok(record_parse(&r, &arena, wt_buf_span(&line), &err));
  assert_span(record_get(&r, "kind"), "seen");
  assert_span(record_get(&r, "at"), "2024-03-04T06:10:00Z");
  assert_span(record_get(&r, "url"), "https://a.example/\"x\"\n\x1b[31m");
  assert_span(record_get(&r, "file"), "caf\xC3\xA9.txt");
  assert_span(record_get(&r, "assumed"), "true");
  assert_int_equal(record_number(&r, "revision"), 7);
  assert_int_equal(record_get(&r, "capture").len, 0);
  wt_buf_release(&line);
  wt_arena_release(&arena);
}

static void what_is_no_flat_object_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"",
                                    "{",
                                    "[]",
                                    "{\"a\"}",
                                    "{\"a\":}",
                                    "{\"a\":\"b}",
                                    "{\"a\":\"\\q\"}",
                                    "{\"a\":\"\\u12\"}",
                                    "{\"a\":1} ",
                                    "{\"a\":1,,\"b\":2}"};
  wt_arena arena = {0};
  wt_error err;
  record r;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_int_equal(record_parse(&r, &arena, wt_span_of(bad[i]), &err), WT_EFORMAT);
    assert_true(err.byte >= 0 && (size_t)err.byte <= strlen(bad[i]));
  }
  wt_arena_release(&arena);
}

static void numbers_that_are_none_are_zero(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_error err;
  record r;
  assert_ok(record_parse(&r, &arena, WT_SPAN("{\"a\":-1,\"b\":\"x\",\"c\":12}"), &err));
  assert_int_equal(record_number(&r, "a"), 0);
  assert_int_equal(record_number(&r, "b"), 0);
  assert_int_equal(record_number(&r, "c"), 12);
  assert_int_equal(record_number(&r, "d"), 0);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_sighting_reads_back),
                                     cmocka_unit_test(what_is_no_flat_object_is_refused),
                                     cmocka_unit_test(numbers_that_are_none_are_zero)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
