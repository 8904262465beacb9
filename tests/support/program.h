/* Runs the program as a user would. */
#ifndef WT_TESTS_PROGRAM_H
#define WT_TESTS_PROGRAM_H

#include "support/check.h"

#include <sys/wait.h>

/* The program under test: WT_PROGRAM, or the one of the build beside this test (build/tests/cli/test_x). */
static inline const char *program_path(void) {
  const char *given = getenv("WT_PROGRAM");
  return given != NULL ? given : "build/writethru";
}

/* Runs a shell command with $W set to the program; appends its standard output and gives its exit code. */
static inline int program_run(wt_buf *out, const char *command) {
  char line[16384], chunk[4096];
  snprintf(line, sizeof line, "W='%s'; %s", program_path(), command);
  FILE *pipe = popen(line, "r");
  assert_non_null(pipe);
  size_t got;
  while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0) wt_buf_put(out, chunk, got);
  int status = pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Runs it in a folder; its exit code and its standard output must be these. */
static inline void program_expect(const char *dir, const char *command, int code, const char *wanted) {
  char line[8192];
  wt_buf out = {0};
  snprintf(line, sizeof line, "cd '%s' && %s", dir, command);
  assert_int_equal(program_run(&out, line), code);
  assert_string_equal(out.data == NULL ? "" : out.data, wanted);
  wt_buf_release(&out);
}

#endif
