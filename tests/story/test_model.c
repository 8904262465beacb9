/* The model: squeezing, keys, equality, ceilings. */
#include "support/check.h"
#include "wt/story.h"

static void one_block(wt_story *story, wt_arena *arena, const char *text) {
  wt_error err;
  wt_story_init(story, arena);
  assert_ok(wt_story_set(story, WT_FIELD_HEADLINE, WT_SPAN("Quay opens"), &err));
  assert_ok(wt_story_add_block(story, WT_BLOCK_PARAGRAPH, wt_span_of(text), &err));
  assert_ok(wt_story_seal(story, &err));
}

static void typography_folds_and_facts_do_not(void **state) {
  (void)state;
  static const struct {
    const char *old, *newer;
    bool folded_equal;
  } cases[] = {
      {"\"It's done\"", "\xe2\x80\x9cIt\xe2\x80\x99s done\xe2\x80\x9d", true},
      {"insured", "in\xc2\xadsured", true},
      {"$1.5bn", "$15bn", false},
      {"5%", "5", false},
      {"-3 degrees", "3 degrees", false},
      {"12 dead", "15 dead", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_arena arena = {0};
    wt_story a, b;
    one_block(&a, &arena, cases[i].old);
    one_block(&b, &arena, cases[i].newer);
    assert_false(wt_hash_equal(a.blocks[0].key, b.blocks[0].key));
    assert_int_equal(wt_hash_equal(a.blocks[0].folded, b.blocks[0].folded), cases[i].folded_equal);
    assert_int_equal(wt_hash_equal(a.folded, b.folded), cases[i].folded_equal);
    assert_false(wt_hash_equal(a.key, b.key));
    assert_false(wt_story_equal(&a, &b));
    wt_arena_release(&arena);
  }
}

static void the_revision_number_is_no_part_of_a_story(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story a, b;
  one_block(&a, &arena, "Text.");
  one_block(&b, &arena, "Text.");
  b.revision = 9;
  assert_true(wt_story_equal(&a, &b));
  assert_true(wt_hash_equal(a.key, b.key));
  wt_arena_release(&arena);
}

static void counts_words_of_the_body(void **state) {
  (void)state;
  wt_error err;
  wt_arena arena = {0};
  wt_story story;
  size_t words;
  one_block(&story, &arena, "The quay cost 4.2 million crowns.");
  assert_ok(wt_story_add_block(&story, WT_BLOCK_CAPTION, WT_SPAN("not counted"), &err));
  assert_ok(wt_story_word_count(&words, &story, &err));
  assert_int_equal(words, 6);
  wt_arena_release(&arena);
}

static void stops_at_its_arena_s_ceiling(void **state) {
  (void)state;
  wt_error err;
  wt_arena arena;
  wt_story story;
  wt_status status = WT_OK;
  wt_arena_init(&arena, 20000);
  wt_story_init(&story, &arena);
  for (int i = 0; status == WT_OK && i < 10000; i++)
    status = wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, WT_SPAN("A paragraph of some length."), &err);
  assert_int_equal(status, WT_ENOMEM);
  assert_true(story.block_count > 10);
  wt_arena_release(&arena);
}

static void every_name_is_its_own(void **state) {
  (void)state;
  for (int a = 0; a < WT_FIELDS; a++)
    for (int b = 0; b < a; b++)
      assert_string_not_equal(wt_story_field_name((wt_story_field)a), wt_story_field_name((wt_story_field)b));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(typography_folds_and_facts_do_not),
      cmocka_unit_test(the_revision_number_is_no_part_of_a_story),
      cmocka_unit_test(counts_words_of_the_body),
      cmocka_unit_test(stops_at_its_arena_s_ceiling),
      cmocka_unit_test(every_name_is_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
