/*
 * match: which old unit is which new one. A unit is a sentence of the body.
 *
 * Invariants
 *   - Every unit is in exactly one bead.
 *   - The result depends on the units alone; scores are integers, and a tie goes to the lower index.
 *   - The inner steps never pass the budget, whatever the text is.
 *
 * In this order (src/match): units that are equal under folding; pairs that are clearly each other's best, wherever they
 * stand; between those that stay in place, the heaviest chain of pairs, splits and merges; what is left and alike, out of
 * order. A word weighs its rarity in both texts (inverse unit frequency); two units are as alike as the mass in common over
 * the mass of both (Dice). The heaviest chain that increases on both sides stays in place, the rest has moved.
 */
#ifndef WT_MATCH_H
#define WT_MATCH_H

#include "story.h"
#include "fingerprint.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_unit {
  wt_span text;
  uint32_t paragraph; /* from 0, over the body */
  uint8_t kind;       /* wt_block_kind of its block */
  wt_hash key, folded;
} wt_unit;

/* One side of a comparison. */
typedef struct wt_units {
  wt_unit *items;
  size_t count;
} wt_units; /* in the comparison's arena; texts borrowed from the story or the input */

/* The sentences of a story's body, cut with the present cutter. */
WT_API wt_status wt_units_of_story(wt_units *out, wt_arena *arena, const wt_story *story, wt_error *err);
/* Input already cut (--sentences): non-blank line k is unit k, a blank line ends a paragraph. */
WT_API wt_status wt_units_of_lines(wt_units *out, wt_arena *arena, wt_span text, wt_error *err);

typedef struct wt_match_options {
  uint64_t budget; /* inner steps before the result falls back to coarser edits; 0: wt_match_budget */
} wt_match_options;

/* Inner steps that two texts may take, matching and word diff together: 2^24 and 128 a byte. Never a clock, so that the
   result is the same on every machine. */
WT_API uint64_t wt_match_budget(const wt_units *old, const wt_units *newer);

/* One bead: old units [old, old + old_count) are new units [newer, newer + new_count). 1-1, 1-0, 0-1, 1-n, n-1. Units of a
   bead follow each other in their text. */
typedef struct wt_bead {
  uint32_t old, newer, old_count, new_count;
  uint16_t score; /* similarity in parts of 1,000; 1,000 when equal under folding */
  bool moved;     /* not on the heaviest chain */
  bool same_key;  /* bytes equal; else folded equal when score is 1,000 */
} wt_bead;

typedef struct wt_match {
  wt_bead *beads; /* in new order, deletions placed where the old text had them */
  size_t count;
  uint64_t steps; /* inner steps used; never above the budget */
} wt_match;       /* in the arena */

/* WT_ENOMEM; WT_ELIMIT for two texts of 16 MiB together or more. options may be NULL. */
WT_API wt_status wt_match_units(wt_match *out, wt_arena *arena, const wt_units *old, const wt_units *newer,
                                const wt_match_options *options, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
