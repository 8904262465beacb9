/*
 * quotes: which bytes of a side stand inside quotation marks.
 *
 * A state machine over the whole side, in all styles: "..", '..', the curly pairs in English, German and Nordic use,
 * guillemets either way round, CJK corner brackets. Quotes nest. A speech that runs on over paragraphs opens again at the
 * start of each, as newspapers set it; a quote open at the end of a paragraph that does not is taken to end there.
 */
#ifndef WT_CLASSIFY_QUOTES_H
#define WT_CLASSIFY_QUOTES_H

#include "wt/diff.h"

typedef struct wt_quoted {
  uint32_t unit, begin, end; /* bytes in the unit, marks left out */
} wt_quoted;

typedef struct wt_quotes {
  wt_quoted *items; /* by unit, then by begin; of nested quotes only the outermost */
  size_t count, capacity;
} wt_quotes; /* in the arena */

wt_status wt_quotes_find(wt_quotes *out, wt_arena *arena, const wt_units *units, wt_error *err);
bool wt_quotes_hold(const wt_quotes *quotes, uint32_t unit, uint32_t byte);

#endif
