/* escape: untrusted text on its way into HTML, XML and URLs. */
#include "wt/report.h"

#include <string.h>

enum { LRE = 0x202A, RLE, PDF, LRO, RLO, LRI = 0x2066, RLI, FSI, PDI };
/* UAX #9 looks at 125 levels; what opens beyond this many is dropped. */
enum { DEPTH = 64 };

/* What is open in a text: 'e' an embedding, 'i' an isolate. */
typedef struct bidi {
  char open[DEPTH];
  size_t depth;
} bidi;

static bool opens(uint32_t c) {
  return c == LRE || c == RLE || (c >= LRI && c <= FSI);
}

static void close_one(wt_buf *out, bidi *b) {
  wt_buf_put_code_point(out, b->open[--b->depth] == 'i' ? PDI : PDF);
}

/* Lets a formatting character through only where it keeps the text balanced. */
static void put_bidi(wt_buf *out, bidi *b, uint32_t c) {
  if (opens(c)) {
    if (b->depth == DEPTH) return;
    b->open[b->depth++] = c >= LRI ? 'i' : 'e';
    wt_buf_put_code_point(out, c);
  } else if (c == PDF) {
    if (b->depth > 0 && b->open[b->depth - 1] == 'e') close_one(out, b);
  } else if (memchr(b->open, 'i', b->depth) != NULL) { /* a PDI closes the embeddings inside its isolate too */
    while (b->open[b->depth - 1] != 'i') close_one(out, b);
    close_one(out, b);
  }
}

static bool is_bidi(uint32_t c) {
  return (c >= LRE && c <= PDF) || (c >= LRI && c <= PDI);
}

/* What XML 1.0 cannot hold and no reader should meet. */
static bool is_unfit(uint32_t c) {
  return c == WT_NOT_UTF8 || (c >= 0x7F && c < 0xA0) || c == LRO || c == RLO || (c >= 0xFDD0 && c <= 0xFDEF) ||
         (c & 0xFFFE) == 0xFFFE;
}

static void put_plain(wt_buf *out, uint32_t c) {
  switch (c) {
  case '&': wt_buf_put_text(out, "&amp;"); return;
  case '<': wt_buf_put_text(out, "&lt;"); return;
  case '>': wt_buf_put_text(out, "&gt;"); return;
  case '"': wt_buf_put_text(out, "&quot;"); return;
  case '\'': wt_buf_put_text(out, "&#39;"); return;
  default: break;
  }
  if (c < 0x20 && c != '\t' && c != '\n') c += 0x2400;
  wt_buf_put_code_point(out, is_unfit(c) ? 0xFFFD : c);
}

/* Length of the run from `at` that needs no look: printable ASCII but the five. */
static size_t plain_run(wt_span text, size_t at) {
  size_t end = at;
  while (end < text.len) {
    unsigned char c = (unsigned char)text.data[end];
    if (c < 0x20 || c >= 0x7F || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') break;
    end++;
  }
  return end - at;
}

void wt_escape_html(wt_buf *out, wt_span text) {
  bidi b = {.depth = 0};
  for (size_t at = 0; at < text.len;) {
    size_t run = plain_run(text, at);
    wt_buf_put(out, text.data + at, run);
    at += run;
    if (at == text.len) break;
    uint32_t c = wt_utf8_next(text, &at);
    if (is_bidi(c) && c != LRO && c != RLO)
      put_bidi(out, &b, c);
    else
      put_plain(out, c);
  }
  while (b.depth > 0) close_one(out, &b);
}

static bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != 0 && strchr("-._~", c) != NULL);
}

static void put_percent(wt_buf *out, unsigned char c) {
  static const char hex[] = "0123456789ABCDEF";
  char code[3] = {'%', hex[c >> 4], hex[c & 15]};
  wt_buf_put(out, code, sizeof code);
}

static void escape_url(wt_buf *out, wt_span text, char also) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (is_unreserved(c) || (also != 0 && text.data[i] == also))
      wt_buf_put_char(out, text.data[i]);
    else
      put_percent(out, c);
  }
}

void wt_escape_url(wt_buf *out, wt_span segment) {
  escape_url(out, segment, 0);
}

void wt_escape_path(wt_buf *out, wt_span path) {
  escape_url(out, path, '/');
}

/* Where the authority of an http or https URL begins; 0 when it is none. */
static size_t authority(wt_span url) {
  if (url.len > 8 && wt_span_equal_ascii_case(wt_span_sub(url, 0, 8), WT_SPAN("https://"))) return 8;
  if (url.len > 7 && wt_span_equal_ascii_case(wt_span_sub(url, 0, 7), WT_SPAN("http://"))) return 7;
  return 0;
}

bool wt_escape_link(wt_buf *out, wt_span url) {
  size_t begin = authority(url), end = begin;
  if (begin == 0) return false;
  while (end < url.len && strchr("/?#", url.data[end]) == NULL) end++;
  if (end == begin || memchr(url.data + begin, '@', end - begin) != NULL) return false;
  for (size_t i = 0; i < url.len; i++)
    if ((unsigned char)url.data[i] <= 0x20 || url.data[i] == 0x7F || url.data[i] == '\\') return false;
  wt_escape_html(out, url);
  return true;
}
