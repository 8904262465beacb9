/* Many small zlib streams, which is what a pack of small objects asks for: deltas by zlib with the fixed table, the rest by
   libdeflate, which takes half of zlib's time for a smaller stream but has no fixed table to ask for. */
#include "wt/base.h"

#include <libdeflate.h>
#include <limits.h>
#include <zlib.h>

enum {
  STORED = 64,
  STEP = 64 * 1024,
  MEMORY = 5
}; /* below STORED bytes, most of them an object's name, nothing is to be gained */

struct wt_deflater {
  bool quick;
  z_stream z;                      /* when quick */
  struct libdeflate_compressor *c; /* when not */
};

static bool start(wt_deflater *deflater, int level) {
  deflater->quick = level == WT_DEFLATE_QUICK;
  if (deflater->quick) return deflateInit2(&deflater->z, level, Z_DEFLATED, MAX_WBITS, MEMORY, Z_FIXED) == Z_OK;
  deflater->c = libdeflate_alloc_compressor(level);
  return deflater->c;
}

wt_status wt_deflater_open(wt_deflater **out, int level, wt_error *err) {
  wt_deflater *deflater = wt_alloc_zero(1, sizeof *deflater);
  if (deflater && start(deflater, level)) {
    *out = deflater;
    return WT_OK;
  }
  wt_free(deflater);
  *out = NULL;
  return wt_fail(err, WT_ENOMEM, "", -1, "out of memory while compressing");
}

void wt_deflater_close(wt_deflater *deflater) {
  if (!deflater) return;
  if (deflater->quick) deflateEnd(&deflater->z);
  libdeflate_free_compressor(deflater->c);
  wt_free(deflater);
}

/* RFC 1951, 3.2.4: one final stored block. */
static void put_stored(wt_buf *out, wt_span bytes) {
  uint32_t sum = libdeflate_adler32(1, bytes.data, bytes.len);
  unsigned char head[7] = {0x78, 0x01, 1, (unsigned char)bytes.len, 0, (unsigned char)~bytes.len, 0xff};
  unsigned char tail[4] = {(unsigned char)(sum >> 24), (unsigned char)(sum >> 16), (unsigned char)(sum >> 8),
                           (unsigned char)sum};
  wt_buf_put(out, head, sizeof head);
  wt_buf_put_span(out, bytes);
  wt_buf_put(out, tail, sizeof tail);
}

static bool put_quick(wt_buf *out, z_stream *z, wt_span bytes) {
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
  return code == Z_STREAM_END;
}

static bool put_small(wt_buf *out, struct libdeflate_compressor *c, wt_span bytes) {
  size_t bound = libdeflate_zlib_compress_bound(c, bytes.len);
  if (!wt_buf_reserve(out, bound)) return false;
  out->len += libdeflate_zlib_compress(c, bytes.data, bytes.len, out->data + out->len, bound);
  out->data[out->len] = '\0';
  return true;
}

wt_status wt_deflater_put(wt_buf *out, wt_deflater *deflater, wt_span bytes, wt_error *err) {
  if (bytes.len > 0 && bytes.len <= STORED) {
    put_stored(out, bytes);
    return wt_buf_status(out, "", err);
  }
  bool done = deflater->quick ? put_quick(out, &deflater->z, bytes) : put_small(out, deflater->c, bytes);
  return done ? WT_OK : wt_fail(err, WT_ENOMEM, "", -1, "out of memory while compressing");
}

uint32_t wt_crc32(wt_span bytes) {
  return libdeflate_crc32(0, bytes.data, bytes.len);
}
