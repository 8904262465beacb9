/* The word diff of one bead: which token of the old units is which of the new ones, and the spans that follow from it. */
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
  wt_buf joined;    /* holds text when there is more than one unit */
  uint32_t unit, unit_count;
  uint32_t *base;   /* where each unit starts in the text; unit_count + 1 */
  size_t base_capacity;
} wt_run;

/* Working memory, kept from bead to bead. Zero is empty. */
typedef struct wt_aligner {
  const wt_comparison *comparison;
  wt_run old, new;
  uint32_t *partner;     /* by old token: new token + 1, or 0 */
  size_t partner_capacity;
  uint64_t steps, budget;
  uint8_t *trace;        /* of the table in align.c */
  size_t trace_capacity;
  int32_t *rows;
  size_t row_capacity;
  wt_word_edit *edits;
  size_t edit_count, edit_capacity;
} wt_aligner;

void wt_aligner_init(wt_aligner *aligner, const wt_comparison *comparison, uint64_t budget);
void wt_aligner_release(wt_aligner *aligner);
/* The word edits of a bead, in aligner->edits until the next call. */
wt_status wt_aligner_run(wt_aligner *aligner, const wt_bead *bead, wt_error *err);

/* Fills aligner->partner with pairs of tokens that are equal under folding and do not cross. */
wt_status wt_align(wt_aligner *aligner, wt_error *err);
/* Writes aligner->edits from aligner->partner. */
wt_status wt_align_emit(wt_aligner *aligner, wt_error *err);

#endif
