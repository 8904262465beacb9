/* Feeds, split and read. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_captures("feed.xml", data, size);
}
