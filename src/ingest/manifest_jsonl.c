/* JSON lines of captures: one object a line. An array of such objects is taken too. */
#include "ingest/manifest.h"

#include <jansson.h>
#include <string.h>

/* Seconds since 1970, as a program may write a time. */
static void put_epoch(wt_buf *out, json_int_t seconds) {
  wt_instant_put(out, (wt_instant)seconds);
}

static wt_status fill_row(wt_row *row, wt_buf times[WT_COLUMNS], const json_t *object, const wt_ingest_options *options,
                          wt_error *err) {
  wt_buf scratch = {0};
  wt_status status = WT_OK;
  for (int i = 0; i < WT_COLUMNS && status == WT_OK; i++) {
    const json_t *value = json_object_get(object, wt_column_name((wt_column)i, options, &scratch));
    if (json_is_string(value)) {
      row->cells[i] = (wt_span){json_string_value(value), json_string_length(value)};
    } else if (json_is_integer(value) && (i == WT_COLUMN_CAPTURED || i == WT_COLUMN_PUBLISHED)) {
      put_epoch(&times[i], json_integer_value(value));
      row->cells[i] = wt_buf_span(&times[i]);
      status = wt_buf_status(&times[i], "manifest", err);
    }
  }
  wt_buf_release(&scratch);
  return status;
}

static wt_status give_object(wt_sink *sink, const json_t *object, uint64_t line, wt_error *err) {
  wt_row row = {.line = line};
  wt_buf times[WT_COLUMNS] = {{0}};
  if (!json_is_object(object)) return wt_row_complain(sink, line, "no JSON object", err);
  wt_status status = fill_row(&row, times, object, sink->options, err);
  if (status == WT_OK) status = wt_row_give(sink, &row, err);
  for (size_t i = 0; i < WT_COLUMNS; i++) wt_buf_release(&times[i]);
  return status;
}

static wt_status give_line(wt_sink *sink, wt_span line, uint64_t number, wt_error *err) {
  json_error_t trouble;
  char what[300];
  if (wt_span_trim(line).len == 0) return WT_OK;
  json_t *object = json_loadb(line.data, line.len, 0, &trouble);
  if (object == NULL) {
    wt_buf text = {0};
    wt_buf_put_format(&text, "no JSON: %s at column %d", trouble.text, trouble.position);
    size_t length = text.len < sizeof what ? text.len : sizeof what - 1;
    if (length > 0) memcpy(what, text.data, length);
    what[length] = '\0';
    wt_buf_release(&text);
    return wt_row_complain(sink, number, what, err);
  }
  wt_status status = give_object(sink, object, number, err);
  json_decref(object);
  return status;
}

/* A whole array: the number of the element stands for the line. */
static wt_status give_array(wt_sink *sink, wt_span text, wt_error *err) {
  json_error_t trouble;
  wt_status status = WT_OK;
  json_t *array = json_loadb(text.data, text.len, 0, &trouble);
  if (array == NULL)
    return wt_fail(err, WT_EFORMAT, NULL, trouble.position, "line %d: no JSON: %s", trouble.line, trouble.text);
  for (size_t i = 0; i < json_array_size(array) && status == WT_OK; i++)
    status = give_object(sink, json_array_get(array, i), i + 1, err);
  json_decref(array);
  return status;
}

wt_status wt_manifest_jsonl(wt_sink *sink, wt_span text, wt_error *err) {
  wt_span line;
  uint64_t number = 0;
  wt_status status = WT_OK;
  if (wt_span_starts(wt_span_trim(text), WT_SPAN("["))) return give_array(sink, text, err);
  while (status == WT_OK && wt_span_line(&line, &text)) status = give_line(sink, line, ++number, err);
  return status;
}
