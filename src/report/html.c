/* html: text, links and classes on their way into a page. */
#include "report/html.h"

#include <assert.h>
#include <stdio.h>

void html_init(html *page, wt_buf *out, const wt_address *self, const wt_report_options *options) {
  *page = (html){.out = out, .options = options};
  wt_buf address = {0};
  wt_address_put(&address, self);
  for (size_t i = 0; i < address.len && address.data[i] != '#'; i++) page->depth += address.data[i] == '/';
  wt_buf_release_part(&address, page->out);
}

bool html_keep(wt_arena *arena, wt_span *span) {
  *span = wt_span_keep(arena, *span);
  return span->data != NULL;
}

void html_raw(html *page, const char *markup) {
  wt_buf_put_text(page->out, markup);
}

void html_rawf(html *page, const char *format, ...) {
  char text[256];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  assert(len >= 0 && (size_t)len < sizeof text); /* what is written is ours, and short */
  wt_buf_put(page->out, text, (size_t)len);
}

void html_text(html *page, wt_span text) {
  html_raw(page, "<bdi>");
  wt_escape_html(page->out, text);
  html_raw(page, "</bdi>");
}

void html_plain(html *page, wt_span text) {
  wt_escape_html(page->out, text);
}

/* What stands between our own marks. */
static void put_isolated(html *page, wt_span part) {
  bool ascii = true;
  for (size_t i = 0; i < part.len; i++) ascii = ascii && (unsigned char)part.data[i] < 0x80;
  if (!ascii) html_raw(page, "<bdi>");
  wt_escape_html(page->out, part);
  if (!ascii) html_raw(page, "</bdi>");
}

/* In letters that run from the right the old and the new words would change places around the arrow: each is isolated. */
void html_subject(html *page, wt_span subject) {
  wt_span arrow = WT_SPAN(" -> "), stop = WT_SPAN("; ");
  while (subject.len > 0) {
    size_t at = wt_span_find(subject, arrow), end = wt_span_find(subject, stop);
    bool is_arrow = at < end;
    if (!is_arrow) at = end;
    put_isolated(page, wt_span_sub(subject, 0, at));
    if (at == subject.len) return;
    html_raw(page, is_arrow ? " \xE2\x86\x92 " : "; ");
    subject = wt_span_sub(subject, at + (is_arrow ? arrow.len : stop.len), subject.len);
  }
}

void html_headline(html *page, wt_span headline, wt_span language) {
  enum { LONG = 110 }; /* columns: an ideograph is two */
  html_raw(page, wt_term_columns(headline) > LONG ? "<h1 class=\"long\" dir=\"auto\"" : "<h1 dir=\"auto\"");
  if (language.len > 0) html_attribute(page, "lang", language);
  html_raw(page, ">");
  html_plain(page, headline.len > 0 ? headline : WT_SPAN("(no headline)"));
  html_raw(page, "</h1>\n");
}

void html_attribute(html *page, const char *name, wt_span value) {
  html_raw(page, " ");
  html_raw(page, name);
  html_raw(page, "=\"");
  wt_escape_html(page->out, value);
  html_raw(page, "\"");
}

void html_number(html *page, uint64_t number) {
  if (number >= 1000) {
    html_number(page, number / 1000);
    html_rawf(page, ",%03u", (unsigned)(number % 1000));
  } else {
    html_rawf(page, "%u", (unsigned)number);
  }
}

void html_count(html *page, uint64_t number, const char *one, const char *many) {
  html_number(page, number);
  html_raw(page, " ");
  html_raw(page, number == 1 ? one : many);
}

/* ---- addresses ---- */

void html_href(html *page, const wt_address *to) {
  wt_address address = *to;
  if (page->options->alone) return; /* what it would lead to is not there */
  if (address.form == WT_FORM_ANY) address.form = WT_FORM_HTML;
  html_raw(page, " href=\"");
  for (unsigned i = 0; i < page->depth; i++) html_raw(page, "../");
  wt_address_put(page->out, &address);
  html_raw(page, "\"");
}

void html_link(html *page, const wt_address *to, wt_span text) {
  html_raw(page, "<a");
  html_href(page, to);
  html_raw(page, ">");
  html_text(page, text);
  html_raw(page, "</a>");
}

void html_link_subject(html *page, const wt_address *to, wt_span subject) {
  html_raw(page, "<a");
  html_href(page, to);
  html_raw(page, "><bdi dir=\"ltr\">");
  html_subject(page, subject);
  html_raw(page, "</bdi></a>");
}

void html_outside(html *page, wt_span url, wt_span text) {
  wt_buf link = {0};
  bool fit = wt_escape_link(&link, url);
  if (fit) {
    html_raw(page, "<a rel=\"external noreferrer nofollow\" href=\"");
    wt_buf_put_span(page->out, wt_buf_span(&link));
    html_raw(page, "\">");
  }
  html_text(page, text);
  if (fit) html_raw(page, "</a>");
  wt_buf_release_part(&link, page->out);
}

/* ---- classes ---- */

static const struct {
  const char *name;
  uint32_t classes;
} groups[] = {
    /* In the order in which one of several gives a mark its colour. */
    {"fix", 1u << WT_CLASS_CORRECTION},
    {"fact", 1u << WT_CLASS_NUMBER | 1u << WT_CLASS_DATE | 1u << WT_CLASS_NAME},
    {"said", 1u << WT_CLASS_QUOTE | 1u << WT_CLASS_ATTRIBUTION | 1u << WT_CLASS_HEDGE | 1u << WT_CLASS_NEGATION},
    {"head", 1u << WT_CLASS_HEADLINE | 1u << WT_CLASS_DECK | 1u << WT_CLASS_BYLINE | 1u << WT_CLASS_DATELINE |
                 1u << WT_CLASS_LEDE},
    {"form", 1u << WT_CLASS_MOVED | 1u << WT_CLASS_SPLIT | 1u << WT_CLASS_MERGE},
};

const char *html_group(uint32_t classes) {
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
    if (groups[i].classes & classes) return groups[i].name;
  return "word";
}

static void put_classes(html *page, uint32_t classes) {
  html_raw(page, "<ul class=\"chips\" aria-label=\"kinds of change\">");
  for (unsigned class = 0; class < WT_CLASSES; class ++) {
    if (!(classes & 1u << class)) continue;
    html_rawf(page, "<li class=\"%s\">%s</li>", html_group(1u << class), wt_class_name((wt_class) class));
  }
  html_raw(page, "</ul>");
}

void html_chips(html *page, uint32_t classes, uint32_t flags) {
  if (classes == 0 && !(flags & (WT_REVISION_UNANNOUNCED | WT_REVISION_ERASED))) return;
  html_raw(page, "<div class=\"marks\">");
  if (flags & WT_REVISION_UNANNOUNCED) html_raw(page, "<span class=\"flag\">unannounced change</span>");
  if (flags & WT_REVISION_ERASED) html_raw(page, "<span class=\"flag\">text taken out</span>");
  if (classes != 0) put_classes(page, classes);
  html_raw(page, "</div>");
}
