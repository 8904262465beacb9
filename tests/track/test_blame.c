/* Blame: origins along edits, moves, splits, merges and returns; replay. */
#include "support/check.h"

#include "wt/track/blame.h"

/* Adds a revision given as lines. */
static void add(wt_blame *blame, uint32_t number, const char *text) {
  wt_arena arena = {0};
  wt_error err;
  wt_units units;
  assert_ok(wt_units_of_lines(&units, &arena, wt_span_of(text), &err));
  assert_ok(wt_blame_add_units(blame, number, (wt_instant)number * 60, &units, &err));
  wt_arena_release(&arena);
}

static wt_blame *open_blame(void) {
  wt_blame *blame = NULL;
  wt_error err;
  assert_ok(wt_blame_open(&blame, 0, &err));
  return blame;
}

/* The origin of the n-th word equal to `word` in unit `index`. */
static uint32_t origin_of(const wt_blame *blame, size_t index, const char *word) {
  const wt_blame_unit *unit = wt_blame_at(blame, index);
  assert_non_null(unit);
  for (size_t i = 0; i < unit->word_count; i++)
    if (wt_span_equal(wt_span_sub(unit->text, unit->words[i].begin, unit->words[i].end), wt_span_of(word)))
      return unit->words[i].origin;
  fail_msg("no word %s in \"%.*s\"", word, (int)unit->text.len, unit->text.data);
  return 0;
}

static const char first[] = "The ferry ran aground off the northern cape at dawn.\nTwelve passengers were hurt, the "
                            "coast guard said.\n\nThe cape has no lighthouse since the war.\n";
static const char second[] = "The ferry ran aground off the northern cape at dawn.\nFifteen passengers were hurt, the "
                             "coast guard said.\n\nThe cape has no lighthouse since the war.\n";

static void test_edited_word_is_new_and_the_rest_is_old(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  add(blame, 1, first);
  add(blame, 2, second);
  assert_int_equal(origin_of(blame, 1, "Fifteen"), 2);
  assert_int_equal(origin_of(blame, 1, "passengers"), 1);
  assert_int_equal(origin_of(blame, 0, "ferry"), 1);
  assert_int_equal(wt_blame_at(blame, 1)->origin, 1);
  assert_int_equal(wt_blame_at(blame, 1)->last_edit, 2);
  wt_blame_close(blame);
}

static void test_a_word_that_comes_back_keeps_its_first_origin(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  add(blame, 1, first);
  add(blame, 2, second);
  add(blame, 3, first);
  assert_int_equal(origin_of(blame, 1, "Twelve"), 1);
  wt_blame_close(blame);
}

static void test_a_deleted_sentence_that_comes_back_keeps_its_origin(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  add(blame, 1, first);
  add(blame, 2, "The ferry ran aground off the northern cape at dawn.\n\nThe cape has no lighthouse since the war.\n");
  add(blame, 3, "The ferry ran aground off the northern cape at dawn.\n\nThe cape has no lighthouse since the war.\n"
                "Twelve passengers were hurt, the coast guard said.\n");
  assert_int_equal(origin_of(blame, 2, "passengers"), 1);
  assert_int_equal(wt_blame_at(blame, 2)->origin, 1);
  wt_blame_close(blame);
}

static void test_a_moved_paragraph_keeps_its_origin_and_tells_the_move(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  add(blame, 1, first);
  add(blame, 2, "The cape has no lighthouse since the war.\n\nThe ferry ran aground off the northern cape at dawn.\n"
                "Twelve passengers were hurt, the coast guard said.\n");
  uint32_t moves = 0;
  for (size_t i = 0; i < wt_blame_count(blame); i++) {
    moves += wt_blame_at(blame, i)->moves;
    assert_int_equal(wt_blame_at(blame, i)->origin, 1);
  }
  assert_int_equal(moves, 1);
  wt_blame_close(blame);
}

static void test_both_halves_of_a_split_keep_their_words(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  add(blame, 1, "The ferry ran aground off the northern cape at dawn and its captain called the coast guard at once.\n");
  add(blame, 2, "The ferry ran aground off the northern cape at dawn.\nIts captain called the coast guard at once.\n");
  assert_int_equal(origin_of(blame, 0, "cape"), 1);
  assert_int_equal(origin_of(blame, 1, "captain"), 1);
  assert_int_equal(wt_blame_at(blame, 1)->origin, 1);
  wt_blame_close(blame);
}

static void test_every_revision_is_replayed_byte_for_byte(void **state) {
  (void)state;
  static const char *const texts[] = {first, second, "One sentence alone.\n", first, "", second};
  wt_blame *blame = open_blame();
  wt_error err;
  for (uint32_t i = 0; i < 6; i++) add(blame, i + 1, texts[i]);
  for (uint32_t i = 0; i < 6; i++) {
    wt_buf out = {0};
    assert_ok(wt_blame_replay(&out, blame, i + 1, &err));
    assert_span(wt_buf_span(&out), texts[i]);
    wt_buf_release(&out);
  }
  wt_buf out = {0};
  assert_int_equal(wt_blame_replay(&out, blame, 7, &err), WT_ENOTFOUND);
  assert_int_equal(wt_blame_replay(&out, blame, 0, &err), WT_ENOTFOUND);
  wt_buf_release(&out);
  wt_blame_close(blame);
}

static void test_numbers_may_stand_in_any_order(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  add(blame, 1, first);
  add(blame, 7, second); /* a late capture: a high number at an early time */
  add(blame, 2, first);
  assert_int_equal(wt_blame_number(blame, 2), 7);
  assert_int_equal(wt_blame_time(blame, 2), 420);
  assert_int_equal(wt_blame_number(blame, 4), 0);
  assert_int_equal(wt_blame_revisions(blame), 3);
  wt_blame_close(blame);
}

static void test_a_diff_from_elsewhere_is_refused(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  wt_arena arena = {0};
  wt_error err;
  wt_units old, new;
  wt_diff diff;
  add(blame, 1, first);
  assert_ok(wt_units_of_lines(&old, &arena, WT_SPAN("Another text.\n"), &err));
  assert_ok(wt_units_of_lines(&new, &arena, wt_span_of(second), &err));
  assert_ok(wt_diff_units(&diff, &arena, &old, &new, NULL, &err));
  assert_int_equal(wt_blame_add_diff(blame, 2, 0, &diff, &err), WT_EINVAL);
  assert_int_equal(wt_blame_revisions(blame), 1);
  wt_arena_release(&arena);
  wt_blame_close(blame);
}

/* Whatever allocation fails, the call says so and the revisions before stay whole. */
static void test_no_memory_is_told(void **state) {
  (void)state;
  for (int64_t n = 0; n < 200; n++) {
    wt_error err;
    wt_blame *blame = NULL;
    wt_arena arena = {0};
    wt_units units;
    assert_ok(wt_units_of_lines(&units, &arena, wt_span_of(second), &err));
    blame = open_blame();
    add(blame, 1, first);
    wt_alloc_fail_after(n);
    wt_status status = wt_blame_add_units(blame, 2, 0, &units, &err);
    wt_alloc_fail_after(-1);
    assert_true(status == WT_OK || status == WT_ENOMEM);
    assert_int_equal(wt_blame_revisions(blame), status == WT_OK ? 2 : 1);
    wt_buf out = {0};
    assert_ok(wt_blame_replay(&out, blame, 1, &err));
    assert_span(wt_buf_span(&out), first);
    wt_buf_release(&out);
    wt_blame_close(blame);
    wt_arena_release(&arena);
    if (status == WT_OK) return;
  }
  fail_msg("200 allocations for one small revision");
}

static void test_json_has_numbers(void **state) {
  (void)state;
  wt_blame *blame = open_blame();
  wt_error err;
  wt_buf out = {0};
  add(blame, 3, "One sentence.\n");
  assert_ok(wt_blame_print_json(&out, blame, WT_SPAN("a.txt"), &err));
  assert_span(wt_buf_span(&out),
              "{\"schema\":1,\"story\":\"a.txt\",\"revision\":3,\"revisions\":[{\"number\":3,\"captured\":"
              "\"1970-01-01T00:03:00Z\"}],\"units\":[{\"text\":\"One sentence.\",\"paragraph\":0,\"origin\":3,"
              "\"last_edit\":3,\"last_move\":0,\"moves\":0,\"words\":[{\"begin\":0,\"end\":3,\"origin\":3},"
              "{\"begin\":4,\"end\":12,\"origin\":3}]}]}");
  wt_buf_release(&out);
  wt_blame_close(blame);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_edited_word_is_new_and_the_rest_is_old),
      cmocka_unit_test(test_a_word_that_comes_back_keeps_its_first_origin),
      cmocka_unit_test(test_a_deleted_sentence_that_comes_back_keeps_its_origin),
      cmocka_unit_test(test_a_moved_paragraph_keeps_its_origin_and_tells_the_move),
      cmocka_unit_test(test_both_halves_of_a_split_keep_their_words),
      cmocka_unit_test(test_every_revision_is_replayed_byte_for_byte),
      cmocka_unit_test(test_numbers_may_stand_in_any_order),
      cmocka_unit_test(test_a_diff_from_elsewhere_is_refused),
      cmocka_unit_test(test_no_memory_is_told),
      cmocka_unit_test(test_json_has_numbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
