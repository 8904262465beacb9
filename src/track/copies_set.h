/* What a set of stories keeps, shared by the files that fill it, learn from it and answer. */
#ifndef WT_TRACK_COPIES_SET_H
#define WT_TRACK_COPIES_SET_H

#include "copies_align.h"

typedef struct wt_copies_item {
  wt_span url, outlet; /* in the set's arena */
  uint64_t outlet_hash;
  uint64_t headline; /* hash of the folded headline; 0: too short to tell */
  wt_instant published;
  size_t word_begin; /* in `words` */
  uint32_t word_count;
  uint32_t own_words; /* without boilerplate and forms, once learned */
  uint32_t twin;      /* 1 + number of the last earlier story under this headline; 0: none */
  size_t key_begin;   /* in `keys` */
  uint32_t key_count;
  uint32_t family; /* number of the first story of its family: stories that are one story */
} wt_copies_item;

/* A sampled shingle, or a whole paragraph, of one story. */
typedef struct wt_copies_key {
  uint64_t hash;
  uint32_t story;
  uint32_t begin; /* its first word in the story */
  uint32_t words; /* how many; more than a shingle's for a paragraph */
  uint32_t group; /* number of its hash among those that occur more than once; WT_NO_GROUP */
} wt_copies_key;
#define WT_NO_GROUP UINT32_MAX

/* A hash that more than one key has. */
typedef struct wt_copies_group {
  size_t begin; /* in `order` */
  uint32_t count;
  unsigned char kind; /* WT_MARK_BOILERPLATE, WT_MARK_FORM; 0: neither */
} wt_copies_group;

struct wt_copies {
  wt_copies_options options;
  wt_arena arena;
  wt_fingerprint print;
  wt_copies_item *items;
  size_t count, capacity;
  uint32_t *words;
  unsigned char *marks; /* one a word, once learned: WT_MARK_* */
  size_t word_count, word_capacity;
  wt_copies_key *keys;
  size_t key_count, key_capacity;
  size_t *order; /* keys by hash, then by story */
  wt_copies_group *groups;
  size_t group_count, group_capacity;
  uint32_t *hits; /* one a story: what a search counts in, zero between searches */
  uint32_t *touched;
  wt_tiler tiler;
  wt_copy *found;
  size_t found_capacity;
  bool learned;
};

/* A story of fewer words keeps every shingle, and a passage is a form when most of its stories are so short. */
#define WT_COPIES_SHORT WT_DENSE

/* Stories numbered below `end` that share keys with `story`, keys of boilerplate and forms left out, or only those of long
   lists when `rare` is set: their numbers in set->touched and the count of shared keys in set->hits, which the caller puts
   back to zero. A paragraph, and a key that few stories have, counts as two. */
size_t wt_copies_near(wt_copies *set, size_t story, size_t end, bool rare);
/* Groups equal keys. */
wt_status wt_copies_group_keys(wt_copies *set, wt_error *err);
wt_words_of wt_copies_words_of(const wt_copies *set, size_t story);

#endif
