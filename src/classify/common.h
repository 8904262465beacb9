/* common: what two lists of texts have in common, in order. */
#ifndef WT_CLASSIFY_COMMON_H
#define WT_CLASSIFY_COMMON_H

#include <wt/base.h>

/* Longest common subsequence: sets the flags of what is in it. Equal ends are free; the middle is aligned exactly up to 64
   by 64, beyond that by the next equal one. */
void wt_common(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in);

#endif
