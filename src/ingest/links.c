/* Links out of a source of any kind. */
#include "ingest/links.h"

#include <string.h>

static bool starts_like_xml(wt_span bytes) {
  wt_span head = wt_span_trim(wt_span_sub(bytes, 0, 4096));
  if (wt_span_starts(head, WT_SPAN("\xef\xbb\xbf"))) head = wt_span_trim(wt_span_sub(head, 3, head.len));
  static const char *const roots[] = {"<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex", "<atom:feed"};
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
    size_t at = wt_span_find(head, wt_span_of(roots[i]));
    if (at < head.len && wt_span_find(wt_span_sub(head, 0, at), WT_SPAN("<html")) == at) return true;
  }
  return false;
}

wt_status wt_links(wt_span bytes, const wt_source *source, wt_link_each each, void *context, wt_error *err) {
  wt_links_out out = {.each = each, .context = context, .base = source->url, .err = err};
  wt_buf plain = {0};
  if (wt_gzip_is(bytes)) {
    wt_status status = wt_gunzip(&plain, bytes, (size_t)64 << 20, err);
    if (status) {
      wt_buf_release(&plain);
      return status;
    }
    bytes = wt_buf_span(&plain);
  }
  wt_span head = wt_span_trim(wt_span_sub(bytes, 0, 4096));
  if (starts_like_xml(bytes))
    wt_links_xml(&out, bytes);
  else if (head.len && head.data[0] == '{')
    wt_links_json(&out, bytes);
  else if (memchr(head.data ? head.data : "", '<', head.len))
    wt_links_page(&out, bytes);
  else
    wt_links_fail(&out, WT_EFORMAT, "neither a feed, a sitemap nor a page");
  wt_buf_release(&plain);
  return out.status;
}
