/* What is a language's tag, and what only looks like one. */
#include "support/check.h"

#include "wt/text.h"

static void assert_tag(const char *said, const char *expected) {
  char tag[WT_LANGUAGE_MAX];
  bool is = wt_language_tag(tag, wt_span_of(said));
  if (is != (expected != NULL)) fail_msg("%s: %s", said, is ? tag : "no tag");
  if (is) assert_string_equal(tag, expected);
}

static void tags_of_languages(void **state) {
  (void)state;
  assert_tag("en", "en");
  assert_tag(" DE ", "de");
  assert_tag("en_GB", "en-GB");
  assert_tag("EN-us", "en-us");
  assert_tag("zh-Hant-TW", "zh-Hant-TW");
  assert_tag("es-419", "es-419");
  assert_tag("de-CH-1996", "de-CH-1996");
  assert_tag("zul", "zul");
  assert_tag("en_GB.UTF-8", "en-GB");
  assert_tag("sr@latin", "sr");
  assert_tag("de, en", "de");
}

static void no_languages(void **state) {
  static const char *const none[] = {"",           "-",   "e",           "utf-8",  "UTF-8",    "text/html",
                                     "english",    "xx",  "en-",         "en--GB", "en-8",     "12",
                                     "iso-8859-1", "all", "en-\xC3\xA9", "_en",    "x-default"};
  (void)state;
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) assert_tag(none[i], NULL);
  assert_tag("en-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa", NULL);
}

int main(void) {
  static const struct CMUnitTest tests[] = {cmocka_unit_test(tags_of_languages), cmocka_unit_test(no_languages)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
