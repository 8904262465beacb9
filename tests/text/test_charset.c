/* Any bytes give text, and what was read and mended is said. */
#include "support/check.h"

#include "wt/text.h"

#include <stdlib.h>
#include <string.h>

static wt_decoded decode(wt_buf *out, wt_span bytes, const char *http, const char *markup) {
  wt_decoded how;
  wt_decode_hints hints = {wt_span_of(http), wt_span_of(markup)};
  wt_buf_clear(out);
  assert_int_equal(wt_decode(out, &how, bytes, &hints, NULL), WT_OK);
  assert_int_equal(wt_utf8_valid(wt_buf_span(out)), out->len);
  return how;
}

static void assert_decoded(wt_span bytes, const char *http, const char *markup, const char *charset, const char *text) {
  wt_buf out = {0};
  wt_decoded how = decode(&out, bytes, http, markup);
  assert_string_equal(how.charset, charset);
  assert_buf(out, text);
  wt_buf_release(&out);
}

static void marks_go_before_hints(void **state) {
  (void)state;
  assert_decoded(WT_SPAN("\xEF\xBB\xBFna\xC3\xAFve"), "windows-1252", NULL, "UTF-8", "na\xC3\xAFve");
  assert_decoded(WT_SPAN("\xFF\xFEH\0i\0"), "utf-8", NULL, "UTF-16LE", "Hi");
  assert_decoded(WT_SPAN("\xFE\xFF\0H\0i"), NULL, NULL, "UTF-16BE", "Hi");
  assert_decoded(WT_SPAN("\xFF\xFE\0\0H\0\0\0"), NULL, NULL, "UTF-32LE", "H");
}

static void hints_are_followed_unless_contradicted(void **state) {
  (void)state;
  assert_decoded(WT_SPAN("caf\xE9"), "iso-8859-1", NULL, "windows-1252", "caf\xC3\xA9");
  assert_decoded(WT_SPAN("\xCF\xF0\xE8"), NULL, "windows-1251", "windows-1251", "\xD0\x9F\xD1\x80\xD0\xB8");
  assert_decoded(WT_SPAN("caf\xC3\xA9"), "iso-8859-1", NULL, "UTF-8", "caf\xC3\xA9");
  assert_decoded(WT_SPAN("plain"), "utf-16", NULL, "UTF-8", "plain");
  assert_decoded(WT_SPAN("plain"), "no-such-charset", "utf-7", "UTF-8", "plain");
  assert_decoded(WT_SPAN("caf\xE9"), "is\x9Bo-885911", NULL, "windows-1252", "caf\xC3\xA9"); /* no name at all */
  assert_decoded(WT_SPAN("caf\xE9"), "iso\n8859-7", NULL, "windows-1252", "caf\xC3\xA9");
  assert_decoded(WT_SPAN("\x93so\x94"), "utf-8", NULL, "windows-1252", "\xE2\x80\x9Cso\xE2\x80\x9D");
}

static void bytes_speak_for_themselves(void **state) {
  (void)state;
  assert_decoded(WT_SPAN("H\0e\0l\0l\0o\0 \0y\0o\0u\0"), NULL, NULL, "UTF-16LE", "Hello you");
  assert_decoded(WT_SPAN("\0H\0e\0l\0l\0o"), NULL, NULL, "UTF-16BE", "Hello");
  assert_decoded(WT_SPAN(""), NULL, NULL, "UTF-8", "");
  assert_decoded(WT_SPAN("\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD\x81\x41\x90\xA2\x8A\x45\x81\x42\x93\xFA\x96\x7B"),
                 NULL, NULL, "windows-31j", "こんにちは、世界。日本");
}

static void double_utf8_is_mended(void **state) {
  (void)state;
  wt_buf out = {0};
  wt_decoded how = decode(&out, WT_SPAN("it\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s a caf\xC3\x83\xC2\xA9"), NULL, NULL);
  assert_true(how.double_utf8);
  assert_buf(out, "it\xE2\x80\x99s a caf\xC3\xA9");
  /* the closing quotation mark's last byte is no character of windows-1252, and came through as a control */
  how = decode(&out, WT_SPAN("\xC3\xA2\xE2\x82\xAC\xC5\x93so\xC3\xA2\xE2\x82\xAC\xC2\x9D"), NULL, NULL);
  assert_true(how.double_utf8);
  assert_buf(out, "\xE2\x80\x9Cso\xE2\x80\x9D");
  how = decode(&out, WT_SPAN("CAF\xC3\x89\xE2\x80\x9D na\xC3\xAFve \xE2\x80\x9C\xC3\x84\xE2\x80\x9D"), NULL, NULL);
  assert_false(how.double_utf8);
  assert_buf(out, "CAF\xC3\x89\xE2\x80\x9D na\xC3\xAFve \xE2\x80\x9C\xC3\x84\xE2\x80\x9D");
  wt_buf_release(&out);
}

/* A letter, a no-break space and a quotation mark spell three bytes of UTF-8 too. */
static void typography_is_no_double_utf8(void **state) {
  (void)state;
  static const char *const right[] = {
      "\u00AB\u00A0vive la libert\u00E9\u00A0\u00BB",
      "le caf\u00E9\u00A0\u2013 ferm\u00E9",
      "\u201CJos\u00E9\u2026\u201D",
      "d\u00E9j\u00E0\u00A0\u00BB",
      "\u00AB\u00A0o\u00F9 \u00EAtes-vous all\u00E9\u2009?\u00A0\u00BB",
      "AMANH\u00C3\u00A0\u2013 18H",
  };
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
    wt_buf out = {0};
    assert_false(decode(&out, wt_span_of(right[i]), NULL, NULL).double_utf8);
    assert_buf(out, right[i]);
    wt_buf_release(&out);
  }
  wt_buf out = {0};
  /* beside what is doubled, too; and ideographs that are, in a row */
  assert_true(decode(&out, WT_SPAN("it\u00E2\u20AC\u2122s \u00AB\u00A0caf\u00E9\u00A0\u00BB"), NULL, NULL).double_utf8);
  assert_buf(out, "it\u2019s \u00AB\u00A0caf\u00E9\u00A0\u00BB");
  assert_true(
      decode(&out, WT_SPAN("\u00E6\u2013\u00B0\u00E8\xC2\x81\u017E\u00E7\u00A4\u00BE"), NULL, NULL).double_utf8);
  assert_buf(out, "\u65B0\u805E\u793E");
  assert_true(decode(&out, WT_SPAN("\u00F0\u0178\u02DC\u20AC"), NULL, NULL).double_utf8);
  assert_buf(out, "\U0001F600");
  wt_buf_release(&out);
}

static void broken_bytes_are_counted(void **state) {
  (void)state;
  wt_buf out = {0};
  wt_decoded how = decode(&out,
                          WT_SPAN("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 a\xFF"
                                  "b\0c\x01"),
                          NULL, NULL);
  assert_string_equal(how.charset, "UTF-8");
  assert_int_equal(how.replaced, 1);
  assert_int_equal(how.controls, 2);
  assert_buf(out, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 a\xEF\xBF\xBD"
                  "bc");
  wt_buf_release(&out);
}

static void random_bytes_give_text(void **state) {
  (void)state;
  wt_buf out = {0};
  uint64_t seed = 11;
  static const char *const labels[] = {NULL,  "utf-8",       "utf-16", "shift_jis",
                                       "gbk", "iso-2022-jp", "big5",   "hz-gb-2312"};
  for (int round = 0; round < 3000; round++) {
    char bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      bytes[i] = (char)(seed >> 56);
      if (round % 3 == 1) bytes[i] &= 0x7F;
    }
    decode(&out, (wt_span){bytes, (size_t)round % sizeof bytes}, labels[round % 8], NULL);
    for (size_t i = 0; i < out.len; i++) assert_true(out.data[i] != 0);
  }
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks_go_before_hints),        cmocka_unit_test(hints_are_followed_unless_contradicted),
      cmocka_unit_test(bytes_speak_for_themselves),   cmocka_unit_test(double_utf8_is_mended),
      cmocka_unit_test(typography_is_no_double_utf8), cmocka_unit_test(broken_bytes_are_counted),
      cmocka_unit_test(random_bytes_give_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
