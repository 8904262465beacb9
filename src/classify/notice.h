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

typedef struct wt_claims {
  uint32_t classes;  /* what the notice says was corrected */
  bool text;         /* it says that text was added, taken out or recast */
  uint32_t grafs[4]; /* paragraphs it names, from 1 */
  size_t graf_count;
} wt_claims;

void wt_claims_read(wt_claims *out, const wt_passage *side);

#endif
