/* What people do to the repository beside us: pulls, commits by hand, resets, clones, work trees. */
#include "made.h"

#include <limits.h>

typedef struct place {
  char dir[256];
  wt_archive *archive;
} place;

static const wt_archive_options making = {.create = true};

static int setup(void **state) {
  place *p = calloc(1, sizeof *p);
  made_folder(p->dir);
  MADE_OK(wt_archive_open(&p->archive, p->dir, &making, ERR));
  made_fill(p->archive, 5, 3, 4, true);
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

static const char by_hand[] = "git -C %s -c user.name=A -c user.email=a@b";

static void expect_open(wt_status expected, place *p) {
  wt_archive_batch *batch;
  wt_error err = {0};
  wt_status status = wt_archive_batch_open(&batch, p->archive, &err);
  wt_archive_batch_close(batch);
  if (status != expected)
    fail_msg("batch_open: %s: %s, not %s", wt_status_name(status), err.what, wt_status_name(expected));
}

static void the_work_tree_follows(void **state) {
  place *p = *state;
  wt_buf out = {0};
  assert_int_equal(made_run(&out, "git -C %s status --porcelain", p->dir), 0);
  assert_int_equal(out.len, 0);
  assert_int_equal(made_run(NULL, "grep -q 'revision: 3' %s/example.org/2024/06/20/a-story-of-number-4.txt", p->dir),
                   0);
  wt_buf_release(&out);
}

static void a_file_changed_by_hand_is_left_alone(void **state) {
  place *p = *state;
  wt_buf out = {0};
  made_run(NULL, "echo mine > %s/writethru.conf; echo note > %s/note.txt", p->dir, p->dir);
  made_fill(p->archive, 1, 1, 1, false);
  assert_int_equal(made_run(&out, "cat %s/writethru.conf; git -C %s status --porcelain", p->dir, p->dir), 0);
  assert_string_equal(out.data, "mine\n M writethru.conf\n?? note.txt\n");
  wt_buf_release(&out);
}

static void another_branch_is_left_alone(void **state) {
  place *p = *state;
  wt_buf out = {0};
  char command[200];
  snprintf(command, sizeof command, "%s checkout -qb mine", by_hand);
  assert_int_equal(made_run(NULL, command, p->dir), 0);
  made_fill(p->archive, 1, 1, 1, false);
  assert_int_equal(made_run(&out, "git -C %s status --porcelain", p->dir), 0);
  assert_int_equal(out.len, 0);
  made_fsck(p->dir);
  wt_buf_release(&out);
}

static void a_sound_commit_by_hand_is_taken_in(void **state) {
  place *p = *state;
  assert_int_equal(
      made_run(
          NULL,
          "cd %s && printf '[outlet \"o\"]\\n\\thost = o.org\\n' >> writethru.conf && echo x > README && git add . && "
          "git -c user.name=A -c user.email=a@b commit -qm conf",
          p->dir),
      0);
  expect_open(WT_OK, p);
  made_fill(p->archive, 1, 2, 1, false);
  made_fsck(p->dir);
  assert_int_equal(made_run(NULL, "test -z \"$(git -C %s status --porcelain)\"", p->dir), 0);
}

static void a_story_changed_by_hand_is_refused(void **state) {
  place *p = *state;
  assert_int_equal(made_run(NULL,
                            "cd %s && echo x >> example.org/2024/06/20/a-story-of-number-2.txt && "
                            "git -c user.name=A -c user.email=a@b commit -qam story",
                            p->dir),
                   0);
  expect_open(WT_EREFUSED, p);
  assert_int_equal(made_run(NULL, "git -C %s reset -q --hard HEAD~1", p->dir), 0);
  expect_open(WT_OK, p);
}

static void a_main_moved_back_is_refused(void **state) {
  place *p = *state;
  assert_int_equal(made_run(NULL, "git -C %s reset -q --hard HEAD~2", p->dir), 0);
  expect_open(WT_EREFUSED, p);
  assert_int_equal(made_run(NULL, "rm %s/.git/writethru/main", p->dir), 0);
  expect_open(WT_OK, p);
}

static void a_clone_is_an_archive(void **state) {
  place *p = *state, clone;
  made_folder(clone.dir);
  assert_int_equal(made_run(NULL, "git clone -q %s %s/c", p->dir, clone.dir), 0);
  char dir[300];
  snprintf(dir, sizeof dir, "%s/c", clone.dir);
  MADE_OK(wt_archive_open(&clone.archive, dir, NULL, ERR));
  made_fill(clone.archive, 2, 2, 3, true);
  made_fsck(dir);
  /* and what it has added goes back by a push and a pull */
  assert_int_equal(
      made_run(NULL, "git -C %s checkout -q --detach && git -C %s push -q origin main && git -C %s checkout -q main",
               p->dir, dir, p->dir),
      0);
  expect_open(WT_OK, p);
  made_fill(p->archive, 1, 1, 1, true);
  made_fsck(p->dir);
  wt_archive_close(clone.archive);
  made_remove(clone.dir);
}

static void two_mains_that_diverged_are_refused(void **state) {
  place *p = *state, clone;
  made_folder(clone.dir);
  assert_int_equal(made_run(NULL, "git clone -q %s %s/c", p->dir, clone.dir), 0);
  char dir[300];
  snprintf(dir, sizeof dir, "%s/c", clone.dir);
  MADE_OK(wt_archive_open(&clone.archive, dir, NULL, ERR));
  made_fill(clone.archive, 1, 1, 1, true);
  made_fill(p->archive, 2, 1, 1, false);
  assert_int_equal(
      made_run(NULL, "cd %s && git -c user.name=A -c user.email=a@b pull -q --no-rebase --no-edit -X ours", dir), 0);
  expect_open(WT_EREFUSED, &clone);
  wt_archive_close(clone.archive);
  made_remove(clone.dir);
}

static void a_shallow_clone_reads_and_does_not_write(void **state) {
  place *p = *state, clone;
  made_folder(clone.dir);
  assert_int_equal(made_run(NULL, "git clone -q --depth 2 file://%s %s/c", p->dir, clone.dir), 0);
  char dir[300];
  snprintf(dir, sizeof dir, "%s/c", clone.dir);
  MADE_OK(wt_archive_open(&clone.archive, dir, NULL, ERR));
  expect_open(WT_EREFUSED, &clone);
  wt_archive_close(clone.archive);
  made_remove(clone.dir);
}

static void strangers_are_refused(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  wt_error err = {0};
  made_folder(dir);
  assert_int_equal(made_run(NULL,
                            "cd %s && git init -q foreign && cd foreign && echo a > a && git add a && "
                            "git -c user.name=A -c user.email=a@b commit -qm a && git branch -M main",
                            dir),
                   0);
  char path[300];
  snprintf(path, sizeof path, "%s/foreign", dir);
  assert_int_equal(wt_archive_open(&archive, path, &making, &err), WT_EREFUSED);
  assert_non_null(strstr(err.what, "no archive of writethru"));
  assert_int_equal(made_run(NULL, "cd %s && git init -q --object-format=sha256 sha256", dir), 0);
  snprintf(path, sizeof path, "%s/sha256", dir);
  assert_int_equal(wt_archive_open(&archive, path, &making, &err), WT_EREFUSED);
  snprintf(path, sizeof path, "%s/nothing", dir);
  assert_int_equal(wt_archive_open(&archive, path, NULL, &err), WT_ENOTFOUND);
  made_remove(dir);
}

/* Half a backup: what is missing is named, and what to do. */
static void what_a_backup_left_out_is_named(void **state) {
  place *p = *state;
  wt_archive *archive;
  wt_error err = {0};
  wt_archive_close(p->archive);
  p->archive = NULL;
  assert_int_equal(made_run(NULL, "mv %s/.git/refs %s/refs", p->dir, p->dir), 0);
  assert_int_equal(wt_archive_open(&archive, p->dir, NULL, &err), WT_ECORRUPT);
  assert_non_null(strstr(err.where, "/.git/refs"));
  assert_non_null(strstr(err.what, "this folder is missing"));
}

static void another_owner_is_named(void **state) {
  place *p = *state;
  wt_archive *archive;
  wt_error err = {0};
  if (geteuid() != 0) skip();
  assert_int_equal(made_run(NULL, "chown -R 12345 %s", p->dir), 0);
  assert_int_equal(wt_archive_open(&archive, p->dir, NULL, &err), WT_EREFUSED);
  assert_non_null(strstr(err.what, "user 12345"));
  char full[PATH_MAX], line[PATH_MAX + 80];
  assert_non_null(realpath(p->dir, full));
  snprintf(line, sizeof line, "git config --global --add safe.directory '%s' ", full);
  assert_non_null(strstr(err.what, line));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(the_work_tree_follows),
      CASE(what_a_backup_left_out_is_named),
      CASE(a_file_changed_by_hand_is_left_alone),
      CASE(another_branch_is_left_alone),
      CASE(a_sound_commit_by_hand_is_taken_in),
      CASE(a_story_changed_by_hand_is_refused),
      CASE(a_main_moved_back_is_refused),
      CASE(a_clone_is_an_archive),
      CASE(two_mains_that_diverged_are_refused),
      CASE(a_shallow_clone_reads_and_does_not_write),
      cmocka_unit_test(strangers_are_refused),
      CASE(another_owner_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
