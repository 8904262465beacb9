/* Runs of words that two stories have in common, and what they cover. */
#include "support/check.h"

#include "track/copies_align.h"

enum { MOST = 5000 };

/* Words as numbers: 1 to 9999 stand for themselves. */
static wt_words_of words(uint32_t *room, const char *text) {
  uint32_t count = 0;
  while (*text != 0) {
    room[count++] = (uint32_t)strtoul(text, (char **)&text, 10);
    while (*text == ' ')
      text++;
  }
  return (wt_words_of){room, NULL, count};
}

static wt_overlap align(const char *this, const char *other, size_t *runs) {
  static uint32_t a[MOST], b[MOST];
  wt_tiler tiler = {0};
  wt_overlap overlap;
  assert_true(wt_tiler_set(&tiler, words(a, this)));
  assert_true(wt_tiler_run(&overlap, &tiler, words(b, other)));
  *runs = tiler.run_count;
  wt_tiler_release(&tiler);
  return overlap;
}

static void runs_are_found_wherever_they_stand(void **state) {
  (void)state;
  size_t runs;
  wt_overlap same = align("1 2 3 4 5 6 7", "1 2 3 4 5 6 7", &runs);
  assert_true(same.mine == 7 && same.theirs == 7 && same.longest_own == 7 && runs == 1);
  wt_overlap moved = align("1 2 3 4 5 11 12 13 14 15", "11 12 13 14 15 99 1 2 3 4 5", &runs);
  assert_true(moved.mine == 10 && moved.theirs == 10 && runs == 2);
  wt_overlap none = align("1 2 3 4 9 9", "1 2 3 4 8 8", &runs); /* four words are no run */
  assert_true(none.mine == 0 && runs == 0);
  wt_overlap empty = align("", "", &runs);
  assert_true(empty.mine == 0 && empty.theirs == 0);
}

static void words_between_two_runs_count(void **state) {
  (void)state;
  size_t runs;
  wt_overlap edited = align("1 2 3 4 5 70 21 71 22 72 11 12 13 14 15", "1 2 3 4 5 80 21 81 22 82 11 12 13 14 15", &runs);
  assert_int_equal(edited.mine, 12);
  assert_int_equal(edited.theirs, 12);
  assert_int_equal(edited.woven, 2);
  wt_overlap pasted = align("1 2 3 4 5 70 21 71 22 72 11 12 13 14 15", "11 12 13 14 15 80 21 81 22 82 1 2 3 4 5", &runs);
  assert_int_equal(pasted.woven, 1); /* the same runs, in another order: no text that was edited */
}

static void a_passage_that_stands_twice_is_covered_twice(void **state) {
  (void)state;
  size_t runs;
  wt_overlap twice = align("1 2 3 4 5 6 99 1 2 3 4 5 6", "1 2 3 4 5 6", &runs);
  assert_int_equal(twice.mine, 12);
  assert_int_equal(twice.theirs, 6);
}

static void boilerplate_is_counted_apart(void **state) {
  (void)state;
  uint32_t room[] = {1, 2, 3, 4, 5, 6, 7, 8};
  unsigned char marks[] = {0, 0, 0, 0, 0, 1, 1, 1};
  wt_words_of marked = {room, marks, 8}, plain = {room, NULL, 8};
  wt_tiler tiler = {0};
  wt_overlap overlap;
  assert_true(wt_tiler_set(&tiler, marked));
  assert_true(wt_tiler_run(&overlap, &tiler, plain));
  assert_true(overlap.mine == 8 && overlap.mine_own == 5 && overlap.theirs_own == 8 && overlap.longest_own == 5);
  wt_tiler_release(&tiler);
}

/* One word over and over, and a period of six: chains are bounded. */
static void repetition_takes_no_quadratic_time(void **state) {
  (void)state;
  enum { COUNT = 200000 };
  uint32_t *a = calloc(COUNT, sizeof *a), *b = calloc(COUNT, sizeof *b);
  for (uint32_t i = 0; i < COUNT; i++) {
    a[i] = i % 6;
    b[i] = i % 7 == 0 ? i : i % 6;
  }
  wt_tiler tiler = {0};
  wt_overlap overlap;
  assert_true(wt_tiler_set(&tiler, (wt_words_of){a, NULL, COUNT}));
  assert_true(wt_tiler_run(&overlap, &tiler, (wt_words_of){b, NULL, COUNT}));
  wt_tiler_release(&tiler);
  free(a);
  free(b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(runs_are_found_wherever_they_stand),
      cmocka_unit_test(words_between_two_runs_count),
      cmocka_unit_test(a_passage_that_stands_twice_is_covered_twice),
      cmocka_unit_test(boilerplate_is_counted_apart),
      cmocka_unit_test(repetition_takes_no_quadratic_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
