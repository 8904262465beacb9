/* One handle a thread, and no globals: threads read one archive, and read and compare files, at once. `make check-threads` runs
   this under TSan. */
#include "support/check.h"

#include <pthread.h>

#include "wt/track.h"

enum { THREADS = 4, ROUNDS = 6 };

static char archive[400];

typedef struct job {
  pthread_t thread;
  wt_hash result;
  wt_status status;
} job;

static wt_status compare_files(wt_buf *out, wt_error *err) {
  wt_arena arena = {0};
  wt_comparison both;
  wt_status status = wt_track_compare(&both, &arena, NULL, WT_SPAN("fixtures/stories/harbourpost/council/1.html"),
                                      WT_SPAN("fixtures/stories/harbourpost/council/5.html"), err);
  if (status == WT_OK) status = wt_diff_print_json(out, &both.diff, &both.classified, err);
  wt_arena_release(&arena);
  return status;
}

static wt_status compare_revisions(wt_buf *out, wt_error *err) {
  wt_arena arena = {0};
  wt_comparison both;
  wt_track *track = NULL;
  wt_track_options options = {0};
  wt_status status = wt_track_open(&track, archive, &options, err);
  if (status) return status;
  status = wt_track_compare(&both, &arena, track, WT_SPAN("ferry-runs@1"), WT_SPAN("ferry-runs@4"), err);
  if (status == WT_OK) status = wt_diff_print_json(out, &both.diff, &both.classified, err);
  wt_arena_release(&arena);
  wt_track_close(track);
  return status;
}

static void *work(void *context) {
  job *j = context;
  wt_buf out = {0};
  wt_error err;
  for (int i = 0; j->status == WT_OK && i < ROUNDS; i++) {
    j->status = compare_files(&out, &err);
    if (j->status == WT_OK) j->status = compare_revisions(&out, &err);
  }
  if (j->status) print_error("%s: %s\n", err.where, err.what);
  j->result = wt_hash_bytes(wt_buf_span(&out));
  wt_buf_release(&out);
  return NULL;
}

static void threads_do_not_meet(void **state) {
  (void)state;
  wt_error err;
  char dir[256];
  wt_track *track;
  wt_add_summary sum;
  const char *input = "fixtures/stories/captures.csv";
  wt_track_options options = {.create = true, .bare = true};
  wt_add_options add = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  check_temp_dir(dir, sizeof dir);
  snprintf(archive, sizeof archive, "%s/archive", dir);
  assert_ok(wt_track_open(&track, archive, &options, &err));
  assert_ok(wt_track_add(&sum, track, &input, 1, &add, &err));
  job jobs[THREADS] = {{0}};
  for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&jobs[i].thread, NULL, work, &jobs[i]), 0);
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(jobs[i].thread, NULL), 0);
    assert_int_equal(jobs[i].status, WT_OK);
    assert_true(wt_hash_equal(jobs[i].result, jobs[0].result));
  }
  wt_track_close(track); /* after the threads: see wt_archive_close */
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(threads_do_not_meet)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
