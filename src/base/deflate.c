/* Many small zlib streams with one state, which is what a pack of small objects asks for. */
#include "wt/base.h"

#include <limits.h>
#include <zlib.h>

enum { STORED = 64, STEP = 64 * 1024 }; /* below STORED bytes, most of them an object's name, nothing is to be gained */

struct wt_deflater {
  z_stream z;
};

wt_status wt_deflater_open(wt_deflater **out, int level, wt_error *err) {
  wt_deflater *deflater = wt_alloc_zero(1, sizeof *deflater);
  int strategy = level == WT_DEFLATE_QUICK ? Z_FIXED : Z_DEFAULT_STRATEGY;
  if (deflater && deflateInit2(&deflater->z, level, Z_DEFLATED, MAX_WBITS, 8, strategy) == Z_OK) {
    *out = deflater;
    return WT_OK;
  }
  wt_free(deflater);
  *out = NULL;
  return wt_fail(err, WT_ENOMEM, "", -1, "out of memory while compressing");
}

void wt_deflater_close(wt_deflater *deflater) {
  if (!deflater) return;
  deflateEnd(&deflater->z);
  wt_free(deflater);
}

/* RFC 1951, 3.2.4: one final stored block. */
static void put_stored(wt_buf *out, wt_span bytes) {
  uLong sum = adler32(1, (const Bytef *)bytes.data, (uInt)bytes.len);
  unsigned char head[7] = {0x78, 0x01, 1, (unsigned char)bytes.len, 0, (unsigned char)~bytes.len, 0xff};
  unsigned char tail[4] = {(unsigned char)(sum >> 24), (unsigned char)(sum >> 16), (unsigned char)(sum >> 8),
                           (unsigned char)sum};
  wt_buf_put(out, head, sizeof head);
  wt_buf_put_span(out, bytes);
  wt_buf_put(out, tail, sizeof tail);
}

wt_status wt_deflater_put(wt_buf *out, wt_deflater *deflater, wt_span bytes, wt_error *err) {
  if (bytes.len > 0 && bytes.len <= STORED) {
    put_stored(out, bytes);
    return wt_buf_status(out, "", err);
  }
  z_stream *z = &deflater->z;
  size_t fed = 0;
  int code = deflateReset(z);
  z->avail_in = 0;
  while (code == Z_OK) {
    if (z->avail_in == 0 && fed < bytes.len) {
      z->next_in = (Bytef *)(uintptr_t)(bytes.data + fed);
      z->avail_in = bytes.len - fed > UINT_MAX ? UINT_MAX : (uInt)(bytes.len - fed);
      fed += z->avail_in;
    }
    uLong bound = deflateBound(z, z->avail_in);
    uInt room = bound > STEP ? STEP : (uInt)bound;
    if (!wt_buf_reserve(out, room)) break;
    z->next_out = (Bytef *)out->data + out->len;
    z->avail_out = room;
    code = deflate(z, fed == bytes.len ? Z_FINISH : Z_NO_FLUSH);
    out->len += room - z->avail_out;
    out->data[out->len] = '\0';
  }
  return code == Z_STREAM_END ? WT_OK : wt_fail(err, WT_ENOMEM, "", -1, "out of memory while compressing");
}
