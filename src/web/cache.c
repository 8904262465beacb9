/* cache: a hash table with chains, and one list in order of use. One lock: what is done under it is a look-up and MHD's
   queueing of a ready response, which copies nothing. */
#include "web/cache.h"

#include <pthread.h>
#include <string.h>

enum { BUCKETS = 4096 };

typedef struct entry {
  struct entry *chain;         /* in its bucket */
  struct entry *newer, *older; /* in order of use */
  web_answer answer;
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
  MHD_destroy_response(e->answer.response);
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

bool web_cache_answer(web_cache *cache, wt_span key, const char *if_none_match, struct MHD_Connection *connection) {
  pthread_mutex_lock(&cache->lock);
  entry *e = find(cache, key);
  if (e != NULL) {
    unlink_use(cache, e);
    link_newest(cache, e);
    web_answer_queue(&e->answer, if_none_match, connection);
  }
  pthread_mutex_unlock(&cache->lock);
  return e != NULL;
}

static entry *make(wt_span key, const web_answer *answer, size_t size) {
  entry *e = wt_alloc(sizeof *e + key.len);
  if (e == NULL) return NULL;
  *e = (entry){.answer = *answer, .size = size + sizeof *e + key.len, .key_len = key.len};
  memcpy(e->key, key.data, key.len);
  return e;
}

void web_cache_keep(web_cache *cache, wt_span key, const web_answer *answer, size_t size, uint64_t generation) {
  pthread_mutex_lock(&cache->lock);
  bool fits = generation == cache->generation && size < cache->limit / 8 && find(cache, key) == NULL;
  entry *e = fits ? make(key, answer, size) : NULL;
  if (e != NULL) {
    entry **first = bucket(cache, key);
    e->chain = *first;
    *first = e;
    link_newest(cache, e);
    cache->used += e->size;
    while (cache->used > cache->limit) drop(cache, cache->oldest);
  }
  pthread_mutex_unlock(&cache->lock);
  if (e == NULL) MHD_destroy_response(answer->response);
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

/* Is the tag in a list such as `W/"a", "b"` or `*`? Weak comparison (RFC 9110, 13.1.2). */
static bool names(const char *list, const char *etag) {
  if (list == NULL) return false;
  return strcmp(list, "*") == 0 || strstr(list, etag) != NULL;
}

enum MHD_Result web_answer_queue(const web_answer *answer, const char *if_none_match,
                                 struct MHD_Connection *connection) {
  static const char *const kept[] = {MHD_HTTP_HEADER_CACHE_CONTROL, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ETAG};
  if (answer->status != MHD_HTTP_OK || !names(if_none_match, answer->etag))
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
