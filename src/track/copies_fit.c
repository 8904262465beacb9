/* Which revision of the earlier story the later one's text fits best, what was done to it, and what it lacks since. */
#include "copies_source.h"

#include "track/track.h"

#define LOOKED_AT 256u /* revisions of one story that are compared */

/* ---- revisions ---- */

typedef struct revisions {
  wt_revision_row *rows; /* by time of capture */
  uint32_t *scores;      /* words of the later text that each has */
  size_t count;
  wt_arena *arena;
  bool failed;
} revisions;

static bool gather(void *context, const wt_revision_row *row) {
  revisions *all = context;
  if ((row->flags & WT_REVISION_ERASED) != 0 || all->count == LOOKED_AT)
    return all->count < LOOKED_AT;
  wt_revision_row *kept = &all->rows[all->count++];
  *kept = *row;
  kept->subject = wt_span_keep(all->arena, row->subject);
  kept->path = kept->url = kept->reason = kept->headline = kept->moved_to = (wt_span){0};
  all->failed = kept->subject.data == NULL;
  return !all->failed;
}

static wt_status read_revisions(revisions *all, wt_arena *arena, wt_track *track, int64_t story, wt_error *err) {
  wt_revision_filter filter = {.story = story, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  *all = (revisions){.arena = arena};
  all->rows = wt_arena_array(arena, LOOKED_AT, sizeof *all->rows);
  all->scores = wt_arena_array(arena, LOOKED_AT, sizeof *all->scores);
  if (all->rows == NULL || all->scores == NULL)
    return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  wt_status status = wt_index_revisions(track->index, &filter, gather, all, err);
  return status == WT_OK && all->failed ? wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory") : status;
}

static wt_status score_one(uint32_t *out, wt_track *track, wt_tiler *tiler, const wt_revision_row *row, wt_error *err) {
  wt_arena arena = {0};
  wt_story text;
  wt_words_of words = {0};
  wt_overlap overlap = {0};
  wt_status status = track_read_blob(&text, &arena, track, row->blob, err);
  if (status == WT_OK)
    status = track_copies_words(&words, &text, err);
  if (status == WT_OK && !wt_tiler_run(&overlap, tiler, words))
    status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  *out = overlap.mine;
  wt_free((void *)words.words);
  wt_arena_release(&arena);
  return status;
}

static wt_status score(revisions *all, wt_track *track, const wt_story *later, wt_error *err) {
  wt_words_of words;
  wt_tiler tiler = {0};
  wt_status status = track_copies_words(&words, later, err);
  if (status == WT_OK && !wt_tiler_set(&tiler, words))
    status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  for (size_t i = 0; i < all->count && status == WT_OK; i++)
    status = score_one(&all->scores[i], track, &tiler, &all->rows[i], err);
  wt_tiler_release(&tiler);
  wt_free((void *)words.words);
  return status;
}

/* The best score; among equals the last that was there when the later story was first seen, else the first. */
static size_t best_fit(const revisions *all, wt_instant seen) {
  size_t best = 0;
  for (size_t i = 1; i < all->count; i++) {
    bool better = all->scores[i] > all->scores[best];
    bool equal = all->scores[i] == all->scores[best];
    if (better || (equal && all->rows[i].captured <= seen))
      best = i;
  }
  return best;
}

/* ---- what it lacks ---- */

/* Revisions that came after and fit worse hold something that the later text does not have. */
static void tell_lack(wt_copier *copier, const revisions *all, size_t fits) {
  bool correction = false;
  copier->behind = (uint32_t)(all->count - 1 - fits);
  for (size_t i = fits + 1; i < all->count; i++) {
    bool kill = all->rows[i].status == WT_STATUS_CANCELED || all->rows[i].status == WT_STATUS_WITHHELD;
    if (kill || all->scores[i] >= all->scores[fits])
      continue;
    bool corrects = (all->rows[i].classes & 1u << WT_CLASS_CORRECTION) != 0;
    if (!corrects && (correction || (all->rows[i].flags & WT_REVISION_SUBSTANTIVE) == 0))
      continue;
    copier->lacks = all->rows[i].subject;
    correction = correction || corrects;
  }
}

static bool is_killed(const wt_story_row *story) {
  return story->status == WT_STATUS_CANCELED || story->status == WT_STATUS_WITHHELD;
}

/* ---- what was done ---- */

static wt_status count_edits(wt_copier *copier, wt_arena *arena, wt_track *track, const wt_revision_row *from,
                             const wt_story *later, wt_error *err) {
  wt_story text;
  wt_diff diff;
  wt_status status = track_read_blob(&text, arena, track, from->blob, err);
  if (status == WT_OK)
    status = wt_diff_stories(&diff, arena, &text, later, NULL, err);
  for (size_t i = 0; status == WT_OK && i < diff.count; i++) {
    const wt_edit *edit = &diff.edits[i];
    copier->kept += edit->kind == WT_EDIT_KEEP;
    copier->added += edit->kind == WT_EDIT_ADD;
    copier->deleted += edit->kind == WT_EDIT_DELETE;
    copier->moved += edit->kind == WT_EDIT_MOVE || edit->moved;
    copier->edited += edit->kind == WT_EDIT_EDIT || edit->kind == WT_EDIT_SPLIT || edit->kind == WT_EDIT_MERGE;
  }
  return status;
}

wt_status track_copies_fit(wt_copier *copier, wt_arena *arena, wt_track *track, const track_copies_row *earlier,
                           const track_copies_row *later, const wt_story *later_text, wt_error *err) {
  revisions all;
  wt_arena work = {0};
  wt_status status = read_revisions(&all, &work, track, earlier->story.id, err);
  if (status == WT_OK && all.count > 1)
    status = score(&all, track, later_text, err);
  if (status == WT_OK && all.count > 0) {
    size_t fits = best_fit(&all, later->story.first);
    copier->fits = all.rows[fits].number;
    tell_lack(copier, &all, fits);
    copier->lacks = wt_span_keep(arena, copier->lacks);
    copier->ignores_kill = is_killed(&earlier->story) && !is_killed(&later->story);
    status = count_edits(copier, &work, track, &all.rows[fits], later_text, err);
  }
  wt_arena_release(&work);
  return status;
}
