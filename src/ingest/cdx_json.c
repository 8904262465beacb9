/* A list of archived URLs as JSON: rows under a row of names, or an object a row. */
#include "ingest/cdx.h"
#include "ingest/json_parse.h"

#include <jansson.h>

enum { COLUMNS = 32, DIGITS = 24 };

/* Numbers are written both as such and as strings. */
static wt_span text_of(char digits[DIGITS], const json_t *value) {
  wt_buf text = {0};
  if (json_is_string(value)) return (wt_span){json_string_value(value), json_string_length(value)};
  if (!json_is_integer(value)) return (wt_span){0};
  wt_buf_put_format(&text, "%lld", (long long)json_integer_value(value));
  size_t len = text.len < DIGITS ? text.len : 0;
  for (size_t i = 0; i < len; i++) digits[i] = text.data[i];
  wt_buf_release(&text);
  return (wt_span){digits, len};
}

/* ---- objects ---- */

static wt_status give_object(wt_sink *sink, json_t *object, wt_cdx_row row, wt_error *err) {
  const char *name;
  json_t *value;
  char stamp[DIGITS];
  json_object_foreach(object, name, value) {
    char digits[DIGITS];
    bool is_stamp = wt_span_equal(wt_span_of(name), WT_SPAN("timestamp"));
    wt_cdx_set(&row, wt_span_of(name), text_of(is_stamp ? stamp : digits, value));
  }
  return wt_cdx_give(sink, &row, err);
}

wt_status wt_cdx_json_object(wt_sink *sink, wt_span text, wt_cdx_row row, wt_error *err) {
  json_error_t trouble;
  json_t *object = wt_json_parse(text, 0, &trouble);
  if (!json_is_object(object)) {
    json_decref(object);
    return wt_row_complain(sink, row.line, "no JSON object in a row of a CDX list", err);
  }
  wt_status status = give_object(sink, object, row, err);
  json_decref(object);
  return status;
}

/* ---- rows under names ---- */

static wt_status give_row(wt_sink *sink, const json_t *names, const json_t *cells, uint64_t line, wt_error *err) {
  char digits[COLUMNS][DIGITS];
  wt_cdx_row row = {.line = line};
  for (size_t i = 0; i < COLUMNS && i < json_array_size(names); i++) {
    const char *name = json_string_value(json_array_get(names, i));
    if (name != NULL) wt_cdx_set(&row, wt_span_of(name), text_of(digits[i], json_array_get(cells, i)));
  }
  return wt_cdx_give(sink, &row, err);
}

wt_status wt_cdx_json_array(wt_sink *sink, wt_span text, wt_error *err) {
  json_error_t trouble;
  wt_status status = WT_OK;
  json_t *all = wt_json_parse(text, 0, &trouble);
  if (all == NULL)
    return wt_fail(err, WT_EFORMAT, NULL, trouble.position, "line %d: no JSON: %s", trouble.line, trouble.text);
  const json_t *names = json_array_get(all, 0);
  for (size_t i = 0; status == WT_OK && i < json_array_size(all); i++) {
    json_t *row = json_array_get(all, i);
    if (json_is_object(row))
      status = give_object(sink, row, (wt_cdx_row){.line = i + 1}, err);
    else if (!json_is_array(row))
      status = wt_row_complain(sink, i + 1, "no row of a CDX list", err);
    else if (i > 0 && json_array_size(row) > 0) /* an empty one stands before a resumption key */
      status = give_row(sink, names, row, i + 1, err);
  }
  json_decref(all);
  return status;
}
