/*
 * watch: what the steps of a round share.
 *
 *   watch.c          the round: what is due, fetched, in batches
 *   watch_sources.c  what the configuration says
 *   watch_read.c     the pages of a batch are read, two at a time
 *   watch_take.c     what one answer means: for a page, for a source
 */
#ifndef WT_TRACK_WATCH_H
#define WT_TRACK_WATCH_H

#include "track/add.h"
#include "track/schedule.h"

/* ---- sources ---- */

typedef enum track_source_kind { SOURCE_AUTO, SOURCE_FEED, SOURCE_SECTION, SOURCE_PAGE } track_source_kind;

typedef struct track_source {
  wt_span name, url, outlet, command; /* in the arena */
  track_source_kind kind;
  int64_t every; /* seconds; 0: its own pace */
} track_source;

typedef struct track_sources {
  wt_arena arena;
  track_source *items;
  size_t count, capacity;
} track_sources;

wt_status track_sources_read(track_sources *out, wt_track *track, wt_error *err);
void track_sources_release(track_sources *sources);
const track_source *track_sources_find(const track_sources *sources, wt_span name); /* NULL: none */

/* ---- one check ---- */

/* An answer that waits for its batch. */
typedef struct track_answer {
  wt_watch_row row; /* spans in the round's arena */
  const track_source *source;
  wt_fetch_state state;
  wt_instant at;
  wt_buf body;
  wt_span final_url, content_type, content_language, etag, last_modified, why;
  bool moved;
  int64_t retry_after_ms;
  track_ready ready; /* the page, read ahead of its turn */
} track_answer;

/* The page as a capture; spans are the answer's. */
wt_capture track_answer_capture(const track_add *add, const track_answer *answer);
void track_answers_read(const track_add *add, track_answer *answers, size_t count);

/* Takes an answer in through an open add: the story or the links, the record, the schedule. Tells what became of it; the
   spans of `told` lie in add->arena. */
wt_status track_answer_take(wt_watched *told, track_add *add, track_answer *answer, bool keep_watching, wt_error *err);

#endif
