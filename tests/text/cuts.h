/* Cuts written as one line, pieces between bars: easy to read in a table of expectations. */
#ifndef TESTS_TEXT_CUTS_H
#define TESTS_TEXT_CUTS_H

#include "support/check.h"

#include "wt/text.h"

typedef wt_status (*cut_call)(wt_cuts *out, wt_span text, wt_error *err);

/* Cuts text, checks that cuts are in order and that only white space lies between, and compares "a|b|c". */
static inline void assert_cuts(cut_call cut, const char *text, const char *expected) {
  wt_cuts cuts = {0};
  wt_buf line = {0};
  assert_int_equal(cut(&cuts, wt_span_of(text), NULL), WT_OK);
  size_t end = 0;
  for (size_t i = 0; i < cuts.count; i++) {
    assert_true(cuts.items[i].begin >= end && cuts.items[i].end > cuts.items[i].begin);
    if (i > 0) wt_buf_put_char(&line, '|');
    end = cuts.items[i].end;
    wt_buf_put(&line, text + cuts.items[i].begin, end - cuts.items[i].begin);
  }
  assert_string_equal(line.data == NULL ? "" : line.data, expected);
  wt_buf_release(&line);
  wt_cuts_release(&cuts);
}

/* Every second row of a table is what the row before it gives. */
static inline void assert_cut_table(cut_call cut, const char *const (*rows)[2], size_t count) {
  for (size_t i = 0; i < count; i++) assert_cuts(cut, rows[i][0], rows[i][1]);
}

#endif
