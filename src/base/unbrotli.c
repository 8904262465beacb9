/* Brotli (RFC 7932), as HTTP's "br" says it, with a ceiling on what comes out. */
#include "wt/base.h"

#include <brotli/decode.h>

enum { STEP = 64 * 1024 };

static wt_status stopped(BrotliDecoderResult result, const BrotliDecoderState *state, size_t used, wt_error *err) {
  if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
    return wt_fail(err, WT_EFORMAT, "", (int64_t)used, "compressed data ends too early");
  return wt_fail(err, WT_EFORMAT, "", (int64_t)used, "compressed data is broken: %s",
                 BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state)));
}

wt_status wt_unbrotli(wt_buf *out, wt_span bytes, size_t limit, wt_error *err) {
  BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  if (state == NULL) return wt_fail(err, WT_ENOMEM, "", -1, "out of memory while inflating");
  const uint8_t *next = (const uint8_t *)bytes.data;
  size_t left = bytes.len, start = out->len;
  wt_status status = WT_OK;
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (status == WT_OK && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    size_t room = STEP;
    if (!wt_buf_reserve(out, STEP)) {
      status = wt_fail(err, WT_ENOMEM, "", -1, "out of memory while inflating");
      break;
    }
    uint8_t *to = (uint8_t *)out->data + out->len;
    result = BrotliDecoderDecompressStream(state, &left, &next, &room, &to, NULL);
    out->len += STEP - room;
    out->data[out->len] = '\0';
    if (out->len - start > limit)
      status = wt_fail(err, WT_ELIMIT, "", (int64_t)(bytes.len - left), "inflates to more than %zu bytes", limit);
  }
  if (status == WT_OK && result != BROTLI_DECODER_RESULT_SUCCESS)
    status = stopped(result, state, bytes.len - left, err);
  BrotliDecoderDestroyInstance(state);
  return status;
}
