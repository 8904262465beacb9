/* Deltas: what is made of the old and the delta is the new, whatever the bytes. */
#include "made.h"

#include "archive/delta.h"

static size_t read_size(wt_span *rest) {
  size_t size = 0;
  for (unsigned shift = 0;; shift += 7) {
    unsigned char byte = (unsigned char)rest->data[0];
    *rest = wt_span_sub(*rest, 1, rest->len);
    size |= (size_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80)) return size;
  }
}

/* gitformat-pack, "Deltified representation", from the reader's side. */
static void apply(wt_buf *out, wt_span old, wt_span delta) {
  assert_int_equal(read_size(&delta), old.len);
  size_t size = read_size(&delta);
  while (delta.len) {
    unsigned char op = (unsigned char)delta.data[0];
    delta = wt_span_sub(delta, 1, delta.len);
    if (op & 0x80) {
      size_t offset = 0, len = 0;
      for (unsigned i = 0; i < 7; i++) {
        if (!(op >> i & 1)) continue;
        size_t byte = (unsigned char)delta.data[0];
        delta = wt_span_sub(delta, 1, delta.len);
        if (i < 4)
          offset |= byte << 8 * i;
        else
          len |= byte << 8 * (i - 4);
      }
      if (len == 0) len = 0x10000;
      assert_true(offset + len <= old.len);
      wt_buf_put(out, old.data + offset, len);
    } else {
      assert_true(op > 0 && op <= delta.len);
      wt_buf_put(out, delta.data, op);
      delta = wt_span_sub(delta, op, delta.len);
    }
  }
  assert_int_equal(out->len, size);
}

static size_t round_trip(wt_span old, wt_span new) {
  wt_buf delta = {0}, again = {0};
  bool made = wt_delta_make(&delta, old, new, new.len + new.len / 64 + 64);
  size_t size = made ? delta.len : SIZE_MAX;
  if (made) {
    apply(&again, old, wt_buf_span(&delta));
    assert_true(wt_span_equal(wt_buf_span(&again), new));
  } else {
    assert_int_equal(delta.len, 0);
  }
  wt_buf_release(&delta);
  wt_buf_release(&again);
  return size;
}

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void any_bytes_come_back(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (unsigned round = 0; round < 3000; round++) {
    wt_buf old = {0}, new = {0};
    unsigned letters = 1 + (unsigned)(next_random(&seed) % 5);
    size_t len = next_random(&seed) % 400;
    for (size_t i = 0; i < len; i++) wt_buf_put_char(&old, (char)('a' + next_random(&seed) % letters));
    for (unsigned piece = 0; piece < next_random(&seed) % 8; piece++) {
      size_t from = len ? next_random(&seed) % len : 0, most = next_random(&seed) % 100;
      if (next_random(&seed) % 2)
        wt_buf_put_span(&new, wt_span_sub(wt_buf_span(&old), from, from + most));
      else
        for (size_t i = 0; i < most; i++) wt_buf_put_char(&new, (char)next_random(&seed));
    }
    round_trip(wt_buf_span(&old), wt_buf_span(&new));
    wt_buf_release(&old);
    wt_buf_release(&new);
  }
}

static void a_large_text_with_small_edits_is_small(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0};
  uint64_t seed = 7;
  for (unsigned i = 0; i < 60000; i++)
    wt_buf_put_format(&old, "%llx ", (unsigned long long)(next_random(&seed) % 99999));
  wt_buf_put_span(&new, wt_buf_span(&old));
  for (unsigned i = 1; i < 10; i++) new.data[i * 30000] = '!';
  assert_true(round_trip(wt_buf_span(&old), wt_buf_span(&new)) < 300); /* runs of more than 64 kB among them */
  wt_buf_release(&old);
  wt_buf_release(&new);
}

static void an_unlike_text_is_given_up(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0}, delta = {0};
  uint64_t seed = 9;
  for (unsigned i = 0; i < 5000; i++) {
    wt_buf_put_char(&old, (char)next_random(&seed));
    wt_buf_put_char(&new, (char)next_random(&seed));
  }
  assert_false(wt_delta_make(&delta, wt_buf_span(&old), wt_buf_span(&new), 2500));
  assert_int_equal(delta.len, 0);
  wt_buf_release(&old);
  wt_buf_release(&new);
  wt_buf_release(&delta);
}

static void one_block_over_and_over_takes_no_square(void **state) {
  (void)state;
  wt_buf old = {0}, new = {0};
  for (unsigned i = 0; i < 3000000; i++) wt_buf_put_char(&old, 'a');
  for (unsigned i = 0; i < 3000000; i++) wt_buf_put_char(&new, i % 1000 ? 'a' : 'b');
  round_trip(wt_buf_span(&old), wt_buf_span(&new));
  wt_buf_release(&old);
  wt_buf_release(&new);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(any_bytes_come_back),
      cmocka_unit_test(a_large_text_with_small_edits_is_small),
      cmocka_unit_test(an_unlike_text_is_given_up),
      cmocka_unit_test(one_block_over_and_over_takes_no_square),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
