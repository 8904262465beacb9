/* Units of lines and of stories. */
#include "support/check.h"

#include "wt/match.h"

static void lines_become_units(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_units units;
  wt_error err = {0};
  assert_ok(wt_units_of_lines(&units, &arena, WT_SPAN("\n\nOne.\r\nTwo  words. \n \t\n\nThree.\nFour."), &err));
  assert_int_equal(units.count, 4);
  assert_span(units.items[0].text, "One.");
  assert_span(units.items[1].text, "Two  words. ");
  assert_span(units.items[3].text, "Four.");
  const uint32_t paragraphs[] = {0, 0, 1, 1};
  for (size_t u = 0; u < 4; u++) assert_int_equal(units.items[u].paragraph, paragraphs[u]);
  assert_ok(wt_units_of_lines(&units, &arena, WT_SPAN("\n \n"), &err));
  assert_int_equal(units.count, 0);
  wt_arena_release(&arena);
}

static void keys_tell_typography_from_wording(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_units units;
  wt_error err = {0};
  assert_ok(wt_units_of_lines(&units, &arena, WT_SPAN("\xE2\x80\x9CYes\xE2\x80\x9D\n\"Yes\"\n\"Yet\"\n"), &err));
  assert_true(wt_hash_equal(units.items[0].folded, units.items[1].folded));
  assert_false(wt_hash_equal(units.items[0].key, units.items[1].key));
  assert_false(wt_hash_equal(units.items[1].folded, units.items[2].folded));
  wt_arena_release(&arena);
}

static void a_story_is_cut_into_the_sentences_of_its_body(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_units units;
  wt_error err = {0};
  wt_story_init(&story, &arena);
  assert_ok(wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, WT_SPAN("One sentence here. And another there."), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_CAPTION, WT_SPAN("A picture of a bridge."), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_SUBHEAD, WT_SPAN("A subhead"), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_NOTE, WT_SPAN("A note."), &err));
  assert_ok(wt_story_seal(&story, &err));
  assert_ok(wt_units_of_story(&units, &arena, &story, &err));
  assert_int_equal(units.count, 3);
  assert_span(units.items[1].text, "And another there.");
  assert_span(units.items[2].text, "A subhead");
  assert_int_equal(units.items[2].paragraph, 1);
  assert_int_equal(units.items[2].kind, WT_BLOCK_SUBHEAD);
  wt_arena_release(&arena);
}

static void want_of_memory_is_told(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_units units;
  wt_error err = {0};
  wt_arena_init(&arena, 64);
  assert_int_equal(wt_units_of_lines(&units, &arena, WT_SPAN("One.\nTwo.\nThree.\n"), &err), WT_ENOMEM);
  assert_int_equal(units.count, 0);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_become_units), cmocka_unit_test(keys_tell_typography_from_wording),
      cmocka_unit_test(a_story_is_cut_into_the_sentences_of_its_body), cmocka_unit_test(want_of_memory_is_told)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
