/* Commit subjects: facts first, one line, at most 72 code points. */
#include "classify/pair.h"

static void wants(const char *old, const char *new, const char *subject) {
  pair p;
  wt_buf out = {0};
  wt_error err;
  wt_story story = {0};
  pair_open(&p, old, new);
  assert_ok(wt_subject(&out, &p.found, &story, &err));
  assert_buf(out, subject);
  assert_true(wt_utf8_count(wt_buf_span(&out)) <= 72);
  wt_buf_release(&out);
  pair_close(&p);
}

static void test_facts_lead(void **state) {
  (void)state;
  wants("The crash left 12 dead.", "The crash left 15 dead.", "12 -> 15 dead");
  wants("The minister said so on Monday.", "The minister claimed so on Friday.", "Monday -> Friday; said -> claimed");
  wants("\"We will never give up,\" Lim Soo-suk said.", "\"We will soon give up,\" Lim Soo-suk said.",
        "negation: \u2212never; quote altered: Lim Soo-suk");
}

static void test_text_that_comes_and_goes_is_counted(void **state) {
  (void)state;
  wants("The town has one bridge.", "The town has one bridge.\n\nThe mill by the river was sold at noon.",
        "1 paragraph added");
  wants("The town has one bridge.\nThe mill by the river was sold.", "The town has one bridge.", "1 sentence cut");
}

static void test_many_facts_are_counted(void **state) {
  (void)state;
  wants("Ann Holm paid 5 dollars, 6 euros, 7 yen and 8 pounds.",
        "Ann Holm paid 50 dollars, 60 euros, 70 yen and 80 pounds.",
        "5 dollars -> 50 dollars; 6 euros -> 60 euros; 7 yen -> 70 yen; 1 more");
}

static void test_a_fact_is_told_once(void **state) {
  (void)state;
  wants("The bridge will close for three weeks.\nBuses run for three weeks.\nAnn Holm said so.",
        "The bridge will close for five weeks.\nBuses run for five weeks.\nAnn Holm claimed so.",
        "three weeks -> five weeks; said -> claimed");
}

static void test_a_first_version_has_its_headline(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_error err;
  wt_buf out = {0};
  wt_story_init(&story, &arena);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE, WT_SPAN("Ferry runs aground"), &err));
  assert_ok(wt_subject(&out, NULL, &story, &err));
  assert_buf(out, "Ferry runs aground");
  wt_buf_clear(&out);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE,
                         WT_SPAN("A headline that is so long that no commit subject could ever hold the whole of it"),
                         &err));
  assert_ok(wt_subject(&out, NULL, &story, &err));
  assert_buf(out, "A headline that is so long that no commit subject could ever hold the\u2026");
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_facts_lead),
      cmocka_unit_test(test_text_that_comes_and_goes_is_counted),
      cmocka_unit_test(test_many_facts_are_counted),
      cmocka_unit_test(test_a_fact_is_told_once),
      cmocka_unit_test(test_a_first_version_has_its_headline),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
