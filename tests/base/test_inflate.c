/* gzip in and out: members, ceilings, cuts. */
#include "support/check.h"

static void gzip_text(wt_buf *out, const char *text) {
  wt_error err;
  assert_ok(wt_gzip(out, wt_span_of(text), &err));
}

static void reads_all_members(void **state) {
  (void)state;
  wt_error err;
  wt_buf packed = {0}, plain = {0};
  gzip_text(&packed, "first ");
  size_t first = packed.len, used;
  gzip_text(&packed, "second");
  assert_true(wt_gzip_is(wt_buf_span(&packed)));
  assert_ok(wt_gunzip(&plain, wt_buf_span(&packed), 100, &err));
  assert_buf(plain, "first second");
  wt_buf_clear(&plain);
  assert_ok(wt_gunzip_member(&plain, &used, wt_buf_span(&packed), 100, &err));
  assert_buf(plain, "first ");
  assert_int_equal(used, first);
  wt_buf_release(&packed);
  wt_buf_release(&plain);
}

static void stops_a_bomb_at_its_ceiling(void **state) {
  (void)state;
  wt_error err;
  wt_buf zeros = {0}, packed = {0}, plain = {0};
  assert_true(wt_buf_reserve(&zeros, 5000000));
  memset(zeros.data, 0, 5000000);
  zeros.len = 5000000;
  assert_ok(wt_gzip(&packed, wt_buf_span(&zeros), &err));
  assert_int_equal(wt_gunzip(&plain, wt_buf_span(&packed), 1000000, &err), WT_ELIMIT);
  assert_true(plain.len < 1200000);
  wt_buf_release(&zeros);
  wt_buf_release(&packed);
  wt_buf_release(&plain);
}

static void names_the_byte_of_a_fault(void **state) {
  (void)state;
  wt_error err;
  wt_buf packed = {0}, plain = {0};
  gzip_text(&packed, "a story that is long enough to be cut somewhere in the middle of it");
  wt_span cut = wt_span_sub(wt_buf_span(&packed), 0, packed.len - 12);
  assert_int_equal(wt_gunzip(&plain, cut, 1000, &err), WT_EFORMAT);
  assert_int_equal(err.byte, (int64_t)cut.len);
  packed.data[15] ^= 0x55;
  wt_buf_clear(&plain);
  assert_int_equal(wt_gunzip(&plain, wt_buf_span(&packed), 1000, &err), WT_EFORMAT);
  assert_true(err.byte >= 10);
  wt_buf_release(&packed);
  wt_buf_release(&plain);
}

static void is_the_same_every_time(void **state) {
  (void)state;
  wt_buf a = {0}, b = {0};
  gzip_text(&a, "same");
  gzip_text(&b, "same");
  assert_true(wt_span_equal(wt_buf_span(&a), wt_buf_span(&b)));
  wt_buf_release(&a);
  wt_buf_release(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_all_members),
      cmocka_unit_test(stops_a_bomb_at_its_ceiling),
      cmocka_unit_test(names_the_byte_of_a_fault),
      cmocka_unit_test(is_the_same_every_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
