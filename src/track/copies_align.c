/*
 * Alignment by greedy tiling (Wise 1993) on runs of five words and more, then the words between two runs that follow each
 * other in both texts: an editor who changed one word in eight left the other seven.
 */
#include "copies_align.h"

#include <string.h>

#define CHAIN 8u /* places of the same five words that are tried */
#define GAP 24u  /* words between two runs that are compared one by one */
#define FEW 12u  /* words between two runs that are woven into one text */

static bool room(void *items, size_t *capacity, size_t need, size_t size) {
  return need <= *capacity || wt_grow(items, capacity, need, size);
}

void wt_tiler_release(wt_tiler *tiler) {
  wt_free(tiler->heads);
  wt_free(tiler->nexts);
  wt_free(tiler->mine);
  wt_free(tiler->theirs);
  wt_free(tiler->runs);
  wt_free(tiler->cells);
  *tiler = (wt_tiler){0};
}

static uint32_t gram(const uint32_t *words) {
  uint64_t x = 0;
  for (unsigned i = 0; i < WT_RUN_WORDS; i++)
    x = (x + words[i]) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(x >> 32);
}

/* Chains places from the last to the first, so that a chain is read from the first on. 0 ends one: places count from 1. */
bool wt_tiler_set(wt_tiler *tiler, wt_words_of this) {
  size_t size = 64;
  while (size < 2 * (size_t)this.count)
    size *= 2;
  tiler->this = this;
  if (!room(&tiler->heads, &tiler->head_capacity, size, sizeof *tiler->heads) ||
      !room(&tiler->nexts, &tiler->next_capacity, (size_t)this.count + 1, sizeof *tiler->nexts) ||
      !room(&tiler->mine, &tiler->mine_capacity, (size_t)this.count + 1, 1))
    return false;
  tiler->mask = (uint32_t)(size - 1);
  memset(tiler->heads, 0, size * sizeof *tiler->heads);
  for (uint32_t i = this.count; i >= WT_RUN_WORDS; i--) {
    uint32_t place = i - WT_RUN_WORDS, *head = &tiler->heads[gram(this.words + place) & tiler->mask];
    tiler->nexts[place] = *head;
    *head = place + 1;
  }
  return true;
}

static uint32_t common(wt_words_of a, uint32_t i, wt_words_of b, uint32_t k) {
  uint32_t most = a.count - i < b.count - k ? a.count - i : b.count - k, len = 0;
  while (len < most && a.words[i + len] == b.words[k + len])
    len++;
  return len;
}

/* The longest run of this story's words that begins with the other's word k; covers every place where it stands. */
static wt_passage longest_run(wt_tiler *tiler, wt_words_of other, uint32_t k) {
  wt_passage best = {.other_begin = k};
  uint32_t place = tiler->heads[gram(other.words + k) & tiler->mask];
  for (unsigned tries = 0; place != 0 && tries < CHAIN; tries++, place = tiler->nexts[place - 1]) {
    uint32_t len = common(tiler->this, place - 1, other, k);
    if (len < WT_RUN_WORDS)
      continue;
    memset(tiler->mine + place - 1, 1, len);
    if (len > best.words)
      best = (wt_passage){place - 1, k, len};
  }
  return best;
}

/* Covers the words that two gaps have in common in order: the longest common subsequence of at most 24 words each. */
static void cover_gap(wt_tiler *tiler, wt_words_of other, uint32_t i, uint32_t i_count, uint32_t k, uint32_t k_count) {
  uint16_t *cells = tiler->cells;
  const uint32_t *a = tiler->this.words + i, *b = other.words + k;
  size_t width = (size_t)k_count + 1;
  memset(cells + i_count * width, 0, width * sizeof *cells);
  for (uint32_t x = i_count; x-- > 0;) {
    cells[x * width + k_count] = 0;
    for (uint32_t y = k_count; y-- > 0;) {
      uint16_t down = cells[(x + 1) * width + y], right = cells[x * width + y + 1];
      uint16_t both = a[x] == b[y] ? (uint16_t)(cells[(x + 1) * width + y + 1] + 1) : 0;
      cells[x * width + y] = both > down ? both > right ? both : right : down > right ? down : right;
    }
  }
  for (uint32_t x = 0, y = 0; x < i_count && y < k_count;) {
    uint16_t here = cells[x * width + y];
    if (here == cells[(x + 1) * width + y])
      x++;
    else if (here == cells[x * width + y + 1])
      y++;
    else
      tiler->mine[i + x++] = tiler->theirs[k + y++] = 1;
  }
}

static void cover_gaps(wt_tiler *tiler, wt_words_of other) {
  for (size_t r = 1; r < tiler->run_count; r++) {
    wt_passage before = tiler->runs[r - 1], after = tiler->runs[r];
    uint32_t i = before.this_begin + before.words, k = before.other_begin + before.words;
    if (after.this_begin <= i || after.other_begin <= k)
      continue;
    uint32_t i_count = after.this_begin - i, k_count = after.other_begin - k;
    if (i_count <= GAP && k_count <= GAP)
      cover_gap(tiler, other, i, i_count, k, k_count);
  }
}

static bool is_boilerplate(wt_words_of words, uint32_t at) {
  return words.boilerplate != NULL && words.boilerplate[at] != 0;
}

static void count_covered(uint32_t *all, uint32_t *own, const unsigned char *covered, wt_words_of words) {
  *all = *own = 0;
  for (uint32_t i = 0; i < words.count; i++) {
    *all += covered[i];
    *own += covered[i] != 0 && !is_boilerplate(words, i);
  }
}

/* The longest stretch of a run that is boilerplate on neither side. */
static uint32_t longest_own(const wt_passage *run, wt_words_of this, wt_words_of other) {
  uint32_t best = 0, len = 0;
  for (uint32_t i = 0; i < run->words; i++) {
    bool own = !is_boilerplate(this, run->this_begin + i) && !is_boilerplate(other, run->other_begin + i);
    len = own ? len + 1 : 0;
    best = len > best ? len : best;
  }
  return best;
}

static bool is_next(const wt_passage *before, const wt_passage *after) {
  uint32_t i = before->this_begin + before->words, k = before->other_begin + before->words;
  return after->this_begin > i && after->this_begin - i <= FEW && after->other_begin > k && after->other_begin - k <= FEW;
}

static uint32_t count_woven(const wt_passage *runs, size_t count) {
  uint32_t best = count > 0, here = 1;
  for (size_t r = 1; r < count; r++) {
    here = is_next(&runs[r - 1], &runs[r]) ? here + 1 : 1;
    best = here > best ? here : best;
  }
  return best;
}

bool wt_tiler_run(wt_overlap *out, wt_tiler *tiler, wt_words_of other) {
  *out = (wt_overlap){0};
  tiler->run_count = 0;
  if (!room(&tiler->theirs, &tiler->theirs_capacity, (size_t)other.count + 1, 1) ||
      !room(&tiler->cells, &tiler->cell_capacity, (size_t)(GAP + 1) * (GAP + 1), sizeof *tiler->cells))
    return false;
  memset(tiler->mine, 0, tiler->this.count);
  memset(tiler->theirs, 0, other.count);
  for (uint32_t k = 0; k + WT_RUN_WORDS <= other.count;) {
    wt_passage run = longest_run(tiler, other, k);
    if (run.words == 0) {
      k++;
      continue;
    }
    if (!room(&tiler->runs, &tiler->run_capacity, tiler->run_count + 1, sizeof run))
      return false;
    tiler->runs[tiler->run_count++] = run;
    memset(tiler->theirs + k, 1, run.words);
    uint32_t own = longest_own(&run, tiler->this, other);
    out->longest_own = own > out->longest_own ? own : out->longest_own;
    k += run.words;
  }
  out->woven = count_woven(tiler->runs, tiler->run_count);
  cover_gaps(tiler, other);
  count_covered(&out->mine, &out->mine_own, tiler->mine, tiler->this);
  count_covered(&out->theirs, &out->theirs_own, tiler->theirs, other);
  return true;
}
