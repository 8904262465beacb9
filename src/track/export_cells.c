/* export_cells: one cell after the other, as CSV or as JSON; a row begins and ends by itself. */
#include "track/export.h"

enum { FLUSH_AT = 256 << 10 };

static void begin_cell(exporter *e) {
  if (e->csv) {
    if (e->column) wt_buf_put_char(e->out, ',');
    return;
  }
  if (e->column == 0) {
    wt_json_object(&e->json);
    wt_json_member_int(&e->json, "schema", 1);
  }
  wt_json_key(&e->json, e->table->columns[e->column].name);
}

static void end_cell(exporter *e) {
  if (e->table->columns[++e->column].name) return;
  e->column = 0;
  if (e->csv) {
    wt_buf_put_char(e->out, '\n');
  } else {
    wt_json_object_end(&e->json);
    wt_json_line_end(&e->json);
  }
  if (e->out->len >= FLUSH_AT && !e->flush(e->context, e->out)) e->stopped = true;
}

void export_text(exporter *e, wt_span text) {
  begin_cell(e);
  if (e->csv)
    wt_csv_put_bare(e->out, text);
  else if (text.len)
    wt_json_span(&e->json, text);
  else
    wt_json_null(&e->json);
  end_cell(e);
}

void export_int(exporter *e, int64_t value) {
  begin_cell(e);
  if (e->csv)
    wt_buf_put_format(e->out, "%lld", (long long)value);
  else
    wt_json_int(&e->json, value);
  end_cell(e);
}

void export_bool(exporter *e, bool value) {
  begin_cell(e);
  if (e->csv)
    wt_buf_put_text(e->out, value ? "true" : "false");
  else
    wt_json_bool(&e->json, value);
  end_cell(e);
}

void export_share(exporter *e, int64_t parts) {
  begin_cell(e);
  if (e->csv)
    wt_buf_put_format(e->out, "%lld.%04lld", (long long)parts / 10000, (long long)parts % 10000);
  else
    wt_json_share(&e->json, parts);
  end_cell(e);
}

void export_time(exporter *e, wt_instant at) {
  wt_buf text = {0};
  if (at != WT_INSTANT_NONE) wt_instant_put(&text, at);
  export_text(e, wt_buf_span(&text));
  wt_buf_release_part(&text, e->out);
}

void export_classes(exporter *e, uint32_t classes) {
  wt_buf text = {0};
  wt_classes_put(&text, classes);
  export_text(e, wt_buf_span(&text));
  wt_buf_release_part(&text, e->out);
}

void export_name(exporter *e, wt_span path, uint32_t number) {
  wt_buf text = {0};
  wt_buf_put_span(&text, path);
  if (number) wt_buf_put_format(&text, "@%u", (unsigned)number);
  export_text(e, number || path.len ? wt_buf_span(&text) : (wt_span){0});
  wt_buf_release_part(&text, e->out);
}

bool export_goes_on(exporter *e) {
  return e->status == WT_OK && !e->stopped && !e->out->failed;
}
