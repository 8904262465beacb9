/*
 * Paragraphs of plain text. Blank lines part them; where a text is wrapped by hand a line break does not; else every line
 * is one. Whether it is wrapped shows in its lines: a wrapped line is full, the next line's first word did not fit.
 */
#include "unicode.h"

typedef struct text_line {
  size_t begin, end; /* without white space at the ends */
  size_t columns;    /* code points, indentation counted */
  bool indented;
} text_line;

/* Takes the line at *at. A form feed ends one as well. */
static text_line take_line(wt_span text, size_t *at) {
  size_t begin = *at, end = begin;
  while (end < text.len && text.data[end] != '\n' && text.data[end] != '\r' && text.data[end] != '\f') end++;
  *at = end;
  if (end < text.len) *at += text.data[end] == '\r' && end + 1 < text.len && text.data[end + 1] == '\n' ? 2 : 1;
  text_line line = {.begin = begin, .end = end, .columns = wt_utf8_count(wt_span_sub(text, begin, end))};
  while (line.begin < line.end) {
    size_t next = line.begin;
    if (!wt_is_space(wt_next(text, &next))) break;
    line.begin = next;
  }
  while (line.end > line.begin) {
    size_t last = wt_back(text, line.end), here = last;
    if (!wt_is_space(wt_next(text, &here))) break;
    line.end = last;
  }
  line.indented = line.begin > begin;
  return line;
}

static bool is_blank(const text_line *line) {
  return line->begin == line->end;
}

static size_t first_word_columns(wt_span text, const text_line *line) {
  size_t columns = 0;
  for (size_t at = line->begin; at < line->end && columns < 200; columns++)
    if (wt_is_space(wt_next(text, &at))) break;
  return columns;
}

/* What the line breaks of a text look like. */
typedef struct text_layout {
  size_t width; /* the widest line that is followed by another: the margin of a wrapped text */
  bool wrapped;
  bool indents; /* an indented line begins a paragraph */
} text_layout;

#define NARROWEST 30 /* columns: nobody wraps by hand before */
#define WIDEST 100   /* nor beyond */

typedef struct line_tally {
  size_t breaks, full, indented, lines;
} line_tally;

static line_tally count_breaks(wt_span text, size_t width) {
  line_tally tally = {0};
  text_line before = {0};
  for (size_t at = 0; at < text.len;) {
    text_line line = take_line(text, &at);
    if (!is_blank(&line)) tally.lines++;
    if (!is_blank(&line) && line.indented) tally.indented++;
    if (!is_blank(&line) && !is_blank(&before) && !line.indented) {
      tally.breaks++;
      tally.full += before.columns + 1 + first_word_columns(text, &line) > width;
    }
    before = line;
  }
  return tally;
}

static size_t widest_line(wt_span text) {
  size_t width = 0;
  for (size_t at = 0; at < text.len;) {
    text_line line = take_line(text, &at);
    if (line.columns > width) width = line.columns;
  }
  return width;
}

static text_layout read_layout(wt_span text) {
  text_layout layout = {.width = widest_line(text)};
  if (layout.width < NARROWEST || layout.width > WIDEST) return layout;
  line_tally tally = count_breaks(text, layout.width - 8);
  layout.wrapped = tally.breaks >= 2 && tally.full * 10 >= tally.breaks * 7;
  layout.indents = tally.indented > 0 && tally.indented * 2 <= tally.lines;
  return layout;
}

/* A long line without a stop, then one that begins with a small letter: the sentence goes on, however few the lines are
   that would show a margin. */
static bool goes_on(wt_span text, const text_line *before, const text_line *line) {
  enum { LONG = 50 };
  if (before->columns < LONG || before->columns > WIDEST || line->indented) return false;
  size_t last = wt_back(text, before->end), first = line->begin;
  uint32_t c = wt_next(text, &last);
  return c != '.' && c != '!' && c != '?' && c != ':' && c != ';' && wt_is_lower(wt_next(text, &first));
}

/* Does a paragraph begin with `line`, which follows `before` without a blank line? */
static bool begins(wt_span text, const text_layout *layout, const text_line *before, const text_line *line) {
  if (!layout->wrapped) return !goes_on(text, before, line);
  if (layout->indents && line->indented) return true;
  if (before->columns + 1 + first_word_columns(text, line) + 16 > layout->width) return false;
  size_t last = wt_back(text, before->end); /* a short line that closes a sentence */
  uint32_t c = wt_next(text, &last);
  return c == '.' || c == '!' || c == '?' || c == '"' || c == 0x201D || c == ':' || c == 0x3002;
}

static bool put(wt_cuts *out, size_t begin, size_t end) {
  if (!wt_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) return false;
  out->items[out->count++] = (wt_cut){(uint32_t)begin, (uint32_t)end};
  return true;
}

wt_status wt_paragraphs_cut(wt_cuts *out, wt_span text, wt_error *err) {
  out->count = 0;
  if (text.len >= UINT32_MAX) return wt_fail(err, WT_ELIMIT, "paragraphs", -1, "a text of 4 GiB or more");
  text_layout layout = read_layout(text);
  text_line before = {0};
  for (size_t at = 0; at < text.len;) {
    text_line line = take_line(text, &at);
    if (!is_blank(&line)) {
      bool joins = !is_blank(&before) && !begins(text, &layout, &before, &line);
      if (joins)
        out->items[out->count - 1].end = (uint32_t)line.end;
      else if (!put(out, line.begin, line.end))
        return wt_fail(err, WT_ENOMEM, "paragraphs", -1, "out of memory");
    }
    before = line;
  }
  return WT_OK;
}
