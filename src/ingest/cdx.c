/* A list of archived URLs -> its rows: the forms that are lines of text. */
#include "ingest/cdx.h"
#include "ingest/web_archive.h"

#include <string.h>

/* Without a first line that names them, the number of fields and the place of the time tell. */
static const char *letters_of(const wt_span *fields, size_t count) {
  if (wt_cdx_is_stamp(fields[0])) return "bamskS";
  if (count >= 11) return "NbamskrMSVg";
  if (count == 10) return "NbamskrMVg";
  return count == 9 ? "NbamskrVg" : "NbamskS";
}

typedef struct list {
  wt_sink *sink;
  char separator;
  char letters[WT_CDX_FIELDS + 1]; /* as the first line says; empty: it says nothing */
} list;

static void read_header(list *l, wt_span line) {
  size_t count = 0;
  size_t begin = line.data[0] == 'C' ? 3 : 4;
  l->separator = line.data[begin];
  for (size_t i = begin + 1; i < line.len && count < WT_CDX_FIELDS; i += 2) l->letters[count++] = line.data[i];
  l->letters[count] = '\0';
}

static wt_status give_fields(list *l, wt_span line, uint64_t number, wt_error *err) {
  wt_span fields[WT_CDX_FIELDS];
  wt_cdx_row row = {.line = number};
  size_t count = wt_cdx_cut(fields, line, l->separator);
  const char *letters = l->letters[0] != '\0' ? l->letters : letters_of(fields, count);
  for (size_t i = 0; i < count && letters[i] != '\0'; i++)
    wt_cdx_set(&row, wt_span_of(wt_cdx_name(letters[i])), fields[i]);
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
  switch (wt_cdx_form_of(line)) {
  case WT_CDX_LINE: return give_fields(l, line, number, err);
  case WT_CDX_CDXJ: return give_cdxj(l, line, number, err);
  case WT_CDX_ADDRESS: return give_address(l, wt_span_sub(line, 0, wt_span_find(line, WT_SPAN(" "))), number, err);
  case WT_CDX_LINK: return give_link(l, line, number, err);
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
    line = wt_cdx_chomp(line);
    number++;
    if (wt_cdx_is_header(line))
      read_header(&l, line);
    else if (!wt_cdx_is_remark(line))
      status = give_line(&l, line, number, err);
  }
  return status;
}
