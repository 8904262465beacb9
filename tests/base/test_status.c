/* Errors: what is filled, what is cut, what may overlap. */
#include "support/check.h"

static void fills_and_returns(void **state) {
  (void)state;
  wt_error err;
  assert_int_equal(wt_fail(&err, WT_EFORMAT, "a.txt", 7, "bad %s", "thing"), WT_EFORMAT);
  assert_string_equal(err.where, "a.txt");
  assert_string_equal(err.what, "bad thing");
  assert_int_equal(err.byte, 7);
}

static void takes_no_error(void **state) {
  (void)state;
  assert_int_equal(wt_fail(NULL, WT_EIO, "x", -1, "y"), WT_EIO);
  wt_error_at(NULL, "x");
}

static void cuts_what_is_too_long(void **state) {
  (void)state;
  char path[2000];
  memset(path, 'p', sizeof path - 1);
  path[sizeof path - 1] = '\0';
  wt_error err;
  wt_fail(&err, WT_EIO, path, -1, "%s", path);
  assert_int_equal(strlen(err.where), sizeof err.where - 1);
  assert_int_equal(strlen(err.what), sizeof err.what - 1);
}

static void keeps_an_argument_that_lies_in_the_error(void **state) {
  (void)state;
  wt_error err;
  wt_fail(&err, WT_EIO, "inner", 3, "cause");
  wt_fail(&err, WT_EIO, err.where, err.byte, "outer: %s", err.what);
  assert_string_equal(err.where, "inner");
  assert_string_equal(err.what, "outer: cause");
}

static void every_status_has_a_name_of_its_own(void **state) {
  (void)state;
  for (int a = WT_OK; a <= WT_ECANCELED; a++)
    for (int b = WT_OK; b < a; b++) assert_string_not_equal(wt_status_name((wt_status)a), wt_status_name((wt_status)b));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fills_and_returns),
      cmocka_unit_test(takes_no_error),
      cmocka_unit_test(cuts_what_is_too_long),
      cmocka_unit_test(keeps_an_argument_that_lies_in_the_error),
      cmocka_unit_test(every_status_has_a_name_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
