/*
 * Shingles: runs of words, hashed and sampled by FracMinHash (Irber et al. 2022). Two texts that share a run keep or drop
 * its hash together, so that a small text inside a large one is found, which sketches of fixed size miss.
 */
#include "shingles.h"

#include <string.h>

#define SHORT_RUN 32 /* below, insertion sort is the faster */

static inline uint64_t turn(uint64_t x, unsigned by) {
  return x << (by & 63) | x >> (-by & 63);
}

/* A bijection that spreads any difference over all bits (Stafford's variant 13 of MurmurHash3's finaliser). */
static inline uint64_t spread(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

/* Of the five words that end with `last`: the loop below written out, for this is where time goes. */
static inline uint64_t word_shingle(const uint64_t *last) {
  return spread(last[0] ^ turn(last[-1], 11) ^ turn(last[-2], 22) ^ turn(last[-3], 33) ^ turn(last[-4], 44));
}

/* Of the run of `width` tokens that ends with `last`; each place turns its token by another number of bits. */
static uint64_t shingle(const uint64_t *last, unsigned width) {
  uint64_t x = 0;
  for (unsigned i = 0; i < width; i++) x ^= turn(*(last - i), 11 * i);
  return spread(x);
}

static unsigned width_of(uint64_t token) {
  static const unsigned widths[] = {WT_SHINGLE_WORDS, 8, 16, WT_SHINGLE_WORDS};
  return widths[token & WT_TOKEN_CLASS];
}

/* Of the run that ends with token `i` of a script without spaces; a hash that no sample keeps when there are too few. */
static uint64_t character_shingle(const uint64_t *tokens, size_t i) {
  unsigned width = width_of(tokens[i]);
  return i + 1 >= width ? shingle(tokens + i, width) : UINT64_MAX;
}

uint64_t wt_shingle_at(uint32_t *width, const wt_fingerprint *fingerprint, size_t i) {
  *width = width_of(fingerprint->tokens[i]);
  if (i + 1 < *width) *width = 0;
  return *width == 0 ? UINT64_MAX : shingle(fingerprint->tokens + i, *width);
}

static void insertion_sort(uint64_t *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    uint64_t x = items[i];
    size_t k = i;
    for (; k > 0 && items[k - 1] > x; k--) items[k] = items[k - 1];
    items[k] = x;
  }
}

static void merge(uint64_t *out, const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count) {
  const uint64_t *a_end = a + a_count, *b_end = b + b_count;
  while (a < a_end && b < b_end) *out++ = *a <= *b ? *a++ : *b++;
  memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
  memcpy(out + (a_end - a), b, (size_t)(b_end - b) * sizeof *b);
}

static void merge_sort(uint64_t *items, size_t count, uint64_t *spare) {
  for (size_t at = 0; at < count; at += SHORT_RUN)
    insertion_sort(items + at, count - at < SHORT_RUN ? count - at : SHORT_RUN);
  uint64_t *from = items, *to = spare;
  for (size_t run = SHORT_RUN; run < count; run *= 2) {
    for (size_t at = 0; at < count; at += 2 * run) {
      size_t left = count - at < run ? count - at : run, rest = count - at - left, right = rest < run ? rest : run;
      merge(to + at, from + at, left, from + at + left, right);
    }
    uint64_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != items) memcpy(items, from, count * sizeof *items);
}

enum { PLACED = 2048, PLACE_BITS = 8, PLACE_MOST = 24 };

/* Puts up to PLACED hashes below `highest` in place by their leading bits, which leaves an insertion sort next to nothing to
   do. False, with items as they were, when they do not spread as hashes do. */
static bool place_by_value(uint64_t *items, size_t count, uint64_t highest, uint64_t *spare) {
  uint16_t starts[1 << PLACE_BITS];
  uint8_t sizes[1 << PLACE_BITS];
  unsigned bits = count <= 256 ? 6 : PLACE_BITS, places = 1u << bits, mask = places - 1;
  unsigned shift = highest == 0 ? 0 : (unsigned)(64 - __builtin_clzll(highest));
  shift = shift > bits ? shift - bits : 0;
  memset(sizes, 0, places);
  for (size_t i = 0; i < count; i++)
    if (++sizes[items[i] >> shift & mask] > PLACE_MOST) return false;
  for (unsigned b = 0, at = 0; b < places; at += sizes[b++]) starts[b] = (uint16_t)at;
  for (size_t i = 0; i < count; i++) spare[starts[items[i] >> shift & mask]++] = items[i];
  memcpy(items, spare, count * sizeof *items);
  return true;
}

size_t wt_sort_unique(uint64_t *items, size_t count, uint64_t highest, uint64_t *spare) {
  if (count <= PLACED && place_by_value(items, count, highest, spare))
    insertion_sort(items, count);
  else
    merge_sort(items, count, spare);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || items[kept - 1] != items[i]) items[kept++] = items[i];
  return kept;
}

bool wt_shingles_of(wt_tokens shingles, const uint64_t *tokens, size_t count, uint32_t sample) {
  if (count == 0) return true;
  if (!wt_grow(shingles.items, shingles.capacity, 2 * count, sizeof *tokens)) return false;
  uint64_t *out = *shingles.items, highest = (UINT64_MAX - 1) / sample;
  size_t kept = 0;
  for (size_t i = WT_SHINGLE_WORDS - 1; i < count; i++) {
    bool word = (tokens[i] & WT_TOKEN_CLASS) == WT_TOKEN_WORD;
    uint64_t x = word ? word_shingle(tokens + i) : character_shingle(tokens, i);
    out[kept] = x;
    kept += x <= highest;
  }
  *shingles.count = wt_sort_unique(out, kept, highest, out + count);
  return true;
}
