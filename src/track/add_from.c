/*
 * add_from: the captures of another archive, in order of time.
 *
 * Two mains that have diverged are never merged. What the other one was given is taken in here as if it came now: a capture
 * that is held already is known, any other is judged by what is held here. What the other one decided is not asked.
 */
#include "track/add.h"

typedef struct from {
  wt_track *other;
  uint64_t *records; /* of sightings that have a capture, in order of time */
  size_t count, capacity;
  bool failed;
} from;

static bool take(void *context, const wt_sighting_row *row) {
  from *f = context;
  if (wt_oid_is_none(row->capture)) return true; /* the same text again: its bytes were not kept */
  f->failed = !wt_grow(&f->records, &f->capacity, f->count + 1, sizeof *f->records);
  if (!f->failed) f->records[f->count++] = row->record;
  return !f->failed;
}

/* An outlet that the URL tells by itself was not given. */
static wt_span outlet_given(const wt_sighting_row *row) {
  wt_span outlet = wt_span_sub(row->path, 0, wt_span_find(row->path, WT_SPAN("/")));
  bool told = wt_span_find(row->url, outlet) < row->url.len || wt_span_equal(outlet, WT_SPAN("unknown"));
  return told ? (wt_span){NULL, 0} : outlet;
}

static wt_status add_one(from *f, track_add *add, uint64_t record, wt_span file, wt_error *err) {
  wt_arena arena = {0};
  wt_buf raw = {0};
  wt_sighting_row row = {.record = record};
  wt_status status = wt_index_sighting(&row, &arena, f->other->index, record, err);
  if (status == WT_OK) status = wt_archive_read(&raw, f->other->archive, row.capture, err);
  bool gone =
      status == WT_ENOTFOUND; /* dropped by `maintain`, erased (just now, even), or never brought by the clone */
  if (status == WT_OK) {
    wt_capture capture = {.source = {.name = row.file,
                                     .url = row.url,
                                     .outlet = outlet_given(&row),
                                     .captured = row.at,
                                     .headline = row.given_headline,
                                     .published = row.given_published},
                          .bytes = wt_buf_span(&raw),
                          .at = record};
    status = track_add_one(add, &capture, file, row.at, row.assumed, err);
  } else if (gone) {
    wt_error trouble;
    wt_fail(&trouble, WT_ENOTFOUND, row.path.len ? row.path.data : file.data, -1,
            "its capture is not in that archive any more");
    status = track_add_trouble(add, file, &trouble, err);
  }
  wt_buf_release(&raw);
  wt_arena_release(&arena);
  return status;
}

static wt_status add_all(from *f, track_add *add, wt_span file, wt_error *err) {
  wt_status status = WT_OK;
  add->total = f->count;
  for (size_t i = 0; status == WT_OK && i < f->count && !track_stopped(add->track); i++) {
    status = add_one(f, add, f->records[i], file, err);
    track_progress(add->track, "captures", ++add->done, add->total);
  }
  return status ? status : track_add_commit(add, err);
}

wt_status wt_track_add_from(wt_add_summary *out, wt_track *track, const char *dir, const wt_add_options *options,
                            wt_error *err) {
  from f = {.count = 0};
  track_add *add = NULL;
  wt_sighting_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  *out = (wt_add_summary){0};
  wt_status status = wt_track_open(&f.other, dir, NULL, err);
  if (status == WT_OK) status = wt_index_sightings(f.other->index, &all, take, &f, err);
  if (status == WT_OK && f.failed) status = wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
  if (status == WT_OK) status = track_add_open(&add, track, options, err);
  if (status == WT_OK) status = add_all(&f, add, wt_span_of(dir), err);
  if (add) *out = add->summary;
  track_add_free(add);
  wt_track_close(f.other);
  wt_free(f.records);
  return status;
}
