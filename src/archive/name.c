/* Paths of stories from outlets and headlines. */
#include "archive/name.h"

#include <string.h>

enum { SLUG_MOST = 60, OUTLET_MOST = 100 };

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void wt_name_put_outlet(wt_buf *out, wt_span outlet) {
  size_t start = out->len;
  for (size_t i = 0; i < outlet.len && out->len - start < OUTLET_MOST; i++) {
    char c = lower(outlet.data[i]);
    bool first = out->len == start;
    if (is_plain(c) || (!first && (c == '-' || c == '_' || (c == '.' && out->data[out->len - 1] != '.'))))
      wt_buf_put_char(out, c);
    else if (!first && c != '.' && out->data[out->len - 1] != '-')
      wt_buf_put_char(out, '-');
  }
  while (out->len > start && (out->data[out->len - 1] == '.' || out->data[out->len - 1] == '-'))
    out->data[--out->len] = '\0';
  if (out->len - start >= 5 && memcmp(out->data + out->len - 5, ".lock", 5) == 0) out->data[out->len - 5] = '-';
  if (out->len == start) wt_buf_put_text(out, "unknown");
  wt_span name =
      wt_span_sub(wt_buf_span(out), start, out->len); /* the file of that name lies beside the outlets' folders */
  if (wt_span_equal(name, WT_SPAN("writethru.conf"))) out->data[out->len - 5] = '-';
}

/* Latin letters with marks, U+00C0 to U+017F, without them; '-' where there is no one letter. */
static char without_marks(uint32_t c) {
  static const char latin[] = "aaaaaaaceeeeiiiidnooooo-ouuuuy-saaaaaaaceeeeiiiidnooooo-ouuuuy-y"
                              "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                              "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  return c >= 0xc0 && c < 0x180 ? latin[c - 0xc0] : '-';
}

/* %C3%A9 of a URL as the bytes that are meant. */
static void put_unquoted(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len; i++) {
    int high = text.data[i] == '%' && i + 2 < text.len ? wt_hex_digit(text.data[i + 1]) : -1;
    int low = high >= 0 ? wt_hex_digit(text.data[i + 2]) : -1;
    wt_buf_put_char(out, low >= 0 ? (char)(unsigned char)(high * 16 + low) : text.data[i]);
    if (low >= 0) i += 2;
  }
}

static wt_span without_suffix(wt_span source) {
  static const char *const suffixes[] = {".html", ".htm", ".shtml", ".php", ".aspx", ".txt", ".xml", ".json", ".amp"};
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    wt_span suffix = wt_span_of(suffixes[i]);
    if (source.len > suffix.len &&
        wt_span_equal_ascii_case(wt_span_sub(source, source.len - suffix.len, source.len), suffix))
      return wt_span_sub(source, 0, source.len - suffix.len);
  }
  return source;
}

/* An apostrophe joins (it's: its); everything else that is no letter or digit parts. */
static bool joins(uint32_t c) {
  return c == '\'' || c == 0x2019 || c == 0xad;
}

/* Names that Windows keeps for itself. */
static bool is_reserved(wt_span slug) {
  static const char *const names[] = {"con", "prn", "aux", "nul"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (wt_span_equal(slug, wt_span_of(names[i]))) return true;
  return slug.len == 4 && (wt_span_starts(slug, WT_SPAN("com")) || wt_span_starts(slug, WT_SPAN("lpt"))) &&
         slug.data[3] >= '0' && slug.data[3] <= '9';
}

/* Cuts what is too long at the last '-' of its second half, if there is one. */
static void cut(wt_buf *out, size_t start) {
  size_t end = out->len;
  if (end - start > SLUG_MOST) {
    end = start + SLUG_MOST;
    size_t at = end;
    while (at > start + SLUG_MOST / 2 && out->data[at] != '-') at--;
    if (at > start + SLUG_MOST / 2) end = at;
  }
  while (end > start && out->data[end - 1] == '-') end--;
  if (out->data) out->data[out->len = end] = '\0';
}

void wt_name_put_slug(wt_buf *out, wt_span source) {
  wt_buf plain = {0};
  size_t start = out->len, at = 0;
  put_unquoted(&plain, wt_span_sub(without_suffix(source), 0, 4096));
  wt_span text = wt_buf_span(&plain);
  while (at < text.len && out->len - start <= SLUG_MOST) {
    uint32_t c = wt_utf8_next(text, &at);
    if (joins(c)) continue;
    char letter = without_marks(c);
    if (c < 0x80) letter = lower((char)c);
    if (is_plain(letter))
      wt_buf_put_char(out, letter);
    else if (out->len > start && out->data[out->len - 1] != '-')
      wt_buf_put_char(out, '-');
  }
  wt_buf_release(&plain);
  cut(out, start);
  if (is_reserved((wt_span){out->data ? out->data + start : NULL, out->len - start})) wt_buf_put_text(out, "-story");
}

static bool digits(wt_span text, size_t count) {
  if (text.len < count) return false;
  for (size_t i = 0; i < count; i++)
    if (text.data[i] < '0' || text.data[i] > '9') return false;
  return true;
}

bool wt_name_is_story(wt_span path) {
  size_t slash = wt_span_find(path, WT_SPAN("/"));
  wt_span rest = wt_span_sub(path, slash + 1, path.len);
  if (slash == 0 || slash == path.len || !digits(rest, 4) || rest.len < 11 || rest.data[4] != '/') return false;
  if (!digits(wt_span_sub(rest, 5, 7), 2) || rest.data[7] != '/' || !digits(wt_span_sub(rest, 8, 10), 2)) return false;
  rest = wt_span_sub(rest, 10, rest.len);
  slash = wt_span_find(rest, WT_SPAN("/"));
  if (slash == 1 || (slash > 1 && (rest.data[0] != '.' || !digits(wt_span_sub(rest, 1, slash), slash - 1))))
    return false;
  rest = wt_span_sub(rest, slash + 1, rest.len);
  return rest.len > 4 && wt_span_ends(rest, WT_SPAN(".txt")) && wt_span_find(rest, WT_SPAN("/")) == rest.len;
}
