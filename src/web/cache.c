/* cache: a hash table with chains, and one list in order of use, under one lock that is held for a look-up alone. */
#include "web/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { BUCKETS = 4096 };

struct web_answer {
  atomic_uint holders;
  struct MHD_Response *response;
  unsigned status;
  size_t size;
  char etag[40];
};

typedef struct entry {
  struct entry *chain;         /* in its bucket */
  struct entry *newer, *older; /* in order of use */
  web_answer *answer;
  size_t size, key_len;
  char key[];
} entry;

struct web_cache {
  pthread_mutex_t lock;
  size_t used, limit;
  uint64_t generation;
  entry *newest, *oldest;
  entry *buckets[BUCKETS];
};

web_cache *web_cache_open(size_t limit) {
  web_cache *cache = wt_alloc_zero(1, sizeof *cache);
  if (cache == NULL) return NULL;
  cache->limit = limit;
  pthread_mutex_init(&cache->lock, NULL);
  return cache;
}

/* ---- entries; the lock is held ---- */

static entry **bucket(web_cache *cache, wt_span key) {
  return &cache->buckets[wt_hash64(key) % BUCKETS];
}

static entry *find(web_cache *cache, wt_span key) {
  for (entry *e = *bucket(cache, key); e != NULL; e = e->chain)
    if (e->key_len == key.len && memcmp(e->key, key.data, key.len) == 0) return e;
  return NULL;
}

static void unlink_use(web_cache *cache, entry *e) {
  if (e->newer != NULL)
    e->newer->older = e->older;
  else
    cache->newest = e->older;
  if (e->older != NULL)
    e->older->newer = e->newer;
  else
    cache->oldest = e->newer;
}

static void link_newest(web_cache *cache, entry *e) {
  e->newer = NULL;
  e->older = cache->newest;
  if (cache->newest != NULL)
    cache->newest->newer = e;
  else
    cache->oldest = e;
  cache->newest = e;
}

static void drop(web_cache *cache, entry *e) {
  entry **at = bucket(cache, (wt_span){e->key, e->key_len});
  while (*at != e) at = &(*at)->chain;
  *at = e->chain;
  unlink_use(cache, e);
  cache->used -= e->size;
  web_answer_drop(e->answer);
  wt_free(e);
}

static void drop_all(web_cache *cache) {
  while (cache->oldest != NULL) drop(cache, cache->oldest);
}

/* ---- calls ---- */

void web_cache_close(web_cache *cache) {
  if (cache == NULL) return;
  drop_all(cache);
  pthread_mutex_destroy(&cache->lock);
  wt_free(cache);
}

web_answer *web_cache_find(web_cache *cache, wt_span key) {
  web_answer *found = NULL;
  pthread_mutex_lock(&cache->lock);
  entry *e = find(cache, key);
  if (e != NULL) {
    unlink_use(cache, e);
    link_newest(cache, e);
    found = web_answer_hold(e->answer);
  }
  pthread_mutex_unlock(&cache->lock);
  return found;
}

static entry *make(wt_span key, web_answer *answer) {
  entry *e = wt_alloc(sizeof *e + key.len);
  if (e == NULL) return NULL;
  *e = (entry){.size = answer->size + sizeof *answer + sizeof *e + key.len, .key_len = key.len};
  e->answer = web_answer_hold(answer);
  memcpy(e->key, key.data, key.len);
  return e;
}

void web_cache_keep(web_cache *cache, wt_span key, web_answer *answer, uint64_t generation) {
  pthread_mutex_lock(&cache->lock);
  bool fits = generation == cache->generation && answer->size < cache->limit / 8 && find(cache, key) == NULL;
  entry *e = fits ? make(key, answer) : NULL;
  if (e != NULL) {
    entry **first = bucket(cache, key);
    e->chain = *first;
    *first = e;
    link_newest(cache, e);
    cache->used += e->size;
    while (cache->used > cache->limit) drop(cache, cache->oldest);
  }
  pthread_mutex_unlock(&cache->lock);
}

uint64_t web_cache_generation(web_cache *cache) {
  pthread_mutex_lock(&cache->lock);
  uint64_t generation = cache->generation;
  pthread_mutex_unlock(&cache->lock);
  return generation;
}

void web_cache_renew(web_cache *cache) {
  pthread_mutex_lock(&cache->lock);
  cache->generation++;
  drop_all(cache);
  pthread_mutex_unlock(&cache->lock);
}

/* ---- answers ---- */

web_answer *web_answer_new(struct MHD_Response *response, unsigned status, size_t size, const char *etag) {
  web_answer *answer = wt_alloc(sizeof *answer);
  if (answer == NULL) {
    MHD_destroy_response(response);
    return NULL;
  }
  *answer = (web_answer){.holders = 1, .response = response, .status = status, .size = size};
  snprintf(answer->etag, sizeof answer->etag, "%s", etag);
  return answer;
}

web_answer *web_answer_hold(web_answer *answer) {
  atomic_fetch_add(&answer->holders, 1);
  return answer;
}

void web_answer_drop(web_answer *answer) {
  if (answer == NULL || atomic_fetch_sub(&answer->holders, 1) > 1) return;
  MHD_destroy_response(answer->response);
  wt_free(answer);
}

/* Weak comparison (RFC 9110, 13.1.2). */
bool web_etag_is_known(const char *if_none_match, const char *etag) {
  if (if_none_match == NULL || etag[0] == 0) return false;
  return strcmp(if_none_match, "*") == 0 || strstr(if_none_match, etag) != NULL;
}

enum MHD_Result web_answer_queue(const web_answer *answer, const char *if_none_match,
                                 struct MHD_Connection *connection) {
  static const char *const kept[] = {MHD_HTTP_HEADER_CACHE_CONTROL, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ETAG};
  if (!web_etag_is_known(if_none_match, answer->etag))
    return MHD_queue_response(connection, answer->status, answer->response);
  struct MHD_Response *same = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
  if (same == NULL) return MHD_NO;
  for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
    const char *value = MHD_get_response_header(answer->response, kept[i]);
    if (value != NULL) MHD_add_response_header(same, kept[i], value);
  }
  enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, same);
  MHD_destroy_response(same);
  return result;
}
