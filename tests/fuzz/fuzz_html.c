/* Pages. */
#include "fuzz/ingest.h"
#include "ingest/html.h"

static wt_status read_page(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  return wt_html_read(story, story->arena, bytes, source, NULL, err);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  return fuzz_reader(read_page, data, size);
}
