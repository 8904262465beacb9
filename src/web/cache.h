/*
 * cache: finished answers, by address, within a ceiling of bytes; the longest unused goes first. Everything in it belongs
 * to one state of the archive and is dropped when that changes.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "wt/base.h"

#include <microhttpd.h>

/* One finished answer: counted, since the cache and whoever asked may let go of it in either order. */
typedef struct web_answer web_answer;

/* Does an If-None-Match header (`W/"a", "b"` or `*`; NULL: none) name the tag? An empty tag is not known. */
bool web_etag_is_known(const char *if_none_match, const char *etag);

/* Takes the response for itself; `etag` (with its quotes; empty: none) is copied. NULL, and the response is gone: no memory. */
web_answer *web_answer_new(struct MHD_Response *response, unsigned status, size_t size, const char *etag);
web_answer *web_answer_hold(web_answer *answer);
void web_answer_drop(web_answer *answer); /* may be NULL */
/* Queues it, or 304 with its ETag when `if_none_match` (may be NULL) names it. */
enum MHD_Result web_answer_queue(const web_answer *answer, const char *if_none_match,
                                 struct MHD_Connection *connection);

typedef struct web_cache web_cache;

web_cache *web_cache_open(size_t limit); /* NULL: no memory */
void web_cache_close(web_cache *cache);
/* What is kept for the key, held for the caller; NULL: nothing. */
web_answer *web_cache_find(web_cache *cache, wt_span key);
/* Keeps an answer made while the archive was in the state of `generation`. */
void web_cache_keep(web_cache *cache, wt_span key, web_answer *answer, uint64_t generation);
uint64_t web_cache_generation(web_cache *cache);
/* Drops everything. */
void web_cache_renew(web_cache *cache);

#endif
