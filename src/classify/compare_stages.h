/* compare_stages: the kinds of finding, in the order in which they have their say. */
#ifndef WT_CLASSIFY_COMPARE_STAGES_H
#define WT_CLASSIFY_COMPARE_STAGES_H

#include "classify/comparing.h"

void wt_compare_facts(wt_comparing *comparing);
void wt_compare_names(wt_comparing *comparing);
void wt_compare_speech(wt_comparing *comparing); /* attribution, hedge, negation, sides */
void wt_compare_quotes(wt_comparing *comparing);
void wt_compare_roles(wt_comparing *comparing); /* "the finance minister" for "the mayor", when no quote has told it */
void wt_compare_rest(wt_comparing *comparing);  /* wording, spelling, typography */

/* "one" and "first" are often no counts: alone, with nothing opposite, they are wording. */
bool wt_is_weak_fact(const wt_passage *side, const wt_fact *fact);

#endif
