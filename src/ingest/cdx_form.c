/* The lines of a list of archived URLs: which form, which fields. */
#include "ingest/cdx_form.h"
#include "ingest/web_archive.h"

#include <string.h>

static bool parse_number(uint64_t *out, wt_span digits) {
  *out = 0;
  for (size_t i = 0; i < digits.len; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9' || i >= 18) return false;
    *out = *out * 10 + (uint64_t)(digits.data[i] - '0');
  }
  return digits.len > 0;
}

void wt_cdx_set(wt_cdx_row *row, wt_span name, wt_span value) {
  const struct {
    const char *name;
    wt_span *into;
  } texts[] = {{"timestamp", &row->stamp}, {"original", &row->url},  {"url", &row->url},
               {"mimetype", &row->mime},   {"mime", &row->mime},     {"statuscode", &row->status},
               {"status", &row->status},   {"digest", &row->digest}, {"filename", &row->file}};
  if (wt_span_equal(value, WT_SPAN("-"))) return;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (wt_span_equal(name, wt_span_of(texts[i].name))) *texts[i].into = value;
  if (wt_span_equal(name, WT_SPAN("offset"))) row->has_offset = parse_number(&row->offset, value);
  if (wt_span_equal(name, WT_SPAN("length")) && !parse_number(&row->length, value)) row->length = 0;
}

const char *wt_cdx_name(char letter) {
  switch (letter) {
  case 'b': return "timestamp";
  case 'a': return "original";
  case 'm': return "mimetype";
  case 's': return "statuscode";
  case 'k': return "digest";
  case 'S': return "length";
  case 'V': return "offset";
  case 'g': return "filename";
  default: return "";
  }
}

static bool is_url(wt_span text) {
  return wt_span_starts(text, WT_SPAN("http://")) || wt_span_starts(text, WT_SPAN("https://"));
}

bool wt_cdx_is_stamp(wt_span text) {
  wt_instant at;
  return wt_web_archive_stamp(&at, text);
}

size_t wt_cdx_cut(wt_span fields[WT_CDX_FIELDS], wt_span line, char separator) {
  size_t count = 0, at = 0;
  while (count < WT_CDX_FIELDS) {
    const char *found = count + 1 < WT_CDX_FIELDS ? memchr(line.data + at, separator, line.len - at) : NULL;
    size_t end = found != NULL ? (size_t)(found - line.data) : line.len;
    fields[count++] = wt_span_sub(line, at, end);
    if (end == line.len) break;
    at = end + 1;
  }
  return count;
}

wt_cdx_form wt_cdx_form_of(wt_span line) {
  wt_span fields[WT_CDX_FIELDS], original;
  if (line.len == 0) return WT_CDX_NONE;
  if (line.data[0] == '<' && is_url(wt_span_sub(line, 1, line.len)) && wt_span_find(line, WT_SPAN(">;")) < line.len)
    return WT_CDX_LINK;
  size_t count = wt_cdx_cut(fields, line, ' ');
  if (wt_web_archive_split(&original, NULL, fields[0])) return WT_CDX_ADDRESS;
  if (count >= 2 && wt_cdx_is_stamp(fields[0]) && is_url(fields[1])) return WT_CDX_LINE;
  if (count < 3 || fields[0].len == 0 || !wt_cdx_is_stamp(fields[1])) return WT_CDX_NONE;
  if (wt_span_starts(fields[2], WT_SPAN("{"))) return WT_CDX_CDXJ;
  return is_url(fields[2]) ? WT_CDX_LINE : WT_CDX_NONE;
}

bool wt_cdx_is_header(wt_span line) {
  if (!wt_span_starts(line, WT_SPAN("CDX"))) line = wt_span_sub(line, 1, line.len);
  size_t letters = 0;
  if (!wt_span_starts(line, WT_SPAN("CDX")) || line.len < 9) return false;
  for (size_t i = 3; i < line.len; i++) {
    char c = line.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (i % 2 ? c != line.data[3] || letter : !letter) return false;
    letters += letter;
  }
  return letters >= 3;
}

bool wt_cdx_is_remark(wt_span line) {
  return line.len == 0 || wt_span_starts(line, WT_SPAN("!")) || wt_span_starts(line, WT_SPAN("#"));
}

wt_span wt_cdx_chomp(wt_span line) {
  while (line.len > 0 && (line.data[line.len - 1] == '\r' || line.data[line.len - 1] == ' ')) line.len--;
  return line;
}

bool wt_cdx_is(wt_span text) {
  wt_span line;
  if (wt_span_starts(text, WT_SPAN("!OpenWayback-CDXJ"))) return true;
  while (wt_span_line(&line, &text)) {
    line = wt_cdx_chomp(line);
    if (wt_cdx_is_remark(line)) continue;
    if (wt_cdx_is_header(line)) return true;
    wt_cdx_form f = wt_cdx_form_of(line);
    return f != WT_CDX_NONE && (f != WT_CDX_LINK || wt_span_find(line, WT_SPAN("rel=")) < line.len);
  }
  return false;
}
