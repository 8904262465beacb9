/* JSON lines of captures: one object a line. An array of such objects is taken too. */
#include "ingest/json_flat.h"
#include "ingest/json_parse.h"
#include "ingest/manifest.h"

#include <jansson.h>
#include <string.h>

typedef struct reader {
  wt_sink *sink;
  wt_buf names[WT_COLUMNS]; /* of the columns, in this list */
  wt_buf times[WT_COLUMNS]; /* of the row, where a number stands for one */
  wt_buf text;              /* strings of the row that were escaped */
  wt_row row;
} reader;

static wt_status open_reader(reader *r, wt_sink *sink, wt_error *err) {
  wt_buf scratch = {0};
  wt_status status = WT_OK;
  *r = (reader){.sink = sink};
  for (int i = 0; i < WT_COLUMNS && status == WT_OK; i++) {
    wt_buf_put_text(&r->names[i], wt_column_name((wt_column)i, sink->options, &scratch));
    status = wt_buf_status(&r->names[i], "manifest", err);
  }
  wt_buf_release(&scratch);
  return status;
}

static void close_reader(reader *r) {
  for (size_t i = 0; i < WT_COLUMNS; i++) {
    wt_buf_release(&r->names[i]);
    wt_buf_release(&r->times[i]);
  }
  wt_buf_release(&r->text);
}

static void begin_row(reader *r, uint64_t line) {
  r->row = (wt_row){.line = line};
  for (size_t i = 0; i < WT_COLUMNS; i++) wt_buf_clear(&r->times[i]);
}

/* A whole number is seconds since 1970, as a program may write a time. */
static void put_cell(reader *r, int column, const wt_flat_member *value) {
  bool time = column == WT_COLUMN_CAPTURED || column == WT_COLUMN_PUBLISHED;
  r->row.cells[column] = (wt_span){0};
  if (value->kind == WT_FLAT_STRING) r->row.cells[column] = value->text;
  if (value->kind != WT_FLAT_INTEGER || !time) return;
  wt_buf_clear(&r->times[column]);
  wt_instant_put(&r->times[column], (wt_instant)value->number);
  r->row.cells[column] = wt_buf_span(&r->times[column]);
}

static void on_member(void *context, const wt_flat_member *member) {
  reader *r = context;
  for (int i = 0; i < WT_COLUMNS; i++)
    if (wt_span_equal(wt_buf_span(&r->names[i]), member->name)) put_cell(r, i, member);
}

static wt_status give_row(reader *r, wt_error *err) {
  for (size_t i = 0; i < WT_COLUMNS; i++) {
    wt_status status = wt_buf_status(&r->times[i], "manifest", err);
    if (status) return status;
  }
  return wt_row_give(r->sink, &r->row, err);
}

static wt_status give_object(reader *r, const json_t *object, uint64_t line, wt_error *err) {
  if (!json_is_object(object)) return wt_row_complain(r->sink, line, "no JSON object", err);
  begin_row(r, line);
  for (int i = 0; i < WT_COLUMNS; i++) {
    const json_t *value = json_object_get(object, r->names[i].data);
    wt_flat_member member = {.kind = json_is_string(value)    ? WT_FLAT_STRING
                                     : json_is_integer(value) ? WT_FLAT_INTEGER
                                                              : WT_FLAT_OTHER};
    member.text = (wt_span){json_string_value(value), json_string_length(value)};
    member.number = json_integer_value(value);
    put_cell(r, i, &member);
  }
  return give_row(r, err);
}

static wt_status give_line(reader *r, wt_span line, uint64_t number, wt_error *err) {
  json_error_t trouble;
  char what[300];
  if (wt_span_trim(line).len == 0) return WT_OK;
  begin_row(r, number);
  if (wt_json_flat(&r->text, line, on_member, r)) return give_row(r, err);
  json_t *object = wt_json_parse(line, 0, &trouble);
  if (object == NULL) {
    wt_buf text = {0};
    wt_buf_put_format(&text, "no JSON: %s (byte %d)", trouble.text, trouble.position);
    size_t length = text.len < sizeof what ? text.len : sizeof what - 1;
    if (length > 0) memcpy(what, text.data, length);
    what[length] = '\0';
    wt_buf_release(&text);
    return wt_row_complain(r->sink, number, what, err);
  }
  wt_status status = give_object(r, object, number, err);
  json_decref(object);
  return status;
}

/* A whole array: the number of the element stands for the line. */
static wt_status give_array(reader *r, wt_span text, wt_error *err) {
  json_error_t trouble;
  wt_status status = WT_OK;
  json_t *array = wt_json_parse(text, 0, &trouble);
  if (array == NULL)
    return wt_fail(err, WT_EFORMAT, NULL, trouble.position, "line %d: no JSON: %s", trouble.line, trouble.text);
  for (size_t i = 0; i < json_array_size(array) && status == WT_OK; i++)
    status = give_object(r, json_array_get(array, i), i + 1, err);
  json_decref(array);
  return status;
}

static wt_status give_lines(reader *r, wt_span text, wt_error *err) {
  wt_span line;
  uint64_t number = 0;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &text)) status = give_line(r, line, ++number, err);
  return status;
}

wt_status wt_manifest_jsonl(wt_sink *sink, wt_span text, wt_error *err) {
  reader r;
  wt_status status = open_reader(&r, sink, err);
  bool array = wt_span_starts(wt_span_trim(text), WT_SPAN("["));
  if (status == WT_OK) status = array ? give_array(&r, text, err) : give_lines(&r, text, err);
  close_reader(&r);
  return status;
}
