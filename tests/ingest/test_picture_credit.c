/* Where a caption ends and its credit begins. */
#include "support/check.h"

#include "ingest/picture_credit.h"

static void expect(const char *text, const char *credit) {
  wt_span span = wt_span_of(text);
  assert_span(wt_span_sub(span, wt_picture_credit_find(span), span.len), credit);
}

static void credits_are_found(void **state) {
  (void)state;
  expect("A bus on fire. Photo: Ann Lee/Agency", " Photo: Ann Lee/Agency");
  expect("A bus on fire (Photo by Ann Lee)", " (Photo by Ann Lee)");
  expect("Ein Bus brennt. Foto: Anna Kern", " Foto: Anna Kern");
  expect("A bus \xC2\xA9 Agency", " \xC2\xA9 Agency");
  expect("A bus. (AP Photo/Ann Lee, File)", " (AP Photo/Ann Lee, File)");
  expect("PHOTO: ANN LEE", "PHOTO: ANN LEE");
}

static void captions_without_one(void **state) {
  (void)state;
  expect("", "");
  expect("A bus burns in the street while people look on.", "");
  expect("They pictured it otherwise", "");
}

static void lines_that_end_in_one(void **state) {
  (void)state;
  assert_true(wt_picture_credit_ends(WT_SPAN("A bus on fire. Photo: Ann Lee/Agency")));
  assert_true(wt_picture_credit_ends(WT_SPAN("A bus on fire. (AP Photo/Ann Lee)")));
  assert_false(wt_picture_credit_ends(WT_SPAN("He sold the company to Getty Images for a pound.")));
  assert_false(wt_picture_credit_ends(WT_SPAN("A bus on fire")));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(credits_are_found), cmocka_unit_test(captions_without_one),
                                     cmocka_unit_test(lines_that_end_in_one)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
