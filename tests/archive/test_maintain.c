/* Maintenance: one pack, a commit-graph that git believes, captures kept by number and by age. */
#include "made.h"

#include "archive/archive.h"

typedef struct place {
  char dir[256];
  wt_archive *archive;
} place;

static int setup(void **state) {
  place *p = calloc(1, sizeof *p);
  made_folder(p->dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&p->archive, p->dir, &options, ERR));
  made_fill(p->archive, 8, 12, 9, true);
  *state = p;
  return 0;
}

static int teardown(void **state) {
  place *p = *state;
  wt_archive_close(p->archive);
  made_remove(p->dir);
  free(p);
  return 0;
}

static void all_becomes_one_pack_with_a_graph(void **state) {
  place *p = *state;
  wt_archive_maintained out;
  MADE_OK(wt_archive_maintain(&out, p->archive, NULL, ERR));
  assert_int_equal(out.packs_after, 1);
  assert_true(out.packs_before > 5);
  assert_true(out.bytes_after < out.bytes_before);
  assert_int_equal(out.graph_commits, 98); /* 96 revisions, the root, one rung */
  made_fsck(p->dir);
  assert_int_equal(made_run(NULL, "git -C %s commit-graph verify", p->dir), 0);
  assert_int_equal(
      made_run(NULL,
               "test $(git -C %s log --format=%%h main -- example.org/2024/06/20/a-story-of-number-3.txt | wc -l) = 12",
               p->dir),
      0);
  MADE_OK(wt_archive_maintain(&out, p->archive, NULL, ERR)); /* and again finds nothing to do */
  assert_int_equal(out.bytes_after, out.bytes_before);
  made_fill(p->archive, 1, 3, 1, true);
  made_fsck(p->dir);
}

static wt_archive_maintained keep(place *p, wt_archive_keep limits) {
  wt_archive_maintained out;
  wt_archive_verified seen;
  MADE_OK(wt_archive_maintain(&out, p->archive, &limits, ERR));
  MADE_OK(wt_archive_verify(&seen, p->archive, NULL, NULL, ERR));
  assert_int_equal(seen.faults, 0);
  assert_int_equal(seen.revisions, 96);
  assert_int_equal(seen.captures_absent, out.captures_dropped);
  assert_int_equal(seen.captures, 96 - out.captures_dropped);
  made_fsck(p->dir);
  return out;
}

static void captures_are_kept_by_number(void **state) {
  place *p = *state;
  assert_int_equal(keep(p, (wt_archive_keep){.newest = 5}).captures_dropped, 8 * 7);
}

static void captures_are_kept_by_age(void **state) {
  place *p = *state;
  assert_int_equal(keep(p, (wt_archive_keep){.after = MADE_DAY + 60 * 90}).captures_dropped, 90);
}

static void either_limit_keeps(void **state) {
  place *p = *state;
  assert_int_equal(keep(p, (wt_archive_keep){.newest = 1, .after = MADE_DAY + 60 * 80}).captures_dropped, 80);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Of a chain of which nothing stays the ref goes, wherever git keeps it; the next capture begins it anew. */
static void no_capture_may_stay(void **state) {
  (void)state;
  for (int packed = 0; packed < 2; packed++) {
    char dir[256];
    wt_archive *archive;
    wt_archive_maintained done;
    wt_oid tip;
    wt_archive_keep keep = {.after = MADE_DAY + 365 * 86400};
    wt_archive_options options = {.create = true, .bare = true};
    made_folder(dir);
    MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
    made_fill(archive, 2, 3, 2, true);
    if (packed) assert_int_equal(made_run(NULL, "git -C %s pack-refs --all", dir), 0);
    MADE_OK(wt_archive_maintain(&done, archive, &keep, ERR));
    assert_int_equal(done.captures_dropped, 6);
    made_fsck(dir);
    MADE_OK(wt_ref_read(&tip, archive, WT_REF_CAPTURES, ERR));
    assert_true(wt_oid_is_none(tip));
    made_fill(archive, 1, 1, 1, true); /* goes on at another story */
    made_fsck(dir);
    MADE_OK(wt_ref_read(&tip, archive, WT_REF_CAPTURES, ERR));
    assert_false(wt_oid_is_none(tip));
    wt_archive_close(archive);
    made_remove(dir);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(all_becomes_one_pack_with_a_graph), CASE(captures_are_kept_by_number),
      CASE(captures_are_kept_by_age),          CASE(either_limit_keeps),
      cmocka_unit_test(no_capture_may_stay),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
