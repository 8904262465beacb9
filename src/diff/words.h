/*
 * The word diff of one bead: which token of the old units is which of the new ones, and the spans that follow from it.
 *
 *   wt_align       pairs tokens: common ends, then words that stand once on both sides, then a table or bit rows (align.c, lcs.c)
 *   wt_align_tidy  gives up pairs that say nothing between two changes, finds words that only moved (tidy.c)
 *                  and slides what is left to where a reader would see it (slide.c)
 *   wt_align_emit  tells it as spans of bytes (emit.c)
 */
#ifndef WT_DIFF_WORDS_H
#define WT_DIFF_WORDS_H

#include "match/words.h"
#include "wt/diff.h"

/* Where a token stands in the text of its run. */
typedef struct wt_place {
  uint32_t begin, end;
} wt_place;

/* The units of one side of a bead as one text, with no bytes between them. */
typedef struct wt_run {
  const wt_token *tokens;
  uint32_t count;
  wt_place *places; /* of the tokens, and one more at the end of the text */
  size_t place_capacity;
  wt_span text;
  wt_buf joined; /* holds text when there is more than one unit */
  uint32_t unit, unit_count;
  uint32_t *base; /* where each unit starts in the text; unit_count + 1 */
  size_t base_capacity;
} wt_run;

/* Old tokens [old, old_end) against new tokens [new, new_end). */
typedef struct wt_box {
  uint32_t old, old_end, newer, new_end;
} wt_box;

/* `count` tokens that stand in both, elsewhere. */
typedef struct wt_moved {
  uint32_t old, newer, count;
} wt_moved;

/* A run of words that stand in both: `count` from places x and y of the lists of changed words. */
typedef struct wt_alike {
  uint32_t x, y, count, weight;
} wt_alike;

/* Working memory of wt_lcs_split, kept from call to call. */
typedef struct wt_lcs {
  uint64_t *bits; /* row vector, mask, cached masks */
  size_t bit_capacity;
  uint32_t *lengths; /* of common subsequences, by column: forwards, then backwards */
  size_t length_capacity;
  uint32_t *next; /* by column: the next with the same word, + 1 */
  size_t next_capacity;
} wt_lcs;

/* Working memory, kept from bead to bead. */
typedef struct wt_aligner {
  const wt_wording *comparison;
  wt_run old, newer;
  uint32_t *partner; /* by old token: new token + 1, or 0 */
  size_t partner_capacity;
  wt_moved *moved; /* by new token */
  size_t moved_count, moved_capacity;
  wt_alike *alike; /* a row of the search for moves */
  size_t alike_capacity;
  uint64_t steps, budget;
  uint8_t *trace; /* the table in align.c */
  size_t trace_capacity;
  int32_t *rows;
  size_t row_capacity;
  wt_box *boxes; /* still to align */
  size_t box_count, box_capacity;
  uint32_t *seen; /* by word, two each; all 0 between uses */
  size_t seen_capacity;
  uint32_t *chain; /* anchors, and the chain among them */
  size_t chain_capacity;
  wt_lcs lcs;
  wt_word_edit *edits;
  size_t edit_count, edit_capacity;
} wt_aligner;

/* budget: inner steps over all beads; past it, what lies between two pairs is told as one change. */
void wt_aligner_init(wt_aligner *aligner, const wt_wording *comparison, uint64_t budget);
void wt_aligner_release(wt_aligner *aligner);
/* The word edits of a bead, in aligner->edits until the next call. */
wt_status wt_aligner_run(wt_aligner *aligner, const wt_bead *bead, wt_error *err);

/* Fills aligner->partner with pairs of tokens that are equal under folding and do not cross. */
wt_status wt_align(wt_aligner *aligner, wt_error *err);
/* For a box of at least two old tokens: its middle row, and the column where a longest common subsequence passes it.
   False when out of memory. */
bool wt_lcs_split(wt_aligner *aligner, const wt_box *box, uint32_t *old_middle, uint32_t *new_middle);
/* The next change at or after old token i and new token j, between which all is told. False: no more. */
bool wt_align_next(const wt_aligner *aligner, uint32_t i, uint32_t j, wt_box *out);
/* Slides insertions and deletions to where a reader would see them. */
void wt_align_slide(wt_aligner *aligner);
/* Takes back pairs that are not worth telling, and fills aligner->moved. False when out of memory. */
bool wt_align_tidy(wt_aligner *aligner);
/* Writes aligner->edits from aligner->partner and aligner->moved. */
wt_status wt_align_emit(wt_aligner *aligner, wt_error *err);

/* Does the diff give the new text from the old, and inverted the old from the new, byte for byte? */
wt_status wt_diff_check(bool *sound, wt_arena *scratch, const wt_diff *diff, wt_error *err);

/* Is the token the first of its unit? */
bool wt_run_starts_unit(const wt_run *run, uint32_t token);

#endif
