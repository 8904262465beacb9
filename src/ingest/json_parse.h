/* json_parse: jansson's loader, which also takes what it would refuse of good JSON (RFC 8259): a number that no 64 bits hold is
   null, half a surrogate pair and U+0000 are U+FFFD. Bytes keep their places, so that positions stay true. */
#ifndef INGEST_JSON_PARSE_H
#define INGEST_JSON_PARSE_H

#include "wt/base.h"

#include <jansson.h>

/* NULL with *trouble, when it is no JSON. The text is gone through once more, when it has such a value. json_decref it. */
json_t *wt_json_parse(wt_span text, size_t flags, json_error_t *trouble);

#endif
