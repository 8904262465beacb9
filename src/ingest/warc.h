/*
 * warc: a WARC file (ISO 28500, 1.0 and 1.1), plain or gzipped record by record -> its pages as captures.
 *
 * Responses and resources that are pages, feeds or texts are given with the record's date and URL. A revisit is given with
 * its own date and URL and the payload of the record that it refers to, when that stands in the same file. Redirects, errors
 * of servers, pictures, styles and scripts are passed over. A record that is broken or cut short is complained of with its
 * byte; what is whole is given.
 */
#ifndef WT_INGEST_WARC_H
#define WT_INGEST_WARC_H

#include "ingest/captures.h"

/* Are these gzipped bytes a WARC file? Looks at the start of the first member. */
bool wt_warc_is_gzipped(wt_span bytes);
/* bytes as they are in the file, gzipped or not. */
wt_status wt_warc_split(wt_sink *sink, wt_span bytes, wt_error *err);

#endif
