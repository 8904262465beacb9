/*
 * The gaps between links in place: of all candidates there, and of the splits and merges that they suggest, the heaviest
 * chain that increases on both sides (a dynamic programme in order of the old text, maxima over the new one).
 */
#include "match/matching.h"

#include <string.h>

/* In order, this much likeness is enough. */
#define BAR_IN_PLACE 300u
/* Each part of a split or merge must have this much of its mass in the other side, and the whole be this alike. */
#define BAR_PART 400u
#define BAR_COMPOSITE 450u

typedef struct step {
  wt_link bead;
  uint64_t gain;   /* of the best chain that ends with it */
  uint32_t before; /* step + 1 */
} step;

typedef struct chain {
  wt_matching *matching;
  step *steps;
  size_t count, capacity;
  uint32_t *tree; /* Fenwick tree over new ends: step + 1 of the best */
} chain;

static bool push(chain *to, wt_link bead) {
  if (!wt_grow(&to->steps, &to->capacity, to->count + 1, sizeof *to->steps)) return false;
  to->steps[to->count++] = (step){.bead = bead};
  return true;
}

static bool free_old(const wt_matching *m, uint32_t unit, uint32_t gap) {
  return unit < m->old_count && !m->old_link[unit] && m->old_gap[unit] == gap;
}

static bool free_new(const wt_matching *m, uint32_t unit, uint32_t gap) {
  return unit < m->new_count && !m->new_link[unit] && m->new_gap[unit] == gap;
}

/* Is `part` of what both hold really in the other side? */
static bool holds(uint64_t common, uint64_t mass) {
  return common * WT_WHOLE >= mass * BAR_PART;
}

static bool push_split(chain *to, uint32_t old, uint32_t new) {
  wt_matching *m = to->matching;
  uint32_t gap = m->old_gap[old];
  if (!free_new(m, new, gap) || !free_new(m, new + 1, gap)) return true;
  if (!holds(wt_matching_common(m, old, 1, new, 1), m->comparison->newer.mass[new])) return true;
  if (!holds(wt_matching_common(m, old, 1, new + 1, 1), m->comparison->newer.mass[new + 1])) return true;
  uint32_t score = wt_matching_score(m, old, 1, new, 2);
  if (score < BAR_COMPOSITE || score <= wt_matching_score(m, old, 1, new, 1) ||
      score <= wt_matching_score(m, old, 1, new + 1, 1))
    return true;
  return push(to, (wt_link){.old = old, .newer = new, .old_count = 1, .new_count = 2, .score = score});
}

static bool push_merge(chain *to, uint32_t old, uint32_t new) {
  wt_matching *m = to->matching;
  uint32_t gap = m->new_gap[new];
  if (!free_old(m, old, gap) || !free_old(m, old + 1, gap)) return true;
  if (!holds(wt_matching_common(m, old, 1, new, 1), m->comparison->old.mass[old])) return true;
  if (!holds(wt_matching_common(m, old + 1, 1, new, 1), m->comparison->old.mass[old + 1])) return true;
  uint32_t score = wt_matching_score(m, old, 2, new, 1);
  if (score < BAR_COMPOSITE || score <= wt_matching_score(m, old, 1, new, 1) ||
      score <= wt_matching_score(m, old + 1, 1, new, 1))
    return true;
  return push(to, (wt_link){.old = old, .newer = new, .old_count = 2, .new_count = 1, .score = score});
}

/* The candidates in their own gap, and the beads of three units around them. */
static bool gather(chain *to) {
  wt_matching *m = to->matching;
  bool well = true;
  for (size_t i = 0; i < m->candidate_count && well; i++) {
    const wt_link *pair = &m->candidates[i];
    if (m->old_link[pair->old] || m->new_link[pair->newer] || m->old_gap[pair->old] != m->new_gap[pair->newer])
      continue;
    if (pair->score >= BAR_IN_PLACE) well = push(to, *pair);
    well = well && push_split(to, pair->old, pair->newer) && push_merge(to, pair->old, pair->newer);
    if (well && pair->newer) well = push_split(to, pair->old, pair->newer - 1);
    if (well && pair->old) well = push_merge(to, pair->old - 1, pair->newer);
  }
  return well;
}

/* Steps in an order given by a key below `keys`, equal keys as they came. */
static bool sorted(const chain *from, uint32_t *order, uint32_t keys, bool by_end) {
  uint32_t *at = wt_arena_array(from->matching->scratch, keys + 2u, sizeof *at);
  if (!at) return false;
  for (int pass = 0; pass < 2; pass++) {
    for (uint32_t s = 0; s < from->count; s++) {
      const wt_link *bead = &from->steps[s].bead;
      uint32_t key = bead->old + (by_end ? bead->old_count : 0);
      if (pass)
        order[at[key]++] = s;
      else
        at[key + 1]++;
    }
    for (uint32_t k = 1; !pass && k < keys + 2u; k++) at[k] += at[k - 1];
  }
  return true;
}

static uint64_t gain_of(const wt_matching *m, const wt_link *bead) {
  uint64_t mass = wt_worded_mass(&m->comparison->old, bead->old, bead->old_count) +
                  wt_worded_mass(&m->comparison->newer, bead->newer, bead->new_count);
  return 1 + mass * (bead->score - BAR_IN_PLACE + 50);
}

static uint32_t best_before(const chain *in, uint32_t new) {
  uint32_t best = 0;
  for (uint32_t at = new; at; at &= at - 1)
    if (in->tree[at] && (!best || in->steps[in->tree[at] - 1].gain > in->steps[best - 1].gain)) best = in->tree[at];
  return best;
}

static void raise(chain *in, uint32_t number) {
  const step *here = &in->steps[number - 1];
  for (uint32_t at = here->bead.newer + here->bead.new_count; at <= in->matching->new_count; at += at & (~at + 1))
    if (!in->tree[at] || here->gain > in->steps[in->tree[at] - 1].gain) in->tree[at] = number;
}

/* Runs through the steps by old start; a step counts for others once the old text has passed its end. */
static uint32_t run(chain *in, const uint32_t *by_start, const uint32_t *by_end) {
  uint32_t top = 0;
  size_t ended = 0;
  for (size_t s = 0; s < in->count; s++) {
    step *here = &in->steps[by_start[s]];
    for (; ended < in->count; ended++) {
      const wt_link *done = &in->steps[by_end[ended]].bead;
      if (done->old + done->old_count > here->bead.old) break;
      raise(in, by_end[ended] + 1);
    }
    here->before = best_before(in, here->bead.newer);
    here->gain = gain_of(in->matching, &here->bead) + (here->before ? in->steps[here->before - 1].gain : 0);
    if (!top || here->gain > in->steps[top - 1].gain) top = by_start[s] + 1;
  }
  return top;
}

wt_status wt_matching_fill(wt_matching *matching, wt_error *err) {
  chain all = {.matching = matching};
  wt_matching_gaps(matching);
  bool well = gather(&all);
  uint32_t *by_start = wt_arena_array(matching->scratch, all.count + 1, sizeof *by_start);
  uint32_t *by_end = wt_arena_array(matching->scratch, all.count + 1, sizeof *by_end);
  all.tree = wt_arena_array(matching->scratch, matching->new_count + 1u, sizeof *all.tree);
  well = well && by_start && by_end && all.tree;
  well = well && sorted(&all, by_start, matching->old_count, false) && sorted(&all, by_end, matching->old_count, true);
  if (well && all.count)
    for (uint32_t number = run(&all, by_start, by_end); number; number = all.steps[number - 1].before)
      wt_matching_link(matching, all.steps[number - 1].bead);
  wt_free(all.steps);
  return well ? WT_OK : wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
}
