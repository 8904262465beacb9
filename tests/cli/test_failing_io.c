/*
 * A disk that fails at one call of one `add`: every write, sync, rename, link, new file and folder in turn, with ENOSPC, with
 * EIO, with writes cut short (support/failing_io.c is preloaded into the program). The program then ends with 0, or with 2 and a
 * word; what it acknowledged is held, git and `verify` find nothing, and the next `add` leaves the same main as if nothing
 * had been.
 *
 * WT_FAILING_IO is the number of places tried for each way of failing (4); 0: every one.
 */
#include "support/sound.h"

#include <unistd.h>

static const char *const ways[] = {"ENOSPC", "ENOSPC+", "EIO", "EIO+", "short", "short+", "cut"};

#define FIRST "fixtures/stories/captures.csv"
#define LATER "fixtures/stories/late.csv"

static char shim[600];

static int setup(void **state) {
  char here[500];
  (void)state;
  ssize_t len = readlink("/proc/self/exe", here, sizeof here - 1);
  assert_true(len > 0);
  here[len] = '\0';
  *strrchr(here, '/') = '\0';
  snprintf(shim, sizeof shim, "%s/../support/failing_io.so", here);
  check_temp_dir(sound_dir, sizeof sound_dir);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  check_remove_dir(sound_dir);
  return 0;
}

static uint64_t calls_counted(void) {
  char path[300];
  uint64_t count = 0;
  snprintf(path, sizeof path, "%s/count", sound_dir);
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  assert_int_equal(fread(&count, sizeof count, 1, file), 1);
  fclose(file);
  return count;
}

/* One `add` with the n-th call failing that way; n = 0: none fails. */
static int add(wt_buf *out, const char *what, uint64_t n, const char *way) {
  return sound_run(out,
                   "head -c 8 /dev/zero >\"$D/count\"; export ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0; "
                   "FAILING_IO_COUNT=\"$D/count\" FAILING_IO=%llu:%s LD_PRELOAD='%s' "
                   "$W -C \"$D/a\" add --json %s >\"$D/said\" 2>\"$D/why\"",
                   (unsigned long long)n, way, shim, what);
}

/* The archive as each try begins with it: absent, or a copy of what was made before. */
static void begin(wt_buf *out, bool fresh) {
  sound_wants(out, fresh ? "rm -rf \"$D/a\"" : "rm -rf \"$D/a\" && cp -r \"$D/before\" \"$D/a\"");
}

static void tip(wt_buf *out) {
  sound_wants(out, "git -C \"$D/a\" rev-parse 'main^{tree}'");
}

static void try_one(bool fresh, const char *what, uint64_t n, const char *way, const wt_buf *wanted) {
  wt_buf out = {0};
  char told[200];
  begin(&out, fresh);
  int code = add(&out, what, n, way);
  snprintf(told, sizeof told, "%s at call %llu of `add %s`: exit %d\n", way, (unsigned long long)n, what, code);
  if (getenv("WT_VERBOSE")) print_message("%s", told);
  if (code != 0 && (code != 2 || sound_run(&out, "grep -q . \"$D/why\"") != 0)) fail_msg("%s, without a word", told);
  if (strncmp(way, "short", 5) == 0 && (code != 0 || sound_run(&out, "! grep . \"$D/why\"") != 0))
    fail_msg("%s%s", told, out.data ? out.data : ""); /* a write that takes half is no fault */
  sound_check(&out, "\"$D/a\"", what);
  tip(&out);
  if (!wt_span_equal(wt_buf_span(&out), wt_buf_span(wanted))) fail_msg("%sthe next `add` leaves another main", told);
  wt_buf_release(&out);
}

static void sweep(bool fresh, const char *what) {
  const char *asked = getenv("WT_FAILING_IO");
  uint64_t places = asked ? strtoull(asked, NULL, 10) : 4;
  wt_buf out = {0}, wanted = {0};
  begin(&out, fresh);
  assert_int_equal(add(&out, what, 0, "none"), 0);
  uint64_t calls = calls_counted();
  tip(&wanted);
  assert_true(calls > 50);
  for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
    uint64_t step = places ? (calls + places - 1) / places : 1;
    for (uint64_t n = 1 + (places ? w * step / (sizeof ways / sizeof *ways) : 0); n <= calls; n += step)
      try_one(fresh, what, n, ways[w], &wanted);
  }
  print_message("%llu calls of `add %s`\n", (unsigned long long)calls, what);
  wt_buf_release(&out);
  wt_buf_release(&wanted);
}

static void a_new_archive(void **state) {
  (void)state;
  sweep(true, FIRST);
}

/* One that has had many small batches, so that this one compacts them. */
static void an_archive_of_many_packs(void **state) {
  (void)state;
  wt_buf out = {0};
  sound_wants(
      &out,
      "sed -n '2,$p' " FIRST " | while read -r row; do { head -1 " FIRST
      "; echo \"$row\"; } >\"$D/one.csv\"; (cd fixtures/stories && $W -C \"$D/before\" add -q - <\"$D/one.csv\") || "
      "exit 1; done");
  wt_buf_release(&out);
  sweep(false, LATER);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_new_archive), cmocka_unit_test(an_archive_of_many_packs)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
