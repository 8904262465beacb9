/*
 * Pairs the tokens of two runs: the common ends, then one weighted table over what lies between.
 *
 * The table maximises the weight of what is kept less a price for every hunk, so that a lone "the" between two changes is
 * not worth keeping (two states, kept and changed, after Gotoh 1982).
 */
#include "diff/words.h"

#include <string.h>

#define HUNK_PRICE 40
#define TABLE_CELLS ((uint64_t)1 << 22)

enum { FROM_KEPT = 1, CHANGED_LEFT = 2, CHANGED_FROM_KEPT = 4 };

static int32_t weight_of(const wt_aligner *aligner, uint32_t old) {
  static const int32_t weights[] = {10, 20, 100, 100};
  return weights[aligner->comparison->words.items[aligner->old.tokens[old].folded].class];
}

typedef struct box {
  uint32_t old, old_end, new, new_end; /* tokens */
} box;

static void trim(wt_aligner *aligner, box *in) {
  const wt_token *old = aligner->old.tokens, *new = aligner->new.tokens;
  while (in->old < in->old_end && in->new < in->new_end && old[in->old].folded == new[in->new].folded)
    aligner->partner[in->old++] = ++in->new;
  while (in->old < in->old_end && in->new < in->new_end && old[in->old_end - 1].folded == new[in->new_end - 1].folded)
    aligner->partner[--in->old_end] = in->new_end--;
}

static void trace_back(wt_aligner *aligner, const box *in, bool kept) {
  uint32_t rows = in->old_end - in->old, columns = in->new_end - in->new;
  while (rows && columns) {
    uint8_t cell = aligner->trace[(size_t)rows * (in->new_end - in->new + 1u) + columns];
    if (kept) {
      rows--, columns--;
      aligner->partner[in->old + rows] = in->new + columns + 1;
      kept = cell & FROM_KEPT;
    } else if (cell & CHANGED_FROM_KEPT) {
      kept = true;
    } else if (cell & CHANGED_LEFT) {
      columns--;
    } else {
      rows--;
    }
  }
}

static bool fill(wt_aligner *aligner, const box *in, bool *kept) {
  uint32_t rows = in->old_end - in->old, width = in->new_end - in->new + 1u;
  if (!wt_grow(&aligner->trace, &aligner->trace_capacity, (size_t)(rows + 1u) * width, 1)) return false;
  if (!wt_grow(&aligner->rows, &aligner->row_capacity, (size_t)width * 2, sizeof *aligner->rows)) return false;
  int32_t *keep = aligner->rows, *change = aligner->rows + width;
  const int32_t never = INT32_MIN / 2;
  for (uint32_t j = 0; j < width; j++) {
    keep[j] = j ? never : 0;
    change[j] = -HUNK_PRICE;
    aligner->trace[j] = 0;
  }
  for (uint32_t i = 1; i <= rows; i++) {
    uint32_t word = aligner->old.tokens[in->old + i - 1].folded;
    int32_t weight = weight_of(aligner, in->old + i - 1), keep_before = keep[0], change_before = change[0];
    uint8_t *trace = aligner->trace + (size_t)i * width;
    keep[0] = never;
    trace[0] = 0;
    for (uint32_t j = 1; j < width; j++) {
      uint8_t cell = 0;
      int32_t kept_here = never, keep_up = keep[j], change_up = change[j];
      if (aligner->new.tokens[in->new + j - 1].folded == word) {
        if (keep_before >= change_before) cell = FROM_KEPT;
        kept_here = weight + (cell ? keep_before : change_before);
      }
      int32_t best = change_up;
      if (change[j - 1] > best) { best = change[j - 1]; cell |= CHANGED_LEFT; }
      if (kept_here - HUNK_PRICE > best) { best = kept_here - HUNK_PRICE; cell |= CHANGED_FROM_KEPT; }
      keep[j] = kept_here;
      change[j] = best;
      keep_before = keep_up;
      change_before = change_up;
      trace[j] = cell;
    }
  }
  *kept = keep[width - 1] >= change[width - 1];
  return true;
}

wt_status wt_align(wt_aligner *aligner, wt_error *err) {
  box all = {0, aligner->old.count, 0, aligner->new.count};
  trim(aligner, &all);
  uint64_t cells = (uint64_t)(all.old_end - all.old) * (all.new_end - all.new);
  if (!cells || cells > TABLE_CELLS) return WT_OK;
  bool kept;
  if (!fill(aligner, &all, &kept)) return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  aligner->steps += cells;
  trace_back(aligner, &all, kept);
  return WT_OK;
}
