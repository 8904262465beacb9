/*
 * From pairs of tokens to spans: what is kept, deleted, inserted and moved, covering every byte of both sides.
 *
 * The spans follow the new text; a moved one stands where the new text has it. White space goes with the words that change:
 * a deleted word takes the space on one side of it along.
 */
#include "diff/words.h"

#include <string.h>

typedef struct emitter {
  wt_aligner *aligner;
  uint32_t old_at, new_at;     /* bytes told so far */
  uint32_t old_unit, new_unit; /* the unit that holds the byte before; within the run */
  size_t moved;                /* next of aligner->moved */
  bool alone;                  /* the last span told must stay as it is */
  bool failed;
} emitter;

bool wt_run_starts_unit(const wt_run *run, uint32_t token) {
  return !token || run->places[token].begin - run->tokens[token].begin !=
                       run->places[token - 1].begin - run->tokens[token - 1].begin;
}

static void append(emitter *to, wt_word_edit edit) {
  wt_aligner *a = to->aligner;
  wt_word_edit *last = a->edit_count ? &a->edits[a->edit_count - 1] : NULL;
  if (last && !to->alone && last->op == edit.op && last->old_unit == edit.old_unit && last->new_unit == edit.new_unit &&
      last->old_end == edit.old_begin && last->new_end == edit.new_begin) {
    last->old_end = edit.old_end;
    last->new_end = edit.new_end;
    return;
  }
  to->alone = false;
  if (!wt_grow(&a->edits, &a->edit_capacity, a->edit_count + 1, sizeof *a->edits)) {
    to->failed = true;
    return;
  }
  a->edits[a->edit_count++] = edit;
}

/* Tells bytes from both cursors on, which lie in one unit each. */
static void tell(emitter *to, wt_word_op op, uint32_t old_len, uint32_t new_len) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->newer;
  uint32_t old_begin = to->old_at - old->base[to->old_unit], new_begin = to->new_at - new->base[to->new_unit];
  append(to, (wt_word_edit){.op = op,
                            .old_unit = old->unit + to->old_unit,
                            .new_unit = new->unit + to->new_unit,
                            .old_begin = old_begin,
                            .old_end = old_begin + old_len,
                            .new_begin = new_begin,
                            .new_end = new_begin + new_len});
  to->old_at += old_len;
  to->new_at += new_len;
}

/* How many of `len` bytes at `at` lie in one unit, stepping into the next unit when the last one is told. */
static uint32_t in_unit(const wt_run *run, uint32_t *unit, uint32_t at, uint32_t len) {
  while (*unit + 1 < run->unit_count && at >= run->base[*unit + 1] && len) ++*unit;
  uint32_t left = run->base[*unit + 1] - at;
  return len < left ? len : left;
}

/* Tells len bytes, cut where units end. */
static void put(emitter *to, wt_word_op op, uint32_t len) {
  while (len && !to->failed) {
    uint32_t piece = len;
    if (op != WT_WORD_INSERT) piece = in_unit(&to->aligner->old, &to->old_unit, to->old_at, piece);
    if (op != WT_WORD_DELETE) piece = in_unit(&to->aligner->newer, &to->new_unit, to->new_at, piece);
    tell(to, op, op == WT_WORD_INSERT ? 0 : piece, op == WT_WORD_DELETE ? 0 : piece);
    len -= piece;
  }
}

/* Tells a word that is kept with other bytes; the span before and the one after stay apart from it. */
static void put_alike(emitter *to, uint32_t old_len, uint32_t new_len) {
  in_unit(&to->aligner->old, &to->old_unit, to->old_at, old_len);
  in_unit(&to->aligner->newer, &to->new_unit, to->new_at, new_len);
  to->alone = true;
  tell(to, WT_WORD_KEEP, old_len, new_len);
  to->alone = true;
}

/* ---- changes ---- */

static uint32_t old_begin(const emitter *to, const wt_moved *m) {
  return to->aligner->old.places[m->old].begin;
}
static uint32_t old_end(const emitter *to, const wt_moved *m) {
  return to->aligner->old.places[m->old + m->count - 1].end;
}
static uint32_t new_begin(const emitter *to, const wt_moved *m) {
  return to->aligner->newer.places[m->newer].begin;
}
static uint32_t new_end(const emitter *to, const wt_moved *m) {
  return to->aligner->newer.places[m->newer + m->count - 1].end;
}

/* The first moved run at or after the old cursor and before `end`; NULL: none. */
static const wt_moved *next_moved_away(const emitter *to, uint32_t end) {
  const wt_moved *first = NULL;
  for (size_t m = 0; m < to->aligner->moved_count; m++) {
    const wt_moved *here = &to->aligner->moved[m];
    if (old_begin(to, here) >= to->old_at && old_begin(to, here) < end && (!first || here->old < first->old))
      first = here;
  }
  return first;
}

/* Deletes old bytes but those that moved: these are told where the new text has them. */
static void delete_until(emitter *to, uint32_t end) {
  const wt_moved *moved;
  while ((moved = next_moved_away(to, end)) != NULL) {
    put(to, WT_WORD_DELETE, old_begin(to, moved) - to->old_at);
    to->old_at = old_end(to, moved);
    in_unit(&to->aligner->old, &to->old_unit, to->old_at - 1, 1);
  }
  put(to, WT_WORD_DELETE, end - to->old_at);
}

static uint32_t unit_at(const wt_run *run, uint32_t at) {
  uint32_t unit = 0;
  while (unit + 1 < run->unit_count && at >= run->base[unit + 1]) unit++;
  return unit;
}

static void put_moved(emitter *to, const wt_moved *moved) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->newer;
  uint32_t begin = old_begin(to, moved), len = new_end(to, moved) - to->new_at, unit = unit_at(old, begin),
           base = old->base[unit];
  in_unit(new, &to->new_unit, to->new_at, len);
  uint32_t at = to->new_at - new->base[to->new_unit];
  to->alone = true;
  append(to, (wt_word_edit){.op = WT_WORD_MOVE,
                            .old_unit = old->unit + unit,
                            .new_unit = new->unit + to->new_unit,
                            .old_begin = begin - base,
                            .old_end = old_end(to, moved) - base,
                            .new_begin = at,
                            .new_end = at + len});
  to->alone = true;
  to->new_at += len;
}

static void insert_until(emitter *to, uint32_t end) {
  const wt_aligner *a = to->aligner;
  for (; to->moved < a->moved_count && new_begin(to, &a->moved[to->moved]) < end; to->moved++) {
    put(to, WT_WORD_INSERT, new_begin(to, &a->moved[to->moved]) - to->new_at);
    put_moved(to, &a->moved[to->moved]);
  }
  put(to, WT_WORD_INSERT, end - to->new_at);
}

static void replace_until(emitter *to, uint32_t old_until, uint32_t new_until) {
  delete_until(to, old_until);
  insert_until(to, new_until);
}

/* The white space before a pair: kept when there is some on both sides, in whatever form, else replaced. */
static void put_gap(emitter *to, uint32_t old_until, uint32_t new_until) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->newer;
  uint32_t old_len = old_until - to->old_at, new_len = new_until - to->new_at;
  if (old_len == new_len && (!old_len || !memcmp(old->text.data + to->old_at, new->text.data + to->new_at, old_len)))
    put(to, WT_WORD_KEEP, old_len);
  else if (old_len && new_len && in_unit(old, &to->old_unit, to->old_at, old_len) == old_len &&
           in_unit(new, &to->new_unit, to->new_at, new_len) == new_len)
    put_alike(to, old_len, new_len);
  else
    replace_until(to, old_until, new_until);
}

static uint32_t lead_of(const wt_run *run, uint32_t token) {
  return run->places[token].begin - (token ? run->places[token - 1].end : 0);
}

static bool same_lead(const wt_run *a, uint32_t i, const wt_run *b, uint32_t j) {
  uint32_t len = lead_of(a, i);
  return len == lead_of(b, j) &&
         (!len || !memcmp(a->text.data + a->places[i].begin - len, b->text.data + b->places[j].begin - len, len));
}

/* What stands in the box changed; after it comes a pair, or the end. */
static void put_change(emitter *to, const wt_box *box) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->newer;
  bool after = same_lead(old, box->old_end, new, box->new_end);
  if (box->old == box->old_end && box->newer == box->new_end) return;
  if ((box->old < box->old_end && box->newer < box->new_end) ||
      !after) { /* the space before stays, when it is the same */
    if (same_lead(old, box->old, new, box->newer)) put(to, WT_WORD_KEEP, lead_of(old, box->old));
  }
  uint32_t old_until = old->places[box->old_end].begin, new_until = new->places[box->new_end].begin;
  if (after) {
    old_until -= lead_of(old, box->old_end);
    new_until -= lead_of(new, box->new_end);
  }
  replace_until(to, old_until, new_until);
}

/* ---- pairs ---- */

/* Punctuation and marks that fold into each other: quotes, dashes, hyphens, joiners, soft hyphens. */
static bool is_sign(uint32_t c) {
  return c == '\'' || c == '-' || c == '"' || c == 0xAD || (c >= 0x2000 && c < 0x2070);
}

/* Do two words that fold alike differ in the case of letters, and in nothing else that shows? */
static bool differ_in_case(wt_span old, wt_span new) {
  size_t i = 0, j = 0;
  bool letters = false;
  while (i < old.len && j < new.len) {
    uint32_t a = wt_utf8_next(old, &i), b = wt_utf8_next(new, &j);
    letters = letters || (a != b && !is_sign(a) && !is_sign(b));
  }
  return letters && i == old.len && j == new.len;
}

static wt_span text_of(const wt_run *run, uint32_t token) {
  return wt_span_sub(run->text, run->places[token].begin, run->places[token].end);
}

/* A pair that differs in its bytes is a kept span of its own; in its case alone, a change, but not at the start of a sentence,
   where the capital follows from what stands before it. */
static void put_pair(emitter *to, uint32_t i, uint32_t j) {
  const wt_run *old = &to->aligner->old, *new = &to->aligner->newer;
  uint32_t old_len = old->places[i].end - to->old_at, new_len = new->places[j].end - to->new_at;
  if (!wt_run_starts_unit(old, i) && !wt_run_starts_unit(new, j) && differ_in_case(text_of(old, i), text_of(new, j)))
    replace_until(to, old->places[i].end, new->places[j].end);
  else
    put_alike(to, old_len, new_len);
}

/* How many pairs from (i, j) on are the same bytes, what lies between them too. */
static uint32_t same_stretch(const wt_aligner *a, uint32_t i, uint32_t j) {
  const wt_run *old = &a->old, *new = &a->newer;
  uint32_t count = 0;
  for (; i + count < old->count; count++) {
    uint32_t x = i + count, y = j + count;
    if (a->partner[x] != y + 1 || old->tokens[x].exact != new->tokens[y].exact) break;
    if (count > 0 && !same_lead(old, x, new, y)) break;
  }
  return count;
}

wt_status wt_align_emit(wt_aligner *aligner, wt_error *err) {
  emitter to = {.aligner = aligner};
  const wt_run *old = &aligner->old, *new = &aligner->newer;
  wt_box box = {0, 0, 0, 0};
  aligner->edit_count = 0;
  while (box.old < old->count || box.newer < new->count) {
    box.old_end = box.old;
    box.new_end = new->count;
    while (box.old_end < old->count && !aligner->partner[box.old_end]) box.old_end++;
    if (box.old_end < old->count) box.new_end = aligner->partner[box.old_end] - 1;
    put_change(&to, &box);
    if (box.old_end == old->count) break;
    put_gap(&to, old->places[box.old_end].begin, new->places[box.new_end].begin);
    uint32_t same = same_stretch(aligner, box.old_end, box.new_end);
    if (same)
      put(&to, WT_WORD_KEEP, old->places[box.old_end + same - 1].end - to.old_at);
    else
      put_pair(&to, box.old_end, box.new_end);
    box.old = box.old_end + (same ? same : 1);
    box.newer = box.new_end + (same ? same : 1);
  }
  put_gap(&to, (uint32_t)old->text.len, (uint32_t) new->text.len);
  return to.failed ? wt_fail(err, WT_ENOMEM, "words", -1, "out of memory") : WT_OK;
}
