/* Blame of a story of the archive: its revisions in order of capture, read and handed on one by one. */
#include "track/track.h"

typedef struct row_list {
  wt_arena *arena;
  wt_revision_row *items;
  size_t count, capacity;
  bool failed;
} row_list;

/* The index is asked for texts between rows, so the rows are gathered first. */
static bool on_row(void *context, const wt_revision_row *row) {
  row_list *rows = context;
  if (row->moved_to.len) return true;
  rows->failed |= !wt_grow(&rows->items, &rows->capacity, rows->count + 1, sizeof *rows->items);
  if (rows->failed) return false;
  rows->items[rows->count++] = *row;
  return true;
}

/* In order of capture, the higher number last: is a not after b? */
static bool is_until(const wt_revision_row *a, const wt_revision_row *b) {
  return a->captured < b->captured || (a->captured == b->captured && a->number <= b->number);
}

static wt_status add_all(wt_blame *blame, wt_track *track, const row_list *rows, const wt_revision_row *until,
                         wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < rows->count && status == WT_OK; i++) {
    const wt_revision_row *row = &rows->items[i];
    if (!is_until(row, until)) break;
    wt_arena scratch = {0};
    wt_story text;
    status = wt_track_read(&text, &scratch, track, row, err);
    if (status == WT_OK) status = wt_blame_add(blame, row->number, row->captured, &text, err);
    wt_arena_release(&scratch);
    track_progress(track, "revisions", i + 1, rows->count);
  }
  return status;
}

wt_status wt_track_blame(wt_blame **out, wt_revision_row *row, wt_story_row *story, wt_arena *arena, wt_track *track,
                         wt_span name, wt_error *err) {
  wt_revision_row until;
  row_list rows = {.arena = arena};
  *out = NULL;
  wt_status status = wt_track_revision(&until, story, arena, track, name, err);
  if (status != WT_OK) return status;
  if (row) *row = until;
  wt_revision_filter filter = {.story = until.story, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  filter.flags_none = WT_REVISION_ERASED;
  status = wt_index_revisions(track->index, &filter, on_row, &rows, err);
  if (status == WT_OK && rows.failed) status = wt_fail(err, WT_ENOMEM, "blame", -1, "no memory left");
  if (status == WT_OK) status = wt_blame_open(out, 0, err);
  if (status == WT_OK) status = add_all(*out, track, &rows, &until, err);
  if (status != WT_OK) {
    wt_blame_close(*out);
    *out = NULL;
  }
  wt_free(rows.items);
  return status;
}
