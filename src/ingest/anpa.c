/*
 * ANPA 1312 -> story: how American agencies have sent text since the teletype.
 *
 *     SYN SYN SOH W2607 US asian LF             service and number, selector
 *     r a DC3 DC1 BC-US--Ethanol 1stLd-...      priority, category, format; keyword and version, date, words
 *     STX ^BC-US--Ethanol, 1st Ld-Writethru,1140<       slug, version, words
 *     ^Headline<                                lines that begin with ^ and end in < (to the left) or = (centred)
 *     ^Eds: ...<  ^By A. NAME=  ^Associated Press=
 *     TAB text of a paragraph                   the text: a line that is not indented goes on the paragraph before
 *     ETX AP-WF-11-13-13 0745GMT<               when it was sent
 *     FF EOT
 *
 * Other agencies leave the ^ out: then the lines before the text are read as those of plain wire copy (wire_head).
 * Seven bits have no dashes and no quotation marks: `` and '' stand for the marks, _ between spaces for the dash, { for a half.
 */
#include "ingest/byline.h"
#include "ingest/wire.h"
#include "ingest/wire_head.h"

#include <string.h>

typedef struct anpa {
  wt_story *story;
  wt_pieces *pieces;
  wt_buf paragraph; /* that is open */
  wt_buf line;      /* the line in the characters of today */
  bool in_text;     /* a paragraph has begun */
  bool all_tagged;  /* no line is indented: lists of headlines */
  bool slugged;
} anpa;

/* ---- header ---- */

static bool is_control(char c) {
  return (unsigned char)c < 0x20 && c != '\n' && c != '\t';
}

/* "r a DC3 DC1 BC-Keyword version   11-13 1693" */
static wt_status read_header(wt_story *story, wt_span line, wt_error *err) {
  size_t at = 0;
  if (line.len < 4 || line.data[1] != ' ') return WT_OK;
  wt_status status = wt_read_set_bytes(story, WT_FIELD_PRIORITY, wt_span_sub(line, 0, 1), err);
  while (at < line.len && !is_control(line.data[at])) at++;
  while (at < line.len && is_control(line.data[at])) at++;
  wt_span rest = wt_span_trim(wt_span_sub(line, at, line.len));
  size_t end = 0;
  while (end < rest.len && rest.data[end] != ' ') end++;
  /* the slug line says it in full; this is for a file without one */
  return status == WT_OK && end > 0 ? wt_read_set_bytes(story, WT_FIELD_SLUG, wt_span_sub(rest, 0, end), err) : status;
}

/* ---- characters ---- */

static void put_characters(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i], before = i > 0 ? text.data[i - 1] : ' ', after = i + 1 < text.len ? text.data[i + 1] : ' ';
    if (is_control(c)) continue;
    if ((c == '`' || c == '\'') && after == c) {
      wt_buf_put_text(out, c == '`' ? "\xe2\x80\x9c" : "\xe2\x80\x9d");
      i++;
    } else if (c == '`') {
      wt_buf_put_text(out, "\xe2\x80\x98");
    } else if (c == '_' && before == ' ' && after == ' ') {
      wt_buf_put_text(out, "\xe2\x80\x94");
    } else if (c == '{' && (before == ';' || (before >= '0' && before <= '9'))) {
      wt_buf_put_text(out, "\xc2\xbd");
    } else {
      wt_buf_put_char(out, c);
    }
  }
}

/* ---- tagged lines ---- */

static bool starts(wt_span line, const char *word) {
  return wt_span_equal_ascii_case(wt_span_sub(line, 0, strlen(word)), wt_span_of(word));
}

static bool is_number(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] < '0' || text.data[i] > '9') return false;
  return true;
}

/* "BC-US--Ethanol, 1st Ld-Writethru,1140": slug, take, words. */
static wt_status read_slug(anpa *a, wt_span line, wt_error *err) {
  size_t selector = wt_span_find(line, WT_SPAN("< ^"));
  if (selector < line.len) line = wt_span_sub(line, selector + 3, line.len);
  size_t comma = wt_span_find(line, WT_SPAN(","));
  wt_span rest = wt_span_trim(wt_span_sub(line, comma + 1, line.len));
  size_t last = rest.len;
  while (last > 0 && rest.data[last - 1] != ',') last--;
  if (is_number(wt_span_trim(wt_span_sub(rest, last, rest.len)))) rest = wt_span_sub(rest, 0, last > 0 ? last - 1 : 0);
  wt_status status = wt_story_set(a->story, WT_FIELD_SLUG, wt_span_sub(line, 0, comma), err);
  a->slugged = true;
  return status == WT_OK ? wt_story_set(a->story, WT_FIELD_TAKE, rest, err) : status;
}

/* "(Eds: Updates. With AP Photos.)" */
static wt_status read_note(anpa *a, wt_span line, wt_error *err) {
  if (line.data[0] == '(') line = wt_span_sub(line, 1, line.data[line.len - 1] == ')' ? line.len - 1 : line.len);
  return wt_wire_add_note(a->story, wt_span_sub(line, 4, line.len), err);
}

/* "AP-WF-02-20-16 0337GMT": month, day, year, time. True when it is one. */
static bool sent_time(wt_buf *out, wt_span line) {
  if (line.len < 16 || !wt_span_ends(line, WT_SPAN("GMT"))) return false;
  const char *t = line.data + line.len - 16; /* 02-20-16 0337GMT */
  if (!is_number(wt_span_sub((wt_span){t, 16}, 0, 2)) || t[2] != '-' || !is_number((wt_span){t + 3, 2}) ||
      t[5] != '-' || !is_number((wt_span){t + 6, 2}) || t[8] != ' ' || !is_number((wt_span){t + 9, 4}))
    return false;
  wt_buf_put_format(out, "%s%.2s-%.2s-%.2sT%.2s:%.2sZ", t[6] >= '7' ? "19" : "20", t + 6, t, t + 3, t + 9, t + 11);
  return true;
}

/* The line after the text. */
static wt_status read_sent(wt_story *story, wt_span line, wt_error *err) {
  wt_buf time = {0};
  wt_status status = WT_OK;
  line = wt_span_trim(line);
  while (line.len > 0 && line.data[line.len - 1] == '<') line.len--;
  if (sent_time(&time, line)) {
    status = wt_buf_status(&time, "time", err);
    if (status == WT_OK) status = wt_wire_set_time(story, WT_FIELD_MODIFIED, wt_buf_span(&time), err);
    if (status == WT_OK && story->fields[WT_FIELD_TAKE].len == 0) /* the first version: this is when it was published */
      status = wt_wire_set_time(story, WT_FIELD_PUBLISHED, wt_buf_span(&time), err);
  }
  wt_buf_release(&time);
  return status;
}

static bool is_picture_list(wt_span line) {
  return starts(line, "AP Photo") || starts(line, "AP Video") || starts(line, "AP Graphic") ||
         starts(line, "AP Interactive");
}

/* Headline, then deck; what comes after them, and all centred lines, are pieces of the text. */
static wt_status read_heading(anpa *a, wt_span line, bool centred, wt_error *err) {
  if (!a->in_text && a->story->fields[WT_FIELD_HEADLINE].len == 0)
    return wt_story_set(a->story, WT_FIELD_HEADLINE, line, err);
  if (!a->in_text && !centred && !a->all_tagged && a->story->fields[WT_FIELD_DECK].len == 0)
    return wt_wire_set_deck(a->story, line, err);
  return wt_pieces_add(a->pieces, centred ? WT_BLOCK_SUBHEAD : WT_BLOCK_PARAGRAPH, line, err);
}

static wt_status read_byline(anpa *a, wt_span line, wt_error *err) {
  wt_newsline as = wt_newsline_read(line);
  if (as.kind == WT_LINE_BYLINE) return wt_byline_add(a->story, as.value, err);
  if (as.kind == WT_LINE_CREDIT) return wt_read_set_once(a->story, WT_FIELD_CREDIT, as.value, err);
  return wt_story_drop(a->story, line, "byline-title", err);
}

static wt_status read_tagged(anpa *a, wt_span line, bool centred, wt_error *err) {
  bool after_byline = !a->in_text && a->story->lists[WT_LIST_BYLINES].count > 0;
  wt_line_kind kind = line.len > 0 ? wt_newsline_read(line).kind : WT_LINE_TEXT;
  if (line.len == 0) return WT_OK;
  if (!a->slugged) return read_slug(a, line, err);
  if (wt_wire_is_kill(line)) {
    a->story->status = WT_STATUS_CANCELED;
    return wt_wire_add_note(a->story, line, err);
  }
  if (starts(line, "Eds:") || starts(line, "(Eds:")) return read_note(a, line, err);
  if (is_picture_list(line)) return wt_story_drop(a->story, line, "picture-list", err);
  if (starts(line, "EDITOR'S NOTE") || starts(line, "EDITORS' NOTE"))
    return wt_pieces_add(a->pieces, WT_BLOCK_NOTE, line, err);
  if (kind == WT_LINE_BYLINE || kind == WT_LINE_CREDIT || (after_byline && centred && wt_line_is_title(line)))
    return read_byline(a, line, err);
  return read_heading(a, line, centred, err);
}

/* ---- the text ---- */

static wt_status end_paragraph(anpa *a, wt_error *err) {
  wt_status status = wt_buf_status(&a->paragraph, "anpa", err);
  wt_span text = wt_span_trim(wt_buf_span(&a->paragraph));
  while (text.len > 0 && (text.data[text.len - 1] == '<' || text.data[text.len - 1] == '='))
    text = wt_span_trim(wt_span_sub(text, 0, text.len - 1));
  if (status == WT_OK && text.len > 0) status = wt_pieces_add(a->pieces, WT_BLOCK_PARAGRAPH, text, err);
  wt_buf_clear(&a->paragraph);
  return status;
}

static bool is_indented(wt_span line) {
  return line.len > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
}

static wt_status read_line(anpa *a, wt_span line, wt_error *err) {
  wt_span trimmed = wt_span_trim(line);
  wt_status status = WT_OK;
  if (trimmed.len == 0) return end_paragraph(a, err);
  bool tagged = trimmed.data[0] == '^';
  if (tagged || is_indented(line)) status = end_paragraph(a, err);
  if (status != WT_OK || !tagged) {
    a->in_text = true;
    wt_buf_put_span(&a->paragraph, trimmed);
    wt_buf_put_char(&a->paragraph, ' ');
    return status;
  }
  bool centred = trimmed.data[trimmed.len - 1] == '=';
  size_t end = trimmed.len;
  while (end > 1 && (trimmed.data[end - 1] == '<' || trimmed.data[end - 1] == '=')) end--;
  return read_tagged(a, wt_span_trim(wt_span_sub(trimmed, 1, end)), centred, err);
}

static bool has_text_lines(wt_span body) {
  wt_span line;
  while (wt_span_line(&line, &body)) {
    wt_span trimmed = wt_span_trim(line);
    if (trimmed.len > 0 && trimmed.data[0] != '^') return true;
  }
  return false;
}

/* A text whose lines bear no ^ opens as wire copy does that came without control bytes. *body goes on behind that. */
static wt_status read_unmarked_head(anpa *a, wt_buf *scratch, wt_span *body, wt_error *err) {
  wt_span line, rest = *body;
  while (wt_span_line(&line, &rest))
    if (wt_span_starts(wt_span_trim(line), WT_SPAN("^"))) return WT_OK;
  size_t taken = 0;
  put_characters(scratch, wt_span_trim(*body));
  wt_status status = wt_buf_status(scratch, "anpa", err);
  if (status == WT_OK) status = wt_wire_head_read(&taken, a->story, wt_buf_span(scratch), err);
  if (taken > 0) *body = wt_span_sub(wt_buf_span(scratch), taken, scratch->len);
  return status;
}

static wt_status read_body(anpa *a, wt_span body, wt_error *err) {
  wt_span line;
  wt_status status = WT_OK;
  a->all_tagged = !has_text_lines(body);
  while (status == WT_OK && wt_span_line(&line, &body)) {
    wt_buf_clear(&a->line);
    put_characters(&a->line, line);
    status = wt_buf_status(&a->line, "anpa", err);
    if (status == WT_OK) status = read_line(a, wt_buf_span(&a->line), err);
  }
  return status == WT_OK ? end_paragraph(a, err) : status;
}

/* ---- the file ---- */

/* What stands between STX and the first of ETX, FF and EOT; the line before STX is the header. */
static wt_status cut(wt_span *header, wt_span *body, wt_span *sent, wt_span bytes, wt_error *err) {
  const char *start = memchr(bytes.data, '\x02', bytes.len);
  if (start == NULL)
    return wt_fail(err, WT_EFORMAT, NULL, (int64_t)bytes.len, "ANPA 1312 without a start of text (STX)");
  size_t begin = (size_t)(start - bytes.data), end = begin + 1;
  while (end < bytes.len && strchr("\x03\x0c\x04", bytes.data[end]) == NULL) end++;
  *body = wt_span_sub(bytes, begin + 1, end);
  *sent = (wt_span){"", 0};
  wt_span rest = wt_span_sub(bytes, end + 1, bytes.len);
  wt_span_line(sent, &rest);
  wt_span head = wt_span_trim(wt_span_sub(bytes, 0, begin));
  size_t line = head.len;
  while (line > 0 && head.data[line - 1] != '\n') line--;
  *header = wt_span_sub(head, line, head.len);
  return WT_OK;
}

wt_status wt_anpa_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_pieces pieces = {.items = NULL};
  wt_buf text = {0}, plain = {0}, scratch = {0};
  anpa a = {.story = story, .pieces = &pieces};
  wt_span header = {0}, body = {0}, sent = {0};
  wt_status status = cut(&header, &body, &sent, bytes, err);
  for (size_t i = 0; status == WT_OK && i < body.len; i++)
    if (!is_control(body.data[i])) wt_buf_put_char(&plain, body.data[i]);
  if (status == WT_OK) status = wt_read_decode(&text, story, wt_buf_span(&plain), source, err);
  if (status == WT_OK) status = read_header(story, header, err);
  if (status == WT_OK) body = wt_buf_span(&text);
  if (status == WT_OK) status = read_unmarked_head(&a, &scratch, &body, err);
  if (status == WT_OK) status = read_body(&a, body, err);
  if (status == WT_OK) status = read_sent(story, sent, err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_WIRE, err);
  if (status == WT_OK) status = wt_wire_finish(story, err);
  wt_buf_release(&a.paragraph);
  wt_buf_release(&a.line);
  wt_buf_release(&text);
  wt_buf_release(&plain);
  wt_buf_release(&scratch);
  wt_pieces_release(&pieces);
  return status;
}
