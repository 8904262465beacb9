/* The tables of elements and of words in class names. */
#include "support/check.h"

#include "ingest/html_tag.h"

static void every_element_finds_itself(void **state) {
  (void)state;
  for (unsigned tag = WT_TAG_A; tag < WT_TAGS; tag++) assert_int_equal(wt_tag_of(wt_tag_name((wt_tag)tag)), tag);
  assert_int_equal(wt_tag_of("blink"), WT_TAG_OTHER);
  assert_int_equal(wt_tag_of(""), WT_TAG_OTHER);
}

static void words_are_found_in_names(void **state) {
  (void)state;
  assert_true(wt_hints_of(WT_SPAN("article__newsletter-box")) & WT_HINT_NEWSLETTER);
  assert_true(wt_hints_of(WT_SPAN("storyRelatedLinks")) & WT_HINT_RELATED);
  assert_true(wt_hints_of(WT_SPAN("ad")) & WT_HINT_AD);
  assert_true(wt_hints_of(WT_SPAN("widget")) & WT_HINT_WIDGET);
  assert_true(wt_hints_of(WT_SPAN("visually-hidden")) & WT_HINT_UNSEEN);
  assert_true(wt_hints_of(WT_SPAN("abstract")) & WT_HINT_DECK);
  assert_int_equal(wt_hints_of(WT_SPAN("shadow headland lead-in2x")) & (WT_HINT_AD | WT_HINT_HEADLINE), 0);
  assert_int_equal(wt_hints_of(WT_SPAN("print:hidden [&_.share]:flex")), 0);
  assert_int_equal(wt_hints_of(WT_SPAN("")), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_element_finds_itself),
                                     cmocka_unit_test(words_are_found_in_names)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
