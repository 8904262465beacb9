/* The reader of plain text. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_text_read, data, size);
}
