/*
 * After the alignment: what a longest common subsequence keeps and a reader would not.
 *
 * An island of one or two stop words or marks between two replacements is given up; so is everything when little is kept;
 * words that were taken out here and put in there have moved.
 */
#include "diff/words.h"

#include <string.h>

#define LONGEST_ISLAND 2u
/* Kept this much or less of the words that matter, in parts of 100, the text is another one: one replacement. */
#define LEAST_KEPT 25u
/* Pairs of changed words looked at for moves in one bead. */
#define MOST_PAIRS 16384u
#define MOST_MOVES 16u
/* What has moved must weigh this much: one word or number (4), or a stop word (2) with another or with a mark (1). */
#define LEAST_MOVED 3u
/* In a sentence written anew a word that turns up elsewhere has not moved: at most this many words may have changed beside
   what moved, and this many more for each unit of its weight. */
#define MOST_CHANGED 8u
#define MOST_CHANGED_A_WEIGHT 3u

static uint8_t class_of(const wt_aligner *a, uint32_t old) {
  return a->comparison->words.items[a->old.tokens[old].folded].class;
}

/* ---- islands ---- */

static bool is_replacement(const wt_box *b) {
  return b->old < b->old_end && b->newer < b->new_end;
}
static uint32_t size_of(const wt_box *b) {
  return b->old_end - b->old + b->new_end - b->newer;
}

static bool after_space(const wt_run *run, uint32_t token) {
  return token && run->places[token].begin > run->places[token - 1].end;
}

/* One mark between two changed words with no space to either: "heavy/iron" became another whole. */
static bool is_glue(const wt_aligner *a, const wt_box *left, const wt_box *right) {
  return right->old - left->old_end == 1 && class_of(a, left->old_end) == WT_TOKEN_MARK &&
         !after_space(&a->old, left->old_end) && !after_space(&a->old, right->old) &&
         !after_space(&a->newer, left->new_end) && !after_space(&a->newer, right->newer);
}

static bool is_island(const wt_aligner *a, const wt_box *left, const wt_box *right) {
  uint32_t count = right->old - left->old_end;
  if (count > LONGEST_ISLAND || !is_replacement(left) || !is_replacement(right)) return false;
  if (is_glue(a, left, right)) return true;
  if (size_of(left) < 3 * count || size_of(right) < 3 * count) return false;
  for (uint32_t i = left->old_end; i < right->old; i++)
    if (class_of(a, i) >= WT_TOKEN_WORD) return false;
  return true;
}

static void give_up_islands(wt_aligner *a) {
  wt_box left, right;
  if (!wt_align_next(a, 0, 0, &left)) return;
  while (wt_align_next(a, left.old_end, left.new_end, &right)) {
    bool island = is_island(a, &left, &right);
    if (island) memset(a->partner + left.old_end, 0, (right.old - left.old_end) * sizeof *a->partner);
    left = island ? (wt_box){left.old, right.old_end, left.newer, right.new_end} : right;
  }
}

/* ---- too little kept ---- */

/* Whether something was. */
static bool give_up_all(wt_aligner *a) {
  uint64_t kept = 0, all = 0;
  for (uint32_t i = 0; i < a->old.count; i++) {
    uint64_t weight = class_of(a, i) >= WT_TOKEN_WORD ? 4 : 1;
    all += weight;
    if (a->partner[i]) kept += weight;
  }
  for (uint32_t j = 0; j < a->newer.count; j++)
    all += a->comparison->words.items[a->newer.tokens[j].folded].class >= WT_TOKEN_WORD ? 4 : 1;
  if (2 * kept * 100 >= all * LEAST_KEPT) return false;
  if (a->old.count) memset(a->partner, 0, a->old.count * sizeof *a->partner);
  return kept > 0;
}

/* ---- moves ---- */

/* Tokens changed on either side, as numbers in `chain`: the old ones, then the new ones. */
static bool list_changed(wt_aligner *a, uint32_t *olds, uint32_t *news) {
  if (!wt_grow(&a->chain, &a->chain_capacity, (size_t)a->old.count + a->newer.count + 1, sizeof *a->chain))
    return false;
  wt_box change = {0, 0, 0, 0};
  uint32_t count = 0;
  *news = 0;
  for (uint32_t i = 0; i < a->old.count; i++)
    if (!a->partner[i]) a->chain[count++] = i;
  *olds = count;
  while (wt_align_next(a, change.old_end, change.new_end, &change))
    for (uint32_t j = change.newer; j < change.new_end; j++) a->chain[count + (*news)++] = j;
  return true;
}

static uint32_t weight_of(const wt_aligner *a, uint32_t old) {
  uint8_t class = class_of(a, old);
  return class >= WT_TOKEN_WORD ? 4 : class == WT_TOKEN_STOP ? 2 : 1;
}

/* Do old tokens i - 1 and i go on as new tokens j - 1 and j do? */
static bool goes_on(const wt_aligner *a, uint32_t i, uint32_t j) {
  return !wt_run_starts_unit(&a->old, i) && !wt_run_starts_unit(&a->newer, j) &&
         after_space(&a->old, i) == after_space(&a->newer, j);
}

/* The heaviest run of changed words alike; a tie goes to the lower places. One row of the table at a time, from the last old
   word up: what runs on from each place of news. */
static wt_alike find_heaviest(const wt_aligner *a, wt_alike *row, const uint32_t *olds, uint32_t old_count,
                              const uint32_t *news, uint32_t new_count) {
  wt_alike best = {0, 0, 0, 0};
  memset(row, 0, (new_count + 1u) * sizeof *row);
  for (uint32_t x = old_count; x-- > 0;)
    for (uint32_t y = 0; y < new_count; y++) {
      uint32_t i = olds[x], j = news[y];
      wt_alike after = row[y + 1]; /* still of the row below */
      row[y] = (wt_alike){x, y, 0, 0};
      if (a->old.tokens[i].folded != a->newer.tokens[j].folded) continue;
      bool on = after.count && olds[x + 1] == i + 1 && news[y + 1] == j + 1 && goes_on(a, i + 1, j + 1);
      row[y] = (wt_alike){x, y, 1 + (on ? after.count : 0), weight_of(a, i) + (on ? after.weight : 0)};
      if (row[y].weight > best.weight || (row[y].weight == best.weight && x < best.x)) best = row[y];
    }
  return best;
}

/* Takes the heaviest run out of both lists. False: none that counts. */
static bool take_heaviest(wt_aligner *a, wt_alike *row, uint32_t *olds, uint32_t *old_count, uint32_t *news,
                          uint32_t *new_count, wt_moved *out) {
  wt_alike best = find_heaviest(a, row, olds, *old_count, news, *new_count);
  if (best.weight < LEAST_MOVED) return false;
  if (*old_count + *new_count - 2 * best.count > MOST_CHANGED + MOST_CHANGED_A_WEIGHT * best.weight) return false;
  *out = (wt_moved){olds[best.x], news[best.y], best.count};
  memmove(olds + best.x, olds + best.x + best.count, (*old_count - best.x - best.count) * sizeof *olds);
  memmove(news + best.y, news + best.y + best.count, (*new_count - best.y - best.count) * sizeof *news);
  *old_count -= best.count;
  *new_count -= best.count;
  return true;
}

static bool find_moves(wt_aligner *a) {
  uint32_t olds, news;
  wt_moved moved;
  a->moved_count = 0;
  if (!list_changed(a, &olds, &news)) return false;
  uint32_t *new_list = a->chain + olds;
  if (!olds || !news || (uint64_t)olds * news > MOST_PAIRS) return true;
  if (!wt_grow(&a->alike, &a->alike_capacity, news + 1u, sizeof *a->alike)) return false;
  while (olds && news && a->moved_count < MOST_MOVES && a->steps + (uint64_t)olds * news <= a->budget) {
    a->steps += (uint64_t)olds * news;
    if (!take_heaviest(a, a->alike, a->chain, &olds, new_list, &news, &moved)) break;
    if (!wt_grow(&a->moved, &a->moved_capacity, a->moved_count + 1, sizeof *a->moved)) return false;
    size_t at = a->moved_count++;
    for (; at && a->moved[at - 1].newer > moved.newer; at--) a->moved[at] = a->moved[at - 1];
    a->moved[at] = moved;
  }
  return true;
}

bool wt_align_tidy(wt_aligner *aligner) {
  give_up_islands(aligner);
  bool given_up = give_up_all(aligner);
  wt_align_slide(aligner);
  aligner->moved_count = 0;
  return given_up || find_moves(aligner); /* what stood in its place and was given up has not moved */
}
