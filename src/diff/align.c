/*
 * Pairs the tokens of two runs.
 *
 * The common ends first. What lies between is cut into boxes: at words that stand once in both (Cohen's patience anchors),
 * else where a longest common subsequence passes the middle row (Hirschberg 1975, with bit rows, see lcs.c), until a box fits
 * the table. The table finds the heaviest common subsequence of the fewest changes: a pair counts by the class of its word, and
 * a stretch of changes costs less than any pair (two states, kept and changed, after Gotoh 1982). Memory is linear in the text.
 */
#include "diff/words.h"

#include <string.h>

/* What a pair is worth, by wt_token_class: of two that cross, the one that says more stays. A number is worth no more than a
   word: where two change places ("52 votes to 48"), they are what changed. */
static const int32_t weights[] = {7, 9, 12, 12};
/* What a stretch of changes costs: less than any pair is worth. */
#define HUNK_PRICE 6
/* Boxes of at most this many cells go to the table. */
#define TABLE_CELLS 16384u

enum { KEPT_FROM_KEPT = 1, CHANGED_FROM_LEFT = 2, CHANGED_FROM_KEPT = 4 };

static bool same(const wt_aligner *a, uint32_t old, uint32_t new) {
  return a->old.tokens[old].folded == a->newer.tokens[new].folded;
}

static bool is_empty(const wt_box *box) {
  return box->old == box->old_end || box->newer == box->new_end;
}

static void trim(wt_aligner *a, wt_box *in) {
  while (!is_empty(in) && same(a, in->old, in->newer)) a->partner[in->old++] = ++in->newer;
  while (!is_empty(in) && same(a, in->old_end - 1, in->new_end - 1)) a->partner[--in->old_end] = in->new_end--;
}

static bool push(wt_aligner *a, wt_box box) {
  if (is_empty(&box)) return true;
  if (!wt_grow(&a->boxes, &a->box_capacity, a->box_count + 1, sizeof *a->boxes)) return false;
  a->boxes[a->box_count++] = box;
  return true;
}

/* ---- the table ---- */

static bool fill(wt_aligner *a, const wt_box *in, bool *kept) {
  uint32_t rows = in->old_end - in->old, width = in->new_end - in->newer + 1u;
  if (!wt_grow(&a->trace, &a->trace_capacity, (size_t)(rows + 1u) * width, 1)) return false;
  if (!wt_grow(&a->rows, &a->row_capacity, (size_t)width * 2, sizeof *a->rows)) return false;
  const int32_t never = INT32_MIN / 2;
  int32_t *keep = a->rows, *change = a->rows + width;
  for (uint32_t j = 0; j < width; j++) {
    keep[j] = j ? never : 0;
    change[j] = -HUNK_PRICE;
  }
  for (uint32_t i = 1; i <= rows; i++) {
    uint32_t word = a->old.tokens[in->old + i - 1].folded;
    int32_t weight = weights[a->comparison->words.items[word].class];
    int32_t keep_before = keep[0], change_before = change[0];
    uint8_t *trace = a->trace + (size_t)i * width;
    keep[0] = never;
    for (uint32_t j = 1; j < width; j++) {
      uint8_t cell = 0;
      int32_t kept_here = never, best = change[j];
      if (a->newer.tokens[in->newer + j - 1].folded == word) {
        cell = keep_before >= change_before ? KEPT_FROM_KEPT : 0;
        kept_here = weight + (cell ? keep_before : change_before);
      }
      keep_before = keep[j];
      change_before = change[j];
      if (change[j - 1] > best) {
        best = change[j - 1];
        cell |= CHANGED_FROM_LEFT;
      }
      if (kept_here - HUNK_PRICE > best) {
        best = kept_here - HUNK_PRICE;
        cell |= CHANGED_FROM_KEPT;
      }
      keep[j] = kept_here;
      change[j] = best;
      trace[j] = cell;
    }
  }
  *kept = keep[width - 1] >= change[width - 1];
  return true;
}

static void trace_back(wt_aligner *a, const wt_box *in, bool kept) {
  uint32_t row = in->old_end - in->old, column = in->new_end - in->newer, width = column + 1;
  while (row && column) {
    uint8_t cell = a->trace[(size_t)row * width + column];
    if (kept) {
      a->partner[in->old + --row] = in->newer + column--;
      kept = cell & KEPT_FROM_KEPT;
    } else if (cell & CHANGED_FROM_KEPT) {
      kept = true;
    } else if (cell & CHANGED_FROM_LEFT) {
      column--;
    } else {
      row--;
    }
  }
}

/* ---- anchors ---- */

/* Counts, by word, how often it stands in the box (up to 2) and where last; `seen` holds two numbers a word. */
static void count_words(wt_aligner *a, const wt_box *in, bool clear) {
  for (uint32_t i = in->old; i < in->old_end; i++) {
    uint32_t *at = a->seen + (size_t)a->old.tokens[i].folded * 2;
    *at = clear ? 0 : *at ? UINT32_MAX : i + 1;
  }
  for (uint32_t j = in->newer; j < in->new_end; j++) {
    uint32_t *at = a->seen + (size_t)a->newer.tokens[j].folded * 2 + 1;
    *at = clear ? 0 : *at ? UINT32_MAX : j + 1;
  }
}

/* The longest increasing chain of anchors by patience: tops[k] is the anchor that ends the best chain of length k + 1. */
static uint32_t longest_chain(uint32_t *anchors, uint32_t *before, uint32_t *tops, uint32_t count) {
  uint32_t length = 0;
  for (uint32_t k = 0; k < count; k++) {
    uint32_t low = 0, high = length;
    while (low < high) {
      uint32_t middle = (low + high) / 2;
      if (anchors[tops[middle] * 2 + 1] < anchors[k * 2 + 1])
        low = middle + 1;
      else
        high = middle;
    }
    before[k] = low ? tops[low - 1] + 1 : 0;
    tops[low] = k;
    if (low == length) length++;
  }
  return length;
}

/* Pairs the words that stand once in both, as far as they keep their order, and pushes the boxes between. *found says whether
   there were any. */
static bool anchor(wt_aligner *a, const wt_box *in, bool *found) {
  uint32_t rows = in->old_end - in->old, count = 0;
  if (!wt_grow(&a->chain, &a->chain_capacity, (size_t)rows * 4, sizeof *a->chain)) return false;
  uint32_t *anchors = a->chain, *before = anchors + (size_t)rows * 2, *tops = before + rows;
  count_words(a, in, false);
  for (uint32_t i = in->old; i < in->old_end; i++) {
    const uint32_t *at = a->seen + (size_t)a->old.tokens[i].folded * 2;
    if (at[0] != i + 1 || !at[1] || at[1] == UINT32_MAX) continue;
    anchors[count * 2] = i;
    anchors[count++ * 2 + 1] = at[1] - 1;
  }
  count_words(a, in, true);
  a->steps += 2u * (rows + in->new_end - in->newer);
  uint32_t length = longest_chain(anchors, before, tops, count);
  *found = length > 0;
  wt_box rest = *in;
  for (uint32_t k = length ? tops[length - 1] + 1 : 0; k; k = before[k - 1]) {
    uint32_t old = anchors[(k - 1) * 2], new = anchors[(k - 1) * 2 + 1];
    a->partner[old] = new + 1;
    if (!push(a, (wt_box){old + 1, rest.old_end, new + 1, rest.new_end})) return false;
    rest.old_end = old;
    rest.new_end = new;
  }
  return !*found || push(a, rest);
}

/* ---- one box ---- */

static bool split(wt_aligner *a, const wt_box *in) {
  uint32_t old, new;
  if (in->old_end - in->old < 2) return true; /* one word in a text past all tables: let it go */
  if (!wt_lcs_split(a, in, &old, &new)) return false;
  return push(a, (wt_box){old, in->old_end, new, in->new_end}) && push(a, (wt_box){in->old, old, in->newer, new});
}

static bool align_box(wt_aligner *a, wt_box in) {
  trim(a, &in);
  uint64_t rows = in.old_end - in.old, columns = in.new_end - in.newer;
  if (is_empty(&in)) return true;
  if (rows * columns <= TABLE_CELLS) {
    bool kept;
    if (a->steps + rows * columns > a->budget) return true;
    a->steps += rows * columns;
    if (!fill(a, &in, &kept)) return false;
    trace_back(a, &in, kept);
    return true;
  }
  bool found;
  if (a->steps + 2 * (rows + columns) > a->budget) return true;
  if (!anchor(a, &in, &found)) return false;
  if (found || a->steps + rows * (columns / 64 + 1) > a->budget) return true;
  return split(a, &in);
}

wt_status wt_align(wt_aligner *aligner, wt_error *err) {
  size_t words = aligner->comparison->words.count * 2;
  bool well = true;
  if (aligner->seen_capacity < words) {
    wt_free(aligner->seen);
    aligner->seen = wt_alloc_zero(words, sizeof *aligner->seen);
    aligner->seen_capacity = aligner->seen ? words : 0;
    well = aligner->seen != NULL;
  }
  aligner->box_count = 0;
  well = well && push(aligner, (wt_box){0, aligner->old.count, 0, aligner->newer.count});
  while (well && aligner->box_count) well = align_box(aligner, aligner->boxes[--aligner->box_count]);
  return well ? WT_OK : wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
}

bool wt_align_next(const wt_aligner *a, uint32_t i, uint32_t j, wt_box *out) {
  while (i < a->old.count && a->partner[i] == j + 1) i++, j++;
  *out = (wt_box){i, i, j, a->newer.count};
  while (out->old_end < a->old.count && !a->partner[out->old_end]) out->old_end++;
  if (out->old_end < a->old.count) out->new_end = a->partner[out->old_end] - 1;
  return out->old < out->old_end || out->newer < out->new_end;
}
