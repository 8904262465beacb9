/* record_apply: does to the index what a record says. */
#include "track/record.h"

/* A story that is not there (a clone without it, an erased one) makes a record void, not wrong. */
static wt_status story_of(int64_t *out, wt_track *track, wt_span path, wt_error *err) {
  *out = 0;
  wt_status status = path.len ? wt_index_story_id(out, track->index, path, err) : WT_OK;
  return status == WT_ENOTFOUND ? WT_OK : status;
}

static wt_status apply_seen(wt_track *track, uint64_t number, const record *in, wt_error *err) {
  wt_sighting_row row = {.record = number + 1,
                         .path = record_get(in, "story"),
                         .at = record_time(in, "at"),
                         .state = record_get(in, "state"),
                         .assumed = wt_span_equal(record_get(in, "assumed"), WT_SPAN("true")),
                         .revision = (uint32_t)record_number(in, "revision"),
                         .url = record_get(in, "url"),
                         .file = record_get(in, "file"),
                         .given_headline = record_get(in, "headline"),
                         .given_published = record_get(in, "published")};
  if (row.at == WT_INSTANT_NONE) return WT_OK;
  wt_hash_parse(&row.input, record_get(in, "input"));
  wt_hash_parse(&row.folded, record_get(in, "text"));
  wt_oid_parse(&row.capture, record_get(in, "capture"));
  wt_status status = story_of(&row.story, track, row.path, err);
  return status ? status : wt_index_put_sighting(track->index, &row, err);
}

static wt_status apply_decided(wt_track *track, const record *in, wt_error *err) {
  wt_status status = wt_index_put_decision(track->index, record_number(in, "capture"), record_get(in, "decision"), err);
  return status == WT_ENOTFOUND ? WT_OK : status;
}

static wt_status apply_named(wt_track *track, const record *in, wt_error *err) {
  int64_t story;
  wt_status status = story_of(&story, track, record_get(in, "story"), err);
  if (status || !story) return status;
  return wt_index_put_identity(track->index, WT_IDENTITY_NAME, record_get(in, "outlet"), record_get(in, "name"), story,
                               err);
}

static wt_status apply_regroup(wt_track *track, const record *in, wt_error *err) {
  int64_t from, into;
  wt_status status = story_of(&from, track, record_get(in, "from"), err);
  if (status == WT_OK) status = story_of(&into, track, record_get(in, "into"), err);
  if (status || !from || !into) return status;
  return wt_index_put_regroup(track->index, from, (uint32_t)record_number(in, "number"), into,
                              (uint32_t)record_number(in, "became"), err);
}

wt_status record_apply(wt_track *track, uint64_t number, wt_span line, wt_error *err) {
  wt_arena arena = {0};
  record in;
  wt_status status = record_parse(&in, &arena, line, err);
  wt_span kind = record_get(&in, "kind");
  if (status) goto done;
  if (wt_span_equal(kind, WT_SPAN("seen")))
    status = apply_seen(track, number, &in, err);
  else if (wt_span_equal(kind, WT_SPAN("decided")))
    status = apply_decided(track, &in, err);
  else if (wt_span_equal(kind, WT_SPAN("named")))
    status = apply_named(track, &in, err);
  else if (wt_span_equal(kind, WT_SPAN("regroup")))
    status = apply_regroup(track, &in, err);
  else if (wt_span_equal(kind, WT_SPAN("watch")))
    status = record_apply_watch(track, &in, err);
  else if (wt_span_equal(kind, WT_SPAN("copy")))
    status = record_apply_copy(track, &in, err);
done:
  wt_arena_release(&arena);
  return status;
}
