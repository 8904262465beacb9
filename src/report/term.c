/* term: untrusted text on its way to a terminal, with colour, width and times that people read. */
#include "wt/report.h"

#include <string.h>

/* ---- escaping ---- */

static bool is_bidi(uint32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* What stands on the terminal for a code point. */
static uint32_t shown(uint32_t c) {
  if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029) return ' ';
  if (c < 0x20) return 0x2400 + c;
  if (c == 0x7F) return 0x2421;
  if (c == WT_NOT_UTF8 || (c >= 0x80 && c < 0xA0) || is_bidi(c) || (c & 0xFFFE) == 0xFFFE) return 0xFFFD;
  return c;
}

void wt_term_put(wt_buf *out, wt_span text) {
  for (size_t at = 0; at < text.len;) {
    size_t run = at;
    while (run < text.len && text.data[run] >= 0x20 && text.data[run] < 0x7F) run++;
    wt_buf_put(out, text.data + at, run - at);
    at = run;
    if (at < text.len) wt_buf_put_code_point(out, shown(wt_utf8_next(text, &at)));
  }
}

/* ---- colour ---- */

static const char *const ink_codes[] = {"", "1", "2", "31", "32", "33", "34", "35", "36", "31;9", "32;4", "36"};

static void ink_on(wt_buf *out, const wt_term *term, wt_ink ink) {
  if (term->color && ink != WT_INK_NONE) wt_buf_put_format(out, "\033[%sm", ink_codes[ink]);
}

static void ink_off(wt_buf *out, const wt_term *term, wt_ink ink) {
  if (term->color && ink != WT_INK_NONE) wt_buf_put_text(out, "\033[m");
}

void wt_term_put_ink(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text) {
  ink_on(out, term, ink);
  wt_term_put(out, text);
  ink_off(out, term, ink);
}

/* ---- width ---- */

typedef struct range {
  uint32_t first, last;
} range;

/* East Asian wide and full-width letters and emoji (UAX #11), in blocks: a column too many hurts nobody. */
static const range wide[] = {{0x1100, 0x115F}, {0x231A, 0x231B},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                             {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},
                             {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                             {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

/* Combining marks and joiners of the scripts that news is written in. */
static const range nothing[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
                                {0x064B, 0x065F}, {0x0900, 0x0902}, {0x093A, 0x093A}, {0x0941, 0x0948},
                                {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x200B, 0x200D},
                                {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

static bool in_ranges(const range *ranges, size_t count, uint32_t c) {
  for (size_t i = 0; i < count && ranges[i].first <= c; i++)
    if (c <= ranges[i].last) return true;
  return false;
}

static size_t columns_of(uint32_t c) {
  c = shown(c);
  if (c < 0x300) return c == 0xAD ? 0 : 1;
  if (in_ranges(nothing, sizeof nothing / sizeof *nothing, c)) return 0;
  return in_ranges(wide, sizeof wide / sizeof *wide, c) ? 2 : 1;
}

/* Bytes of `text` that fit into `columns`, and how many columns they take. */
static size_t fitting(wt_span text, size_t columns, size_t *taken) {
  size_t fit = 0, used = 0;
  for (size_t at = 0; at < text.len; fit = at) {
    size_t one = columns_of(wt_utf8_next(text, &at));
    if (used + one > columns) break;
    used += one;
  }
  *taken = used;
  return fit;
}

size_t wt_term_columns(wt_span text) {
  size_t taken;
  fitting(text, SIZE_MAX, &taken);
  return taken;
}

static void pad(wt_buf *out, size_t columns) {
  while (columns-- > 0) wt_buf_put_char(out, ' ');
}

void wt_term_put_cell(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t columns) {
  size_t taken, fit = fitting(text, columns, &taken);
  ink_on(out, term, ink);
  if (fit == text.len)
    wt_term_put(out, text);
  else if (columns > 0) {
    fit = fitting(text, columns - 1, &taken);
    wt_term_put(out, wt_span_sub(text, 0, fit));
    wt_buf_put_code_point(out, 0x2026);
    taken++;
  }
  ink_off(out, term, ink);
  pad(out, columns - (taken < columns ? taken : columns));
}

void wt_term_put_label(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t columns) {
  size_t taken = wt_term_columns(text);
  wt_term_put_ink(out, term, ink, text);
  pad(out, taken < columns ? columns - taken : 1);
}

/* ---- wrapping ---- */

static bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static wt_span next_word(wt_span text, size_t *at) {
  while (*at < text.len && is_space(text.data[*at])) ++*at;
  size_t begin = *at;
  while (*at < text.len && !is_space(text.data[*at])) ++*at;
  return wt_span_sub(text, begin, *at);
}

static size_t width_of(const wt_term *term) {
  return term->width ? term->width : 80;
}

void wt_term_put_wrapped(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t column, size_t indent) {
  size_t width = width_of(term), at = 0;
  bool fresh = true;
  if (width < indent + 20) width = indent + 20;
  ink_on(out, term, ink);
  for (wt_span word; (word = next_word(text, &at)).len > 0;) {
    size_t columns = wt_term_columns(word);
    if (!fresh && column + 1 + columns > width) {
      wt_buf_put_char(out, '\n');
      pad(out, indent);
      column = indent;
      fresh = true;
    }
    if (!fresh) wt_buf_put_char(out, ' ');
    column += columns + !fresh;
    wt_term_put(out, word);
    fresh = false;
  }
  ink_off(out, term, ink);
}

void wt_term_put_beside(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t column) {
  enum { INDENT = 4 };
  if (!term->window || column + 2 + wt_term_columns(text) <= width_of(term)) {
    wt_buf_put_text(out, "  ");
    wt_term_put_ink(out, term, ink, text);
    return;
  }
  wt_buf_put_char(out, '\n');
  pad(out, INDENT);
  wt_term_put_wrapped(out, term, ink, text, INDENT, INDENT);
}

/* ---- times and counts ---- */

static void put_zone(wt_buf *out, const wt_term *term) {
  unsigned minutes = (unsigned)(term->offset < 0 ? -term->offset : term->offset);
  if (term->zone)
    wt_term_put(out, wt_span_of(term->zone));
  else if (minutes == 0)
    wt_buf_put_text(out, "UTC");
  else
    wt_buf_put_format(out, "%c%02u:%02u", term->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void wt_term_put_time(wt_buf *out, const wt_term *term, wt_instant instant, bool zone) {
  if (instant == WT_INSTANT_NONE) {
    wt_buf_put_text(out, "-");
    return;
  }
  int64_t local = instant + (int64_t)term->offset * 60, days = local / 86400, rest = local % 86400, year;
  unsigned month, day;
  if (rest < 0) rest += 86400, days--;
  wt_civil_from_days(days, &year, &month, &day);
  wt_buf_put_format(out, "%04d-%02u-%02u %02d:%02d", (int)year, month, day, (int)(rest / 3600), (int)(rest / 60 % 60));
  if (rest % 60) wt_buf_put_format(out, ":%02d", (int)(rest % 60));
  if (zone) {
    wt_buf_put_char(out, ' ');
    put_zone(out, term);
  }
}

void wt_term_put_when(wt_buf *out, const wt_term *term, wt_instant instant, bool assumed) {
  size_t begin = out->len;
  wt_term_put_time(out, term, instant, false);
  if (assumed) wt_buf_put_char(out, '?');
  size_t taken = out->len - begin;
  pad(out, taken < WT_TERM_WHEN ? WT_TERM_WHEN - taken : 0);
}

void wt_term_put_span(wt_buf *out, int64_t seconds) {
  uint64_t s = seconds < 0 ? 0 : (uint64_t)seconds, minutes = s / 60, hours = minutes / 60, days = hours / 24;
  if (s < 60)
    wt_buf_put_format(out, "%u s", (unsigned)s);
  else if (hours == 0)
    wt_buf_put_format(out, "%u min", (unsigned)minutes);
  else if (days == 0 && minutes % 60)
    wt_buf_put_format(out, "%u h %u min", (unsigned)hours, (unsigned)(minutes % 60));
  else if (days == 0)
    wt_buf_put_format(out, "%u h", (unsigned)hours);
  else if (days < 3 && hours % 24)
    wt_buf_put_format(out, "%u d %u h", (unsigned)days, (unsigned)(hours % 24));
  else
    wt_term_put_count(out, days, "day", "days");
}

void wt_term_put_count(wt_buf *out, uint64_t count, const char *one, const char *many) {
  wt_buf_put_format(out, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
}
