/* A page through a command: its output, its failures, its limits. */
#include "support/check.h"
#include "wt/fetch.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static wt_status run(wt_buf *out, const char *command, const char *url, wt_error *err) {
  wt_fetch_options options = {.max_bytes = 1000, .timeout_ms = 400};
  return wt_fetch_command(out, command, url, &options, err);
}

static void gives_what_is_printed_and_the_url_as_an_argument(void **state) {
  (void)state;
  wt_error err;
  wt_buf out = {0};
  assert_ok(run(&out, "printf 'page of %s' \"$1\"", "https://a.example/?x=$(touch /tmp/no);'\"", &err));
  assert_buf(out, "page of https://a.example/?x=$(touch /tmp/no);'\"");
  wt_buf_release(&out);
}

static void tells_each_failure(void **state) {
  (void)state;
  static const struct {
    const char *command;
    wt_status status;
    const char *what;
  } cases[] = {
      {"exit 3", WT_EIO, "the fetch command ended with 3"},
      {"kill -9 $$", WT_EIO, "the fetch command was ended by signal 9"},
      {"no-such-command-at-all 2>/dev/null", WT_EIO, "the fetch command ended with 127"},
      {"sleep 30", WT_ELIMIT, "the fetch command took too long"},
      {"exec >&-; sleep 30", WT_ELIMIT, "the fetch command took too long"},
      {"kill -s PIPE $$", WT_EIO, "the fetch command was ended by signal 13"}, /* not deaf to it as we are */
      {"sleep 30 & sleep 30", WT_ELIMIT, "the fetch command took too long"},
      {"while :; do echo more; done", WT_ELIMIT, "the fetch command printed more than 1000 bytes"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_error err = {0};
    wt_buf out = {0};
    assert_int_equal(run(&out, cases[i].command, "https://a.example/", &err), cases[i].status);
    assert_string_equal(err.what, cases[i].what);
    wt_buf_release(&out);
  }
}

/* What a failed command left behind it is ended too; what a good one did is its own affair. */
static void what_it_started_ends_with_it(void **state) {
  (void)state;
  char dir[256], command[600], path[300];
  wt_error err;
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/pid", dir);
  snprintf(command, sizeof command, "sleep 60 >&- 2>&- & echo $! > '%s'; exit 3", path);
  wt_buf out = {0}, pid = {0};
  assert_int_equal(run(&out, command, "https://a.example/", &err), WT_EIO);
  assert_string_equal(err.what, "the fetch command ended with 3");
  assert_ok(wt_file_read(&pid, path, 100, &err));
  bool gone = false;
  for (int i = 0; i < 100 && !gone; i++) { /* its new parent has to hear of it */
    gone = kill((pid_t)atoi(pid.data), 0) != 0;
    usleep(20000);
  }
  if (!gone) kill((pid_t)atoi(pid.data), SIGKILL);
  assert_true(gone);
  wt_buf_release(&out);
  wt_buf_release(&pid);
  check_remove_dir(dir);
}

int main(void) {
  signal(SIGPIPE, SIG_IGN); /* as the program does */
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_what_is_printed_and_the_url_as_an_argument),
      cmocka_unit_test(tells_each_failure),
      cmocka_unit_test(what_it_started_ends_with_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
