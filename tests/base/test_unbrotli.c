/* Brotli in: whole, cut, broken, and more than the ceiling. The streams are those of the brotli program. */
#include "support/check.h"

static const unsigned char packed[] = {
    0x1f, 0x42, 0x00, 0x00, 0x04, 0xca, 0x6d, 0xa9, 0x5e, 0xae, 0xdb, 0x98, 0x60, 0x90, 0x07, 0xf7, 0x06, 0x61, 0x03,
    0x0e, 0x5c, 0xa2, 0x65, 0xf2, 0x7d, 0x5f, 0x7d, 0xd8, 0x18, 0x3b, 0x53, 0x30, 0xc7, 0xaa, 0x82, 0xb1, 0xee, 0xa7,
    0x8d, 0x60, 0x4c, 0xba, 0x4b, 0x36, 0xf5, 0xcc, 0xe8, 0xb4, 0xf0, 0xf2, 0x27, 0x95, 0x95, 0x81, 0x16, 0xdb};

/* 5,000,000 zeros. */
static const unsigned char bomb[] = {0x9f, 0x3f, 0x4b, 0x4c, 0x00, 0x24, 0x00,
                                     0xe2, 0xb1, 0x40, 0xf2, 0x85, 0x98, 0x00};

static wt_span span_of(const unsigned char *bytes, size_t len) {
  return (wt_span){(const char *)bytes, len};
}

static void reads_a_stream(void **state) {
  (void)state;
  wt_error err;
  wt_buf plain = {0};
  wt_buf_put_text(&plain, "before: ");
  assert_ok(wt_unbrotli(&plain, span_of(packed, sizeof packed), 100, &err));
  assert_buf(plain, "before: a story that is long enough to be cut somewhere in the middle of it");
  wt_buf_release(&plain);
}

static void stops_a_bomb_at_its_ceiling(void **state) {
  (void)state;
  wt_error err;
  wt_buf plain = {0};
  assert_int_equal(wt_unbrotli(&plain, span_of(bomb, sizeof bomb), 1000000, &err), WT_ELIMIT);
  assert_true(plain.len < 1200000);
  wt_buf_release(&plain);
}

static void names_the_byte_of_a_fault(void **state) {
  (void)state;
  wt_error err;
  for (size_t len = 0; len < sizeof packed; len++) {
    wt_buf plain = {0};
    assert_int_equal(wt_unbrotli(&plain, span_of(packed, len), 1000, &err), WT_EFORMAT);
    assert_int_equal(err.byte, (int64_t)len);
    wt_buf_release(&plain);
  }
  wt_buf plain = {0};
  assert_int_equal(wt_unbrotli(&plain, WT_SPAN("<html>"), 1000, &err), WT_EFORMAT);
  wt_buf_release(&plain);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(reads_a_stream), cmocka_unit_test(stops_a_bomb_at_its_ceiling),
                                     cmocka_unit_test(names_the_byte_of_a_fault)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
