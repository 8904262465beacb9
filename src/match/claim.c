/* Pairs that are clearly each other's best are linked wherever they stand, before order has a say. */
#include "match/matching.h"

#include <stdlib.h>

/* As alike as this, and ahead of the next best on both sides by this much. */
#define BAR_CLEAR 600u
#define AHEAD 150u
/* What order has left over must be as alike as this to count as moved and edited. */
#define BAR_MOVED 600u
/* Or, when one is the other cut short, as alike as this, the shorter of this many words, this much of it in the longer. */
#define BAR_MOVED_PART 450u
#define LEAST_PART 10u
#define BAR_CONTAINED 850u

typedef struct rank {
  uint32_t best, second; /* scores */
} rank;

static void note(rank *at, uint32_t score) {
  if (score > at->best) {
    at->second = at->best;
    at->best = score;
  } else if (score > at->second)
    at->second = score;
}

wt_status wt_matching_claim(wt_matching *matching, wt_error *err) {
  rank *old = wt_arena_array(matching->scratch, matching->old_count + 1u, sizeof *old);
  rank *new = wt_arena_array(matching->scratch, matching->new_count + 1u, sizeof *new);
  if (!old || !new) return wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
  for (size_t i = 0; i < matching->candidate_count; i++) {
    note(&old[matching->candidates[i].old], matching->candidates[i].score);
    note(&new[matching->candidates[i].newer], matching->candidates[i].score);
  }
  for (size_t i = 0; i < matching->candidate_count; i++) {
    const wt_link *pair = &matching->candidates[i];
    const rank *a = &old[pair->old], *b = &new[pair->newer];
    if (pair->score < BAR_CLEAR || pair->score < a->best || pair->score < b->best) continue;
    if (a->second + AHEAD > pair->score || b->second + AHEAD > pair->score) continue;
    wt_matching_link(matching, *pair);
  }
  return WT_OK;
}

static int by_score(const void *a, const void *b) {
  const wt_link *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->old != y->old) return x->old < y->old ? -1 : 1;
  return x->newer < y->newer ? -1 : x->newer > y->newer;
}

/* Is one of the two, and no short one, nearly all in the other? */
static bool is_part(const wt_matching *matching, const wt_link *pair) {
  const wt_wording *c = matching->comparison;
  uint64_t old = c->old.mass[pair->old], new = c->newer.mass[pair->newer], shorter = old < new ? old : new;
  uint32_t words = old < new ? wt_worded_tokens(&c->old, pair->old) : wt_worded_tokens(&c->newer, pair->newer);
  return words >= LEAST_PART && pair->score * (old + new) >= 2 * (uint64_t)BAR_CONTAINED * shorter;
}

wt_status wt_matching_moves(wt_matching *matching, wt_error *err) {
  (void)err;
  if (matching->candidate_count)
    qsort(matching->candidates, matching->candidate_count, sizeof *matching->candidates, by_score);
  for (size_t i = 0; i < matching->candidate_count && matching->candidates[i].score >= BAR_MOVED_PART; i++) {
    const wt_link *pair = &matching->candidates[i];
    if (pair->score < BAR_MOVED && !is_part(matching, pair)) continue;
    if (!matching->old_link[pair->old] && !matching->new_link[pair->newer]) wt_matching_link(matching, *pair);
  }
  return WT_OK;
}
