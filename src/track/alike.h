/* alike: how much two stories have in common. */
#ifndef WT_TRACK_ALIKE_H
#define WT_TRACK_ALIKE_H

#include "wt/fingerprint.h"

/* Share of a's shingles that b has too, in parts of 10,000. 0 when a has none. */
uint32_t track_contained(const wt_fingerprint *a, const wt_fingerprint *b);
/* Both ways, over every shingle and not only the sampled ones. */
wt_status track_contained_exactly(uint32_t *a_in_b, uint32_t *b_in_a, const wt_fingerprint *a, const wt_fingerprint *b,
                                  wt_error *err);
/* May one be a rewriting of the other? True when they share a paragraph, shingles, or a fair part of their telling words. */
wt_status track_related(bool *out, const wt_story *a, const wt_fingerprint *fa, const wt_story *b,
                        const wt_fingerprint *fb, wt_error *err);
/* Share of the distinct words of the shorter headline that the other has too, in parts of 10,000. */
uint32_t track_headlines_shared(const wt_fingerprint *a, const wt_fingerprint *b);

#endif
