/*
 * Deltas in git's form. The old text is indexed by its aligned blocks of 16 bytes; a match found in the new text is grown
 * both ways (the greedy scheme of Xdelta, MacDonald 2000). After an edit the same distance is tried first: most edits of
 * a text leave what follows where it was, or nearly.
 */
#include "archive/delta.h"

#include <string.h>

enum { BLOCK = 16, COPY_MOST = 0x10000, INSERT_MOST = 127 };

static void put_size(wt_buf *out, size_t size) {
  while (size >= 0x80) {
    wt_buf_put_char(out, (char)(size | 0x80));
    size >>= 7;
  }
  wt_buf_put_char(out, (char)size);
}

void wt_delta_start(wt_buf *out, size_t old_len, size_t new_len) {
  put_size(out, old_len);
  put_size(out, new_len);
}

static void copy_run(wt_buf *out, size_t offset, size_t len) {
  unsigned char op[8], flags = 0x80;
  size_t used = 1;
  for (unsigned i = 0; i < 4; i++)
    if (offset >> 8 * i & 255) {
      op[used++] = (unsigned char)(offset >> 8 * i);
      flags |= (unsigned char)(1 << i);
    }
  for (unsigned i = 0; len != COPY_MOST && i < 2; i++) /* no size at all says 65,536 */
    if (len >> 8 * i & 255) {
      op[used++] = (unsigned char)(len >> 8 * i);
      flags |= (unsigned char)(0x10 << i);
    }
  op[0] = flags;
  wt_buf_put(out, op, used);
}

void wt_delta_copy(wt_buf *out, size_t offset, size_t len) {
  while (len > 0) {
    size_t run = len > COPY_MOST ? COPY_MOST : len;
    copy_run(out, offset, run);
    offset += run;
    len -= run;
  }
}

void wt_delta_insert(wt_buf *out, wt_span bytes) {
  while (bytes.len > 0) {
    size_t run = bytes.len > INSERT_MOST ? INSERT_MOST : bytes.len;
    wt_buf_put_char(out, (char)run);
    wt_buf_put(out, bytes.data, run);
    bytes = wt_span_sub(bytes, run, bytes.len);
  }
}

/* ---- finding what is the same ---- */

typedef struct block_index {
  uint32_t *places; /* of a block of old, plus 1 */
  unsigned shift;
} block_index;

static size_t block_slot(const block_index *index, const char *at) {
  uint64_t a, b;
  memcpy(&a, at, sizeof a);
  memcpy(&b, at + sizeof a, sizeof b);
  return (size_t)((a * 0x9E3779B97F4A7C15U ^ (b ^ a >> 29) * 0xC2B2AE3D27D4EB4FU) >> index->shift);
}

static bool index_init(block_index *index, wt_span old) {
  unsigned bits = 6;
  while (((size_t)1 << bits) < old.len / BLOCK * 2 && bits < 30) bits++;
  index->shift = 64 - bits;
  index->places = wt_alloc_zero((size_t)1 << bits, sizeof *index->places);
  if (!index->places) return false;
  for (size_t at = old.len / BLOCK * BLOCK; at >= BLOCK; at -= BLOCK) /* the first of equal blocks wins */
    index->places[block_slot(index, old.data + at - BLOCK)] = (uint32_t)(at - BLOCK) + 1;
  return true;
}

static bool same_block(wt_span old, size_t from, const char *at) {
  return from + BLOCK <= old.len && memcmp(old.data + from, at, BLOCK) == 0;
}

static size_t grow(wt_span old, size_t from, wt_span new, size_t at) {
  size_t len = 0, most = old.len - from < new.len - at ? old.len - from : new.len - at;
  while (len < most && old.data[from + len] == new.data[at + len]) len++;
  return len;
}

/* Where in old the block at `at` of new is: at the distance of the last match, or by the index. old.len: nowhere. */
static size_t find_block(const block_index *index, wt_span old, wt_span new, size_t at, int64_t distance) {
  int64_t guess = (int64_t)at + distance;
  if (guess >= 0 && same_block(old, (size_t)guess, new.data + at)) return (size_t)guess;
  size_t place = index->places[block_slot(index, new.data + at)];
  return place && same_block(old, place - 1, new.data + at) ? place - 1 : old.len;
}

static bool make(wt_buf *out, const block_index *index, wt_span old, wt_span new, size_t limit) {
  size_t at = 0, done = 0, start = out->len;
  int64_t distance = 0;
  while (at + BLOCK <= new.len) {
    size_t from = find_block(index, old, new, at, distance);
    if (from == old.len) {
      at++;
      continue;
    }
    while (at > done && from > 0 && old.data[from - 1] == new.data[at - 1]) from--, at--;
    size_t len = grow(old, from, new, at);
    wt_delta_insert(out, wt_span_sub(new, done, at));
    wt_delta_copy(out, from, len);
    distance = (int64_t)from - (int64_t)at;
    done = at += len;
    if (out->len - start > limit) return false;
  }
  wt_delta_insert(out, wt_span_sub(new, done, new.len));
  return out->len - start <= limit && !out->failed;
}

bool wt_delta_make(wt_buf *out, wt_span old, wt_span new, size_t limit) {
  block_index index;
  if (old.len < BLOCK || old.len >= UINT32_MAX || new.len >= UINT32_MAX || !index_init(&index, old)) return false;
  size_t start = out->len;
  wt_delta_start(out, old.len, new.len);
  bool made = make(out, &index, old, new, limit);
  wt_free(index.places);
  if (!made && out->data) out->data[out->len = start] = '\0';
  return made;
}

/* ---- applying ---- */

static int next_byte(wt_span *rest) {
  if (rest->len == 0) return -1;
  int byte = (unsigned char)rest->data[0];
  *rest = wt_span_sub(*rest, 1, rest->len);
  return byte;
}

static bool read_size(uint64_t *out, wt_span *rest) {
  int byte = 0x80;
  *out = 0;
  for (unsigned shift = 0; byte & 0x80; shift += 7) {
    byte = next_byte(rest);
    if (byte < 0 || shift > 56) return false;
    *out |= (uint64_t)(byte & 0x7f) << shift;
  }
  return true;
}

/* The bytes that the next operation stands for. */
static bool next_run(wt_span *out, wt_span *delta, wt_span old) {
  int op = next_byte(delta);
  uint32_t number[2] = {0, 0}; /* offset and size */
  if (op <= 0) return false;   /* 0 is reserved */
  if (op < 0x80) {
    *out = wt_span_sub(*delta, 0, (size_t)op);
    *delta = wt_span_sub(*delta, (size_t)op, delta->len);
    return out->len == (size_t)op;
  }
  for (unsigned i = 0; i < 7; i++)
    if (op >> i & 1) {
      int byte = next_byte(delta);
      if (byte < 0) return false;
      number[i / 4] |= (uint32_t)byte << 8 * (i % 4);
    }
  size_t len = number[1] ? number[1] : COPY_MOST;
  *out = wt_span_sub(old, number[0], (size_t)number[0] + len);
  return out->len == len;
}

bool wt_delta_gives(wt_span delta, wt_span old, wt_span new) {
  uint64_t old_len, new_len;
  wt_span run;
  size_t at = 0;
  if (!read_size(&old_len, &delta) || !read_size(&new_len, &delta) || old_len != old.len || new_len != new.len)
    return false;
  while (delta.len) {
    if (!next_run(&run, &delta, old) || run.len > new.len - at || memcmp(new.data + at, run.data, run.len) != 0)
      return false;
    at += run.len;
  }
  return at == new.len;
}
