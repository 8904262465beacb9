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
  expect("&#0;&#x110000;&#xZZ;", "&#0;&#x110000;&#xZZ;");
  expect("a<p>b</p><b>c</b><br/>d", "a\nb\nc\nd");
  expect("1 < 2 and 3 > 2", "1 < 2 and 3 > 2");
  expect("<", "<");
  expect("&", "&");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(references_and_tags)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
