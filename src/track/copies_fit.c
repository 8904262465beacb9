/* Which revision of the earlier story the later one's text fits best, what was done to it, and what it lacks since. */
#include "copies_source.h"

#include "track/track.h"

#define LOOKED_AT 256u   /* revisions of one story that are compared */
#define PRIVATE_WORDS 5u /* words of a copy that another copy has and no revision */

/* ---- revisions ---- */

typedef struct revisions {
  wt_revision_row *rows; /* by time of capture */
  track_kin_fit *fits;   /* what the later text has of each */
  int64_t *worths;       /* that, with what its kin have of it */
  size_t count;
  wt_arena *arena;
  bool failed;
} revisions;

static bool gather(void *context, const wt_revision_row *row) {
  revisions *all = context;
  if ((row->flags & WT_REVISION_ERASED) != 0 || all->count == LOOKED_AT) return all->count < LOOKED_AT;
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
  all->fits = wt_arena_array(arena, LOOKED_AT, sizeof *all->fits);
  all->worths = wt_arena_array(arena, LOOKED_AT, sizeof *all->worths);
  if (all->rows == NULL || all->fits == NULL || all->worths == NULL)
    return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  wt_status status = wt_index_revisions(track->index, &filter, gather, all, err);
  return status == WT_OK && all->failed ? wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory") : status;
}

/* Of the later text and then of its kin: those that have more of it than any revision, and so came by the same way. */
typedef struct scoring {
  revisions *all;
  wt_track *track;
  wt_words_of later;
  const track_kin *kin;
  size_t earlier, later_member; /* members of the kin */
  wt_tiler tilers[KIN_MOST];    /* set to the texts that are scored; the first is the later one's */
  size_t tiler_count;
  wt_error *err;
} scoring;

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
}

/* Reads each revision once and scores every text against it: the first alone, or all the others. */
static wt_status score(scoring *s, size_t from) {
  wt_status status = WT_OK;
  for (size_t i = 0; i < s->all->count && status == WT_OK; i++) {
    wt_arena arena = {0};
    wt_story text;
    wt_words_of words = {0};
    status = track_read_blob(&text, &arena, s->track, s->all->rows[i].blob, s->err);
    if (status == WT_OK) status = track_copies_words(&words, &text, s->err);
    for (size_t t = from; t < s->tiler_count && status == WT_OK; t++) {
      track_kin_fit fit;
      if (!track_kin_fit_of(&fit, &s->tilers[t], words))
        status = no_memory(s->err);
      else if (t == 0)
        s->all->fits[i] = fit;
      if (status == WT_OK) s->all->worths[i] += fit.worth;
    }
    wt_free((void *)words.words);
    wt_arena_release(&arena);
  }
  return status;
}

static wt_status add_kin(scoring *s) {
  uint32_t most = 0;
  for (size_t i = 0; i < s->all->count; i++) most = s->all->fits[i].found > most ? s->all->fits[i].found : most;
  for (size_t k = 0; k < s->kin->count; k++) {
    wt_overlap overlap;
    if (k == s->earlier || k == s->later_member) continue;
    if (!wt_tiler_run(&overlap, &s->tilers[0], s->kin->members[k].words)) return no_memory(s->err);
    if (overlap.mine < most + PRIVATE_WORDS) continue;
    if (!wt_tiler_set(&s->tilers[s->tiler_count++], s->kin->members[k].words)) return no_memory(s->err);
  }
  return WT_OK;
}

static wt_status score_all(revisions *all, wt_track *track, const track_copies_row *earlier,
                           const track_copies_row *later_row, const wt_story *later, const track_kin *kin,
                           wt_error *err) {
  scoring s = {.all = all, .track = track, .kin = kin, .tiler_count = 1, .err = err};
  wt_status status = track_copies_words(&s.later, later, err);
  if (status == WT_OK && !wt_tiler_set(&s.tilers[0], s.later)) status = no_memory(err);
  if (status == WT_OK) status = score(&s, 0);
  if (status == WT_OK && kin != NULL) {
    s.earlier = track_kin_find(kin, earlier->story.id);
    s.later_member = track_kin_find(kin, later_row->story.id);
    status = add_kin(&s);
    if (status == WT_OK && s.tiler_count > 1) status = score(&s, 1);
  }
  for (size_t t = 0; t < KIN_MOST; t++) wt_tiler_release(&s.tilers[t]);
  wt_free((void *)s.later.words);
  return status;
}

/* The best score; among equals the one in the later text's order, then the last that was there when the later story was first
   seen, else the first. */
static size_t best_fit(const revisions *all, wt_instant seen) {
  size_t best = 0;
  for (size_t i = 1; i < all->count; i++) {
    int64_t worth = all->worths[i] - all->worths[best];
    int64_t order = (int64_t)all->fits[best].turns - all->fits[i].turns;
    bool equal = worth == 0 && order == 0;
    if (worth > 0 || (worth == 0 && order > 0) || (equal && all->rows[i].captured <= seen)) best = i;
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
    if (kill || all->fits[i].worth >= all->fits[fits].worth) continue;
    bool corrects = (all->rows[i].classes & 1u << WT_CLASS_CORRECTION) != 0;
    if (!corrects && (correction || (all->rows[i].flags & WT_REVISION_SUBSTANTIVE) == 0)) continue;
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
  if (status == WT_OK) status = wt_diff_stories(&diff, arena, &text, later, NULL, err);
  for (size_t i = 0; status == WT_OK && i < diff.count; i++) {
    const wt_edit *edit = &diff.edits[i];
    copier->kept += edit->kind == WT_EDIT_KEEP || edit->kind == WT_EDIT_MOVE;
    copier->added += edit->kind == WT_EDIT_ADD;
    copier->deleted += edit->kind == WT_EDIT_DELETE;
    copier->moved += edit->kind == WT_EDIT_MOVE || edit->moved;
    if (edit->kind == WT_EDIT_EDIT || edit->kind == WT_EDIT_SPLIT || edit->kind == WT_EDIT_MERGE)
      copier->edited += edit->old_count;
  }
  return status;
}

wt_status track_copies_fit(wt_copier *copier, wt_arena *arena, wt_track *track, const track_copies_row *earlier,
                           const track_copies_row *later, const wt_story *later_text, const track_kin *kin,
                           wt_error *err) {
  revisions all;
  wt_arena work = {0};
  wt_status status = read_revisions(&all, &work, track, earlier->story.id, err);
  if (status == WT_OK && all.count > 1) status = score_all(&all, track, earlier, later, later_text, kin, err);
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
