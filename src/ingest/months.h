/* months: the names of months, in the languages that news pages are written in. */
#ifndef WT_INGEST_MONTHS_H
#define WT_INGEST_MONTHS_H

#include "wt/base.h"

/* The month, 1 to 12, that the word at the front of text names; 0 for none. text is folded; len bytes of it are the word. A
   name of two words or with points ("كانون الثاني", "ก.พ.") may reach further: *used is what was taken. */
unsigned wt_month_find(size_t *used, wt_span text, size_t len);

#endif
