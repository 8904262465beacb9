/* A page through a command: its output, its failures, its limits. */
#include "support/check.h"
#include "wt/fetch.h"

#include <signal.h>

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

int main(void) {
  signal(SIGPIPE, SIG_IGN); /* as the program does */
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gives_what_is_printed_and_the_url_as_an_argument),
      cmocka_unit_test(tells_each_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
