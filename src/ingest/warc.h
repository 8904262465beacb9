/*
 * warc: a WARC file (ISO 28500, 1.0 and 1.1), plain or gzipped record by record -> its pages as captures.
 *
 * Responses and resources that are pages, feeds or texts are given with the record's date and URL. A revisit is given with
 * its own date and URL and the payload of the record that it refers to, when that stands in the same file; else it lies
 * elsewhere, and its digest says what it is. Redirects, errors of servers, pictures, styles and scripts are passed over. A
 * record that is broken or cut short is complained of with its byte; what is whole is given.
 */
#ifndef WT_INGEST_WARC_H
#define WT_INGEST_WARC_H

#include "ingest/sink.h"

/* Are these gzipped bytes a WARC file? Looks at the start of the first member. */
bool wt_warc_is_gzipped(wt_span bytes);
/* bytes as they are in the file, gzipped or not. */
wt_status wt_warc_split(wt_sink *sink, wt_span bytes, wt_error *err);
/* The one record that bytes begin with, gzipped or not, as at byte `offset` of its file. */
wt_status wt_warc_give_one(wt_sink *sink, wt_span bytes, size_t offset, wt_error *err);
/* Is what has this Content-Type and URL a page, a text or a feed? */
bool wt_warc_is_story(wt_span type, wt_span url);
/* "sha1:X" gives X: lists and records write digests both ways. */
wt_span wt_warc_digest(wt_span digest);

#endif
