/*
 * ingest: bytes of any source -> story. Page, wire file, feed, WARC, JSON lines, mail, plain text.
 *
 * Invariants
 *   - Any bytes give a story, or one error that says what, where and at which byte. No crash, no hang, bounded memory.
 *   - Every visible character of the source is in a field, in a block or in `dropped` with a reason.
 *   - Nothing is loaded from anywhere: no DTD, no entity, no URL.
 */
#ifndef WT_INGEST_H
#define WT_INGEST_H

#include "story.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum wt_format {
  WT_FORMAT_UNKNOWN, WT_FORMAT_TEXT, WT_FORMAT_HTML, WT_FORMAT_CANONICAL, WT_FORMAT_ANPA, WT_FORMAT_IPTC7901,
  WT_FORMAT_NITF, WT_FORMAT_NEWSML1, WT_FORMAT_NEWSMLG2, WT_FORMAT_NINJS, WT_FORMAT_AP_JSON, WT_FORMAT_JSONLD,
  WT_FORMAT_FEED, /* RSS, Atom, JSON Feed: many stories */
  WT_FORMAT_WARC, /* many stories */
  WT_FORMAT_CAPTURES_CSV, WT_FORMAT_CAPTURES_JSONL, /* many captures, url,outlet,captured,... */
  WT_FORMAT_MAIL, WT_FORMAT_MHTML, WT_FORMAT_DOCX, WT_FORMAT_PDF, /* PDF is refused, with the pdftotext line to run */
  WT_FORMAT_BINARY /* refused */
} wt_format;

/* What is known of a capture from outside its bytes. All may be empty or none. */
typedef struct wt_source {
  wt_span name;         /* file name or URL, for errors and for sniffing by suffix */
  wt_span url;          /* where it was fetched: becomes WT_FIELD_URL */
  wt_span outlet;       /* given outlet; else the host of url or canonical; else `unknown` */
  wt_span content_type; /* the HTTP header's value */
  wt_instant captured;  /* WT_INSTANT_NONE: unknown */
  wt_span headline;     /* from a manifest: wins over the reader's */
  wt_span published;
} wt_source;

/* One capture out of a file that may hold many. Valid during the call only. */
typedef struct wt_capture {
  wt_source source;   /* filled with what the container says: WARC date and URL, manifest columns */
  wt_span bytes;      /* raw bytes of this capture, gunzipped and unchunked */
  wt_format format;
  uint64_t at;        /* byte offset, or line number for CSV and JSON lines, in the container */
} wt_capture;

typedef struct wt_ingest_options {
  size_t max_bytes;     /* of one capture after inflating; 0: 256 MiB */
  const char *map[16];  /* "captured=date": column renames for manifests, NULL-ended */
} wt_ingest_options;

WT_API wt_format wt_sniff(wt_span bytes, const wt_source *source);
WT_API const char *wt_format_name(wt_format format);

/* Reads one capture (after gunzip when it is gzip) as one story. The story's spans lie in `arena`. Sealed. */
WT_API wt_status wt_ingest(wt_story *out, wt_arena *arena, wt_span bytes, const wt_source *source,
                           const wt_ingest_options *options, wt_error *err);

/* Splits a file into captures: one for a page; many for WARC, feed, CSV, JSON lines, NewsML with several items.
   each returns false to stop. A bad record goes to `trouble` (with where, line or byte) and the rest goes on. */
typedef bool (*wt_capture_each)(void *context, const wt_capture *capture);
typedef bool (*wt_capture_trouble)(void *context, const wt_error *err);
WT_API wt_status wt_captures(wt_span bytes, const wt_source *source, const wt_ingest_options *options,
                             wt_capture_each each, wt_capture_trouble trouble, void *context, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
