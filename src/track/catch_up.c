/* catch_up: the catalogue from git alone: revisions of main as their commits say them, then the records of the journal. */
#include "track/record.h"
#include "track/track.h"

#include <string.h>

typedef struct walk {
  wt_track *track;
  wt_index_load *load;
  uint64_t revisions;
  uint64_t next_record;
  wt_status status;
  wt_error *err;
} walk;

/* ---- classes and flags out of trailers ---- */

static void read_classes(wt_revision_row *row, wt_span classes) {
  while (classes.len > 0) {
    size_t comma = wt_span_find(classes, WT_SPAN(","));
    wt_span name = wt_span_trim(wt_span_sub(classes, 0, comma));
    wt_class class;
    classes = wt_span_sub(classes, comma + 1, classes.len);
    if (wt_class_parse(&class, name))
      row->classes |= 1u << class;
    else if (wt_span_equal(name, WT_SPAN("substantive")))
      row->flags |= WT_REVISION_SUBSTANTIVE;
    else if (wt_span_equal(name, WT_SPAN("unannounced")))
      row->flags |= WT_REVISION_UNANNOUNCED;
    else if (wt_span_equal(name, WT_SPAN("developing")))
      row->flags |= WT_REVISION_DEVELOPING;
    else if (wt_span_equal(name, WT_SPAN("quiet")))
      row->flags |= WT_REVISION_QUIET;
  }
}

static wt_revision_row row_of(const wt_revision *revision) {
  wt_revision_row row = {.path = revision->path,
                         .number = revision->number,
                         .commit = revision->commit,
                         .blob = revision->blob,
                         .capture = revision->capture,
                         .previous = revision->previous,
                         .captured = revision->captured,
                         .subject = revision->subject,
                         .url = revision->url,
                         .reason = revision->reason};
  wt_hash_parse(&row.folded, revision->key);
  read_classes(&row, revision->classes);
  if (wt_span_equal(revision->reason, wt_span_of(wt_reason_name(WT_REASON_ERASED)))) row.flags |= WT_REVISION_ERASED;
  return row;
}

/* ---- revisions ---- */

static bool on_revision(void *context, const wt_revision *revision) {
  walk *w = context;
  wt_revision_row row = row_of(revision);
  w->status = wt_index_load_put(w->load, &row, w->err);
  if (++w->revisions % 4096 == 0) track_progress(w->track, "reading commits", w->revisions, 0);
  return w->status == WT_OK;
}

static bool on_record(void *context, uint64_t number, wt_span line) {
  walk *w = context;
  w->status = record_apply(w->track, number, line, w->err);
  w->next_record = number + 1;
  return w->status == WT_OK;
}

/* ---- the whole ---- */

static wt_status load(walk *w, const wt_index_stamp *from, wt_oid tip, wt_error *err) {
  wt_status status = wt_index_load_open(&w->load, w->track->index, 0, err);
  if (status) return status;
  status = wt_archive_walk_to(w->track->archive, from->main, tip, on_revision, w, err);
  if (w->status) status = w->status;
  wt_status closed = wt_index_load_close(w->load, status == WT_OK, err);
  return status ? status : closed;
}

/* Regroupings name revisions, sightings name stories: both must be there first. */
static wt_status replay(walk *w, const wt_index_stamp *from, wt_oid tip, wt_error *err) {
  wt_status status = load(w, from, tip, err);
  if (status) return status;
  w->next_record = from->journal;
  status = wt_archive_journal(w->track->archive, from->journal, on_record, w, err);
  return w->status ? w->status : status;
}

/* Where the index stands and where git does; one that has seen nothing, or more than git has, is made afresh. */
static wt_status look(wt_index_stamp *from, wt_index_stamp *to, bool *afresh, wt_track *track, wt_error *err) {
  wt_status status = wt_index_stamp_get(from, track->index, err);
  if (status == WT_OK) status = wt_archive_tip(&to->main, track->archive, err);
  if (status == WT_OK) status = wt_archive_journal_count(&to->journal, track->archive, err);
  *afresh = wt_oid_is_none(from->main) || to->journal < from->journal;
  return status;
}

static bool same(const wt_index_stamp *a, const wt_index_stamp *b) {
  return memcmp(a->main.bytes, b->main.bytes, sizeof a->main.bytes) == 0 && a->journal == b->journal;
}

/* Whoever else makes the index now is waited for, and has mostly done it then. */
static wt_status begin(wt_track *track, wt_error *err) {
  const wt_track_calls *calls = &track->options.calls;
  for (;;) {
    wt_status status = wt_index_begin(track->index, err);
    if (status != WT_EBUSY || track_stopped(track)) return status;
    if (calls->waiting) calls->waiting(calls->context, "the index is being made");
  }
}

/* Looks again once nobody else writes: `afresh` is wanted, or turns out to be needed. */
static wt_status run(walk *w, bool afresh, wt_error *err) {
  wt_track *track = w->track;
  wt_index_stamp from, to;
  bool needed = false;
  wt_status status = begin(track, err);
  if (status) return status;
  status = look(&from, &to, &needed, track, err);
  if (status == WT_OK && (afresh || needed)) {
    from = (wt_index_stamp){0};
    status = wt_index_clear(track->index, err);
  }
  if (status == WT_OK) status = replay(w, &from, to.main, err);
  /* A main that was rewritten under us does not hold what we saw: then all is read anew. */
  if (status == WT_ENOTFOUND && !afresh && !needed) {
    wt_index_rollback(track->index);
    return run(w, true, err);
  }
  to.journal = w->next_record;
  if (status == WT_OK)
    status = wt_index_commit(track->index, &to, err);
  else
    wt_index_rollback(track->index);
  if (status == WT_OK) track->stamp = to;
  return status;
}

wt_status track_catch_up_catalogue(wt_track *track, wt_error *err) {
  walk w = {.track = track, .err = err};
  wt_index_stamp to;
  bool afresh;
  wt_status status = look(&track->stamp, &to, &afresh, track, err);
  return status || same(&track->stamp, &to) ? status : run(&w, false, err);
}

wt_status track_catch_up(wt_track *track, wt_error *err) {
  uint64_t texts;
  wt_status status = track_catch_up_catalogue(track, err);
  return status ? status : track_read_texts(&texts, track, err);
}

/* An index in memory is gone with the process: making it anew would be said and not done. */
static wt_status check_lasting(const wt_track *track, wt_error *err) {
  if (!track->index_in_memory) return WT_OK;
  return wt_fail(err, WT_EIO, wt_archive_dir(track->archive), -1,
                 "no index can be written here: each command makes its own in memory");
}

wt_status wt_track_reindex(uint64_t *revisions, wt_track *track, wt_error *err) {
  walk w = {.track = track, .err = err};
  wt_status status = check_lasting(track, err);
  if (status == WT_OK) status = run(&w, true, err);
  if (status == WT_OK) status = check_lasting(track, err);
  *revisions = w.revisions;
  return status;
}
