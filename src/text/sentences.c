/*
 * Sentences of one block of text, in one pass and without a dictionary.
 *
 * ICU's rules (UAX 29) cut at "Mr." and "U.S." and are ten times slower; we look only at what may end a sentence, and ask
 * what stands before and after it. Full stops of scripts without spaces end a sentence as they are.
 */
#include "abbreviations.h"
#include "unicode.h"

void wt_cuts_release(wt_cuts *cuts) {
  wt_free(cuts->items);
  *cuts = (wt_cuts){0};
}

typedef enum stop { STOP_NONE, STOP_PERIOD, STOP_DOTS, STOP_STRONG, STOP_WIDE } stop;

/* What kind of end c may be. STOP_WIDE needs no white space after it. */
static stop stop_of(uint32_t c) {
  if (c < 0x80) return c == '.' ? STOP_PERIOD : c == '!' || c == '?' ? STOP_STRONG : STOP_NONE;
  switch (c) {
  case 0x3002:
  case 0xFF01:
  case 0xFF1F:
  case 0xFF61:
  case 0xFF0E: return STOP_WIDE;
  case 0x2026: return STOP_DOTS;
  case 0x0589:
  case 0x061F:
  case 0x06D4:
  case 0x0964:
  case 0x0965:
  case 0x1362:
  case 0x1367:
  case 0x104B:
  case 0x17D4:
  case 0x17D5:
  case 0x203C:
  case 0x203D:
  case 0x2047:
  case 0x2048:
  case 0x2049: return STOP_STRONG;
  default: return STOP_NONE;
  }
}

static bool is_closer(uint32_t c) {
  if (c < 0x80) return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}';
  return c == 0x2019 || c == 0x201D || c == 0x00BB || c == 0x00AB || c == 0x203A || c == 0x201C || c == 0x2018 ||
         (c >= 0x3009 && c <= 0x301F && u_charType((UChar32)c) == U_END_PUNCTUATION) || c == 0xFF09 || c == 0xFF3D ||
         c == 0xFF63;
}

static bool is_leader(uint32_t c) {
  if (c < 0x80) return c == '"' || c == '\'' || c == '(' || c == '[' || c == '-' || c == '`' || c == '*';
  return c == 0xBF || c == 0xA1 || c == 0xAB || c == 0xBB || (c >= 0x2010 && c <= 0x201F) || c == 0x2039 || c == 0x2022;
}

/* A place where a sentence may end: the stop, its closing marks and the white space after it. */
typedef struct pause {
  size_t begin; /* the first stop */
  size_t end;   /* past stops and closing marks */
  size_t next;  /* the first code point that is no white space */
  stop kind;
} pause;

static size_t skip_space(wt_span text, size_t at) {
  for (size_t here = at; here < text.len; at = here)
    if (!wt_is_space(wt_next(text, &here))) break;
  return at;
}

/* Past the closing mark of "« Oui. »", which stands off by a space; in "kam. »Ja«" the same mark opens. */
static size_t spaced_guillemet(wt_span text, size_t at) {
  size_t mark = skip_space(text, at), end = mark;
  if (mark == at || mark == text.len || wt_next(text, &end) != 0xBB) return at;
  size_t after = end;
  return end == text.len || wt_is_space(wt_next(text, &after)) ? end : at;
}

/* Reads the place whose first stop lies at `at`. */
static pause read_pause(wt_span text, size_t at, stop kind) {
  pause place = {.begin = at, .kind = kind};
  unsigned periods = 0;
  for (size_t here = at; here < text.len;) {
    at = here;
    uint32_t c = wt_next(text, &here);
    stop more = stop_of(c);
    if (more == STOP_NONE) break;
    if (more == STOP_PERIOD) periods++;
    if (more > place.kind) place.kind = more;
    at = here;
  }
  if (periods > 1 && place.kind == STOP_PERIOD) place.kind = STOP_DOTS;
  for (size_t here = at; here < text.len;) {
    uint32_t c = wt_next(text, &here);
    bool opens = place.kind == STOP_WIDE && (c == 0x201C || c == 0x2018); /* in Chinese; in German they close */
    if (opens || !is_closer(c)) break;
    at = here;
  }
  place.end = spaced_guillemet(text, at);
  at = place.end;
  place.next = skip_space(text, at);
  return place;
}

/* The word before a full stop, inner stops with it: "U.S" of "U.S.", "Mr" of "Mr.". */
static wt_span word_before(wt_span text, size_t begin, size_t stop_at) {
  size_t at = stop_at;
  while (at > begin && stop_at - at < 24) {
    size_t back = wt_back(text, at), here = back;
    uint32_t c = wt_next(text, &here);
    if (!wt_is_letter(c) && !wt_is_digit(c) && c != '.') break;
    at = back;
  }
  return wt_span_sub(text, at, stop_at);
}

/* The word at `at`, past marks that open one. */
static wt_span word_after(wt_span text, size_t at) {
  size_t begin = at;
  while (at < text.len) {
    size_t here = at;
    if (!is_leader(wt_next(text, &here))) break;
    begin = at = here;
    if (at < text.len && wt_is_space((unsigned char)text.data[at])) begin = ++at; /* "- The" */
  }
  while (at < text.len && at - begin < 40) {
    size_t here = at;
    uint32_t c = wt_next(text, &here);
    if (!wt_is_letter(c) && !wt_is_digit(c)) break;
    at = here;
  }
  return wt_span_sub(text, begin, at);
}

static uint32_t first_of(wt_span word) {
  size_t at = 0;
  return word.len == 0 ? 0 : wt_next(word, &at);
}

/* Does a word in lower case begin here, and not one like "iPhone"? Then the sentence goes on. */
static bool goes_on(wt_span after) {
  if (!wt_is_lower(first_of(after))) return false;
  size_t at = 0;
  wt_next(after, &at);
  return at == after.len || !wt_is_upper(wt_next(after, &at));
}

static bool has_inner_stop(wt_span word) {
  return wt_span_find(word, WT_SPAN(".")) < word.len;
}

/* One letter, or letters with stops between them. */
static bool is_acronym(wt_span word) {
  size_t at = 0, run = 0;
  while (at < word.len) {
    uint32_t c = wt_next(word, &at);
    run = c == '.' ? 0 : run + 1;
    if (run > 2 || (c != '.' && !wt_is_letter(c))) return false;
  }
  return word.len > 0;
}

static bool is_small_number(wt_span word) {
  for (size_t i = 0; i < word.len; i++)
    if (word.data[i] < '0' || word.data[i] > '9') return false;
  return word.len > 0 && word.len <= 2;
}

/* Is the word before `at` written with a capital, so that a letter after it is an initial ("George W.")? */
static bool capital_before(wt_span text, size_t begin, size_t at) {
  while (at > begin && text.data[at - 1] == ' ') at--;
  wt_span before = word_before(text, begin, at);
  return before.len > 0 && wt_is_upper(first_of(before));
}

/* A full stop after one letter: an initial, unless what it follows and what comes say that it was "vitamin C." */
static bool initial_ends(wt_span text, size_t begin, wt_span before, wt_span after) {
  if (!wt_is_opener(after))
    return !wt_is_upper(first_of(before)) && wt_is_upper(first_of(after)) && before.data[0] != 'p';
  size_t at = (size_t)(before.data - text.data);
  return at > begin && !(capital_before(text, begin, at) && after.len == 1);
}

/* Does a single full stop end the sentence that began at `begin`? Then `after` begins with a capital, a digit or a mark. */
static bool period_ends(wt_span text, size_t begin, const pause *place, wt_span after) {
  wt_span before = word_before(text, begin, place->begin);
  bool at_start = before.data == text.data + begin;
  if (before.len == 0) return true;
  if (place->end > place->begin + 1 && !has_inner_stop(before)) return true; /* closed by a quotation mark */
  if (is_small_number(before)) return !at_start && !wt_is_calendar(after);
  bool digit = wt_is_digit(first_of(after));
  if (has_inner_stop(before) && is_acronym(before)) {
    if (wt_is_lower(first_of(before))) return !wt_is_calendar(after) && !digit && before.data[before.len - 1] == 'm';
    return wt_is_opener(after);
  }
  size_t letter = 0;
  wt_next(before, &letter);
  uint32_t first = first_of(before);
  bool ascii = first < 0x80, title = wt_is_title(before);
  bool initial = letter == before.len && wt_is_letter(first) && !wt_is_unspaced(first);
  if (initial && (ascii || !title)) return initial_ends(text, begin, before, after); /* and no Greek Mr, "κ." */
  if (wt_is_abbreviation(before)) return wt_is_opener(after);
  if (title) return ascii && wt_is_lower(first) && !digit && before.len == 2; /* "no. The" */
  return true;
}

/* A wide full stop between two digits is a decimal point. */
static bool is_wide_point(wt_span text, const pause *place) {
  size_t at = place->begin, after = place->end;
  if (at == 0 || wt_next(text, &at) != 0xFF0E || at != place->end) return false;
  size_t before = wt_back(text, place->begin);
  return wt_is_digit(wt_next(text, &before)) && wt_is_digit(wt_next(text, &after));
}

/* After a stop of a wide script a sentence ends, but where the quotation that it closes is part of a longer one. */
static bool wide_ends(wt_span text, const pause *place) {
  if (place->next > place->end || place->next == text.len) return true;
  if (is_wide_point(text, place)) return false;
  size_t at = place->next, last = wt_back(text, place->end);
  uint32_t after = wt_next(text, &at), closer = wt_next(text, &last);
  bool hiragana = after >= 0x3041 && after <= 0x309F;
  return !(is_closer(closer) && (hiragana || after == 0x3001 || after == 0xFF0C));
}

static bool ends(wt_span text, size_t begin, const pause *place) {
  if (place->kind == STOP_WIDE) return wide_ends(text, place);
  if (place->next == place->end || place->next == text.len) return false;
  wt_span after = word_after(text, place->next);
  if (goes_on(after)) return false;
  switch (place->kind) {
  case STOP_DOTS: return after.len > 0;
  case STOP_PERIOD: return period_ends(text, begin, place, after);
  case STOP_STRONG:
  case STOP_WIDE:
  case STOP_NONE: break;
  }
  return true;
}

static bool put(wt_cuts *out, wt_span text, size_t begin, size_t end) {
  while (end > begin) {
    size_t last = wt_back(text, end), here = last;
    if (!wt_is_space(wt_next(text, &here))) break;
    end = last;
  }
  if (end == begin) return true;
  if (!wt_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) return false;
  out->items[out->count++] = (wt_cut){(uint32_t)begin, (uint32_t)end};
  return true;
}

/* The next byte that may begin a stop: ASCII, or the lead byte of one of those above ASCII. */
static size_t find_stop(wt_span text, size_t at) {
  static const bool begins[256] = {
      ['.'] = true,  ['!'] = true,  ['?'] = true,  [0xD6] = true, [0xD7] = true, [0xD8] = true, [0xD9] = true,
      [0xDA] = true, [0xDB] = true, [0xE0] = true, [0xE1] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true};
  while (at < text.len && !begins[(unsigned char)text.data[at]]) at++;
  return at;
}

wt_status wt_sentences_cut(wt_cuts *out, wt_span text, wt_error *err) {
  out->count = 0;
  if (text.len >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, "sentences", -1, "a text of 4 GiB or more");
  size_t begin = skip_space(text, 0), at = begin;
  while ((at = find_stop(text, at)) < text.len) {
    size_t here = at;
    stop kind = stop_of(wt_next(text, &here));
    if (kind == STOP_NONE) {
      at = here;
      continue;
    }
    pause place = read_pause(text, at, kind);
    at = place.end > at ? place.end : here;
    if (!ends(text, begin, &place)) continue;
    if (!put(out, text, begin, place.end)) goto failed;
    begin = at = place.next;
  }
  if (put(out, text, begin, text.len)) return WT_OK;
failed:
  return wt_fail(err, WT_ENOMEM, "sentences", -1, "out of memory");
}
