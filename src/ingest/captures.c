/* A file -> its captures: one for a page, many for what holds many. */
#include "ingest/cdx.h"
#include "ingest/feed.h"
#include "ingest/mail.h"
#include "ingest/manifest.h"
#include "ingest/sink.h"
#include "ingest/warc.h"
#include "ingest/web_archive.h"

#include <string.h>

typedef wt_status (*wt_list_splitter)(wt_sink *sink, wt_span text, wt_error *err);

/* A page out of a web archive says itself where and when it was captured. */
static void take_archived(wt_source *source, wt_span page) {
  wt_span original, url = source->url;
  wt_instant captured;
  if (!wt_web_archive_split(&original, &captured, url) && !wt_web_archive_find(&original, &captured, page)) return;
  if (original.len > 0) source->url = original;
  if (source->captured == WT_INSTANT_NONE) source->captured = captured;
}

static wt_status give_one(wt_sink *sink, wt_span bytes, wt_format format, wt_error *err) {
  wt_capture capture = {.source = *sink->source, .bytes = bytes, .format = format};
  if (format == WT_FORMAT_HTML) take_archived(&capture.source, bytes);
  return wt_capture_give(sink, &capture, err);
}

/* A list is decoded as a whole, so that its cells are UTF-8. */
static wt_status split_list(wt_sink *sink, wt_span bytes, wt_list_splitter splitter, wt_error *err) {
  wt_buf text = {0};
  wt_decoded how;
  wt_decode_hints hints = {.http = wt_header_parameter(sink->source->content_type, "charset")};
  memset(&how, 0, sizeof how);
  wt_status status = wt_decode(&text, &how, bytes, &hints, err);
  if (status == WT_OK) status = splitter(sink, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static wt_status split(wt_sink *sink, wt_span bytes, wt_error *err) {
  wt_format format = wt_sniff(bytes, sink->source);
  switch (format) {
  case WT_FORMAT_CAPTURES_CSV: return split_list(sink, bytes, wt_manifest_csv, err);
  case WT_FORMAT_CAPTURES_JSONL: return split_list(sink, bytes, wt_manifest_jsonl, err);
  case WT_FORMAT_CDX: return split_list(sink, bytes, wt_cdx_split, err);
  case WT_FORMAT_MHTML: return wt_mhtml_give(sink, bytes, err);
  case WT_FORMAT_FEED: return wt_feed_split(sink, bytes, err);
  case WT_FORMAT_NEWSML1:
  case WT_FORMAT_NEWSMLG2: return wt_newsml_split(sink, bytes, format, err);
  case WT_FORMAT_WARC: return wt_warc_split(sink, bytes, err);
  default: return give_one(sink, bytes, format, err);
  }
}

wt_status wt_captures(wt_span bytes, const wt_source *source, const wt_ingest_options *options, wt_capture_each each,
                      wt_capture_trouble trouble, void *context, wt_error *err) {
  static const wt_source none = {.captured = WT_INSTANT_NONE};
  wt_sink sink = {source != NULL ? source : &none, options, each, trouble, context};
  wt_buf plain = {0};
  wt_status status = WT_OK;
  size_t limit = wt_capture_limit(options);
  wt_buf_init(&plain, limit + (1 << 20));
  if (wt_warc_is_gzipped(bytes)) /* member by member, so that only one is in memory */
    return wt_read_named_failure(wt_warc_split(&sink, bytes, err), sink.source, err);
  if (wt_gzip_is(bytes)) {
    status = wt_gunzip(&plain, bytes, limit, err);
    bytes = wt_buf_span(&plain);
  }
  if (status == WT_OK) status = split(&sink, bytes, err);
  wt_buf_release(&plain);
  return wt_read_named_failure(status, sink.source, err);
}
