/*
 * interchange: what the writers of ninjs and JSON-LD share.
 *
 * Neither form has a place for everything a story has. What is left goes into name and value pairs whose name is
 * "writethru:" and the canonical form's own name, so that our reader gives the same story back.
 */
#ifndef WT_REPORT_INTERCHANGE_H
#define WT_REPORT_INTERCHANGE_H

#include "wt/story.h"

#define WT_INTERCHANGE_PREFIX "writethru:"

/* Writes one pair; name without the prefix. */
typedef void (*wt_interchange_pair)(wt_json *json, const char *name, wt_span value);

/* Is the field's value a date and time as RFC 3339 wants it, seconds and offset and all? */
bool wt_interchange_is_date_time(wt_span value);
/* Writes the pairs of the fields whose bit is not set in `placed`, of the lists (bylines only when asked), status and state. */
void wt_interchange_rest(wt_json *json, const wt_story *story, uint64_t placed, bool bylines, wt_interchange_pair pair);
#define WT_PLACED(field) ((uint64_t)1 << (field))

#endif
