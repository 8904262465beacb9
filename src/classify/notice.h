/*
 * notice: editors' notices, time stamps of the page and page furniture by how they start; and what a notice claims was done.
 */
#ifndef WT_CLASSIFY_NOTICE_H
#define WT_CLASSIFY_NOTICE_H

#include "classify/passage.h"

/* What a sentence is beside the story's own text. */
typedef enum wt_aside { ASIDE_NONE, ASIDE_NOTICE, ASIDE_STAMP, ASIDE_FURNITURE } wt_aside;

/* tokens of one unit, roles of dates set. */
wt_aside wt_aside_of(const wt_passage *side);

#define WT_LAST_GRAF UINT32_MAX
typedef struct wt_graf_range {
  uint32_t first, last; /* from 1; WT_LAST_GRAF: the last paragraph */
} wt_graf_range;

typedef struct wt_claims {
  uint32_t classes;       /* what the notice says was corrected: each of them */
  uint32_t any;           /* words of more that stand farther off: one of these will do */
  bool text;              /* it says that text was added, taken out or recast */
  bool general;           /* it says that something was corrected, and not what */
  wt_graf_range grafs[4]; /* paragraphs it names */
  size_t graf_count;
} wt_claims;

void wt_claims_read(wt_claims *out, const wt_passage *side);

#endif
