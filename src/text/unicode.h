/* What the layer asks of a code point. ASCII never leaves this file; the rest is ICU's property tables. */
#ifndef WT_TEXT_UNICODE_H
#define WT_TEXT_UNICODE_H

#include "wt/text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <string.h>

/* The code point at *at, and *at moved past it; U+FFFD for what is ill-formed. */
static inline uint32_t wt_next(wt_span text, size_t *at) {
  unsigned char c = (unsigned char)text.data[*at];
  if (c < 0x80) {
    (*at)++;
    return c;
  }
  uint32_t code_point = wt_utf8_next(text, at);
  return code_point == WT_NOT_UTF8 ? 0xFFFD : code_point;
}

/* Eight bytes at a time: from `at` on, past such as are printable ASCII. What stops it is within the next eight bytes. */
static inline size_t wt_skip_plain(wt_span text, size_t at) {
  const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
  for (uint64_t word; at + sizeof word <= text.len; at += sizeof word) {
    memcpy(&word, text.data + at, sizeof word);
    if (((word - ones * 0x20) | (word + ones) | word) & high) break; /* below 0x20, 0x7F, above */
  }
  return at;
}

/* Where the code point before `at` begins; at must be > 0. */
static inline size_t wt_back(wt_span text, size_t at) {
  size_t low = at > 4 ? at - 4 : 0;
  do at--;
  while (at > low && ((unsigned char)text.data[at] & 0xC0) == 0x80);
  return at;
}

static inline bool wt_is_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return u_hasBinaryProperty((UChar32)c, UCHAR_WHITE_SPACE);
}

static inline bool wt_is_digit(uint32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_isdigit((UChar32)c);
}

static inline bool wt_is_ascii_letter(uint32_t c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool wt_is_letter(uint32_t c) {
  if (c < 0x80) return wt_is_ascii_letter(c);
  return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_NL_MASK)) != 0;
}

static inline bool wt_is_lower(uint32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return u_islower((UChar32)c);
}

static inline bool wt_is_upper(uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isupper((UChar32)c) || u_istitle((UChar32)c);
}

static inline bool wt_is_currency(uint32_t c) {
  if (c < 0x80) return c == '$';
  return u_charType((UChar32)c) == U_CURRENCY_SYMBOL;
}

/* Scripts that are written without spaces between words, so that only a dictionary finds the words. */
static inline bool wt_is_unspaced(uint32_t c) {
  if (c < 0x0E00) return false;
  if (c < 0x1100) return c < 0x0F00 || (c >= 0x1000 && c < 0x10A0); /* Thai, Lao, Myanmar */
  if (c >= 0x1780 && c < 0x1800) return true;                       /* Khmer */
  if (c < 0x2E80) return false;
  return (c >= 0x3040 && c < 0x3100) || (c >= 0x31F0 && c < 0x3200) || (c >= 0x3400 && c < 0x4DC0) ||
         (c >= 0x4E00 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xFF66 && c < 0xFFA0) ||
         (c >= 0x20000 && c < 0x32000) || c == 0x3005 || c == 0x3007 || c == 0x303B; /* kana, Han */
}

#endif
