/*
 * mime: one mail (RFC 5322, 2045 to 2047) -> its headers as text and its parts as bytes.
 *
 * Parts in parts are walked to a depth of 16, 1,000 in all; deeper or more are left out.
 */
#ifndef WT_INGEST_MIME_H
#define WT_INGEST_MIME_H

#include "wt/base.h"

typedef struct wt_mime_part {
  wt_span headers;
  wt_span type; /* "text/html", without parameters; "text/plain" when the part does not say */
  wt_span body; /* as it stands in the mail */
} wt_mime_part;

/* Called for each part that is no multipart, in order. False ends the walk. */
typedef bool (*wt_mime_each)(void *context, const wt_mime_part *part);
void wt_mime_walk(wt_span mail, wt_mime_each each, void *context);

/* Appends the body without its transfer encoding (base64, quoted-printable). What is broken in it is left out. */
void wt_mime_body(wt_buf *out, const wt_mime_part *part);
/* Appends a header's value as UTF-8: encoded words (RFC 2047) decoded, folded lines joined. */
wt_status wt_mime_header(wt_buf *out, wt_span headers, const char *name, wt_error *err);

#endif
