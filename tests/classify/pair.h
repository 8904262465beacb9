/* Two texts (a sentence a line, an empty line between paragraphs), their diff and what it means; released by pair_close. */
#ifndef WT_TESTS_CLASSIFY_PAIR_H
#define WT_TESTS_CLASSIFY_PAIR_H

#include "support/check.h"

#include "wt/classify.h"

typedef struct pair {
  wt_arena arena;
  wt_units old, newer;
  wt_diff diff;
  wt_classified found;
} pair;

static inline void pair_open(pair *p, const char *old, const char *new) {
  wt_error err = {0};
  *p = (pair){0};
  assert_ok(wt_units_of_lines(&p->old, &p->arena, wt_span_of(old), &err));
  assert_ok(wt_units_of_lines(&p->newer, &p->arena, wt_span_of(new), &err));
  assert_ok(wt_diff_units(&p->diff, &p->arena, &p->old, &p->newer, NULL, &err));
  assert_ok(wt_classify(&p->found, &p->arena, &p->diff, NULL, NULL, &err));
}

static inline void pair_close(pair *p) {
  wt_arena_release(&p->arena);
}

#endif
