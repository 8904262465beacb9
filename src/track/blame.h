/*
 * blame: the parts that its files share. See include/wt/track/blame.h for what it does.
 *
 * A wording is one text of one sentence with its words and their origins; it never changes once made, and every revision
 * that has the sentence so points at it. A revision is a list of wordings. What an edit replaces or deletes is buried:
 * its word triples are indexed, so that what comes back finds its first origin at a cost of what came back alone
 * (the idea of WikiWho, Floeck and Acosta 2014, with triples in place of whole paragraphs and sentences).
 */
#ifndef WT_TRACK_BLAME_PARTS_H
#define WT_TRACK_BLAME_PARTS_H

#include "wt/track/blame.h"

typedef struct wt_wording {
  wt_unit unit; /* text and keys; text in the handle's arena */
  wt_blame_word *words;
  uint64_t *folded; /* hash of each folded word */
  uint32_t word_count;
  uint32_t origin; /* of the sentence */
} wt_wording;

/* ---- the graveyard ---- */

typedef struct wt_grave {
  uint64_t key;     /* of three words in a row; 0: empty */
  uint32_t wording; /* its number */
  uint32_t at;      /* place of the middle word */
} wt_grave;

typedef struct wt_graveyard {
  wt_grave *slots;
  size_t mask, count; /* mask + 1 slots; none when slots is NULL */
} wt_graveyard;

/* Indexes the triples of wording number `number`. False when out of memory. Cost: its words. */
bool wt_grave_bury(wt_graveyard *graveyard, const wt_wording *wording, uint32_t number);
/* Gives words without origin (0) the one that buried text has, where enough words in a row are the same. Cost: the words of
   `wording`, times a constant. `all` are the wordings by number. */
void wt_grave_resurrect(const wt_graveyard *graveyard, wt_wording *const *all, wt_wording *wording);
void wt_graveyard_release(wt_graveyard *graveyard);

/* ---- the handle ---- */

/* One revision. A wording's number is shifted left by one; the low bit says that it starts a paragraph. */
typedef struct wt_blame_revision {
  uint32_t number;
  uint32_t count;
  wt_instant captured;
  uint32_t *list; /* in the arena */
} wt_blame_revision;

struct wt_blame {
  wt_arena arena; /* wordings and lists */
  wt_wording **wordings;
  size_t wording_count, wording_capacity;
  wt_blame_revision *revisions;
  size_t revision_count, revision_capacity;
  wt_blame_unit *units, *next;      /* of the newest revision, and room for the one to come */
  uint32_t *numbers, *next_numbers; /* their wordings */
  size_t count, unit_capacity, next_capacity, number_capacity, next_number_capacity;
  wt_graveyard graveyard;
  wt_words cut;   /* reused */
  wt_buf folded;  /* reused */
  wt_buf scratch; /* reused */
};

#endif
