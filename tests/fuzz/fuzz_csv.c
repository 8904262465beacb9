/* CSV of captures. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_captures("no-such-folder/captures.csv", data, size);
}
