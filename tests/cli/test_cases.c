/* The program as a user drives it. A folder fixtures/cli/CASE has `cmd`, run by sh in an empty folder, and what must come
   of it: expect.out, expect.err (none: nothing on standard error) and expect.code (none: 0). In `cmd` $wt is the program
   and $fixtures the fixtures; times are given, so that the answer is always the same. */
#include "support/check.h"

#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define CASES "fixtures/cli"

static const char *program(void) {
  const char *given = getenv("WT_PROGRAM");
  return given ? given : "build/writethru";
}

static void read_or_empty(wt_buf *out, const char *folder, const char *name) {
  char path[PATH_MAX];
  struct stat info;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  if (stat(path, &info) == 0) assert_int_equal(wt_file_read(out, path, 1 << 24, NULL), WT_OK);
}

static int run_case(const char *folder, const char *work) {
  char command[8 * PATH_MAX], here[PATH_MAX], exe[PATH_MAX];
  assert_non_null(realpath("fixtures", here));
  assert_non_null(realpath(program(), exe));
  snprintf(command, sizeof command,
           "cd '%s' && unset WRITETHRU_DIR COLUMNS NO_COLOR && wt='%s' fixtures='%s' LC_ALL=C TZ=UTC sh '%s/../%s/cmd' "
           ">.out 2>.err </dev/null",
           work, exe, here, here, folder);
  int status = system(command);
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static bool compare(const char *name, const char *what, const wt_buf *have, const wt_buf *want) {
  if (wt_span_equal(wt_buf_span(have), wt_buf_span(want))) return true;
  print_error("%s: %s\n---- have\n%s---- want\n%s----\n", name, what, have->data ? have->data : "",
              want->data ? want->data : "");
  return false;
}

static bool check_case(const char *name) {
  char folder[PATH_MAX], work[256];
  wt_buf out = {0}, trouble = {0}, want_out = {0}, want_err = {0}, want_code = {0};
  snprintf(folder, sizeof folder, CASES "/%s", name);
  check_temp_dir(work, sizeof work);
  int code = run_case(folder, work);
  read_or_empty(&out, work, ".out");
  read_or_empty(&trouble, work, ".err");
  read_or_empty(&want_out, folder, "expect.out");
  read_or_empty(&want_err, folder, "expect.err");
  read_or_empty(&want_code, folder, "expect.code");
  bool ok = compare(name, "standard output", &out, &want_out);
  ok = compare(name, "standard error", &trouble, &want_err) && ok;
  int want = want_code.len ? atoi(want_code.data) : 0;
  if (code != want) print_error("%s: exit %d, want %d\n", name, code, want);
  wt_buf *all[] = {&out, &trouble, &want_out, &want_err, &want_code};
  for (size_t i = 0; i < 5; i++) wt_buf_release(all[i]);
  check_remove_dir(work);
  return ok && code == want;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static void every_case(void **state) {
  (void)state;
  struct dirent **names;
  int count = scandir(CASES, &names, NULL, by_name), cases = 0, wrong = 0;
  assert_true(count >= 0);
  for (int i = 0; i < count; i++) {
    if (names[i]->d_name[0] != '.') {
      cases++;
      wrong += !check_case(names[i]->d_name);
    }
    free(names[i]);
  }
  free(names);
  assert_true(cases > 0);
  assert_int_equal(wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_case)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
