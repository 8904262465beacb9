/*
 * outlet_view: what the archive saw each outlet do: counts of stories and changes, and how soon a first change came. A
 * figure is what was captured, no more: an outlet that is looked at more often shows more.
 */
#ifndef REPORT_OUTLET_VIEW_H
#define REPORT_OUTLET_VIEW_H

#include "report/rows.h"

/* How long after first sight a story first changed. */
enum { SOON_HOUR, SOON_SIX, SOON_DAY, SOON_WEEK, SOON_LATER, SOONS };
const char *soon_name(unsigned soon); /* "within an hour", ... */

typedef struct outlet_story {
  wt_story_row row;        /* texts in the arena */
  wt_instant first_change; /* WT_INSTANT_NONE: none yet */
  uint32_t changes, unannounced;
} outlet_story;

typedef struct outlet_figures {
  wt_span outlet;
  uint64_t stories, changed; /* stories; those with a change after first sight */
  uint64_t changes, unannounced;
  uint64_t soon[SOONS]; /* stories by when their first change came */
  int64_t median;       /* seconds to the first change, of those that changed; -1: none did */
} outlet_figures;

typedef struct outlet_view {
  outlet_figures *outlets; /* by name */
  size_t count, capacity;
  outlet_story *stories; /* by outlet, then by id */
  size_t story_count, story_capacity;
} outlet_view;

/* outlet empty: all of them. Quiet revisions (typography, furniture, times of day) are no changes here. */
wt_status outlet_view_fill(outlet_view *out, wt_arena *arena, wt_index *index, wt_span outlet, wt_error *err);
void outlet_view_release(outlet_view *view);

#endif
