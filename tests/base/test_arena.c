/* The arena: alignment, ceiling, large pieces. */
#include "support/check.h"

static void aligns_and_keeps_apart(void **state) {
  (void)state;
  wt_arena arena = {0};
  unsigned char *last = NULL;
  for (size_t i = 0; i < 5000; i++) {
    unsigned char *piece = wt_arena_alloc(&arena, i % 97);
    assert_non_null(piece);
    assert_int_equal((uintptr_t)piece % 16, 0);
    memset(piece, (int)(i & 255), i % 97);
    if (last && i % 97 > 1) assert_int_equal(last[0], (i - 1) & 255);
    last = i % 97 ? piece : NULL;
  }
  wt_arena_release(&arena);
  assert_int_equal(arena.used, 0);
}

static void zeroes_arrays_and_refuses_overflow(void **state) {
  (void)state;
  wt_arena arena = {0};
  int *numbers = wt_arena_array(&arena, 100, sizeof *numbers);
  for (int i = 0; i < 100; i++) assert_int_equal(numbers[i], 0);
  assert_null(wt_arena_array(&arena, SIZE_MAX / 2, 4));
  assert_null(wt_arena_alloc(&arena, SIZE_MAX - 3));
  wt_arena_release(&arena);
}

static void stops_at_its_ceiling(void **state) {
  (void)state;
  wt_arena arena;
  wt_arena_init(&arena, 100000);
  size_t given = 0;
  while (wt_arena_alloc(&arena, 1000)) given += 1000;
  assert_true(given > 80000 && given <= 100000);
  assert_true(arena.used <= 100000);
  wt_arena_release(&arena);
}

static void keeps_spans_with_a_nul(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_span kept = wt_span_keep(&arena, WT_SPAN("headline"));
  assert_string_equal(kept.data, "headline");
  wt_span empty = wt_span_keep(&arena, (wt_span){NULL, 0});
  assert_string_equal(empty.data, "");
  wt_arena_release(&arena);
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_alloc_fail_after(0);
  assert_null(wt_arena_alloc(&arena, 1));
  assert_null(wt_span_keep(&arena, WT_SPAN("x")).data);
  wt_alloc_fail_after(-1);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(aligns_and_keeps_apart),         cmocka_unit_test(zeroes_arrays_and_refuses_overflow),
      cmocka_unit_test(stops_at_its_ceiling),           cmocka_unit_test(keeps_spans_with_a_nul),
      cmocka_unit_test(says_when_memory_is_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
