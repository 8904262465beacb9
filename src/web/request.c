/* request: Host, Accept, path and query. */
#include "web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Host ---- */

/* Cuts ":port" off; 80 when there is none, 0 when it is no number. */
static uint16_t cut_port(wt_span *host) {
  size_t colon = host->len;
  uint32_t port = 0;
  while (colon > 0 && host->data[colon - 1] >= '0' && host->data[colon - 1] <= '9') colon--;
  if (colon == 0 || host->data[colon - 1] != ':' || colon == host->len) return 80;
  for (size_t i = colon; i < host->len; i++)
    port = port > UINT16_MAX ? port : port * 10 + (uint32_t)(host->data[i] - '0');
  *host = wt_span_sub(*host, 0, colon - 1);
  return port > UINT16_MAX ? 0 : (uint16_t)port;
}

bool web_host_fits(const char *host, const char *address, uint16_t port, const char *public_host) {
  static const char *const loopback[] = {"localhost", "127.0.0.1", "[::1]"};
  char bracketed[64];
  if (host == NULL) return false;
  wt_span name = wt_span_of(host);
  if (public_host != NULL && wt_span_equal_ascii_case(name, wt_span_of(public_host))) return true;
  uint16_t asked = cut_port(&name);
  if (public_host != NULL && wt_span_equal_ascii_case(name, wt_span_of(public_host))) return true;
  if (asked != port) return false;
  for (size_t i = 0; i < sizeof loopback / sizeof loopback[0]; i++)
    if (wt_span_equal_ascii_case(name, wt_span_of(loopback[i]))) return true;
  snprintf(bracketed, sizeof bracketed, "[%s]", address);
  return wt_span_equal(name, wt_span_of(address)) || wt_span_equal(name, wt_span_of(bracketed));
}

/* ---- the head as a whole ---- */

typedef struct head {
  unsigned hosts, lengths;
  bool doubtful;
} head;

static enum MHD_Result look_at(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  head *h = context;
  wt_span is = wt_span_of(name);
  (void)kind;
  if (wt_span_equal_ascii_case(is, WT_SPAN("Host"))) h->hosts++;
  if (wt_span_equal_ascii_case(is, WT_SPAN("Content-Length"))) h->lengths++;
  if (wt_span_equal_ascii_case(is, WT_SPAN("Content-Length")) && (value == NULL || strcmp(value, "0") != 0))
    h->doubtful = true;
  if (wt_span_equal_ascii_case(is, WT_SPAN("Transfer-Encoding")) || strpbrk(name, " \t") != NULL) h->doubtful = true;
  return MHD_YES;
}

bool web_head_is_plain(struct MHD_Connection *connection) {
  head h = {0};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, look_at, &h);
  return h.hosts <= 1 && h.lengths <= 1 && !h.doubtful;
}

/* ---- Accept (RFC 9110, 12.5.1) ---- */

/* Parts of 1,000 that a range carries in its parameter q; 1,000 without one. */
static unsigned quality(wt_span range) {
  static const unsigned weights[] = {100, 10, 1};
  size_t at = wt_span_find(range, WT_SPAN("q="));
  if (at == range.len) return 1000;
  wt_span number = wt_span_sub(range, at + 2, range.len);
  if (number.len == 0 || number.data[0] != '0') return 1000;
  unsigned value = 0;
  for (size_t i = 2; i < number.len && i < 5 && number.data[i] >= '0' && number.data[i] <= '9'; i++)
    value += (unsigned)(number.data[i] - '0') * weights[i - 2];
  return value;
}

/* The next range of the list, without its comma. */
static bool next_range(wt_span *range, wt_span *rest) {
  if (rest->len == 0) return false;
  size_t comma = wt_span_find(*rest, WT_SPAN(","));
  *range = wt_span_trim(wt_span_sub(*rest, 0, comma));
  *rest = wt_span_sub(*rest, comma + 1, rest->len);
  return true;
}

wt_form web_accept(const char *accept) {
  static const struct {
    const char *type;
    wt_form form;
  } types[] = {{"text/html", WT_FORM_HTML}, {"application/json", WT_FORM_JSON}, {"application/atom+xml", WT_FORM_ATOM}};
  unsigned best = 0;
  wt_form form = WT_FORM_HTML;
  wt_span rest = wt_span_of(accept), range;
  while (next_range(&range, &rest)) {
    wt_span type = wt_span_trim(wt_span_sub(range, 0, wt_span_find(range, WT_SPAN(";"))));
    unsigned q = quality(range);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
      if (!wt_span_equal_ascii_case(type, wt_span_of(types[i].type))) continue;
      if (q < best || (q == best && types[i].form != WT_FORM_HTML)) continue;
      best = q;
      form = types[i].form;
    }
  }
  return form;
}

/* ---- path and query ---- */

static const char *argument(struct MHD_Connection *connection, const char *name) {
  const char *value = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
  return value != NULL && value[0] != 0 ? value : NULL;
}

static bool read_times(wt_query *out, struct MHD_Connection *connection) {
  const char *since = argument(connection, "since"), *until = argument(connection, "until");
  out->since = out->until = WT_INSTANT_NONE;
  return (since == NULL || wt_instant_parse(&out->since, wt_span_of(since))) &&
         (until == NULL || wt_instant_parse(&out->until, wt_span_of(until)));
}

static bool read_query(web_request *out, struct MHD_Connection *connection) {
  const char *class = argument(connection, "class");
  wt_class parsed;
  out->query.outlet = wt_span_of(argument(connection, "outlet"));
  out->query.words = wt_span_of(argument(connection, "q"));
  if (class != NULL && !wt_class_parse(&parsed, wt_span_of(class))) return false;
  if (class != NULL) out->query.classes = 1u << parsed;
  if (argument(connection, "substantive") != NULL) out->query.flags |= WT_REVISION_SUBSTANTIVE;
  if (argument(connection, "unannounced") != NULL) out->query.flags |= WT_REVISION_UNANNOUNCED;
  return read_times(&out->query, connection);
}

static uint32_t number(const char *text) {
  if (text == NULL || text[0] < '1' || text[0] > '9') return 0;
  unsigned long value = strtoul(text, NULL, 10);
  return value <= 999999999 ? (uint32_t)value : 0;
}

/* Turns compare.html?story=S&old=2&new=3 into the address of that comparison. */
static bool read_compare(web_request *out, struct MHD_Connection *connection) {
  const char *story = argument(connection, "story");
  uint32_t a = number(argument(connection, "old")), b = number(argument(connection, "new"));
  wt_buf path = {0};
  wt_address to;
  if (story == NULL || a == 0 || b == 0) return false;
  wt_buf_put_format(&path, "story/%s", story);
  bool fits = wt_address_parse(&to, wt_buf_span(&path)) && to.page == WT_PAGE_STORY && to.form == WT_FORM_ANY;
  wt_buf_release(&path);
  out->compare = wt_span_of(story);
  out->address = (wt_address){.page = a == b ? WT_PAGE_REVISION : WT_PAGE_DIFF,
                              .form = WT_FORM_HTML,
                              .name = out->compare,
                              .old = a < b ? a : b,
                              .newer = a < b ? b : a};
  return fits;
}

bool web_request_read(web_request *out, const char *path, struct MHD_Connection *connection) {
  *out = (web_request){.query = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE}};
  if (!wt_address_parse(&out->address, wt_span_of(path))) return false;
  if (out->address.page == WT_PAGE_COMPARE) return read_compare(out, connection);
  if (out->address.form == WT_FORM_ANY) {
    out->by_accept = true;
    out->address.form = web_accept(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT));
  }
  out->has_query = MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, NULL, NULL) > 0;
  return !out->has_query || read_query(out, connection);
}
