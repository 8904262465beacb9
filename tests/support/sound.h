/*
 * What must hold of an archive after any fault of an `add --json` whose standard output is $D/said: what was acknowledged is
 * held, `verify` and git find nothing, the next `add` works. $W is the program, $D the test's folder.
 */
#ifndef WT_TESTS_SOUND_H
#define WT_TESTS_SOUND_H

#include "support/program.h"

static char sound_dir[256];

static inline int sound_run(wt_buf *out, const char *format, ...) WT_PRINTF(2, 3);
static inline int sound_run(wt_buf *out, const char *format, ...) {
  char line[2000], whole[2600];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  snprintf(whole, sizeof whole, "D='%s'; %s", sound_dir, line);
  wt_buf_clear(out);
  return program_run(out, whole);
}

/* Wants 0, and shows what was said otherwise. */
static inline void sound_wants(wt_buf *out, const char *line) {
  int code = sound_run(out, "%s", line);
  if (code != 0) fail_msg("%s: exit %d\n%s", line, code, out->data ? out->data : "");
}

#define SOUND_NAMES "grep -o '\"story\":\"[^\"]*\",\"revision\":[0-9]*' | sort -u"

/* Every revision that a whole line of $D/said names is in the archive. */
static inline void sound_acknowledged(wt_buf *out, const char *archive) {
  char line[1200];
  snprintf(line, sizeof line,
           "grep '}$' \"$D/said\" | " SOUND_NAMES " >\"$D/acknowledged\"; [ -s \"$D/acknowledged\" ] || exit 0; "
           "$W -C %s log --all --json | " SOUND_NAMES
           " >\"$D/held\"; ! comm -23 \"$D/acknowledged\" \"$D/held\" | grep .",
           archive);
  sound_wants(out, line);
}

/* Nothing to find where there is an archive yet. */
static inline void sound_archive(wt_buf *out, const char *archive) {
  char line[1200];
  snprintf(line, sizeof line,
           "A=%s; [ ! -e \"$A/refs/heads/main\" -a ! -e \"$A/packed-refs\" ] || "
           "{ $W -C \"$A\" verify && git -C \"$A\" fsck --strict; } 2>&1",
           archive);
  sound_wants(out, line);
}

/* After the fault: nothing to find, what was acknowledged is held, and the next `add` takes `next`. */
static inline void sound_go_on(wt_buf *out, const char *archive, const char *next) {
  char line[1200];
  sound_archive(out, archive);
  sound_acknowledged(out, archive);
  snprintf(line, sizeof line, "$W -C %s add -q %s 2>&1", archive, next);
  sound_wants(out, line);
}

/* The same, and nothing to find after it either. */
static inline void sound_check(wt_buf *out, const char *archive, const char *next) {
  char line[1200];
  sound_go_on(out, archive, next);
  snprintf(line, sizeof line, "$W -C %s verify 2>&1", archive);
  sound_wants(out, line);
}

#endif
