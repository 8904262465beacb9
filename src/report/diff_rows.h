/*
 * diff_rows: a diff as rows of marked text, which HTML, terminal and plain text write each in their own way.
 *
 * A row is a paragraph of the new text, or one of the old that is gone. Its pieces are in reading order, those of the old
 * side and of the new side mixed: a two-column view takes those with `in_old` on the left, with `in_new` on the right.
 */
#ifndef REPORT_DIFF_ROWS_H
#define REPORT_DIFF_ROWS_H

#include "wt/classify.h"
#include "wt/diff.h"

typedef enum diff_mark {
  DIFF_KEPT,
  DIFF_INSERTED,
  DIFF_DELETED,
  DIFF_MOVED, /* stood elsewhere in the old text */
  DIFF_FROM,  /* the old place of what moved; its text is for the old column alone */
  DIFF_TYPO,  /* other bytes, the same words */
  DIFF_SPACE  /* between two sentences; see diff_space_due */
} diff_mark;

typedef struct diff_piece {
  diff_mark mark;
  wt_span text;     /* of the new side, or of the old for what is only there */
  wt_span old_text; /* DIFF_TYPO: as it was */
  bool in_old, in_new;
  bool within;       /* DIFF_MOVED, DIFF_FROM: inside one sentence */
  bool inside_moved; /* part of a sentence that moved and was edited */
  bool opens;        /* first piece of its edit in this row */
  uint32_t edit;     /* number of the edit in the diff */
} diff_piece;

typedef struct diff_row {
  size_t begin, end;                     /* pieces */
  uint32_t old_paragraph, new_paragraph; /* UINT32_MAX: none */
  uint32_t sentences;                    /* of the new side, or of the old for a paragraph that is gone */
  uint32_t classes;                      /* union of its edits' classes; 0 when not classified */
  wt_block_kind kind;
  bool changed;
} diff_row;

typedef struct diff_rows {
  const wt_diff *diff;
  diff_piece *pieces;
  size_t piece_count, piece_capacity;
  diff_row *rows;
  size_t row_count, row_capacity;
} diff_rows;

/* classified may be NULL. Release it whatever came. */
wt_status diff_rows_make(diff_rows *out, const wt_diff *diff, const wt_classified *classified, wt_error *err);
void diff_rows_release(diff_rows *rows);

typedef enum diff_column { DIFF_BOTH, DIFF_OLD, DIFF_NEW } diff_column;

/* Is the piece told in a column? What is in none of its texts and not marked is not told in DIFF_BOTH. */
bool diff_stands_in(const diff_piece *piece, diff_column column);
/* Did two pieces that moved go the same way, so that one note does for both? before may be NULL. */
bool diff_same_place(const wt_diff *diff, const diff_piece *before, const diff_piece *piece);
/* Is a space to be written between two pieces that follow each other in a column? pending: a DIFF_SPACE stood between them. */
bool diff_space_due(const diff_piece *before, const diff_piece *piece, bool pending);

/* The pieces of two texts compared word by word, for a headline. In `rows` as one row more. */
wt_status diff_rows_add_words(diff_rows *rows, wt_arena *arena, wt_span old, wt_span new, wt_error *err);

#endif
