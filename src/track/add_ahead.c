/* add_ahead: a ring of captures. One thread reads into it, a second compares what was read, and the caller empties it; who
   must wait compares meanwhile. */
#include "track/add_ahead.h"

#include <pthread.h>
#include <string.h>

enum {
  SLOTS = 1024, /* as many as are read while the caller makes a batch durable */
  SOME = 32,
  FEW = 8,               /* captures for which no thread is begun */
  BYTES_MOST = 64 << 20, /* of what waits in the ring */
  SETS = 2048,           /* of latest texts, a power of two */
  WAYS = 4,              /* texts in a set */
  KEYS = 4,              /* of a text without a URL */
  LATEST_BYTES = 64 << 20
};

/* The text read last that has this key. */
typedef struct latest {
  uint64_t key;
  track_text *text;
  size_t size;   /* its share of the text's */
  uint64_t when; /* the older of a set go first */
} latest;

struct track_ahead {
  track_inputs *inputs;
  track_add *add;
  size_t next, end; /* of the items: the reader's */
  latest *latest;   /* SETS of WAYS: the reader's */
  size_t latest_bytes, hand;
  uint64_t when;

  pthread_t reader, comparer;
  bool has_comparer;
  pthread_mutex_t lock; /* of what follows */
  pthread_cond_t freed, filled, finished;
  track_ready slots[SLOTS];
  size_t sizes[SLOTS]; /* of what each holds */
  bool compared[SLOTS];
  size_t taken, begun,
      read; /* items that were given back; whose comparison is somebody's; that are in the ring or were */
  size_t bytes;
  bool quiet; /* the last ones were known: only their bytes are wanted */
  bool over;  /* nothing more is read */
  bool stop;
};

/* ---- latest texts ---- */

/* The URL; of a text that has none, the first of its shingles: most of those outlive an edit. */
static size_t keys_of(uint64_t out[KEYS], const track_text *text) {
  wt_span url = text->text.fields[WT_FIELD_URL];
  size_t count = text->print.shingle_count < KEYS ? text->print.shingle_count : KEYS;
  if (url.len) out[0] = wt_hash64(url);
  for (size_t i = 0; url.len == 0 && i < count; i++) out[i] = text->print.shingles[i];
  return url.len ? 1 : count;
}

static void forget(track_ahead *ahead, latest *l) {
  ahead->latest_bytes -= l->size;
  track_text_free(l->text);
  *l = (latest){.text = NULL};
}

/* Where the key is, or the oldest of its set. */
static latest *latest_of(track_ahead *ahead, uint64_t key) {
  latest *set = &ahead->latest[(key * 0x9E3779B97F4A7C15u >> 40 & (SETS - 1)) * WAYS], *oldest = set;
  for (size_t i = 0; i < WAYS; i++) {
    if (set[i].text && set[i].key == key) return &set[i];
    if (set[i].when < oldest->when) oldest = &set[i];
  }
  return oldest;
}

static track_text *find_latest(track_ahead *ahead, uint64_t key) {
  latest *l = latest_of(ahead, key);
  return l->text && l->key == key ? l->text : NULL;
}

static void remember(track_ahead *ahead, uint64_t key, track_text *text, size_t size) {
  latest *l = latest_of(ahead, key);
  forget(ahead, l);
  *l = (latest){key, text, size, ++ahead->when};
  ahead->latest_bytes += size;
  track_text_share(text);
  for (size_t tries = 0; ahead->latest_bytes > LATEST_BYTES && tries < SETS * WAYS; tries++) {
    latest *old = &ahead->latest[ahead->hand++ & (SETS * WAYS - 1)];
    if (old != l) forget(ahead, old);
  }
}

/* ---- one capture ---- */

/* What it will be compared with, most likely. */
static void pair(track_ahead *ahead, track_ready *ready) {
  uint64_t keys[KEYS];
  if (track_add_says_nothing(&ready->entry->text)) return; /* its text will be another's */
  size_t count = keys_of(keys, ready->entry);
  track_text *before = NULL;
  for (size_t i = 0; i < count && !before; i++) before = find_latest(ahead, keys[i]);
  if (before && !wt_story_equal(&before->text, &ready->entry->text)) {
    ready->before = before;
    track_text_share(before);
  }
  size_t size = ready->entry->arena.used + sizeof *ready->entry;
  for (size_t i = 0; i < count; i++) remember(ahead, keys[i], ready->entry, size / count);
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
  if (ready->status == WT_OK) pair(ahead, ready);
}

static void drop_before(track_ready *ready) {
  track_text_free(ready->before);
  ready->before = NULL;
}

static void compare(track_ready *ready) {
  if (!ready->before) return;
  const wt_story *before = &ready->before->text, *story = &ready->entry->text;
  wt_error err;
  wt_status status = wt_diff_stories(&ready->diff, &ready->arena, before, story, NULL, &err);
  if (status == WT_OK) status = wt_classify(&ready->classified, &ready->arena, &ready->diff, before, story, &err);
  if (status) drop_before(ready);
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

static track_ready *slot_of(track_ahead *ahead, size_t number) {
  return &ahead->slots[number % SLOTS];
}

static void weigh_slot(track_ahead *ahead, size_t number, size_t size) {
  ahead->sizes[number % SLOTS] += size;
  ahead->bytes += size;
}

/* Compares one that nobody has begun; the lock is given back meanwhile. False: there is none. */
static bool compare_next(track_ahead *ahead) {
  if (ahead->begun == ahead->read) return false;
  size_t number = ahead->begun++;
  track_ready *slot = slot_of(ahead, number);
  pthread_mutex_unlock(&ahead->lock);
  compare(slot);
  pthread_mutex_lock(&ahead->lock);
  weigh_slot(ahead, number, slot->arena.used);
  ahead->compared[number % SLOTS] = true;
  pthread_cond_signal(&ahead->finished);
  return true;
}

static bool is_full(const track_ahead *ahead) {
  size_t waiting = ahead->read - ahead->taken;
  return waiting == SLOTS || (waiting > 0 && ahead->bytes > BYTES_MOST);
}

/* Waits for a slot. NULL: it is over. */
static track_ready *slot_to_fill(track_ahead *ahead, bool *quiet) {
  pthread_mutex_lock(&ahead->lock);
  while (!ahead->stop && is_full(ahead))
    if (!compare_next(ahead)) pthread_cond_wait(&ahead->freed, &ahead->lock);
  track_ready *slot = ahead->stop ? NULL : slot_of(ahead, ahead->read);
  *quiet = ahead->quiet;
  pthread_mutex_unlock(&ahead->lock);
  return slot;
}

static void *run_reader(void *context) {
  track_ahead *ahead = context;
  for (; ahead->next < ahead->end; ahead->next++) {
    bool quiet;
    track_ready *slot = slot_to_fill(ahead, &quiet);
    if (!slot) break;
    prepare(ahead, slot, quiet);
    pthread_mutex_lock(&ahead->lock);
    ahead->compared[ahead->read % SLOTS] = false;
    weigh_slot(ahead, ahead->read++, slot->bytes.len + (slot->entry ? slot->entry->arena.used : 0));
    pthread_cond_signal(&ahead->filled);
    pthread_cond_signal(&ahead->finished);
    pthread_mutex_unlock(&ahead->lock);
  }
  pthread_mutex_lock(&ahead->lock);
  ahead->over = true;
  pthread_cond_signal(&ahead->filled);
  pthread_mutex_unlock(&ahead->lock);
  return NULL;
}

static void *run_comparer(void *context) {
  track_ahead *ahead = context;
  pthread_mutex_lock(&ahead->lock);
  while (!ahead->stop)
    if (!compare_next(ahead)) {
      if (ahead->over) break;
      pthread_cond_wait(&ahead->filled, &ahead->lock);
    }
  pthread_mutex_unlock(&ahead->lock);
  return NULL;
}

track_ready *track_ahead_take(track_ahead *ahead) {
  pthread_mutex_lock(&ahead->lock);
  size_t number = ahead->taken;
  while (ahead->read == number || !ahead->compared[number % SLOTS])
    if (!compare_next(ahead)) pthread_cond_wait(&ahead->finished, &ahead->lock);
  pthread_mutex_unlock(&ahead->lock);
  return slot_of(ahead, number);
}

void track_ahead_give(track_ahead *ahead, bool known) {
  empty(slot_of(ahead, ahead->taken));
  pthread_mutex_lock(&ahead->lock);
  size_t number = ahead->taken++ % SLOTS;
  ahead->bytes -= ahead->sizes[number];
  ahead->sizes[number] = 0;
  ahead->quiet = known;
  /* Room for some is waited for, so that the thread is not woken for each. */
  if (ahead->read - ahead->taken <= SLOTS - SOME && !is_full(ahead)) pthread_cond_signal(&ahead->freed);
  pthread_mutex_unlock(&ahead->lock);
}

static void release(track_ahead *ahead) {
  pthread_cond_destroy(&ahead->freed);
  pthread_cond_destroy(&ahead->filled);
  pthread_cond_destroy(&ahead->finished);
  pthread_mutex_destroy(&ahead->lock);
  wt_free(ahead->latest);
  wt_free(ahead);
}

track_ahead *track_ahead_start(track_inputs *inputs, track_add *add, size_t begin, size_t end) {
  if (add->track->options.one_thread || end - begin < FEW) return NULL;
  track_ahead *ahead = wt_alloc_zero(1, sizeof *ahead);
  if (!ahead) return NULL;
  ahead->inputs = inputs;
  ahead->add = add;
  ahead->next = begin;
  ahead->end = end;
  ahead->latest = wt_alloc_zero(SETS * WAYS, sizeof *ahead->latest);
  pthread_mutex_init(&ahead->lock, NULL);
  pthread_cond_init(&ahead->freed, NULL);
  pthread_cond_init(&ahead->filled, NULL);
  pthread_cond_init(&ahead->finished, NULL);
  if (!ahead->latest || pthread_create(&ahead->reader, NULL, run_reader, ahead)) {
    release(ahead);
    return NULL;
  }
  ahead->has_comparer = pthread_create(&ahead->comparer, NULL, run_comparer, ahead) == 0;
  return ahead;
}

void track_ahead_stop(track_ahead *ahead) {
  if (!ahead) return;
  pthread_mutex_lock(&ahead->lock);
  ahead->stop = true;
  pthread_cond_signal(&ahead->freed);
  pthread_cond_signal(&ahead->filled);
  pthread_mutex_unlock(&ahead->lock);
  pthread_join(ahead->reader, NULL);
  if (ahead->has_comparer) pthread_join(ahead->comparer, NULL);
  for (size_t i = 0; i < SLOTS; i++) {
    empty(&ahead->slots[i]);
    wt_buf_release(&ahead->slots[i].bytes);
  }
  for (size_t i = 0; i < SETS * WAYS; i++) forget(ahead, &ahead->latest[i]);
  release(ahead);
}
