/*
 * Plain text -> story.
 *
 * This file works on lines: it leaves out quoted mail and signatures, and gives lines that say what they are (see newsline.h)
 * a paragraph of their own. What each paragraph is, is decided in copy.c.
 */
#include "ingest/copy.h"
#include "ingest/link_targets.h"
#include "ingest/read.h"
#include "ingest/wire_head.h"
#include "ingest/wire.h"

#include <string.h>

/* A line longer than this is no line of a story, and reading it as one would cost many times its size. */
#define LINE_LIMIT ((size_t)8 << 20)
/* Lines at the top among which a byline or the like may follow without an empty line. */
#define HEAD_LINES 8
/* A signature is at most this many lines. */
#define SIGNATURE_LINES 16

/* ---- lines ---- */

typedef struct prepare {
  wt_buf *out;
  wt_buf dropped;     /* what is being left out */
  const char *reason; /* why; NULL: nothing is being left out */
  wt_story *story;
  size_t lines_seen; /* that were not empty */
  size_t lines_left; /* with this one, to the end */
  bool after_gap;    /* the line before was empty, a marked one, or none */
  bool in_quote;
} prepare;

static bool is_quoted(wt_span line) {
  return line.len > 0 && line.data[0] == '>';
}

/* "On Monday, A wrote:" and its like, which opens what a mail quotes. */
static bool opens_quoted_mail(wt_span line) {
  static const char *const ends[] = {" wrote:", " schrieb:", " a écrit :", " escribió:", " ha scritto:", " schreef:"};
  if (line.len > 300) return false;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (wt_span_ends(line, wt_span_of(ends[i]))) return true;
  return false;
}

static bool opens_original_message(wt_span line) {
  return wt_span_starts(line, WT_SPAN("-----Original Message-----")) ||
         wt_span_starts(line, WT_SPAN("----- Original Message -----"));
}

static wt_status flush_dropped(prepare *p, wt_error *err) {
  if (p->reason == NULL) return WT_OK;
  wt_status status = wt_story_drop(p->story, wt_buf_span(&p->dropped), p->reason, err);
  wt_buf_clear(&p->dropped);
  p->reason = NULL;
  return status;
}

static void leave_out(prepare *p, wt_span line, const char *reason) {
  p->reason = reason;
  wt_buf_put_span(&p->dropped, line);
  wt_buf_put_char(&p->dropped, '\n');
}

/* Does what is being left out go on with this line? */
static bool stays_out(const prepare *p, wt_span line) {
  if (p->reason == NULL) return false;
  if (strcmp(p->reason, "quoted-mail") != 0)
    return true; /* a signature, and what a forwarded message ends in, go on to the end */
  return line.len == 0 || is_quoted(line) || p->in_quote;
}

static void put_line(prepare *p, wt_span line, bool apart) {
  if (apart && !p->after_gap) wt_buf_put_char(p->out, '\n');
  wt_buf_put_span(p->out, line);
  wt_buf_put_char(p->out, '\n');
  if (apart) wt_buf_put_char(p->out, '\n');
  p->after_gap = apart || line.len == 0;
}

/* Does a line that says what it is stand free, so that it is no line of a wrapped paragraph by chance? */
static bool stands_free(const prepare *p, wt_span line) {
  return wt_newsline_read(line).kind != WT_LINE_TEXT && (p->after_gap || p->lines_seen <= HEAD_LINES);
}

static void put_marked_line(prepare *p, wt_span raw, wt_span line) {
  bool apart = stands_free(p, line);
  put_line(p, apart ? line : raw, apart);
}

static wt_status prepare_line(prepare *p, wt_span raw, wt_error *err) {
  wt_span line = wt_span_trim(raw);
  bool signature = wt_span_equal(raw, WT_SPAN("-- ")) && p->lines_left <= SIGNATURE_LINES;
  if (signature || opens_original_message(line)) {
    wt_status status = flush_dropped(p, err);
    p->in_quote = true;
    leave_out(p, line, signature ? "signature" : "quoted-mail");
    return status;
  }
  if (opens_quoted_mail(line)) {
    leave_out(p, line, "quoted-mail");
    return WT_OK;
  }
  if (stays_out(p, line)) {
    leave_out(p, line, p->reason);
    return WT_OK;
  }
  wt_status status = flush_dropped(p, err);
  p->lines_seen += line.len > 0;
  if (is_quoted(line) || line.len == 0)
    put_line(p, line, false);
  else
    put_marked_line(p, raw, line);
  return status;
}

static void count_lines(size_t *lines, size_t *quoted, wt_span *longest, wt_span text) {
  wt_span line;
  *lines = *quoted = 0;
  *longest = (wt_span){text.data, 0};
  size_t full = 0;
  while (wt_span_line(&line, &text)) {
    ++*lines;
    full += wt_span_trim(line).len > 0;
    *quoted += is_quoted(line);
    if (line.len > longest->len) *longest = line;
  }
  *quoted = full > 0 && *quoted * 5 >= full * 4 ? 1 : 0;
}

/* Takes one level of ">" off every line, for a story that was pasted whole as a quotation. */
static void unquote_all(wt_buf *out, wt_span text) {
  wt_span line;
  while (wt_span_line(&line, &text)) {
    size_t skip = is_quoted(line) ? 1 : 0;
    skip += skip == 1 && line.len > 1 && line.data[1] == ' ' ? 1 : 0;
    wt_buf_put_span(out, wt_span_sub(line, skip, line.len));
    wt_buf_put_char(out, '\n');
  }
}

static wt_status prepare_text(wt_buf *out, wt_story *story, wt_span text, wt_error *err) {
  size_t lines, quoted;
  wt_span longest;
  wt_buf unquoted = {0};
  prepare p = {.out = out, .story = story, .after_gap = true};
  wt_status status = WT_OK;
  count_lines(&lines, &quoted, &longest, text);
  if (longest.len > LINE_LIMIT)
    return wt_fail(err, WT_ELIMIT, NULL, longest.data - text.data, "a line of %zu bytes is no line of a news story",
                   longest.len);
  if (quoted) {
    unquote_all(&unquoted, text);
    text = wt_buf_span(&unquoted);
  }
  p.lines_left = lines;
  for (wt_span line; status == WT_OK && wt_span_line(&line, &text); p.lines_left--)
    status = prepare_line(&p, line, err);
  if (status == WT_OK) status = flush_dropped(&p, err);
  if (status == WT_OK) status = wt_buf_status(out, "text", err);
  wt_buf_release(&p.dropped);
  wt_buf_release(&unquoted);
  return status;
}

/* ---- the whole ---- */

wt_status wt_text_read_utf8(wt_story *story, wt_span text, wt_error *err) {
  wt_buf lines = {0}, linked = {0};
  wt_pieces pieces = {0};
  wt_status status = wt_link_targets_out(&linked, story, text, err);
  size_t head = 0; /* lines of wire copy at the top */
  if (status == WT_OK) status = wt_wire_head_read(&head, story, wt_buf_span(&linked), err);
  if (status == WT_OK) status = prepare_text(&lines, story, wt_span_sub(wt_buf_span(&linked), head, linked.len), err);
  if (status == WT_OK) status = wt_pieces_add_text(&pieces, wt_buf_span(&lines), err);
  if (status == WT_OK) status = wt_copy_assemble(story, &pieces, WT_COPY_PLAIN, err);
  if (status == WT_OK && head > 0) status = wt_wire_finish(story, err);
  wt_pieces_release(&pieces);
  wt_buf_release(&lines);
  wt_buf_release(&linked);
  return status;
}

wt_status wt_text_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  /* With a headline from a manifest no line of the text is one, and its repeat goes. */
  if (status == WT_OK && source->headline.len > 0)
    status = wt_read_set_bytes(story, WT_FIELD_HEADLINE, source->headline, err);
  if (status == WT_OK) status = wt_text_read_utf8(story, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}
