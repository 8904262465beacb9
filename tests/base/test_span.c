/* Spans at their edges. */
#include "support/check.h"

static void clamps_a_part(void **state) {
  (void)state;
  assert_span(wt_span_sub(WT_SPAN("lede"), 1, 99), "ede");
  assert_span(wt_span_sub(WT_SPAN("lede"), 9, 2), "");
  assert_span(wt_span_sub((wt_span){NULL, 0}, 1, 2), "");
}

static void compares_bytes_then_length(void **state) {
  (void)state;
  assert_true(wt_span_compare(WT_SPAN("a"), WT_SPAN("ab")) < 0);
  assert_true(wt_span_compare(WT_SPAN("b"), WT_SPAN("ab")) > 0);
  assert_true(wt_span_compare(WT_SPAN("\xc3"), WT_SPAN("z")) > 0);
  assert_int_equal(wt_span_compare((wt_span){NULL, 0}, WT_SPAN("")), 0);
  assert_true(wt_span_equal_ascii_case(WT_SPAN("ByLine"), WT_SPAN("bYlINE")));
  assert_false(wt_span_equal_ascii_case(WT_SPAN("a"), WT_SPAN("ab")));
}

static void finds_and_trims(void **state) {
  (void)state;
  assert_int_equal(wt_span_find(WT_SPAN("write-thru"), WT_SPAN("thru")), 6);
  assert_int_equal(wt_span_find(WT_SPAN("write"), WT_SPAN("thru")), 5);
  assert_int_equal(wt_span_find(WT_SPAN("x"), WT_SPAN("")), 0);
  assert_span(wt_span_trim(WT_SPAN(" \t slug \r\n")), "slug");
  assert_span(wt_span_trim(WT_SPAN(" \n ")), "");
  assert_true(wt_span_starts(WT_SPAN("update"), WT_SPAN("up")));
  assert_true(wt_span_ends(WT_SPAN("update"), WT_SPAN("date")));
  assert_false(wt_span_ends(WT_SPAN("e"), WT_SPAN("date")));
}

static void reads_lines_of_every_ending(void **state) {
  (void)state;
  wt_span rest = WT_SPAN("one\r\n\ntwo\rthree\nend"), line;
  const char *want[] = {"one", "", "two\rthree", "end"};
  for (size_t i = 0; i < 4; i++) {
    assert_true(wt_span_line(&line, &rest));
    assert_span(line, want[i]);
  }
  assert_false(wt_span_line(&line, &rest));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clamps_a_part),
      cmocka_unit_test(compares_bytes_then_length),
      cmocka_unit_test(finds_and_trims),
      cmocka_unit_test(reads_lines_of_every_ending),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
