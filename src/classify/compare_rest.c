/* What no fact explains: words added or taken out, other wording, spelling, punctuation. */
#include "classify/compare.h"

#include <string.h>

#define LONG_CLAUSE 4u  /* words with content that came or went with nothing opposite: a reader learns something else */
#define LONG_PASSAGE 7u /* words with content, on either side, that say a thing anew */
#define WORD_MOST 32u   /* letters of a word that may be misspelled */

typedef struct rest {
  size_t words;   /* letters and figures that nothing explains */
  size_t content; /* of these, without small words */
  size_t marks;
  size_t explained;
  uint32_t word; /* token of the last unexplained word */
} rest;

static rest count_rest(const wt_passage *side, uint32_t begin, uint32_t end, bool told) {
  rest r = {0};
  for (uint32_t i = begin; i < end; i++) {
    const wt_token *token = &side->tokens[i];
    bool stated = token->role == ROLE_NUMBER || token->role == ROLE_DATE || token->role == ROLE_NAME;
    if (token->explained ||
        (stated && told)) { /* a fact that is on the other side too, in an edit that has told its facts */
      r.explained++;
    } else if (token->kind == TOKEN_MARK) {
      r.marks++;
    } else {
      r.words++;
      r.content += wt_lex_tagged(token->entries, LEX_STOP) == NULL;
      r.word = i;
    }
  }
  return r;
}

/* ---- spelling ---- */

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

/* One word written in two ways: a slip of the keys or another school of spelling, and no other form of the word. */
static bool is_respelled(const wt_token *a, const wt_token *b) {
  wt_span x = a->folded, y = b->folded;
  if (a->kind != TOKEN_LETTERS || b->kind != TOKEN_LETTERS) return false;
  if (wt_same_but_accents(x, y)) return !wt_span_equal(x, y);
  const wt_lex_entry *here = wt_lex_tagged(a->entries, LEX_VARIANT), *there = wt_lex_tagged(b->entries, LEX_VARIANT);
  if (here && there && wt_span_equal(here->value, there->value)) return true;
  if (memchr(x.data, '@', x.len) || memchr(x.data, '/', x.len)) return false; /* an address is right or wrong */
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
  return is_respelled(&c->old.tokens[h->old], &c->newer.tokens[h->newer]);
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

/* One figure or time of day, its digits parted by other marks: 12,000 and 12000, 14.30 and 14:30. */
static bool same_digits(const wt_passage *old, const wt_hunk *h, const wt_passage *new) {
  if (h->old_end - h->old != 1 || h->new_end - h->newer != 1) return false;
  const wt_token *a = &old->tokens[h->old], *b = &new->tokens[h->newer];
  return a->kind == TOKEN_DIGITS && b->kind == TOKEN_DIGITS;
}

/* "co-operate" and "cooperate", "on line" and "online": the same letters, cut otherwise. */
static bool same_letters(const wt_passage *old, const wt_hunk *h, const wt_passage *new) {
  char a[96], b[96];
  size_t n = 0, m = 0;
  for (uint32_t i = h->old; i < h->old_end; i++)
    if (old->tokens[i].kind != TOKEN_MARK) {
      if (n + old->tokens[i].folded.len > sizeof a) return false;
      memcpy(a + n, old->tokens[i].folded.data, old->tokens[i].folded.len);
      n += old->tokens[i].folded.len;
    }
  for (uint32_t j = h->newer; j < h->new_end; j++)
    if (new->tokens[j].kind != TOKEN_MARK) {
      if (m + new->tokens[j].folded.len > sizeof b) return false;
      memcpy(b + m, new->tokens[j].folded.data, new->tokens[j].folded.len);
      m += new->tokens[j].folded.len;
    }
  return n > 0 && n == m && memcmp(a, b, n) == 0;
}

/* ---- the rest of one hunk ---- */

/* Do both sides' facts here say the same? A figure that is part of no fact says nothing. */
static bool same_facts(const wt_comparing *c, const wt_hunk *h) {
  return c->old.tokens[h->old].role == c->newer.tokens[h->newer].role && c->old.tokens[h->old].role != ROLE_NONE;
}

static void tell_words(wt_comparing *c, const wt_hunk *h, const rest *old, const rest *new) {
  wt_span a = wt_hunk_text(&c->old, h->old, h->old_end), b = wt_hunk_text(&c->newer, h->newer, h->new_end), none = {0};
  c->marks_only = false;
  if (new->content >= LONG_CLAUSE &&new->content > 3 * old->content) {
    wt_tell(c, WT_CLASS_WORDING, true, "words added", none, b, none);
  } else if (old->content >= LONG_CLAUSE && old->content > 3 * new->content) {
    wt_tell(c, WT_CLASS_WORDING, true, "words taken out", a, none, none);
    wt_contradicts(c);
  } else {
    bool rewritten = old->content >= LONG_PASSAGE || new->content >= LONG_PASSAGE;
    wt_tell(c, WT_CLASS_WORDING, rewritten, rewritten ? "rewritten" : "wording", a, b, none);
  }
}

/* A statement that became a question, or the reverse. */
static bool has_question(const wt_passage *side, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++)
    if (side->tokens[i].kind == TOKEN_MARK && wt_span_equal(side->tokens[i].text, WT_SPAN("?"))) return true;
  return false;
}

static void tell_rest(wt_comparing *c, const wt_hunk *h) {
  bool told = c->meaning->substantive;
  rest old = count_rest(&c->old, h->old, h->old_end, told), new = count_rest(&c->newer, h->newer, h->new_end, told);
  if (old.words + new.words + old.marks + new.marks == 0) return;
  wt_span a = wt_hunk_text(&c->old, h->old, h->old_end), b = wt_hunk_text(&c->newer, h->newer, h->new_end);
  if (old.words + new.words == 0) {
    if (has_question(&c->old, h->old, h->old_end) != has_question(&c->newer, h->newer, h->new_end)) {
      wt_tell(c, WT_CLASS_WORDING, true, "question mark", a, b, (wt_span){0});
      return;
    }
    if (old.explained + new.explained == 0) wt_tell(c, WT_CLASS_TYPOGRAPHY, false, "punctuation", a, b, (wt_span){0});
    return;
  }
  bool told_otherwise = old.explained + new.explained == 0;
  if (told_otherwise && same_digits(&c->old, h, &c->newer) && same_facts(c, h)) {
    wt_tell(c, WT_CLASS_TYPOGRAPHY, false, "written otherwise", a, b, (wt_span){0});
    return;
  }
  if (same_letters(&c->old, h, &c->newer)) {
    wt_tell(c, WT_CLASS_SPELLING, false, "spelling", a, b, (wt_span){0});
    return;
  }
  if (old.words == 1 && new.words == 1 && is_respelled(&c->old.tokens[old.word], &c->newer.tokens[new.word])) {
    wt_tell(c, WT_CLASS_SPELLING, false, "spelling", c->old.tokens[old.word].text, c->newer.tokens[new.word].text,
            (wt_span){0});
    return;
  }
  if (old.content + new.content == 0 && old.explained + new.explained) return; /* small words that go with a fact */
  tell_words(c, h, &old, &new);
}

/* An edit always has a class: one whose facts came out equal ("U.S." and "US"), or that differs in spaces alone ("5 %"), is
   another way of writing them. */
void wt_compare_rest(wt_comparing *c) {
  for (size_t h = 0; h < c->hunk_count; h++) tell_rest(c, &c->hunks[h]);
  if (c->meaning->why_count > 0) return;
  wt_span old = c->hunk_count ? wt_hunk_text(&c->old, c->hunks[0].old, c->hunks[0].old_end) : (wt_span){0};
  wt_span new = c->hunk_count ? wt_hunk_text(&c->newer, c->hunks[0].newer, c->hunks[0].new_end) : (wt_span){0};
  wt_tell(c, WT_CLASS_TYPOGRAPHY, false, "written otherwise", old, new, (wt_span){0});
}
