/*
 * diff: edits between units and inside them; apply, invert.
 *
 * Invariants
 *   - Every unit of both sides is in exactly one edit.
 *   - Word spans of one edit cover all bytes of its units on both sides, kept ones included; whole words only. They follow the
 *     new text; a moved span stands where the new text has it, and the old bytes are in order but for those that moved.
 *   - Kept and moved mean equal under folding. A kept word with other bytes (a curly quote, the capital at the start of a
 *     sentence) is a span of its own; elsewhere a change of case is a deletion and an insertion.
 *   - wt_diff_apply gives the new text byte for byte from the old; on the inverted diff, the old from the new. wt_diff
 *     checks this before it returns and else gives one whole replace.
 */
#ifndef WT_DIFF_H
#define WT_DIFF_H

#include "match.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum wt_edit_kind {
  WT_EDIT_KEEP,
  WT_EDIT_EDIT,
  WT_EDIT_ADD,
  WT_EDIT_DELETE,
  WT_EDIT_MOVE,
  WT_EDIT_SPLIT,
  WT_EDIT_MERGE
} wt_edit_kind;

typedef enum wt_word_op { WT_WORD_KEEP, WT_WORD_INSERT, WT_WORD_DELETE, WT_WORD_MOVE } wt_word_op;

typedef struct wt_word_edit {
  wt_word_op op;
  uint32_t old_unit, new_unit; /* unit numbers */
  uint32_t old_begin, old_end; /* bytes in the old unit; begin == end for an insertion */
  uint32_t new_begin, new_end;
} wt_word_edit;

typedef struct wt_edit {
  wt_edit_kind kind;
  uint32_t old, old_count; /* unit numbers old .. old + old_count - 1 */
  uint32_t newer, new_count;
  bool moved;          /* edited and moved, or moved alone (kind move) */
  bool typography;     /* equal under folding, unequal in bytes: kind keep, or move when it has moved as well */
  wt_word_edit *words; /* what is kept, too; NULL for add and delete, and for keep and move without typography */
  size_t word_count;
} wt_edit;

typedef struct wt_field_edit {
  const char *name;   /* "headline", "deck", "byline", ... */
  wt_span old, newer; /* empty: absent; lists joined with "; " */
  bool typography;
} wt_field_edit;

typedef struct wt_diff {
  wt_units old, newer;
  wt_edit *edits;
  size_t count;
  wt_field_edit *fields;
  size_t field_count;
  bool same_bytes;     /* nothing differs at all */
  bool replaced_whole; /* the edits found did not give the bytes back (our fault): all is deleted and added instead */
  uint64_t steps;
} wt_diff; /* all in the arena given */

typedef struct wt_diff_options {
  wt_match_options match;
} wt_diff_options;

/* The edits between two lists of units. options may be NULL. Bounded by a budget of steps, never by a clock. WT_ENOMEM;
   WT_ELIMIT for two texts of 16 MiB together or more. So do the next two. */
WT_API wt_status wt_diff_units(wt_diff *out, wt_arena *arena, const wt_units *old, const wt_units *newer,
                               const wt_diff_options *options, wt_error *err);
/* Fields and bodies of two stories. */
WT_API wt_status wt_diff_stories(wt_diff *out, wt_arena *arena, const wt_story *old, const wt_story *newer,
                                 const wt_diff_options *options, wt_error *err);
/* Word edits inside one pair of texts, as unit 0 of each side. */
WT_API wt_status wt_diff_words(wt_word_edit **out, size_t *count, wt_arena *arena, wt_span old, wt_span newer,
                               wt_error *err);
/* Rebuilds the new units' text (one a line, an empty line between paragraphs) from the old units and the edits. */
WT_API wt_status wt_diff_apply(wt_buf *out, const wt_diff *diff, wt_error *err);
/* The diff from new to old. Shares the arena's units. */
WT_API wt_status wt_diff_invert(wt_diff *out, wt_arena *arena, const wt_diff *diff, wt_error *err);
WT_API const char *wt_edit_kind_name(wt_edit_kind kind);

#ifdef __cplusplus
}
#endif
#endif
