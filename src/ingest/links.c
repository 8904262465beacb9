/* Links out of a source of any kind. */
#include "ingest/links.h"

#include <string.h>

#include <libxml/uri.h>

static bool is_web(wt_span url) {
  return wt_span_equal_ascii_case(wt_span_sub(url, 0, 7), WT_SPAN("http://")) ||
         wt_span_equal_ascii_case(wt_span_sub(url, 0, 8), WT_SPAN("https://"));
}

static bool fail(wt_links_out *out, wt_status status, const char *what) {
  out->status = wt_fail(out->err, status, "links", -1, "%s", what);
  return false;
}

/* The href against the base; NULL when it is no URL. Freed with xmlFree. */
static xmlChar *absolute(wt_arena *scratch, const wt_links_out *out, wt_span href) {
  wt_span text = wt_span_keep(scratch, href), base = wt_span_keep(scratch, out->base);
  if (!text.data || !base.data) return NULL;
  return xmlBuildURI((const xmlChar *)text.data, base.len ? (const xmlChar *)base.data : NULL);
}

bool wt_links_put(wt_links_out *out, wt_span href, wt_span title, wt_time published, bool is_index) {
  href = wt_span_trim(href);
  if (href.len == 0 || href.len > 2048) return true;
  if (out->count == WT_LINKS_MOST) return false;
  wt_arena scratch = {0};
  wt_buf squeezed = {0};
  xmlChar *whole = absolute(&scratch, out, href);
  wt_span url = wt_span_of((const char *)whole);
  url = wt_span_sub(url, 0, wt_span_find(url, WT_SPAN("#")));
  wt_squeeze(&squeezed, title);
  bool go_on = true;
  if (squeezed.failed) {
    go_on = fail(out, WT_ENOMEM, "out of memory");
  } else if (is_web(url)) {
    wt_link link = {.url = url, .title = wt_buf_span(&squeezed), .published = published, .is_index = is_index};
    out->count++;
    go_on = out->each(out->context, &link) || fail(out, WT_ECANCELED, "stopped");
  }
  wt_buf_release(&squeezed);
  xmlFree(whole);
  wt_arena_release(&scratch);
  return go_on;
}

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
    fail(&out, WT_EFORMAT, "neither a feed, a sitemap nor a page");
  wt_buf_release(&plain);
  return out.status;
}
