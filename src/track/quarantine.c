/* quarantine: what waits is accepted as a revision, or rejected and stays a sighting. */
#include "track/add.h"
#include "track/record.h"

enum { NONE_WAITS, ONE_WAITS, MANY_WAIT };

typedef struct waiting {
  uint64_t record;
  int count;
} waiting;

static bool on_waiting(void *context, const wt_sighting_row *row) {
  waiting *w = context;
  w->record = row->record;
  return ++w->count < MANY_WAIT;
}

/* The capture asked for, or the only one that waits. */
static wt_status find(wt_sighting_row *out, wt_arena *arena, wt_track *track, wt_span name, uint64_t capture,
                      wt_error *err) {
  wt_story_row story = {.id = 0};
  wt_status status = WT_OK;
  if (name.len) status = wt_track_story(&story, arena, track, name, err);
  if (status) return status;
  if (!capture) {
    waiting w = {.count = 0};
    wt_sighting_filter filter = {
        .story = story.id, .waiting = true, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
    status = wt_index_sightings(track->index, &filter, on_waiting, &w, err);
    if (status) return status;
    if (w.count == NONE_WAITS) return wt_fail(err, WT_ENOTFOUND, NULL, -1, "no capture waits");
    if (w.count == MANY_WAIT)
      return wt_fail(err, WT_EAMBIGUOUS, NULL, -1, "more than one capture waits: name it by its number");
    capture = w.record;
  }
  status = wt_index_sighting(out, arena, track->index, capture, err);
  if (status) return status;
  if (story.id && out->story != story.id)
    return wt_fail(err, WT_ENOTFOUND, NULL, -1, "capture %llu is of another story", (unsigned long long)capture);
  if (!wt_span_starts(out->state, WT_SPAN("quarantined")) || out->decision.len)
    return wt_fail(err, WT_EINVAL, NULL, -1, "capture %llu does not wait for a decision", (unsigned long long)capture);
  return WT_OK;
}

/* ---- accept ---- */

static wt_status accept(track_add *add, const wt_sighting_row *row, wt_error *err) {
  wt_buf bytes = {0};
  wt_status status = wt_oid_is_none(row->capture)
                         ? wt_fail(err, WT_ENOTFOUND, NULL, -1, "the bytes of the capture were not kept")
                         : wt_archive_read(&bytes, add->track->archive, row->capture, err);
  size_t slash = wt_span_find(row->path, WT_SPAN("/"));
  wt_capture capture = {.source = {.name = row->file,
                                   .url = row->url,
                                   .outlet = wt_span_sub(row->path, 0, slash),
                                   .headline = row->given_headline,
                                   .published = row->given_published,
                                   .captured = row->at},
                        .bytes = wt_buf_span(&bytes)};
  add->accepting = row->record;
  if (status == WT_OK) status = track_add_one(add, &capture, row->file, row->at, row->assumed, err);
  wt_buf_release(&bytes);
  return status;
}

wt_status wt_track_accept(wt_added *out, wt_track *track, wt_span story, uint64_t capture, wt_error *err) {
  wt_arena arena = {0};
  wt_sighting_row row;
  track_add *add = NULL;
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  wt_status status = find(&row, &arena, track, story, capture, err);
  options.story = row.path;
  if (status == WT_OK) status = track_add_open(&add, track, &options, err);
  if (status == WT_OK) status = accept(add, &row, err);
  if (status == WT_OK) status = track_add_told(out, add, err);
  if (status == WT_OK) status = track_add_commit(add, err);
  track_add_free(add);
  wt_arena_release(&arena);
  return status;
}

/* ---- reject ---- */

wt_status wt_track_reject(wt_track *track, wt_span story, uint64_t capture, wt_error *err) {
  wt_arena arena = {0};
  wt_sighting_row row;
  track_add *add = NULL;
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  wt_status status = find(&row, &arena, track, story, capture, err);
  if (status == WT_OK) status = track_add_open(&add, track, &options, err);
  if (status == WT_OK) {
    wt_buf_clear(&add->line);
    record_put_decided(&add->line, row.record, "rejected");
    status = track_add_record(add, err);
  }
  if (status == WT_OK) status = wt_index_put_decision(track->index, row.record, WT_SPAN("rejected"), err);
  if (status == WT_OK) {
    add->pending++;
    status = track_add_commit(add, err);
  }
  track_add_free(add);
  wt_arena_release(&arena);
  return status;
}
