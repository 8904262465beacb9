/* The writer's lock where there is no flock, and what a dead writer leaves. */
#include "made.h"

#include "archive/archive.h"

#include <sys/stat.h>
#include <sys/wait.h>

typedef struct told {
  char text[2][200];
  unsigned count;
} told;

static void note(void *context, const char *who) {
  told *t = context;
  if (t->count < 2) snprintf(t->text[t->count], sizeof t->text[0], "%s", who);
  t->count++;
}

static void a_lock_file_stands_in_for_flock(void **state) {
  (void)state;
  char dir[256];
  told t = {.count = 0};
  wt_archive *first, *second;
  wt_archive_batch *batch, *other;
  wt_error err = {0};
  wt_archive_options options = {
      .create = true, .bare = true, .wait_ms = 1500, .waiting = note, .warning = note, .context = &t};
  made_folder(dir);
  MADE_OK(wt_archive_open(&first, dir, &options, ERR));
  MADE_OK(wt_archive_open(&second, dir, &options, ERR));
  first->io.no_flock = second->io.no_flock = true;
  MADE_OK(wt_archive_batch_open(&batch, first, ERR));
  assert_int_equal(t.count, 1);
  assert_non_null(strstr(t.text[0], "no flock"));
  t.count = 0;
  assert_int_equal(wt_archive_batch_open(&other, second, &err), WT_EBUSY);
  char who[60];
  snprintf(who, sizeof who, "process %ld on ", (long)getpid());
  assert_int_equal(t.count, 2); /* that there is no flock, and after a second who holds the lock */
  assert_non_null(strstr(t.text[1], who));
  assert_non_null(strstr(t.text[1], "/writethru/lock.held")); /* what to remove when that one is gone */
  assert_non_null(strstr(err.what, who));
  wt_archive_batch_close(batch);
  MADE_OK(wt_archive_batch_open(&other, second, ERR));
  wt_archive_batch_close(other);
  wt_archive_close(first);
  wt_archive_close(second);
  made_remove(dir);
}

static void a_lock_file_of_the_dead_is_taken_over(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_archive_options options = {.create = true, .bare = true, .wait_ms = 1000};
  made_folder(dir);
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  archive->io.no_flock = true;
  pid_t child = fork();
  if (child == 0) _exit(wt_archive_batch_open(&batch, archive, NULL) ? 1 : 0); /* without closing */
  int how;
  assert_int_equal(waitpid(child, &how, 0), child);
  assert_int_equal(how, 0);
  assert_int_equal(made_run(NULL, "test -f %s/writethru/lock.held", dir), 0);
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  wt_archive_batch_close(batch);
  wt_archive_close(archive);
  made_remove(dir);
}

static bool stop_at_the_third_look(void *context) {
  return ++*(int *)context > 2;
}

static void a_stop_ends_the_waiting(void **state) {
  (void)state;
  char dir[256];
  int looks = 0;
  wt_archive *first, *second;
  wt_archive_batch *batch, *other;
  wt_error err = {0};
  wt_archive_options options = {.create = true, .bare = true, .stop = stop_at_the_third_look, .context = &looks};
  made_folder(dir);
  MADE_OK(wt_archive_open(&first, dir, &options, ERR));
  MADE_OK(wt_archive_open(&second, dir, &options, ERR));
  MADE_OK(wt_archive_batch_open(&batch, first, ERR));
  assert_int_equal(wt_archive_batch_open(&other, second, &err), WT_ECANCELED);
  assert_int_equal(looks, 3);
  wt_archive_batch_close(batch);
  wt_archive_close(first);
  wt_archive_close(second);
  made_remove(dir);
}

static void old_rubbish_is_swept_and_young_is_not(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_archive_options options = {.create = true, .bare = true};
  made_folder(dir);
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  made_fill(archive, 2, 1, 10, false);
  assert_int_equal(
      made_run(NULL,
               "cd %s/objects/pack && touch tmp_pack_young pack-young.pack ../../writethru/stage/spool-9 && "
               "touch -d '2 hours ago' tmp_pack_old tmp_idx_old pack-old.pack *.idx *[0-9a-f].pack",
               dir),
      0);
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  wt_archive_batch_close(batch);
  wt_buf out = {0};
  made_run(&out, "cd %s && ls writethru/stage; cd objects/pack; ls | grep -E 'young|old'; ls *.idx | wc -l", dir);
  assert_string_equal(out.data, "pack-young.pack\ntmp_pack_young\n1\n");
  wt_buf_release(&out);
  wt_archive_close(archive);
  made_remove(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_lock_file_stands_in_for_flock),
      cmocka_unit_test(a_lock_file_of_the_dead_is_taken_over),
      cmocka_unit_test(a_stop_ends_the_waiting),
      cmocka_unit_test(old_rubbish_is_swept_and_young_is_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
