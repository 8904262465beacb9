/*
 * cdx: a list of archived URLs with their dates, as web archives answer it and as crawlers write it beside their WARC files.
 *
 * What is read, a capture a row:
 *   text   lines of fields parted by spaces, named by a first line " CDX N b a m s k r M S V g"; without it
 *            urlkey timestamp original mimetype statuscode digest length         (the answer of a CDX server)
 *            timestamp original ...                                             (its fl=timestamp,original)
 *            N b a m s k r V g  and  N b a m s k r M S V g                      (9 and 11 fields, of crawlers)
 *   CDXJ   lines "urlkey timestamp {"url":..,"mime":..,"status":..,"digest":..,"length":..,"offset":..,"filename":..}"
 *   JSON   an array of rows, the first of which names the columns; or lines of objects with such names
 *   links  lines that are a web archive's addresses, .../20240620100000/https://a.example/b, as they stand or as a
 *          TimeMap (RFC 7089) has them: <ADDRESS>; rel="memento"; datetime="..."
 *
 * Where the bytes are:
 *   a row that names a file is read from it: at its offset when it is a WARC file, else whole;
 *   else, when the list's folder has STAMP/HOST/PATH, HOST/STAMP/PATH, STAMP.html or a file named by the digest, from that;
 *   else they lie elsewhere: `fetch` is ARCHIVE STAMP id_/URL, the archive's address of the page as it was served.
 *
 * Rows of redirects, errors, pictures, styles and scripts are passed over. A row without a time or URL is complained of.
 */
#ifndef WT_INGEST_CDX_H
#define WT_INGEST_CDX_H

#include "ingest/cdx_form.h"
#include "ingest/sink.h"

wt_status wt_cdx_split(wt_sink *sink, wt_span text, wt_error *err);

/* ---- between the files of this reader ---- */

/* Gives a row's capture, or complains of it. */
wt_status wt_cdx_give(wt_sink *sink, const wt_cdx_row *row, wt_error *err);
wt_status wt_cdx_json_array(wt_sink *sink, wt_span text, wt_error *err);
/* One object; what it does not say is taken from row. */
wt_status wt_cdx_json_object(wt_sink *sink, wt_span text, wt_cdx_row row, wt_error *err);

#endif
