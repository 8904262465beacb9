/* One link, made absolute and handed on. */
#include "ingest/links_out.h"

#include <libxml/uri.h>

static bool is_web(wt_span url) {
  return wt_span_starts(url, WT_SPAN("http://")) || wt_span_starts(url, WT_SPAN("https://"));
}

bool wt_links_fail(wt_links_out *out, wt_status status, const char *what) {
  out->status = wt_fail(out->err, status, "links", -1, "%s", what);
  return false;
}

/* HTTP://a.example is http://a.example (RFC 3986, 6.2.2.1). */
static void lower_scheme(xmlChar *url) {
  size_t length = 0;
  while ((url[length] | 0x20) >= 'a' && (url[length] | 0x20) <= 'z') length++;
  for (size_t i = 0; url[length] == ':' && i < length; i++) url[i] |= 0x20;
}

/* The href against the base; NULL when it is no URL. Freed with xmlFree. */
static xmlChar *absolute(wt_arena *scratch, const wt_links_out *out, wt_span href) {
  wt_span text = wt_span_keep(scratch, href), base = wt_span_keep(scratch, out->base);
  if (!text.data || !base.data) return NULL;
  xmlChar *whole = xmlBuildURI((const xmlChar *)text.data, base.len ? (const xmlChar *)base.data : NULL);
  if (whole) lower_scheme(whole);
  return whole;
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
    go_on = wt_links_fail(out, WT_ENOMEM, "out of memory");
  } else if (is_web(url)) {
    wt_link link = {.url = url, .title = wt_buf_span(&squeezed), .published = published, .is_index = is_index};
    out->count++;
    go_on = out->each(out->context, &link) || wt_links_fail(out, WT_ECANCELED, "stopped");
  }
  wt_buf_release(&squeezed);
  xmlFree(whole);
  wt_arena_release(&scratch);
  return go_on;
}
