/* Words written in two ways. */
#include "classify/spelling.h"

#include <string.h>

#define WORD_MOST 32u /* letters of a word that may be misspelled */

static bool is_inflection(wt_span rest_of_word) {
  static const char *const ends[] = {"",     "s",   "es",   "d",    "ed",   "ing", "er",   "ers",  "ly",   "n",
                                     "en",   "t",   "al",   "ally", "y",    "ies", "ied",  "ion",  "ions", "e",
                                     "r",    "or",  "ors",  "an",   "a",    "i",   "ful",  "less", "ive",  "ic",
                                     "ical", "ous", "able", "ment", "ness", "ity", "ation"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (wt_span_equal(rest_of_word, wt_span_of(ends[i]))) return true;
  return false;
}

static size_t common_prefix(wt_span a, wt_span b) {
  size_t n = 0;
  while (n < a.len && n < b.len && a.data[n] == b.data[n]) n++;
  return n;
}

/* Optimal string alignment distance in bytes (Damerau 1964 without overlapping swaps); a word has at most WORD_MOST. */
static unsigned distance(wt_span a, wt_span b) {
  unsigned d[WORD_MOST + 1][WORD_MOST + 1];
  for (unsigned i = 0; i <= a.len; i++) d[i][0] = i;
  for (unsigned j = 0; j <= b.len; j++) d[0][j] = j;
  for (size_t i = 1; i <= a.len; i++)
    for (size_t j = 1; j <= b.len; j++) {
      unsigned best = d[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]);
      if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
      if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
      bool swap = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
      if (swap && d[i - 2][j - 2] + 1 < best) best = d[i - 2][j - 2] + 1;
      d[i][j] = best;
    }
  return d[a.len][b.len];
}

bool wt_is_respelled(const wt_token *a, const wt_token *b) {
  wt_span x = a->folded, y = b->folded;
  if (a->kind != TOKEN_LETTERS || b->kind != TOKEN_LETTERS) return false;
  if (wt_same_but_accents(x, y)) return !wt_span_equal(x, y);
  const wt_lex_entry *here = wt_lex_tagged(a->entries, LEX_VARIANT), *there = wt_lex_tagged(b->entries, LEX_VARIANT);
  if (here && there && wt_span_equal(here->value, there->value)) return true;
  if (wt_span_has(x, '@') || wt_span_has(x, '/')) return false; /* an address is right or wrong */
  if (x.len < 4 || y.len < 4 || x.len > WORD_MOST || y.len > WORD_MOST) return false;
  size_t same = common_prefix(x, y);
  if (same == 0 || wt_span_ends(x, WT_SPAN("man")) != wt_span_ends(y, WT_SPAN("man"))) return false;
  bool variant = (wt_span_ends(x, WT_SPAN("re")) && wt_span_ends(y, WT_SPAN("er"))) ||
                 (wt_span_ends(x, WT_SPAN("er")) && wt_span_ends(y, WT_SPAN("re")));
  if (!variant && same >= 3 && is_inflection(wt_span_sub(x, same, x.len)) && is_inflection(wt_span_sub(y, same, y.len)))
    return false;
  bool known = wt_lex_tagged(a->entries, LEX_COMMON) || wt_lex_tagged(a->entries, LEX_STOP);
  if (known && (wt_lex_tagged(b->entries, LEX_COMMON) || wt_lex_tagged(b->entries, LEX_STOP))) return false;
  size_t shorter = x.len < y.len ? x.len : y.len;
  return distance(x, y) <= (shorter >= 8 ? 2u : 1u);
}

bool wt_is_misspelling(const wt_comparing *c, const wt_hunk *h) {
  if (h->old_end - h->old != 1 || h->new_end - h->newer != 1) return false;
  return wt_is_respelled(&c->old.tokens[h->old], &c->newer.tokens[h->newer]);
}

/* A slip that makes no other word: two neighbours changed places, or a letter stands once or twice. */
static bool is_slip(wt_span x, wt_span y) {
  size_t same = common_prefix(x, y);
  if (x.len == y.len)
    return same + 2 <= x.len && x.data[same] == y.data[same + 1] && x.data[same + 1] == y.data[same] &&
           wt_span_equal(wt_span_sub(x, same + 2, x.len), wt_span_sub(y, same + 2, y.len));
  wt_span longer = x.len > y.len ? x : y, shorter = x.len > y.len ? y : x;
  return longer.len == shorter.len + 1 && same > 0 && longer.data[same] == longer.data[same - 1] &&
         wt_span_equal(wt_span_sub(longer, same + 1, longer.len), wt_span_sub(shorter, same, shorter.len));
}

/* Does the word make or bound a number or a date? */
static bool is_of_facts(const wt_lex_entry *entry) {
  for (; entry; entry = entry->next)
    if (entry->tag <= LEX_WHICH) return true;
  return false;
}

void wt_read_slips(wt_comparing *c) {
  for (size_t h = 0; h < c->hunk_count; h++) {
    const wt_hunk *hunk = &c->hunks[h];
    if (hunk->old_end - hunk->old != 1 || hunk->new_end - hunk->newer != 1) continue;
    wt_token *a = &c->old.tokens[hunk->old], *b = &c->newer.tokens[hunk->newer];
    bool letters = a->kind == TOKEN_LETTERS && b->kind == TOKEN_LETTERS && a->folded.len >= 5 && b->folded.len >= 5;
    if (!letters || (a->entries == NULL) == (b->entries == NULL) || !is_slip(a->folded, b->folded)) continue;
    wt_token *right = a->entries ? a : b, *slip = a->entries ? b : a;
    if (right->words == 1 && is_of_facts(right->entries)) slip->entries = right->entries;
  }
}

/* The base letter of an accented one of Latin-1 and Latin Extended-A that we meet; 0: none. */
static char base_letter(uint32_t c) {
  static const char *const bases = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"; /* U+00E0 to U+00FF, in folded text */
  static const struct {
    uint32_t first, last;
    char base;
  } more[] = {{0x101, 0x105, 'a'}, {0x107, 0x10D, 'c'}, {0x113, 0x11B, 'e'}, {0x12B, 0x12F, 'i'}, {0x142, 0x142, 'l'},
              {0x144, 0x148, 'n'}, {0x14D, 0x151, 'o'}, {0x15B, 0x161, 's'}, {0x16B, 0x173, 'u'}, {0x17A, 0x17E, 'z'}};
  if (c >= 0xE0 && c <= 0xFF) return bases[c - 0xE0];
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    if (c >= more[i].first && c <= more[i].last) return more[i].base;
  return c < 0x80 ? (char)c : 0;
}

bool wt_same_but_accents(wt_span a, wt_span b) {
  size_t i = 0, j = 0;
  while (i < a.len && j < b.len) {
    uint32_t x = wt_utf8_next(a, &i), y = wt_utf8_next(b, &j);
    if (x != y && (base_letter(x) == 0 || base_letter(x) != base_letter(y))) return false;
  }
  return i == a.len && j == b.len;
}
