/* headers: "Name: value" lines, as WARC, HTTP and mail write them before what they carry. */
#ifndef WT_INGEST_HEADERS_H
#define WT_INGEST_HEADERS_H

#include "wt/base.h"

/* Cuts text at its first empty line: the header lines before it, and where what follows begins. False when there is none;
   then headers is all of text and *after its length. */
bool wt_headers_cut(wt_span *headers, size_t *after, wt_span text);
/* The value of the first line by that name, ASCII case aside, trimmed; with the folded lines that follow it, line breaks and
   all. Empty when absent. */
wt_span wt_headers_find(wt_span headers, const char *name);

#endif
