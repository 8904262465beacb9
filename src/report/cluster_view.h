/* cluster_view: stories that are one story, gathered for the pages of clusters. */
#ifndef REPORT_CLUSTER_VIEW_H
#define REPORT_CLUSTER_VIEW_H

#include "report/html.h"

/* One cluster; stories[0] is the leader, the earliest seen. */
typedef struct cluster_view {
  wt_story_row *stories;
  uint32_t *contained; /* of each: the share of its words that the leader has, in parts of 10,000 */
  wt_relation *relations;
  size_t count;
} cluster_view; /* in the arena */

typedef struct cluster_views {
  cluster_view *items; /* newest first; the array is released */
  size_t count, capacity;
} cluster_views;

wt_status cluster_views_fill(cluster_views *out, wt_arena *arena, wt_track *track, wt_error *err);
void cluster_views_release(cluster_views *list);
/* The cluster of which the story is leader or member; NULL when there is none. */
const cluster_view *cluster_views_find(const cluster_views *list, wt_span name);

#endif
