/* Files: whole in, whole out, and clear when not. */
#include "support/check.h"

#include <sys/stat.h>
#include <unistd.h>

static void writes_and_reads(void **state) {
  (void)state;
  wt_error err;
  char dir[256], path[300];
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/a/b/c", dir);
  assert_ok(wt_dir_make(path, &err));
  assert_ok(wt_dir_make(path, &err));
  snprintf(path, sizeof path, "%s/a/story.txt", dir);
  assert_ok(wt_file_write(path, WT_SPAN("one"), &err));
  assert_ok(wt_file_write(path, WT_SPAN("two"), &err));
  wt_buf buf = {0};
  assert_ok(wt_file_read(&buf, path, 3, &err));
  assert_buf(buf, "two");
  wt_buf_clear(&buf);
  assert_int_equal(wt_file_read(&buf, path, 2, &err), WT_ELIMIT);
  wt_buf_release(&buf);
  check_remove_dir(dir);
}

static void says_what_is_wrong(void **state) {
  (void)state;
  wt_error err;
  wt_buf buf = {0};
  assert_int_equal(wt_file_read(&buf, "/nowhere/at/all", 10, &err), WT_ENOTFOUND);
  assert_string_equal(err.where, "/nowhere/at/all");
  assert_int_equal(wt_file_read(&buf, "/", 10, &err), WT_EINVAL);
  assert_string_equal(err.what, "is a directory");
  assert_int_equal(wt_file_write("/proc/none/x", WT_SPAN("x"), &err), WT_ENOTFOUND);
  assert_int_equal(wt_dir_make("/dev/null/x", &err), WT_ENOTFOUND);
  wt_buf_release(&buf);
}

/* A buffer that holds what may be read, and the byte that would be too many, is room enough for any file. */
static void asks_for_no_more_room_than_it_needs(void **state) {
  (void)state;
  enum { MOST = 1000 };
  char dir[256], path[300], bytes[MOST + 1];
  wt_error err;
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/file", dir);
  memset(bytes, 'x', sizeof bytes);
  for (size_t len = MOST - 2; len <= MOST + 1; len++) {
    wt_buf buf;
    wt_buf_init(&buf, MOST + 1);
    assert_ok(wt_file_write(path, (wt_span){bytes, len}, &err));
    assert_int_equal(wt_file_read(&buf, path, MOST, &err), len > MOST ? WT_ELIMIT : WT_OK);
    if (len <= MOST) assert_int_equal(buf.len, len);
    wt_buf_release(&buf);
  }
  check_remove_dir(dir);
}

static void does_not_wait_on_a_pipe_that_nobody_writes(void **state) {
  (void)state;
  wt_error err;
  char dir[256], path[300];
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/pipe", dir);
  assert_int_equal(mkfifo(path, 0600), 0);
  wt_buf buf = {0};
  assert_ok(wt_file_read(&buf, path, 10, &err));
  assert_int_equal(buf.len, 0);
  wt_buf_release(&buf);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(writes_and_reads),
      cmocka_unit_test(says_what_is_wrong),
      cmocka_unit_test(asks_for_no_more_room_than_it_needs),
      cmocka_unit_test(does_not_wait_on_a_pipe_that_nobody_writes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
