/* On a terminal: colour, the window's width, the pager, progress; and none of them where none is wanted. */
#include "support/program.h"
#include "wt/report.h"

#include <errno.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

/* Runs a shell line on a terminal of so many columns; appends all that came to it. Gives the exit code. */
static int on_terminal(wt_buf *out, unsigned short columns, const char *line) {
  char chunk[4096], command[2048];
  int terminal, how;
  struct winsize size = {.ws_row = 50, .ws_col = columns};
  pid_t pid = forkpty(&terminal, NULL, NULL, &size);
  assert_true(pid >= 0);
  if (pid == 0) {
    snprintf(command, sizeof command, "unset NO_COLOR COLUMNS; export TERM=xterm; W='%s'; %s", program_path(), line);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(9);
  }
  for (ssize_t got; (got = read(terminal, chunk, sizeof chunk)) > 0 || (got < 0 && errno == EINTR);)
    if (got > 0) wt_buf_put(out, chunk, (size_t)got);
  close(terminal);
  assert_int_equal(waitpid(pid, &how, 0), pid);
  return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static char dir[256];

static int setup(void **state) {
  char command[600];
  wt_buf out = {0};
  (void)state;
  check_temp_dir(dir, sizeof dir);
  snprintf(command, sizeof command, "$W -C '%s/a' add -q fixtures/stories/captures.csv", dir);
  int code = program_run(&out, command);
  snprintf(command, sizeof command, "%s/a", dir);
  setenv("WRITETHRU_DIR", command, 1);
  wt_buf_release(&out);
  return code;
}

static int teardown(void **state) {
  (void)state;
  check_remove_dir(dir);
  return 0;
}

static bool has(const wt_buf *out, const char *text) {
  return out->data != NULL && strstr(out->data, text) != NULL;
}

static void a_terminal_has_colour_and_its_own_width(void **state) {
  (void)state;
  wt_buf narrow = {0}, wide = {0}, plain = {0};
  assert_int_equal(on_terminal(&narrow, 80, "PAGER=cat $W diff council-backs@3 council-backs@4"), 1);
  assert_true(has(&narrow, "\033["));
  assert_int_equal(on_terminal(&wide, 160, "PAGER= $W diff council-backs@3 council-backs@4"), 1);
  assert_true(wide.len != narrow.len);
  assert_int_equal(on_terminal(&plain, 80, "PAGER=cat NO_COLOR=1 $W diff council-backs@3 council-backs@4"), 1);
  assert_false(has(&plain, "\033["));
  wt_buf_clear(&plain);
  assert_int_equal(on_terminal(&plain, 80, "PAGER=cat TERM=dumb $W list"), 0);
  assert_false(has(&plain, "\033["));
  wt_buf_clear(&plain);
  assert_int_equal(on_terminal(&plain, 80, "$W list --color never --no-pager"), 0);
  assert_false(has(&plain, "\033["));
  wt_buf_clear(&plain);
  assert_int_equal(on_terminal(&plain, 80, "$W list --json"), 0);
  assert_false(has(&plain, "\033["));
  wt_buf_release(&narrow);
  wt_buf_release(&wide);
  wt_buf_release(&plain);
}

static void a_pager_gets_what_is_long(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(on_terminal(&out, 80, "PAGER='sed s/^/PAGED:/' $W log --all"), 0);
  assert_true(has(&out, "PAGED:"));
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "PAGER='head -1' $W log --all --words"), 0); /* it has seen enough */
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "PAGER='no-such-pager -x' $W list"), 0);
  assert_true(has(&out, "no-such-pager -x: not found")); /* and what there is to read is read all the same */
  assert_true(has(&out, "council-backs-new-quay"));
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "PAGER='sed s/^/PAGED:/' $W diff council-backs@3 council-backs@4"), 1);
  assert_false(has(&out, "PAGED:")); /* the window holds it */
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "LINES=8 PAGER='sed s/^/PAGED:/' $W diff council-backs@3 council-backs@4"), 1);
  assert_true(has(&out, "PAGED:"));
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "PAGER='sed s/^/PAGED:/' $W list nothing-by-this-name"), 1);
  static const char *const silent[] = {"true", "false", "sleep .1", "kill -9 $$"}; /* they end and have read nothing */
  for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
    char line[200];
    wt_buf_clear(&out);
    snprintf(line, sizeof line, "PAGER='%s' $W log --all --words", silent[i]);
    assert_int_equal(on_terminal(&out, 80, line), 0);
    assert_true(has(&out, "council-backs-new-quay"));
  }
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "seq 40000 >\"$WRITETHRU_DIR.old\"; seq 2 40001 >\"$WRITETHRU_DIR.new\"; "
                                         "PAGER=true $W diff --all --sentences \"$WRITETHRU_DIR.old\" \"$WRITETHRU_DIR.new\""), 1);
  assert_true(has(&out, "40000")); /* more than a pipe holds */
  wt_buf_release(&out);
}

static void long_work_shows_progress_and_cleans_up(void **state) {
  (void)state;
  wt_buf out = {0};
  char line[700];
  snprintf(line, sizeof line,
           "$W -C '%s/b' add -q fixtures/stories/captures.csv >/dev/null; $W reindex; $W verify; $W report -o '%s/s'", dir, dir);
  assert_int_equal(on_terminal(&out, 80, line), 0);
  /* how often it was drawn depends on the machine; what was drawn is taken away again */
  const char *last = NULL;
  for (const char *at = out.data; (at = strstr(at, "\033[K")) != NULL; at += 3) last = at;
  if (last != NULL) assert_null(strstr(last, " of "));
  wt_buf_release(&out);
}

static void trouble_stays_off_standard_output(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(program_run(&out, "$W show nothing-by-this-name 2>/dev/null"), 2);
  assert_int_equal(out.len, 0);
  assert_int_equal(program_run(&out, "$W list >/dev/full 2>&1"), 2); /* what cannot be written is trouble */
  assert_int_equal(program_run(&out, "$W log --all --json | head -1 >/dev/null; exit 0"), 0);
  assert_int_equal(
      program_run(
          &out,
          "printf 'a\\033[31mb' >\"$WRITETHRU_DIR.x\"; $W extract \"$WRITETHRU_DIR.x\" $(printf 'no\\033[31m') 2>&1"),
      2);
  assert_false(has(&out, "\033["));
  wt_buf_release(&out);
}

/* Does the last word begin so far to the left that breaking would not help? A story's name and an address are never broken. */
static bool is_whole(wt_span line) {
  size_t at = line.len;
  while (at > 0 && line.data[at - 1] != ' ') at--;
  return at <= 12;
}

/* Columns of the widest line of what came to a terminal. */
static size_t widest(const wt_buf *out) {
  size_t most = 0;
  wt_buf line = {0};
  for (size_t i = 0; i < out->len; i++) {
    if (out->data[i] == '\033') {
      while (i + 1 < out->len && !strchr("mK", out->data[i])) i++;
    } else if (out->data[i] == '\n') {
      size_t columns = wt_term_columns(wt_buf_span(&line));
      if (columns > most && !is_whole(wt_buf_span(&line))) most = columns;
      wt_buf_clear(&line);
    } else if (out->data[i] == '\r') {
      if (i + 1 < out->len && out->data[i + 1] != '\n') wt_buf_clear(&line);
    } else
      wt_buf_put_char(&line, out->data[i]);
  }
  wt_buf_release(&line);
  return most;
}

static void a_line_fits_its_window(void **state) {
  (void)state;
  static const char *const commands[] = {
      "$W -C \"$WRITETHRU_DIR.n\" add fixtures/stories/captures.csv fixtures/stories/northwire",
      "$W list",
      "$W log ferry-runs",
      "$W log -a --words",
      "$W log --findings",
      "$W log --sightings",
      "$W blame ferry-runs",
      "$W blame ferry-runs --color never",
      "$W headlines",
      "$W headlines council-backs",
      "$W search 'coast guard'",
      "$W copies",
      "$W copies ferry-runs",
      "$W copies vaccine-trial --stale",
      "$W show vaccine-trial"};
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
    wt_buf out = {0};
    char line[300];
    snprintf(line, sizeof line, "PAGER=cat; export PAGER; %s", commands[i]);
    assert_int_equal(on_terminal(&out, 80, line), 0);
    if (widest(&out) > 80) print_error("%s\n%s", commands[i], out.data);
    assert_in_range(widest(&out), 20, 80);
    wt_buf_release(&out);
  }
}

static void quiet_revisions_are_counted(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(on_terminal(&out, 80, "PAGER=cat $W log ferry-runs --color never"), 0);
  assert_true(has(&out, "1 more, see -a"));
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "PAGER=cat $W log ferry-runs --class typography"), 1);
  assert_true(has(&out, "nothing found; 1 more, see -a"));
  wt_buf_clear(&out);
  assert_int_equal(on_terminal(&out, 80, "PAGER=cat $W log ferry-runs -a; PAGER=cat $W log ferry-runs --limit 1"), 0);
  assert_false(has(&out, "see -a"));
  wt_buf_release(&out);
}

static void nothing_found_is_said_without_a_pager(void **state) {
  (void)state;
  static const char *const commands[] = {"search zzz",
                                         "list nosuch",
                                         "list --quarantined",
                                         "log --outlet nosuch",
                                         "log --findings --since 2030-01-01",
                                         "copies council-backs --stale",
                                         "log --sightings --since 2030-01-01"};
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
    wt_buf out = {0};
    char line[300];
    snprintf(line, sizeof line, "PAGER='echo PAGED; cat' $W %s", commands[i]);
    assert_int_equal(on_terminal(&out, 80, line), 1);
    assert_true(has(&out, "writethru: n"));
    assert_false(has(&out, "PAGED"));
    wt_buf_release(&out);
  }
  wt_buf out = {0};
  assert_int_equal(on_terminal(&out, 80, "$W watch --list"), 0);
  assert_true(has(&out, "nothing is watched"));
  wt_buf_clear(&out);
  assert_int_equal(program_run(&out, "$W search zzz 2>&1"), 1); /* a script has its exit code */
  assert_int_equal(out.len, 0);
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_line_fits_its_window),
                                     cmocka_unit_test(quiet_revisions_are_counted),
                                     cmocka_unit_test(nothing_found_is_said_without_a_pager),

                                     cmocka_unit_test(a_terminal_has_colour_and_its_own_width),
                                     cmocka_unit_test(a_pager_gets_what_is_long),
                                     cmocka_unit_test(long_work_shows_progress_and_cleans_up),
                                     cmocka_unit_test(trouble_stays_off_standard_output)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
