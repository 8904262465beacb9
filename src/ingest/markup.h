/*
 * markup: a body in HTML or NITF -> pieces of copy.
 *
 * For bodies that wire files and feeds carry, which hold a story and little else; whole pages are html.c's. Every text below
 * the element is in a piece, or in one that is dropped with its reason. No recursion.
 */
#ifndef WT_INGEST_MARKUP_H
#define WT_INGEST_MARKUP_H

#include "ingest/copy.h"
#include "ingest/xml.h"

typedef enum wt_markup_how {
  WT_MARKUP_HTML, /* white space is white space */
  WT_MARKUP_WIRE  /* agencies put old copy into one <p>: blank lines and indents in it part paragraphs */
} wt_markup_how;

/* Appends to pieces what stands below top; picture credits go to the story. */
wt_status wt_markup_read(wt_pieces *pieces, wt_story *story, const xmlNode *top, wt_markup_how how, wt_error *err);
/* The same for a string of HTML in UTF-8. */
wt_status wt_markup_read_html(wt_pieces *pieces, wt_story *story, wt_span html, wt_markup_how how, wt_error *err);

#endif
