/* Hooks and `log --follow`, as a user sets them up. */
#include "support/check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[256];

static const char *program(void) {
  const char *path = getenv("WT_PROGRAM");
  return path ? path : "build/writethru";
}

/* Runs a line of the shell with $W and $D set; gives what it printed on both streams. */
static int shell(wt_buf *out, const char *line) {
  char command[4096], chunk[4096];
  snprintf(command, sizeof command, "W='%s' D='%s'; exec 2>&1; %s", program(), dir, line);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  wt_buf_clear(out);
  for (size_t got; (got = fread(chunk, 1, sizeof chunk, pipe)) > 0;) wt_buf_put(out, chunk, got);
  int status = pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool has(const wt_buf *out, const char *text) {
  bool found = wt_span_find(wt_buf_span(out), wt_span_of(text)) < out->len;
  if (!found) print_error("no \"%s\" in: %s\n", text, out->data ? out->data : "");
  return found;
}

static void a_hook_gets_what_its_filters_let_through(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out, "$W init $D/a && git -C $D/a config hook.desk.command \"cat >> $D/told\" && "
              "git -C $D/a config hook.desk.class number && git -C $D/a config hook.desk.outlet northwire.example");
  assert_int_equal(shell(&out, "$W add -C $D/a --quiet fixtures/stories/captures.csv"), 0);
  assert_int_equal(shell(&out, "wc -l < $D/told; grep -c northwire $D/told; head -1 $D/told"), 0);
  assert_true(has(&out, "\"classes\":["));
  assert_true(has(&out, "\"story\":\"northwire.example/2024/03/04/ferry-runs-aground-off-skarholm.txt\""));
  shell(&out, "grep -vc number $D/told");
  assert_buf(out, "0\n");
  shell(&out, "$W add -C $D/a --quiet fixtures/stories/captures.csv; wc -l < $D/told > $D/after; $W log -C $D/a --json "
              "--all --class "
              "number --outlet northwire.example | grep -vc '\"quiet\":true' | diff - $D/after && echo same");
  assert_true(has(&out, "same"));
  check_remove_dir(dir);
  wt_buf_release(&out);
}

static void a_hook_that_fails_is_a_warning(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out, "$W init $D/a && git -C $D/a config hook.bad.command 'exit 3'");
  assert_int_equal(shell(&out, "$W add -C $D/a --at 2024-03-04 fixtures/stories/northwire/ferry/1.txt"), 0);
  assert_true(has(&out, "hook.bad: ended with 3"));
  assert_int_equal(shell(&out, "$W list -C $D/a"), 0);
  shell(&out, "git -C $D/a config hook.bad.command 'kill -s PIPE $$; echo deaf'; $W add -C $D/a --at 2024-03-05 "
              "fixtures/stories/northwire/ferry/3.txt");
  assert_true(has(&out, "hook.bad: ended with -1"));
  shell(&out, "git -C $D/a config hook.bad.class nonsense; $W add -C $D/a --at 2024-03-04 "
              "fixtures/stories/northwire/ferry/2.txt");
  assert_true(has(&out, "hook.bad: class names no class"));
  check_remove_dir(dir);
  wt_buf_release(&out);
}

/* A tracked file cannot name a command: what a clone brings along runs nothing. */
static void a_clone_runs_nothing(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out, "$W add -C $D/a --quiet --at 2024-03-04 fixtures/stories/northwire/ferry/1.txt && "
              "git -C $D/a config hook.desk.command \"touch $D/ran\" && git clone -q --bare $D/a $D/b && "
              "$W add -C $D/b --at 2024-03-05 fixtures/stories/northwire/ferry/2.txt; ls $D");
  assert_true(wt_span_find(wt_buf_span(&out), WT_SPAN("ran\n")) == out.len);
  check_remove_dir(dir);
  wt_buf_release(&out);
}

/* A hook that neither reads nor ends, and one that prints: the others are told, our own output stays ours. */
static void a_hook_that_hangs_is_ended_with_us(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out, "$W init $D/a && git -C $D/a config hook.a.command 'exec sleep 60' && "
              "git -C $D/a config hook.b.command \"cat >> $D/told; echo printed\"");
  shell(&out,
        "$W add -C $D/a --json --at 2024-03-04 fixtures/stories/northwire/ferry/1.txt > $D/out 2> $D/err & pid=$!; "
        "for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2; pgrep -f -x 'sleep 60' > /dev/null && break; done; "
        "begin=$(date +%s%N); kill -INT $pid; wait $pid; echo $((($(date +%s%N) - begin) / 1000000000)); "
        "cat $D/err; grep -c schema $D/out; grep -c printed $D/out");
  assert_true(wt_span_starts(wt_buf_span(&out), WT_SPAN("0\n")) || wt_span_starts(wt_buf_span(&out), WT_SPAN("1\n")));
  assert_true(has(&out, "hook.a: was ended after"));
  assert_true(has(&out, "printed")); /* on standard error */
  assert_true(has(&out, "\n1\n0\n"));
  check_remove_dir(dir);
  wt_buf_release(&out);
}

/* What one process was killed before telling another tells, and nobody tells twice. */
static void each_revision_is_told_once(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out, "$W init $D/a && git -C $D/a config hook.desk.command \"cat >> $D/told\"");
  shell(
      &out,
      "$W add -C $D/a --story ferry --at 2024-03-04 fixtures/stories/northwire/ferry/1.txt; "
      "mv $D/a/config $D/config; git init -q --bare $D/b; cp $D/b/config $D/a/config; "
      "git -C $D/a config hook.desk.command 'kill -9 $PPID; sleep 1'; "
      "$W add -C $D/a --story ferry --at 2024-03-05 fixtures/stories/northwire/ferry/2.txt; mv $D/config $D/a/config; "
      "$W add -C $D/a --story ferry --at 2024-03-06 fixtures/stories/northwire/ferry/3.txt; "
      "$W add -C $D/a --story ferry --at 2024-03-06 fixtures/stories/northwire/ferry/3.txt");
  shell(&out, "grep -o '\"revision\":[0-9]*' $D/told | tr '\\n' ' '");
  assert_buf(out, "\"revision\":1 \"revision\":2 \"revision\":3 ");
  shell(&out, "git -C $D/a config --unset hook.desk.command; "
              "$W add -C $D/a --story ferry --at 2024-03-07 fixtures/stories/northwire/ferry/1.txt; "
              "git -C $D/a config hook.desk.command \"cat >> $D/told\"; "
              "$W add -C $D/a --story ferry --at 2024-03-08 fixtures/stories/northwire/ferry/2.txt; wc -l < $D/told");
  assert_true(has(&out, "\n4\n")); /* what came while there was no hook is not told */
  check_remove_dir(dir);
  wt_buf_release(&out);
}

/* What was told is forgotten when no hook is left, in the file that others have open, once they are done with it. */
static void forgetting_waits_and_keeps_the_file(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out, "$W init $D/a && git -C $D/a config hook.x.command 'cat >/dev/null' && "
              "$W add -C $D/a --quiet --at 2024-03-04 fixtures/stories/northwire/ferry/1.txt && "
              "git -C $D/a config --unset hook.x.command && stat -c %i $D/a/writethru/told > $D/inode");
  assert_int_equal(shell(&out, "wc -c < $D/a/writethru/told"), 0);
  assert_buf(out, "41\n");
  shell(&out,
        "flock $D/a/writethru/told sh -c \"touch $D/held; sleep 0.5; wc -c < $D/a/writethru/told > $D/while\" & "
        "while [ ! -e $D/held ]; do sleep 0.02; done; "
        "$W add -C $D/a --quiet --at 2024-03-05 fixtures/stories/northwire/ferry/2.txt >$D/said; wait; cat $D/while; "
        "wc -c < $D/a/writethru/told; stat -c %i $D/a/writethru/told | diff - $D/inode && echo same");
  assert_buf(out, "41\n0\nsame\n");
  check_remove_dir(dir);
  wt_buf_release(&out);
}

static void follow_tells_what_another_process_adds(void **state) {
  (void)state;
  wt_buf out = {0};
  check_temp_dir(dir, sizeof dir);
  shell(&out,
        "$W add -C $D/a --quiet --url https://n.example/ferry --at 2024-03-04 fixtures/stories/northwire/ferry/1.txt; "
        "$W log --follow -C $D/a --json > $D/told & pid=$!; sleep 1; "
        "$W add -C $D/a --url https://n.example/ferry --at 2024-03-05 fixtures/stories/northwire/ferry/2.txt > "
        "/dev/null; "
        "for i in 1 2 3 4 5 6 7 8; do [ -s $D/told ] && break; sleep 0.5; done; "
        "kill -INT $pid; wait $pid; echo ended $?; cat $D/told");
  assert_true(has(&out, "ended 0"));
  assert_true(has(&out, "\"revision\":2"));
  check_remove_dir(dir);
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_hook_gets_what_its_filters_let_through),
      cmocka_unit_test(a_hook_that_fails_is_a_warning),
      cmocka_unit_test(a_clone_runs_nothing),
      cmocka_unit_test(a_hook_that_hangs_is_ended_with_us),
      cmocka_unit_test(each_revision_is_told_once),
      cmocka_unit_test(forgetting_waits_and_keeps_the_file),
      cmocka_unit_test(follow_tells_what_another_process_adds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
