/* track: the handle, and what its files share. */
#ifndef WT_TRACK_TRACK_H
#define WT_TRACK_TRACK_H

#include "wt/track.h"

#include "track/outlets.h"
#include "track/texts.h"

/* What became of a capture that may not be durable yet. */
typedef struct track_news {
  wt_added added;
  wt_error error;
  bool has_error;
} track_news;

struct wt_track {
  wt_archive *archive;
  wt_index *index;
  wt_index_stamp stamp; /* of the index, as committed */
  bool index_damaged;   /* it was, when it was opened, and is made anew */
  bool index_in_memory; /* for this process alone */
  wt_track_options options;
  char reader[WT_READER_VERSION];
  track_texts texts;     /* recent texts, by story */
  track_outlets outlets; /* of writethru.conf */
  bool outlets_read;
  struct track_copies *copies; /* current texts as a set; NULL until somebody asks */
  track_news told;             /* what wt_track_add_capture gave last, and where its spans lie */
  wt_arena told_arena;
  wt_fetcher *fetcher; /* knows the hosts that were asked; NULL until something is fetched */
  wt_buf hosts_dir;    /* where that is kept from run to run */
};

/* ---- calls.c ---- */

void track_warn(const wt_track *track, const wt_error *err);
void track_progress(const wt_track *track, const char *what, uint64_t done, uint64_t total);
bool track_stopped(const wt_track *track);

/* ---- what a handle gets when it is first wanted: outlets.c, fetcher.c ---- */

wt_status track_outlets_need(wt_track *track, wt_error *err);
/* The handle's fetcher, with these options from now on. What it knows of hosts is kept beside the index. */
wt_status track_fetcher(wt_fetcher **out, wt_track *track, const wt_fetch_options *options, wt_error *err);

/* ---- texts: read_blob.c ---- */

/* Reads and parses a text of the archive. */
wt_status track_read_blob(wt_story *out, wt_arena *arena, wt_track *track, wt_oid blob, wt_error *err);
/* Parses a text that goes away: the arena keeps it. */
wt_status track_parse_kept(wt_story *out, wt_arena *arena, wt_span text, wt_error *err);

/* ---- the index: catch_up.c, read_texts.c, open_index.c ---- */

/* Bring the index to where the archive is: the catalogue, from commits and the journal; the words, from texts; both. */
wt_status track_catch_up_catalogue(wt_track *track, wt_error *err);
wt_status track_read_texts(uint64_t *texts, wt_track *track, wt_error *err);
wt_status track_catch_up(wt_track *track, wt_error *err);
/* Opens it. A damaged one is made anew; where nothing can be written, or the disk is full, it is made in memory, for this
   process. */
wt_status track_index_open(wt_track *track, wt_error *err);
/* Brings it as far as the options ask, in memory where the disk does not let it. */
wt_status track_index_catch_up(wt_track *track, wt_error *err);

#endif
