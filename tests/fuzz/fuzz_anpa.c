/* The reader of ANPA 1312. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_anpa_read, data, size);
}
