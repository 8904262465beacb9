/* Reads the current texts of an archive into a set of copies. */
#include "copies_archive.h"

#include "copies_postings.h"
#include "track/track.h"

#include <stdlib.h>
#include <string.h>

#define ALL_OF 2000u /* an archive of no more stories is one set; of a larger one the postings say what to read */
#define NEIGHBOURS 4000u

void track_copies_close(track_copies *copies) {
  if (copies == NULL) return;
  wt_copies_close(copies->set);
  wt_arena_release(&copies->arena);
  wt_free(copies->rows);
  wt_free(copies);
}

size_t track_copies_find(const track_copies *copies, int64_t story) {
  for (size_t i = 0; i < copies->count; i++)
    if (copies->rows[i].story.id == story) return i;
  return copies->count;
}

wt_status track_copies_words(wt_words_of *out, const wt_story *story, wt_error *err) {
  wt_fingerprint print = {0};
  *out = (wt_words_of){0};
  wt_status status = wt_fingerprint_story(&print, story, NULL, err);
  uint32_t *words = status == WT_OK ? wt_alloc_zero(print.token_count + 1, sizeof *words) : NULL;
  if (status == WT_OK && words == NULL) status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  for (size_t i = 0; status == WT_OK && i < print.token_count; i++) words[i] = (uint32_t)(print.tokens[i] >> 32);
  if (status == WT_OK) *out = (wt_words_of){words, NULL, (uint32_t)print.token_count};
  wt_fingerprint_release(&print);
  return status;
}

/* ---- rows ---- */

typedef struct gathering {
  track_copies *copies;
  size_t capacity;
  int64_t without;
  bool failed;
} gathering;

static bool gather(void *context, const wt_story_row *row) {
  gathering *g = context;
  if (row->id == g->without) return true;
  if (!wt_grow(&g->copies->rows, &g->capacity, g->copies->count + 1, sizeof *g->copies->rows)) {
    g->failed = true;
    return false;
  }
  g->copies->rows[g->copies->count++] = (track_copies_row){.story = {.id = row->id}};
  return true;
}

static bool stands(const wt_revision_row *row) {
  return row->status != WT_STATUS_CANCELED && row->status != WT_STATUS_WITHHELD &&
         (row->flags & WT_REVISION_ERASED) == 0;
}

/* The revision whose text stands for the story: a kill is known by what it kills. WT_ENOTFOUND: erased. */
static wt_status find_revision(track_copies_row *row, wt_arena *arena, wt_track *track, wt_error *err) {
  wt_revision_row current;
  wt_status status = wt_index_revision(&current, arena, track->index, row->story.id, row->story.current, err);
  row->revision = current;
  while (status == WT_OK && !stands(&row->revision)) {
    wt_revision_row before;
    status = wt_index_before(&before, arena, track->index, &row->revision, err);
    row->revision = status == WT_OK ? before : row->revision;
  }
  if (status != WT_ENOTFOUND || (current.flags & WT_REVISION_ERASED) != 0) return status;
  row->revision = current;
  return WT_OK;
}

static wt_instant time_of(const track_copies_row *row) {
  bool precise = row->published.precision >= WT_TIME_MINUTE && row->published.instant <= row->story.first;
  return precise ? row->published.instant : row->story.first;
}

wt_status track_copies_name(track_copies_row *row, wt_track *track, wt_error *err) {
  if (row->story.url.len > 0 || row->canonical.len == 0) return WT_OK;
  wt_status status = track_outlets_need(track, err);
  if (status == WT_OK && track_outlet_owns(&track->outlets, row->story.outlet, row->canonical))
    row->story.url = row->canonical;
  return status;
}

static wt_status fill_row(track_copies_row *row, track_copies *copies, wt_track *track, wt_error *err) {
  wt_arena arena = {0};
  wt_story text;
  wt_status status = wt_index_story(&row->story, &copies->arena, track->index, row->story.id, err);
  if (status == WT_OK) status = find_revision(row, &copies->arena, track, err);
  if (status == WT_OK) status = track_read_blob(&text, &arena, track, row->revision.blob, err);
  if (status == WT_OK) {
    if (!wt_time_parse(&row->published, text.fields[WT_FIELD_PUBLISHED])) row->published = (wt_time){0};
    row->credit = wt_span_keep(&copies->arena, text.fields[WT_FIELD_CREDIT]);
    row->canonical = wt_span_keep(&copies->arena, text.fields[WT_FIELD_CANONICAL]);
    row->time = time_of(row);
    status = track_copies_name(row, track, err);
  }
  wt_arena_release(&arena);
  return status;
}

static int by_time(const void *a, const void *b) {
  const track_copies_row *x = a, *y = b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  return wt_span_compare(x->story.path, y->story.path);
}

/* ---- the set ---- */

static wt_status put_text(track_copies *copies, const track_copies_row *row, const wt_story *text, wt_error *err) {
  wt_copies_story story = {.url = row == NULL ? (wt_span){0} : row->story.url,
                           .outlet = row == NULL ? text->fields[WT_FIELD_OUTLET] : row->story.outlet,
                           .story = text,
                           .published = row == NULL ? WT_INSTANT_NONE : row->time};
  return wt_copies_add(copies->set, &story, err);
}

static wt_status put_row(track_copies *copies, wt_track *track, const track_copies_row *row, wt_error *err) {
  wt_arena arena = {0};
  wt_story text;
  wt_status status = track_read_blob(&text, &arena, track, row->revision.blob, err);
  if (status == WT_OK) status = put_text(copies, row, &text, err);
  wt_arena_release(&arena);
  return status;
}

/* Erased stories have no text and go. */
static wt_status fill_rows(track_copies *copies, wt_track *track, wt_error *err) {
  size_t kept = 0;
  wt_status status = WT_OK;
  for (size_t i = 0; i < copies->count && status == WT_OK; i++) {
    status = fill_row(&copies->rows[i], copies, track, err);
    if (status == WT_OK)
      copies->rows[kept++] = copies->rows[i];
    else if (status == WT_ENOTFOUND)
      status = WT_OK;
    track_progress(track, "reading texts", i + 1, copies->count);
  }
  copies->count = kept;
  if (kept > 1) qsort(copies->rows, kept, sizeof *copies->rows, by_time);
  return status;
}

/* All stories, as rows to be filled; at most `limit`, 0: any number. */
static wt_status gather_all(track_copies *copies, wt_track *track, int64_t without, uint32_t limit, wt_error *err) {
  gathering g = {.copies = copies, .without = without};
  wt_story_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .limit = limit};
  wt_status status = wt_index_stories(track->index, &filter, gather, &g, err);
  return status == WT_OK && g.failed ? wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory") : status;
}

static wt_status gather_near(track_copies *copies, wt_track *track, const wt_story *text, int64_t without,
                             int64_t always, wt_error *err) {
  gathering g = {.copies = copies, .without = without};
  wt_arena arena = {0};
  int64_t *ids;
  size_t count;
  bool there = always == 0;
  wt_status status = track_copies_neighbours(&ids, &count, &arena, track, text, NEIGHBOURS, err);
  for (size_t i = 0; status == WT_OK && i < count && !g.failed; i++) {
    gather(&g, &(wt_story_row){.id = ids[i]});
    there = there || ids[i] == always;
  }
  if (status == WT_OK && !there) gather(&g, &(wt_story_row){.id = always});
  wt_arena_release(&arena);
  return status == WT_OK && g.failed ? wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory") : status;
}

/* From rows that have their story's number to a set that has learned. */
static wt_status load(track_copies *copies, wt_track *track, const wt_story *guest, wt_error *err) {
  wt_status status = wt_copies_open(&copies->set, NULL, err);
  if (status == WT_OK) status = fill_rows(copies, track, err);
  for (size_t i = 0; i < copies->count && status == WT_OK; i++) status = put_row(copies, track, &copies->rows[i], err);
  if (status == WT_OK && guest != NULL) status = put_text(copies, NULL, guest, err);
  copies->stamp = track->stamp;
  return status == WT_OK ? wt_copies_learn(copies->set, err) : status;
}

static wt_status is_large(bool *out, wt_track *track, wt_error *err) {
  track_copies some = {0};
  wt_status status = gather_all(&some, track, 0, ALL_OF + 1, err);
  *out = some.count > ALL_OF;
  wt_free(some.rows);
  return status;
}

/* near: only stories that share keys with it; NULL: all. always: a story that must be there, 0: none. */
static wt_status make(track_copies **out, wt_track *track, const wt_story *near, const wt_story *guest, int64_t without,
                      int64_t always, wt_error *err) {
  track_copies *copies = wt_alloc_zero(1, sizeof *copies);
  *out = NULL;
  if (copies == NULL) return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  wt_status status = near == NULL ? gather_all(copies, track, without, 0, err)
                                  : gather_near(copies, track, near, without, always, err);
  if (status == WT_OK) status = load(copies, track, guest, err);
  if (status == WT_OK)
    *out = copies;
  else
    track_copies_close(copies);
  return status;
}

wt_status track_copies_with(track_copies **out, wt_track *track, const wt_story *guest, int64_t without,
                            wt_error *err) {
  bool large;
  wt_status status = is_large(&large, track, err);
  return status == WT_OK ? make(out, track, large ? guest : NULL, guest, without, 0, err) : status;
}

wt_status track_copies_for(track_copies **out, bool *own, wt_track *track, const wt_story *text, int64_t story,
                           wt_error *err) {
  bool large = false;
  wt_status status = track->copies == NULL ? is_large(&large, track, err) : WT_OK; /* a set that is there serves */
  *own = large;
  if (status != WT_OK) return status;
  return large ? make(out, track, text, NULL, 0, story, err) : track_copies_need(out, track, err);
}

wt_status track_copies_need(track_copies **out, wt_track *track, wt_error *err) {
  track_copies *held = track->copies;
  bool fresh = held != NULL && memcmp(&held->stamp.main, &track->stamp.main, sizeof held->stamp.main) == 0 &&
               held->stamp.journal == track->stamp.journal;
  wt_status status = WT_OK;
  if (!fresh) {
    track_copies_close(held);
    track->copies = NULL;
    status = make(&track->copies, track, NULL, NULL, 0, 0, err);
  }
  *out = track->copies;
  return status;
}
