/* read_texts: the words of the index, behind its catalogue: each text in the order of main, once. They are written in
   stretches, so that others may write in between, and so that whoever is interrupted, or follows, goes on where it stands. */
#include "track/track.h"

enum { STRETCH = 2048, STRETCH_BYTES = 32 << 20 };

typedef struct stretch {
  wt_revision_row *rows;
  size_t count, capacity;
  wt_arena arena;
  bool failed; /* out of memory */
} stretch;

static bool take(void *context, const wt_revision_row *row) {
  stretch *s = context;
  s->failed = !wt_grow(&s->rows, &s->capacity, s->count + 1, sizeof *s->rows);
  if (s->failed) return false;
  wt_revision_row *kept = &s->rows[s->count++];
  *kept = *row;
  kept->path = wt_span_keep(&s->arena, row->path);
  kept->url = wt_span_keep(&s->arena, row->url);
  s->failed = !kept->path.data || !kept->url.data;
  return !s->failed;
}

/* ---- one text ---- */

static wt_status read_entry(track_text *entry, wt_track *track, const wt_revision_row *row, wt_error *err) {
  entry->story = row->story;
  wt_status status = track_read_blob(&entry->text, &entry->arena, track, row->blob, err);
  return status ? status : wt_fingerprint_story(&entry->print, &entry->text, NULL, err);
}

/* The text before is only asked of the table: without it a block is indexed twice, which costs room and no more. */
static wt_status put(size_t *bytes, wt_track *track, const wt_revision_row *row, wt_error *err) {
  if (row->flags & WT_REVISION_ERASED) return wt_index_put_text(track->index, row, NULL, NULL, err);
  track_text *before = track_texts_get(&track->texts, row->story);
  track_text *entry = wt_alloc_zero(1, sizeof *entry);
  if (!entry) return wt_fail(err, WT_ENOMEM, "index", -1, "out of memory");
  wt_status status = read_entry(entry, track, row, err);
  wt_index_text text = track_index_text(entry), held = track_index_text(before);
  if (status == WT_OK) status = wt_index_put_text(track->index, row, &text, before ? &held : NULL, err);
  *bytes += entry->arena.used;
  if (status == WT_OK) status = track_texts_put(&track->texts, entry, err);
  if (status) track_text_free(entry);
  track_texts_trim(&track->texts);
  return status;
}

/* ---- a stretch ---- */

static wt_status put_all(wt_track *track, const stretch *s, uint64_t last, wt_error *err) {
  wt_status status = WT_OK;
  size_t bytes = 0;
  for (size_t i = 0; status == WT_OK && i < s->count && bytes < STRETCH_BYTES; i++) {
    status = put(&bytes, track, &s->rows[i], err);
    if (i % 64 == 0) track_progress(track, "reading texts", s->rows[i].place, last);
  }
  return status;
}

/* What is unread is asked inside the transaction: another may have read it meanwhile. */
static wt_status read_stretch(wt_track *track, uint64_t last, wt_error *err) {
  stretch s = {.count = 0};
  wt_status status = wt_index_begin(track->index, err);
  if (status) return status;
  status = wt_index_unread(track->index, STRETCH, take, &s, err);
  if (status == WT_OK && s.failed) status = wt_fail(err, WT_ENOMEM, "index", -1, "out of memory");
  if (status == WT_OK) status = put_all(track, &s, last, err);
  if (status == WT_OK)
    status = wt_index_commit(track->index, NULL, err);
  else
    wt_index_rollback(track->index);
  wt_arena_release(&s.arena);
  wt_free(s.rows);
  return status;
}

wt_status track_read_texts(uint64_t *texts, wt_track *track, wt_error *err) {
  uint64_t last, read, before;
  wt_status status = wt_index_places(&last, &read, track->index, err);
  *texts = 0;
  if (status || read == last) return status;
  before = read;
  track_texts_drop(&track->texts);
  while (status == WT_OK && read < last && !track_stopped(track)) {
    status = read_stretch(track, last, err);
    if (status == WT_OK) status = wt_index_places(&last, &read, track->index, err);
  }
  track_texts_drop(&track->texts);
  *texts = read - before;
  if (status == WT_OK && read < last) status = wt_fail(err, WT_ECANCELED, "index", -1, "stopped");
  return status;
}
