/* json_line: a line of JSON, and strings out of it. */
#ifndef INGEST_JSON_LINE_H
#define INGEST_JSON_LINE_H

#include "wt/ingest.h"

#include <jansson.h>

/* Reads one object, decoded first when its bytes are no UTF-8. WT_EFORMAT with the byte. json_decref it. */
wt_status wt_json_line_load(json_t **out, wt_span line, wt_error *err);
/* The string of that name, empty when there is none, in the arena. False: out of memory. */
bool wt_json_line_take(wt_span *out, wt_arena *arena, const json_t *object, const char *name);

#endif
