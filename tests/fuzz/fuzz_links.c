/* Links out of feeds, sitemaps and section pages. */
#include "fuzz/fuzz.h"
#include "wt/ingest.h"

static bool each(void *context, const wt_link *link) {
  size_t *count = context;
  fuzz_expect(wt_span_starts(link->url, WT_SPAN("http")), "a link is http or https");
  fuzz_expect(link->url.len == 0 || memchr(link->url.data, '#', link->url.len) == NULL, "a link has no fragment");
  return ++*count < 50000;
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_source source = {.url = WT_SPAN("https://paper.example/news/index.html"), .captured = WT_INSTANT_NONE};
  wt_error err = {.byte = -1};
  size_t count = 0;
  wt_status status = wt_links((wt_span){(const char *)data, size}, &source, each, &count, &err);
  fuzz_expect(status == WT_OK || err.what[0] != '\0', "what is refused says why");
  return 0;
}
