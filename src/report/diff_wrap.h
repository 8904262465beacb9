/* diff_wrap: inked text broken into lines of a column's width. Wide letters count two columns, combining marks none. */
#ifndef REPORT_DIFF_WRAP_H
#define REPORT_DIFF_WRAP_H

#include "wt/report.h"

typedef struct wrap_piece {
  wt_span text;
  wt_ink ink;
  bool held; /* a space at either end is no place to break: a bracket stands beyond it */
} wrap_piece;

typedef struct wrap_line {
  size_t begin, end; /* of pieces */
  size_t columns;
} wrap_line;

typedef struct wrap {
  wrap_piece *pieces; /* what was put in, in order */
  size_t count, capacity;
  wrap_piece *cut; /* the same cut by lines, without the white space at line ends */
  size_t cut_count, cut_capacity;
  wrap_line *lines;
  size_t line_count, line_capacity;
  bool failed;
} wrap;

void wrap_clear(wrap *to);
void wrap_release(wrap *to);
/* Text that is not copied: it must live until the lines are put. */
void wrap_put(wrap *to, wt_ink ink, wt_span text);
/* The same for text between brackets, which its first and last word keep beside them. */
void wrap_put_held(wrap *to, wt_ink ink, wt_span text);
/* Cuts what was put into lines of at most `width` columns: at white space, beside wide letters, else inside a word. */
void wrap_cut(wrap *to, size_t width);
/* One line, padded to `pad` columns; nothing but padding past the last. */
void wrap_put_line(wt_buf *out, const wt_term *term, const wrap *from, size_t line, size_t pad);
/* Cuts at a window's width (else nowhere) and puts all lines, each but the first behind `indent` spaces, where the first
   stands already; no line end after the last. Lines are never narrower than 20 columns. */
void wrap_put_all(wt_buf *out, const wt_term *term, wrap *from, size_t indent);

#endif
