/*
 * cache: finished answers, by address, within a ceiling of bytes; the longest unused goes first. Everything in it belongs
 * to one state of the archive and is dropped when that changes.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "wt/base.h"

#include <microhttpd.h>

typedef struct web_cache web_cache;

/* One finished answer. The response is MHD's, counted. */
typedef struct web_answer {
  struct MHD_Response *response;
  unsigned status;
  char etag[40]; /* with its quotes */
} web_answer;

web_cache *web_cache_open(size_t limit); /* NULL: no memory */
void web_cache_close(web_cache *cache);
/* Queues what is kept for the key, or 304 when `if_none_match` names it. False: nothing is kept. */
bool web_cache_answer(web_cache *cache, wt_span key, const char *if_none_match, struct MHD_Connection *connection);
/* Keeps an answer made while the archive was in the state of `generation`; takes a count of its response for itself. */
void web_cache_keep(web_cache *cache, wt_span key, const web_answer *answer, size_t size, uint64_t generation);
uint64_t web_cache_generation(web_cache *cache);
/* Drops everything. */
void web_cache_renew(web_cache *cache);

/* Queues one answer, or 304 with its ETag when `if_none_match` names it. */
enum MHD_Result web_answer_queue(const web_answer *answer, const char *if_none_match,
                                 struct MHD_Connection *connection);

#endif
