/* story_view: all that the page of one story shows, gathered. */
#ifndef REPORT_STORY_VIEW_H
#define REPORT_STORY_VIEW_H

#include "report/rows.h"
#include "report/svg.h"
#include "wt/track/blame.h"

typedef struct headlines {
  wt_headline_row *items;
  size_t count, capacity;
} headlines;

typedef struct sightings {
  wt_sighting_row *items;
  size_t count, capacity;
} sightings;

typedef struct story_view {
  wt_story_row row;
  wt_story text;       /* of the current revision */
  rows revisions;      /* in order of capture */
  svg_mark *marks;     /* one a revision, in the same order; in the arena */
  headlines headlines; /* in order of time */
  sightings sightings; /* in order of time, the newest SIGHTINGS_MAX */
  wt_copiers copiers;  /* who shares text with it */
  wt_blame *blame;     /* NULL: one revision alone, or too many */
} story_view;

/* Beyond these a page says how many there are. */
enum { BLAME_MAX = 2000, SIGHTINGS_MAX = 500 };

/* Texts lie in the arena; arrays and the blame are released. The story's page asks for all, a list for less. */
wt_status story_view_fill(story_view *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err);
/* The same without texts and without blame: what tells whether its pages are still right. */
wt_status story_view_rows(story_view *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err);
void story_view_release(story_view *view);
/* The row of a revision by number; NULL when there is none. */
const change *story_view_find(const story_view *view, uint32_t number);
/* Looks up "outlet/yyyy/mm/dd/slug", which is an address's name, as a path of the archive. */
wt_status story_row_of(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err);

#endif
