/* What bash, zsh and fish offer at Tab, each asked itself; a shell that is not here is passed over. */
#include "support/program.h"

static char dir[256];

/* After the line, Tab offers all of `wanted` (one a line) and nothing of `unwanted`. */
typedef struct question {
  const char *line, *wanted, *unwanted;
} question;

#define FERRY "northwire.example/2024/03/04/ferry-runs-aground-off-skarholm.txt\n"

static const question questions[] = {
    {"writethru re", "regroup\nreject\nreread\nreindex\nreport\n", "add\n"},
    {"writethru -C %s/archive lo", "log\n", "list\n"},
    {"writethru log --fi", "--findings\n", "--all\n"},
    {"writethru fingerprint --pa", "--parts\n", "--pairs\n"},
    {"writethru log -C %s/archive northwire", FERRY, "README.md\n"},
    {"writethru -C %s/archive show northwire", FERRY, "README.md\n"},
    {"writethru diff --color a", "always\nauto\n", "never\n"},
    {"writethru extract READ", "README.md\n", FERRY},
    {"writethru -C %s/archive search ", "", FERRY "README.md\n"},
};

static int set_up(void **state) {
  (void)state;
  wt_buf out = {0};
  char line[1024];
  check_temp_dir(dir, sizeof dir);
  snprintf(line, sizeof line,
           "cd '%s' && mkdir bin && ln -s \"$(realpath \"$OLDPWD/$W\" 2>/dev/null || realpath \"$W\")\" bin/writethru "
           "&& cd - "
           ">/dev/null && src/package/make-completions \"$W\" '%s' && $W -C '%s/archive' add -q "
           "fixtures/stories/captures.csv",
           dir, dir, dir);
  assert_int_equal(program_run(&out, line), 0);
  wt_buf_release(&out);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  check_remove_dir(dir);
  return 0;
}

static bool offers(const wt_buf *out, const char *candidate, size_t len) {
  for (const char *at = out->data ? out->data : "", *end; *at; at = *end ? end + 1 : end) {
    end = at + strcspn(at, "\n");
    if ((size_t)(end - at) == len && memcmp(at, candidate, len) == 0) return true;
  }
  return false;
}

static void check_lines(const wt_buf *out, const char *lines, bool there, const char *line) {
  for (; *lines; lines += strcspn(lines, "\n") + 1) {
    size_t len = strcspn(lines, "\n");
    if (offers(out, lines, len) != there)
      fail_msg("%s: %s %.*s in:\n%s", line, there ? "no" : "there is", (int)len, lines, out->data ? out->data : "");
  }
}

/* `how` is the shell command that prints the candidates for "$L", with the folder in $D. */
static void ask_all(const char *shell, const char *how) {
  wt_buf out = {0};
  char line[400], command[1600];
  snprintf(command, sizeof command, "command -v %s >/dev/null", shell);
  if (program_run(&out, command) != 0) skip();
  for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
    const question *q = &questions[i];
    snprintf(line, sizeof line, q->line, dir);
    snprintf(command, sizeof command, "D='%s' L='%s'; export D L; PATH=\"$D/bin:$PATH\"; { %s; } 2>&1", dir, line, how);
    wt_buf_clear(&out);
    program_run(&out, command);
    check_lines(&out, q->wanted, true, line);
    check_lines(&out, q->unwanted, false, line);
  }
  wt_buf_release(&out);
}

static void bash_offers(void **state) {
  (void)state;
  ask_all("bash", "bash --norc -c '. \"$D/writethru.bash\"; read -ra COMP_WORDS <<<\"$L\"; case $L in *\" \") "
                  "COMP_WORDS+=(\"\") ;; esac; "
                  "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _writethru; printf \"%s\\n\" \"${COMPREPLY[@]}\"'");
}

static void zsh_offers(void **state) {
  (void)state;
  ask_all("zsh", "rm -f \"$D/told\"; zsh -f tests/cli/complete.zsh \"$D\" \"$L\" \"$D/told\"; tail -n 1 \"$D/told\" | "
                 "grep -qx done || echo no answer; cat \"$D/told\"");
}

static void fish_offers(void **state) {
  (void)state;
  ask_all("fish", "fish --no-config -c '. $D/writethru.fish; complete -C $L' | cut -f 1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bash_offers),
      cmocka_unit_test(zsh_offers),
      cmocka_unit_test(fish_offers),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
