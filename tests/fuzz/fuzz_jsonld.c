/* The reader of JSON-LD files. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(wt_jsonld_file_read, data, size);
}
