/* The lists are searched by halves, so each must find its first and last word and all between. */
#include "support/check.h"

#include "text/abbreviations.h"

static void words_are_found(void **state) {
  (void)state;
  assert_true(wt_is_title(WT_SPAN("Adm")) && wt_is_title(WT_SPAN("Mr")) && wt_is_title(WT_SPAN("vs")));
  assert_true(wt_is_abbreviation(WT_SPAN("Inc")) && wt_is_abbreviation(WT_SPAN("Calif")) && wt_is_abbreviation(WT_SPAN("yrs")));
  assert_true(wt_is_opener(WT_SPAN("A")) && wt_is_opener(WT_SPAN("The")) && wt_is_opener(WT_SPAN("Your")));
  assert_true(wt_is_calendar(WT_SPAN("AEST")) && wt_is_calendar(WT_SPAN("Tuesday")) && wt_is_calendar(WT_SPAN("Weltkrieg")));
}

static void others_are_not(void **state) {
  (void)state;
  assert_false(wt_is_title(WT_SPAN("")) || wt_is_title(WT_SPAN("mister")));
  assert_false(wt_is_opener(WT_SPAN("the")));
  assert_false(wt_is_abbreviation(WT_SPAN("a word that is much too long for any list")));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_found), cmocka_unit_test(others_are_not)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
