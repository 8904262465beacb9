/* A line of JSON, and strings out of it. */
#include "ingest/json_line.h"
#include "ingest/json_parse.h"

static json_t *load(wt_span line, json_error_t *trouble) {
  return wt_json_parse(line, JSON_ALLOW_NUL, trouble);
}

wt_status wt_json_line_load(json_t **out, wt_span line, wt_error *err) {
  json_error_t trouble;
  wt_buf decoded = {0};
  wt_decoded how;
  *out = load(line, &trouble);
  if (*out == NULL && wt_utf8_valid(line) < line.len && wt_decode(&decoded, &how, line, NULL, NULL) == WT_OK)
    *out = load(wt_buf_span(&decoded), &trouble);
  wt_buf_release(&decoded);
  if (*out == NULL) return wt_fail(err, WT_EFORMAT, NULL, trouble.position, "no JSON: %s", trouble.text);
  if (json_is_object(*out)) return WT_OK;
  json_decref(*out);
  *out = NULL;
  return wt_fail(err, WT_EFORMAT, NULL, 0, "no JSON object");
}

bool wt_json_line_take(wt_span *out, wt_arena *arena, const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  wt_span text = {json_string_value(value), json_string_length(value)};
  *out = wt_span_keep(arena, text);
  return out->data != NULL;
}
