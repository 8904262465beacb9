/*
 * CSV of captures (RFC 4180): quoted fields may hold separators, line breaks and doubled quotes. The separator is a comma,
 * semicolon or tab, whichever stands most often in the first line.
 *
 * A quote that never closes would swallow the rest of the file: such a row is complained of, and reading goes on at the line
 * after the one it began on. That is done once; a second one ends the file, so that no input costs more than twice its size.
 */
#include "ingest/manifest.h"

#include <string.h>

#define CELLS_LIMIT 256 /* columns of a row */

typedef struct csv {
  wt_span text;
  size_t at;
  uint64_t line;
  char separator;
  wt_buf cells; /* the row's cells, one after the other */
  size_t ends[CELLS_LIMIT];
  size_t count;         /* cells of the row; may pass CELLS_LIMIT, past which none is kept */
  bool unclosed;        /* the row ended inside quotes */
  int map[CELLS_LIMIT]; /* cell -> column, -1 for none */
  size_t width;         /* cells of the header */
} csv;

static bool at_end(const csv *c) {
  return c->at >= c->text.len;
}

static void read_quoted(csv *c) {
  c->at++;
  while (!at_end(c)) {
    char x = c->text.data[c->at++];
    if (x == '\n') c->line++;
    if (x != '"') {
      wt_buf_put_char(&c->cells, x);
      continue;
    }
    if (at_end(c) || c->text.data[c->at] != '"') return;
    wt_buf_put_char(&c->cells, '"');
    c->at++;
  }
  c->unclosed = true;
}

static bool ends_cell(const csv *c) {
  return at_end(c) || c->text.data[c->at] == c->separator || c->text.data[c->at] == '\n' ||
         (c->text.data[c->at] == '\r' && (c->at + 1 == c->text.len || c->text.data[c->at + 1] == '\n'));
}

static void read_cell(csv *c) {
  if (!at_end(c) && c->text.data[c->at] == '"') read_quoted(c);
  while (!ends_cell(c)) wt_buf_put_char(&c->cells, c->text.data[c->at++]);
  if (c->count < CELLS_LIMIT) c->ends[c->count] = c->cells.len;
  c->count++;
}

/* Reads one row. False at the end of the file. */
static bool read_row(csv *c) {
  if (at_end(c)) return false;
  wt_buf_clear(&c->cells);
  c->count = 0;
  c->unclosed = false;
  read_cell(c);
  while (!at_end(c) && c->text.data[c->at] == c->separator) {
    c->at++;
    read_cell(c);
  }
  if (!at_end(c) && c->text.data[c->at] == '\r') c->at++;
  if (!at_end(c) && c->text.data[c->at] == '\n') {
    c->at++;
    c->line++;
  }
  return true;
}

static wt_span cell(const csv *c, size_t i) {
  return wt_span_sub(wt_buf_span(&c->cells), i > 0 ? c->ends[i - 1] : 0, c->ends[i]);
}

static bool is_empty_row(const csv *c) {
  return c->count == 1 && wt_span_trim(cell(c, 0)).len == 0;
}

static char find_separator(wt_span text) {
  static const char separators[] = {',', ';', '\t'};
  wt_span line = {"", 0};
  size_t best = 0, most = 0;
  wt_span_line(&line, &text);
  for (size_t s = 0; s < sizeof separators; s++) {
    size_t count = 0;
    for (size_t i = 0; i < line.len; i++) count += line.data[i] == separators[s];
    if (count > most) {
      most = count;
      best = s;
    }
  }
  return separators[best];
}

/* A column that --map names has to be there: a mistyped one would leave every row without its time or its URL. */
static wt_status check_mapped(const csv *c, const wt_ingest_options *options, wt_error *err) {
  wt_buf scratch = {0};
  wt_status status = WT_OK;
  for (int column = 0; column < WT_COLUMNS && status == WT_OK; column++) {
    const char *ours = wt_column_name((wt_column)column, NULL, &scratch);
    const char *theirs = wt_column_name((wt_column)column, options, &scratch);
    bool found = theirs == ours;
    for (size_t i = 0; i < c->width; i++) found = found || c->map[i] == column;
    if (!found) status = wt_fail(err, WT_EFORMAT, NULL, 0, "line 1: no column \"%.80s\" (--map %s=...)", theirs, ours);
  }
  wt_buf_release(&scratch);
  return status;
}

static wt_status read_header(csv *c, const wt_ingest_options *options, wt_error *err) {
  wt_buf scratch = {0};
  size_t found = 0;
  if (!read_row(c) || c->unclosed || c->count > CELLS_LIMIT)
    return wt_fail(err, WT_EFORMAT, NULL, 0, "line 1: no line of column names");
  c->width = c->count;
  for (size_t i = 0; i < c->width; i++) {
    c->map[i] = -1;
    for (int column = 0; column < WT_COLUMNS; column++)
      if (wt_span_equal_ascii_case(wt_span_trim(cell(c, i)),
                                   wt_span_of(wt_column_name((wt_column)column, options, &scratch))))
        c->map[i] = column;
    found += c->map[i] >= WT_COLUMN_HTML;
  }
  wt_buf_release(&scratch);
  wt_status status = check_mapped(c, options, err);
  if (status != WT_OK || found > 0) return status;
  return wt_fail(err, WT_EFORMAT, NULL, 0, "line 1: no column html, text or file; --map text=NAME says which it is");
}

static wt_status give_row(csv *c, wt_sink *sink, uint64_t line, wt_error *err) {
  wt_row row = {.line = line};
  wt_status status = wt_buf_status(&c->cells, "manifest", err);
  if (status != WT_OK || is_empty_row(c)) return status;
  if (c->count != c->width)
    return wt_row_complain(
        sink, line, c->count < c->width ? "fewer cells than the first line has" : "more cells than the first line has",
        err);
  for (size_t i = 0; i < c->width; i++)
    if (c->map[i] >= 0) row.cells[c->map[i]] = cell(c, i);
  return wt_row_give(sink, &row, err);
}

/* Back to the line after the one that the row began on. */
static void resume(csv *c, size_t begin, uint64_t line) {
  const char *end = memchr(c->text.data + begin, '\n', c->text.len - begin);
  c->at = end != NULL ? (size_t)(end - c->text.data) + 1 : c->text.len;
  c->line = line + 1;
}

wt_status wt_manifest_csv(wt_sink *sink, wt_span text, wt_error *err) {
  csv c = {.text = text, .line = 1, .separator = find_separator(text)};
  bool resumed = false;
  wt_status status = read_header(&c, sink->options, err);
  while (status == WT_OK) {
    size_t begin = c.at;
    uint64_t line = c.line;
    if (!read_row(&c)) break;
    if (!c.unclosed) {
      status = give_row(&c, sink, line, err);
      continue;
    }
    status = wt_row_complain(sink, line, "a quote that is never closed", err);
    if (resumed) break;
    resumed = true;
    resume(&c, begin, line);
  }
  wt_buf_release(&c.cells);
  return status;
}
