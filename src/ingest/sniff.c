/*
 * Which format are these bytes? By what they are first, by their name or Content-Type only where that leaves a choice.
 *
 * UTF-16 is looked at as ASCII (its zero bytes out), so that a page or an XML file in it is known as such.
 */
#include "ingest/cdx_form.h"
#include "ingest/json_peek.h"
#include "ingest/read.h"

#include <string.h>

#define LOOK 8192 /* bytes that are looked at, but for JSON */

static const char *const names[] = {
    [WT_FORMAT_UNKNOWN] = "unknown",
    [WT_FORMAT_TEXT] = "text",
    [WT_FORMAT_HTML] = "html",
    [WT_FORMAT_CANONICAL] = "canonical",
    [WT_FORMAT_ANPA] = "anpa-1312",
    [WT_FORMAT_IPTC7901] = "iptc-7901",
    [WT_FORMAT_NITF] = "nitf",
    [WT_FORMAT_NEWSML1] = "newsml-1",
    [WT_FORMAT_NEWSMLG2] = "newsml-g2",
    [WT_FORMAT_NINJS] = "ninjs",
    [WT_FORMAT_AP_JSON] = "ap-json",
    [WT_FORMAT_JSONLD] = "json-ld",
    [WT_FORMAT_FEED] = "feed",
    [WT_FORMAT_WARC] = "warc",
    [WT_FORMAT_CAPTURES_CSV] = "csv",
    [WT_FORMAT_CAPTURES_JSONL] = "json-lines",
    [WT_FORMAT_MAIL] = "mail",
    [WT_FORMAT_MHTML] = "mhtml",
    [WT_FORMAT_CDX] = "cdx",
    [WT_FORMAT_DOCX] = "docx",
    [WT_FORMAT_PDF] = "pdf",
    [WT_FORMAT_BINARY] = "binary",
};

const char *wt_format_name(wt_format format) {
  return (size_t)format < sizeof names / sizeof *names ? names[format] : "unknown";
}

/* ---- what is looked at ---- */

typedef struct look {
  char bytes[LOOK];
  size_t len;
  size_t zeros[2]; /* NUL at even and at odd offsets */
  size_t controls; /* C0 but white space, NUL apart */
  bool wide;       /* UTF-16 */
} look;

static void look_at(look *l, wt_span bytes) {
  size_t length = bytes.len < LOOK ? bytes.len : LOOK;
  l->len = l->zeros[0] = l->zeros[1] = l->controls = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes.data[i];
    if (c >= 0x20) continue;
    if (c == 0)
      l->zeros[i % 2]++;
    else if (c < '\t' || c > '\r')
      l->controls++;
  }
  bool mark = length >= 2 && (memcmp(bytes.data, "\xff\xfe", 2) == 0 || memcmp(bytes.data, "\xfe\xff", 2) == 0);
  size_t most = l->zeros[0] > l->zeros[1] ? l->zeros[0] : l->zeros[1];
  size_t least = l->zeros[0] + l->zeros[1] - most;
  l->wide = mark || (length >= 4 && most * 5 >= length && least * 20 <= most);
  size_t skip = wt_span_starts(bytes, WT_SPAN("\xef\xbb\xbf")) ? 3 : mark ? 2 : 0;
  if (!l->wide && length > skip) memcpy(l->bytes, bytes.data + skip, l->len = length - skip);
  for (size_t i = skip; l->wide && i < length; i++)
    if (bytes.data[i] != '\0') l->bytes[l->len++] = bytes.data[i];
}

static wt_span look_span(const look *l) {
  return wt_span_trim((wt_span){l->bytes, l->len});
}

static bool has(wt_span text, const char *needle) {
  return wt_span_find(text, wt_span_of(needle)) < text.len;
}

static bool starts_nocase(wt_span text, const char *start) {
  size_t length = strlen(start);
  return wt_span_equal_ascii_case(wt_span_sub(text, 0, length), wt_span_of(start));
}

static bool named(const wt_source *source, const char *suffix) {
  size_t length = strlen(suffix);
  wt_span name = source->name;
  if (wt_span_ends(name, WT_SPAN(".gz"))) name.len -= 3;
  return name.len > length &&
         wt_span_equal_ascii_case(wt_span_sub(name, name.len - length, name.len), wt_span_of(suffix));
}

static bool typed(const wt_source *source, const char *type) {
  return starts_nocase(wt_span_trim(source->content_type), type);
}

/* ---- one question each ---- */

static wt_format magic(wt_span bytes) {
  static const char *const binaries[] = {"\x89PNG", "GIF8", "\xff\xd8\xff",
                                         /* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): E would be a digit */
                                         "\x7f"
                                         "ELF",
                                         "Rar!", "7z\xbc\xaf", "BZh",
                                         "\xfd"
                                         "7zXZ",
                                         "OggS", "ID3", "RIFF", "\xd0\xcf\x11\xe0", "wOFF", "wOF2", "SQLite format 3"};
  if (wt_span_starts(wt_span_trim(bytes), WT_SPAN("%PDF-"))) return WT_FORMAT_PDF;
  if (wt_span_starts(bytes, WT_SPAN("PK\x03\x04")))
    return has(bytes, "word/document.xml") ? WT_FORMAT_DOCX : WT_FORMAT_BINARY;
  if (wt_span_starts(bytes, WT_SPAN("WARC/0.")) || wt_span_starts(bytes, WT_SPAN("WARC/1."))) return WT_FORMAT_WARC;
  for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
    if (wt_span_starts(bytes, wt_span_of(binaries[i]))) return WT_FORMAT_BINARY;
  return WT_FORMAT_UNKNOWN;
}

/* ANPA 1312 opens with SYN SYN SOH; IPTC 7901 with SOH, and has STX before its text. */
static wt_format control_framed(wt_span bytes) {
  wt_span head = wt_span_sub(bytes, 0, 1024);
  size_t at = 0;
  while (at < head.len && strchr("\r\n\x7f\x16", head.data[at]) != NULL) at++;
  if (at >= head.len || head.data[at] != '\x01' || !wt_span_has(head, '\x02')) return WT_FORMAT_UNKNOWN;
  return at > 0 && head.data[at - 1] == '\x16' ? WT_FORMAT_ANPA : WT_FORMAT_IPTC7901;
}

/* Our own canonical form opens with its version. */
static bool is_canonical(wt_span bytes) {
  return wt_span_starts(bytes, WT_SPAN("writethru: "));
}

/* Skips a prolog, comments, a doctype; gives the root element's name without its prefix. */
static wt_span xml_root(wt_span text) {
  while (text.len > 0) {
    text = wt_span_trim(text);
    bool comment = wt_span_starts(text, WT_SPAN("<!--")), doctype = starts_nocase(text, "<!doctype");
    if (!comment && !doctype && !wt_span_starts(text, WT_SPAN("<?"))) break;
    wt_span close = comment ? WT_SPAN("-->") : WT_SPAN(">");
    size_t subset = wt_span_find(text, WT_SPAN("["));
    if (doctype && subset < wt_span_find(text, close)) close = WT_SPAN("]>");
    text = wt_span_sub(text, wt_span_find(text, close) + close.len, text.len);
  }
  if (text.len < 2 || text.data[0] != '<') return (wt_span){"", 0};
  size_t end = 1;
  while (end < text.len && strchr(" \t\r\n/>", text.data[end]) == NULL) end++;
  wt_span name = wt_span_sub(text, 1, end);
  size_t colon = wt_span_find(name, WT_SPAN(":"));
  return colon < name.len ? wt_span_sub(name, colon + 1, name.len) : name;
}

static wt_format xml(wt_span text) {
  static const struct {
    const char *root;
    wt_format format;
  } roots[] = {
      {"nitf", WT_FORMAT_NITF},
      {"NewsML", WT_FORMAT_NEWSML1},
      {"newsItem", WT_FORMAT_NEWSMLG2},
      {"newsMessage", WT_FORMAT_NEWSMLG2},
      {"packageItem", WT_FORMAT_NEWSMLG2},
      {"rss", WT_FORMAT_FEED},
      {"feed", WT_FORMAT_FEED},
      {"RDF", WT_FORMAT_FEED},
      {"html", WT_FORMAT_HTML},
      {"HTML", WT_FORMAT_HTML},
      {"entry", WT_FORMAT_FEED},
  };
  wt_span root = xml_root(text);
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
    if (wt_span_equal(root, wt_span_of(roots[i].root))) return roots[i].format;
  return WT_FORMAT_UNKNOWN;
}

static bool is_page(wt_span text) {
  static const char *const tags[] = {"<!doctype html", "<html",    "<head", "<body", "<title", "<meta",
                                     "<article",       "<div",     "<p>",   "<p ",   "<h1",    "<table",
                                     "<script",        "<section", "<main", "<span", "<a href"};
  for (size_t i = 0; (i += wt_span_find(wt_span_sub(text, i, text.len), WT_SPAN("<"))) < text.len; i++) {
    for (size_t t = 0; t < sizeof tags / sizeof *tags; t++)
      if (starts_nocase(wt_span_sub(text, i, text.len), tags[t])) return true;
  }
  return false;
}

/* A header block of a mail: two names that mail has and none that breaks the form. */
static wt_format mail(wt_span text, const wt_source *source) {
  static const char *const known[] = {"from",
                                      "to",
                                      "subject",
                                      "date",
                                      "message-id",
                                      "mime-version",
                                      "received",
                                      "return-path",
                                      "delivered-to",
                                      "content-type",
                                      "snapshot-content-location",
                                      "reply-to"};
  wt_span rest = text, line;
  size_t found = 0;
  bool first = true;
  while (wt_span_line(&line, &rest) && line.len > 0) {
    bool postmark = first && wt_span_starts(line, WT_SPAN("From "));
    bool folded = !first && (line.data[0] == ' ' || line.data[0] == '\t');
    first = false;
    if (postmark || folded) continue;
    size_t colon = wt_span_find(line, WT_SPAN(":"));
    if (colon == line.len || colon == 0 || memchr(line.data, ' ', colon) != NULL) {
      if (rest.len == 0) break; /* the look ended inside the line */
      return WT_FORMAT_UNKNOWN;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
      found += wt_span_equal_ascii_case(wt_span_sub(line, 0, colon), wt_span_of(known[i]));
  }
  if (found < 2 && !(found == 1 && named(source, ".eml"))) return WT_FORMAT_UNKNOWN;
  bool archive = named(source, ".mht") || named(source, ".mhtml") || has(text, "Snapshot-Content-Location") ||
                 has(text, "multipart/related");
  return archive ? WT_FORMAT_MHTML : WT_FORMAT_MAIL;
}

/* A first line of column names, two of which are ours. */
static bool is_manifest(wt_span text) {
  static const char *const known[] = {"url", "outlet", "captured", "published", "headline", "html", "text", "file"};
  wt_span line;
  size_t found = 0, at = 0;
  if (!wt_span_line(&line, &text)) return false;
  while (at <= line.len) {
    size_t end = at;
    while (end < line.len && line.data[end] != ',' && line.data[end] != ';' && line.data[end] != '\t') end++;
    wt_span cell = wt_span_trim(wt_span_sub(line, at, end));
    if (cell.len > 1 && cell.data[0] == '"' && cell.data[cell.len - 1] == '"')
      cell = wt_span_sub(cell, 1, cell.len - 1);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
      found += wt_span_equal_ascii_case(cell, wt_span_of(known[i]));
    at = end + 1;
  }
  return found >= 2;
}

static bool is_binary(const look *l, wt_span bytes) {
  size_t length = bytes.len < LOOK ? bytes.len : LOOK;
  size_t zeros = l->zeros[0] + l->zeros[1];
  return !l->wide && (l->controls * 20 > length || zeros * 50 > length);
}

static wt_format by_name(const wt_source *source) {
  if (typed(source, "text/html") || typed(source, "application/xhtml") || named(source, ".html") ||
      named(source, ".htm") || named(source, ".xhtml"))
    return WT_FORMAT_HTML;
  if (named(source, ".csv") || named(source, ".tsv") || typed(source, "text/csv")) return WT_FORMAT_CAPTURES_CSV;
  return WT_FORMAT_UNKNOWN;
}

static wt_format sniff_text(wt_span text, wt_span bytes, const wt_source *source) {
  wt_format format = WT_FORMAT_UNKNOWN;
  if (text.len > 0 && (text.data[0] == '{' || text.data[0] == '[')) {
    bool lines = named(source, ".jsonl") || named(source, ".ndjson");
    format = wt_json_peek(bytes, lines && !typed(source, "text/plain")); /* the name is then that of the manifest */
    if (format != WT_FORMAT_TEXT) return format;
  }
  if (text.len > 0 && text.data[0] == '<') {
    format = xml(text);
    if (format != WT_FORMAT_UNKNOWN) return format;
    if (starts_nocase(text, "<?xml")) return WT_FORMAT_UNKNOWN;
  }
  if (is_canonical(bytes)) return WT_FORMAT_CANONICAL;
  if (wt_cdx_is(text)) return WT_FORMAT_CDX;
  format = mail(text, source);
  if (format != WT_FORMAT_UNKNOWN) return format;
  if (typed(source, "text/plain")) /* said of these bytes; the name may be that of the manifest they stood in */
    return WT_FORMAT_TEXT;
  if (is_manifest(text)) return WT_FORMAT_CAPTURES_CSV;
  format = by_name(source);
  if (format != WT_FORMAT_UNKNOWN) return format;
  return is_page(text) && !named(source, ".txt") ? WT_FORMAT_HTML : WT_FORMAT_TEXT;
}

wt_format wt_sniff(wt_span bytes, const wt_source *source) {
  static const wt_source none = {.captured = WT_INSTANT_NONE};
  look l;
  if (source == NULL) source = &none;
  wt_format format = magic(bytes);
  if (format == WT_FORMAT_UNKNOWN) format = control_framed(bytes);
  if (format != WT_FORMAT_UNKNOWN) return format;
  look_at(&l, bytes);
  if (is_binary(&l, bytes)) return WT_FORMAT_BINARY;
  return sniff_text(look_span(&l), bytes, source);
}
