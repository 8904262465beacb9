/*
 * json_flat: the members of one JSON object, without building it.
 *
 * It gives what jansson would, for a seventh of the time, or says that it is not sure: of all that is no JSON, of depths and
 * numbers past any list of captures, and of a NUL. jansson is asked then, and has the word on errors.
 */
#ifndef INGEST_JSON_FLAT_H
#define INGEST_JSON_FLAT_H

#include "wt/base.h"

typedef enum wt_flat_kind { WT_FLAT_STRING, WT_FLAT_INTEGER, WT_FLAT_OTHER } wt_flat_kind;

typedef struct wt_flat_member {
  wt_span name;
  wt_flat_kind kind;
  wt_span text;   /* of a string */
  int64_t number; /* of an integer */
} wt_flat_member;

typedef void (*wt_flat_each)(void *context, const wt_flat_member *member);

/* Tells each member of the object that `line` holds, in order: of two with one name the last one counts. Spans are the
   line's or lie in `text`, which is cleared first, and stay until the next call. False: not sure, and what was told is void. */
bool wt_json_flat(wt_buf *text, wt_span line, wt_flat_each each, void *context);

#endif
