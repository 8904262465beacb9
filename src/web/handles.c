/* handles: a stack of open archives under a lock. */
#include "web/handles.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum { LOOK_MS = 250, HANDLES_MAX = 64 };

struct web_handles {
  pthread_mutex_t lock;
  pthread_cond_t free;
  wt_track *idle[HANDLES_MAX];
  unsigned count;
  int64_t looked; /* monotonic ms of the last look */
  wt_index_stamp stamp;
};

static int64_t monotonic_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

wt_status web_handles_open(web_handles **out, const char *dir, unsigned count, wt_error *err) {
  static const wt_track_options reading = {.create = false};
  web_handles *handles = wt_alloc_zero(1, sizeof *handles);
  wt_status status = WT_OK;
  *out = handles;
  if (handles == NULL) return wt_fail(err, WT_ENOMEM, dir, -1, "no memory for its handles");
  pthread_mutex_init(&handles->lock, NULL);
  pthread_cond_init(&handles->free, NULL);
  while (handles->count < count && handles->count < HANDLES_MAX && status == WT_OK) {
    status = wt_track_open(&handles->idle[handles->count], dir, &reading, err);
    if (status == WT_OK) handles->count++;
  }
  if (status == WT_OK) status = wt_index_stamp_get(&handles->stamp, wt_track_index(handles->idle[0]), err);
  return status;
}

void web_handles_close(web_handles *handles) {
  if (handles == NULL) return;
  for (unsigned i = 0; i < handles->count; i++) wt_track_close(handles->idle[i]);
  pthread_mutex_destroy(&handles->lock);
  pthread_cond_destroy(&handles->free);
  wt_free(handles);
}

wt_track *web_handles_take(web_handles *handles) {
  pthread_mutex_lock(&handles->lock);
  while (handles->count == 0) pthread_cond_wait(&handles->free, &handles->lock);
  wt_track *track = handles->idle[--handles->count];
  pthread_mutex_unlock(&handles->lock);
  return track;
}

void web_handles_give(web_handles *handles, wt_track *track) {
  pthread_mutex_lock(&handles->lock);
  handles->idle[handles->count++] = track;
  pthread_cond_signal(&handles->free);
  pthread_mutex_unlock(&handles->lock);
}

static bool is_due(web_handles *handles) {
  int64_t now = monotonic_ms();
  pthread_mutex_lock(&handles->lock);
  bool due = now - handles->looked >= LOOK_MS;
  if (due) handles->looked = now;
  pthread_mutex_unlock(&handles->lock);
  return due;
}

static bool is_new(web_handles *handles, const wt_index_stamp *stamp) {
  pthread_mutex_lock(&handles->lock);
  bool differs =
      stamp->journal != handles->stamp.journal || memcmp(&stamp->main, &handles->stamp.main, sizeof stamp->main) != 0;
  handles->stamp = *stamp;
  pthread_mutex_unlock(&handles->lock);
  return differs;
}

bool web_handles_changed(web_handles *handles) {
  wt_index_stamp stamp;
  if (!is_due(handles)) return false;
  wt_track *track = web_handles_take(handles);
  wt_status status = wt_index_stamp_get(&stamp, wt_track_index(track), NULL);
  web_handles_give(handles, track);
  return status == WT_OK && is_new(handles, &stamp);
}
