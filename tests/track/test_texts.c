/* Recent texts: the ceiling, the order of use, and what is pinned. */
#include "support/check.h"
#include "track/texts.h"

static void put(track_texts *texts, int64_t story, bool pinned) {
  wt_error err;
  track_text *entry = wt_alloc_zero(1, sizeof *entry);
  assert_non_null(entry);
  entry->story = story;
  entry->pinned = pinned;
  assert_non_null(wt_arena_alloc(&entry->arena, 1000));
  assert_ok(track_texts_put(texts, entry, &err));
}

static void the_least_used_goes(void **state) {
  (void)state;
  track_texts texts = {.limit = 100 * 4500};
  for (int64_t i = 1; i <= 1000; i++) {
    put(&texts, i, i == 2);
    assert_non_null(track_texts_get(&texts, 1));
    track_texts_trim(&texts);
  }
  assert_true(texts.bytes <= texts.limit);
  assert_non_null(track_texts_get(&texts, 1)); /* used all the time */
  assert_non_null(track_texts_get(&texts, 2)); /* pinned */
  assert_null(track_texts_get(&texts, 3));
  assert_non_null(track_texts_get(&texts, 1000));
  track_texts_unpin(&texts);
  put(&texts, 1000, false); /* takes the place of the one held */
  track_texts_forget(&texts, 1000);
  assert_null(track_texts_get(&texts, 1000));
  track_texts_drop(&texts);
  assert_null(track_texts_get(&texts, 1));
  assert_int_equal(texts.bytes, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_least_used_goes)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
