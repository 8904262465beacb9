/* Aligns the words of two stories: which runs both have, and how much of each they cover. */
#ifndef WT_TRACK_COPIES_ALIGN_H
#define WT_TRACK_COPIES_ALIGN_H

#include "wt/track/copies.h"

#define WT_RUN_WORDS 5u /* the shortest run that counts by itself */

/* What is known of a word. */
enum {
  WT_MARK_BOILERPLATE = 1, /* of a passage that is pasted under stories that share nothing else */
  WT_MARK_FORM = 2,        /* of the frame of short notices, which are filled in: most of what such a story says */
  WT_MARK_COMMON = 3,      /* the two above: the word is not the story's own */
  WT_MARK_TELLING = 4,     /* times 1 to 3: how few families of stories have the word, but more stories than this one */
  WT_MARK_TELLING_SHIFT = 2
};

/* Words of a story as 32-bit hashes, and their marks (NULL: nothing is known). */
typedef struct wt_words_of {
  const uint32_t *words;
  const unsigned char *marks;
  uint32_t count;
} wt_words_of;

/* How far a run reaches in both texts, with the words beyond its ends that mostly agree. */
typedef struct wt_reach {
  uint32_t this_begin, this_end, other_begin, other_end;
} wt_reach;

/* One story made ready to be aligned with many; keeps its memory. Zero it first. */
typedef struct wt_tiler {
  wt_words_of this;
  uint32_t *heads, *nexts; /* chains of places by the hash of five words */
  size_t head_capacity, next_capacity;
  uint32_t mask;
  unsigned char *mine, *theirs; /* covered words */
  size_t mine_capacity, theirs_capacity;
  wt_passage *runs;
  size_t run_count, run_capacity;
  wt_reach *reaches; /* one a run */
  size_t reach_capacity;
  int16_t *cells; /* of the words between two runs, or beyond one */
  size_t cell_capacity;
} wt_tiler;

typedef struct wt_overlap {
  uint32_t mine, theirs;           /* words of each found in the other */
  uint32_t mine_own, theirs_own;   /* those that are a story's own */
  uint32_t mine_said, theirs_said; /* those that are no boilerplate */
  uint32_t telling_words;          /* this story's own words that tell; */
  uint32_t telling, telling_found; /* how much they do, and of it what was found in the other */
  uint32_t longest_own;            /* longest run of a story's own words */
  uint32_t shingles;               /* runs of five words that both have */
  uint32_t turns;                  /* runs that stand before the one that they follow in the other: the order differs */
  uint32_t woven;                  /* the most runs in a row with but a few words between them: one text, edited */
  uint32_t woven_own;              /* the most of this story's own words found that such a row covers */
} wt_overlap;

bool wt_tiler_set(wt_tiler *tiler, wt_words_of this);
bool wt_tiler_run(wt_overlap *out, wt_tiler *tiler, wt_words_of other);
void wt_tiler_release(wt_tiler *tiler);

#endif
