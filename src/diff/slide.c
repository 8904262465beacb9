/*
 * Where a change may stand in more places than one, it stands where a reader would see it.
 *
 * "the bridge {and the bridge} fell" says the same as "the {bridge and the} bridge fell". An insertion or a deletion slides
 * over pairs as long as the word that it leaves equals the one that it takes in. Its edges go to the strongest seam there:
 * paragraph, sentence, quote, clause, word; a tie goes to the last place, for what was there first is kept.
 */
#include "diff/words.h"

/* A change passes the kept words before it twice and those after it twice at most; they lie beside two changes. */
#define STEPS_A_WORD 8u

enum { SEAM_WORD, SEAM_CLAUSE, SEAM_QUOTE = 3, SEAM_SENTENCE = 6, SEAM_PARAGRAPH = 7 };

/* A change on one side alone: tokens [begin, end) of `longer`; the pairs after it begin at `other` of the other side. */
typedef struct change {
  const wt_run *longer;
  uint32_t begin, end, other;
  bool deletion;
} change;

typedef enum sign { NO_SIGN, STOP, OPENING, CLOSING, STRAIGHT, COMMA } sign;

static const struct {
  sign sign;
  const char *marks;
} signs[] = {{STOP, ".!?\u2026\u3002\uFF01\uFF1F"},
             {OPENING, "(\u201C\u2018\u00AB\u300C\uFF08"},
             {CLOSING, ")\u201D\u00BB\u300D\uFF09"},
             {STRAIGHT, "\""},
             {COMMA, ",;:\u2013\u2014\u3001\uFF0C"}};

/* What the mark at a token's start is to the words around it. */
static sign sign_of(const wt_run *run, uint32_t token) {
  size_t begin = run->places[token].begin, end = begin;
  wt_utf8_next(run->text, &end);
  wt_span mark = wt_span_sub(run->text, begin, end);
  for (size_t s = 0; s < sizeof signs / sizeof *signs; s++) {
    wt_span marks = wt_span_of(signs[s].marks);
    if (wt_span_find(marks, mark) < marks.len) return signs[s].sign;
  }
  return NO_SIGN;
}

/* Does white space stand before the token? A straight quote opens after it and closes before it. */
static bool spaced(const wt_run *run, uint32_t token) {
  return !token || token >= run->count || run->places[token].begin > run->places[token - 1].end;
}

/* How strong is the seam before a token? */
static int seam(const wt_run *run, uint32_t token) {
  if (!token || token >= run->count) return SEAM_PARAGRAPH;
  if (wt_run_starts_unit(run, token)) return SEAM_SENTENCE;
  sign before = sign_of(run, token - 1), after = sign_of(run, token);
  if (spaced(run, token) && before == STOP) return SEAM_SENTENCE;
  if (before == CLOSING || after == OPENING) return SEAM_QUOTE;
  if (spaced(run, token) && (before == STRAIGHT || after == STRAIGHT)) return SEAM_QUOTE;
  return before == COMMA || after == COMMA ? SEAM_CLAUSE : SEAM_WORD;
}

static bool paired(const wt_aligner *a, const change *c, uint32_t longer, uint32_t other) {
  return c->deletion ? a->partner[longer] == other + 1 : a->partner[other] == longer + 1;
}

static void pair(wt_aligner *a, const change *c, uint32_t longer, uint32_t other) {
  if (c->deletion)
    a->partner[longer] = other + 1;
  else
    a->partner[other] = longer + 1;
}

static void unpair_old(wt_aligner *a, const change *c, uint32_t longer) {
  if (c->deletion) a->partner[longer] = 0;
}

static bool same_word(const change *c, uint32_t x, uint32_t y) {
  return c->longer->tokens[x].exact == c->longer->tokens[y].exact;
}

/* One place to the left: the word before is taken in, and its pair goes to the last word. */
static bool left(wt_aligner *a, change *c) {
  if (!c->begin || !c->other || !paired(a, c, c->begin - 1, c->other - 1) || !same_word(c, c->begin - 1, c->end - 1))
    return false;
  c->begin--, c->end--, c->other--;
  unpair_old(a, c, c->begin);
  pair(a, c, c->end, c->other);
  return true;
}

static bool right(wt_aligner *a, change *c) {
  uint32_t others = c->deletion ? a->newer.count : a->old.count;
  if (c->end >= c->longer->count || c->other >= others || !paired(a, c, c->end, c->other) ||
      !same_word(c, c->begin, c->end))
    return false;
  unpair_old(a, c, c->end);
  pair(a, c, c->begin, c->other);
  c->begin++, c->end++, c->other++;
  return true;
}

static int strength(const change *c) {
  return seam(c->longer, c->begin) + seam(c->longer, c->end);
}

static void slide(wt_aligner *a, change *c) {
  uint32_t back = 0, steps = 0;
  while (left(a, c)) steps++;
  if (!steps && !right(a, c)) return; /* as most cannot */
  if (!steps) left(a, c);
  int best = strength(c);
  while (right(a, c)) {
    int here = strength(c);
    steps++;
    back = here >= best ? 0 : back + 1;
    if (here >= best) best = here;
  }
  while (back-- && left(a, c)) steps++;
  a->steps += steps;
}

void wt_align_slide(wt_aligner *a) {
  wt_box box = {0, 0, 0, 0};
  if (a->steps + STEPS_A_WORD * ((uint64_t)a->old.count + a->newer.count) > a->budget) return;
  for (;;) {
    uint32_t i = box.old_end, j = box.new_end;
    if (!wt_align_next(a, i, j, &box)) return;
    bool deletion = box.newer == box.new_end, insertion = box.old == box.old_end;
    if (deletion == insertion) continue;
    change c = deletion ? (change){&a->old, box.old, box.old_end, box.newer, true}
                        : (change){&a->newer, box.newer, box.new_end, box.old, false};
    slide(a, &c);
    box.old_end = deletion ? c.end : c.other;
    box.new_end = deletion ? c.other : c.end;
  }
}
