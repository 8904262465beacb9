/* Aligns the words of two stories: which runs both have, and how much of each they cover. */
#ifndef WT_TRACK_COPIES_ALIGN_H
#define WT_TRACK_COPIES_ALIGN_H

#include "wt/track/copies.h"

#define WT_RUN_WORDS 5u /* the shortest run that counts by itself */

/* Words of a story as 32-bit hashes, and which of them are boilerplate (NULL: none is known). */
typedef struct wt_words_of {
  const uint32_t *words;
  const unsigned char *boilerplate;
  uint32_t count;
} wt_words_of;

/* One story made ready to be aligned with many; keeps its memory. Zero it first. */
typedef struct wt_tiler {
  wt_words_of this;
  uint32_t *heads, *nexts;     /* chains of places by the hash of five words */
  size_t head_capacity, next_capacity;
  uint32_t mask;
  unsigned char *mine, *theirs; /* covered words */
  size_t mine_capacity, theirs_capacity;
  wt_passage *runs;
  size_t run_count, run_capacity;
  uint16_t *cells;             /* of the gap between two runs */
  size_t cell_capacity;
} wt_tiler;

typedef struct wt_overlap {
  uint32_t mine, theirs;       /* words of each found in the other */
  uint32_t mine_own, theirs_own; /* the same without boilerplate */
  uint32_t longest_own;        /* longest run without boilerplate */
  uint32_t woven;              /* the most runs in a row with but a few words between them: one text, edited */
} wt_overlap;

bool wt_tiler_set(wt_tiler *tiler, wt_words_of this);
bool wt_tiler_run(wt_overlap *out, wt_tiler *tiler, wt_words_of other);
void wt_tiler_release(wt_tiler *tiler);

#endif
