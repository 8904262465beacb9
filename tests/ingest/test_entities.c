/* Text that was escaped once too often. */
#include "support/check.h"

#include "ingest/entities.h"

static void expect(const char *text, const char *want) {
  wt_buf out = {0};
  wt_entities_plain(&out, wt_span_of(text));
  wt_buf_put_text(&out, "");
  if (out.len == 0)
    assert_int_equal(strlen(want), 0);
  else
    assert_buf(out, want);
  wt_buf_release(&out);
}

static void references_and_tags(void **state) {
  (void)state;
  expect("", "");
  expect("Rain &amp; wind", "Rain & wind");
  expect("&#65;&#x42;&quot;&apos;&ldquo;", "AB\"'\xE2\x80\x9C");
  expect("R&D, AT&T; and &nosuch;", "R&D, AT&T; and &nosuch;");
  expect("&#145;a&#0146; &#x97; &#133;", "\xE2\x80\x98"
                                         "a\xE2\x80\x99 \xE2\x80\x94 \xE2\x80\xA6");
  expect("&#0;&#x110000;&#xZZ;", "&#0;&#x110000;&#xZZ;");
  expect("a<p>b</p><b>c</b><br/>d", "a\nb\nc\nd");
  expect("1 < 2 and 3 > 2", "1 < 2 and 3 > 2");
  expect("<", "<");
  expect("&", "&");
}

/* What a parser makes of &#151;. */
static void controls_that_mean_marks(void **state) {
  (void)state;
  static const struct {
    const char *text, *want;
  } rows[] = {{"", ""},
              {"plain", "plain"},
              {"a \xC2\x97 b", "a \xE2\x80\x94 b"},
              {"\xC2\x93q\xC2\x94", "\xE2\x80\x9Cq\xE2\x80\x9D"},
              {"\xC2\xA3 5\xC2\xA0m", "\xC2\xA3 5\xC2\xA0m"},
              {"cut \xC2", "cut \xC2"}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    wt_buf out = {0};
    wt_entities_put(&out, wt_span_of(rows[i].text));
    wt_buf_put_text(&out, "|");
    out.len--;
    assert_true(wt_span_equal(wt_buf_span(&out), wt_span_of(rows[i].want)));
    wt_buf_release(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(references_and_tags), cmocka_unit_test(controls_that_mean_marks)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
