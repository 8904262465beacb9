/* Untrusted text on its way into HTML, XML and URLs. */
#include "support/check.h"
#include "wt/report.h"

#include <string.h>

static void expect_html(wt_span text, const char *html) {
  wt_buf out = {0};
  wt_escape_html(&out, text);
  assert_string_equal(out.data != NULL ? out.data : "", html);
  wt_buf_release(&out);
}

static void markup_becomes_references(void **state) {
  (void)state;
  expect_html(WT_SPAN("<script>alert('x' & \"y\")</script>"),
              "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
  expect_html(WT_SPAN(""), "");
  expect_html(WT_SPAN("Plain, and caf\xC3\xA9"), "Plain, and caf\xC3\xA9");
}

static void controls_become_pictures(void **state) {
  (void)state;
  expect_html(WT_SPAN("\x1b[31m"), "\xE2\x90\x9B[31m");
  expect_html(((wt_span){"a\0b", 3}), "a\xE2\x90\x80"
                                      "b");
  expect_html(WT_SPAN("a\tb\nc"), "a\tb\nc");
  expect_html(WT_SPAN("\x7f\xC2\x85"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  expect_html(WT_SPAN("\xEF\xBF\xBE"), "\xEF\xBF\xBD"); /* U+FFFE, which XML forbids */
}

static void ill_formed_bytes_become_replacement_characters(void **state) {
  (void)state;
  expect_html(WT_SPAN("\xC0\xBCscript>"), "\xEF\xBF\xBD\xEF\xBF\xBDscript&gt;"); /* an overlong < is none */
  expect_html(WT_SPAN("a\xE2\x82"), "a\xEF\xBF\xBD");
}

static void overrides_go_and_embeddings_are_balanced(void **state) {
  (void)state;
  expect_html(WT_SPAN("\xE2\x80\xAE"
                      "gpj.exe"),
              "\xEF\xBF\xBD"
              "gpj.exe");
  expect_html(WT_SPAN("\xE2\x80\xAB"
                      "abc"),
              "\xE2\x80\xAB"
              "abc\xE2\x80\xAC"); /* RLE is closed by PDF */
  expect_html(WT_SPAN("a\xE2\x80\xAC\xE2\x81\xA9"
                      "b"),
              "ab"); /* nothing is open */
  expect_html(WT_SPAN("\xE2\x81\xA8\xE2\x80\xAA"
                      "x\xE2\x81\xA9"),
              "\xE2\x81\xA8\xE2\x80\xAA"
              "x\xE2\x80\xAC\xE2\x81\xA9");
}

static void many_openers_stay_bounded(void **state) {
  (void)state;
  wt_buf text = {0}, out = {0};
  for (int i = 0; i < 100000; i++) wt_buf_put_text(&text, "\xE2\x81\xA7");
  wt_escape_html(&out, wt_buf_span(&text));
  assert_int_equal(out.len, 64 * 3 * 2);
  wt_buf_release(&text);
  wt_buf_release(&out);
}

static void expect_link(const char *url, const char *html) {
  wt_buf out = {0};
  bool fit = wt_escape_link(&out, wt_span_of(url));
  assert_int_equal(fit, html != NULL);
  assert_string_equal(out.data != NULL ? out.data : "", html != NULL ? html : "");
  wt_buf_release(&out);
}

static void only_the_web_is_linked_to(void **state) {
  (void)state;
  expect_link("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&amp;c=2");
  expect_link("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG");
  static const char *const unfit[] = {"javascript:alert(1)",
                                      "data:text/html,x",
                                      "//example.org/",
                                      "http://",
                                      "https:///x",
                                      "",
                                      "https://user:secret@example.org/",
                                      "https://example.org/a b",
                                      "https://example.org\\@evil/",
                                      " https://example.org/",
                                      "java\nscript:alert(1)",
                                      "vbscript:x",
                                      "file:///etc/passwd"};
  for (size_t i = 0; i < sizeof unfit / sizeof unfit[0]; i++) expect_link(unfit[i], NULL);
}

static void urls_are_percent_encoded(void **state) {
  (void)state;
  wt_buf out = {0};
  wt_escape_url(&out, WT_SPAN("a b/c?\"\xC3\xA9~"));
  wt_buf_put_char(&out, ' ');
  wt_escape_path(&out, WT_SPAN("a b/c"));
  assert_string_equal(out.data, "a%20b%2Fc%3F%22%C3%A9~ a%20b/c");
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(markup_becomes_references),
                                     cmocka_unit_test(controls_become_pictures),
                                     cmocka_unit_test(ill_formed_bytes_become_replacement_characters),
                                     cmocka_unit_test(overrides_go_and_embeddings_are_balanced),
                                     cmocka_unit_test(many_openers_stay_bounded),
                                     cmocka_unit_test(only_the_web_is_linked_to),
                                     cmocka_unit_test(urls_are_percent_encoded)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
