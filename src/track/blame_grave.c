/* What was deleted or rewritten, indexed by word triples, so that what comes back is known again. */
#include "track/blame.h"

#include <string.h>

#define EDGE 0x9E3779B97F4A7C15u /* stands before the first word and after the last */
#define ROW 5u                   /* equal words in a row, edges of the sentence counted, that make it the same text */
#define FAR 64u                  /* words looked at on either side: more proves no more */

static uint64_t word_at(const wt_wording *w, int64_t i) {
  return i < 0 || i >= (int64_t)w->word_count ? EDGE : w->folded[i];
}

/* The triple around word i, never 0. */
static uint64_t key_at(const wt_wording *w, int64_t i) {
  uint64_t triple[3] = {word_at(w, i - 1), word_at(w, i), word_at(w, i + 1)};
  uint64_t key = wt_hash64((wt_span){(const char *)triple, sizeof triple});
  return key ? key : 1;
}

static wt_grave *slot_of(const wt_graveyard *g, uint64_t key) {
  size_t i = key & g->mask;
  while (g->slots[i].key && g->slots[i].key != key) i = (i + 1) & g->mask;
  return &g->slots[i];
}

static bool make_room(wt_graveyard *g, size_t more) {
  size_t have = g->slots ? g->mask + 1 : 0, want = have ? have : 256;
  while ((g->count + more) * 2 > want) want *= 2;
  if (want == have) return true;
  wt_graveyard bigger = {wt_alloc_zero(want, sizeof *bigger.slots), want - 1, g->count};
  if (bigger.slots == NULL) return false;
  for (size_t i = 0; i < have; i++)
    if (g->slots[i].key) *slot_of(&bigger, g->slots[i].key) = g->slots[i];
  wt_free(g->slots);
  *g = bigger;
  return true;
}

bool wt_grave_bury(wt_graveyard *g, const wt_wording *w, uint32_t number) {
  if (!make_room(g, w->word_count)) return false;
  for (uint32_t i = 0; i < w->word_count; i++) {
    uint64_t key = key_at(w, i);
    wt_grave *slot = slot_of(g, key);
    g->count += slot->key == 0;
    *slot = (wt_grave){key, number, i}; /* the latest: its origins are as old, and its neighbours more alike */
  }
  return true;
}

/* How many places in a row are equal from (i, j) on in the direction of step, edges counted once. */
static unsigned row_len(const wt_wording *a, int64_t i, const wt_wording *b, int64_t j, int step) {
  unsigned n = 0;
  while (n < FAR && word_at(a, i) == word_at(b, j)) {
    n++;
    if (word_at(a, i) == EDGE) break;
    i += step;
    j += step;
  }
  return n;
}

static void take_origins(wt_wording *w, int64_t i, const wt_wording *from, int64_t j, unsigned left, unsigned right) {
  for (int64_t d = -(int64_t)left; d <= (int64_t)right; d++) {
    int64_t here = i + d, there = j + d;
    if (here < 0 || there < 0 || here >= (int64_t)w->word_count || there >= (int64_t)from->word_count) continue;
    if (w->words[here].origin == 0) w->words[here].origin = from->words[there].origin;
  }
}

void wt_grave_resurrect(const wt_graveyard *g, wt_wording *const *all, wt_wording *w) {
  if (g->slots == NULL) return;
  for (uint32_t i = 0; i < w->word_count; i++) {
    if (w->words[i].origin != 0) continue;
    const wt_grave *slot = slot_of(g, key_at(w, i));
    if (slot->key == 0) continue;
    const wt_wording *from = all[slot->wording];
    unsigned left = row_len(w, (int64_t)i - 1, from, (int64_t)slot->at - 1, -1);
    unsigned right = row_len(w, (int64_t)i + 1, from, (int64_t)slot->at + 1, 1);
    if (w->folded[i] == from->folded[slot->at] && left + right + 1 >= ROW)
      take_origins(w, i, from, slot->at, left, right);
  }
}

void wt_graveyard_release(wt_graveyard *g) {
  wt_free(g->slots);
  *g = (wt_graveyard){0};
}
