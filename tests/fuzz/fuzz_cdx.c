/* Lists of archived URLs, in every form. */
#include "fuzz/ingest.h"

#include "ingest/cdx.h"

static bool pass(void *context, const wt_capture *capture) {
  *(size_t *)context += capture->source.url.len + capture->fetch.len;
  return true;
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  const wt_source source = {.name = WT_SPAN("no-such-folder/list.cdx"), .captured = WT_INSTANT_NONE};
  static const wt_ingest_options options = {.elsewhere = true};
  size_t seen = 0;
  wt_sink sink = {&source, &options, pass, NULL, &seen};
  wt_span text = {(const char *)data, size};
  (void)wt_cdx_is(text);
  (void)wt_cdx_split(&sink, text, NULL);
  return 0;
}
