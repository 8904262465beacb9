/*
 * A disk that fills up, of bytes or of inodes, at many points of one `add`: a file system of its own in memory, which only
 * root may make. What was acknowledged is there, git has nothing to say, the next `add` works. And a file size limit, which
 * anybody has: every write past it fails, those of SQLite and of libgit2 too.
 */
#include "support/sound.h"

#include <sys/mount.h>
#include <unistd.h>

#define NEXT "fixtures/stories/captures.csv"

static int setup(void **state) {
  (void)state;
  check_temp_dir(sound_dir, sizeof sound_dir);
  return 0;
}

static int teardown(void **state) {
  char where[300];
  (void)state;
  snprintf(where, sizeof where, "%s/disk", sound_dir);
  umount2(where, MNT_DETACH); /* where a test ended early */
  check_remove_dir(sound_dir);
  return 0;
}

/* ---- a small disk ---- */

static bool small_disk(unsigned kilobytes, unsigned inodes) {
  char where[300], options[80];
  snprintf(where, sizeof where, "%s/disk", sound_dir);
  snprintf(options, sizeof options, "size=%uk,nr_inodes=%u", kilobytes, inodes);
  wt_dir_make(where, NULL);
  return mount("none", where, "tmpfs", 0, options) == 0;
}

static void end_disk(void) {
  char where[300];
  snprintf(where, sizeof where, "%s/disk", sound_dir);
  assert_int_equal(umount(where), 0);
}

static bool try_small(wt_buf *out, unsigned kilobytes, unsigned inodes) {
  char where[300];
  snprintf(where, sizeof where, "%s/disk", sound_dir);
  int code = sound_run(out, "$W -C \"$D/disk/a\" add --json fixtures/stories/captures.csv 2>\"$D/why\" >\"$D/said\"");
  if (code != 0 && (code != 2 || sound_run(out, "grep -q . \"$D/why\"") != 0))
    fail_msg("%u kB, %u inodes: exit %d", kilobytes, inodes, code);
  assert_int_equal(mount("none", where, "tmpfs", MS_REMOUNT, "size=65536k,nr_inodes=20000"), 0);
  sound_check(out, "\"$D/disk/a\"", NEXT);
  end_disk();
  return code == 0;
}

static void a_full_disk_loses_nothing(void **state) {
  (void)state;
  wt_buf out = {0};
  int fine = 0, full = 0;
  for (unsigned kilobytes = 60; kilobytes <= 1500; kilobytes += kilobytes / 3) {
    if (!small_disk(kilobytes, 5000)) skip(); /* only root may mount */
    *(try_small(&out, kilobytes, 5000) ? &fine : &full) += 1;
  }
  assert_true(fine > 0 && full > 2);
  wt_buf_release(&out);
}

/* Without a byte left an archive can be read, and who writes is told why it cannot be. */
static void a_full_disk_can_be_read(void **state) {
  (void)state;
  wt_buf out = {0};
  if (!small_disk(3000, 5000)) skip();
  sound_wants(&out, "$W -C \"$D/disk/a\" add --json fixtures/stories/captures.csv >\"$D/said\"");
  sound_run(&out, "cat /dev/zero >\"$D/disk/fill\" 2>/dev/null");
  assert_int_equal(sound_run(&out, "$W -C \"$D/disk/a\" list --json 2>\"$D/why\" | grep -c ferry"), 0);
  assert_int_equal(
      sound_run(&out, "$W -C \"$D/disk/a\" add --json fixtures/stories/late.csv >\"$D/said\" 2>\"$D/why\""), 2);
  assert_int_equal(sound_run(&out, "grep -i 'no space left' \"$D/why\""), 0);
  sound_run(&out, "rm \"$D/disk/fill\"");
  sound_check(&out, "\"$D/disk/a\"", NEXT);
  end_disk();
  wt_buf_release(&out);
}

/* An index that is behind, in its first stage or in both, is made in memory when no byte is left for it. */
static void a_full_disk_can_be_searched(void **state) {
  (void)state;
  wt_buf out = {0};
  if (!small_disk(3000, 5000)) skip();
  sound_wants(&out, "$W -C \"$D/disk/a\" add --json fixtures/stories/captures.csv >\"$D/said\"");
  sound_wants(&out, "$W -C \"$D/disk/a\" search ferry --json >\"$D/found\" && grep -q ferry \"$D/found\"");
  for (int catalogue = 0; catalogue < 2; catalogue++) {
    sound_wants(&out, catalogue ? "$W -C \"$D/disk/a\" reindex --no-texts" : "rm \"$D/disk/a/writethru/index.db\"");
    sound_run(&out, "cat /dev/zero >\"$D/disk/fill\" 2>/dev/null");
    sound_wants(&out, "$W -C \"$D/disk/a\" search ferry --json 2>\"$D/why\" | cmp - \"$D/found\"");
    sound_wants(&out, "$W -C \"$D/disk/a\" log --limit 1 --json 2>\"$D/why\" | grep -q '\"headline\":\"'");
    assert_int_equal(sound_run(&out, "$W -C \"$D/disk/a\" reindex 2>\"$D/why\""), 2); /* not said to be done */
    sound_run(&out, "rm \"$D/disk/fill\"");
  }
  sound_check(&out, "\"$D/disk/a\"", NEXT);
  end_disk();
  wt_buf_release(&out);
}

static void a_full_inode_table_loses_nothing(void **state) {
  (void)state;
  wt_buf out = {0};
  int fine = 0, full = 0;
  for (unsigned inodes = 12; inodes <= 90; inodes += inodes < 60 ? 6 : 15) {
    if (!small_disk(20000, inodes)) skip();
    *(try_small(&out, 20000, inodes) ? &fine : &full) += 1;
  }
  assert_true(fine > 0 && full > 2);
  wt_buf_release(&out);
}

/* ---- a limit on the size of files ---- */

static void a_write_that_fails_anywhere_loses_nothing(void **state) {
  (void)state;
  wt_buf out = {0};
  int fine = 0, cut = 0;
  for (unsigned blocks = 1; blocks <= 800; blocks += 1 + blocks / 2) {
    sound_run(&out, "rm -rf \"$D/b\"");
    int code = sound_run(
        &out,
        "trap '' XFSZ; (ulimit -f %u; $W -C \"$D/b\" add --json fixtures/stories/captures.csv 2>\"$D/why\" | cat "
        ">\"$D/said\")",
        blocks);
    if (sound_run(&out, "grep -q . \"$D/why\"") == 0)
      cut++;
    else
      fine++;
    (void)code;
    sound_check(&out, "\"$D/b\"", NEXT);
  }
  assert_true(fine > 0 && cut > 2);
  wt_buf_release(&out);
}

/* ---- a clock that jumps back ---- */

static void a_clock_that_jumps_back_keeps_what_is_known(void **state) {
  (void)state;
  wt_buf out = {0};
  sound_wants(&out,
              "cd \"$D\" && printf 'The quay\\n\\nThe quay was sold on Monday to painters, they said.\\n' >q.txt && "
              "touch -d 2030-01-01 q.txt");
  sound_wants(&out, "$W -C \"$D/c\" add --url https://a.example/q \"$D/q.txt\" 2>&1");
  sound_wants(&out,
              "printf 'The quay\\n\\nThe quay was sold on Tuesday to painters, they said.\\n' >\"$D/q.txt\"; touch -d "
              "2020-01-01 \"$D/q.txt\"");
  sound_wants(&out, "$W -C \"$D/c\" add --url https://a.example/q \"$D/q.txt\" 2>&1");
  assert_non_null(strstr(out.data, "late"));
  sound_wants(&out, "$W -C \"$D/c\" show quay | grep Monday");                /* the current text stays */
  sound_wants(&out, "git -C \"$D/c\" log --format=%ct main | sort -c -r -n"); /* committer dates never fall */
  sound_wants(&out, "$W -C \"$D/c\" verify && git -C \"$D/c\" fsck --strict 2>&1");
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_full_disk_loses_nothing),
                                     cmocka_unit_test(a_full_disk_can_be_read),
                                     cmocka_unit_test(a_full_disk_can_be_searched),
                                     cmocka_unit_test(a_full_inode_table_loses_nothing),
                                     cmocka_unit_test(a_write_that_fails_anywhere_loses_nothing),
                                     cmocka_unit_test(a_clock_that_jumps_back_keeps_what_is_known)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
