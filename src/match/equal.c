/* Links units that are equal under folding, by their keys. Repeated units go with their neighbours first, then in order. */
#include "match/matching.h"

#include <string.h>

/* Old units with one key, in order, chained through `next`. */
typedef struct key_table {
  uint32_t *slots; /* unit + 1 */
  uint32_t *next;  /* by unit: the next with the same slot, + 1 */
  size_t mask;
} key_table;

static bool table_init(key_table *table, wt_arena *scratch, uint32_t units) {
  size_t count = 16;
  while (count < (size_t)units * 2) count *= 2;
  table->mask = count - 1;
  table->slots = wt_arena_array(scratch, count, sizeof *table->slots);
  table->next = wt_arena_array(scratch, units + 1u, sizeof *table->next);
  return table->slots && table->next;
}

/* Keys are trusted only as far as bytes or words bear them out. */
static bool equal_units(const wt_matching *matching, uint32_t old, uint32_t new) {
  const wt_unit *a = &matching->comparison->old.units->items[old], *b = &matching->comparison->new.units->items[new];
  if (!wt_hash_equal(a->folded, b->folded)) return false;
  if (wt_span_equal(a->text, b->text)) return true;
  const wt_worded *x = &matching->comparison->old, *y = &matching->comparison->new;
  uint32_t count = wt_worded_tokens(x, old);
  if (count != wt_worded_tokens(y, new)) return false;
  for (uint32_t i = 0; i < count; i++)
    if (x->tokens[x->first[old] + i].folded != y->tokens[y->first[new] + i].folded) return false;
  return true;
}

static void link_equal(wt_matching *matching, uint32_t old, uint32_t new) {
  wt_matching_link(matching, (wt_link){.old = old, .new = new, .old_count = 1, .new_count = 1, .score = WT_WHOLE});
}

/* Carries a pair on to its equal neighbours, forwards (step 1) or backwards (step -1). */
static void extend(wt_matching *matching, uint32_t old, uint32_t new, int step) {
  for (;;) {
    old += (uint32_t)step; /* past the first unit it wraps, and so is past the end */
    new += (uint32_t)step;
    if (old >= matching->old_count || new >= matching->new_count) return;
    if (matching->old_link[old] || matching->new_link[new] || !equal_units(matching, old, new)) return;
    link_equal(matching, old, new);
  }
}

wt_status wt_matching_equal(wt_matching *matching, wt_error *err) {
  key_table table;
  if (!table_init(&table, matching->scratch, matching->old_count))
    return wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
  const wt_unit *olds = matching->comparison->old.units->items, *news = matching->comparison->new.units->items;
  for (uint32_t u = matching->old_count; u-- > 0;) {
    size_t slot = olds[u].folded.low & table.mask;
    table.next[u] = table.slots[slot];
    table.slots[slot] = u + 1;
  }
  for (uint32_t n = 0; n < matching->new_count; n++) {
    if (matching->new_link[n]) continue;
    uint32_t *at = &table.slots[news[n].folded.low & table.mask];
    while (*at && matching->old_link[*at - 1]) *at = table.next[*at - 1]; /* those taken are never asked for again */
    for (uint32_t o = *at; o && wt_matching_afford(matching, 1); o = table.next[o - 1])
      if (!matching->old_link[o - 1] && equal_units(matching, o - 1, n)) {
        link_equal(matching, o - 1, n);
        extend(matching, o - 1, n, 1);
        break;
      }
  }
  return WT_OK;
}
