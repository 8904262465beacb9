/* The reader of AP's JSON. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_ap_json_read, data, size);
}
