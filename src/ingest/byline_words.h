/*
 * byline_words: the words that open and close a byline, and asking a table of folded words.
 */
#ifndef WT_INGEST_BYLINE_WORDS_H
#define WT_INGEST_BYLINE_WORDS_H

#include "wt/base.h"

/* Does the folded word stand in the table? Cost: the table's length. */
bool wt_byline_in_table(const char *const *table, size_t count, wt_span folded);
#define IN_TABLE(table, folded) wt_byline_in_table(table, sizeof table / sizeof table[0], folded)

/* The bytes of text that a word in front takes ("By ", "Von "), 0 for none; strong_only: none of those that other lines begin
   with too. */
size_t wt_byline_opener(wt_span text, bool strong_only);
/* The bytes of the trade behind the name, and of the address behind that; 0 when the line does not end so. */
size_t wt_byline_closer(wt_span text);
/* Without the last word where that is an address or an account. */
wt_span wt_byline_without_address(wt_span text);
/* "By", and nobody behind it. */
bool wt_byline_is_bare(wt_span text);

#endif
