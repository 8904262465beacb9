/* Mail and saved pages: the first byte chooses. */
#include "fuzz/ingest.h"
#include "ingest/mail.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return size < 2 ? 0 : fuzz_reader(data[0] % 2 == 0 ? wt_mail_read : wt_mhtml_read, data + 1, size - 1);
}
