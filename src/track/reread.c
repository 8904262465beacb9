/* reread: stored captures through the present reader. What comes out different is a revision of its own, of the time of its
   capture, with the reason `extractor-upgrade`: our reader changed, not the story. */
#include "track/add.h"

typedef struct pick {
  int64_t story;
  uint32_t number;
} pick;

typedef struct picks {
  pick *items;
  size_t count, capacity;
  bool failed; /* out of memory */
} picks;

static bool take(void *context, const wt_revision_row *row) {
  picks *p = context;
  if (wt_oid_is_none(row->capture) || (row->flags & WT_REVISION_ERASED)) return true;
  p->failed = !wt_grow(&p->items, &p->capacity, p->count + 1, sizeof *p->items);
  if (p->failed) return false;
  p->items[p->count++] = (pick){row->story, row->number};
  return true;
}

/* What a manifest gave for this capture is in its sighting. */
typedef struct given {
  uint32_t number;
  wt_arena *arena;
  wt_source *source;
} given;

static bool take_given(void *context, const wt_sighting_row *row) {
  given *g = context;
  if (row->revision != g->number || wt_span_equal(row->state, WT_SPAN("unchanged"))) return true;
  g->source->name = wt_span_keep(g->arena, row->file);
  g->source->headline = wt_span_keep(g->arena, row->given_headline);
  g->source->published = wt_span_keep(g->arena, row->given_published);
  return false;
}

static wt_status source_of(wt_source *out, track_add *add, const wt_revision_row *row, const wt_story *held,
                           wt_error *err) {
  given g = {.number = row->number, .arena = &add->scratch, .source = out};
  wt_sighting_filter filter = {.story = row->story, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  *out = (wt_source){.url = held->fields[WT_FIELD_URL],
                     .outlet = held->fields[WT_FIELD_OUTLET],
                     .captured = row->captured,
                     .language = held->fields[WT_FIELD_LANGUAGE]};
  return wt_index_sightings(add->track->index, &filter, take_given, &g, err);
}

static wt_status put_if_other(track_work *work, track_add *add, wt_error *err) {
  wt_status status = track_add_compare(work, add, err);
  add->summary.captures++;
  if (status || !work->before || wt_story_equal(&work->before->text, work->story)) {
    add->summary.by_reason[WT_REASON_UNCHANGED] += status == WT_OK;
    return status;
  }
  work->reason = WT_REASON_EXTRACTOR_UPGRADE;
  work->flags = WT_REVISION_QUIET;
  add->summary.by_reason[work->reason]++;
  add->pending++;
  status = track_add_put(work, add, err);
  return status ? status : track_add_tell(work, add, err);
}

static wt_status read_again(track_work *work, wt_buf *raw, wt_capture *capture, track_add *add,
                            const wt_revision_row *row, wt_error *err) {
  wt_story held;
  work->entry = wt_alloc_zero(1, sizeof *work->entry);
  if (!work->entry) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  work->story = &work->entry->text;
  wt_status status = wt_track_read(&held, &add->scratch, add->track, row, err);
  if (status == WT_OK) status = source_of(&capture->source, add, row, &held, err);
  capture->bytes = wt_buf_span(raw);
  if (status == WT_OK)
    status = wt_ingest(work->story, &work->entry->arena, capture->bytes, &capture->source, NULL, err);
  return status ? status : wt_fingerprint_story(&work->entry->print, work->story, NULL, err);
}

/* The text that was in force from its capture on: one that another of the same time hid at once never was, and what it is
   compared with would be that other. */
static wt_status is_seen(bool *out, track_add *add, const wt_revision_row *row, wt_error *err) {
  wt_revision_row in_force;
  wt_status status = wt_index_in_force(&in_force, &add->scratch, add->track->index, row->story, row->captured, err);
  *out = status == WT_OK && in_force.number == row->number;
  return status;
}

static wt_status reread_row(track_add *add, const wt_revision_row *row, wt_error *err) {
  wt_buf raw = {0};
  wt_capture capture = {.at = 0};
  track_work work = {.capture = &capture, .known = true, .because = "stored capture", .at = row->captured};
  wt_status status = wt_index_story(&work.row, &add->scratch, add->track->index, row->story, err);
  if (status == WT_OK) status = wt_archive_read(&raw, add->track->archive, row->capture, err);
  bool gone = status == WT_ENOTFOUND; /* `maintain --keep` dropped it: there is nothing to read */
  if (status == WT_OK) status = read_again(&work, &raw, &capture, add, row, err);
  if (status == WT_OK) status = put_if_other(&work, add, err);
  track_text_free(work.entry);
  track_text_free(work.loaded);
  wt_buf_release(&raw);
  return gone ? WT_OK : status;
}

static wt_status reread_one(track_add *add, const pick *p, wt_error *err) {
  wt_revision_row row;
  bool seen = false;
  wt_status status = wt_index_revision(&row, &add->scratch, add->track->index, p->story, p->number, err);
  if (status == WT_OK) status = is_seen(&seen, add, &row, err);
  if (status == WT_OK && seen) status = reread_row(add, &row, err);
  wt_arena_release(&add->scratch);
  track_texts_trim(&add->track->texts);
  return status;
}

static wt_status reread_all(track_add *add, const picks *p, wt_error *err) {
  enum { BATCH = 256 };
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < p->count && !track_stopped(add->track); i++) {
    status = reread_one(add, &p->items[i], err);
    track_progress(add->track, "captures read again", i + 1, p->count);
    if (status == WT_OK && add->pending >= BATCH) status = track_add_commit(add, err);
  }
  return status ? status : track_add_commit(add, err);
}

wt_status wt_track_reread(wt_add_summary *out, wt_track *track, wt_span name, bool dry_run, wt_error *err) {
  wt_arena arena = {0};
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE, .dry_run = dry_run};
  wt_revision_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_story_row story = {.id = 0};
  picks p = {.count = 0};
  track_add *add = NULL;
  wt_status status = name.len ? wt_track_story(&story, &arena, track, name, err) : WT_OK;
  filter.story = story.id;
  if (status == WT_OK) status = wt_index_revisions(track->index, &filter, take, &p, err);
  if (status == WT_OK && p.failed) status = wt_fail(err, WT_ENOMEM, "reread", -1, "out of memory");
  if (status == WT_OK) status = track_add_open(&add, track, &options, err);
  if (status == WT_OK) status = reread_all(add, &p, err);
  if (add) *out = add->summary;
  track_add_free(add);
  wt_free(p.items);
  wt_arena_release(&arena);
  return status;
}
