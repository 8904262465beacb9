/* The state that the stages of matching share. A stage adds links; no stage takes one away that an earlier one made. */
#ifndef WT_MATCH_MATCHING_H
#define WT_MATCH_MATCHING_H

#include "match/words.h"

/* Similarity is in parts of WT_WHOLE. */
#define WT_WHOLE 1000u

/* Old units [old, old + old_count) and new units [new, new + new_count) belong together. */
typedef struct wt_link {
  uint32_t old, new, old_count, new_count;
  uint32_t score; /* parts of WT_WHOLE */
  bool moved;     /* not on the heaviest chain; set by wt_matching_chain */
} wt_link;

typedef struct wt_matching {
  const wt_comparison *comparison;
  wt_arena *scratch;
  uint32_t old_count, new_count; /* units */
  uint32_t *old_link, *new_link; /* by unit: its link + 1, or 0 */
  wt_link *links;                /* room for the smaller of both counts: every link takes a unit of both */
  uint32_t link_count;
  uint64_t steps, budget;
} wt_matching;

/* Links units that are equal under folding. */
wt_status wt_matching_equal(wt_matching *matching, wt_error *err);
/* Says which links stay: the heaviest chain that increases on both sides, by the mass of its words. The rest is moved. */
wt_status wt_matching_chain(wt_matching *matching, wt_error *err);

/* Adds a link of units that are all free. */
void wt_matching_link(wt_matching *matching, wt_link link);

#endif
