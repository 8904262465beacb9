/* Buffers: ceiling, sticky failure, code points. */
#include "support/check.h"

static void stays_a_c_string(void **state) {
  (void)state;
  wt_buf buf = {0};
  for (int i = 0; i < 3000; i++) {
    wt_buf_put_char(&buf, 'x');
    assert_int_equal(buf.data[buf.len], '\0');
  }
  wt_buf_clear(&buf);
  wt_buf_put_format(&buf, "%d/%s", 3, "four");
  assert_buf(buf, "3/four");
  wt_buf_release(&buf);
}

static void stops_at_its_ceiling_and_stays_stopped(void **state) {
  (void)state;
  wt_buf buf;
  wt_error err;
  wt_buf_init(&buf, 10);
  wt_buf_put_text(&buf, "0123456789");
  assert_int_equal(wt_buf_status(&buf, "b", &err), WT_OK);
  wt_buf_put_char(&buf, 'a');
  wt_buf_put_span(&buf, WT_SPAN(""));
  assert_int_equal(wt_buf_status(&buf, "b", &err), WT_ENOMEM);
  assert_string_equal(err.where, "b");
  assert_buf(buf, "0123456789");
  wt_buf_clear(&buf);
  wt_buf_put_text(&buf, "again");
  assert_int_equal(wt_buf_status(&buf, "b", &err), WT_OK);
  wt_buf_release(&buf);
}

static void says_when_memory_is_out(void **state) {
  (void)state;
  wt_buf buf = {0};
  wt_alloc_fail_after(0);
  wt_buf_put_text(&buf, "x");
  wt_buf_put_format(&buf, "%d", 1);
  wt_alloc_fail_after(-1);
  assert_true(buf.failed);
  wt_buf_release(&buf);
}

static void writes_code_points(void **state) {
  (void)state;
  wt_buf buf = {0};
  const uint32_t points[] = {'A', 0xE9, 0x20AC, 0x1F600, 0xD800, 0x110000};
  for (size_t i = 0; i < sizeof points / sizeof *points; i++) wt_buf_put_code_point(&buf, points[i]);
  assert_buf(buf, "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd");
  wt_buf_release(&buf);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stays_a_c_string),
      cmocka_unit_test(stops_at_its_ceiling_and_stays_stopped),
      cmocka_unit_test(says_when_memory_is_out),
      cmocka_unit_test(writes_code_points),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
