/* A stored HTTP response, its chunks and compressions; and gzip, deflate by themselves. */
#include "fuzz/fuzz.h"

#include "ingest/http.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span bytes = {(const char *)data, size};
  wt_http http;
  wt_buf body = {0};
  size_t used = 0;
  if (size == 0) return 0;
  if (wt_http_parse(&http, bytes, NULL) == WT_OK) wt_http_body(&body, &http, (size_t)4 << 20, NULL);
  fuzz_expect(body.len <= (size_t)4 << 20, "no more than the limit");
  wt_buf_clear(&body);
  if (wt_gunzip_member(&body, &used, bytes, (size_t)1 << 20, NULL) == WT_OK) fuzz_expect(used <= size, "used within");
  wt_buf_clear(&body);
  wt_gunzip(&body, bytes, (size_t)1 << 20, NULL);
  wt_buf_clear(&body);
  wt_inflate(&body, bytes, true, (size_t)1 << 20, NULL);
  wt_buf_clear(&body);
  wt_inflate(&body, bytes, false, (size_t)1 << 20, NULL);
  wt_buf_release(&body);
  return 0;
}
