/*
 * Units that are equal under folding, by their keys, before a word is cut: what is the same on both sides needs no words.
 * Repeated units go with their neighbours first, then in order.
 */
#include "match/words.h"

/* Old units with one key that are looked at for a new one. More is somebody making keys collide: the words will tell then. */
#define PROBES 64u

typedef struct twins {
  const wt_units *olds, *news;
  uint32_t *old_twin, *new_twin;
  uint32_t *slots; /* the first old unit of a key, + 1 */
  uint32_t *next;  /* by old unit: the next with the same slot, + 1 */
  size_t mask;
  wt_buf old_folded, new_folded;
} twins;

/* Keys are trusted only as far as the bytes bear them out. */
static wt_status are_equal(bool *equal, twins *in, uint32_t old, uint32_t new, wt_error *err) {
  const wt_unit *a = &in->olds->items[old], *b = &in->news->items[new];
  *equal = false;
  if (!wt_hash_equal(a->folded, b->folded)) return WT_OK;
  *equal = wt_span_equal(a->text, b->text);
  if (*equal) return WT_OK;
  wt_buf_clear(&in->old_folded);
  wt_buf_clear(&in->new_folded);
  wt_status status = wt_fold(&in->old_folded, a->text, err);
  if (!status) status = wt_fold(&in->new_folded, b->text, err);
  *equal = !status && wt_span_equal(wt_buf_span(&in->old_folded), wt_buf_span(&in->new_folded));
  return status;
}

static void pair(twins *in, uint32_t old, uint32_t new) {
  in->old_twin[old] = new + 1;
  in->new_twin[new] = old + 1;
}

/* Carries a pair on to its equal neighbours, forwards (step 1) or backwards (step -1). */
static wt_status extend(twins *in, uint32_t old, uint32_t new, int step, wt_error *err) {
  for (;;) {
    bool equal;
    old += (uint32_t)step; /* past the first unit it wraps, and so is past the end */
    new += (uint32_t)step;
    if (old >= in->olds->count || new >= in->news->count || in->old_twin[old] || in->new_twin[new]) return WT_OK;
    wt_status status = are_equal(&equal, in, old, new, err);
    if (status || !equal) return status;
    pair(in, old, new);
  }
}

/* The first free old unit that equals a new one, and the equal neighbours of both. */
static wt_status find_one(twins *in, uint32_t new, wt_error *err) {
  uint32_t *at = &in->slots[in->news->items[new].folded.low & in->mask];
  for (unsigned probe = 0; *at && probe < PROBES;) {
    uint32_t old = *at - 1;
    if (in->old_twin[old]) { /* taken, and out of the list for good: it is passed once */
      *at = in->next[old];
      continue;
    }
    bool equal;
    wt_status status = are_equal(&equal, in, old, new, err);
    if (status) return status;
    at = &in->next[old];
    probe++;
    if (!equal) continue;
    pair(in, old, new);
    status = extend(in, old, new, 1, err);
    return status ? status : extend(in, old, new, -1, err);
  }
  return WT_OK;
}

static bool twins_init(twins *in, wt_wording *comparison) {
  wt_arena *scratch = comparison->scratch;
  size_t count = 16;
  *in = (twins){.olds = comparison->old.units, .news = comparison->newer.units};
  while (count < in->olds->count * 2) count *= 2;
  in->mask = count - 1;
  in->slots = wt_arena_array(scratch, count, sizeof *in->slots);
  in->next = wt_arena_array(scratch, in->olds->count + 1, sizeof *in->next);
  in->old_twin = comparison->old.twin = wt_arena_array(scratch, in->olds->count + 1, sizeof *in->old_twin);
  in->new_twin = comparison->newer.twin = wt_arena_array(scratch, in->news->count + 1, sizeof *in->new_twin);
  return in->slots && in->next && in->old_twin && in->new_twin;
}

wt_status wt_wording_twins(wt_wording *comparison, wt_error *err) {
  twins in;
  wt_status status = WT_OK;
  if (!twins_init(&in, comparison)) return wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
  for (uint32_t u = (uint32_t)in.olds->count; u-- > 0;) {
    size_t slot = in.olds->items[u].folded.low & in.mask;
    in.next[u] = in.slots[slot];
    in.slots[slot] = u + 1;
  }
  for (uint32_t n = 0; n < in.news->count && !status; n++)
    if (!in.new_twin[n]) status = find_one(&in, n, err);
  wt_buf_release(&in.old_folded);
  wt_buf_release(&in.new_folded);
  return status;
}
