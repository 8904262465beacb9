/* gzip, zlib and raw deflate, with a ceiling on what comes out. */
#include "wt/base.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

enum { STEP = 64 * 1024 };

bool wt_gzip_is(wt_span bytes) {
  return bytes.len >= 18 && memcmp(bytes.data, "\x1f\x8b\x08", 3) == 0;
}

/* Feeds z what is left of the input; zlib counts in unsigned int, so a large input goes in pieces. */
static void refill(z_stream *z, wt_span bytes, size_t *fed) {
  size_t left = bytes.len - *fed;
  uInt piece = left > UINT_MAX ? UINT_MAX : (uInt)left;
  z->next_in = (Bytef *)(uintptr_t)(bytes.data + *fed);
  z->avail_in = piece;
  *fed += piece;
}

static wt_status stopped(int code, const z_stream *z, size_t used, size_t limit, wt_error *err) {
  if (code == Z_MEM_ERROR) return wt_fail(err, WT_ENOMEM, "", -1, "out of memory while inflating");
  if (code == Z_BUF_ERROR || code == Z_OK)
    return wt_fail(err, WT_EFORMAT, "", (int64_t)used, "compressed data ends too early");
  if (code == Z_STREAM_END) return wt_fail(err, WT_ELIMIT, "", (int64_t)used, "inflates to more than %zu bytes", limit);
  return wt_fail(err, WT_EFORMAT, "", (int64_t)used, "compressed data is broken: %s",
                 z->msg ? z->msg : "unknown cause");
}

static wt_status inflate_stream(wt_buf *out, size_t *used, wt_span bytes, int window, size_t limit, wt_error *err) {
  z_stream z = {0};
  int code = inflateInit2(&z, window);
  if (code != Z_OK) return stopped(code, &z, 0, limit, err);
  size_t fed = 0, start = out->len;
  wt_status status = WT_OK;
  while (code == Z_OK) {
    if (z.avail_in == 0 && fed < bytes.len) refill(&z, bytes, &fed);
    if (!wt_buf_reserve(out, STEP)) {
      code = Z_MEM_ERROR;
      break;
    }
    z.next_out = (Bytef *)out->data + out->len;
    z.avail_out = STEP;
    code = inflate(&z, Z_NO_FLUSH);
    out->len += STEP - z.avail_out;
    out->data[out->len] = '\0';
    if (out->len - start > limit) {
      code = Z_STREAM_END;
      status = WT_ELIMIT;
    }
  }
  *used = fed - z.avail_in;
  if (status || code != Z_STREAM_END) status = stopped(code, &z, *used, limit, err);
  inflateEnd(&z);
  return status;
}

wt_status wt_gunzip_member(wt_buf *out, size_t *used, wt_span bytes, size_t limit, wt_error *err) {
  return inflate_stream(out, used, bytes, 15 + 16, limit, err);
}

wt_status wt_gunzip(wt_buf *out, wt_span bytes, size_t limit, wt_error *err) {
  size_t at = 0, start = out->len;
  do {
    size_t used = 0;
    wt_span rest = wt_span_sub(bytes, at, bytes.len);
    wt_status status = wt_gunzip_member(out, &used, rest, limit - (out->len - start), err);
    if (status) {
      if (err && err->byte >= 0) err->byte += (int64_t)at;
      return status;
    }
    at += used;
    /* what follows the last member and is no member is padding, as gzip itself takes it */
  } while (wt_gzip_is(wt_span_sub(bytes, at, bytes.len)));
  return WT_OK;
}

wt_status wt_inflate(wt_buf *out, wt_span bytes, bool raw, size_t limit, wt_error *err) {
  size_t used = 0;
  return inflate_stream(out, &used, bytes, raw ? -15 : 15, limit, err);
}

wt_status wt_gzip(wt_buf *out, wt_span bytes, wt_error *err) {
  z_stream z = {0};
  if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return wt_fail(err, WT_ENOMEM, "", -1, "out of memory while compressing");
  size_t fed = 0;
  int code = Z_OK;
  while (code == Z_OK && wt_buf_reserve(out, STEP)) {
    if (z.avail_in == 0 && fed < bytes.len) refill(&z, bytes, &fed);
    z.next_out = (Bytef *)out->data + out->len;
    z.avail_out = STEP;
    code = deflate(&z, fed == bytes.len ? Z_FINISH : Z_NO_FLUSH);
    out->len += STEP - z.avail_out;
    out->data[out->len] = '\0';
  }
  deflateEnd(&z);
  return code == Z_STREAM_END ? WT_OK : wt_fail(err, WT_ENOMEM, "", -1, "out of memory while compressing");
}
