/*
 * jsonld: what schema.org JSON-LD says of an article.
 *
 * Pages carry several scripts with several objects each: the site, its owner, a breadcrumb, the article. Read each with
 * wt_jsonld_read into the same wt_jsonld; what an earlier article said stays.
 */
#ifndef WT_INGEST_JSONLD_H
#define WT_INGEST_JSONLD_H

#include "wt/story.h"

typedef struct wt_jsonld_update {
  wt_span id, time, headline, body;
} wt_jsonld_update; /* an entry of a live blog */

/* All spans in the arena; empty when not said. */
typedef struct wt_jsonld {
  bool found;  /* an article was there; else only what a WebPage says */
  bool live;   /* LiveBlogPosting */
  int8_t free; /* isAccessibleForFree: 1 yes, 0 no, -1 not said */
  wt_span type, headline, alternative, description, section, published, modified, body, language, url, page, id,
      publisher, correction, dateline, credit, status, version;
  wt_list authors;
  wt_jsonld_update *updates;
  size_t update_count, update_capacity;
} wt_jsonld;

void wt_jsonld_init(wt_jsonld *out);
/* Reads one script. Control characters inside strings and comment marks around the whole are forgiven, as browsers'
   users forgive them; what is no JSON still is passed over (WT_EFORMAT with its byte, out unchanged). */
wt_status wt_jsonld_read(wt_jsonld *out, wt_arena *arena, wt_span json, wt_error *err);
/* Fills the empty fields, bylines and, when the story has no blocks, the blocks (articleBody, a line a paragraph). */
wt_status wt_jsonld_story(wt_story *story, const wt_jsonld *from, wt_error *err);

#endif
