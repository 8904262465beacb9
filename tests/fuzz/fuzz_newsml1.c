/* The reader of NewsML 1. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_newsml1_read, data, size);
}
