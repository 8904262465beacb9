/* Pieces of a text that belong together for a reader are one token: "[sic]", "-based", "...", "Fig.", "two-". */
#include "match/words.h"

#include "text/abbreviations.h"

/* How many marks from `at` on are `mark`, one right after the other; at most `most`. */
static size_t run_of(wt_span text, const wt_words *words, size_t at, char mark, size_t most) {
  size_t end = at;
  while (end - at < most && end < words->count && words->items[end].kind == WT_WORD_MARK &&
         text.data[words->items[end].begin] == mark)
    end++;
  return end - at;
}

/* "[sic]", "[12]", "[REF]": a word in square brackets is one token, for a bracket alone pairs with any other. */
static bool is_bracketed(wt_span text, const wt_words *words, size_t at) {
  if (words->count - at < 3 || text.data[words->items[at].begin] != '[') return false;
  wt_word middle = words->items[at + 1], close = words->items[at + 2];
  return middle.kind < WT_WORD_SPACE && close.kind == WT_WORD_MARK && text.data[close.begin] == ']';
}

static bool is_mark(wt_span text, const wt_words *words, size_t at, char mark) {
  return at < words->count && words->items[at].kind == WT_WORD_MARK && text.data[words->items[at].begin] == mark;
}

static bool is_space_or_end(const wt_words *words, size_t at) {
  return at >= words->count || words->items[at].kind == WT_WORD_SPACE;
}

/* Pieces from a mark on that are one token: a word in brackets, a word that begins with a hyphen ("-based"), and what
   typewriters make of an ellipsis, a dash and a double quote. */
static size_t joined_to_mark(wt_span text, const wt_words *words, size_t at) {
  char mark = text.data[words->items[at].begin];
  if (mark == '[') return is_bracketed(text, words, at) ? 3 : 1;
  if (mark == '.') return run_of(text, words, at, mark, 3) == 3 ? 3 : 1;
  if (mark == '-') {
    size_t run = run_of(text, words, at, mark, SIZE_MAX); /* taken as a whole: never counted twice */
    bool begins = run == 1 && (!at || is_space_or_end(words, at - 1)) && !is_space_or_end(words, at + 1) &&
                  words->items[at + 1].kind == WT_WORD_LETTERS;
    return begins ? 2 : run;
  }
  return (mark == '\'' || mark == '`') && run_of(text, words, at, mark, 2) == 2 ? 2 : 1;
}

/* Is the stop after this word part of it? Where more of the sentence follows, an initial's and an abbreviation's is; at the end,
   that of a capitalised abbreviation ("Holm Inc."), for "ill." may be a word. */
static bool is_shortened(wt_span word, bool more) {
  if (word.len == 0) return false;
  bool capital = word.data[0] >= 'A' && word.data[0] <= 'Z';
  if (word.len == 1) return more && capital;
  return (more || capital) && (wt_is_title(word) || wt_is_abbreviation(word));
}

/* Does the sentence go on after a stop, with a small letter or in brackets? Then the stop ended no sentence but a shortened word,
   listed or not: "et al. (2001)", "Str. am Park". */
static bool goes_on(wt_span text, const wt_words *words, size_t at) {
  if (at >= words->count) return false;
  char next = text.data[words->items[at].begin];
  return (next >= 'a' && next <= 'z') || next == '(' || next == '[';
}

/* Pieces from a word on that are one token: an abbreviation takes its stop along ("Fig. 3", "J. Holm"), a word the hyphen that
   it ends with ("two- and three-year"). */
static size_t joined_to_word(wt_span text, const wt_words *words, size_t at) {
  if (is_mark(text, words, at + 1, '-')) return is_space_or_end(words, at + 2) ? 2 : 1;
  if (!is_mark(text, words, at + 1, '.') || !is_space_or_end(words, at + 2)) return 1;
  if (goes_on(text, words, at + 3)) return 2;
  return is_shortened(wt_span_sub(text, words->items[at].begin, words->items[at].end), at + 3 < words->count) ? 2 : 1;
}

size_t wt_token_pieces(wt_span text, const wt_words *words, size_t at) {
  wt_word_kind kind = words->items[at].kind;
  if (kind == WT_WORD_MARK) return joined_to_mark(text, words, at);
  return kind == WT_WORD_LETTERS && at + 1 < words->count && words->items[at + 1].kind == WT_WORD_MARK
             ? joined_to_word(text, words, at)
             : 1;
}
