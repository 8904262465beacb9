/* The spool: what was put is got back, also when it is read between two puts and no longer fits into memory. */
#include "support/track.h"

#include "track/add_inputs.h"

enum { PIECES = 136, PIECE = 1 << 20 };

static char piece[PIECE];

static wt_span bytes_of(unsigned number) {
  memset(piece, (int)number + 1, sizeof piece);
  return (wt_span){piece, sizeof piece};
}

static void put(track_inputs *inputs, track_input *items, unsigned number) {
  wt_error err;
  assert_ok(track_spool_put(inputs, &items[number], bytes_of(number), &err));
}

static void expect(track_inputs *inputs, const track_input *items, unsigned number) {
  wt_error err;
  wt_buf got = {0};
  assert_ok(track_spool_get(&got, inputs, &items[number], &err));
  assert_true(wt_span_equal(wt_buf_span(&got), bytes_of(number)));
  wt_buf_release(&got);
}

static void puts_and_gets_take_turns(void **state) {
  bench b;
  (void)state;
  bench_open(&b);
  track_inputs inputs = {.track = b.track};
  track_input *items = wt_alloc_zero(PIECES, sizeof *items);
  for (unsigned i = 0; i < PIECES; i++) {
    put(&inputs, items, i);
    if (i > 0) expect(&inputs, items, i / 2);
  }
  assert_non_null(inputs.spool);
  for (unsigned i = 0; i < PIECES; i++) expect(&inputs, items, i);
  wt_free(items);
  track_inputs_release(&inputs);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(puts_and_gets_take_turns)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
