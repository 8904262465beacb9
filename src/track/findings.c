/* Findings over histories: what each revision's change shows, and sentences that went and came back. */
#include "track/track.h"

#include <stdlib.h>

static const struct {
  const char *name, *words;
} kinds[WT_FINDINGS] = {
    [WT_FINDING_UNANNOUNCED] = {"unannounced", "a fact changed, with no notice"},
    [WT_FINDING_DEVELOPING] = {"developing", "a count moved forward"},
    [WT_FINDING_UNMENTIONED] = {"unmentioned", "a fact changed that the notice does not speak of"},
    [WT_FINDING_UNMATCHED_NOTICE] = {"unmatched-notice", "the notice says an edit that is not seen"},
    [WT_FINDING_NOTICE_CAME] = {"notice-came", "a notice came"},
    [WT_FINDING_NOTICE_WENT] = {"notice-went", "a notice went"},
    [WT_FINDING_RETURNED] = {"returned", "a sentence that had gone came back"},
    [WT_FINDING_STATUS] = {"status", "the story's status changed"},
};

const char *wt_finding_name(wt_finding_kind kind) {
  return kinds[kind].name;
}

const char *wt_finding_words(wt_finding_kind kind) {
  return kinds[kind].words;
}

/* A sentence that went, and the revision that had it last. */
typedef struct gone {
  wt_hash folded;
  uint32_t number;
  bool taken;
} gone;

typedef struct finder {
  wt_track *track;
  wt_revision_row *rows;
  size_t count, capacity;
  wt_arena arena; /* of the rows */
  gone *slots;    /* by folded key; of one story at a time */
  size_t slot_mask, slot_count;
  int64_t story;
  wt_finding_each each;
  void *context;
  bool failed, stopped;
} finder;

/* ---- sentences that went ---- */

static gone *slot_of(const finder *f, wt_hash folded) {
  size_t i = folded.low & f->slot_mask;
  while (f->slots[i].taken && !wt_hash_equal(f->slots[i].folded, folded)) i = (i + 1) & f->slot_mask;
  return &f->slots[i];
}

static bool make_room(finder *f) {
  size_t have = f->slots ? f->slot_mask + 1 : 0;
  if (have && (f->slot_count + 1) * 2 <= have) return true;
  size_t want = have ? have * 2 : 64;
  gone *old = f->slots;
  f->slots = wt_alloc_zero(want, sizeof *f->slots);
  if (f->slots == NULL) {
    f->slots = old;
    return false;
  }
  f->slot_mask = want - 1;
  for (size_t i = 0; i < have; i++)
    if (old[i].taken) *slot_of(f, old[i].folded) = old[i];
  wt_free(old);
  return true;
}

static void note_gone(finder *f, wt_hash folded, uint32_t number) {
  if (!make_room(f)) {
    f->failed = true;
    return;
  }
  gone *slot = slot_of(f, folded);
  f->slot_count += !slot->taken;
  *slot = (gone){folded, number, true};
}

static void forget_gone(finder *f) {
  wt_free(f->slots);
  f->slots = NULL;
  f->slot_count = 0;
}

/* ---- one revision ---- */

static void tell(finder *f, wt_finding_kind kind, const wt_revision_row *row, wt_span what, uint32_t since) {
  wt_finding finding = {kind, row, what, since};
  if (!f->stopped) f->stopped = !f->each(f->context, &finding);
}

static void tell_facts(finder *f, const wt_comparison *change, const wt_revision_row *row) {
  static const wt_finding_kind as[] = {[WT_FACT_UNANNOUNCED] = WT_FINDING_UNANNOUNCED,
                                       [WT_FACT_DEVELOPING] = WT_FINDING_DEVELOPING,
                                       [WT_FACT_UNMENTIONED] = WT_FINDING_UNMENTIONED};
  const wt_findings *found = &change->classified.findings;
  for (size_t i = 0; i < found->fact_count; i++) tell(f, as[found->facts[i].kind], row, found->facts[i].what, 0);
}

static void tell_notices(finder *f, const wt_comparison *change, const wt_revision_row *row) {
  const wt_findings *found = &change->classified.findings;
  if (found->notice_came) tell(f, WT_FINDING_NOTICE_CAME, row, found->came, 0);
  if (found->notice_went && !found->notice_came) tell(f, WT_FINDING_NOTICE_WENT, row, found->went, 0);
  for (size_t i = 0; i < found->unmatched_count; i++)
    tell(f, WT_FINDING_UNMATCHED_NOTICE, row, found->unmatched_notices[i], 0);
  if (change->old.text.status != change->newer.text.status)
    tell(f, WT_FINDING_STATUS, row, wt_span_of(wt_story_status_name(change->newer.text.status)), 0);
}

static void tell_returns(finder *f, const wt_comparison *change, const wt_revision_row *row) {
  const wt_diff *diff = &change->diff;
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    if (edit->kind == WT_EDIT_KEEP || edit->kind == WT_EDIT_MOVE) continue;
    for (uint32_t k = 0; k < edit->new_count && f->slots; k++) {
      const wt_unit *unit = &diff->newer.items[edit->newer + k];
      gone *slot = slot_of(f, unit->folded);
      if (slot->taken && slot->number) tell(f, WT_FINDING_RETURNED, row, unit->text, slot->number);
    }
    for (uint32_t k = 0; k < edit->old_count; k++)
      note_gone(f, diff->old.items[edit->old + k].folded, change->old.revision.number);
  }
}

static wt_status look_at(finder *f, const wt_revision_row *row, wt_error *err) {
  wt_arena arena = {0};
  wt_comparison change;
  if (row->story != f->story) forget_gone(f);
  f->story = row->story;
  wt_status status = wt_track_change(&change, &arena, f->track, row, err);
  if (status == WT_OK) {
    tell_facts(f, &change, row);
    tell_notices(f, &change, row);
    tell_returns(f, &change, row);
    if (f->failed) status = wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
  }
  wt_arena_release(&arena);
  return status == WT_ENOTFOUND ? WT_OK : status; /* a first revision changes nothing */
}

/* ---- all of them ---- */

static bool on_row(void *context, const wt_revision_row *row) {
  finder *f = context;
  if (row->moved_to.len || row->flags & WT_REVISION_ERASED) return true;
  f->failed |= !wt_grow(&f->rows, &f->capacity, f->count + 1, sizeof *f->rows);
  if (f->failed) return false;
  wt_revision_row *kept = &f->rows[f->count++];
  *kept = *row;
  wt_span *spans[] = {&kept->path, &kept->subject, &kept->url, &kept->reason, &kept->headline, &kept->moved_to};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    *spans[i] = wt_span_keep(&f->arena, *spans[i]);
    if (!spans[i]->data) f->failed = true;
  }
  return !f->failed;
}

/* By story, then by capture: what went and came back is looked for story by story. */
static int compare_rows(const void *a, const void *b) {
  const wt_revision_row *x = a, *y = b;
  int path = wt_span_compare(x->path, y->path);
  if (path != 0) return path;
  if (x->captured != y->captured) return x->captured < y->captured ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

wt_status wt_track_findings(wt_track *track, const wt_revision_filter *filter, wt_finding_each each, void *context,
                            wt_error *err) {
  finder f = {.track = track, .each = each, .context = context};
  wt_status status = wt_index_revisions(track->index, filter, on_row, &f, err);
  if (status == WT_OK && f.failed) status = wt_fail(err, WT_ENOMEM, "findings", -1, "no memory left");
  if (f.count) qsort(f.rows, f.count, sizeof *f.rows, compare_rows);
  for (size_t i = 0; i < f.count && status == WT_OK && !f.stopped; i++) {
    status = look_at(&f, &f.rows[i], err);
    track_progress(track, "revisions", i + 1, f.count);
  }
  forget_gone(&f);
  wt_free(f.rows);
  wt_arena_release(&f.arena);
  return status;
}
