/* json_peek: which of the JSON formats is this? */
#ifndef WT_INGEST_JSON_PEEK_H
#define WT_INGEST_JSON_PEEK_H

#include "wt/ingest.h"

/* Reads the first JSON value and tells by its names: ninjs, AP, JSON-LD, JSON Feed, or lines of captures (`lines` says that
   the file's name promises them). WT_FORMAT_UNKNOWN when it is JSON of another kind, WT_FORMAT_TEXT when it is none. */
wt_format wt_json_peek(wt_span bytes, bool lines);

#endif
