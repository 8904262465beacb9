/* The heaviest chain of links that increases on both sides: it stays in place, what is not on it has moved. */
#include "match/matching.h"

#include <stdlib.h>

typedef struct best {
  uint64_t mass;
  uint32_t link; /* + 1; 0: none */
} best;

/* A Fenwick tree of prefix maxima over the new side (Fenwick 1994). A tie keeps what was there: the lower link. */
static best prefix(const best *tree, uint32_t end) {
  best top = {0, 0};
  for (; end; end &= end - 1)
    if (tree[end].mass > top.mass) top = tree[end];
  return top;
}

static void raise(best *tree, uint32_t size, uint32_t at, best value) {
  for (; at <= size; at += at & (~at + 1))
    if (value.mass > tree[at].mass) tree[at] = value;
}

static uint64_t mass_of(const wt_matching *matching, const wt_link *link) {
  uint64_t mass = 1;
  for (uint32_t i = 0; i < link->old_count; i++) mass += matching->comparison->old.mass[link->old + i];
  for (uint32_t i = 0; i < link->new_count; i++) mass += matching->comparison->newer.mass[link->newer + i];
  return mass * link->score;
}

wt_status wt_matching_chain(wt_matching *matching, wt_error *err) {
  best *tree = wt_arena_array(matching->scratch, matching->new_count + 1, sizeof *tree);
  uint32_t *before = wt_arena_array(matching->scratch, matching->link_count + 1, sizeof *before);
  if (!tree || !before) return wt_fail(err, WT_ENOMEM, "chain", -1, "out of memory");
  best top = {0, 0};
  for (uint32_t u = 0; u < matching->old_count; u++) {
    uint32_t number = matching->old_link[u];
    if (!number || matching->links[number - 1].old != u) continue;
    wt_link *link = &matching->links[number - 1];
    link->moved = true;
    best here = prefix(tree, link->newer);
    before[number] = here.link;
    here.mass += mass_of(matching, link);
    here.link = number;
    if (here.mass > top.mass) top = here;
    raise(tree, matching->new_count, link->newer + link->new_count, here);
  }
  for (uint32_t number = top.link; number; number = before[number]) matching->links[number - 1].moved = false;
  return WT_OK;
}
