/* One line of JSON as a story: what `copies --stream` and `fingerprint` read. */
#include "wt/ingest.h"

#include <jansson.h>

static json_t *load(wt_span line, json_error_t *trouble) {
  return json_loadb(line.data, line.len, JSON_ALLOW_NUL, trouble);
}

/* Reads the line, decoded first when its bytes are no UTF-8. */
static wt_status load_line(json_t **out, wt_span line, wt_error *err) {
  json_error_t trouble;
  wt_buf decoded = {0};
  wt_decoded how;
  *out = load(line, &trouble);
  if (*out == NULL && wt_utf8_valid(line) < line.len && wt_decode(&decoded, &how, line, NULL, NULL) == WT_OK)
    *out = load(wt_buf_span(&decoded), &trouble);
  wt_buf_release(&decoded);
  if (*out == NULL)
    return wt_fail(err, WT_EFORMAT, NULL, trouble.position, "no JSON: %s", trouble.text);
  if (json_is_object(*out))
    return WT_OK;
  json_decref(*out);
  *out = NULL;
  return wt_fail(err, WT_EFORMAT, NULL, 0, "no JSON object");
}

static bool take(wt_span *out, wt_arena *arena, const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  wt_span text = {json_string_value(value), json_string_length(value)};
  *out = wt_span_keep(arena, text);
  return out->data != NULL;
}

wt_status wt_story_line_parse(wt_story_line *out, wt_arena *arena, wt_span line, wt_error *err) {
  json_t *object;
  *out = (wt_story_line){0};
  wt_status status = load_line(&object, line, err);
  if (status != WT_OK)
    return status;
  bool fits = take(&out->url, arena, object, "url") && take(&out->outlet, arena, object, "outlet") &&
              take(&out->headline, arena, object, "headline") && take(&out->published, arena, object, "published") &&
              take(&out->text, arena, object, "text");
  const json_t *published = json_object_get(object, "published");
  if (!wt_instant_parse(&out->instant, out->published))
    out->instant = json_is_integer(published) ? (wt_instant)json_integer_value(published) : WT_INSTANT_NONE;
  json_decref(object);
  return fits ? WT_OK : wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
}
