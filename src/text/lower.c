/* Lower case sixteen bytes at a time, in the compiler's vector types. */
#include "lower.h"

#include <string.h>

typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef signed char flags16 __attribute__((vector_size(16))); /* what comparing gives: 0 or -1 */

static bool is_alnum(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_joint(unsigned char c) {
  return c == '\'' || c == '-' || c == '`';
}

/* May the byte at `at` be copied without a thought of its neighbours' meaning? */
static bool is_plain(wt_span text, size_t at) {
  unsigned char c = (unsigned char)text.data[at];
  if (c < ' ' || c >= 0x7F) return false;
  if (c == ' ')
    return at > 0 && at + 1 < text.len && text.data[at - 1] != ' ' && (unsigned char)text.data[at + 1] > ' ';
  if (!is_joint(c)) return true;
  return c != '`' && at > 0 && at + 1 < text.len && is_alnum((unsigned char)text.data[at - 1]) &&
         is_alnum((unsigned char)text.data[at + 1]);
}

static char lower(char c) {
  return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

size_t wt_lower_plain_scalar(char *out, wt_span text) {
  size_t at = 0;
  for (; at < text.len && is_plain(text, at); at++) out[at] = lower(text.data[at]);
  return at;
}

static bytes16 load(const char *from) {
  bytes16 v;
  memcpy(&v, from, sizeof v);
  return v;
}

/* One bit a byte of an all-or-nothing mask. */
static unsigned mask_of(flags16 v) {
  uint64_t half[2];
  memcpy(half, &v, sizeof half);
  const uint64_t weights = 0x8040201008040201u, spread = 0x0101010101010101u;
  unsigned low = (unsigned)(((half[0] & weights) * spread) >> 56),
           high = (unsigned)(((half[1] & weights) * spread) >> 56);
  return low | high << 8;
}

/* Writes 16 bytes in lower case; gives a bit for each that is_plain must look at. */
static unsigned lower16(char *out, const char *from) {
  bytes16 v = load(from), next = load(from + 1);
  flags16 upper = (v >= 'A') & (v <= 'Z');
  bytes16 lowered = v | ((bytes16)upper & 0x20);
  memcpy(out, &lowered, sizeof lowered);
  flags16 space = v == ' ';
  flags16 odd =
      (v < ' ') | (v >= 0x7F) | (v == '\'') | (v == '-') | (v == '`') | (space & ((next <= ' ') | (next >= 0x7F)));
  uint64_t any[2];
  memcpy(any, &odd, sizeof any);
  return (any[0] | any[1]) == 0 ? 0 : mask_of(odd);
}

size_t wt_lower_plain(char *out, wt_span text) {
  size_t at = 0;
  if (text.len > 0 && !is_plain(text, 0)) return 0;
  while (at + 17 <= text.len) {
    unsigned odd = lower16(out + at, text.data + at);
    while (odd != 0) {
      size_t bad = at + (size_t)__builtin_ctz(odd);
      if (!is_plain(text, bad)) return bad;
      odd &= odd - 1;
    }
    at += 16;
  }
  for (; at < text.len && is_plain(text, at); at++) out[at] = lower(text.data[at]);
  return at;
}
