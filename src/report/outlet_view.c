/* outlet_view: one pass over stories and one over revisions, then figures. */
#include "report/outlet_view.h"

#include <stdlib.h>

enum { HOUR = 3600, DAY = 86400 };

const char *soon_name(unsigned soon) {
  static const char *const names[SOONS] = {"within an hour", "within 6 hours", "within a day", "within a week",
                                           "later"};
  return names[soon];
}

static unsigned soon_of(int64_t seconds) {
  if (seconds <= HOUR) return SOON_HOUR;
  if (seconds <= 6 * HOUR) return SOON_SIX;
  if (seconds <= DAY) return SOON_DAY;
  return seconds <= 7 * DAY ? SOON_WEEK : SOON_LATER;
}

/* ---- the two passes ---- */

typedef struct filler {
  outlet_view *view;
  wt_arena *arena;
  bool full;
} filler;

static bool add_story(void *context, const wt_story_row *story) {
  filler *f = context;
  outlet_view *v = f->view;
  outlet_story kept = {.row = *story, .first_change = WT_INSTANT_NONE};
  f->full = !html_keep(f->arena, &kept.row.path) || !html_keep(f->arena, &kept.row.outlet) ||
            !html_keep(f->arena, &kept.row.headline) ||
            !wt_grow(&v->stories, &v->story_capacity, v->story_count + 1, sizeof *v->stories);
  if (f->full) return false;
  v->stories[v->story_count++] = kept;
  return true;
}

static int by_id(const void *a, const void *b) {
  const outlet_story *x = a, *y = b;
  return (x->row.id > y->row.id) - (x->row.id < y->row.id);
}

static int by_outlet(const void *a, const void *b) {
  const outlet_story *x = a, *y = b;
  int order = wt_span_compare(x->row.outlet, y->row.outlet);
  return order != 0 ? order : by_id(a, b);
}

/* Oldest first; a change is any revision beside the one that was seen first. */
static bool add_change(void *context, const wt_revision_row *revision) {
  outlet_view *v = ((filler *)context)->view;
  outlet_story key = {.row = {.id = revision->story}};
  outlet_story *story = bsearch(&key, v->stories, v->story_count, sizeof *v->stories, by_id);
  if (story == NULL || revision->captured <= story->row.first) return true;
  if (story->first_change == WT_INSTANT_NONE) story->first_change = revision->captured;
  story->changes++;
  if (revision->flags & WT_REVISION_UNANNOUNCED) story->unannounced++;
  return true;
}

/* ---- figures ---- */

static int by_number(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* Sums the stories [begin, end), which are of one outlet. waits has room for one a story. */
static outlet_figures sum_up(const outlet_view *v, size_t begin, size_t end, int64_t *waits) {
  outlet_figures sum = {.outlet = v->stories[begin].row.outlet, .stories = end - begin, .median = -1};
  for (size_t i = begin; i < end; i++) {
    const outlet_story *story = &v->stories[i];
    sum.changes += story->changes;
    sum.unannounced += story->unannounced;
    if (story->first_change == WT_INSTANT_NONE) continue;
    waits[sum.changed] = story->first_change - story->row.first;
    sum.soon[soon_of(waits[sum.changed++])]++;
  }
  if (sum.changed == 0) return sum;
  qsort(waits, sum.changed, sizeof *waits, by_number);
  sum.median = waits[(sum.changed - 1) / 2];
  return sum;
}

static wt_status fill_figures(outlet_view *out, wt_arena *arena, wt_error *err) {
  int64_t *waits = wt_arena_array(arena, out->story_count + 1, sizeof *waits);
  if (waits == NULL) return wt_fail(err, WT_ENOMEM, "outlets", -1, "no memory for the figures");
  for (size_t begin = 0, end; begin < out->story_count; begin = end) {
    end = begin;
    while (end < out->story_count && wt_span_equal(out->stories[end].row.outlet, out->stories[begin].row.outlet)) end++;
    if (!wt_grow(&out->outlets, &out->capacity, out->count + 1, sizeof *out->outlets))
      return wt_fail(err, WT_ENOMEM, "outlets", -1, "no memory for the figures");
    out->outlets[out->count++] = sum_up(out, begin, end, waits);
  }
  return WT_OK;
}

wt_status outlet_view_fill(outlet_view *out, wt_arena *arena, wt_index *index, wt_span outlet, wt_error *err) {
  *out = (outlet_view){.outlets = NULL};
  filler f = {.view = out, .arena = arena};
  wt_story_filter stories = {.outlet = outlet, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_revision_filter changes = {
      .outlet = outlet, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .flags_none = WT_REVISION_QUIET};
  wt_status status = wt_index_stories(index, &stories, add_story, &f, err);
  if (status == WT_OK && f.full) status = wt_fail(err, WT_ENOMEM, "outlets", -1, "no memory for the stories");
  if (status != WT_OK || out->story_count == 0) return status;
  qsort(out->stories, out->story_count, sizeof *out->stories, by_id);
  status = wt_index_revisions(index, &changes, add_change, &f, err);
  qsort(out->stories, out->story_count, sizeof *out->stories, by_outlet);
  return status == WT_OK ? fill_figures(out, arena, err) : status;
}

void outlet_view_release(outlet_view *view) {
  wt_free(view->outlets);
  wt_free(view->stories);
}
