/* Verification: a sound archive has no fault, and each fault is named with its place. */
#include "made.h"

typedef struct place {
  char dir[256];
  wt_archive *archive;
  wt_buf faults;
  wt_archive_verified seen;
} place;

static int setup(void **state) {
  place *p = calloc(1, sizeof *p);
  made_folder(p->dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&p->archive, p->dir, &options, ERR));
  made_fill(p->archive, 10, 7, 9, true);
  wt_archive_batch *batch;
  MADE_OK(wt_archive_batch_open(&batch, p->archive, ERR));
  MADE_OK(wt_archive_batch_record(batch, WT_SPAN("{\"kind\":\"seen\"}"), ERR));
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  MADE_OK(wt_archive_batch_record(batch, WT_SPAN("{\"kind\":\"seen\",\"n\":2}"), ERR));
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  wt_archive_batch_close(batch);
  *state = p;
  return 0;
}

static int teardown(void **state) {
  place *p = *state;
  wt_archive_close(p->archive);
  made_remove(p->dir);
  wt_buf_release(&p->faults);
  free(p);
  return 0;
}

static bool note(void *context, const wt_error *fault) {
  place *p = context;
  wt_buf_put_format(&p->faults, "%s: %s\n", fault->where, fault->what);
  return true;
}

static void verify(place *p) {
  wt_buf_clear(&p->faults);
  wt_buf_put_text(&p->faults, "");
  wt_archive_close(p->archive); /* nothing remembered */
  MADE_OK(wt_archive_open(&p->archive, p->dir, NULL, ERR));
  MADE_OK(wt_archive_verify(&p->seen, p->archive, note, p, ERR));
}

static void expect_fault(place *p, const char *text) {
  verify(p);
  if (p->seen.faults == 0 || !strstr(p->faults.data, text)) fail_msg("no fault \"%s\" in:\n%s", text, p->faults.data);
}

static void a_sound_archive_has_no_fault(void **state) {
  place *p = *state;
  verify(p);
  if (p->seen.faults) fail_msg("%s", p->faults.data);
  assert_int_equal(p->seen.revisions, 70);
  assert_int_equal(p->seen.stories, 10);
  assert_int_equal(p->seen.rungs, 1);
  assert_int_equal(p->seen.captures, 70);
  assert_int_equal(p->seen.captures_absent, 0);
  assert_int_equal(p->seen.records, 2);
}

/* Replaces the newest commit with itself as sed changes it. */
static void change_tip(place *p, const char *ref, const char *script) {
  assert_int_equal(
      made_run(NULL,
               "cd %s && new=$(git cat-file commit %s | sed '%s' | git hash-object -t commit -w --stdin) && "
               "git update-ref %s $new",
               p->dir, ref, script, ref),
      0);
}

static void a_wrong_number_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/heads/main", "s/^Revision: 7/Revision: 9/");
  expect_fault(p, "a-story-of-number-9.txt@9: this is revision 9 where 7 should come");
}

static void a_wrong_previous_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/heads/main", "s/^Previous: ...../Previous: 00000/");
  expect_fault(p, "Previous does not name the story's last revision");
}

static void a_wrong_key_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/heads/main", "s/^Key: .*/Key: 00000000000000000000000000000000/");
  expect_fault(p, "not the one recorded");
}

static void a_wrong_sum_of_a_capture_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/heads/main", "s/^Capture-SHA256: ..../Capture-SHA256: 0000/");
  expect_fault(p, "the raw capture's SHA-256");
}

static void a_wrong_time_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/heads/main", "s/^Captured: 2024/Captured: 2023/");
  expect_fault(p, "the author's date is not the time of capture");
}

static void a_commit_that_changes_more_than_its_story_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/heads/main", "s/number-9.txt/number-8.txt/");
  expect_fault(p, "this commit changes something else than its own story");
}

static void a_broken_journal_is_named(void **state) {
  place *p = *state;
  change_tip(p, "refs/writethru/journal", "s/^Journal-First: 1/Journal-First: 5/");
  expect_fault(p, "the journal goes on with record 5, not 1");
}

static void a_missing_rung_is_named(void **state) {
  place *p = *state;
  /* the rung is the 65th commit from below; all above it is put on its second parent instead */
  assert_int_equal(
      made_run(NULL,
               "cd %s && rung=$(git rev-list --merges main | tail -1) && base=$(git rev-parse $rung^2) && "
               "for c in $(git rev-list --reverse --first-parent $rung..main); do base=$(git cat-file commit $c | "
               "sed \"s/^parent .*/parent $base/\" | git hash-object -t commit -w --stdin); done && "
               "git update-ref refs/heads/main $base",
               p->dir),
      0);
  expect_fault(p, "a rung of the ladder is missing below this commit");
}

static void a_text_changed_by_hand_is_named(void **state) {
  place *p = *state;
  assert_int_equal(made_run(NULL,
                            "cd %s && git worktree add -q --detach w main && cd w && "
                            "echo x >> example.org/2024/06/20/a-story-of-number-3.txt && "
                            "git -c user.name=A -c user.email=a@b commit -qam x && git update-ref refs/heads/main HEAD",
                            p->dir),
                   0);
  expect_fault(p, "changes the story example.org/2024/06/20/a-story-of-number-3.txt");
}

static void a_damaged_pack_is_named(void **state) {
  place *p = *state;
  assert_int_equal(
      made_run(NULL,
               "cd %s/objects/pack && chmod u+w *.pack && f=$(ls -S *.pack | head -1) && s=$(stat -c %%s $f) && "
               "printf '\\125\\252\\125\\252' | dd of=$f bs=1 seek=$((s / 2)) conv=notrunc",
               p->dir),
      0);
  expect_fault(p, "");
  assert_true(p->seen.faults > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(a_sound_archive_has_no_fault),
      CASE(a_wrong_number_is_named),
      CASE(a_wrong_previous_is_named),
      CASE(a_wrong_key_is_named),
      CASE(a_wrong_sum_of_a_capture_is_named),
      CASE(a_wrong_time_is_named),
      CASE(a_commit_that_changes_more_than_its_story_is_named),
      CASE(a_broken_journal_is_named),
      CASE(a_missing_rung_is_named),
      CASE(a_text_changed_by_hand_is_named),
      CASE(a_damaged_pack_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
