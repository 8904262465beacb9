/* url: what two addresses of one page have in common. */
#include "wt/index.h"

#include <string.h>

/* Query parameters that say how a reader came, never which page it is. */
static const char *const tracking[] = {"utm_",     "fbclid", "gclid", "dclid", "msclkid", "mc_cid",
                                       "mc_eid",   "cmpid",  "ocid",  "smid",  "partner", "ref",
                                       "referrer", "source", "cid",   "ito",   "amp",     "outputtype",
                                       "igshid",   "at_",    "sref",  "_ga",   "xtor",    "srnd"};

static bool is_tracking(wt_span parameter) {
  size_t equals = wt_span_find(parameter, WT_SPAN("="));
  wt_span name = wt_span_sub(parameter, 0, equals);
  for (size_t i = 0; i < sizeof tracking / sizeof *tracking; i++) {
    wt_span known = wt_span_of(tracking[i]);
    bool prefix = wt_span_ends(known, WT_SPAN("_"));
    if (prefix ? name.len >= known.len && wt_span_equal_ascii_case(wt_span_sub(name, 0, known.len), known)
               : wt_span_equal_ascii_case(name, known))
      return true;
  }
  return false;
}

static wt_span after(wt_span text, wt_span prefix) {
  if (text.len < prefix.len || !wt_span_equal_ascii_case(wt_span_sub(text, 0, prefix.len), prefix)) return text;
  return wt_span_sub(text, prefix.len, text.len);
}

static wt_span without(wt_span text, wt_span suffix) {
  return text.len > suffix.len && wt_span_ends(text, suffix) ? wt_span_sub(text, 0, text.len - suffix.len) : text;
}

static wt_span scheme_off(wt_span url) {
  wt_span rest = after(after(url, WT_SPAN("https://")), WT_SPAN("http://"));
  return rest.len == url.len ? after(url, WT_SPAN("//")) : rest;
}

static void put_host(wt_buf *out, wt_span host) {
  static const char *const doors[] = {"www.", "m.", "amp.", "mobile."};
  for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
    wt_span rest = after(host, wt_span_of(doors[i]));
    if (rest.len == host.len || !wt_span_has(rest, '.')) continue;
    host = rest;
    break;
  }
  host = without(without(host, WT_SPAN(":80")), WT_SPAN(":443"));
  for (size_t i = 0; i < host.len; i++) {
    char c = host.data[i];
    wt_buf_put_char(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
  }
}

static void put_path(wt_buf *out, wt_span path) {
  path = without(path, WT_SPAN("/"));
  path = without(path, WT_SPAN("/amp"));
  path = without(path, WT_SPAN("/index.html"));
  if (path.len > 1) wt_buf_put_span(out, path);
}

static void put_query(wt_buf *out, wt_span query) {
  char before = '?';
  while (query.len > 0) {
    size_t end = wt_span_find(query, WT_SPAN("&"));
    wt_span parameter = wt_span_sub(query, 0, end);
    query = wt_span_sub(query, end + 1, query.len);
    if (parameter.len == 0 || is_tracking(parameter)) continue;
    wt_buf_put_char(out, before);
    wt_buf_put_span(out, parameter);
    before = '&';
  }
}

void wt_url_normal(wt_buf *out, wt_span url) {
  url = scheme_off(wt_span_trim(url));
  url = wt_span_sub(url, 0, wt_span_find(url, WT_SPAN("#")));
  size_t query = wt_span_find(url, WT_SPAN("?"));
  wt_span page = wt_span_sub(url, 0, query);
  size_t slash = wt_span_find(page, WT_SPAN("/"));
  put_host(out, wt_span_sub(page, 0, slash));
  put_path(out, wt_span_sub(page, slash, page.len));
  put_query(out, wt_span_sub(url, query + 1, url.len));
}
