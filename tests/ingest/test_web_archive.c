/* Addresses and pages of web archives. */
#include "support/check.h"

#include "ingest/web_archive.h"

static void addresses_are_split(void **state) {
  (void)state;
  wt_span original;
  wt_instant at;
  assert_true(wt_web_archive_split(&original, &at,
                                   WT_SPAN("https://archive.example/web/20140924010203/http://a.example/b?c=1")));
  assert_span(original, "http://a.example/b?c=1");
  assert_int_equal(at, 1411520523);
  assert_true(wt_web_archive_split(&original, NULL,
                                   WT_SPAN("https://archive.example/web/20140924010203im_/https://a.example/")));
  assert_span(original, "https://a.example/");
  assert_false(wt_web_archive_split(&original, &at, WT_SPAN("https://a.example/web/2014/story")));
  assert_false(wt_web_archive_split(&original, &at, WT_SPAN("https://a.example/web/20141324010203/http://b.example/")));
  assert_false(wt_web_archive_split(&original, &at, WT_SPAN("")));
  assert_false(wt_web_archive_split(&original, &at, WT_SPAN("/web/20140924010203")));
}

static void pages_are_known(void **state) {
  (void)state;
  wt_span original;
  wt_instant at;
  assert_true(wt_web_archive_find(
      &original, &at, WT_SPAN("<script>__wm.wombat(\"http://a.example/b\",\"20140924010203\",\"x\")</script>")));
  assert_span(original, "http://a.example/b");
  assert_int_equal(at, 1411520523);
  assert_true(wt_web_archive_find(
      &original, &at,
      WT_SPAN("<link rel=\"canonical\" href=\"https://h.example/web/20140924010203/http://a.example/b\">"
              "<div id=\"wm-ipp\">")));
  assert_span(original, "http://a.example/b");
  assert_false(
      wt_web_archive_find(&original, &at, WT_SPAN("<link rel=\"canonical\" href=\"http://a.example/b\"><p>Text")));
  assert_false(wt_web_archive_find(&original, &at, WT_SPAN("<div id=wm-ipp>")));
}

static void the_banner_is_known(void **state) {
  (void)state;
  assert_true(wt_web_archive_is_banner(WT_SPAN("wm-ipp-base")));
  assert_false(wt_web_archive_is_banner(WT_SPAN("main")));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(addresses_are_split), cmocka_unit_test(pages_are_known),
                                     cmocka_unit_test(the_banner_is_known)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
