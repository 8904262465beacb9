/* Sampling keeps the share it promises, sorting holds on any input, the same words give the same shingles. */
#include "support/check.h"

#include "fingerprint/shingles.h"

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static void assert_sorts(uint64_t *items, size_t count, uint64_t highest) {
  uint64_t *spare = calloc(count + 1, sizeof *spare), *wanted = calloc(count + 1, sizeof *wanted);
  memcpy(wanted, items, count * sizeof *items);
  qsort(wanted, count, sizeof *wanted, by_value);
  size_t unique = 0;
  for (size_t i = 0; i < count; i++)
    if (unique == 0 || wanted[unique - 1] != wanted[i]) wanted[unique++] = wanted[i];
  assert_int_equal(wt_sort_unique(items, count, highest, spare), unique);
  assert_memory_equal(items, wanted, unique * sizeof *items);
  free(spare);
  free(wanted);
}

static void any_input_is_sorted(void **state) {
  (void)state;
  uint64_t seed = 9, items[1000];
  for (int kind = 0; kind < 4; kind++)
    for (size_t count = 0; count <= 1000; count += count < 300 ? 1 : 100) {
      for (size_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        items[i] = kind == 0 ? seed >> 3 : kind == 1 ? seed >> 60 : kind == 2 ? i : count - i;
      }
      assert_sorts(items, count, UINT64_MAX >> 3);
    }
  uint64_t same[3] = {0, 0, 0};
  assert_sorts(same, 3, 0);
}

static void the_share_kept_is_one_in_s(void **state) {
  (void)state;
  enum { COUNT = 100000 };
  uint64_t *tokens = calloc(COUNT, sizeof *tokens), *kept = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < COUNT; i++) tokens[i] = wt_hash64((wt_span){(const char *)&i, sizeof i}) & ~(uint64_t)WT_TOKEN_CLASS;
  assert_true(wt_shingles_of((wt_tokens){&kept, &count, &capacity}, tokens, COUNT, 8));
  assert_in_range(count, COUNT / 8 - 500, COUNT / 8 + 500);
  size_t all = count;
  assert_true(wt_shingles_of((wt_tokens){&kept, &count, &capacity}, tokens, COUNT, 64));
  assert_in_range(count, all / 8 - 200, all / 8 + 200);
  assert_true(wt_shingles_of((wt_tokens){&kept, &count, &capacity}, tokens, 4, 1)); /* fewer words than a shingle has */
  assert_int_equal(count, 0);
  free(tokens);
  wt_free(kept);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(any_input_is_sorted), cmocka_unit_test(the_share_kept_is_one_in_s)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
