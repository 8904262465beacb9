/* atom: a list of revisions as a feed (RFC 4287). */
#include "report/rows.h"

/* Absolute with a base URL, else relative to the feed's own address. */
static void put_url(html *feed, const wt_address *address, wt_form form) {
  wt_address to = *address;
  to.form = form;
  if (feed->options->base_url != NULL)
    wt_escape_html(feed->out, wt_span_of(feed->options->base_url));
  else
    for (unsigned i = 0; i < feed->depth; i++) wt_buf_put_text(feed->out, "../");
  wt_address_put(feed->out, &to); /* percent-encoded: nothing is left for XML to mind */
}

/* A name-based UUID of version 8 (RFC 9562, 5.8) out of the XXH3-128 of what is named. */
static void put_id(wt_buf *out, wt_span name) {
  wt_hash hash = wt_hash_bytes(name);
  hash.high = (hash.high & ~(uint64_t)0xF000) | 0x8000;
  hash.low = (hash.low & ~((uint64_t)3 << 62)) | (uint64_t)2 << 62;
  char hex[33];
  wt_hash_hex(hex, hash);
  wt_buf_put_format(out, "<id>urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s</id>", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

static void put_updated(wt_buf *out, wt_instant at) {
  wt_buf_put_text(out, "<updated>");
  wt_instant_put(out, at);
  wt_buf_put_text(out, "</updated>");
}

static void put_text(wt_buf *out, const char *name, wt_span text) {
  wt_buf_put_format(out, "<%s>", name);
  wt_escape_html(out, text);
  wt_buf_put_format(out, "</%s>", name);
}

static void put_entry_id(wt_buf *out, const change *item) {
  wt_buf name = {0};
  wt_buf_put_span(&name, item->revision.path);
  wt_buf_put_format(&name, "@%u", item->revision.number);
  put_id(out, wt_buf_span(&name));
  wt_buf_release_part(&name, out);
}

static void put_entry(html *feed, const change *item) {
  wt_buf *out = feed->out;
  wt_address to = rows_address(item);
  wt_buf_put_text(out, "<entry>");
  put_entry_id(out, item);
  put_updated(out, item->revision.captured);
  put_text(out, "title", item->revision.headline.len > 0 ? item->revision.headline : item->revision.path);
  wt_buf_put_text(out, "<author>");
  put_text(out, "name", item->outlet);
  wt_buf_put_text(out, "</author>");
  put_text(out, "summary", item->old > 0 ? item->revision.subject : WT_SPAN("First seen"));
  wt_buf_put_text(out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
  put_url(feed, &to, WT_FORM_HTML);
  wt_buf_put_text(out, "\"/>");
  for (unsigned class = 0; class < WT_CLASSES; class ++)
    if (item->revision.classes & 1u << class)
      wt_buf_put_format(out, "<category term=\"%s\"/>", wt_class_name((wt_class) class));
  wt_buf_put_text(out, "</entry>\n");
}

void rows_put_atom(wt_buf *out, const rows *list, const wt_address *self, wt_span title,
                   const wt_report_options *options) {
  wt_buf name = {0};
  html feed;
  html_init(&feed, out, self, options);
  wt_buf_put_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
  if (options->base_url != NULL) {
    wt_buf_put_text(out, " xml:base=\"");
    wt_escape_html(out, wt_span_of(options->base_url));
    wt_buf_put_text(out, "\"");
  }
  wt_buf_put_text(out, ">\n");
  wt_address_put(&name, self);
  put_id(out, wt_buf_span(&name));
  wt_buf_release_part(&name, out);
  put_text(out, "title", title);
  put_updated(out, list->count > 0 ? list->items[0].revision.captured : 0);
  wt_buf_put_text(out, "<generator>writethru</generator>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"");
  put_url(&feed, self, WT_FORM_ATOM);
  wt_buf_put_text(out, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"");
  put_url(&feed, self, WT_FORM_HTML);
  wt_buf_put_text(out, "\"/>\n");
  for (size_t i = 0; i < list->count; i++) put_entry(&feed, &list->items[i]);
  wt_buf_put_text(out, "</feed>\n");
}
