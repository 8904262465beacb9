/* Two texts, parted by a line of `====`: the diff tells every unit once, applies, inverts, and keeps to its budget. */
#include "fuzz/fuzz.h"

#include "../diff/generate.h"
#include "../diff/invariants.h"

/* A small budget gives coarser edits, never broken ones. */
static void check_budget(wt_span old, wt_span new) {
  wt_arena arena = {0};
  wt_units olds, news;
  wt_diff diff;
  wt_error err = {.byte = -1};
  wt_buf made = {0}, wanted = {0};
  wt_diff_options options = {.match.budget = 500};
  if (wt_units_of_lines(&olds, &arena, old, &err) || wt_units_of_lines(&news, &arena, new, &err) ||
      wt_diff_units(&diff, &arena, &olds, &news, &options, &err))
    fuzz_fail("no diff within a small budget", &err, new);
  const char *wrong = diff.replaced_whole ? "replaced whole" : units_are_told_once(&diff);
  if (!wrong) wrong = applies_to(&diff, &news);
  if (wrong) fuzz_fail(wrong, &err, new);
  wt_buf_release(&made);
  wt_buf_release(&wanted);
  wt_arena_release(&arena);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span rest = {(const char *)data, size}, old = {0}, new = {0};
  wt_error err = {.byte = -1};
  if (size == 0 || !fuzz_part(&old, &rest, "====")) return 0;
  fuzz_part(&new, &rest, "====");
  const char *wrong = invariants_broken(old, new, 0, NULL);
  if (wrong) fuzz_fail(wrong, &err, new);
  check_budget(old, new);
  return 0;
}
