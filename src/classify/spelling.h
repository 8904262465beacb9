/* spelling: one word written in two ways. */
#ifndef WT_CLASSIFY_SPELLING_H
#define WT_CLASSIFY_SPELLING_H

#include "classify/comparing.h"

/* One word written in two ways: a slip of the keys or another school of spelling, and no other form of the word. */
bool wt_is_respelled(const wt_token *a, const wt_token *b);
/* One word opposite one word, and they are respelled. */
bool wt_is_misspelling(const wt_comparing *comparing, const wt_hunk *hunk);
/* A word that one side has with a slip of the keys means what the right one means: "setitmane" is a week, too. */
void wt_read_slips(wt_comparing *comparing);
/* Folded texts that differ in accents alone: "aprobo" and "aprob\u00F3". */
bool wt_same_but_accents(wt_span a, wt_span b);

#endif
