/* UTF-8: every code point there and back, and the ill-formed forms of the standard. */
#include "support/check.h"

static void every_code_point_returns(void **state) {
  (void)state;
  wt_buf buf = {0};
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    wt_buf_clear(&buf);
    wt_buf_put_code_point(&buf, c);
    size_t at = 0;
    assert_int_equal(wt_utf8_next(wt_buf_span(&buf), &at), c);
    assert_int_equal(at, buf.len);
  }
  wt_buf_release(&buf);
}

static void finds_the_first_bad_byte(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t valid, count;
  } cases[] = {
      {"plain text of eight and more", 28, 28},
      {"\xc3\xa9", 2, 1},
      {"ok\xc0\x80", 2, 4},                /* overlong NUL */
      {"\xe0\x80\x80", 0, 3},              /* overlong */
      {"\xed\xa0\x80", 0, 3},              /* a surrogate */
      {"\xf4\x90\x80\x80", 0, 4},          /* past U+10FFFF */
      {"\xf0\x9f\x98", 0, 1},              /* cut: one maximal subpart */
      {"abcdefgh\xff", 8, 9},
      {"\xe2\x82z", 0, 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(wt_utf8_valid(wt_span_of(cases[i].bytes)), cases[i].valid);
    assert_int_equal(wt_utf8_count(wt_span_of(cases[i].bytes)), cases[i].count);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_code_point_returns),
      cmocka_unit_test(finds_the_first_bad_byte),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
