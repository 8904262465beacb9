/* What a new archive tells git about diffs, beside the tree. */
#include "support/check.h"

#include "wt/archive.h"

static void open_and_close(const char *dir) {
  wt_archive *archive;
  wt_error err = {0};
  wt_archive_options options = {.create = true, .bare = true};
  assert_ok(wt_archive_open(&archive, dir, &options, &err));
  wt_archive_close(archive);
}

static void an_archive_names_our_diff_once_and_keeps_what_others_wrote(void **state) {
  (void)state;
  char dir[256], path[512];
  wt_buf text = {0};
  wt_error err = {0};
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/info/attributes", dir);
  open_and_close(dir);
  assert_ok(wt_file_read(&text, path, 4096, &err));
  assert_buf(text, "*.txt diff=writethru\n");
  assert_ok(wt_file_write(path, WT_SPAN("*.md diff=markdown"), &err));
  open_and_close(dir); /* still empty, so it is set up again */
  wt_buf_clear(&text);
  assert_ok(wt_file_read(&text, path, 4096, &err));
  assert_true(wt_span_starts(wt_buf_span(&text), WT_SPAN("*.md diff=markdown")));
  snprintf(path, sizeof path, "git -C '%s' config diff.writethru.command >/dev/null", dir);
  assert_int_equal(system(path), 0);
  wt_buf_release(&text);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(an_archive_names_our_diff_once_and_keeps_what_others_wrote)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
