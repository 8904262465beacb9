/* What must hold for every diff, and texts that try to break it. Include after wt/diff.h and generate.h. */
#ifndef TESTS_DIFF_INVARIANTS_H
#define TESTS_DIFF_INVARIANTS_H

#include "wt/diff.h"

#include <stdlib.h>
#include <string.h>

/* NULL, or what is wrong. */
static inline const char *units_are_told_once(const wt_diff *diff) {
  const char *wrong = NULL;
  unsigned char *old = calloc(diff->old.count + 1, 1), *new = calloc(diff->newer.count + 1, 1);
  for (size_t e = 0; e < diff->count && !wrong; e++) {
    const wt_edit *edit = &diff->edits[e];
    if (edit->old_count && (size_t)edit->old + edit->old_count > diff->old.count)
      wrong = "an old unit that is not there";
    if (edit->new_count && (size_t)edit->newer + edit->new_count > diff->newer.count)
      wrong = "a new unit that is not there";
    if (!edit->old_count && !edit->new_count) wrong = "an edit of nothing";
    for (uint32_t u = 0; u < edit->old_count && !wrong; u++)
      if (old[edit->old + u]++) wrong = "an old unit in two edits";
    for (uint32_t u = 0; u < edit->new_count && !wrong; u++)
      if (new[edit->newer + u]++) wrong = "a new unit in two edits";
  }
  for (size_t u = 0; u < diff->old.count && !wrong; u++)
    if (!old[u]) wrong = "an old unit in no edit";
  for (size_t u = 0; u < diff->newer.count && !wrong; u++)
    if (!new[u]) wrong = "a new unit in no edit";
  free(old);
  free(new);
  return wrong;
}

/* What is kept or moved reads the same on both sides, but for typography. */
static inline bool reads_the_same(const wt_diff *diff, const wt_word_edit *word) {
  wt_span old = wt_span_sub(diff->old.items[word->old_unit].text, word->old_begin, word->old_end);
  wt_span new = wt_span_sub(diff->newer.items[word->new_unit].text, word->new_begin, word->new_end);
  if (word->op == WT_WORD_INSERT || word->op == WT_WORD_DELETE || wt_span_equal(old, new)) return true;
  wt_buf a = {0}, b = {0};
  bool same = !wt_fold(&a, old, NULL) && !wt_fold(&b, new, NULL) && wt_span_equal(wt_buf_span(&a), wt_buf_span(&b));
  wt_buf_release(&a);
  wt_buf_release(&b);
  return same;
}

/* The new bytes are told in order and once; of the old ones as many as there are, each once. */
static inline const char *words_cover(const wt_diff *diff, const wt_edit *edit) {
  uint64_t old_bytes = 0, told = 0;
  uint32_t unit = edit->newer, at = 0;
  for (uint32_t u = 0; u < edit->old_count; u++) old_bytes += diff->old.items[edit->old + u].text.len;
  for (size_t w = 0; w < edit->word_count; w++) {
    const wt_word_edit *word = &edit->words[w];
    if (word->old_unit < edit->old || word->old_unit >= edit->old + edit->old_count)
      return "a word of an old unit of another edit";
    if (word->new_unit < edit->newer || word->new_unit >= edit->newer + edit->new_count)
      return "a word of a new unit of another edit";
    if (word->old_end > diff->old.items[word->old_unit].text.len || word->old_begin > word->old_end)
      return "old bytes out of bounds";
    if (word->new_end > diff->newer.items[word->new_unit].text.len || word->new_begin > word->new_end)
      return "new bytes out of bounds";
    if (word->op != WT_WORD_INSERT) told += word->old_end - word->old_begin;
    if (word->op == WT_WORD_INSERT && word->old_begin != word->old_end) return "an insertion of old bytes";
    if (word->op == WT_WORD_DELETE && word->new_begin != word->new_end) return "a deletion of new bytes";
    if (!reads_the_same(diff, word)) return "kept or moved words that do not read the same";
    if (word->op == WT_WORD_DELETE) continue;
    while (unit < word->new_unit && at == diff->newer.items[unit].text.len) unit++, at = 0;
    if (unit != word->new_unit || at != word->new_begin) return "new bytes out of order";
    at = word->new_end;
  }
  while (unit + 1 < edit->newer + edit->new_count && at == diff->newer.items[unit].text.len) unit++, at = 0;
  if (at != diff->newer.items[unit].text.len) return "new bytes that are not told";
  return told == old_bytes ? NULL : "old bytes that are not told, or twice";
}

static inline void put_lines_of(wt_buf *out, const wt_units *units) {
  for (size_t u = 0; u < units->count; u++) {
    if (u) wt_buf_put_text(out, units->items[u].paragraph != units->items[u - 1].paragraph ? "\n\n" : "\n");
    wt_buf_put_span(out, units->items[u].text);
  }
  if (units->count) wt_buf_put_char(out, '\n');
}

static inline const char *applies_to(const wt_diff *diff, const wt_units *meant) {
  wt_buf made = {0}, wanted = {0};
  put_lines_of(&wanted, meant);
  const char *wrong = wt_diff_apply(&made, diff, NULL)                          ? "apply failed"
                      : wt_span_equal(wt_buf_span(&made), wt_buf_span(&wanted)) ? NULL
                                                                                : "apply gives other bytes";
  wt_buf_release(&made);
  wt_buf_release(&wanted);
  return wrong;
}

/* NULL, or what is wrong with the diff of two texts of lines. budget: 0 for the usual one. hash, when not NULL, takes the whole
   script in. */
static inline const char *invariants_broken(wt_span old, wt_span new, uint64_t budget, uint64_t *hash) {
  wt_arena arena = {0};
  wt_units olds, news;
  wt_diff diff, inverse;
  const char *wrong = "units";
  wt_units_of_lines(&olds, &arena, old, NULL);
  wt_units_of_lines(&news, &arena, new, NULL);
  wt_diff_options options = {.match = {.budget = budget}};
  wrong = wt_diff_units(&diff, &arena, &olds, &news, &options, NULL) ? "the diff failed" : NULL;
  if (!wrong && diff.steps > (budget ? budget : wt_match_budget(&olds, &news))) wrong = "the budget was passed";
  if (!wrong && diff.replaced_whole) wrong = "the check of the diff failed";
  if (!wrong) wrong = units_are_told_once(&diff);
  for (size_t e = 0; !wrong && e < diff.count; e++)
    if (diff.edits[e].words) wrong = words_cover(&diff, &diff.edits[e]);
  if (!wrong) wrong = applies_to(&diff, &news);
  if (!wrong && wt_diff_invert(&inverse, &arena, &diff, NULL)) wrong = "invert failed";
  if (!wrong) wrong = units_are_told_once(&inverse);
  for (size_t e = 0; !wrong && e < inverse.count; e++)
    if (inverse.edits[e].words) wrong = words_cover(&inverse, &inverse.edits[e]);
  if (!wrong) wrong = applies_to(&inverse, &olds);
  for (size_t e = 0; !wrong && hash && e < diff.count; e++) {
    const wt_edit *edit = &diff.edits[e];
    uint32_t facts[8] = {(uint32_t)edit->kind, edit->old,   edit->old_count,  edit->newer,
                         edit->new_count,      edit->moved, edit->typography, (uint32_t)edit->word_count};
    *hash = *hash * 31 + wt_hash64((wt_span){(const char *)facts, sizeof facts});
    for (size_t w = 0; w < edit->word_count; w++) {
      const wt_word_edit *k = &edit->words[w];
      uint32_t word[7] = {(uint32_t)k->op, k->old_unit,  k->new_unit, k->old_begin,
                          k->old_end,      k->new_begin, k->new_end};
      *hash = *hash * 31 + wt_hash64((wt_span){(const char *)word, sizeof word});
    }
  }
  wt_arena_release(&arena);
  return wrong;
}

/* ---- texts that try to break it ---- */

static const char *const fuzz_words[] = {"a",
                                         "the",
                                         "of",
                                         "The",
                                         "and",
                                         "bridge",
                                         "Bridge",
                                         "12",
                                         "15",
                                         "$1.5bn",
                                         "5%",
                                         "don't",
                                         "don\xE2\x80\x99t",
                                         "\"",
                                         "\xE2\x80\x9C",
                                         "\xE2\x80\x9D",
                                         ",",
                                         ".",
                                         ".",
                                         "-",
                                         "\xE2\x80\x94",
                                         "(",
                                         ")",
                                         "[1]",
                                         "[sic]",
                                         "U.S.",
                                         "Oslo-based",
                                         "na\xC3\xAFve",
                                         "nai\xCC\x88ve",
                                         "\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x81\xA7\xE9\x9B\xA8",
                                         "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7",
                                         "soft\xC2\xADhyphen",
                                         "softhyphen",
                                         "\xC2\xA0",
                                         "\xE2\x80\x8B",
                                         "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80",
                                         "said",
                                         "river",
                                         "mayor",
                                         "killed",
                                         "I",
                                         "\xC4\xB0stanbul",
                                         ("stra\xC3\x9F"
                                          "e"),
                                         "STRASSE",
                                         "?",
                                         "!",
                                         "\t",
                                         "alpha",
                                         "beta",
                                         "gamma",
                                         "transport",
                                         "transported",
                                         "transports",
                                         "\xCC\x81",
                                         "x\xCC\x81"};
#define FUZZ_WORDS (sizeof fuzz_words / sizeof *fuzz_words)

static inline void fuzz_sentence(wt_buf *out, uint64_t *state, unsigned most, unsigned vocabulary) {
  unsigned words = 1 + gen_below(state, most);
  for (unsigned w = 0; w < words; w++) {
    if (w && gen_below(state, 8)) wt_buf_put_text(out, gen_below(state, 30) ? " " : "  ");
    wt_buf_put_text(out, fuzz_words[gen_below(state, vocabulary)]);
  }
}

/* One text, and another made from it by cutting, carrying and retyping lines and words. Some bytes are no UTF-8. */
static inline void fuzz_pair(wt_buf *old, wt_buf *new, uint64_t seed) {
  uint64_t state = gen_state(seed);
  unsigned lines = gen_below(&state, 14),
           vocabulary = gen_below(&state, 3) ? (unsigned)FUZZ_WORDS : 1 + gen_below(&state, 6);
  unsigned most = gen_below(&state, 5) ? 14 : 60;
  wt_buf_clear(old);
  wt_buf_clear(new);
  for (unsigned l = 0; l < lines; l++) {
    size_t begin = old->len;
    fuzz_sentence(old, &state, most, vocabulary);
    wt_span line = wt_span_sub(wt_buf_span(old), begin, old->len);
    unsigned what = gen_below(&state, 10);
    if (what < 4)
      wt_buf_put_span(new, line);
    else if (what < 7) { /* bytes cut out and put in, wherever they fall */
      size_t from = gen_below(&state, (uint32_t)line.len + 1), until = from + gen_below(&state, 12);
      wt_buf_put_span(new, wt_span_sub(line, 0, from));
      if (gen_below(&state, 2)) fuzz_sentence(new, &state, 4, vocabulary);
      if (!gen_below(&state, 4)) wt_buf_put_char(new, '\n');
      wt_buf_put_span(new, wt_span_sub(line, until < line.len ? until : line.len, line.len));
      if (!gen_below(&state, 4)) wt_buf_put_char(new, ' ');
    } else if (what == 7)
      fuzz_sentence(new, &state, most, vocabulary);
    else if (what == 8 && new->len) { /* carried: before all others */
      wt_buf whole = {0};
      wt_buf_put_span(&whole, line);
      wt_buf_put_char(&whole, '\n');
      wt_buf_put_span(&whole, wt_buf_span(new));
      wt_buf_release(new);
      *new = whole;
    }
    wt_buf_put_text(old, gen_below(&state, 5) ? "\n" : "\n\n");
    if (gen_below(&state, 12))
      wt_buf_put_text(new, gen_below(&state, 5) ? "\n" : "\n\n");
    else
      wt_buf_put_char(new, ' ');
  }
}

#endif
