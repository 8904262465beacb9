/* WARC files, plain and gzipped. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_captures("pages.warc", data, size);
}
