/*
 * sink: where the captures of one file go.
 *
 * A splitter is given the gunzipped bytes of a file that may hold many captures, and gives each to the sink. What it cannot
 * read it complains of and goes on. A false from the caller's functions is WT_ECANCELED and ends the run.
 */
#ifndef WT_INGEST_SINK_H
#define WT_INGEST_SINK_H

#include "ingest/read.h"

typedef struct wt_sink {
  const wt_source *source; /* of the whole file */
  const wt_ingest_options *options;
  wt_capture_each each;
  wt_capture_trouble trouble; /* may be NULL */
  void *context;
} wt_sink;

/* Most bytes that one capture may have. */
size_t wt_capture_limit(const wt_ingest_options *options);
wt_status wt_capture_give(wt_sink *sink, const wt_capture *capture, wt_error *err);
/* Does the caller take captures whose bytes lie elsewhere? */
bool wt_capture_elsewhere(const wt_sink *sink);
wt_status wt_capture_complain(wt_sink *sink, const wt_error *trouble, wt_error *err);
/* Of a line of a list, from 1. */
wt_status wt_row_complain(wt_sink *sink, uint64_t line, const char *what, wt_error *err);

#endif
