/* regroup: revisions that were grouped wrongly go to the story they belong to: a commit for each, and a record that
   governs what comes later. Nothing is renumbered; old names lead to the new ones. */
#include "track/add.h"
#include "track/record.h"

#include <string.h>

typedef struct range {
  wt_span story;
  uint32_t first, last;
} range;

/* ---- "STORY@3..", "STORY@3..5", "STORY@3", "STORY" ---- */

static bool number(uint32_t *out, wt_span digits) {
  uint64_t value = 0;
  if (digits.len == 0 || digits.len > 9) return false;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9') return false;
    value = value * 10 + (uint64_t)(digits.data[i] - '0');
  }
  *out = (uint32_t)value;
  return value > 0;
}

static range parse_range(wt_span name) {
  range r = {.story = name, .first = 1, .last = UINT32_MAX};
  for (size_t i = name.len; i > 0; i--) {
    if (name.data[i - 1] != '@') continue;
    wt_span rest = wt_span_sub(name, i, name.len);
    size_t dots = wt_span_find(rest, WT_SPAN(".."));
    wt_span end = wt_span_sub(rest, dots + 2, rest.len);
    uint32_t first, last = UINT32_MAX;
    if (!number(&first, wt_span_sub(rest, 0, dots)) || (end.len && !number(&last, end))) break;
    return (range){wt_span_sub(name, 0, i - 1), first, dots == rest.len ? first : last};
  }
  return r;
}

/* ---- one revision ---- */

static wt_status load(track_work *work, track_add *add, const wt_revision_row *row, wt_error *err) {
  work->entry = wt_alloc_zero(1, sizeof *work->entry);
  if (!work->entry) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  work->story = &work->entry->text;
  wt_status status = track_add_read_blob(work->story, &work->entry->arena, add, row->blob, err);
  return status ? status : wt_fingerprint_story(&work->entry->print, work->story, NULL, err);
}

/* Puts the text of `row` into story `into` (0: a new one, whose id comes back in it). */
static wt_status place(int64_t *into, uint32_t *became, track_add *add, const wt_revision_row *row, wt_error *err) {
  wt_buf raw = {0};
  wt_capture capture = {.source = {.captured = row->captured}};
  track_work work = {.capture = &capture, .at = row->captured, .because = "regrouped", .reason = WT_REASON_REGROUPED};
  wt_status status = load(&work, add, row, err);
  if (status == WT_OK && !wt_oid_is_none(row->capture))
    status = wt_archive_read(&raw, add->track->archive, row->capture, err);
  capture.bytes = wt_buf_span(&raw);
  work.known = *into != 0;
  if (status == WT_OK && work.known) status = wt_index_story(&work.row, &add->scratch, add->track->index, *into, err);
  if (status == WT_OK && work.known) status = track_add_compare(&work, add, err);
  if (status == WT_OK) {
    work.flags = track_add_flags(&work);
    status = track_add_put(&work, add, err);
  }
  if (status == WT_OK) status = track_add_tell(&work, add, err);
  add->pending++;
  *into = work.held;
  *became = work.revision;
  track_text_free(work.entry);
  track_text_free(work.loaded);
  wt_buf_release(&raw);
  return status;
}

static wt_status note(track_add *add, const wt_revision_row *row, int64_t into, uint32_t became, wt_error *err) {
  wt_story_row story;
  wt_status status = wt_index_story(&story, &add->scratch, add->track->index, into, err);
  if (status) return status;
  wt_buf_clear(&add->line);
  record_put_regroup(&add->line, row->path, row->number, story.path, became);
  status = track_add_record(add, err);
  return status ? status : wt_index_put_regroup(add->track->index, row->story, row->number, into, became, err);
}

/* ---- all of them ---- */

typedef struct numbers {
  uint32_t *items;
  size_t count, capacity;
  const range *range;
  bool failed; /* out of memory */
} numbers;

static bool take(void *context, const wt_revision_row *row) {
  numbers *n = context;
  if (row->number < n->range->first || row->number > n->range->last) return true;
  n->failed = !wt_grow(&n->items, &n->capacity, n->count + 1, sizeof *n->items);
  if (n->failed) return false;
  n->items[n->count++] = row->number;
  return true;
}

static wt_status move_one(int64_t *into, track_add *add, int64_t from, uint32_t number_of, wt_error *err) {
  wt_revision_row row;
  uint32_t became;
  wt_status status = wt_index_revision(&row, &add->scratch, add->track->index, from, number_of, err);
  if (status == WT_OK) status = place(into, &became, add, &row, err);
  if (status == WT_OK) status = note(add, &row, *into, became, err);
  wt_arena_release(&add->scratch);
  return status;
}

/* The file of a story that lost its newest text goes back to the text it has left. */
static wt_status mend_file(track_add *add, int64_t from, wt_error *err) {
  wt_story_row story;
  wt_revision_row row, tip;
  uint32_t became;
  wt_arena arena = {0};
  wt_index *index = add->track->index;
  track_texts_forget(&add->track->texts, from);
  wt_status status = wt_index_story(&story, &arena, index, from, err);
  if (status == WT_OK && !story.moved_to.len) {
    status = wt_index_revision(&tip, &arena, index, from, story.revisions, err);
    if (status == WT_OK) status = wt_index_revision(&row, &arena, index, from, story.current, err);
    if (status == WT_OK && tip.moved_to.len) status = place(&from, &became, add, &row, err);
  }
  wt_arena_release(&arena);
  return status;
}

static wt_status move_all(int64_t *into, uint32_t *count, track_add *add, const range *r, int64_t from, wt_error *err) {
  numbers n = {.range = r};
  wt_revision_filter filter = {.story = from, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_status status = wt_index_revisions(add->track->index, &filter, take, &n, err);
  if (status == WT_OK && n.failed) status = wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  if (status == WT_OK && n.count == 0) status = wt_fail(err, WT_ENOTFOUND, NULL, -1, "no such revision");
  for (size_t i = 0; status == WT_OK && i < n.count; i++) status = move_one(into, add, from, n.items[i], err);
  *count = (uint32_t)n.count;
  wt_free(n.items);
  return status ? status : mend_file(add, from, err);
}

wt_status wt_track_regroup(wt_span *made, uint32_t *count, wt_arena *arena, wt_track *track, wt_span name, wt_span into,
                           wt_error *err) {
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  wt_story_row from, target = {.id = 0};
  track_add *add = NULL;
  range r = parse_range(name);
  wt_status status = wt_track_story(&from, arena, track, r.story, err);
  if (status == WT_OK && !wt_span_equal(into, WT_SPAN("new")))
    status = wt_track_story(&target, arena, track, into, err);
  if (status == WT_OK && target.id == from.id) status = wt_fail(err, WT_EINVAL, NULL, -1, "it is that story already");
  if (status == WT_OK) status = track_add_open(&add, track, &options, err);
  if (status == WT_OK) status = move_all(&target.id, count, add, &r, from.id, err);
  if (status == WT_OK) status = track_add_commit(add, err);
  if (status == WT_OK) status = wt_index_story(&target, arena, track->index, target.id, err);
  if (status == WT_OK) *made = target.path;
  track_add_free(add);
  return status;
}
