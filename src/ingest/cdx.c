/* A list of archived URLs -> its rows: the forms that are lines of text. */
#include "ingest/cdx.h"
#include "ingest/manifest.h"
#include "ingest/web_archive.h"

#include <string.h>

enum { FIELDS = 16 };

/* ---- fields ---- */

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

/* The letters of a first line " CDX N b a ...". */
static const char *name_of(char letter) {
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

static bool is_stamp(wt_span text) {
  wt_instant at;
  return wt_web_archive_stamp(&at, text);
}

/* Cuts a line at each of the separators; the last field takes the rest. */
static size_t cut(wt_span fields[FIELDS], wt_span line, char separator) {
  size_t count = 0, at = 0;
  while (count < FIELDS) {
    const char *found = count + 1 < FIELDS ? memchr(line.data + at, separator, line.len - at) : NULL;
    size_t end = found != NULL ? (size_t)(found - line.data) : line.len;
    fields[count++] = wt_span_sub(line, at, end);
    if (end == line.len) break;
    at = end + 1;
  }
  return count;
}

/* ---- forms ---- */

typedef enum form { FORM_NONE, FORM_FIELDS, FORM_CDXJ, FORM_ADDRESS, FORM_LINK } form;

static form form_of(wt_span line) {
  wt_span fields[FIELDS], original;
  if (line.len == 0) return FORM_NONE;
  if (line.data[0] == '<' && is_url(wt_span_sub(line, 1, line.len)) && wt_span_find(line, WT_SPAN(">;")) < line.len)
    return FORM_LINK;
  size_t count = cut(fields, line, ' ');
  if (wt_web_archive_split(&original, NULL, fields[0])) return FORM_ADDRESS;
  if (count >= 2 && is_stamp(fields[0]) && is_url(fields[1])) return FORM_FIELDS;
  if (count < 3 || fields[0].len == 0 || !is_stamp(fields[1])) return FORM_NONE;
  if (wt_span_starts(fields[2], WT_SPAN("{"))) return FORM_CDXJ;
  return is_url(fields[2]) ? FORM_FIELDS : FORM_NONE;
}

/* " CDX N b a": its first byte is what parts the letters; some tools lose it. */
static bool is_header(wt_span line) {
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

static bool is_remark(wt_span line) {
  return line.len == 0 || wt_span_starts(line, WT_SPAN("!")) || wt_span_starts(line, WT_SPAN("#"));
}

static wt_span chomp(wt_span line) {
  while (line.len > 0 && (line.data[line.len - 1] == '\r' || line.data[line.len - 1] == ' ')) line.len--;
  return line;
}

bool wt_cdx_is(wt_span text) {
  wt_span line;
  if (wt_span_starts(text, WT_SPAN("!OpenWayback-CDXJ"))) return true;
  while (wt_span_line(&line, &text)) {
    line = chomp(line);
    if (is_remark(line)) continue;
    if (is_header(line)) return true;
    form f = form_of(line);
    return f != FORM_NONE && (f != FORM_LINK || wt_span_find(line, WT_SPAN("rel=")) < line.len);
  }
  return false;
}

/* ---- rows ---- */

/* Without a first line that names them, the number of fields and the place of the time tell. */
static const char *letters_of(const wt_span *fields, size_t count) {
  if (is_stamp(fields[0])) return "bamskS";
  if (count >= 11) return "NbamskrMSVg";
  if (count == 10) return "NbamskrMVg";
  return count == 9 ? "NbamskrVg" : "NbamskS";
}

typedef struct list {
  wt_sink *sink;
  char separator;
  char letters[FIELDS + 1]; /* as the first line says; empty: it says nothing */
} list;

static void read_header(list *l, wt_span line) {
  size_t count = 0;
  size_t begin = line.data[0] == 'C' ? 3 : 4;
  l->separator = line.data[begin];
  for (size_t i = begin + 1; i < line.len && count < FIELDS; i += 2) l->letters[count++] = line.data[i];
  l->letters[count] = '\0';
}

static wt_status give_fields(list *l, wt_span line, uint64_t number, wt_error *err) {
  wt_span fields[FIELDS];
  wt_cdx_row row = {.line = number};
  size_t count = cut(fields, line, l->separator);
  const char *letters = l->letters[0] != '\0' ? l->letters : letters_of(fields, count);
  for (size_t i = 0; i < count && letters[i] != '\0'; i++) wt_cdx_set(&row, wt_span_of(name_of(letters[i])), fields[i]);
  return wt_cdx_give(l->sink, &row, err);
}

static wt_status give_cdxj(list *l, wt_span line, uint64_t number, wt_error *err) {
  size_t key = wt_span_find(line, WT_SPAN(" "));
  wt_span rest = wt_span_sub(line, key + 1, line.len);
  wt_cdx_row row = {.line = number, .stamp = wt_span_sub(rest, 0, 14)};
  return wt_cdx_json_object(l->sink, wt_span_sub(rest, 15, rest.len), row, err);
}

/* A web archive's own address of a capture. */
static wt_status give_address(list *l, wt_span address, uint64_t number, wt_error *err) {
  wt_cdx_row row = {.line = number};
  if (!wt_web_archive_split(&row.url, NULL, address))
    return wt_row_complain(l->sink, number, "no address of a web archive", err);
  size_t at = (size_t)(row.url.data - address.data) - 1;
  while (at > 0 && address.data[at - 1] != '/') at--;
  row.stamp = wt_span_sub(address, at, at + 14);
  row.archive = wt_span_sub(address, 0, at);
  return wt_cdx_give(l->sink, &row, err);
}

/* <ADDRESS>; rel="first memento"; datetime="...": mementos alone. */
static wt_status give_link(list *l, wt_span line, uint64_t number, wt_error *err) {
  size_t end = wt_span_find(line, WT_SPAN(">"));
  wt_span relation = wt_span_sub(line, wt_span_find(line, WT_SPAN("rel=\"")) + 5, line.len);
  relation = wt_span_sub(relation, 0, wt_span_find(relation, WT_SPAN("\"")));
  if (wt_span_find(relation, WT_SPAN("memento")) == relation.len) return WT_OK;
  return give_address(l, wt_span_sub(line, 1, end), number, err);
}

static wt_status give_line(list *l, wt_span line, uint64_t number, wt_error *err) {
  if (l->letters[0] != '\0') return give_fields(l, line, number, err);
  wt_cdx_row none = {.line = number};
  if (line.data[0] == '{') return wt_cdx_json_object(l->sink, line, none, err);
  switch (form_of(line)) {
  case FORM_FIELDS: return give_fields(l, line, number, err);
  case FORM_CDXJ: return give_cdxj(l, line, number, err);
  case FORM_ADDRESS: return give_address(l, wt_span_sub(line, 0, wt_span_find(line, WT_SPAN(" "))), number, err);
  case FORM_LINK: return give_link(l, line, number, err);
  default: return wt_row_complain(l->sink, number, "no row of a CDX list", err);
  }
}

wt_status wt_cdx_split(wt_sink *sink, wt_span text, wt_error *err) {
  list l = {.sink = sink, .separator = ' '};
  wt_span line;
  uint64_t number = 0;
  wt_status status = WT_OK;
  if (wt_span_starts(wt_span_trim(text), WT_SPAN("["))) return wt_cdx_json_array(sink, text, err);
  while (status == WT_OK && wt_span_line(&line, &text)) {
    line = chomp(line);
    number++;
    if (is_header(line))
      read_header(&l, line);
    else if (!is_remark(line))
      status = give_line(&l, line, number, err);
  }
  return status;
}
