/* The state that the stages of matching share. A stage adds links; none takes a link away that an earlier one made. */
#ifndef WT_MATCH_MATCHING_H
#define WT_MATCH_MATCHING_H

#include "match/words.h"

/* Old units [old, old + old_count) and new units [new, new + new_count) belong together. */
typedef struct wt_link {
  uint32_t old, newer, old_count, new_count;
  uint32_t score; /* parts of WT_WHOLE */
  bool moved;     /* not on the heaviest chain; set by wt_matching_chain */
} wt_link;

typedef struct wt_matching {
  const wt_wording *comparison;
  wt_arena *scratch;
  uint32_t old_count, new_count; /* units */
  uint32_t *old_link, *new_link; /* by unit: its link + 1, or 0 */
  wt_link *links;                /* room for the smaller of both counts: every link takes a unit of both */
  uint32_t link_count;
  wt_link *candidates; /* pairs that may become links, by old unit, then new */
  size_t candidate_count, candidate_capacity;
  uint32_t *old_gap, *new_gap; /* by unit: links in place before it; see wt_matching_gaps */
  uint16_t *bag;               /* by lexicon entry, all 0 between calls */
  uint64_t steps, budget;
} wt_matching;

/* Adds a link of units that are all free. */
void wt_matching_link(wt_matching *matching, wt_link link);
/* Counts for every unit the links in place before it. A free old and a free new unit with one count are in one gap. */
void wt_matching_gaps(wt_matching *matching);
/* Takes steps from the budget. False, and nothing taken, when it does not hold them: then the work is left undone. */
bool wt_matching_afford(wt_matching *matching, uint64_t steps);
/* The likeness of two stretches of units. */
uint32_t wt_matching_score(wt_matching *matching, uint32_t old, uint32_t old_count, uint32_t new, uint32_t new_count);
/* Mass that two stretches of units have in common; 0 when the budget does not hold the question. */
uint64_t wt_matching_common(wt_matching *matching, uint32_t old, uint32_t old_count, uint32_t new, uint32_t new_count);
uint64_t wt_worded_mass(const wt_worded *side, uint32_t unit, uint32_t count);

/* The stages, in their order. */

/* Says which links stay: the heaviest chain that increases on both sides, by the mass of its words. The rest is moved. */
wt_status wt_matching_chain(wt_matching *matching, wt_error *err);
/* Fills candidates with pairs of free units that share words. */
wt_status wt_matching_candidates(wt_matching *matching, wt_error *err);
/* Links pairs that are clearly each other's best, wherever they stand. */
wt_status wt_matching_claim(wt_matching *matching, wt_error *err);
/* Links, in the gaps, the candidates of the heaviest chain, splits and merges among them. */
wt_status wt_matching_fill(wt_matching *matching, wt_error *err);
/* Links free pairs whose neighbours are linked. */
void wt_matching_context(wt_matching *matching);
bool wt_matching_tied(const wt_matching *matching, uint32_t old, uint32_t new);
/* Links what is left and alike, out of order. */
wt_status wt_matching_moves(wt_matching *matching, wt_error *err);
/* Widens links over free neighbours that hold the rest of the same words. */
void wt_matching_widen(wt_matching *matching);

#endif
