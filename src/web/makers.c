/* makers: two lines of jobs under a lock; several threads for the one, a single thread for the other. */
#include "web/makers.h"

#include <pthread.h>

enum { MAKERS_MAX = 64, WAITING_MAX = 256 };

typedef struct line {
  pthread_cond_t more;
  web_job *first, *last;
  unsigned count;
} line;

typedef struct maker {
  web_makers *all;
  line *line;
  wt_track *track;
  pthread_t thread;
} maker;

struct web_makers {
  pthread_mutex_t lock;
  line quick, whole; /* of pages about one story or a list; of those that need all texts */
  maker items[MAKERS_MAX + 1];
  unsigned count, running;
  bool over;
  web_make *make;
  void *context;
};

/* ---- lines; the lock is held ---- */

static web_job *take(line *from) {
  web_job *job = from->first;
  if (job == NULL) return NULL;
  from->first = job->next;
  from->count--;
  return job;
}

static bool put(line *to, web_job *job) {
  if (to->count >= WAITING_MAX) return false;
  job->next = NULL;
  if (to->first == NULL)
    to->first = job;
  else
    to->last->next = job;
  to->last = job;
  to->count++;
  pthread_cond_signal(&to->more);
  return true;
}

/* ---- threads ---- */

static void *work(void *argument) {
  maker *m = argument;
  web_makers *all = m->all;
  pthread_mutex_lock(&all->lock);
  for (;;) {
    web_job *job = take(m->line);
    if (job == NULL && all->over) break;
    if (job == NULL) {
      pthread_cond_wait(&m->line->more, &all->lock);
      continue;
    }
    wt_track *track = all->over ? NULL : m->track;
    pthread_mutex_unlock(&all->lock);
    all->make(all->context, job, track);
    pthread_mutex_lock(&all->lock);
  }
  pthread_mutex_unlock(&all->lock);
  return NULL;
}

static wt_status start(web_makers *all, const char *dir, line *from, wt_error *err) {
  static const wt_track_options reading = {.create = false};
  maker *m = &all->items[all->count];
  *m = (maker){.all = all, .line = from};
  wt_status status = wt_track_open(&m->track, dir, &reading, err);
  if (status != WT_OK) return status;
  all->count++;
  if (pthread_create(&m->thread, NULL, work, m) != 0) return wt_fail(err, WT_ENOMEM, dir, -1, "cannot start a thread");
  all->running++;
  return WT_OK;
}

wt_status web_makers_open(web_makers **out, const char *dir, unsigned count, web_make *make, void *context,
                          wt_error *err) {
  web_makers *all = wt_alloc_zero(1, sizeof *all);
  *out = all;
  if (all == NULL) return wt_fail(err, WT_ENOMEM, dir, -1, "no memory for its threads");
  all->make = make;
  all->context = context;
  pthread_mutex_init(&all->lock, NULL);
  pthread_cond_init(&all->quick.more, NULL);
  pthread_cond_init(&all->whole.more, NULL);
  wt_status status = start(all, dir, &all->whole, err);
  for (unsigned i = 0; i < count && i < MAKERS_MAX && status == WT_OK; i++) status = start(all, dir, &all->quick, err);
  return status;
}

bool web_makers_ask(web_makers *all, web_job *job, bool needs_all_texts) {
  pthread_mutex_lock(&all->lock);
  bool taken = !all->over && put(needs_all_texts ? &all->whole : &all->quick, job);
  pthread_mutex_unlock(&all->lock);
  return taken;
}

void web_makers_stop(web_makers *all) {
  pthread_mutex_lock(&all->lock);
  all->over = true;
  pthread_cond_broadcast(&all->quick.more);
  pthread_cond_broadcast(&all->whole.more);
  pthread_mutex_unlock(&all->lock);
  for (; all->running > 0; all->running--) pthread_join(all->items[all->running - 1].thread, NULL);
}

void web_makers_close(web_makers *all) {
  if (all == NULL) return;
  web_makers_stop(all);
  for (unsigned i = 0; i < all->count; i++) wt_track_close(all->items[i].track);
  pthread_mutex_destroy(&all->lock);
  pthread_cond_destroy(&all->quick.more);
  pthread_cond_destroy(&all->whole.more);
  wt_free(all);
}
