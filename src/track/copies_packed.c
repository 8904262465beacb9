/* The copy filters in packed form: an engine shuffles bytes by part, and sorting is done here. */
#include "copies_filter.h"

#include <stdlib.h>
#include <string.h>

#define RECORD 16u                  /* bytes, packed */
#define TOGETHER ((size_t)32 << 20) /* bytes that all parts hold back at most, or nearly */
#define FRAME ((size_t)256 << 10)   /* bytes of a frame, or nearly */
#define EXCERPT 200u                /* bytes of a bad line that are told */
#define MOST ((size_t)1 << 30)      /* records of one part: 32 GiB with the room to sort them */
#define DIGIT 11u                   /* bits that a pass sorts by */

wt_status wt_packing_init(wt_packing *packing, uint32_t parts, wt_error *err) {
  *packing = (wt_packing){.parts = parts, .by_part = wt_alloc_zero(parts, sizeof *packing->by_part)};
  if (packing->by_part == NULL) return wt_fail(err, WT_ENOMEM, "parts", -1, "out of memory");
  packing->frame = TOGETHER / parts < FRAME ? TOGETHER / parts : FRAME;
  return WT_OK;
}

void wt_packing_release(wt_packing *packing) {
  for (uint32_t i = 0; packing->by_part != NULL && i < packing->parts; i++) wt_buf_release(&packing->by_part[i]);
  wt_free(packing->by_part);
  wt_buf_release(&packing->stories);
  wt_buf_release(&packing->bad);
  wt_buf_release(&packing->hot);
  wt_free(packing->records);
  wt_fingerprint_release(&packing->room);
  *packing = (wt_packing){0};
}

/* ---- frames ---- */

static void put_frame(wt_buf *out, const char *name, uint32_t part, wt_buf *held) {
  if (held->len > 0 && !held->failed) {
    wt_buf_put_format(out, "%s %u %zu\n", name, (unsigned)part, held->len);
    wt_buf_put_span(out, wt_buf_span(held));
  }
  out->failed = out->failed || held->failed;
  wt_buf_clear(held);
}

static void put_frame_of(wt_buf *out, const char *name, uint32_t part, wt_buf *held, size_t frame) {
  if (held->len >= frame || held->failed) put_frame(out, name, part, held);
}

static void put_rest(wt_buf *out, const char *name, wt_packing *packing) {
  for (uint32_t i = 0; i < packing->parts; i++) put_frame(out, name, i, &packing->by_part[i]);
}

/* ---- records ---- */

static void pack32(unsigned char *to, uint32_t value) {
  for (unsigned i = 0; i < 4; i++) to[i] = (unsigned char)(value >> (24 - 8 * i));
}

static uint32_t unpack32(const char *from) {
  const unsigned char *b = (const unsigned char *)from;
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void put_record(wt_buf *out, wt_packed record) {
  unsigned char bytes[RECORD];
  pack32(bytes, (uint32_t)(record.key >> 32));
  pack32(bytes + 4, (uint32_t)record.key);
  pack32(bytes + 8, record.a);
  pack32(bytes + 12, record.b);
  wt_buf_put(out, bytes, sizeof bytes);
}

static wt_status take_records(wt_packing *packing, wt_span bytes, uint64_t first, wt_error *err) {
  size_t count = bytes.len / RECORD;
  if (bytes.len % RECORD != 0) return wt_fail(err, WT_EFORMAT, NULL, -1, "no whole records of 16 bytes");
  if (count > MOST - packing->count)
    return wt_fail(err, WT_ELIMIT, NULL, -1, "2^30 records of one part or more: take more parts");
  if (!wt_grow(&packing->records, &packing->capacity, packing->count + count, sizeof *packing->records))
    return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  for (const char *at = bytes.data; count-- > 0; at += RECORD) {
    uint64_t key = (uint64_t)unpack32(at) << 32 | unpack32(at + 4), number = unpack32(at + 8) + first;
    if (number >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, NULL, -1, "2^32 - 1 stories or more");
    packing->records[packing->count++] = (wt_packed){key, (uint32_t)number, unpack32(at + 12)};
  }
  return WT_OK;
}

/* One pass of a radix sort; false when all records have the same digit, and `to` was not touched. */
static bool sort_by_digit(wt_packed *to, const wt_packed *from, size_t count, unsigned shift) {
  size_t starts[((size_t)1 << DIGIT) + 1] = {0};
  const uint64_t mask = ((uint64_t)1 << DIGIT) - 1;
  for (size_t i = 0; i < count; i++) starts[(from[i].key >> shift & mask) + 1]++;
  if (starts[(from[0].key >> shift & mask) + 1] == count) return false;
  for (size_t d = 0; d <= mask; d++) starts[d + 1] += starts[d];
  for (size_t i = 0; i < count; i++) to[starts[from[i].key >> shift & mask]++] = from[i];
  return true;
}

wt_status wt_packing_sort(wt_packing *packing, wt_error *err) {
  if (packing->count == 0) return WT_OK;
  wt_packed *spare = wt_alloc_zero(packing->count, sizeof *spare);
  if (spare == NULL) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  packing->capacity = packing->count; /* of whichever of the two is kept, at least */
  for (unsigned shift = 0; shift < 64; shift += DIGIT) {
    if (!sort_by_digit(spare, packing->records, packing->count, shift)) continue;
    wt_packed *swap = packing->records;
    packing->records = spare;
    spare = swap;
  }
  wt_free(spare);
  return WT_OK;
}

/* The records of the next key. */
static wt_packed *next_group(size_t *count, wt_packing *packing) {
  wt_packed *group = packing->records + packing->at;
  size_t left = packing->count - packing->at;
  for (*count = 0; *count < left && group[*count].key == group[0].key;) ++*count;
  packing->at += *count;
  return group;
}

/* ---- stories to keys ---- */

static void put_key(wt_buf *out, wt_packing *packing, uint64_t key, uint32_t number, uint32_t keys) {
  uint32_t part = (uint32_t)(key % packing->parts);
  put_record(&packing->by_part[part], (wt_packed){key, number, keys});
  put_frame_of(out, "keys", part, &packing->by_part[part], packing->frame);
}

static void put_story(wt_buf *out, wt_packing *packing, uint32_t number, const wt_story_line *read) {
  const wt_fingerprint *print = &packing->room;
  uint32_t keys = (uint32_t)track_filter_count(print);
  for (size_t i = 0; i < print->shingle_count; i++) put_key(out, packing, print->shingles[i], number, keys);
  for (size_t i = 0; i < print->paragraph_count; i++)
    if (print->paragraph_words[i] >= FILTER_PARAGRAPH_WORDS) put_key(out, packing, print->paragraphs[i], number, keys);
  wt_buf_put_format(&packing->stories, "%u\t", (unsigned)number);
  if (read->instant != WT_INSTANT_NONE) wt_buf_put_format(&packing->stories, "%lld", (long long)read->instant);
  wt_buf_put_char(&packing->stories, '\t');
  track_filter_put_url(&packing->stories, read->url);
  wt_buf_put_char(&packing->stories, '\n');
  put_frame_of(out, "stories", 0, &packing->stories, FRAME);
}

/* What a reason quotes may be anything. */
static void put_reason(wt_buf *out, const wt_error *why) {
  for (const char *c = why->what; *c != '\0'; c++) wt_buf_put_char(out, (unsigned char)*c < ' ' ? ' ' : *c);
  if (why->byte >= 0) wt_buf_put_format(out, " (byte %lld)", (long long)why->byte);
}

static void put_bad(wt_buf *out, wt_packing *packing, uint32_t number, uint64_t byte, wt_span line,
                    const wt_error *why) {
  wt_buf_put_format(&packing->bad, "%u\t%llu\t", (unsigned)number, (unsigned long long)byte);
  put_reason(&packing->bad, why);
  wt_buf_put_char(&packing->bad, '\t');
  wt_buf_put_span(&packing->bad, wt_span_sub(line, 0, EXCERPT));
  wt_buf_put_char(&packing->bad, '\n');
  put_frame_of(out, "bad", 0, &packing->bad, FRAME);
}

wt_status wt_pack_story(wt_buf *out, wt_packing *packing, uint64_t number, uint64_t byte, wt_span line, wt_error *err) {
  wt_arena arena = {0};
  wt_story_line read;
  if (number >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, NULL, -1, "2^32 - 1 stories or more");
  wt_status status = track_filter_prints(&read, &arena, &packing->room, line, err);
  if (status == WT_OK) put_story(out, packing, (uint32_t)number, &read);
  if (status == WT_EFORMAT) {
    put_bad(out, packing, (uint32_t)number, byte, line, err);
    status = WT_OK;
  }
  wt_arena_release(&arena);
  return status == WT_OK ? wt_buf_status(out, "fingerprint", err) : status;
}

wt_status wt_pack_read(wt_buf *out, wt_packing *packing, uint64_t lines, uint64_t bytes, wt_error *err) {
  put_rest(out, "keys", packing);
  put_frame(out, "stories", 0, &packing->stories);
  put_frame(out, "bad", 0, &packing->bad);
  wt_buf read = {0};
  wt_buf_put_format(&read, "%llu\t%llu\n", (unsigned long long)lines, (unsigned long long)bytes);
  put_frame(out, "read", 0, &read);
  wt_buf_release(&read);
  return wt_buf_status(out, "fingerprint", err);
}

/* ---- keys to pairs ---- */

wt_status wt_pack_take_keys(wt_packing *packing, uint64_t first, wt_span keys, wt_error *err) {
  return take_records(packing, keys, first, err);
}

static int by_number(const void *a, const void *b) {
  const wt_packed *x = a, *y = b;
  return x->a < y->a ? -1 : x->a > y->a;
}

/* Stories of a key by number, each once: a passage that a story repeats is one. */
static size_t order_stories(wt_packed *group, size_t count) {
  size_t kept = 0;
  qsort(group, count, sizeof *group, by_number);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || group[i].a != group[i - 1].a) group[kept++] = group[i];
  return kept;
}

static void put_pairs(wt_buf *out, wt_packing *packing, const wt_packed *stories, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t part = stories[i].a % packing->parts;
    wt_buf *held = &packing->by_part[part];
    for (size_t k = i + 1; k < count; k++)
      put_record(held, (wt_packed){(uint64_t)stories[i].a << 32 | stories[k].a, stories[i].b, stories[k].b});
    put_frame_of(out, "pairs", part, held, packing->frame);
  }
}

static void put_hot(wt_buf *out, wt_packing *packing, uint64_t key, size_t stories) {
  wt_buf_put_format(&packing->hot, "%016llx\t%zu\n", (unsigned long long)key, stories);
  put_frame_of(out, "hot", 0, &packing->hot, FRAME);
}

bool wt_pack_candidates(wt_buf *out, wt_packing *packing) {
  size_t count;
  wt_packed *group = next_group(&count, packing);
  if (count == 0) {
    put_rest(out, "pairs", packing);
    put_frame(out, "hot", 0, &packing->hot);
    return false;
  }
  uint64_t key = group->key;
  size_t stories = count > 1 ? order_stories(group, count) : 1;
  if (stories > WT_FILTER_OF_ONE_KEY)
    put_hot(out, packing, key, stories);
  else
    put_pairs(out, packing, group, stories);
  return true;
}

/* ---- pairs to those that share enough ---- */

wt_status wt_pack_take_pairs(wt_packing *packing, wt_span pairs, wt_error *err) {
  return take_records(packing, pairs, 0, err);
}

bool wt_pack_verified(wt_buf *out, wt_packing *packing) {
  size_t count;
  uint32_t share;
  const wt_packed *pair = next_group(&count, packing);
  if (count > 0 && track_filter_enough(&share, count > UINT32_MAX ? UINT32_MAX : (uint32_t)count, pair->a, pair->b))
    wt_buf_put_format(out, "%u\t%u\t%u\t%u\t%zu\n", (unsigned)(pair->key >> 32), (unsigned)pair->a,
                      (unsigned)(pair->key & UINT32_MAX), (unsigned)pair->b, count);
  return count > 0;
}
