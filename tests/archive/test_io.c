/* A disk that is full, that fails, that writes short: every step of a batch, one after the other. */
#include "made.h"

#include "archive/archive.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

typedef struct trouble {
  int at, seen; /* which step fails, how many there were */
  int error;    /* negative: a short write */
  bool all;     /* from then on every step fails */
} trouble;

static int fail_at(void *context, const wt_io_event *event) {
  trouble *t = context;
  int step = ++t->seen;
  if (t->error < 0)
    return event->op == WT_IO_WRITE && event->bytes.len > 1 && step % 2 ? -(int)(1 + event->bytes.len / 3) : 0;
  return step == t->at || (t->all && step > t->at) ? t->error : 0;
}

static bool tell(void *context, const wt_error *fault) {
  (void)context;
  print_error("%s: %s\n", fault->where, fault->what);
  return true;
}

static bool pass(void *context, const wt_revision *revision) {
  (void)context;
  (void)revision;
  return true;
}

/* Main holds the commit, and of every batch all three revisions or none. */
static void expect_sound(const char *dir, wt_oid held, bool whole) {
  wt_archive *archive;
  wt_archive_verified seen;
  MADE_OK(wt_archive_open(&archive, dir, NULL, ERR));
  wt_archive_batch *batch;
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  wt_archive_batch_close(batch);
  MADE_OK(wt_archive_walk(archive, held, pass, NULL, ERR));
  if (whole) {
    MADE_OK(wt_archive_verify(&seen, archive, tell, NULL, ERR));
    assert_int_equal(seen.faults, 0);
    assert_int_equal(seen.revisions % 3, 0);
    assert_int_equal(seen.captures, seen.revisions);
    assert_int_equal(seen.records, seen.revisions / 3 - 2);
  }
  wt_archive_close(archive);
}

/* One batch of three revisions and a record; its outcome. */
static wt_status try_batch(wt_oid *wanted, const char *dir, trouble *t, unsigned round) {
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_error err = {0};
  made_story stories[3] = {{.number = 0}};
  MADE_OK(wt_archive_open(&archive, dir, NULL, ERR));
  archive->io.hook = fail_at;
  archive->io.context = t;
  wt_status status = wt_archive_batch_open(&batch, archive, &err);
  if (!status) {
    for (unsigned i = 0; i < 3; i++) made_put(&stories[i], batch, 1000 * round + i, round, true);
    MADE_OK(wt_archive_batch_record(batch, WT_SPAN("{}"), ERR));
    status = wt_archive_batch_commit(batch, &err);
    *wanted = stories[2].ids.commit;
  }
  if (status && !err.what[0]) fail_msg("a failure without a word");
  wt_archive_batch_close(batch);
  wt_archive_close(archive);
  for (unsigned i = 0; i < 3; i++) wt_buf_release(&stories[i].path);
  return status;
}

static wt_oid tip_of(const char *dir) {
  wt_archive *archive;
  wt_oid tip;
  MADE_OK(wt_archive_open(&archive, dir, NULL, ERR));
  MADE_OK(wt_archive_tip(&tip, archive, ERR));
  wt_archive_close(archive);
  return tip;
}

static void each_step_fails(const char *dir, int error, bool all) {
  unsigned failures = 0;
  for (int at = 1;; at++) {
    trouble t = {.at = at, .error = error, .all = all};
    wt_oid old = tip_of(dir), wanted = old;
    wt_status status = try_batch(&wanted, dir, &t, (unsigned)(at + 100 * error));
    if (status)
      failures++;
    else
      old = wanted; /* acknowledged: it must be there */
    expect_sound(dir, old, at % 3 == 0 || t.seen < at);
    if (t.seen < at) break;
  }
  assert_true(failures > 15); /* the steps that a batch rests on */
}

static void setup_dir(char dir[256]) {
  wt_archive *archive;
  wt_archive_options options = {.create = true, .bare = true};
  made_folder(dir);
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  made_fill(archive, 3, 2, 100, true);
  wt_archive_close(archive);
}

static void a_full_disk_loses_nothing(void **state) {
  (void)state;
  char dir[256];
  setup_dir(dir);
  each_step_fails(dir, ENOSPC, true);
  made_fsck(dir);
  made_remove(dir);
}

static void a_failing_disk_loses_nothing(void **state) {
  (void)state;
  char dir[256];
  setup_dir(dir);
  each_step_fails(dir, EIO, false);
  made_fsck(dir);
  made_remove(dir);
}

static void short_writes_are_taken_up(void **state) {
  (void)state;
  char dir[256];
  setup_dir(dir);
  trouble t = {.error = -1};
  wt_oid wanted;
  assert_int_equal(try_batch(&wanted, dir, &t, 1), WT_OK);
  expect_sound(dir, wanted, true);
  made_fsck(dir);
  made_remove(dir);
}

static void what_libgit2_cannot_write_is_a_failure_too(void **state) {
  (void)state;
  char dir[256];
  setup_dir(dir);
  wt_archive *archive;
  wt_archive_batch *batch;
  made_story story = {.number = 0};
  wt_error err = {0};
  wt_oid old = tip_of(dir);
  MADE_OK(wt_archive_open(&archive, dir, NULL, ERR));
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  made_put(&story, batch, 77, 1, true);
  struct rlimit before, tight = {600, 600};
  getrlimit(RLIMIT_FSIZE, &before);
  tight.rlim_max = before.rlim_max;
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &tight);
  wt_status status = wt_archive_batch_commit(batch, &err);
  setrlimit(RLIMIT_FSIZE, &before);
  assert_int_not_equal(status, WT_OK);
  wt_archive_batch_close(batch);
  wt_archive_close(archive);
  wt_buf_release(&story.path);
  expect_sound(dir, old, true);
  made_remove(dir);
}

static void a_read_only_archive_reads(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_error err = {0};
  if (geteuid() == 0) skip(); /* root writes anywhere */
  setup_dir(dir);
  made_run(NULL, "chmod -R a-w %s", dir);
  MADE_OK(wt_archive_open(&archive, dir, NULL, ERR));
  assert_int_equal(wt_archive_batch_open(&batch, archive, &err), WT_EREFUSED);
  wt_archive_close(archive);
  made_remove(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_full_disk_loses_nothing), cmocka_unit_test(a_failing_disk_loses_nothing),
      cmocka_unit_test(short_writes_are_taken_up), cmocka_unit_test(what_libgit2_cannot_write_is_a_failure_too),
      cmocka_unit_test(a_read_only_archive_reads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
