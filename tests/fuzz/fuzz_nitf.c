/* The reader of NITF. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_nitf_read, data, size);
}
