/* UTF-8 by RFC 3629; ill-formed bytes by maximal subparts (Unicode 15, section 3.9, table 3-8). */
#include "wt/base.h"

#include <string.h>

/* Bytes that follow a lead byte, the bits it brings, and the range that the second byte must be in: this is what keeps
   overlong forms, surrogates and values past U+10FFFF out. */
typedef struct lead {
  unsigned tail;
  uint32_t bits;
  unsigned char low, high;
} lead;

static lead lead_of(unsigned char b) {
  if (b >= 0xC2 && b <= 0xDF) return (lead){1, b & 0x1Fu, 0x80, 0xBF};
  if (b == 0xE0) return (lead){2, 0, 0xA0, 0xBF};
  if (b == 0xED) return (lead){2, 0xD, 0x80, 0x9F};
  if (b >= 0xE1 && b <= 0xEF) return (lead){2, b & 0xFu, 0x80, 0xBF};
  if (b == 0xF0) return (lead){3, 0, 0x90, 0xBF};
  if (b == 0xF4) return (lead){3, 4, 0x80, 0x8F};
  if (b >= 0xF1 && b <= 0xF3) return (lead){3, b & 7u, 0x80, 0xBF};
  return (lead){0, 0, 0, 0};
}

uint32_t wt_utf8_next(wt_span text, size_t *at) {
  unsigned char b = (unsigned char)text.data[(*at)++];
  if (b < 0x80) return b;
  lead l = lead_of(b);
  if (l.tail == 0) return WT_NOT_UTF8;
  uint32_t c = l.bits;
  for (unsigned i = 0; i < l.tail; i++) {
    if (*at >= text.len) return WT_NOT_UTF8;
    unsigned char next = (unsigned char)text.data[*at];
    if (next < l.low || next > l.high) return WT_NOT_UTF8;
    c = c << 6 | (next & 0x3Fu);
    l.low = 0x80;
    l.high = 0xBF;
    (*at)++;
  }
  return c;
}

/* Most news is ASCII: eight bytes at a time. */
static size_t skip_ascii(wt_span text, size_t at) {
  while (at + 8 <= text.len) {
    uint64_t word;
    memcpy(&word, text.data + at, 8);
    if (word & UINT64_C(0x8080808080808080)) break;
    at += 8;
  }
  return at;
}

size_t wt_utf8_valid(wt_span text) {
  for (size_t at = 0; at < text.len;) {
    at = skip_ascii(text, at);
    if (at >= text.len) break;
    size_t start = at;
    if (wt_utf8_next(text, &at) == WT_NOT_UTF8) return start;
  }
  return text.len;
}

size_t wt_utf8_count(wt_span text) {
  size_t count = 0;
  for (size_t at = 0; at < text.len;) {
    size_t plain = skip_ascii(text, at);
    count += plain - at;
    if ((at = plain) == text.len) break;
    wt_utf8_next(text, &at);
    count++;
  }
  return count;
}
