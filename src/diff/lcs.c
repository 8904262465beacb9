/*
 * Where a longest common subsequence passes the middle of a box, 64 columns a step (Hyyrö 2004, after Crochemore and others
 * 2001), in memory linear in the columns. The work is rows * columns / 64 whatever the texts are: nothing hurts it.
 */
#include "diff/words.h"

#include <string.h>

/* A word that stands in more columns than one in 64 has its mask made once: at most 64 such words. */
#define CACHED 64u

typedef struct bit_rows {
  const wt_token *columns;
  uint32_t column_count, words; /* words of 64 columns */
  bool backwards;
  uint32_t *head; /* by word of the text, in steps of two: first column + 1, and its cached mask + 1 */
  uint32_t *next;
  uint64_t *row, *mask, *cached;
  uint32_t cached_count;
} bit_rows;

static uint32_t column_word(const bit_rows *in, uint32_t column) {
  return in->columns[in->backwards ? in->column_count - 1 - column : column].folded;
}

static void set_bits(uint64_t *mask, const bit_rows *in, uint32_t column, bool on) {
  for (; column; column = in->next[column - 1]) {
    uint64_t bit = (uint64_t)1 << ((column - 1) % 64);
    if (on)
      mask[(column - 1) / 64] |= bit;
    else
      mask[(column - 1) / 64] &= ~bit;
  }
}

/* Lists the columns of each word; those of common words become masks. */
static void prepare(bit_rows *in) {
  in->cached_count = 0;
  memset(in->row, 0xFF, in->words * sizeof *in->row);
  memset(in->mask, 0, in->words * sizeof *in->mask);
  for (uint32_t c = in->column_count; c-- > 0;) {
    uint32_t *head = in->head + (size_t)column_word(in, c) * 2;
    in->next[c] = head[0];
    head[0] = c + 1;
    head[1]++;
  }
  for (uint32_t c = 0; c < in->column_count; c++) {
    uint32_t *head = in->head + (size_t)column_word(in, c) * 2;
    if (head[0] != c + 1) continue;
    bool common = head[1] > in->words && in->cached_count < CACHED;
    head[1] = common ? ++in->cached_count : 0;
    if (!common) continue;
    uint64_t *mask = in->cached + (size_t)(head[1] - 1) * in->words;
    memset(mask, 0, in->words * sizeof *mask);
    set_bits(mask, in, head[0], true);
  }
}

static void clear_heads(bit_rows *in) {
  for (uint32_t c = 0; c < in->column_count; c++)
    memset(in->head + (size_t)column_word(in, c) * 2, 0, 2 * sizeof *in->head);
}

/* row = (row + (row & mask)) | (row & ~mask), over all its words. */
static void advance(uint64_t *row, const uint64_t *mask, uint32_t words) {
  bool carry = false;
  for (uint32_t w = 0; w < words; w++) {
    uint64_t here = row[w], common = here & mask[w], sum;
    bool over = __builtin_add_overflow(here, common, &sum);
    carry = over | __builtin_add_overflow(sum, (uint64_t)carry, &sum);
    row[w] = sum | (here & ~mask[w]);
  }
}

static void run_row(bit_rows *in, uint32_t word) {
  const uint32_t *head = in->head + (size_t)word * 2;
  if (!head[0]) return;
  if (head[1]) {
    advance(in->row, in->cached + (size_t)(head[1] - 1) * in->words, in->words);
    return;
  }
  set_bits(in->mask, in, head[0], true);
  advance(in->row, in->mask, in->words);
  set_bits(in->mask, in, head[0], false);
}

/* lengths[c]: of the common subsequence of all rows run and the first c columns. A bit that fell to 0 is one more. */
static void read_lengths(const bit_rows *in, uint32_t *lengths) {
  lengths[0] = 0;
  for (uint32_t c = 0; c < in->column_count; c++) lengths[c + 1] = lengths[c] + !(in->row[c / 64] >> (c % 64) & 1);
}

bool wt_lcs_split(wt_aligner *aligner, const wt_box *box, uint32_t *old_middle, uint32_t *new_middle) {
  wt_lcs *memory = &aligner->lcs;
  bit_rows in = {
      .columns = aligner->newer.tokens + box->newer, .column_count = box->new_end - box->newer, .head = aligner->seen};
  in.words = in.column_count / 64 + 1;
  if (!wt_grow(&memory->bits, &memory->bit_capacity, (size_t)in.words * (CACHED + 2), sizeof *memory->bits) ||
      !wt_grow(&memory->lengths, &memory->length_capacity, (size_t)in.column_count * 2 + 2, sizeof *memory->lengths) ||
      !wt_grow(&memory->next, &memory->next_capacity, in.column_count, sizeof *memory->next))
    return false;
  in.next = memory->next;
  in.row = memory->bits, in.mask = in.row + in.words, in.cached = in.mask + in.words;
  uint32_t middle = box->old + (box->old_end - box->old) / 2, *forwards = memory->lengths,
           *backwards = forwards + in.column_count + 1;
  prepare(&in);
  for (uint32_t i = box->old; i < middle; i++) run_row(&in, aligner->old.tokens[i].folded);
  read_lengths(&in, forwards);
  clear_heads(&in);
  in.backwards = true;
  prepare(&in);
  for (uint32_t i = box->old_end; i-- > middle;) run_row(&in, aligner->old.tokens[i].folded);
  read_lengths(&in, backwards);
  clear_heads(&in);
  uint32_t best = 0;
  for (uint32_t c = 1; c <= in.column_count; c++)
    if (forwards[c] + backwards[in.column_count - c] > forwards[best] + backwards[in.column_count - best]) best = c;
  aligner->steps += (uint64_t)(box->old_end - box->old) * in.words;
  *old_middle = middle;
  *new_middle = box->newer + best;
  return true;
}
