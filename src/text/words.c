/*
 * Words, numbers, white space and marks of a text, in one pass.
 *
 * The rules are ours, not UAX 29's: a number keeps its sign and its currency mark, a word its hyphens, for a reader of
 * edits wants "$1.5bn" and "Oslo-based" whole. Only runs of scripts without spaces go to ICU's dictionaries.
 */
#include "unicode.h"

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

void wt_words_release(wt_words *words) {
  wt_free(words->items);
  *words = (wt_words){0};
}

wt_char_class wt_char_class_of(uint32_t c) {
  if (c > 0x10FFFF) return WT_CHAR_OTHER;
  if (c < 0x80) return wt_is_ascii_letter(c) || (c >= '0' && c <= '9') ? WT_CHAR_WORD : WT_CHAR_OTHER;
  uint32_t category = U_GET_GC_MASK((UChar32)c);
  bool is_letter = (category & (U_GC_L_MASK | U_GC_NL_MASK)) != 0;
  if (wt_is_unspaced(c) && is_letter) return c < 0x2E80 ? WT_CHAR_UNSPACED : WT_CHAR_IDEOGRAPH;
  if (wt_is_unspaced(c) && (category & U_GC_M_MASK) != 0)
    return WT_CHAR_OTHER; /* a vowel sign: its letter stands for both */
  return (category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0 ? WT_CHAR_WORD : WT_CHAR_OTHER;
}

int wt_digit_value(uint32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
  return c > 0x10FFFF || !u_isdigit((UChar32)c) ? -1 : u_charDigitValue((UChar32)c);
}

bool wt_is_capital(uint32_t c) {
  return c <= 0x10FFFF && wt_is_upper(c);
}

bool wt_is_punctuation(uint32_t c) {
  return c <= 0x10FFFF && u_ispunct((UChar32)c);
}

typedef struct cutter {
  wt_words *out;
  wt_span text;
  UBreakIterator *dictionary; /* opened when a run needs it */
  bool failed;
} cutter;

static bool make_room(cutter *cut) {
  cut->failed = !wt_grow(&cut->out->items, &cut->out->capacity, cut->out->count + 1, sizeof *cut->out->items);
  return !cut->failed;
}

static inline void put(cutter *cut, size_t begin, size_t end, wt_word_kind kind) {
  wt_words *out = cut->out;
  if (out->count == out->capacity && !make_room(cut)) return;
  out->items[out->count++] = (wt_word){(uint32_t)begin, (uint32_t)end, kind};
}

/* The code point at `at` without moving; 0 at the end, which is no word's. */
static uint32_t peek(wt_span text, size_t at, size_t *next) {
  *next = at;
  return at < text.len ? wt_next(text, next) : 0;
}

/* ---- scripts without spaces ---- */

/* Is c a letter, mark or digit that goes on a dictionary run? */
static bool goes_on(uint32_t c) {
  return c >= 0x80 && (wt_is_unspaced(c) || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0 || c == 0x30FC);
}

static size_t run_end(wt_span text, size_t at) {
  const size_t most = 16384; /* a dictionary wants context, and memory is bounded */
  size_t begin = at;
  while (at < text.len && at - begin < most) {
    size_t next;
    if (!goes_on(peek(text, at, &next))) break;
    at = next;
  }
  return at;
}

static bool open_dictionary(cutter *cut) {
  UErrorCode code = U_ZERO_ERROR;
  if (cut->dictionary == NULL) cut->dictionary = ubrk_open(UBRK_WORD, "", NULL, 0, &code);
  return U_SUCCESS(code) && cut->dictionary != NULL;
}

static size_t cut_run(cutter *cut, size_t begin) {
  size_t end = run_end(cut->text, begin);
  UErrorCode code = U_ZERO_ERROR;
  UText utext = UTEXT_INITIALIZER;
  if (!open_dictionary(cut)) goto failed;
  utext_openUTF8(&utext, cut->text.data + begin, (int64_t)(end - begin), &code);
  ubrk_setUText(cut->dictionary, &utext, &code);
  if (U_FAILURE(code)) goto failed;
  int32_t from = ubrk_first(cut->dictionary);
  for (int32_t to = ubrk_next(cut->dictionary); to != UBRK_DONE; from = to, to = ubrk_next(cut->dictionary))
    put(cut, begin + (size_t)from, begin + (size_t)to, WT_WORD_LETTERS);
  utext_close(&utext);
  return end;
failed:
  utext_close(&utext);
  cut->failed = true;
  return end;
}

/* ---- numbers ---- */

static bool is_sign(uint32_t c) {
  return c == '-' || c == '+' || c == 0x2212 || c == 0x2013;
}

/* Where the digits of a number begin that starts at `at` with sign and currency in any order ("-$5", "$-5", "US$5");
   SIZE_MAX when none does. */
static size_t digits_at(wt_span text, size_t at, bool may_sign) {
  bool sign = !may_sign, currency = false;
  for (;;) {
    size_t next;
    uint32_t c = peek(text, at, &next);
    if (wt_is_digit(c)) return at;
    if (c == '.' && next < text.len && wt_is_digit((unsigned char)text.data[next])) return at; /* .5 */
    if (!sign && is_sign(c))
      sign = true;
    else if (!currency && wt_is_currency(c))
      currency = true;
    else
      return SIZE_MAX;
    at = next;
  }
}

static bool is_group_mark(uint32_t c) {
  return c == '.' || c == ',' || c == ':' || c == '\'' || c == 0x2019 || c == 0x066B || c == 0x066C;
}

/* A letter that may stand in a word of spaces. */
static bool is_word_letter(uint32_t c) {
  return wt_is_letter(c) && !wt_is_unspaced(c);
}

/* A hyphen or apostrophe. */
static bool is_link(uint32_t c) {
  return c == '\'' || c == '-' || c == 0x2019 || c == 0x2010 || c == 0x2011;
}

/* Past digits with their grouping and decimal marks, "%", and letters or hyphenated words joined on ("1.5bn",
   "10-year-old"); a hyphen before a digit parts two numbers ("2010-2020"). */
static size_t number_end(wt_span text, size_t at) {
  bool letters = false;
  for (;;) {
    size_t next, after;
    uint32_t c = peek(text, at, &next);
    if (c != 0 && (wt_is_digit(c) || is_word_letter(c))) {
      letters = letters || !wt_is_digit(c);
      at = next;
      continue;
    }
    uint32_t d = peek(text, next, &after);
    if (c != 0 && is_group_mark(c) && wt_is_digit(d) && !letters)
      at = after;
    else if (is_link(c) && is_word_letter(d))
      at = after, letters = true;
    else
      return c == '%' || c == 0x2030 || c == 0xB0 || wt_is_currency(c) ? next : at;
  }
}

/* ---- words ---- */

static bool is_joiner(uint32_t c) {
  return is_link(c) || c == 0xAD || c == '&' || c == '@' || c == '_' || c == 0xB7;
}

/* Past letters, digits, and single joiners or full stops between them ("don't", "Oslo-based", "AT&T", "U.S.", "B-52"). */
static size_t letters_end(wt_span text, size_t at) {
  size_t begin = at;
  bool dotted = false;
  for (;;) {
    size_t next, after;
    uint32_t c = peek(text, at, &next);
    if (c < 0x80 ? wt_is_ascii_letter(c) || (c >= '0' && c <= '9') : is_word_letter(c) || wt_is_digit(c)) {
      at = next;
      continue;
    }
    uint32_t d = peek(text, next, &after);
    bool joined = d != 0 && (is_word_letter(d) || wt_is_digit(d));
    if (joined && is_joiner(c))
      at = next;
    else if (joined && c == '.')
      at = next, dotted = true;
    else if (c == '.' && dotted && at - begin < 12 && text.data[wt_back(text, at) - 1] == '.')
      return next; /* the last stop of "U.S." */
    else
      return at;
  }
}

/* ---- the text ---- */

static size_t spaces_end(wt_span text, size_t at) {
  for (;;) {
    size_t next;
    uint32_t c = peek(text, at, &next);
    if (at == text.len || !wt_is_space(c)) return at;
    at = next;
  }
}

/* May a sign stand at `at`? Not between two numbers or words. */
static bool sign_may_stand(wt_span text, size_t at) {
  if (at == 0) return true;
  size_t before = wt_back(text, at);
  uint32_t c = wt_next(text, &before);
  return !wt_is_letter(c) && !wt_is_digit(c) && c != '%' && c != ')';
}

static size_t piece(cutter *cut, size_t begin, size_t end, wt_word_kind kind) {
  put(cut, begin, end, kind);
  return end;
}

/* A word, or an amount such as "US$5" that begins with capitals. */
static size_t cut_word(cutter *cut, size_t at, uint32_t first, size_t next) {
  size_t end = letters_end(cut->text, next);
  size_t digits = wt_is_upper(first) && end - at <= 3 ? digits_at(cut->text, end, false) : SIZE_MAX;
  if (digits == SIZE_MAX || digits == end) return piece(cut, at, end, WT_WORD_LETTERS);
  return piece(cut, at, number_end(cut->text, digits), WT_WORD_NUMBER);
}

/* A number that begins with a sign, a currency mark or a decimal point; else a mark. */
static size_t cut_mark(cutter *cut, size_t at, uint32_t first, size_t next) {
  wt_span text = cut->text;
  bool may_sign = sign_may_stand(text, at);
  bool begins = wt_is_currency(first) || (may_sign && (is_sign(first) || first == '.'));
  size_t digits = begins ? digits_at(text, at, may_sign) : SIZE_MAX;
  if (digits == SIZE_MAX) return piece(cut, at, next, WT_WORD_MARK);
  if (text.data[digits] == '.') digits++;
  return piece(cut, at, number_end(text, digits), WT_WORD_NUMBER);
}

/* A plain ASCII word or one space, which is what most pieces are. SIZE_MAX when it takes a closer look. */
static size_t cut_plain(cutter *cut, size_t at) {
  wt_span text = cut->text;
  unsigned char c = (unsigned char)text.data[at];
  if (c == ' ') {
    unsigned char next = at + 1 < text.len ? (unsigned char)text.data[at + 1] : 0;
    return next > ' ' && next < 0x80 ? piece(cut, at, at + 1, WT_WORD_SPACE) : SIZE_MAX;
  }
  size_t end = at;
  while (end < text.len && wt_is_ascii_letter((unsigned char)text.data[end])) end++;
  if (end == at || end == text.len) return SIZE_MAX;
  c = (unsigned char)text.data[end];
  if (c != ' ' && c != ',') return SIZE_MAX;
  return piece(cut, at, end, WT_WORD_LETTERS);
}

/* Cuts the piece at `at` and gives its end. */
static size_t cut_one(cutter *cut, size_t at) {
  size_t next = cut_plain(cut, at);
  if (next != SIZE_MAX) return next;
  uint32_t c = peek(cut->text, at, &next);
  if (wt_is_space(c)) return piece(cut, at, spaces_end(cut->text, next), WT_WORD_SPACE);
  if (wt_is_unspaced(c)) return cut_run(cut, at);
  if (wt_is_digit(c)) return piece(cut, at, number_end(cut->text, at), WT_WORD_NUMBER);
  if (is_word_letter(c)) return cut_word(cut, at, c, next);
  return cut_mark(cut, at, c, next);
}

wt_status wt_words_cut(wt_words *out, wt_span text, wt_error *err) {
  out->count = 0;
  if (text.len >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, "words", -1, "a text of 4 GiB or more");
  cutter cut = {.out = out, .text = text};
  for (size_t at = 0; at < text.len && !cut.failed;) at = cut_one(&cut, at);
  if (cut.dictionary != NULL) ubrk_close(cut.dictionary);
  return cut.failed ? wt_fail(err, WT_ENOMEM, "words", -1, "out of memory") : WT_OK;
}
