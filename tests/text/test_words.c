/* Words, numbers, spaces and marks, and that together they cover the text. */
#include "support/check.h"

#include "wt/text.h"

#include <string.h>

/* Compares "word(number)mark_" written as W:..., N:..., M:... with bars; spaces are left out. */
static void assert_words(const char *text, const char *expected) {
  wt_words words = {0};
  wt_buf line = {0};
  assert_int_equal(wt_words_cut(&words, wt_span_of(text), NULL), WT_OK);
  uint32_t at = 0;
  for (size_t i = 0; i < words.count; i++) {
    wt_word word = words.items[i];
    assert_int_equal(word.begin, at);
    assert_true(word.end > word.begin);
    at = word.end;
    if (word.kind == WT_WORD_SPACE) continue;
    if (line.len > 0) wt_buf_put_char(&line, '|');
    if (word.kind != WT_WORD_LETTERS) wt_buf_put_char(&line, word.kind == WT_WORD_NUMBER ? '#' : '~');
    wt_buf_put(&line, text + word.begin, word.end - word.begin);
  }
  assert_int_equal(at, strlen(text));
  assert_string_equal(line.data == NULL ? "" : line.data, expected);
  wt_buf_release(&line);
  wt_words_release(&words);
}

static void words_and_marks(void **state) {
  (void)state;
  assert_words("", "");
  assert_words("The Oslo-based firm, AT&T, didn't.", "The|Oslo-based|firm|~,|AT&T|~,|didn't|~.");
  assert_words("In the U.S. it\xE2\x80\x99s 'so'\xE2\x80\x94yes",
               "In|the|U.S.|it\xE2\x80\x99s|~'|so|~'|~\xE2\x80\x94|yes");
  assert_words("B-52 G7 COVID-19", "B-52|G7|COVID-19");
  assert_words("\u0421.\u0428.\u0410. \u00C9.U. a.", "\u0421.\u0428.\u0410.|\u00C9.U.|a|~.");
  assert_words("one  two\xC2\xA0three", "one|two|three");
}

static void numbers_keep_their_facts(void **state) {
  (void)state;
  assert_words("$1.5bn fell -5% to US$3,000.50", "#$1.5bn|fell|#-5%|to|#US$3,000.50");
  assert_words("(\xC2\xA3"
               "2m) 2010-2020 3\xE2\x80\x93"
               "2",
               "~(|#\xC2\xA3"
               "2m|~)|#2010|~-|#2020|#3|~\xE2\x80\x93|#2");
  assert_words("a 10-year-old, 20th, 1980s", "a|#10-year-old|~,|#20th|~,|#1980s");
  assert_words(".5 and 5. At 3:30", "#.5|and|#5|~.|At|#3:30");
  assert_words("-$5 $-5 +3 5\xE2\x82\xAC", "#-$5|#$-5|#+3|#5\xE2\x82\xAC");
}

static void digits_have_a_value(void **state) {
  (void)state;
  assert_int_equal(wt_digit_value('7'), 7);
  assert_int_equal(wt_digit_value(0x665), 5);   /* Arabic */
  assert_int_equal(wt_digit_value(0x96F), 9);   /* Devanagari */
  assert_int_equal(wt_digit_value(0xFF13), 3);  /* wide */
  assert_int_equal(wt_digit_value(0x1D7CE), 0); /* mathematical bold */
  assert_int_equal(wt_digit_value('a'), -1);
  assert_int_equal(wt_digit_value(0xB2), -1);   /* superscript */
  assert_int_equal(wt_digit_value(0x4E09), -1); /* Han: a word */
  assert_int_equal(wt_digit_value(WT_NOT_UTF8), -1);
}

static void scripts_without_spaces(void **state) {
  (void)state;
  assert_words("東京で会った。", "東京|で|会|っ|た|~。");
  assert_words("ภาษาไทยง่าย", "ภาษา|ไทย|ง่าย");
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  wt_words words = {0};
  wt_alloc_fail_after(0);
  assert_int_equal(wt_words_cut(&words, WT_SPAN("One two"), NULL), WT_ENOMEM);
  wt_alloc_fail_after(-1);
  wt_words_release(&words);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_and_marks),         cmocka_unit_test(numbers_keep_their_facts),
      cmocka_unit_test(digits_have_a_value),     cmocka_unit_test(scripts_without_spaces),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
