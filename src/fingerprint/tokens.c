/*
 * Cuts folded text into words, 64 bytes at a time: each byte becomes a bit that says whether it is of a word, and words are
 * where the bits change (the way of simdjson: Langdale and Lemire 2019). Vector types are the compiler's, so that the same
 * code serves every machine. Words with bytes above ASCII take the slow path.
 */
#include "tokens.h"

#include <string.h>

/* ---- classes of bytes ---- */

typedef unsigned char bytes16 __attribute__((vector_size(16)));
typedef signed char flags16 __attribute__((vector_size(16)));

static uint64_t mask_of(flags16 v) {
#if defined(__SSE2__)
  typedef char chars16 __attribute__((vector_size(16)));
  return (uint64_t)(unsigned)__builtin_ia32_pmovmskb128((chars16)v);
#else
  uint64_t half[2];
  memcpy(half, &v, sizeof half);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  half[0] = __builtin_bswap64(half[0]);
  half[1] = __builtin_bswap64(half[1]);
#endif
  const uint64_t weights = 0x8040201008040201u, spread = 0x0101010101010101u;
  return (((half[0] & weights) * spread) >> 56) | ((((half[1] & weights) * spread) >> 56) << 8);
#endif
}

wt_byte_classes wt_classify64(const char *from) {
  wt_byte_classes classes = {0};
  for (unsigned i = 0; i < 4; i++) {
    bytes16 v;
    memcpy(&v, from + 16 * (size_t)i, sizeof v);
    flags16 high = v >= 0x80;
    flags16 word = ((v >= 'a') & (v <= 'z')) | ((v >= '0') & (v <= '9')) | high;
    flags16 joint = (v == '\'') | (v == '.') | (v == ',');
    classes.word |= mask_of(word) << (16 * i);
    classes.joint |= mask_of(joint) << (16 * i);
    classes.high |= mask_of(high) << (16 * i);
  }
  return classes;
}

static bool is_word_byte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

wt_byte_classes wt_classify64_scalar(const char *from) {
  wt_byte_classes classes = {0};
  for (unsigned i = 0; i < 64; i++) {
    unsigned char c = (unsigned char)from[i];
    uint64_t bit = (uint64_t)1 << i;
    if (is_word_byte(c)) classes.word |= bit;
    if (c == '\'' || c == '.' || c == ',') classes.joint |= bit;
    if (c >= 0x80) classes.high |= bit;
  }
  return classes;
}

/* ---- one token ---- */

static uint64_t load64(const char *from) {
  uint64_t x;
  memcpy(&x, from, sizeof x);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  x = __builtin_bswap64(x);
#endif
  return x;
}

/* The first len bytes, at most 8. */
static uint64_t head(const char *from, size_t len) {
  static const uint64_t masks[9] = {
      0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF};
  return load64(from) & masks[len];
}

static inline uint64_t hash_of(const char *word, size_t len) {
  const uint64_t k0 = 0x9E3779B97F4A7C15u, k1 = 0xD6E8FEB86659FD93u, k2 = 0xA0761D6478BD642Fu;
  if (len > 16) return wt_hash64((wt_span){word, len}) & ~(uint64_t)WT_TOKEN_CLASS;
  size_t first = len < 8 ? len : 8;
  uint64_t h = (head(word, first) ^ (k0 * (uint64_t)len)) * k1;
  h = (h ^ (h >> 29) ^ head(word + 8, len - first)) * k2; /* without a branch: lengths cannot be foreseen */
  return (h ^ (h >> 32)) & ~(uint64_t)WT_TOKEN_CLASS;
}

uint64_t wt_token_hash(const char *word, size_t len) {
  return hash_of(word, len);
}

/* ---- words above ASCII ---- */

static bool is_joint(char c) {
  return c == '\'' || c == '.' || c == ',';
}

static uint64_t *put_word(uint64_t *out, wt_span text, size_t begin, size_t end) {
  while (begin < end && is_joint(text.data[begin])) begin++;
  while (begin < end && is_joint(text.data[end - 1])) end--;
  if (end > begin) *out++ = wt_token_hash(text.data + begin, end - begin);
  return out;
}

/* A run of word bytes that holds some above ASCII: marks part it, characters of scripts without spaces stand alone. */
static uint64_t *put_high(uint64_t *out, wt_span text, size_t begin, size_t end) {
  size_t word = begin, at = begin;
  text.len = end;
  while (at < end) {
    size_t here = at;
    wt_char_class kind = wt_char_class_of(wt_utf8_next(text, &at));
    if (kind == WT_CHAR_WORD || (kind == WT_CHAR_OTHER && (unsigned char)text.data[here] < 0x80))
      continue; /* a joint is of the word */
    out = put_word(out, text, word, here);
    word = at;
    uint64_t bits = kind == WT_CHAR_IDEOGRAPH ? WT_TOKEN_IDEOGRAPH : WT_TOKEN_CHARACTER;
    if (kind != WT_CHAR_OTHER) *out++ = wt_token_hash(text.data + here, at - here) | bits;
  }
  return put_word(out, text, word, end);
}

/* ---- the text ---- */

/* What goes on from one block of 64 bytes to the next. */
typedef struct cutter {
  wt_span text;
  uint64_t *out;
  size_t begin; /* of the word that is open; SIZE_MAX: none is */
  size_t high;  /* past the last byte above ASCII */
} cutter;

static inline void put_between(cutter *cut, size_t begin, size_t end) {
  if (cut->high > begin)
    cut->out = put_high(cut->out, cut->text, begin, end);
  else
    *cut->out++ = hash_of(cut->text.data + begin, end - begin);
}

/* Bytes of words, with the joints between two of them. */
static uint64_t word_bits(const cutter *cut, wt_byte_classes classes, size_t at, size_t len) {
  const char *from = cut->text.data + at;
  uint64_t before = at > 0 && is_word_byte((unsigned char)from[-1]);
  uint64_t after = len > 64 && is_word_byte((unsigned char)from[64]);
  uint64_t joined = classes.joint & (classes.word << 1 | before) & (classes.word >> 1 | after << 63);
  return classes.word | joined;
}

/* The words that end in a block of ASCII alone; gives where the one begins that is open at its end. */
static size_t put_plain(cutter *cut, size_t begin, size_t at, uint64_t edges) {
  uint64_t *out = cut->out;
  const char *data = cut->text.data;
  for (; edges != 0; edges &= edges - 1) {
    size_t edge = at + (size_t)__builtin_ctzll(edges);
    if (begin == SIZE_MAX) {
      begin = edge;
      edges &= edges - 1;
      if (edges == 0) break;
      edge = at + (size_t)__builtin_ctzll(edges);
    }
    *out++ = hash_of(data + begin, edge - begin);
    begin = SIZE_MAX;
  }
  cut->out = out;
  return begin;
}

/* The same for a block, or an open word, with bytes above ASCII. */
static size_t put_mixed(cutter *cut, size_t begin, size_t at, uint64_t edges, uint64_t high) {
  for (; edges != 0; edges &= edges - 1) {
    unsigned bit = (unsigned)__builtin_ctzll(edges);
    if (begin == SIZE_MAX) {
      begin = at + bit;
      continue;
    }
    uint64_t below = high & (((uint64_t)1 << bit) - 1);
    if (below != 0) cut->high = at + 64 - (size_t)__builtin_clzll(below);
    put_between(cut, begin, at + bit);
    begin = SIZE_MAX;
  }
  if (high != 0) cut->high = at + 64 - (size_t)__builtin_clzll(high);
  return begin;
}

static void put_block(cutter *cut, size_t at, size_t len) {
  wt_byte_classes classes = wt_classify64(cut->text.data + at);
  if (len < 64) {
    uint64_t inside = ((uint64_t)1 << len) - 1;
    classes.word &= inside;
    classes.high &= inside;
  }
  uint64_t word = word_bits(cut, classes, at, len);
  uint64_t edges = word ^ (word << 1 | (cut->begin != SIZE_MAX));
  size_t begin = cut->begin;
  if (classes.high == 0 && cut->high <= (begin == SIZE_MAX ? at : begin))
    begin = put_plain(cut, begin, at, edges);
  else
    begin = put_mixed(cut, begin, at, edges, classes.high);
  cut->begin = begin;
}

bool wt_tokens_put(wt_tokens tokens, wt_span folded) {
  size_t before = *tokens.count, most = before + folded.len / 2 + 1; /* every word of one byte has another after it */
  if (*tokens.capacity < most && !wt_grow(tokens.items, tokens.capacity, most, sizeof(uint64_t))) return false;
  cutter cut = {.text = folded, .out = *tokens.items + before, .begin = SIZE_MAX};
  for (size_t at = 0; at < folded.len; at += 64) put_block(&cut, at, folded.len - at);
  if (cut.begin != SIZE_MAX) put_between(&cut, cut.begin, folded.len);
  *tokens.count = (size_t)(cut.out - *tokens.items);
  return true;
}
