/* "Name: value" lines, as WARC, HTTP and mail write them. */
#include "ingest/headers.h"

bool wt_headers_cut(wt_span *headers, size_t *after, wt_span text) {
  wt_span rest = text, line;
  while (wt_span_line(&line, &rest)) {
    if (line.len > 0) continue;
    *headers = wt_span_sub(text, 0, (size_t)(line.data - text.data));
    *after = rest.len > 0 ? (size_t)(rest.data - text.data) : text.len;
    return true;
  }
  *headers = text;
  *after = text.len;
  return false;
}

static bool is_folded(wt_span line) {
  return line.len > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
}

wt_span wt_headers_find(wt_span headers, const char *name) {
  wt_span wanted = wt_span_of(name), line;
  while (wt_span_line(&line, &headers)) {
    if (line.len <= wanted.len || line.data[wanted.len] != ':' ||
        !wt_span_equal_ascii_case(wt_span_sub(line, 0, wanted.len), wanted))
      continue;
    wt_span value = wt_span_sub(line, wanted.len + 1, line.len), next;
    while (headers.len > 0 && is_folded(headers) && wt_span_line(&next, &headers))
      value.len = (size_t)(next.data + next.len - value.data);
    return wt_span_trim(value);
  }
  return (wt_span){"", 0};
}
