/* What a client asks for: Host and Accept. */
#include "support/check.h"
#include "web/request.h"

static void only_our_own_names_are_answered(void **state) {
  (void)state;
  static const char *const ours[] = {"127.0.0.1:8380", "localhost:8380",   "LOCALHOST:8380",   "[::1]:8380",
                                     "page.example",   "page.example:443", "Page.Example:8380"};
  static const char *const not_ours[] = {"",
                                         "evil.example",
                                         "evil.example:8380",
                                         "127.0.0.1",
                                         "127.0.0.1:8381",
                                         "localhost:08380000",
                                         "localhost:99999999999999999999",
                                         "page.example.evil.example",
                                         "xpage.example",
                                         "localhost:",
                                         "page.example:",
                                         "[::1]",
                                         "127.0.0.1:8380 "};
  for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
    if (!web_host_fits(ours[i], "127.0.0.1", 8380, "page.example")) fail_msg("%s is ours", ours[i]);
  for (size_t i = 0; i < sizeof not_ours / sizeof not_ours[0]; i++)
    if (web_host_fits(not_ours[i], "127.0.0.1", 8380, "page.example")) fail_msg("%s is not ours", not_ours[i]);
  assert_false(web_host_fits(NULL, "127.0.0.1", 8380, NULL));
  assert_false(web_host_fits("page.example", "127.0.0.1", 8380, NULL));
  assert_true(web_host_fits("192.0.2.7:80", "192.0.2.7", 80, NULL));
  assert_true(web_host_fits("192.0.2.7", "192.0.2.7", 80, NULL));
  assert_true(web_host_fits("[2001:db8::1]:8380", "2001:db8::1", 8380, NULL));
}

static void the_best_liked_form_is_sent(void **state) {
  (void)state;
  assert_int_equal(web_accept(NULL), WT_FORM_HTML);
  assert_int_equal(web_accept(""), WT_FORM_HTML);
  assert_int_equal(web_accept("*/*"), WT_FORM_HTML);
  assert_int_equal(web_accept("application/json"), WT_FORM_JSON);
  assert_int_equal(web_accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), WT_FORM_HTML);
  assert_int_equal(web_accept("text/html;q=0.5, application/json;q=0.75"), WT_FORM_JSON);
  assert_int_equal(web_accept("application/json, text/html"), WT_FORM_HTML);
  assert_int_equal(web_accept("application/json;q=0.9 , application/atom+xml;q=1.0"), WT_FORM_ATOM);
  assert_int_equal(web_accept("application/json;q=0"), WT_FORM_HTML);
  assert_int_equal(web_accept(",,;;q=,q=q,text/;q=9"), WT_FORM_HTML);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(only_our_own_names_are_answered),
                                     cmocka_unit_test(the_best_liked_form_is_sent)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
