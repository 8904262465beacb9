/* The stories that are one story with the one asked about: their texts, their revisions, and who was before whom. */
#ifndef WT_TRACK_COPIES_KIN_H
#define WT_TRACK_COPIES_KIN_H

#include "copies_archive.h"
#include "copies_set.h"

#define KIN_MOST 16u      /* stories of one family that are compared with each other */
#define KIN_REVISIONS 64u /* revisions of each that are read */

typedef struct track_kin_member {
  const track_copies_row *row; /* of a file one made up: story.id is 0 */
  wt_words_of words;           /* of the text that stands; borrowed from the set */
  wt_words_of *revisions;      /* with a text, by time; owned */
  uint32_t *numbers;
  size_t revision_count;
} track_kin_member;

typedef struct track_kin {
  track_kin_member members[KIN_MOST]; /* the first is the one asked about */
  size_t count;
} track_kin;

/* What speaks for the first of two stories being before the second (above 0) or after it. */
typedef struct track_kin_evidence {
  int said;     /* a canonical address, a credit */
  int versions; /* the second holds what a later revision of the first brought */
  int end;      /* the second lacks the end of the first */
  int lead;     /* the first stands in the second under a lead of its own */
  int clock;
  uint32_t turns; /* runs out of its order */
  uint32_t apart; /* words of either that the other lacks, of the revision that is nearest */
} track_kin_evidence;

typedef struct track_kin_table {
  track_kin_evidence of[KIN_MOST][KIN_MOST]; /* [a][b], a below b */
  bool above[KIN_MOST][KIN_MOST];            /* [a][b]: b descends from a */
  size_t first;
} track_kin_table;

/* Fills above and first from the evidence of every two members from `from` on. */
void track_kin_root(track_kin_table *table, const track_kin *kin, size_t from);

/* Adds a story of the set to a kin, which is zeroed first; the first is the one asked about. One past KIN_MOST is left out, and
   a distant one unless some text of it is one story with some text that is there: the first of a long chain may share but a
   passage with the last, and a story that was rewritten since with its copies. */
wt_status track_kin_add(track_kin *kin, wt_track *track, const track_copies *copies, const track_copies_row *row,
                        size_t number, bool distant, wt_error *err);
void track_kin_close(track_kin *kin);
/* Weighs all members from `from` on against each other. A family whose texts contradict its clocks is not told by them. */
wt_status track_kin_weigh(track_kin_table *out, const track_kin *kin, size_t from, wt_error *err);
int track_kin_sum(const track_kin_evidence *evidence);
/* The member that is this story of the index; count: none. */
size_t track_kin_find(const track_kin *kin, int64_t story);

/* What a text has of a revision: above all its words, less those that the revision has between them. */
typedef struct track_kin_fit {
  int64_t worth;
  uint32_t found; /* words of the text */
  uint32_t turns; /* runs out of its order */
  uint32_t apart; /* words of either that the other lacks, and some for each change of order */
} track_kin_fit;
/* tiler is set to the text. */
bool track_kin_fit_of(track_kin_fit *out, wt_tiler *tiler, wt_words_of revision);

#endif
