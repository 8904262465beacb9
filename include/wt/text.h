/*
 * text: charsets, folding, words, sentences, paragraphs.
 *
 * Invariants
 *   - All text past wt_decode is well-formed UTF-8 without NUL.
 *   - Cutting never depends on locale: ICU is asked for the root locale only.
 *   - Cuts are byte offsets into the span given, in order, and never overlap.
 */
#ifndef WT_TEXT_H
#define WT_TEXT_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "ICU 72.1": what cuts, folds and decodes beside our own rules. Cuts may differ from version to version. */
enum { WT_TEXT_VERSION = 32 };
WT_API void wt_text_version(char out[WT_TEXT_VERSION]);

/* ---- charsets ---- */

typedef struct wt_decode_hints {
  wt_span http;   /* charset of a Content-Type header; empty: none */
  wt_span markup; /* charset that the document declares; empty: none */
} wt_decode_hints;

typedef struct wt_decoded {
  char charset[40];  /* IANA name of what was read */
  bool had_mark;     /* a byte order mark was there, and taken off */
  bool double_utf8;  /* UTF-8 that had been read as windows-1252 and encoded again: mended */
  uint32_t replaced; /* ill-formed sequences that became U+FFFD */
  uint32_t controls; /* NUL and other C0/C1 controls (but TAB, LF, CR, FF) that were taken out */
} wt_decoded;

/* Any bytes to UTF-8, appended to out. Order: byte order mark, http, markup, UTF-8 when well-formed, UTF-16 without a
   mark by its zero bytes, ICU's detector, windows-1252. A hint that the bytes contradict is passed over. Always gives
   text; fails only for memory. */
WT_API wt_status wt_decode(wt_buf *out, wt_decoded *how, wt_span bytes, const wt_decode_hints *hints, wt_error *err);

/* ---- white space and folding ---- */

/* Runs of white space (Unicode White_Space) become one U+0020, none at the ends. Appended. */
WT_API void wt_squeeze(wt_buf *out, wt_span text);
/* The folded form: NFC, case folded (full, root), quotes, dashes and spaces unified, soft hyphens and other default
   ignorables out, white space squeezed. Keeps every digit, sign, currency mark, percent sign and decimal point:
   a minus before a digit is never unified away. Appended; idempotent. ASCII takes a fast path. */
WT_API wt_status wt_fold(wt_buf *out, wt_span text, wt_error *err);

/* ---- words ---- */

typedef enum wt_word_kind { WT_WORD_LETTERS, WT_WORD_NUMBER, WT_WORD_SPACE, WT_WORD_MARK } wt_word_kind;

typedef struct wt_word {
  uint32_t begin, end;
  wt_word_kind kind;
} wt_word;

typedef struct wt_words {
  wt_word *items;
  size_t count, capacity;
} wt_words;

/* Cuts text into words, numbers, white space and marks; together they cover it. A number keeps its sign, currency mark,
   decimal point, grouping and percent sign; a word keeps its apostrophe and its hyphens (Oslo-based is one word).
   Han, kana, Thai, Lao, Khmer and Burmese are cut by ICU. Replaces what out held; out keeps its memory for reuse.
   WT_ENOMEM; WT_ELIMIT for a text of 4 GiB, as for the cutters below. */
WT_API wt_status wt_words_cut(wt_words *out, wt_span text, wt_error *err);
WT_API void wt_words_release(wt_words *words);

/* What a code point is to a reader who shingles: of a word, a word by itself, or between words. */
typedef enum wt_char_class {
  WT_CHAR_OTHER,     /* white space, marks, symbols, WT_NOT_UTF8 */
  WT_CHAR_WORD,      /* letters, combining marks, digits */
  WT_CHAR_IDEOGRAPH, /* Han, kana */
  WT_CHAR_UNSPACED   /* letters of Thai, Lao, Khmer, Burmese */
} wt_char_class;
WT_API wt_char_class wt_char_class_of(uint32_t code_point);
/* 0 to 9 for a decimal digit of any script (Unicode Nd: 5, ٥, ５); -1 for anything else. */
WT_API int wt_digit_value(uint32_t code_point);
/* A letter in upper or title case; false in scripts that have no case. */
WT_API bool wt_is_capital(uint32_t code_point);
/* Punctuation of any script (Unicode P), and no symbol. */
WT_API bool wt_is_punctuation(uint32_t code_point);

/* ---- sentences ---- */

typedef struct wt_cut {
  uint32_t begin, end;
} wt_cut;

typedef struct wt_cuts {
  wt_cut *items;
  size_t count, capacity;
} wt_cuts;

/* Cuts a block's text into sentences. Each cut is without white space at its ends; between two cuts lies at most white
   space; all else is covered. Initials, titles, decimal points and closing quotes do not end a sentence. Replaces. */
WT_API wt_status wt_sentences_cut(wt_cuts *out, wt_span text, wt_error *err);
/* Cuts decoded plain text into paragraphs (hard wraps joined or not, as the text shows). Replaces. */
WT_API wt_status wt_paragraphs_cut(wt_cuts *out, wt_span text, wt_error *err);
WT_API void wt_cuts_release(wt_cuts *cuts);

/* ---- languages ---- */

#define WT_LANGUAGE_MAX 36

/* What a source says its language is, as a BCP 47 tag: '_' becomes '-', what follows a comma, dot, '@' or blank goes, the
   language itself is in lower case. False, with tag in any state, for what is none: bad form, or no language that ICU
   knows ("utf-8", "english"). */
WT_API bool wt_language_tag(char tag[WT_LANGUAGE_MAX], wt_span said);

#ifdef __cplusplus
}
#endif
#endif
