/* The handle of postings, and what the files that open, fill and search them ask of one another: postings_files and
   postings_pairs below, postings and postings_open above. */
#ifndef WT_INDEX_POSTINGS_HANDLE_H
#define WT_INDEX_POSTINGS_HANDLE_H

#include "postings_log.h"

#define POSTINGS_RUNS 128u
#define POSTINGS_FLUSH ((size_t)1 << 20) /* pairs in memory that make a run */
#define POSTINGS_HEADS ((size_t)1 << 20)

struct wt_postings {
  char dir[3072]; /* empty: in memory */
  bool read_only;
  bool cold;                 /* the last search read from disk */
  int lock, log, names_file; /* -1: none */
  uint64_t generation;       /* of the log */
  uint64_t next_run;
  wt_run runs[POSTINGS_RUNS]; /* oldest first */
  size_t run_count;
  uint32_t stored;         /* documents whose names the file has */
  wt_postings_name *names; /* of the others */
  size_t name_count, name_capacity;
  size_t names_committed;
  run_pair *pairs; /* in no run, in order of coming */
  size_t pair_count, pair_capacity;
  size_t pairs_committed;
  uint32_t *heads, *nexts; /* chains of pairs by key; numbers count from 1 */
  size_t next_capacity;
  char stamp[WT_POSTINGS_STAMP];
  size_t stamp_len;
};

/* Spreads a key over its 48 bits: sampled shingles are all small numbers. */
static inline uint64_t postings_key(uint64_t key) {
  key = (key ^ (key >> 32)) * 0xD6E8FEB86659FD93u;
  key = (key ^ (key >> 32)) * 0xD6E8FEB86659FD93u;
  return (key ^ (key >> 32)) >> (64 - RUN_KEY_BITS);
}

/* Which chain a key is in. */
static inline size_t postings_head(uint64_t key) {
  return (size_t)(key & (POSTINGS_HEADS - 1));
}

/* ---- postings_files.c ---- */

/* The path of a file; number UINT64_MAX: its name has none. */
void postings_path(char out[4096], const wt_postings *postings, const char *name, uint64_t number);
/* The manifest as the handle stands. */
wt_status postings_write_manifest(const wt_postings *postings, wt_error *err);
/* The handle as the manifest says, with its runs open; nothing where there is none. */
wt_status postings_read_manifest(wt_postings *postings, wt_error *err);
/* The log of this generation, to append to; made when there is none. */
wt_status postings_open_log(wt_postings *postings, wt_error *err);

/* ---- postings_pairs.c ---- */

/* Puts a pair where searches find it. False when memory is out. */
bool postings_remember(wt_postings *postings, run_pair pair);
/* In order of key, then document. The chains are void after it. */
wt_status postings_sort_pairs(wt_postings *postings, wt_error *err);

/* ---- postings.c ---- */

/* How many of the last runs become one, so that there are less than three of each tier: a search has few runs to look into,
   and a pair is written again but once a tier. Together they are never more than a run can hold. */
size_t postings_to_merge(const wt_run *runs, size_t run_count);

#endif
