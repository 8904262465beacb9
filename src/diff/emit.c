/*
 * From pairs of tokens to spans: what is kept, deleted and inserted, covering every byte of both sides in order.
 *
 * Kept means equal bytes. A pair that is equal under folding alone is a deletion and an insertion of that one word. White
 * space goes with the words that change: a deleted word takes the space on one side of it with it.
 */
#include "diff/words.h"

#include <string.h>

typedef struct emitter {
  wt_aligner *aligner;
  uint32_t old_at, new_at;     /* bytes told so far */
  uint32_t old_unit, new_unit; /* the unit that holds the byte before; within the run */
  bool failed;
} emitter;

static void append(emitter *to, wt_word_op op, uint32_t old_len, uint32_t new_len) {
  wt_aligner *a = to->aligner;
  if (!wt_grow(&a->edits, &a->edit_capacity, a->edit_count + 1, sizeof *a->edits)) { to->failed = true; return; }
  uint32_t old_begin = to->old_at - a->old.base[to->old_unit], new_begin = to->new_at - a->new.base[to->new_unit];
  wt_word_edit edit = {.op = op, .old_unit = a->old.unit + to->old_unit, .new_unit = a->new.unit + to->new_unit,
    .old_begin = old_begin, .old_end = old_begin + old_len, .new_begin = new_begin, .new_end = new_begin + new_len};
  to->old_at += old_len;
  to->new_at += new_len;
  wt_word_edit *last = a->edit_count ? &a->edits[a->edit_count - 1] : NULL;
  if (last && last->op == op && last->old_unit == edit.old_unit && last->new_unit == edit.new_unit) {
    last->old_end = edit.old_end;
    last->new_end = edit.new_end;
  } else {
    a->edits[a->edit_count++] = edit;
  }
}

/* How many of `len` bytes at `at` lie in one unit, stepping into the next unit when the last one is told. */
static uint32_t in_unit(const wt_run *run, uint32_t *unit, uint32_t at, uint32_t len) {
  while (*unit + 1 < run->unit_count && at == run->base[*unit + 1] && len) ++*unit;
  uint32_t left = run->base[*unit + 1] - at;
  return len < left ? len : left;
}

/* Tells len bytes, cut where units end. */
static void put(emitter *to, wt_word_op op, uint32_t len) {
  while (len && !to->failed) {
    uint32_t piece = len;
    if (op != WT_WORD_INSERT) piece = in_unit(&to->aligner->old, &to->old_unit, to->old_at, piece);
    if (op != WT_WORD_DELETE) piece = in_unit(&to->aligner->new, &to->new_unit, to->new_at, piece);
    append(to, op, op == WT_WORD_INSERT ? 0 : piece, op == WT_WORD_DELETE ? 0 : piece);
    len -= piece;
  }
}

static void replace_until(emitter *to, uint32_t old_end, uint32_t new_end) {
  put(to, WT_WORD_DELETE, old_end - to->old_at);
  put(to, WT_WORD_INSERT, new_end - to->new_at);
}

/* Tells both sides up to these bytes: kept when equal, else replaced. */
static void put_until(emitter *to, uint32_t old_end, uint32_t new_end) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->new;
  uint32_t len = old_end - to->old_at;
  if (len == new_end - to->new_at && (!len || !memcmp(old->text.data + to->old_at, new->text.data + to->new_at, len)))
    put(to, WT_WORD_KEEP, len);
  else replace_until(to, old_end, new_end);
}

static uint32_t lead_of(const wt_run *run, uint32_t token) {
  return run->places[token].begin - (token ? run->places[token - 1].end : 0);
}

static bool same_lead(const wt_run *a, uint32_t i, const wt_run *b, uint32_t j) {
  uint32_t len = lead_of(a, i);
  return len == lead_of(b, j) &&
    (!len || !memcmp(a->text.data + a->places[i].begin - len, b->text.data + b->places[j].begin - len, len));
}

/* Old tokens [i, i2) became new tokens [j, j2); i2 and j2 are a pair, or the ends. */
static void put_hunk(emitter *to, uint32_t i, uint32_t i2, uint32_t j, uint32_t j2) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->new;
  bool after = same_lead(old, i2, new, j2);
  if (i == i2 && j == j2) return;
  if ((i < i2 && j < j2) || !after) { /* the space before stays, when it is the same */
    if (same_lead(old, i, new, j)) put(to, WT_WORD_KEEP, lead_of(old, i));
  }
  uint32_t old_end = old->places[i2].begin, new_end = new->places[j2].begin;
  if (after) { old_end -= lead_of(old, i2); new_end -= lead_of(new, j2); }
  replace_until(to, old_end, new_end);
}

wt_status wt_align_emit(wt_aligner *aligner, wt_error *err) {
  emitter to = {.aligner = aligner};
  const wt_run *old = &aligner->old, *new = &aligner->new;
  uint32_t i = 0, j = 0;
  aligner->edit_count = 0;
  while (i < old->count || j < new->count) {
    uint32_t i2 = i, j2 = new->count;
    while (i2 < old->count && !aligner->partner[i2]) i2++;
    if (i2 < old->count) j2 = aligner->partner[i2] - 1;
    put_hunk(&to, i, i2, j, j2);
    if (i2 == old->count) break;
    put_until(&to, old->places[i2].begin, new->places[j2].begin);
    put_until(&to, old->places[i2].end, new->places[j2].end);
    i = i2 + 1;
    j = j2 + 1;
  }
  put_until(&to, (uint32_t)old->text.len, (uint32_t)new->text.len);
  return to.failed ? wt_fail(err, WT_ENOMEM, "words", -1, "out of memory") : WT_OK;
}
