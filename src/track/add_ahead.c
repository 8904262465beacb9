/* add_ahead: a ring of captures that one thread fills and the other empties. */
#include "track/add_ahead.h"

#include <pthread.h>
#include <string.h>

enum {
  SLOTS = 64,
  FEW = 8,               /* captures for which no thread is begun */
  BYTES_MOST = 32 << 20, /* of captures that wait in the ring */
  LATEST = 4096,         /* texts by URL, a power of two */
  LATEST_BYTES = 64 << 20
};

/* The text read last of a URL. */
typedef struct latest {
  wt_hash url;
  track_text *text;
  size_t size;
} latest;

struct track_ahead {
  track_inputs *inputs;
  track_add *add;
  size_t next, end; /* of the items: the thread's */
  latest *latest;
  size_t latest_bytes, hand;

  pthread_t thread;
  pthread_mutex_t lock; /* of what follows */
  pthread_cond_t turned;
  track_ready slots[SLOTS];
  size_t first, count; /* of those that are filled */
  size_t bytes;
  bool quiet; /* the last ones were known: only their bytes are wanted */
  bool stop;
};

/* ---- texts by URL ---- */

static void forget(track_ahead *ahead, latest *l) {
  ahead->latest_bytes -= l->size;
  track_text_free(l->text);
  *l = (latest){.text = NULL};
}

static latest *latest_of(track_ahead *ahead, wt_hash url) {
  return &ahead->latest[url.low & (LATEST - 1)];
}

static void remember(track_ahead *ahead, wt_hash url, track_text *text) {
  latest *l = latest_of(ahead, url);
  forget(ahead, l);
  *l = (latest){url, text, text->arena.used + sizeof *text};
  ahead->latest_bytes += l->size;
  track_text_share(text);
  for (size_t tries = 0; ahead->latest_bytes > LATEST_BYTES && tries < LATEST; tries++) {
    latest *old = &ahead->latest[ahead->hand++ & (LATEST - 1)];
    if (old != l) forget(ahead, old);
  }
}

/* ---- one capture ---- */

static void compare(track_ahead *ahead, track_ready *ready) {
  const wt_story *story = &ready->entry->text;
  wt_span url = story->fields[WT_FIELD_URL];
  if (url.len == 0 || track_add_says_nothing(story)) return; /* its text will be another's */
  wt_hash key = wt_hash_bytes(url);
  latest *l = latest_of(ahead, key);
  if (l->text && wt_hash_equal(l->url, key) && !wt_story_equal(&l->text->text, story)) {
    const wt_story *before = &l->text->text;
    wt_error err;
    wt_status status = wt_diff_stories(&ready->diff, &ready->arena, before, story, NULL, &err);
    if (status == WT_OK) status = wt_classify(&ready->classified, &ready->arena, &ready->diff, before, story, &err);
    if (status == WT_OK) {
      ready->before = l->text;
      track_text_share(l->text);
    }
  }
  remember(ahead, key, ready->entry);
}

static void prepare(track_ahead *ahead, track_ready *ready, bool quiet) {
  ready->input = &ahead->inputs->items[ahead->next];
  ready->status = track_inputs_load(ready, ahead->inputs, &ready->err);
  if (ready->status || !ready->loaded || quiet) return;
  track_work work = {.capture = &ready->capture};
  ready->status = track_add_read_story(&work, ahead->add, &ready->err);
  ready->read = true;
  ready->unread = work.unread;
  ready->entry = work.entry;
  if (ready->status == WT_OK) compare(ahead, ready);
}

static void empty(track_ready *ready) {
  track_text_free(ready->entry);
  track_text_free(ready->before);
  wt_arena_release(&ready->arena);
  wt_buf bytes = ready->bytes;
  *ready = (track_ready){.bytes = bytes};
  if (bytes.capacity > (size_t)1 << 20)
    wt_buf_release(&ready->bytes);
  else
    wt_buf_clear(&ready->bytes);
}

/* ---- the ring ---- */

/* Waits for a slot. NULL: it is over. */
static track_ready *slot_to_fill(track_ahead *ahead, bool *quiet) {
  pthread_mutex_lock(&ahead->lock);
  while (!ahead->stop && (ahead->count == SLOTS || (ahead->count && ahead->bytes > BYTES_MOST)))
    pthread_cond_wait(&ahead->turned, &ahead->lock);
  track_ready *slot = ahead->stop ? NULL : &ahead->slots[(ahead->first + ahead->count) % SLOTS];
  *quiet = ahead->quiet;
  pthread_mutex_unlock(&ahead->lock);
  return slot;
}

static void *run(void *context) {
  track_ahead *ahead = context;
  for (; ahead->next < ahead->end; ahead->next++) {
    bool quiet;
    track_ready *slot = slot_to_fill(ahead, &quiet);
    if (!slot) break;
    prepare(ahead, slot, quiet);
    pthread_mutex_lock(&ahead->lock);
    ahead->count++;
    ahead->bytes += slot->bytes.len;
    pthread_cond_signal(&ahead->turned);
    pthread_mutex_unlock(&ahead->lock);
  }
  return NULL;
}

track_ready *track_ahead_take(track_ahead *ahead) {
  pthread_mutex_lock(&ahead->lock);
  while (ahead->count == 0) pthread_cond_wait(&ahead->turned, &ahead->lock);
  track_ready *slot = &ahead->slots[ahead->first];
  pthread_mutex_unlock(&ahead->lock);
  return slot;
}

void track_ahead_give(track_ahead *ahead, bool known) {
  track_ready *slot = &ahead->slots[ahead->first];
  size_t bytes = slot->bytes.len;
  empty(slot);
  pthread_mutex_lock(&ahead->lock);
  ahead->first = (ahead->first + 1) % SLOTS;
  ahead->count--;
  ahead->bytes -= bytes;
  ahead->quiet = known;
  pthread_cond_signal(&ahead->turned);
  pthread_mutex_unlock(&ahead->lock);
}

track_ahead *track_ahead_start(track_inputs *inputs, track_add *add, size_t begin, size_t end) {
  if (add->track->options.one_thread || end - begin < FEW) return NULL;
  track_ahead *ahead = wt_alloc_zero(1, sizeof *ahead);
  if (!ahead) return NULL;
  ahead->inputs = inputs;
  ahead->add = add;
  ahead->next = begin;
  ahead->end = end;
  ahead->latest = wt_alloc_zero(LATEST, sizeof *ahead->latest);
  pthread_mutex_init(&ahead->lock, NULL);
  pthread_cond_init(&ahead->turned, NULL);
  if (ahead->latest && pthread_create(&ahead->thread, NULL, run, ahead) == 0) return ahead;
  wt_free(ahead->latest);
  wt_free(ahead);
  return NULL;
}

void track_ahead_stop(track_ahead *ahead) {
  if (!ahead) return;
  pthread_mutex_lock(&ahead->lock);
  ahead->stop = true;
  pthread_cond_signal(&ahead->turned);
  pthread_mutex_unlock(&ahead->lock);
  pthread_join(ahead->thread, NULL);
  for (size_t i = 0; i < SLOTS; i++) {
    empty(&ahead->slots[i]);
    wt_buf_release(&ahead->slots[i].bytes);
  }
  for (size_t i = 0; i < LATEST; i++) forget(ahead, &ahead->latest[i]);
  pthread_cond_destroy(&ahead->turned);
  pthread_mutex_destroy(&ahead->lock);
  wt_free(ahead->latest);
  wt_free(ahead);
}
