/* Pairs that stand between pairs: what their neighbours say counts for them, so less likeness of their own will do. */
#include "match/matching.h"

/* With a linked pair right before and right after, or with one of both. */
#define BAR_BETWEEN 200u
#define BAR_BESIDE 300u

/* Are old unit `old` and new unit `new` in one link that stays, or both just past the same end of their texts? */
bool wt_matching_tied(const wt_matching *matching, uint32_t old, uint32_t new) {
  bool old_out = old >= matching->old_count, new_out = new >= matching->new_count;
  if (old_out || new_out) return old_out && new_out;
  uint32_t number = matching->old_link[old];
  return number && number == matching->new_link[new] && !matching->links[number - 1].moved;
}

static void try_pair(wt_matching *matching, uint32_t old, uint32_t new) {
  if (old >= matching->old_count || new >= matching->new_count || matching->old_link[old] || matching->new_link[new])
    return;
  bool before = wt_matching_tied(matching, old - 1, new - 1), after = wt_matching_tied(matching, old + 1, new + 1);
  if (!before && !after) return;
  uint32_t score = wt_matching_score(matching, old, 1, new, 1);
  if (score < (before && after ? BAR_BETWEEN : BAR_BESIDE)) return;
  wt_matching_link(matching, (wt_link){.old = old, .newer = new, .old_count = 1, .new_count = 1, .score = score});
}

void wt_matching_context(wt_matching *matching) {
  try_pair(matching, 0, 0);
  for (uint32_t u = 0; u < matching->old_count; u++) {
    uint32_t number = matching->old_link[u];
    if (!number || matching->links[number - 1].moved) continue;
    wt_link link = matching->links[number - 1];
    try_pair(matching, link.old + link.old_count, link.newer + link.new_count);
  }
  if (matching->old_count && matching->new_count) try_pair(matching, matching->old_count - 1, matching->new_count - 1);
  for (uint32_t u = matching->old_count; u-- > 0;) {
    uint32_t number = matching->old_link[u];
    if (!number || matching->links[number - 1].moved) continue;
    wt_link link = matching->links[number - 1];
    try_pair(matching, link.old - 1, link.newer - 1);
  }
}
