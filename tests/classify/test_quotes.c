/* Quotation marks: which bytes stand inside, in all styles. */
#include "support/check.h"

#include "classify/quotes.h"

/* Wants the texts between the marks, joined with |. */
static void wants(const char *text, const char *inside) {
  wt_arena arena = {0};
  wt_error err;
  wt_units units;
  wt_quotes quotes;
  wt_buf out = {0};
  assert_ok(wt_units_of_lines(&units, &arena, wt_span_of(text), &err));
  assert_ok(wt_quotes_find(&quotes, &arena, &units, &err));
  for (size_t i = 0; i < quotes.count; i++) {
    const wt_quoted *q = &quotes.items[i];
    if (i) wt_buf_put_char(&out, '|');
    wt_buf_put_span(&out, wt_span_sub(units.items[q->unit].text, q->begin, q->end));
  }
  assert_buf(out, inside);
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

static void test_every_style(void **state) {
  (void)state;
  wants("He said \"no way\" to it.", "no way");
  wants("He said 'no way' to it.", "no way");
  wants("He said \u201Cno way\u201D to it.", "no way");
  wants("He said \u2018no way\u2019 to it.", "no way");
  wants("Er sagte: \u201Enein\u201C, und ging.", "nein");
  wants("Er sagte: \u00BBnein\u00AB, und ging.", "nein");
  wants("Il a dit \u00AB non \u00BB hier.", " non ");
  wants("Hon sade: \u201Dnej\u201D till det.", "nej");
  wants("\u5F7C\u306F\u300C\u3044\u3044\u3048\u300D\u3068", "\u3044\u3044\u3048");
}

static void test_scripts_without_spaces(void **state) {
  (void)state;
  wants("他说：“我们会赢。”", "我们会赢。");
  wants("所谓“自由市场”计划", "自由市场");
  wants("他说：“他告诉我‘再来’，我走了。”", "他告诉我‘再来’，我走了。");
  wants("他说：\"我们会赢\"，走了。", "我们会赢");
  wants("所谓\"自由市场\"计划和\"民主\"", "自由市场|民主");
  wants("彼は『いいえ』と", "いいえ");
  wants("彼は〝いいえ〟と", "いいえ");
}

static void test_a_gershayim_is_no_mark(void **state) {
  (void)state;
  wants("השר אמר: \"צה\"ל ינצח\" והלך.", "צה\"ל ינצח");
}

static void test_apostrophes_are_no_marks(void **state) {
  (void)state;
  wants("It's the players' day, in the '90s, isn't it?", "");
  wants("The boss\u2019s son didn\u2019t go.", "");
  wants("He said 'it's the player's day' twice.", "it's the player's day");
}

static void test_the_outermost_counts(void **state) {
  (void)state;
  wants("\u201CShe said \u2018stop\u2019 to me,\u201D he said.", "She said \u2018stop\u2019 to me,");
  wants("\"She said 'stop' to me,\" he said.", "She said 'stop' to me,");
}

static void test_a_quote_runs_on_over_sentences(void **state) {
  (void)state;
  wants("\"We saw it.\nWe ran,\" he said.", "We saw it.|We ran,");
}

static void test_a_speech_over_paragraphs_opens_again(void **state) {
  (void)state;
  wants("\u201CWe saw it.\n\n\u201CThen we ran,\u201D he said.", "We saw it.|Then we ran,");
}

static void test_what_is_never_closed_ends_with_its_paragraph(void **state) {
  (void)state;
  wants("He said \u201Cno and left.\n\nThe rest is not his.", "no and left.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_style),
      cmocka_unit_test(test_scripts_without_spaces),
      cmocka_unit_test(test_a_gershayim_is_no_mark),
      cmocka_unit_test(test_apostrophes_are_no_marks),
      cmocka_unit_test(test_the_outermost_counts),
      cmocka_unit_test(test_a_quote_runs_on_over_sentences),
      cmocka_unit_test(test_a_speech_over_paragraphs_opens_again),
      cmocka_unit_test(test_what_is_never_closed_ends_with_its_paragraph),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
