/* A stored HTTP response -> its status, type and body, without chunks and compression. */
#include "ingest/http.h"
#include "ingest/headers.h"

#include <string.h>

wt_status wt_http_parse(wt_http *out, wt_span response, wt_error *err) {
  size_t after;
  wt_span line, rest = response;
  if (!wt_span_starts(response, WT_SPAN("HTTP/")) || !wt_span_line(&line, &rest))
    return wt_fail(err, WT_EFORMAT, NULL, 0, "no HTTP response");
  size_t space = wt_span_find(line, WT_SPAN(" "));
  wt_span code = wt_span_sub(line, space + 1, space + 4);
  *out = (wt_http){.status = 0};
  for (size_t i = 0; i < code.len; i++)
    out->status = out->status * 10 + (code.data[i] >= '0' && code.data[i] <= '9' ? code.data[i] - '0' : 0);
  wt_headers_cut(&out->headers, &after, rest);
  out->body = wt_span_sub(rest, after, rest.len);
  out->content_type = wt_headers_find(out->headers, "Content-Type");
  return WT_OK;
}

/* ---- chunks ---- */

/* The size that opens a chunk. False for no size at all, or one that no body has. */
static bool chunk_size(size_t *size, wt_span line) {
  size_t digits = 0;
  *size = 0;
  while (digits < line.len && wt_hex_digit(line.data[digits]) >= 0) {
    if (++digits > 15) return false;
    *size = *size * 16 + (size_t)wt_hex_digit(line.data[digits - 1]);
  }
  return digits > 0;
}

/* A last chunk that is cut short gives what there is of it. False when the body is not in chunks, whatever its headers say. */
static bool unchunk(wt_buf *out, wt_span body) {
  wt_span line, rest = body;
  size_t size;
  bool first = true;
  while (wt_span_line(&line, &rest)) {
    if (!chunk_size(&size, line)) return !first;
    first = false;
    if (size == 0) return true;
    wt_buf_put_span(out, wt_span_sub(rest, 0, size));
    rest = wt_span_sub(rest, size, rest.len);
    if (!wt_span_line(&line, &rest)) /* the line break after the chunk */
      return true;
  }
  return !first;
}

/* ---- compression ---- */

static bool is_encoding(wt_span value, const char *name) {
  return wt_span_equal_ascii_case(value, wt_span_of(name));
}

/* "deflate" is zlib by the standard and raw deflate by the habit of some servers. */
static wt_status inflate_body(wt_buf *out, wt_span body, size_t limit, wt_error *err) {
  size_t before = out->len;
  wt_status status = wt_inflate(out, body, false, limit, err);
  if (status != WT_EFORMAT) return status;
  out->len = before;
  return wt_inflate(out, body, true, limit, err);
}

/* Brotli has no mark of its own: what does not decode from its first block on, and looks like a page, was decoded before. */
static wt_status unbrotli_body(wt_buf *out, wt_span body, size_t limit, wt_error *err) {
  size_t before = out->len;
  wt_status status = wt_unbrotli(out, body, limit, err);
  if (status != WT_EFORMAT || wt_span_trim(body).len == 0 || wt_span_trim(body).data[0] != '<') return status;
  out->len = before;
  wt_buf_put_span(out, body);
  return WT_OK;
}

wt_status wt_http_body(wt_buf *out, const wt_http *http, size_t limit, wt_error *err) {
  wt_buf whole = {0};
  wt_span body = http->body;
  wt_span encoding = wt_headers_find(http->headers, "Content-Encoding");
  wt_status status = WT_OK;
  wt_buf_init(&whole, limit);
  if (is_encoding(wt_headers_find(http->headers, "Transfer-Encoding"), "chunked") && unchunk(&whole, body)) {
    status = wt_buf_status(&whole, "body", err);
    body = wt_buf_span(&whole);
  }
  if (status != WT_OK || body.len == 0) goto done;
  if (is_encoding(encoding, "gzip") || is_encoding(encoding, "x-gzip")) {
    if (wt_gzip_is(body))
      status = wt_gunzip(out, body, limit, err);
    else
      wt_buf_put_span(out, body);
  } else if (is_encoding(encoding, "deflate")) {
    status = inflate_body(out, body, limit, err);
  } else if (is_encoding(encoding, "br")) {
    status = unbrotli_body(out, body, limit, err);
  } else if (encoding.len == 0 || is_encoding(encoding, "identity")) {
    wt_buf_put_span(out, body);
  } else {
    status = wt_fail(err, WT_EREFUSED, NULL, -1, "a body in the encoding '%.*s', which is not read here",
                     (int)(encoding.len < 40 ? encoding.len : 40), encoding.data);
  }
  if (status == WT_OK) status = wt_buf_status(out, "body", err);
done:
  wt_buf_release(&whole);
  return status;
}
