/*
 * wire_head: the lines that open wire copy which came as plain text, without the control bytes of ANPA 1312 or IPTC 7901.
 *
 *     URGENT                                     priority: flash, bulletin or urgent
 *     u a BC-Bridge-Closed 03-02 0230            the header as printed: priority, category, slug
 *     BC-Bridge Closed,2nd Ld-Writethru,0230     slug, take, words
 *     BRIDGE-CLOSED (UPDATE 1)                   slug and take, another agency's way
 *     URGENT: BRIDGE-CLOSED/TOWN                 priority, and slug or headline behind it
 *     Slug: BRIDGE-CLOSED                        a label and its value, as content systems print them
 *     Eds: Updates with quotes.
 *     Bridge closed after crack is found         headline, on one line or two
 *     By ANN LEE
 *     Harbour Wire Writer
 *
 * Lines may open with ^ and end in < or =, as ANPA marks them.
 */
#ifndef WT_INGEST_WIRE_HEAD_H
#define WT_INGEST_WIRE_HEAD_H

#include "wt/story.h"

/* Sets the story's fields from such lines and puts into *taken how many bytes of `text` they take: 0 when the first lines
   are none of the first six kinds. text is UTF-8; a headline or byline that the story has already stays. */
wt_status wt_wire_head_read(size_t *taken, wt_story *story, wt_span text, wt_error *err);

#endif
