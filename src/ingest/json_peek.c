/* Which of the JSON formats is this? By the names in its first value. */
#include "ingest/json_peek.h"
#include "ingest/json_parse.h"

#include <jansson.h>
#include <string.h>

static bool has(const json_t *object, const char *name) {
  return json_object_get(object, name) != NULL;
}

static bool is_feed(const json_t *object) {
  const char *version = json_string_value(json_object_get(object, "version"));
  return version != NULL && strstr(version, "jsonfeed.org/version") != NULL;
}

static bool is_jsonld(const json_t *value) {
  return has(value, "@context") || has(value, "@graph") || has(value, "@type");
}

static bool is_ap(const json_t *object) {
  const json_t *item = json_object_get(json_object_get(object, "data"), "item");
  return has(item, "altids") || (has(item, "uri") && has(item, "pubstatus"));
}

/* ninjs asks for `uri` alone; something else of its own must be there too, so that any object with a uri is not taken. */
static bool is_ninjs(const json_t *object) {
  static const char *const own[] = {"versioncreated",     "pubstatus", "body_html", "body_text",
                                    "body_xhtml",         "bodies",    "headlines", "contentcreated",
                                    "representationtype", "slugline",  "byline"};
  if (!has(object, "uri") && !has(object, "guid") && !has(object, "body_html") && !has(object, "bodies")) return false;
  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    if (has(object, own[i])) return true;
  return false;
}

/* An answer of a search: its items are ninjs. */
static bool holds_ninjs(const json_t *object) {
  static const char *const lists[] = {"item", "items", "_items"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    const json_t *list = json_object_get(object, lists[i]);
    if (json_is_array(list) && is_ninjs(json_array_get(list, 0))) return true;
  }
  return false;
}

static bool is_capture(const json_t *object) {
  return has(object, "html") || has(object, "text") || has(object, "file");
}

/* A row of a web archive's list, as an object; or its first row, which names the columns. */
static bool is_cdx(const json_t *value) {
  bool time = has(value, "timestamp") && (has(value, "url") || has(value, "original"));
  for (size_t i = 0; i < json_array_size(value); i++) {
    const char *name = json_string_value(json_array_get(value, i));
    if (name != NULL && strcmp(name, "timestamp") == 0) time = true;
  }
  return time && !is_capture(value);
}

static wt_format of_value(const json_t *value, bool lines) {
  const json_t *first = json_is_array(value) ? json_array_get(value, 0) : value;
  if (is_jsonld(first)) return WT_FORMAT_JSONLD;
  if (is_cdx(first)) return WT_FORMAT_CDX;
  if (!json_is_object(value))
    return is_capture(first) ? WT_FORMAT_CAPTURES_JSONL : WT_FORMAT_TEXT; /* "[1] A footnote" is no JSON file */
  if (is_feed(value)) return WT_FORMAT_FEED;
  if (is_ap(value)) return WT_FORMAT_AP_JSON;
  if (!lines && (is_ninjs(value) || holds_ninjs(value))) return WT_FORMAT_NINJS;
  return lines || is_capture(value) ? WT_FORMAT_CAPTURES_JSONL : WT_FORMAT_UNKNOWN;
}

wt_format wt_json_peek(wt_span bytes, bool lines) {
  json_error_t trouble;
  if (wt_span_starts(bytes, WT_SPAN("\xef\xbb\xbf"))) bytes = wt_span_sub(bytes, 3, bytes.len);
  json_t *value = wt_json_parse(bytes, JSON_DISABLE_EOF_CHECK, &trouble);
  if (value == NULL) return lines ? WT_FORMAT_CAPTURES_JSONL : WT_FORMAT_TEXT;
  wt_format format = of_value(value, lines);
  json_decref(value);
  return format;
}
