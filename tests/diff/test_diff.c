/* What holds for every diff: each unit once, bytes back both ways, the same script in every build. */
#include "support/check.h"

#include "generate.c"
#include "invariants.h"
#include "wt/story.h"

/* The script of these pairs, whatever the compiler and its options. It changes when a rule of the diff, of the words or of
   folding changes: then look at the golden folders, and write the new number here. */
#define PAIRS 4000u
#define SCRIPT 0x9ec604e3caedaeeeu

static void fuzzed_pairs_apply_and_invert(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0};
  uint64_t hash = 0;
  for (unsigned i = 1; i <= PAIRS; i++) {
    fuzz_pair(&old, &new, i);
    uint64_t budget = i % 8 ? 0 : 1 + i % 997; /* one in eight with next to none */
    const char *wrong = invariants_broken(wt_buf_span(&old), wt_buf_span(&new), budget, &hash);
    if (wrong) print_error("pair %u: %s\n", i, wrong);
    assert_null(wrong);
  }
  if (hash != SCRIPT) print_error("the script's hash is 0x%016llxu\n", (unsigned long long)hash);
  assert_true(hash == SCRIPT);
  wt_buf_release(&old);
  wt_buf_release(&new);
}

static void diff_lines(wt_diff *out, wt_arena *arena, wt_span old, wt_span new, uint64_t budget) {
  wt_units olds, news;
  wt_error err = {0};
  wt_diff_options options = {.match = {.budget = budget}};
  assert_ok(wt_units_of_lines(&olds, arena, old, &err));
  assert_ok(wt_units_of_lines(&news, arena, new, &err));
  assert_ok(wt_diff_units(out, arena, &olds, &news, &options, &err));
}

static void few_words(wt_buf *out, unsigned words, unsigned a_line, uint64_t seed) {
  static const char *const five[] = {"alpha", "beta", "gamma", "delta", "epsilon"};
  uint64_t random = gen_state(seed);
  for (unsigned w = 0; w < words; w++) {
    wt_buf_put_text(out, five[gen_below(&random, 5)]);
    wt_buf_put_char(out, a_line && w % a_line == a_line - 1 ? '\n' : ' ');
  }
  wt_buf_put_char(out, '\n');
}

/* Texts that hurt: the steps stay within the budget, and a small budget still gives a true diff. */
static void the_budget_is_never_passed(void **state) {
  (void)state;
  const unsigned lines[] = {0, 20, 1};
  const uint64_t budgets[] = {1, 10000, 3000000, 0};
  for (size_t l = 0; l < 3; l++) {
    wt_buf old = {0}, new = {0};
    few_words(&old, 6000, lines[l], 1);
    few_words(&new, 6000, lines[l], 2);
    for (size_t b = 0; b < 4; b++) {
      wt_arena arena = {0};
      wt_diff diff;
      diff_lines(&diff, &arena, wt_buf_span(&old), wt_buf_span(&new), budgets[b]);
      assert_true(diff.steps <= (budgets[b] ? budgets[b] : wt_match_budget(&diff.old, &diff.newer)));
      assert_false(diff.replaced_whole);
      assert_null(units_are_told_once(&diff));
      assert_null(applies_to(&diff, &diff.newer));
      wt_arena_release(&arena);
    }
    wt_buf_release(&old);
    wt_buf_release(&new);
  }
}

/* The bit rows find what a table finds: as much is kept as a longest common subsequence holds. */
static void long_texts_keep_a_longest_common_subsequence(void **state) {
  (void)state;
  enum { WORDS = 700 };
  static uint16_t table[WORDS + 1][WORDS + 1];
  static const char letters[] = "abcde";
  char old[WORDS * 2 + 1], new[WORDS * 2 + 1];
  uint64_t random = gen_state(7);
  for (size_t w = 0; w < WORDS; w++) {
    old[w * 2] = letters[gen_below(&random, 5)], old[w * 2 + 1] = ' ';
    new[w * 2] = letters[gen_below(&random, 5)], new[w * 2 + 1] = ' ';
  }
  for (size_t i = 1; i <= WORDS; i++)
    for (size_t j = 1; j <= WORDS; j++) {
      uint16_t best = table[i - 1][j] > table[i][j - 1] ? table[i - 1][j] : table[i][j - 1];
      if (old[i * 2 - 2] == new[j * 2 - 2] && table[i - 1][j - 1] + 1 > best)
        best = (uint16_t)(table[i - 1][j - 1] + 1);
      table[i][j] = best;
    }
  wt_arena arena = {0};
  wt_word_edit *words;
  size_t count, kept = 0;
  wt_error err = {0};
  assert_ok(wt_diff_words(&words, &count, &arena, (wt_span){old, WORDS * 2 - 1}, (wt_span){new, WORDS * 2 - 1}, &err));
  for (size_t w = 0; w < count; w++)
    for (uint32_t b = words[w].old_begin; words[w].op == WT_WORD_KEEP && b < words[w].old_end; b++)
      kept += old[b] != ' ';
  /* islands of stop words ("a") may be given up, nothing else */
  assert_true(kept <= table[WORDS][WORDS]);
  assert_true(kept + 60 >= table[WORDS][WORDS]);
  wt_arena_release(&arena);
}

/* Little stays: one replacement, and the word that stood in both has not moved. */
static void a_text_written_anew_is_one_replacement(void **state) {
  (void)state;
  wt_span old = WT_SPAN("Ferry runs aground"), new = WT_SPAN("Ferry hits reef, 3 hurt");
  wt_arena arena = {0};
  wt_word_edit *words;
  size_t count;
  wt_error err = {0};
  assert_ok(wt_diff_words(&words, &count, &arena, old, new, &err));
  assert_int_equal(count, 2);
  assert_true(words[0].op == WT_WORD_DELETE && words[0].old_begin == 0 && words[0].old_end == old.len);
  assert_true(words[1].op == WT_WORD_INSERT && words[1].new_begin == 0 && words[1].new_end == new.len);
  wt_arena_release(&arena);
}

static void inverted_twice_is_the_same(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0};
  for (unsigned i = 1; i <= 300; i++) {
    wt_arena arena = {0};
    wt_diff diff, once, twice;
    wt_error err = {0};
    fuzz_pair(&old, &new, i);
    diff_lines(&diff, &arena, wt_buf_span(&old), wt_buf_span(&new), 0);
    assert_ok(wt_diff_invert(&once, &arena, &diff, &err));
    assert_ok(wt_diff_invert(&twice, &arena, &once, &err));
    assert_int_equal(twice.count, diff.count);
    assert_null(units_are_told_once(&twice));
    assert_null(applies_to(&twice, &diff.newer));
    wt_arena_release(&arena);
  }
  wt_buf_release(&old);
  wt_buf_release(&new);
}

static void a_broken_script_is_refused(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_diff diff;
  wt_buf out = {0};
  diff_lines(&diff, &arena, WT_SPAN("One.\nTwo.\n"), WT_SPAN("One.\nThree.\n"), 0);
  diff.count--;
  assert_int_equal(wt_diff_apply(&out, &diff, NULL), WT_EINVAL);
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

static void want_of_memory_is_told(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_units olds, news;
  wt_error err = {0};
  wt_buf old = {0}, new = {0};
  fuzz_pair(&old, &new, 11);
  wt_buf_put_text(&old, "He said on Monday that all was well.\n");
  wt_buf_put_text(&new, "On Monday he said that all was good.\n");
  assert_ok(wt_units_of_lines(&olds, &arena, wt_buf_span(&old), &err));
  assert_ok(wt_units_of_lines(&news, &arena, wt_buf_span(&new), &err));
  bool done = false;
  for (int64_t n = 1; n < 2000 && !done; n++) {
    wt_arena out = {0};
    wt_diff diff;
    wt_alloc_fail_after(n);
    wt_status status = wt_diff_units(&diff, &out, &olds, &news, NULL, &err);
    wt_alloc_fail_after(-1);
    assert_true(status == WT_OK || status == WT_ENOMEM);
    done = status == WT_OK;
    wt_arena_release(&out);
  }
  assert_true(done);
  wt_buf_release(&old);
  wt_buf_release(&new);
  wt_arena_release(&arena);
}

/* Long runs of what is joined into tokens, each a loop that must not start over: slow here is a hang. */
static void long_runs_of_marks_are_linear(void **state) {
  (void)state;
  static const char marks[] = ".-'`[]\"a";
  for (size_t m = 0; m + 1 < sizeof marks; m++) {
    wt_buf old = {0}, new = {0};
    wt_arena arena = {0};
    wt_diff diff;
    for (unsigned i = 0; i < 400000; i++) wt_buf_put_char(&old, marks[m]), wt_buf_put_char(&new, marks[m]);
    wt_buf_put_text(&new, " end\n");
    wt_buf_put_char(&old, '\n');
    diff_lines(&diff, &arena, wt_buf_span(&old), wt_buf_span(&new), 0);
    assert_false(diff.replaced_whole);
    assert_null(units_are_told_once(&diff));
    wt_arena_release(&arena);
    wt_buf_release(&old);
    wt_buf_release(&new);
  }
}

/* Kept words are told in stretches; one that ends in other white space must not be walked once for each of its words. */
static void kept_words_before_other_space_are_linear(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0};
  wt_arena arena = {0};
  wt_diff diff;
  for (unsigned i = 0; i < 400000; i++) wt_buf_put_format(&old, "w%u ", i), wt_buf_put_format(&new, "w%u ", i);
  wt_buf_put_text(&old, "and end\n");
  wt_buf_put_text(&new, "and\tend\n");
  diff_lines(&diff, &arena, wt_buf_span(&old), wt_buf_span(&new), 0);
  assert_false(diff.replaced_whole);
  assert_null(units_are_told_once(&diff));
  assert_true(diff.edits[0].typography);
  assert_int_equal(diff.edits[0].word_count, 3); /* the words, the space, the last word */
  wt_arena_release(&arena);
  wt_buf_release(&old);
  wt_buf_release(&new);
}

/* What a typewriter makes of an ellipsis, a dash and a quote is the same text: kept, and every word span with it. */
static void typewriter_marks_are_typography(void **state) {
  (void)state;
  static const char *const pairs[][2] = {{"Wait... what?\n", "Wait\xE2\x80\xA6 what?\n"},
                                         {"The end--really.\n", "The end\xE2\x80\x94really.\n"},
                                         {"He said ``no\'\' twice.\n", "He said \xE2\x80\x9Cno\xE2\x80\x9D twice.\n"},
                                         {"It fell.... hard.\n", "It fell\xE2\x80\xA6. hard.\n"},
                                         {"Soft \xC2\xAD hyphen.\n", "Soft hyphen.\n"}};
  for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
    wt_arena arena = {0};
    wt_diff diff;
    diff_lines(&diff, &arena, wt_span_of(pairs[p][0]), wt_span_of(pairs[p][1]), 0);
    assert_int_equal(diff.count, 1);
    assert_int_equal(diff.edits[0].kind, WT_EDIT_KEEP);
    assert_true(diff.edits[0].typography);
    assert_true(diff.edits[0].word_count > 0);
    for (size_t w = 0; w < diff.edits[0].word_count; w++) assert_int_equal(diff.edits[0].words[w].op, WT_WORD_KEEP);
    assert_null(words_cover(&diff, &diff.edits[0]));
    wt_arena_release(&arena);
  }
}

static wt_story story_of(wt_arena *arena, wt_span headline, wt_span text) {
  wt_story story;
  wt_error err = {0};
  wt_story_init(&story, arena);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE, headline, &err));
  assert_ok(wt_story_add(&story, WT_LIST_BYLINES, WT_SPAN("Ada Holm"), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, text, &err));
  assert_ok(wt_story_seal(&story, &err));
  return story;
}

static void fields_are_told_apart_from_the_body(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_diff diff;
  wt_error err = {0};
  wt_story old = story_of(&arena, WT_SPAN("Twelve dead in fire"), WT_SPAN("A fire broke out. It was put out."));
  wt_story new = story_of(&arena, WT_SPAN("Fifteen dead in fire"), WT_SPAN("A fire broke out. It was put out."));
  assert_ok(wt_diff_stories(&diff, &arena, &old, &new, NULL, &err));
  assert_int_equal(diff.field_count, 1);
  assert_string_equal(diff.fields[0].name, "headline");
  assert_span(diff.fields[0].old, "Twelve dead in fire");
  assert_false(diff.fields[0].typography);
  assert_false(diff.same_bytes);
  assert_int_equal(diff.count, 2);
  for (size_t e = 0; e < 2; e++) assert_int_equal(diff.edits[e].kind, WT_EDIT_KEEP);
  assert_ok(wt_diff_stories(&diff, &arena, &old, &old, NULL, &err));
  assert_true(diff.same_bytes);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(fuzzed_pairs_apply_and_invert),
                                     cmocka_unit_test(the_budget_is_never_passed),
                                     cmocka_unit_test(long_texts_keep_a_longest_common_subsequence),
                                     cmocka_unit_test(a_text_written_anew_is_one_replacement),
                                     cmocka_unit_test(inverted_twice_is_the_same),
                                     cmocka_unit_test(long_runs_of_marks_are_linear),
                                     cmocka_unit_test(kept_words_before_other_space_are_linear),
                                     cmocka_unit_test(typewriter_marks_are_typography),
                                     cmocka_unit_test(a_broken_script_is_refused),
                                     cmocka_unit_test(want_of_memory_is_told),
                                     cmocka_unit_test(fields_are_told_apart_from_the_body)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
