/* http: a stored HTTP response (RFC 9112) -> its status, type and body, without chunks and compression. */
#ifndef WT_INGEST_HTTP_H
#define WT_INGEST_HTTP_H

#include "wt/base.h"

typedef struct wt_http {
  int status;           /* 200, 404, ... */
  wt_span content_type; /* borrowed */
  wt_span headers, body;
} wt_http;

/* WT_EFORMAT for what is no response. */
wt_status wt_http_parse(wt_http *out, wt_span response, wt_error *err);
/* Appends the body as it was meant: unchunked, inflated. WT_EREFUSED for an encoding that is not read here, WT_ELIMIT past
   limit bytes. A body that its server had undone already, against its own headers, is taken as it is. */
wt_status wt_http_body(wt_buf *out, const wt_http *http, size_t limit, wt_error *err);

#endif
