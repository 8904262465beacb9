/* What folding takes away, and what it must keep. */
#include "support/check.h"

#include "wt/text.h"

#include <stdlib.h>
#include <string.h>

static void assert_fold(const char *text, const char *expected) {
  wt_buf once = {0}, twice = {0};
  assert_int_equal(wt_fold(&once, wt_span_of(text), NULL), WT_OK);
  assert_string_equal(once.data == NULL ? "" : once.data, expected);
  assert_int_equal(wt_fold(&twice, wt_buf_span(&once), NULL), WT_OK);
  assert_buf(twice, expected);
  wt_buf_release(&once);
  wt_buf_release(&twice);
}

static void typography_goes(void **state) {
  (void)state;
  assert_fold("", "");
  assert_fold(" \xC2\xA0 ", "");
  assert_fold("  The  \xE2\x80\x9CQuick\xE2\x80\x9D\xC2\xA0" "fox\xE2\x80\x99s\tway ", "the \"quick\" fox's way");
  assert_fold("co\xC2\xAD" "operate, a \xE2\x80\x8B b", "cooperate, a b");
  assert_fold("``so'' she said \xE2\x80\x94 twice -- and went\xE2\x80\xA6", "\"so\" she said - twice - and went...");
  assert_fold("2010\xE2\x80\x93" "2020 a--b a\xE2\x80\x94" "b", "2010-2020 a-b a-b");
  assert_fold("don't Oslo-based e-mail", "don't oslo-based e-mail");
}

static void letters_are_folded_in_full(void **state) {
  (void)state;
  assert_fold("CAF\xC3\x89 cafe\xCC\x81 Stra\xC3\x9F" "e", "caf\xC3\xA9 caf\xC3\xA9 strasse");
  assert_fold("\xEF\xAC\x81ne \xCE\x91\xCE\xA3 \xD0\x9C\xD0\x98\xD0\xA0", "fine \xCE\xB1\xCF\x83 \xD0\xBC\xD0\xB8\xD1\x80");
  assert_fold("\xC4\xB0stanbul \xE2\x84\xAB", "i\xCC\x87stanbul \xC3\xA5");
}

static void facts_stay(void **state) {
  (void)state;
  static const char *const facts[] = {"$1.5bn", "$15bn", "5%",      "5",      "-5",          "\xC2\xA3" "3,000", "3,000",
                                      "+3",     "3",     "\xC2\xBD", "m\xC2\xB2", "\xE2\x82\xAC" "5", "5\xE2\x80\xB0", "1:0"};
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
    for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) {
      wt_buf a = {0}, b = {0};
      wt_fold(&a, wt_span_of(facts[i]), NULL);
      wt_fold(&b, wt_span_of(facts[k]), NULL);
      assert_int_equal(strcmp(a.data, b.data) == 0, i == k);
      wt_buf_release(&a);
      wt_buf_release(&b);
    }
  assert_fold("at \xE2\x88\x92" "5 degrees", "at -5 degrees");
  assert_fold("the toll \xE2\x80\x94" "5 dead", "the toll \xE2\x80\x94" "5 dead"); /* no minus came into being */
  assert_fold("the toll --5 dead", "the toll \xE2\x80\x94" "5 dead");
}

/* Any bytes: well-formed out, the same again when folded twice. */
static void random_text_is_idempotent(void **state) {
  (void)state;
  static const char *const parts[] = {
      "a", "B", " ", "-", "'", "`", "\"", "5", "$", "(", "\t", "\x01", "\xFF", "\xC2\xA0", "\xC2\x85", "\xC2\xAD", "\xC3\x89",
      "\xC4\xB0", "\xCC\x81", "\xCD\x85", "\xE1\xBE\x82", "\xE1\x86\xA8", "\xE2\x80\x8D", "\xE2\x80\x93", "\xE2\x80\x94",
      "\xE2\x80\x99", "\xE2\x80\xA6", "\xE2\x88\x92", "\xE4\xB8\xAD", "\xEA\xB0\x80"};
  uint64_t seed = 7;
  for (int round = 0; round < 20000; round++) {
    wt_buf text = {0}, once = {0}, twice = {0};
    for (int i = 0; i < 24; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      wt_buf_put_text(&text, parts[(seed >> 33) % (sizeof parts / sizeof *parts)]);
    }
    assert_int_equal(wt_fold(&once, wt_buf_span(&text), NULL), WT_OK);
    assert_int_equal(wt_utf8_valid(wt_buf_span(&once)), once.len);
    assert_int_equal(wt_fold(&twice, wt_buf_span(&once), NULL), WT_OK);
    assert_true(wt_span_equal(wt_buf_span(&once), wt_buf_span(&twice)));
    wt_buf_release(&text);
    wt_buf_release(&once);
    wt_buf_release(&twice);
  }
}

static void a_word_without_end_is_folded(void **state) {
  (void)state;
  wt_buf text = {0}, out = {0};
  for (int i = 0; i < 300000; i++) wt_buf_put_text(&text, i % 7 == 0 ? "\xE4\xB8\xAD" : "\xCC\x81");
  assert_int_equal(wt_fold(&out, wt_buf_span(&text), NULL), WT_OK);
  assert_true(out.len > 0);
  wt_buf_release(&text);
  wt_buf_release(&out);
}

static void squeeze_keeps_all_but_space(void **state) {
  (void)state;
  wt_buf out = {0};
  wt_squeeze(&out, WT_SPAN(" \xE2\x80\xA8 A\xC2\xA0\n B\xC2\xAD  "));
  assert_buf(out, "A B\xC2\xAD");
  wt_buf_release(&out);
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  for (int64_t n = 0; n < 3; n++) {
    wt_buf out = {0};
    wt_alloc_fail_after(n);
    assert_int_equal(wt_fold(&out, WT_SPAN("\xE4\xB8\xAD Text"), NULL), WT_ENOMEM);
    wt_alloc_fail_after(-1);
    wt_buf_release(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(typography_goes),           cmocka_unit_test(letters_are_folded_in_full),
      cmocka_unit_test(facts_stay),                cmocka_unit_test(random_text_is_idempotent),
      cmocka_unit_test(a_word_without_end_is_folded), cmocka_unit_test(squeeze_keeps_all_but_space),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
