/* The reader of NewsML-G2. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_newsmlg2_read, data, size);
}
