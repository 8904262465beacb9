/* Rows for people: a number is whole however long it is, and what stands beside it keeps its distance. */
#include "support/check.h"

#include "wt/report.h"

#include <string.h>

static void numbers_are_never_cut(void **state) {
  (void)state;
  static const struct {
    uint32_t number;
    const char *begin;
  } cases[] = {{7, "@7   2024-03-04 06:10"},
               {999, "@999 2024-03-04 06:10"},
               {4199, "@4199 2024-03-04 06:10"},
               {4294967295, "@4294967295 2024-03-04 06:10"}};
  wt_term term = {.width = 80};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_buf out = {0};
    wt_revision_row row = {.number = cases[i].number, .captured = 1709532600, .subject = WT_SPAN("212 -> 215 people")};
    wt_term_put_revision_row(&out, &term, &row, false);
    assert_non_null(out.data);
    if (strncmp(out.data, cases[i].begin, strlen(cases[i].begin)) != 0) fail_msg("%s", out.data);
    wt_buf_release(&out);
  }
}

static void counts_are_never_cut(void **state) {
  (void)state;
  wt_term term = {.width = 80};
  wt_buf out = {0};
  wt_story_row row = {.revisions = 123456,
                      .last = 1709532600,
                      .path = WT_SPAN("a.example/2024/03/04/ferry.txt"),
                      .headline = WT_SPAN("A ferry")};
  wt_term_put_story_row(&out, &term, &row);
  assert_non_null(out.data);
  assert_non_null(strstr(out.data, "123456 revisions"));
  wt_buf_clear(&out);
  wt_sighting_row seen = {
      .record = 12345678901, .at = 1709532600, .state = WT_SPAN("quarantined: shrunk"), .path = row.path};
  wt_term_put_sighting_row(&out, &term, &seen);
  assert_non_null(strstr(out.data, "capture 12345678901 2024-03-04"));
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_never_cut), cmocka_unit_test(counts_are_never_cut)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
