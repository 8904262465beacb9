/* csv: cells of tables for spreadsheets (RFC 4180). */
#include "wt/base.h"

#include <string.h>

/* A spreadsheet runs a cell that begins so: an apostrophe makes it text (OWASP, CSV injection). East Asian ones also run the
   full-width signs. */
static bool would_run(wt_span text) {
  static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}; /* = + - @ */
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (wt_span_starts(text, wt_span_of(wide[i]))) return true;
  return text.len > 0 && memchr("=+-@\t\r\n", text.data[0], 7) != NULL;
}

static bool needs_marks(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (memchr(",\"\r\n", text.data[i], 4) != NULL) return true;
  return would_run(text);
}

void wt_csv_put(wt_buf *out, wt_span text) {
  wt_buf_put_char(out, '"');
  if (would_run(text)) wt_buf_put_char(out, '\'');
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '"') wt_buf_put_char(out, '"');
    wt_buf_put_char(out, text.data[i]);
  }
  wt_buf_put_char(out, '"');
}

void wt_csv_put_bare(wt_buf *out, wt_span text) {
  if (needs_marks(text))
    wt_csv_put(out, text);
  else
    wt_buf_put_span(out, text);
}
