/* Sampled shingles of a run of tokens. */
#ifndef WT_FINGERPRINT_SHINGLES_H
#define WT_FINGERPRINT_SHINGLES_H

#include "tokens.h"

/* Fills shingles with the sampled hashes, sorted and unique. */
bool wt_shingles_of(wt_tokens shingles, const uint64_t *tokens, size_t count, uint32_t sample);
/* Sorts hashes that are at most `highest`, in O(n log n) whatever they are, and takes repeats out; gives how many are left.
   spare: room for as many. */
size_t wt_sort_unique(uint64_t *items, size_t count, uint64_t highest, uint64_t *spare);

#endif
