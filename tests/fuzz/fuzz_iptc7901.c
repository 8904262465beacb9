/* The reader of IPTC 7901. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_iptc7901_read, data, size);
}
