/* Threads that make pages: every job comes back once, a line has an end, and a slow page holds up its own line alone. */
#include "support/check.h"
#include "web/makers.h"

#include <pthread.h>

enum { JOBS = 200, WAITING = 256 };

typedef struct job {
  web_job job;
  unsigned made, without_archive;
} job;

/* What the makers are given to do: count, and wait at a gate when there is one. */
typedef struct bench {
  pthread_mutex_t lock;
  pthread_cond_t moved;
  bool closed;
  unsigned waiting, done;
  const web_job *gated; /* the job that waits at the gate */
} bench;

static void make(void *context, web_job *asked, wt_track *track) {
  bench *b = context;
  job *j = (job *)asked;
  pthread_mutex_lock(&b->lock);
  if (asked == b->gated) {
    b->waiting++;
    pthread_cond_broadcast(&b->moved);
    while (b->closed) pthread_cond_wait(&b->moved, &b->lock);
  }
  j->made++;
  j->without_archive += track == NULL;
  b->done++;
  pthread_cond_broadcast(&b->moved);
  pthread_mutex_unlock(&b->lock);
}

static web_makers *open_makers(char *dir, size_t size, bench *b) {
  wt_error err;
  wt_track *track;
  web_makers *makers;
  check_temp_dir(dir, size);
  assert_ok(wt_track_open(&track, dir, &(wt_track_options){.create = true}, &err));
  wt_track_close(track);
  *b = (bench){.closed = true};
  pthread_mutex_init(&b->lock, NULL);
  pthread_cond_init(&b->moved, NULL);
  assert_ok(web_makers_open(&makers, dir, 3, make, b, &err));
  return makers;
}

static void wait_for(bench *b, const unsigned *what, unsigned count) {
  pthread_mutex_lock(&b->lock);
  while (*what < count) pthread_cond_wait(&b->moved, &b->lock);
  pthread_mutex_unlock(&b->lock);
}

static void open_gate(bench *b) {
  pthread_mutex_lock(&b->lock);
  b->closed = false;
  pthread_cond_broadcast(&b->moved);
  pthread_mutex_unlock(&b->lock);
}

static void each_is_made_once(void **state) {
  (void)state;
  bench b;
  char dir[4096];
  static job jobs[JOBS];
  web_makers *makers = open_makers(dir, sizeof dir, &b);
  for (unsigned i = 0; i < JOBS; i++) assert_true(web_makers_ask(makers, &jobs[i].job, i % 3 == 0));
  wait_for(&b, &b.done, JOBS);
  for (unsigned i = 0; i < JOBS; i++) assert_true(jobs[i].made == 1 && jobs[i].without_archive == 0);
  web_makers_close(makers);
  check_remove_dir(dir);
}

/* While the one maker of whole-archive pages is busy, other pages are made; its line fills up and refuses. */
static void a_slow_page_holds_up_its_own_line(void **state) {
  (void)state;
  bench b;
  char dir[4096];
  static job slow[WAITING + 2], quick[JOBS];
  web_makers *makers = open_makers(dir, sizeof dir, &b);
  b.gated = &slow[0].job;
  assert_true(web_makers_ask(makers, &slow[0].job, true));
  wait_for(&b, &b.waiting, 1);
  for (unsigned i = 1; i <= WAITING; i++) assert_true(web_makers_ask(makers, &slow[i].job, true));
  assert_false(web_makers_ask(makers, &slow[WAITING + 1].job, true));
  for (unsigned i = 0; i < JOBS; i++) assert_true(web_makers_ask(makers, &quick[i].job, false));
  wait_for(&b, &b.done, JOBS);
  open_gate(&b);
  web_makers_stop(makers); /* what still waits comes back, made or not */
  for (unsigned i = 0; i <= WAITING; i++) assert_int_equal(slow[i].made, 1);
  assert_int_equal(slow[WAITING + 1].made, 0);
  assert_false(web_makers_ask(makers, &slow[WAITING + 1].job, false)); /* all is over */
  web_makers_close(makers);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_is_made_once),
      cmocka_unit_test(a_slow_page_holds_up_its_own_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
