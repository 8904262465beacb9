/*
 * add: the way of a capture, and what its steps share.
 *
 *   add_news.c      what became of captures, told once it is durable
 *   add_batch.c     many captures, one lock, one commit
 *   add_time.c      when a capture was taken
 *   add_read.c      bytes -> story
 *   add_identity.c  whose story it is
 *   add_kill.c      a kill without a text
 *   add_decide.c    what becomes of it: one reason code
 *   add_put.c       into the archive, the journal and the index
 *   add.c           the way: these steps, one after the other
 *
 * Each may call those before it. Above add.c is who sends captures its way: add_files.c (files and folders, see add_inputs.h
 * and add_ahead.h), add_from.c (another archive), watch.c (feeds and pages); and what mends a grouping or a decision, by some
 * of the steps: quarantine.c, regroup.c, reread.c.
 */
#ifndef WT_TRACK_ADD_H
#define WT_TRACK_ADD_H

#include "track/alike.h"
#include "track/track.h"

/* As wt_add_options.batch: nothing is committed but by track_add_commit. */
#define TRACK_ADD_WHOLE UINT32_MAX

struct track_input;

/* What was done for a capture before its turn (add_ahead.h). */
typedef struct track_ready {
  const struct track_input *input;
  wt_status status; /* of what was done */
  wt_error err;
  wt_buf bytes;
  wt_capture capture; /* of these bytes */
  bool loaded;        /* `capture` is there */
  bool read, unread;  /* the story was read, or could not be */
  track_text *entry;
  track_text *before; /* it was compared with this one; NULL: with none */
  wt_arena arena;     /* of the comparison, and of the capture's source */
  wt_diff diff;
  wt_classified classified;
} track_ready;

/* One capture on its way. */
typedef struct track_work {
  const wt_capture *capture;
  track_ready *ready; /* NULL: nothing was done before */
  wt_span file;
  wt_instant at;
  bool assumed;
  wt_hash input;

  track_text *entry; /* the story as read; handed to the recent texts once it is a revision */
  wt_story *story;   /* entry->text */

  bool known;       /* it belongs to a story that is held */
  wt_story_row row; /* that story */
  const char *because;
  char because_text[64];

  bool late;
  track_text *before; /* the text in force at its time; borrowed */
  track_text *loaded; /* when `before` had to be read for this capture alone */
  wt_diff diff;
  wt_classified classified;

  wt_reason reason;
  uint32_t returned_to;
  bool returned_exactly; /* to the very bytes, not only to the same text */
  uint32_t revision;     /* made or confirmed */
  uint64_t sighted;      /* record of the sighting that held these bytes already; 0: this capture makes its own */
  uint64_t released;     /* quarantined capture that this one lets out; 0: none */
  int64_t held;          /* the story it went into */
  wt_revision_ids ids;
  wt_span path, subject;
  uint32_t flags;
  bool quiet_input; /* seen before: nothing is written */
  bool unread;      /* the reader could make nothing of it */
} track_work;

static inline bool track_add_makes_revision(const track_work *work) {
  return work->reason != WT_REASON_UNCHANGED && !wt_reason_is_quarantine(work->reason);
}

typedef struct track_add {
  wt_track *track;
  const wt_add_options *options;
  wt_archive_batch *batch;
  wt_add_summary summary;
  uint64_t accepting;   /* quarantined capture that the user lets out; 0: none */
  uint64_t next_record; /* number of the journal's next record */
  uint32_t pending;     /* captures in the open batch */
  size_t pending_bytes;
  wt_arena arena;   /* of the news */
  wt_arena scratch; /* of one capture */
  track_news *news;
  size_t news_count, news_capacity;
  wt_buf text, line;
  uint64_t done, total;
  wt_span watched_path;   /* the story that a watched address gave so far; empty: none */
  wt_capture_state state; /* of the capture read last */
} track_add;

/* ---- add_news.c ---- */

/* Keeps the news of one capture until the commit. */
wt_status track_add_tell(track_work *work, track_add *add, wt_error *err);
/* The same for one that could not be taken in. */
wt_status track_add_trouble(track_add *add, wt_span file, const wt_error *trouble, wt_error *err);
/* Hands all news on. */
void track_add_tell_all(track_add *add);
/* The news of the only capture, kept by the handle for the caller. */
wt_status track_add_told(wt_added *out, track_add *add, wt_error *err);

/* ---- add_batch.c ---- */

/* Takes the lock and catches up. */
wt_status track_add_open(track_add **out, wt_track *track, const wt_add_options *options, wt_error *err);
/* One record of the journal, from add->line. */
wt_status track_add_record(track_add *add, wt_error *err);
/* Makes durable what is pending, then tells. */
wt_status track_add_commit(track_add *add, wt_error *err);
void track_add_free(track_add *add); /* NULL is fine; what is not committed is dropped */

/* ---- add_time.c ---- */

bool track_time_from_name(wt_instant *out, const char *pattern, wt_span name);
wt_status track_time_of(wt_instant *at, bool *assumed, const wt_add_options *options, const wt_source *source,
                        wt_span file, wt_error *err);

/* ---- add_read.c ---- */

/* Bytes to story: fills entry and story, or unread. Touches nothing of `add` that changes while captures are added. */
wt_status track_add_read_story(track_work *work, const track_add *add, wt_error *err);
/* The same in the capture's turn, or taken over when it was read before. */
wt_status track_add_read(track_work *work, track_add *add, wt_error *err);
/* Reads a text of the archive, also one that the open batch holds. */
wt_status track_add_read_blob(wt_story *out, wt_arena *arena, track_add *add, wt_oid blob, wt_error *err);
/* A revision with its text, to be freed with track_text_free. */
wt_status track_add_load(track_text **out, track_add *add, int64_t story, uint32_t number, wt_error *err);

/* ---- add_identity.c ---- */

/* Fills known, row and because. */
wt_status track_add_identify(track_work *work, track_add *add, wt_error *err);

/* ---- add_kill.c ---- */

/* A kill without a text keeps the text that it kills. */
wt_status track_add_keep_killed(track_work *work, wt_error *err);
bool track_add_says_nothing(const wt_story *story);

/* ---- add_decide.c ---- */

/* Loads what was in force and compares; fills before, late, diff, classified. */
wt_status track_add_compare(track_work *work, track_add *add, wt_error *err);
/* Fills reason and flags. */
wt_status track_add_decide(track_work *work, track_add *add, wt_error *err);
uint32_t track_add_flags(const track_work *work); /* WT_REVISION_* */

/* ---- add_put.c ---- */

/* Writes the revision (when the reason makes one), the capture, the sighting. */
wt_status track_add_put(track_work *work, track_add *add, wt_error *err);

/* ---- add.c ---- */

/* Takes one capture its whole way; a capture that cannot be read is news, not an error. */
wt_status track_add_one(track_add *add, const wt_capture *capture, wt_span file, wt_instant at, bool assumed,
                        wt_error *err);
/* The same for one that was prepared. *known: its bytes had been seen. */
wt_status track_add_ready(bool *known, track_add *add, track_ready *ready, wt_error *err);
/* As track_add_one, of a capture whose story was read before; ready->entry may be left, and is the caller's then. */
wt_status track_add_one_read(track_add *add, const wt_capture *capture, wt_instant at, track_ready *ready,
                             wt_error *err);
/* A capture of a list that is held already: told as unchanged, without its bytes. */
wt_status track_add_held(track_add *add, const struct track_input *input, wt_error *err);

#endif
