/* links: the three kinds of source. */
#ifndef WT_INGEST_LINKS_H
#define WT_INGEST_LINKS_H

#include "ingest/links_out.h"

void wt_links_xml(wt_links_out *out, wt_span bytes);
void wt_links_json(wt_links_out *out, wt_span bytes);
void wt_links_page(wt_links_out *out, wt_span bytes);

#endif
