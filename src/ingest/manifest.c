/* One row of a manifest -> one capture. A `file` is looked for in the manifest's folder, and never outside it. */
#include "ingest/manifest.h"
#include "ingest/folder.h"

#include <string.h>

static const char *const columns[WT_COLUMNS] = {"url",      "outlet", "captured", "published",
                                                "headline", "html",   "text",     "file"};

const char *wt_column_name(wt_column column, const wt_ingest_options *options, wt_buf *scratch) {
  size_t length = strlen(columns[column]);
  for (size_t i = 0; options != NULL && i < sizeof options->map / sizeof *options->map && options->map[i] != NULL;
       i++) {
    const char *map = options->map[i];
    if (strncmp(map, columns[column], length) != 0 || map[length] != '=') continue;
    wt_buf_clear(scratch);
    wt_buf_put_text(scratch, map + length + 1);
    return scratch->failed ? columns[column] : scratch->data;
  }
  return columns[column];
}

wt_status wt_column_map_check(const char *map, wt_error *err) {
  wt_buf known = {0};
  const char *equals = strchr(map, '=');
  size_t length = equals ? (size_t)(equals - map) : 0;
  bool found = false;
  for (size_t i = 0; i < WT_COLUMNS; i++) {
    found = found || (strlen(columns[i]) == length && memcmp(map, columns[i], length) == 0);
    wt_buf_put_format(&known, "%s%s", i == 0 ? "" : i + 1 == WT_COLUMNS ? " or " : ", ", columns[i]);
  }
  wt_status status = wt_buf_status(&known, "map", err);
  if (status == WT_OK && (!found || equals[1] == 0))
    status = wt_fail(err, WT_EINVAL, NULL, -1, "OURS=THEIRS, where OURS is %s, not \"%.80s\"", known.data, map);
  wt_buf_release(&known);
  return status;
}

/* ---- the file a row names ---- */

/* WT_EREFUSED for a name outside the folder. */
static wt_status read_file(wt_buf *out, wt_buf *path, const wt_sink *sink, wt_span name, wt_error *err) {
  wt_status status = wt_folder_path(path, sink->source->name, name, err);
  return status ? status : wt_file_read(out, path->data, wt_capture_limit(sink->options), err);
}

/* ---- the capture ---- */

/* What is wrong with the row, or NULL. */
static const char *fault(const wt_row *row, wt_instant *captured) {
  wt_time time;
  const wt_span *c = row->cells;
  if (c[WT_COLUMN_CAPTURED].len > 0 && !wt_instant_parse(captured, c[WT_COLUMN_CAPTURED]))
    return "`captured` is no time";
  if (c[WT_COLUMN_PUBLISHED].len > 0 && !wt_time_parse(&time, c[WT_COLUMN_PUBLISHED])) return "`published` is no time";
  if (c[WT_COLUMN_HTML].len == 0 && c[WT_COLUMN_TEXT].len == 0 && c[WT_COLUMN_FILE].len == 0)
    return "neither html, text nor file";
  return NULL;
}

static void take_cell(wt_span *out, wt_span cell) {
  if (cell.len > 0) *out = cell;
}

static void fill_source(wt_source *source, const wt_row *row) {
  take_cell(&source->url, row->cells[WT_COLUMN_URL]);
  take_cell(&source->outlet, row->cells[WT_COLUMN_OUTLET]);
  take_cell(&source->headline, row->cells[WT_COLUMN_HEADLINE]);
  take_cell(&source->published, row->cells[WT_COLUMN_PUBLISHED]);
}

static wt_status give_inline(wt_sink *sink, wt_capture *capture, const wt_row *row, wt_error *err) {
  bool html = row->cells[WT_COLUMN_HTML].len > 0;
  capture->bytes = row->cells[html ? WT_COLUMN_HTML : WT_COLUMN_TEXT];
  /* The cell has been decoded: what the page says of its charset is no longer so. */
  capture->source.content_type = html ? WT_SPAN("text/html; charset=utf-8") : WT_SPAN("text/plain; charset=utf-8");
  capture->format = html ? WT_FORMAT_HTML : WT_FORMAT_TEXT;
  return wt_capture_give(sink, capture, err);
}

static wt_status give_file(wt_sink *sink, wt_capture *capture, const wt_row *row, wt_error *err) {
  wt_buf bytes = {0}, plain = {0}, path = {0};
  wt_error trouble = {.status = WT_OK};
  wt_status status = read_file(&bytes, &path, sink, row->cells[WT_COLUMN_FILE], &trouble);
  if (status == WT_OK && wt_gzip_is(wt_buf_span(&bytes))) {
    status = wt_gunzip(&plain, wt_buf_span(&bytes), wt_capture_limit(sink->options), &trouble);
    capture->bytes = wt_buf_span(&plain);
  } else {
    capture->bytes = wt_buf_span(&bytes);
  }
  if (status == WT_OK) {
    capture->source.name = wt_buf_span(&path);
    capture->format = wt_sniff(capture->bytes, &capture->source);
    status = wt_capture_give(sink, capture, err);
  } else {
    status = wt_row_complain(sink, row->line, trouble.what, err);
  }
  wt_buf_release(&bytes);
  wt_buf_release(&plain);
  wt_buf_release(&path);
  return status;
}

wt_status wt_row_give(wt_sink *sink, const wt_row *row, wt_error *err) {
  wt_capture capture = {.source = *sink->source, .at = row->line};
  const char *what = fault(row, &capture.source.captured);
  if (what != NULL) return wt_row_complain(sink, row->line, what, err);
  fill_source(&capture.source, row);
  if (row->cells[WT_COLUMN_HTML].len > 0 || row->cells[WT_COLUMN_TEXT].len > 0)
    return give_inline(sink, &capture, row, err);
  return give_file(sink, &capture, row, err);
}
