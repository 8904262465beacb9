/* entities: text that was escaped for HTML once more than it should have been. */
#ifndef WT_INGEST_ENTITIES_H
#define WT_INGEST_ENTITIES_H

#include "wt/base.h"

/* Appends text with its character references replaced and its tags taken out. Block tags and <br> become line feeds. */
void wt_entities_plain(wt_buf *out, wt_span text);
/* Appends text out of a parser. &#151; means a dash: HTML reads the references of C1 controls as windows-1252 (13.2.5.80),
   parsers give the control. */
void wt_entities_put(wt_buf *out, wt_span text);

#endif
