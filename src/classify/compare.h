/* compare: what differs in meaning between both sides of one edit, or is told by one side alone. */
#ifndef WT_CLASSIFY_COMPARE_H
#define WT_CLASSIFY_COMPARE_H

#include "classify/comparing.h"

/* Both sides of an edit; `edit` may be NULL: then everything changed. Fills meaning. */
wt_status wt_compare(wt_comparing *comparing, const wt_diff *diff, const wt_edit *edit, wt_error *err);
/* One side alone: what came with a sentence, or went with it. */
wt_status wt_compare_alone(wt_comparing *comparing, const wt_units *units, const wt_quotes *quotes, uint32_t first,
                           uint32_t count, bool added, wt_error *err);

#endif
