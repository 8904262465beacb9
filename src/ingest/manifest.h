/*
 * manifest: files of captures, one a row: CSV (RFC 4180) and JSON lines.
 *
 * The columns are url, outlet, captured, published, headline, and one of html, text and file; --map OURS=THEIRS renames. A
 * row that cannot be taken is named by its line, and the rest goes on.
 */
#ifndef WT_INGEST_MANIFEST_H
#define WT_INGEST_MANIFEST_H

#include "ingest/sink.h"

typedef enum wt_column {
  WT_COLUMN_URL,
  WT_COLUMN_OUTLET,
  WT_COLUMN_CAPTURED,
  WT_COLUMN_PUBLISHED,
  WT_COLUMN_HEADLINE,
  WT_COLUMN_HTML,
  WT_COLUMN_TEXT,
  WT_COLUMN_FILE,
  WT_COLUMNS
} wt_column;

typedef struct wt_row {
  wt_span cells[WT_COLUMNS]; /* UTF-8; empty: not given */
  uint64_t line;             /* from 1 */
} wt_row;

/* The name under which a column stands in the file. */
const char *wt_column_name(wt_column column, const wt_ingest_options *options, wt_buf *scratch);

/* Gives the row's capture, or complains of it. Fails only when the caller stops, or for memory. */
wt_status wt_row_give(wt_sink *sink, const wt_row *row, wt_error *err);

wt_status wt_manifest_csv(wt_sink *sink, wt_span text, wt_error *err);
wt_status wt_manifest_jsonl(wt_sink *sink, wt_span text, wt_error *err);

#endif
