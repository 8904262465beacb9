/* JSON lines of captures. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_captures("no-such-folder/captures.jsonl", data, size);
}
