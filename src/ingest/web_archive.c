/* web_archive: addresses with 14 digits in them, and the banner around them. */
#include "ingest/web_archive.h"

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static unsigned number(const char *digits, size_t count) {
  unsigned value = 0;
  for (size_t i = 0; i < count; i++) value = value * 10 + (unsigned)(digits[i] - '0');
  return value;
}

/* yyyymmddhhmmss */
static bool parse_stamp(wt_instant *out, const char *stamp) {
  unsigned year = number(stamp, 4), month = number(stamp + 4, 2), day = number(stamp + 6, 2);
  unsigned hour = number(stamp + 8, 2), minute = number(stamp + 10, 2), second = number(stamp + 12, 2);
  if (year < 1990 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return false;
  *out = (wt_days_from_civil(year, month, day) * 24 + hour) * 3600 + minute * 60 + second;
  return true;
}

bool wt_web_archive_stamp(wt_instant *out, wt_span digits) {
  for (size_t i = 0; i < digits.len; i++)
    if (!is_digit(digits.data[i])) return false;
  return digits.len == 14 && parse_stamp(out, digits.data);
}

bool wt_web_archive_split(wt_span *original, wt_instant *captured, wt_span url) {
  static const wt_span mark = {"/web/", 5};
  for (size_t from = 0; from < url.len;) {
    size_t at = from + wt_span_find(wt_span_sub(url, from, url.len), mark) + mark.len;
    if (at > url.len || url.len - at < 22) return false;
    size_t digits = 0;
    while (digits < 14 && is_digit(url.data[at + digits])) digits++;
    wt_instant instant;
    if (digits == 14 && parse_stamp(&instant, url.data + at)) {
      size_t end = at + 14;
      while (end < url.len && url.data[end] != '/' && end < at + 18) end++; /* im_, js_, id_ */
      wt_span rest = wt_span_sub(url, end + 1, url.len);
      if (end < url.len && url.data[end] == '/' &&
          (wt_span_starts(rest, WT_SPAN("http://")) || wt_span_starts(rest, WT_SPAN("https://")))) {
        *original = rest;
        if (captured != NULL) *captured = instant;
        return true;
      }
    }
    from = at;
  }
  return false;
}

/* The value of an attribute or a string that begins at `at`: up to a quote, a space or an angle bracket. */
static wt_span value_at(wt_span page, size_t at) {
  size_t end = at;
  while (end < page.len && (unsigned char)page.data[end] > ' ' && page.data[end] != '"' && page.data[end] != '\'' &&
         page.data[end] != '<' && page.data[end] != '>')
    end++;
  return wt_span_sub(page, at, end);
}

static bool find_canonical(wt_span *original, wt_instant *captured, wt_span page, wt_span mark) {
  for (size_t from = 0; from < page.len;) {
    size_t at = from + wt_span_find(wt_span_sub(page, from, page.len), mark);
    if (at >= page.len) return false;
    /* the whole tag: back to '<', on to '>' */
    size_t begin = at, end = at;
    while (begin > 0 && at - begin < 2048 && page.data[begin] != '<') begin--;
    while (end < page.len && end - at < 2048 && page.data[end] != '>') end++;
    wt_span tag = wt_span_sub(page, begin, end);
    size_t web = wt_span_find(tag, WT_SPAN("http"));
    if (web < tag.len && wt_web_archive_split(original, captured, value_at(tag, web))) return true;
    from = at + mark.len;
  }
  return false;
}

bool wt_web_archive_find(wt_span *original, wt_instant *captured, wt_span page) {
  *original = (wt_span){NULL, 0};
  size_t banner = wt_span_find(page, WT_SPAN("wm-ipp"));
  size_t comment = wt_span_find(page, WT_SPAN("FILE ARCHIVED ON "));
  size_t script = wt_span_find(page, WT_SPAN("__wm.wombat("));
  if (banner == page.len && comment == page.len && script == page.len) return false;
  if (script < page.len) { /* __wm.wombat("http://a.example/b","20140924010203", ... */
    wt_span url = value_at(page, script + 13);
    size_t stamp = script + 13 + url.len + 3;
    if (url.len > 8 && stamp + 14 < page.len && is_digit(page.data[stamp]) && is_digit(page.data[stamp + 13]) &&
        parse_stamp(captured, page.data + stamp)) {
      *original = url;
      return true;
    }
  }
  return find_canonical(original, captured, page, WT_SPAN("rel=\"canonical\"")) ||
         find_canonical(original, captured, page, WT_SPAN("og:url")) ||
         find_canonical(original, captured, page, WT_SPAN("wmtbURL")) ||
         find_canonical(original, captured, page, WT_SPAN("/web/"));
}

bool wt_web_archive_is_banner(wt_span id) {
  return wt_span_starts(id, WT_SPAN("wm-ipp")) || wt_span_starts(id, WT_SPAN("wm-toolbar")) ||
         wt_span_equal(id, WT_SPAN("donato"));
}
