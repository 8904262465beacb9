/* Buffers: write freely, ask once at the end. */
#include "wt/base.h"

#include <stdio.h>
#include <string.h>

void wt_buf_init(wt_buf *buf, size_t limit) {
  *buf = (wt_buf){.limit = limit};
}

void wt_buf_release(wt_buf *buf) {
  wt_free(buf->data);
  *buf = (wt_buf){.limit = buf->limit};
}

void wt_buf_release_part(wt_buf *part, wt_buf *out) {
  out->failed = out->failed || part->failed;
  wt_buf_release(part);
}

void wt_buf_clear(wt_buf *buf) {
  buf->len = 0;
  buf->failed = false;
  if (buf->data) buf->data[0] = '\0';
}

bool wt_buf_reserve(wt_buf *buf, size_t more) {
  size_t limit = buf->limit ? buf->limit : WT_BUF_LIMIT;
  if (buf->failed) return false;
  if (buf->len > limit || more > limit - buf->len) {
    buf->failed = true;
    return false;
  }
  if (buf->capacity - buf->len > more) return true; /* one more for the NUL */
  if (!wt_grow(&buf->data, &buf->capacity, buf->len + more + 1, 1)) buf->failed = true;
  return !buf->failed;
}

void wt_buf_put(wt_buf *buf, const void *bytes, size_t len) {
  if (!wt_buf_reserve(buf, len)) return;
  if (len) memcpy(buf->data + buf->len, bytes, len);
  buf->len += len;
  buf->data[buf->len] = '\0';
}

void wt_buf_put_char(wt_buf *buf, char c) {
  wt_buf_put(buf, &c, 1);
}

void wt_buf_put_span(wt_buf *buf, wt_span span) {
  wt_buf_put(buf, span.data, span.len);
}

void wt_buf_put_text(wt_buf *buf, const char *text) {
  wt_buf_put_span(buf, wt_span_of(text));
}

void wt_buf_put_code_point(wt_buf *buf, uint32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  char bytes[4];
  size_t len = 0;
  if (c < 0x80) {
    bytes[len++] = (char)c;
  } else if (c < 0x800) {
    bytes[len++] = (char)(0xC0 | c >> 6);
    bytes[len++] = (char)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    bytes[len++] = (char)(0xE0 | c >> 12);
    bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[len++] = (char)(0x80 | (c & 0x3F));
  } else {
    bytes[len++] = (char)(0xF0 | c >> 18);
    bytes[len++] = (char)(0x80 | (c >> 12 & 0x3F));
    bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[len++] = (char)(0x80 | (c & 0x3F));
  }
  wt_buf_put(buf, bytes, len);
}

void wt_buf_put_format(wt_buf *buf, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int len = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (len >= 0 && wt_buf_reserve(buf, (size_t)len)) {
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    buf->len += (size_t)len;
  } else {
    buf->failed = true;
  }
  va_end(again);
}

wt_span wt_buf_span(const wt_buf *buf) {
  return (wt_span){buf->data, buf->len};
}

wt_status wt_buf_status(const wt_buf *buf, const char *where, wt_error *err) {
  if (!buf->failed) return WT_OK;
  size_t limit = buf->limit ? buf->limit : WT_BUF_LIMIT;
  return wt_fail(err, WT_ENOMEM, where, -1, "out of memory, or more than %zu bytes", limit);
}
