/* A JSON text into jansson's tree, with our errors. */
#include "ingest/json_load.h"
#include "ingest/json_parse.h"
#include "ingest/read.h"

wt_status wt_json_load(json_t **out, wt_span text, wt_error *err) {
  json_error_t trouble;
  *out = wt_json_parse(text, 0, &trouble);
  if (*out != NULL) return WT_OK;
  return wt_fail(err, WT_EFORMAT, NULL, trouble.position, "no JSON, line %d: %s", trouble.line, trouble.text);
}

wt_span wt_json_string(const json_t *value) {
  if (!json_is_string(value)) return (wt_span){"", 0};
  return wt_span_trim((wt_span){json_string_value(value), json_string_length(value)});
}

wt_span wt_json_at(const json_t *object, const char *name) {
  return wt_json_string(json_object_get(object, name));
}

wt_span wt_json_either(const json_t *object, const char *name, const char *other) {
  wt_span value = wt_json_at(object, name);
  return value.len > 0 ? value : wt_json_at(object, other);
}

wt_status wt_json_set(wt_story *story, wt_story_field field, const json_t *value, wt_error *err) {
  if (!json_is_integer(value)) return wt_read_set_once(story, field, wt_json_string(value), err);
  wt_buf text = {0};
  wt_buf_put_format(&text, "%lld", (long long)json_integer_value(value));
  wt_status status = wt_buf_status(&text, "JSON", err);
  if (status == WT_OK) status = wt_read_set_once(story, field, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}
