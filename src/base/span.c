/* Spans: borrowed bytes. */
#include "wt/base.h"

#include <string.h>

wt_span wt_span_of(const char *text) {
  return (wt_span){text, text ? strlen(text) : 0};
}

static unsigned char lower(char c) {
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool wt_span_equal_ascii_case(wt_span a, wt_span b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (lower(a.data[i]) != lower(b.data[i])) return false;
  return true;
}

int wt_span_compare(wt_span a, wt_span b) {
  size_t shorter = a.len < b.len ? a.len : b.len;
  int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t wt_span_find(wt_span span, wt_span needle) {
  if (needle.len == 0) return 0;
  if (span.len < needle.len) return span.len;
  const char *at = memmem(span.data, span.len, needle.data, needle.len);
  return at ? (size_t)(at - span.data) : span.len;
}

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

wt_span wt_span_trim(wt_span span) {
  size_t begin = 0, end = span.len;
  while (begin < end && is_space(span.data[begin])) begin++;
  while (end > begin && is_space(span.data[end - 1])) end--;
  return wt_span_sub(span, begin, end);
}

bool wt_span_line(wt_span *line, wt_span *rest) {
  if (rest->len == 0) return false;
  const char *end = memchr(rest->data, '\n', rest->len);
  size_t len = end ? (size_t)(end - rest->data) : rest->len;
  *line = (wt_span){rest->data, len};
  *rest = wt_span_sub(*rest, end ? len + 1 : len, rest->len);
  if (end && line->len && line->data[line->len - 1] == '\r') line->len--;
  return true;
}
