/*
 * IPTC 7901 -> story: how European agencies have sent text since 1979.
 *
 *     SOH eca062 4 i 211 ccccb   dpa 061        service and number, priority, category, words, routing
 *     Germany-politics/                         keyword
 *     STX Headline =                            words in capitals, headline and byline, up to the equals sign
 *        Berlin (dpa) - Text ...                hard-wrapped paragraphs
 *     # Notebook                                notes to editors; what is not for publication; initials
 *     ETX 131137 GMT Nov 13                     day and time, month, year
 */
#include "ingest/byline.h"
#include "ingest/wire.h"

#include <string.h>

static wt_span next_field(wt_span *rest) {
  *rest = wt_span_trim(*rest);
  size_t end = 0;
  while (end < rest->len && rest->data[end] != ' ') end++;
  wt_span word = wt_span_sub(*rest, 0, end);
  *rest = wt_span_sub(*rest, end, rest->len);
  return word;
}

/* "eca062 4 i 211 ccccb dpa 061", then the keyword line. */
static wt_status read_header(wt_story *story, wt_span bytes, wt_error *err) {
  wt_buf text = {0};
  wt_span line = {"", 0};
  wt_status status = wt_read_clean(&text, bytes, err);
  wt_span header = wt_buf_span(&text);
  wt_span_line(&line, &header);
  next_field(&line);
  wt_span priority = next_field(&line);
  if (status == WT_OK && priority.len == 1) status = wt_story_set(story, WT_FIELD_PRIORITY, priority, err);
  if (status == WT_OK) status = wt_wire_set_slug(story, wt_span_trim(header), err);
  wt_buf_release(&text);
  return status;
}

/* ---- the heading ---- */

/* "REFILE", "1ST LEAD": words of the trade, in capitals, before the headline. */
static bool is_take(wt_span line) {
  size_t letters = 0;
  for (size_t i = 0; i < line.len; i++) {
    if (line.data[i] >= 'a' && line.data[i] <= 'z') return false;
    letters += line.data[i] >= 'A' && line.data[i] <= 'Z';
  }
  return letters >= 2 && wt_line_words(line) <= 3;
}

static wt_status read_heading(wt_story *story, wt_span heading, wt_error *err) {
  wt_buf take = {0}, headline = {0};
  wt_span line;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &heading)) {
    line = wt_span_trim(line);
    if (line.len == 0) continue;
    if (wt_newsline_read(line).kind == WT_LINE_BYLINE || (headline.len > 0 && wt_span_starts(line, WT_SPAN("By ")))) {
      status = wt_byline_add(story, line, err);
      continue;
    }
    wt_buf *into = headline.len == 0 && is_take(line) ? &take : &headline;
    wt_buf_put_text(into, into->len > 0 ? " " : "");
    wt_buf_put_span(into, line);
  }
  /* only capitals: then they are the headline */
  if (status == WT_OK)
    status = wt_story_set(story, WT_FIELD_HEADLINE, wt_buf_span(headline.len > 0 ? &headline : &take), err);
  if (status == WT_OK && headline.len > 0) status = wt_story_set(story, WT_FIELD_TAKE, wt_buf_span(&take), err);
  wt_buf_release(&take);
  wt_buf_release(&headline);
  return status;
}

/* The heading ends at the equals sign that closes a line; without one at the first empty line. */
static size_t heading_end(wt_span text, size_t *after) {
  wt_span rest = text, line;
  while (wt_span_line(&line, &rest)) {
    size_t at = (size_t)(line.data - text.data);
    wt_span trimmed = wt_span_trim(line);
    *after = rest.len > 0 ? (size_t)(rest.data - text.data) : text.len;
    if (wt_span_ends(trimmed, WT_SPAN("="))) return (size_t)(trimmed.data - text.data) + trimmed.len - 1;
    if (trimmed.len == 0 && at > 0 && wt_span_trim(wt_span_sub(text, 0, at)).len > 0) return at;
  }
  *after = text.len;
  return 0;
}

/* ---- the notebook ---- */

static bool opens_notebook(wt_span line) {
  if (line.len == 0 || line.data[0] != '#') return false;
  while (line.len > 0 && (line.data[0] == '#' || line.data[0] == ' ')) line = wt_span_sub(line, 1, line.len);
  size_t word = line.len;
  if (word >= 8 && wt_span_equal_ascii_case(wt_span_sub(line, word - 8, word), WT_SPAN("notebook"))) return true;
  return word >= 10 && wt_span_equal_ascii_case(wt_span_sub(line, word - 10, word), WT_SPAN("notizblock"));
}

static size_t notebook_begin(wt_span text) {
  wt_span rest = text, line;
  while (wt_span_line(&line, &rest))
    if (opens_notebook(wt_span_trim(line))) return (size_t)(line.data - text.data);
  return text.len;
}

/* Notes to editors are notes; links, contacts and initials go. */
static wt_status read_notebook(wt_story *story, wt_span text, wt_error *err) {
  wt_buf other = {0};
  wt_span line;
  bool notes = false, barred = false;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &text)) {
    line = wt_span_trim(line);
    if (wt_span_starts(line, WT_SPAN("#"))) notes = !barred && wt_span_find(line, WT_SPAN("ote to editors")) < line.len;
    barred = barred || wt_span_starts(line, WT_SPAN("* * *"));
    if (notes && !barred && wt_span_starts(line, WT_SPAN("- "))) {
      status = wt_wire_add_note(story, wt_span_sub(line, 2, line.len), err);
      continue;
    }
    wt_buf_put_span(&other, line);
    wt_buf_put_char(&other, '\n');
  }
  if (status == WT_OK) status = wt_buf_status(&other, "notebook", err);
  if (status == WT_OK && wt_span_trim(wt_buf_span(&other)).len > 0)
    status = wt_story_drop(story, wt_buf_span(&other), "not-for-publication", err);
  wt_buf_release(&other);
  return status;
}

/* ---- the time ---- */

/* "131137 GMT Nov 13": day, hour, minute; month; year. */
static wt_status read_sent(wt_story *story, wt_span rest, wt_error *err) {
  wt_span text = {"", 0};
  wt_span_line(&text, &rest);
  wt_span stamp = next_field(&text), zone = next_field(&text), month = next_field(&text), year = next_field(&text);
  wt_buf time = {0};
  if (stamp.len != 6 || month.len < 3 || (year.len != 2 && year.len != 4)) return WT_OK;
  wt_buf_put_format(&time, "%.2s %.3s %s%.*s %.2s:%.2s %.*s", stamp.data, month.data, year.len == 2 ? "20" : "",
                    (int)year.len, year.data, stamp.data + 2, stamp.data + 4, (int)zone.len, zone.data);
  wt_status status = wt_buf_status(&time, "time", err);
  if (status == WT_OK) status = wt_wire_set_time(story, WT_FIELD_MODIFIED, wt_buf_span(&time), err);
  if (status == WT_OK && story->fields[WT_FIELD_TAKE].len == 0)
    status = wt_wire_set_time(story, WT_FIELD_PUBLISHED, wt_buf_span(&time), err);
  wt_buf_release(&time);
  return status;
}

/* ---- the text ---- */

/* The lines of 7901 are always wrapped by hand: an empty line or an indent parts paragraphs, and so does a bullet. */
static bool begins_paragraph(wt_span line) {
  return wt_span_starts(line, WT_SPAN("   ")) || wt_span_starts(line, WT_SPAN("- ")) ||
         wt_span_starts(line, WT_SPAN("* "));
}

static wt_status end_paragraph(wt_pieces *pieces, wt_buf *open, wt_error *err) {
  wt_status status = wt_buf_status(open, "IPTC 7901", err);
  if (status == WT_OK) status = wt_pieces_add(pieces, WT_BLOCK_PARAGRAPH, wt_buf_span(open), err);
  wt_buf_clear(open);
  return status;
}

static wt_status read_paragraphs(wt_pieces *pieces, wt_span text, wt_error *err) {
  wt_buf open = {0};
  wt_span line;
  wt_status status = WT_OK;
  while (status == WT_OK && wt_span_line(&line, &text)) {
    wt_span words = wt_span_trim(line);
    if (words.len == 0 || begins_paragraph(line)) status = end_paragraph(pieces, &open, err);
    wt_buf_put_span(&open, words);
    wt_buf_put_char(&open, ' ');
  }
  if (status == WT_OK) status = end_paragraph(pieces, &open, err);
  wt_buf_release(&open);
  return status;
}

/* ---- the file ---- */

static wt_status read_text(wt_story *story, wt_pieces *pieces, wt_span text, wt_error *err) {
  size_t after = 0, end = heading_end(text, &after);
  wt_status status = read_heading(story, wt_span_sub(text, 0, end), err);
  wt_span body = wt_span_sub(text, end == 0 ? 0 : after, text.len);
  size_t notebook = notebook_begin(body);
  if (status == WT_OK) status = read_paragraphs(pieces, wt_span_sub(body, 0, notebook), err);
  return status == WT_OK ? read_notebook(story, wt_span_sub(body, notebook, body.len), err) : status;
}

static wt_status decode_text(wt_buf *out, wt_story *story, wt_span text, const wt_source *source, wt_error *err) {
  wt_buf lines = {0};
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] != '\r') wt_buf_put_char(&lines, text.data[i]);
  wt_status status = wt_buf_status(&lines, "IPTC 7901", err);
  if (status == WT_OK) status = wt_read_decode(out, story, wt_buf_span(&lines), source, err);
  wt_buf_release(&lines);
  return status;
}

wt_status wt_iptc7901_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  const char *soh = memchr(bytes.data, '\x01', bytes.len), *stx = memchr(bytes.data, '\x02', bytes.len);
  wt_pieces pieces = {.items = NULL};
  wt_buf text = {0};
  if (soh == NULL || stx == NULL || soh > stx)
    return wt_fail(err, WT_EFORMAT, NULL, (int64_t)bytes.len, "IPTC 7901 without a start of text (STX)");
  size_t head = (size_t)(soh - bytes.data) + 1, begin = (size_t)(stx - bytes.data) + 1;
  const char *etx = memchr(stx, '\x03', bytes.len - begin + 1);
  size_t end = etx != NULL ? (size_t)(etx - bytes.data) : bytes.len;
  wt_status status = decode_text(&text, story, wt_span_sub(bytes, begin, end), source, err);
  if (status == WT_OK) status = read_header(story, wt_span_sub(bytes, head, begin - 1), err);
  if (status == WT_OK) status = read_text(story, &pieces, wt_buf_span(&text), err);
  if (status == WT_OK && etx != NULL) status = read_sent(story, wt_span_sub(bytes, end + 1, end + 40), err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_WIRE, err);
  if (status == WT_OK) status = wt_wire_finish(story, err);
  wt_pieces_release(&pieces);
  wt_buf_release(&text);
  return status;
}
