/*
 * A run: (key, document) pairs, sorted, in one file that is never changed.
 *
 *   8 bytes   "wtrun001"
 *   8 bytes   number of pairs n, below 2^32
 *   8 bytes   bits b of a key that choose its bucket, 16 to 28
 *   8 bytes   XXH3-64 of the table
 *   4 bytes   2^b + 1 times: where a bucket begins, in pairs
 *   8 bytes   n times: 48 - b low bits of the key in 4 bytes, document in 4; little-endian
 *
 * A bucket holds some 64 pairs, so that a key is one look into the table, which lies in memory, and one page of the file.
 */
#ifndef WT_INDEX_POSTINGS_RUN_H
#define WT_INDEX_POSTINGS_RUN_H

#include "wt/index/postings.h"

#define RUN_KEY_BITS 48u
#define MOST_MERGED 16u /* runs that are merged in one go */

/* A pair in memory. */
typedef struct run_pair {
  uint64_t key; /* 48 bits */
  uint32_t document;
} run_pair;

typedef struct run_entry {
  uint32_t rest, document;
} run_entry;

typedef struct wt_run {
  uint64_t number; /* of its file; 0: none */
  uint64_t count;
  unsigned bits;
  uint32_t *table;          /* in memory */
  const run_entry *entries; /* mapped */
  void *map;
  size_t map_size;
} wt_run;

/* Opens run-N of a folder. WT_ECORRUPT when it is none. */
wt_status run_open(wt_run *out, const char *dir, uint64_t number, wt_error *err);
void run_close(wt_run *run);
/* The pairs of a key: entries [*begin, *end). */
void run_find(uint64_t *begin, uint64_t *end, const wt_run *run, uint64_t key);
/* Three hints before run_find, each for many keys before the next, so that many are waited for at once: the table's place goes
   into the cache; the system reads the pages that it does not hold; the pair's place goes into the cache. */
void run_hint_table(const wt_run *run, uint64_t key);
void run_hint_pages(const wt_run *run, uint64_t key);
void run_hint_pair(const wt_run *run, uint64_t key);

/* Writes run-N, durable, from pairs in order of key, then document. Repeats go. */
wt_status run_write(const char *dir, uint64_t number, const run_pair *pairs, size_t count, wt_error *err);
/* Merges runs into run-N. */
wt_status run_merge(const char *dir, uint64_t number, const wt_run *const *runs, size_t count, wt_error *err);

#endif
