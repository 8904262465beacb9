/*
 * Alignment by greedy tiling (Wise 1993) on runs of five words and more, then the words between two runs that follow each
 * other in both texts, and those beyond the ends of a run as long as more agree than not (the seeds and extensions of
 * Altschul et al. 1990): an editor who changed one word in eight, or a scanner that misread one in four, left the others.
 */
#include "copies_align.h"

#include <string.h>

#define CHAIN 8u   /* places of the same five words that are tried */
#define GAP 24u    /* words between two runs that are compared one by one */
#define BEYOND 32u /* words beyond a run that are looked at in one step */
#define AGREE 2    /* what a word that agrees is worth; one that does not costs 1 */
#define WORTH 4    /* the least that a step has to gain */
#define DROP 3     /* a way that has lost so much is given up */
#define DROPPED (-1000)
#define FEW 12u       /* words between two runs that are woven into one text */
#define FEW_ON_ONE 6u /* the same when one of the texts has none there */

static bool room(void *items, size_t *capacity, size_t need, size_t size) {
  return need <= *capacity || wt_grow(items, capacity, need, size);
}

void wt_tiler_release(wt_tiler *tiler) {
  wt_free(tiler->heads);
  wt_free(tiler->nexts);
  wt_free(tiler->mine);
  wt_free(tiler->theirs);
  wt_free(tiler->runs);
  wt_free(tiler->reaches);
  wt_free(tiler->cells);
  *tiler = (wt_tiler){0};
}

static uint32_t gram(const uint32_t *words) {
  uint64_t x = 0;
  for (unsigned i = 0; i < WT_RUN_WORDS; i++) x = (x + words[i]) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(x >> 32);
}

/* Chains places from the last to the first, so that a chain is read from the first on. 0 ends one: places count from 1. */
bool wt_tiler_set(wt_tiler *tiler, wt_words_of this) {
  size_t size = 64;
  while (size < 2 * (size_t)this.count) size *= 2;
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
  while (len < most && a.words[i + len] == b.words[k + len]) len++;
  return len;
}

/* The longest run of this story's words that begins with the other's word k; covers every place where it stands. */
static wt_passage longest_run(wt_tiler *tiler, wt_words_of other, uint32_t k) {
  wt_passage best = {.other_begin = k};
  uint32_t place = tiler->heads[gram(other.words + k) & tiler->mask];
  for (unsigned tries = 0; place != 0 && tries < CHAIN; tries++, place = tiler->nexts[place - 1]) {
    uint32_t len = common(tiler->this, place - 1, other, k);
    if (len < WT_RUN_WORDS) continue;
    memset(tiler->mine + place - 1, 1, len);
    if (len > best.words) best = (wt_passage){place - 1, k, len};
  }
  return best;
}

/* Covers the words that two gaps have in common in order: the longest common subsequence of at most 24 words each. */
static void cover_gap(wt_tiler *tiler, wt_words_of other, uint32_t i, uint32_t i_count, uint32_t k, uint32_t k_count) {
  int16_t *cells = tiler->cells;
  const uint32_t *a = tiler->this.words + i, *b = other.words + k;
  size_t width = (size_t)k_count + 1;
  memset(cells + i_count * width, 0, width * sizeof *cells);
  for (uint32_t x = i_count; x-- > 0;) {
    cells[x * width + k_count] = 0;
    for (uint32_t y = k_count; y-- > 0;) {
      int16_t down = cells[(x + 1) * width + y], right = cells[x * width + y + 1];
      int16_t both = a[x] == b[y] ? (int16_t)(cells[(x + 1) * width + y + 1] + 1) : 0;
      cells[x * width + y] = both > down ? both > right ? both : right : down > right ? down : right;
    }
  }
  for (uint32_t x = 0, y = 0; x < i_count && y < k_count;) {
    int16_t here = cells[x * width + y];
    if (here == cells[(x + 1) * width + y])
      x++;
    else if (here == cells[x * width + y + 1])
      y++;
    else
      tiler->mine[i + x++] = tiler->theirs[k + y++] = 1;
  }
}

/* ---- beyond the ends of a run ---- */

/* The words beyond an end: word n is at `at + step * n`. */
typedef struct beyond {
  const uint32_t *at;
  uint32_t count;
  int step;
} beyond;

static uint32_t word_of(beyond words, uint32_t n) {
  return words.at[(ptrdiff_t)n * words.step];
}

/* Cell (x, y) holds what the first x words of one side against the first y of the other are worth at best. Gives the best
   cell. */
static void fill_cells(int16_t *cells, uint32_t *best_x, uint32_t *best_y, beyond a, beyond b) {
  size_t width = (size_t)b.count + 1;
  int16_t best = 0;
  *best_x = *best_y = 0;
  for (uint32_t y = 0; y <= b.count; y++) cells[y] = (int16_t)(y > DROP ? DROPPED : -(int)y);
  for (uint32_t x = 1; x <= a.count; x++) {
    int16_t *row = cells + x * width, *above = row - width;
    row[0] = (int16_t)(x > DROP ? DROPPED : -(int)x);
    for (uint32_t y = 1; y <= b.count; y++) {
      int both = above[y - 1] + (word_of(a, x - 1) == word_of(b, y - 1) ? AGREE : -1);
      int one = (above[y] > row[y - 1] ? above[y] : row[y - 1]) - 1;
      int worth = both >= one ? both : one;
      row[y] = (int16_t)(worth < best - DROP ? DROPPED : worth);
      if (row[y] > best) {
        best = row[y];
        *best_x = x;
        *best_y = y;
      }
    }
  }
  if (best < WORTH) *best_x = *best_y = 0;
}

/* One step beyond an end: covers the words that agree on the way back from the best cell, whose place is given. */
static bool step_beyond(uint32_t *x_taken, uint32_t *y_taken, wt_tiler *tiler, beyond a, beyond b, unsigned char *mine,
                        unsigned char *theirs) {
  uint32_t x, y;
  size_t width = (size_t)b.count + 1;
  fill_cells(tiler->cells, &x, &y, a, b);
  *x_taken = x;
  *y_taken = y;
  bool any = x > 0 && y > 0;
  while (x > 0 && y > 0) {
    int here = tiler->cells[x * width + y], corner = tiler->cells[(x - 1) * width + y - 1];
    bool agree = word_of(a, x - 1) == word_of(b, y - 1);
    if (here == corner + (agree ? AGREE : -1)) {
      x--;
      y--;
      if (agree) mine[(ptrdiff_t)x * a.step] = theirs[(ptrdiff_t)y * b.step] = 1;
    } else if (here == tiler->cells[(x - 1) * width + y] - 1) {
      x--;
    } else {
      y--;
    }
  }
  return any;
}

static uint32_t at_most(uint32_t count) {
  return count < BEYOND ? count : BEYOND;
}

/* Reaches out from both ends of run r, in the other text no further than the runs beside it. */
static void reach_out(wt_tiler *tiler, wt_words_of other, size_t r) {
  wt_reach *reach = &tiler->reaches[r];
  const wt_passage *run = &tiler->runs[r];
  uint32_t low = r > 0 ? tiler->reaches[r - 1].other_end : 0, x, y;
  uint32_t high = r + 1 < tiler->run_count ? tiler->runs[r + 1].other_begin : other.count;
  *reach = (wt_reach){run->this_begin, run->this_begin + run->words, run->other_begin, run->other_begin + run->words};
  for (bool more = true; more && reach->this_begin > 0 && reach->other_begin > low;) {
    uint32_t i = reach->this_begin - 1, k = reach->other_begin - 1;
    more = step_beyond(&x, &y, tiler, (beyond){tiler->this.words + i, at_most(i + 1), -1},
                       (beyond){other.words + k, at_most(k + 1 - low), -1}, tiler->mine + i, tiler->theirs + k);
    reach->this_begin -= x;
    reach->other_begin -= y;
  }
  for (bool more = true; more && reach->this_end < tiler->this.count && reach->other_end < high;) {
    uint32_t i = reach->this_end, k = reach->other_end;
    more = step_beyond(&x, &y, tiler, (beyond){tiler->this.words + i, at_most(tiler->this.count - i), 1},
                       (beyond){other.words + k, at_most(high - k), 1}, tiler->mine + i, tiler->theirs + k);
    reach->this_end += x;
    reach->other_end += y;
  }
}

/* Between two runs that follow each other closely every word in common counts; elsewhere what is near enough to a run. */
static void cover_between(wt_tiler *tiler, wt_words_of other) {
  for (size_t r = 0; r < tiler->run_count; r++) {
    reach_out(tiler, other, r);
    if (r == 0) continue;
    wt_reach before = tiler->reaches[r - 1], after = tiler->reaches[r];
    if (after.this_begin <= before.this_end || after.other_begin <= before.other_end) continue;
    uint32_t i_count = after.this_begin - before.this_end, k_count = after.other_begin - before.other_end;
    if (i_count <= GAP && k_count <= GAP) cover_gap(tiler, other, before.this_end, i_count, before.other_end, k_count);
  }
}

static unsigned mark_of(wt_words_of words, uint32_t at) {
  return words.marks == NULL ? 0 : words.marks[at];
}
static bool is_own(wt_words_of words, uint32_t at) {
  return (mark_of(words, at) & WT_MARK_COMMON) == 0;
}

typedef struct covered_words {
  uint32_t all, said, own, telling_words, telling, telling_found;
} covered_words;

static covered_words count_covered(const unsigned char *covered, wt_words_of words) {
  covered_words count = {0};
  for (uint32_t i = 0; i < words.count; i++) {
    bool found = covered[i] != 0;
    uint32_t telling = is_own(words, i) ? mark_of(words, i) >> WT_MARK_TELLING_SHIFT : 0;
    count.all += found;
    count.said += found && (mark_of(words, i) & WT_MARK_BOILERPLATE) == 0;
    count.own += found && is_own(words, i);
    count.telling_words += telling > 0;
    count.telling += telling;
    count.telling_found += found ? telling : 0;
  }
  return count;
}

/* The longest stretch of a run that is the own words of both sides. */
static uint32_t longest_own(const wt_passage *run, wt_words_of this, wt_words_of other) {
  uint32_t best = 0, len = 0;
  for (uint32_t i = 0; i < run->words; i++) {
    bool own = is_own(this, run->this_begin + i) && is_own(other, run->other_begin + i);
    len = own ? len + 1 : 0;
    best = len > best ? len : best;
  }
  return best;
}

/* Does the run follow the one before it after a few other words on both sides, or fewer on one alone? A line that was pasted
   has more words than these, so that two lines with a third left out between them are not woven. */
static bool is_next(const wt_reach *before, const wt_reach *after) {
  if (after->this_end <= before->this_end || after->other_end <= before->other_end) return false;
  uint32_t mine = after->this_begin > before->this_end ? after->this_begin - before->this_end : 0;
  uint32_t theirs = after->other_begin > before->other_end ? after->other_begin - before->other_end : 0;
  uint32_t most = mine == 0 || theirs == 0 ? FEW_ON_ONE : FEW;
  return mine <= most && theirs <= most;
}

static void count_woven(wt_overlap *out, const wt_tiler *tiler) {
  uint32_t runs = 0, own = 0, end = 0;
  for (size_t r = 0; r < tiler->run_count; r++) {
    const wt_reach *reach = &tiler->reaches[r];
    bool next = r > 0 && is_next(&tiler->reaches[r - 1], reach);
    runs = next ? runs + 1 : 1;
    own = next ? own : 0;
    for (uint32_t i = next ? end : reach->this_begin; i < reach->this_end; i++)
      own += tiler->mine[i] != 0 && is_own(tiler->this, i);
    end = reach->this_end;
    out->woven = runs > out->woven ? runs : out->woven;
    out->woven_own = own > out->woven_own ? own : out->woven_own;
  }
}

bool wt_tiler_run(wt_overlap *out, wt_tiler *tiler, wt_words_of other) {
  *out = (wt_overlap){0};
  tiler->run_count = 0;
  if (!room(&tiler->theirs, &tiler->theirs_capacity, (size_t)other.count + 1, 1) ||
      !room(&tiler->cells, &tiler->cell_capacity, (size_t)(BEYOND + 1) * (BEYOND + 1), sizeof *tiler->cells))
    return false;
  memset(tiler->mine, 0, tiler->this.count);
  memset(tiler->theirs, 0, other.count);
  for (uint32_t k = 0; k + WT_RUN_WORDS <= other.count;) {
    wt_passage run = longest_run(tiler, other, k);
    if (run.words == 0) {
      k++;
      continue;
    }
    if (!room(&tiler->runs, &tiler->run_capacity, tiler->run_count + 1, sizeof run) ||
        !room(&tiler->reaches, &tiler->reach_capacity, tiler->run_count + 1, sizeof *tiler->reaches))
      return false;
    out->turns += tiler->run_count > 0 && run.this_begin < tiler->runs[tiler->run_count - 1].this_begin;
    tiler->runs[tiler->run_count++] = run;
    memset(tiler->theirs + k, 1, run.words);
    uint32_t own = longest_own(&run, tiler->this, other);
    out->longest_own = own > out->longest_own ? own : out->longest_own;
    out->shingles += run.words - WT_RUN_WORDS + 1;
    k += run.words;
  }
  cover_between(tiler, other);
  count_woven(out, tiler);
  covered_words mine = count_covered(tiler->mine, tiler->this), theirs = count_covered(tiler->theirs, other);
  out->mine = mine.all;
  out->mine_said = mine.said;
  out->mine_own = mine.own;
  out->telling_words = mine.telling_words;
  out->telling = mine.telling;
  out->telling_found = mine.telling_found;
  out->theirs = theirs.all;
  out->theirs_said = theirs.said;
  out->theirs_own = theirs.own;
  return true;
}
