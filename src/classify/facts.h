/*
 * facts: the numbers and dates of one side of an edit, each in a canonical writing, so that "5%" equals "five percent" and
 * nothing else.
 */
#ifndef WT_CLASSIFY_FACTS_H
#define WT_CLASSIFY_FACTS_H

#include "classify/passage.h"

typedef struct wt_fact {
  wt_role role;         /* ROLE_NUMBER or ROLE_DATE */
  uint32_t first, last; /* tokens */
  wt_span norm;         /* canonical: equal norms say the same */
  wt_span context;      /* folded word that follows, when it is one: what is counted */
  uint32_t counted;     /* token of the context; 0: none */
  int64_t value;        /* in thousandths, for "did it rise"; meaningful when comparable */
  bool comparable;
  bool relative; /* "3 hours ago": a number and a time */
  bool clock;    /* a time of day, and no day */
  bool touched;  /* a token of it, or right beside its figure, changed */
  bool matched;  /* the other side says the same */
} wt_fact;

typedef struct wt_facts {
  wt_fact *items;
  size_t count, capacity;
} wt_facts; /* in the arena */

wt_status wt_facts_put(wt_facts *facts, wt_arena *arena, const wt_fact *fact, wt_error *err);
/* Finds dates first, then numbers, and sets the tokens' roles. In order of the text within each kind. */
wt_status wt_dates_find(wt_facts *facts, wt_arena *arena, wt_passage *side, const wt_lexicon *lexicon, wt_error *err);
wt_status wt_numbers_find(wt_facts *facts, wt_arena *arena, wt_passage *side, const wt_lexicon *lexicon, wt_error *err);
/* The canonical digits of a figure: "1,500" and "1500" are "15e2" in English; trailing zeros after a point stay. decimal: as
   a lexicon has it. */
void wt_figure_put(wt_buf *out, wt_span figure, char decimal, int scale);

#endif
