/* Growing, and failing on purpose. */
#include "support/check.h"

static void grows_by_doubling(void **state) {
  (void)state;
  int *items = NULL;
  size_t capacity = 0;
  for (int i = 0; i < 1000; i++) {
    assert_true(wt_grow(&items, &capacity, (size_t)i + 1, sizeof *items));
    items[i] = i;
  }
  for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
  assert_int_equal(capacity, 1024);
  wt_free(items);
}

static void refuses_what_overflows(void **state) {
  (void)state;
  int *items = NULL;
  size_t capacity = 0;
  assert_false(wt_grow(&items, &capacity, SIZE_MAX, sizeof *items));
  assert_false(wt_grow(&items, &capacity, SIZE_MAX / 2, sizeof *items));
  assert_null(items);
}

static void fails_when_told(void **state) {
  (void)state;
  wt_alloc_fail_after(1);
  void *first = wt_alloc(1);
  assert_non_null(first);
  assert_null(wt_alloc(1));
  assert_null(wt_alloc_zero(1, 1));
  assert_null(wt_resize(NULL, 1));
  wt_alloc_fail_after(-1);
  wt_free(first);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grows_by_doubling),
      cmocka_unit_test(refuses_what_overflows),
      cmocka_unit_test(fails_when_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
