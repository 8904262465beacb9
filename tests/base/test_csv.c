/* Cells of tables: every byte comes back, and none of them runs. */
#include "support/check.h"

static void wants(wt_span text, const char *marked, const char *bare) {
  wt_buf out = {0};
  wt_csv_put(&out, text);
  assert_buf(out, marked);
  wt_buf_clear(&out);
  wt_csv_put_bare(&out, text);
  assert_buf(out, bare);
  wt_buf_release(&out);
}

static void marks_stand_where_they_are_needed(void **state) {
  (void)state;
  wants(WT_SPAN(""), "\"\"", "");
  wants(WT_SPAN("quay"), "\"quay\"", "quay");
  wants(WT_SPAN("a, b"), "\"a, b\"", "\"a, b\"");
  wants(WT_SPAN("a \"b\""), "\"a \"\"b\"\"\"", "\"a \"\"b\"\"\"");
  wants(WT_SPAN("a\nb"), "\"a\nb\"", "\"a\nb\"");
}

static void nothing_runs_in_a_spreadsheet(void **state) {
  (void)state;
  wants(WT_SPAN("=1+1"), "\"'=1+1\"", "\"'=1+1\"");
  wants(WT_SPAN("-12 dead"), "\"'-12 dead\"", "\"'-12 dead\"");
  wants(WT_SPAN("@x"), "\"'@x\"", "\"'@x\"");
  wants(WT_SPAN("\t=1"), "\"'\t=1\"", "\"'\t=1\"");
  wants(WT_SPAN("\n=1"), "\"'\n=1\"", "\"'\n=1\"");
  wants(WT_SPAN("\uFF1D1+1"), "\"'\uFF1D1+1\"", "\"'\uFF1D1+1\"");
  wants(WT_SPAN("\uFF20x"), "\"'\uFF20x\"", "\"'\uFF20x\"");
  wants(WT_SPAN("\uFF01"), "\"\uFF01\"", "\uFF01");
  wants(WT_SPAN("a=1"), "\"a=1\"", "a=1");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(marks_stand_where_they_are_needed),
                                     cmocka_unit_test(nothing_runs_in_a_spreadsheet)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
