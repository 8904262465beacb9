/* json_load: a JSON text into jansson's tree, with our errors; and the few ways all JSON readers go in it. */
#ifndef WT_INGEST_JSON_LOAD_H
#define WT_INGEST_JSON_LOAD_H

#include <jansson.h>

#include "wt/story.h"

/* Parses text, one JSON value. WT_EFORMAT with the byte. The caller frees *out with json_decref. */
wt_status wt_json_load(json_t **out, wt_span text, wt_error *err);

/* A string, trimmed; empty for anything else. Borrowed from the tree. */
wt_span wt_json_string(const json_t *value);
wt_span wt_json_at(const json_t *object, const char *name);
/* The one, or where it is empty the other. */
wt_span wt_json_either(const json_t *object, const char *name, const char *other);
/* Sets a field that is still empty to a string, or to a whole number as it is written. */
wt_status wt_json_set(wt_story *story, wt_story_field field, const json_t *value, wt_error *err);

#endif
