/*
 * Plain text -> story: the headline first, then what wire copy and pasted pages put between it and the text.
 *
 * Two passes. `prepare` works on lines: it leaves out quoted mail and signatures, and gives lines that say what they are
 * (see newsline.h) a paragraph of their own. `assemble` works on paragraphs: before the first body paragraph a piece may be
 * headline, deck, dateline or byline; after it, subhead, item, quote or paragraph.
 */
#include "ingest/newsline.h"
#include "ingest/read.h"

#include <string.h>

/* A line longer than this is no line of a story, and reading it as one would cost many times its size. */
#define LINE_LIMIT ((size_t)8 << 20)
#define HEADLINE_WORDS 40
#define HEADLINE_BYTES 400
#define SUBHEAD_WORDS 12
#define SUBHEAD_BYTES 110
/* Lines at the top among which a byline or the like may follow without an empty line. */
#define HEAD_LINES 8
/* A signature is at most this many lines. */
#define SIGNATURE_LINES 16

/* ---- lines ---- */

typedef struct prepare {
  wt_buf *out;
  wt_buf dropped;        /* what is being left out */
  const char *reason;    /* why; NULL: nothing is being left out */
  wt_story *story;
  size_t lines_seen;     /* that were not empty */
  size_t lines_left;     /* with this one, to the end */
  bool after_gap;        /* the line before was empty, a marked one, or none */
  bool in_quote;
} prepare;

static bool is_quoted(wt_span line) {
  return line.len > 0 && line.data[0] == '>';
}

/* "On Monday, A wrote:" and its like, which opens what a mail quotes. */
static bool opens_quoted_mail(wt_span line) {
  static const char *const ends[] = {" wrote:", " schrieb:", " a \xc3\xa9" "crit :", " escribi\xc3\xb3:", " ha scritto:", " schreef:"};
  if (line.len > 300)
    return false;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (wt_span_ends(line, wt_span_of(ends[i])))
      return true;
  return false;
}

static bool opens_original_message(wt_span line) {
  return wt_span_starts(line, WT_SPAN("-----Original Message-----")) || wt_span_starts(line, WT_SPAN("----- Original Message -----"));
}

static wt_status flush_dropped(prepare *p, wt_error *err) {
  if (p->reason == NULL)
    return WT_OK;
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
  if (p->reason == NULL)
    return false;
  if (strcmp(p->reason, "quoted-mail") != 0)
    return true; /* a signature, and what a forwarded message ends in, go on to the end */
  return line.len == 0 || is_quoted(line) || p->in_quote;
}

static void put_line(prepare *p, wt_span line, bool apart) {
  if (apart && !p->after_gap)
    wt_buf_put_char(p->out, '\n');
  wt_buf_put_span(p->out, line);
  wt_buf_put_char(p->out, '\n');
  if (apart)
    wt_buf_put_char(p->out, '\n');
  p->after_gap = apart || line.len == 0;
}

/* Does a line that says what it is stand free, so that it is no line of a wrapped paragraph by chance? */
static bool stands_free(const prepare *p, wt_span line) {
  return wt_newsline_read(line).kind != WT_LINE_TEXT && (p->after_gap || p->lines_seen <= HEAD_LINES);
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
    put_line(p, stands_free(p, line) ? line : raw, stands_free(p, line));
  return status;
}

static void count_lines(size_t *lines, size_t *quoted, size_t *longest, wt_span text) {
  wt_span line;
  *lines = *quoted = *longest = 0;
  size_t full = 0;
  while (wt_span_line(&line, &text)) {
    ++*lines;
    full += wt_span_trim(line).len > 0;
    *quoted += is_quoted(line);
    if (line.len > *longest)
      *longest = line.len;
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
  size_t lines, quoted, longest;
  wt_buf unquoted = {0};
  prepare p = {.out = out, .story = story, .after_gap = true};
  wt_status status = WT_OK;
  count_lines(&lines, &quoted, &longest, text);
  if (longest > LINE_LIMIT)
    return wt_fail(err, WT_ELIMIT, NULL, -1, "a line of %zu bytes is no line of a news story", longest);
  if (quoted) {
    unquote_all(&unquoted, text);
    text = wt_buf_span(&unquoted);
  }
  p.lines_left = lines;
  for (wt_span line; status == WT_OK && wt_span_line(&line, &text); p.lines_left--)
    status = prepare_line(&p, line, err);
  if (status == WT_OK)
    status = flush_dropped(&p, err);
  if (status == WT_OK)
    status = wt_buf_status(out, "text", err);
  wt_buf_release(&p.dropped);
  wt_buf_release(&unquoted);
  return status;
}

/* ---- paragraphs ---- */

typedef struct piece {
  wt_span text;
  wt_newsline line;
} piece;

typedef struct assembly {
  wt_story *story;
  const piece *pieces;
  size_t count;
  size_t last_text; /* the last piece that is text */
  bool in_head;     /* no body paragraph yet */
} assembly;

/* "# Title" and "## Title" of Markdown give the words alone. */
static wt_span without_hashes(wt_span text) {
  size_t hashes = 0;
  while (hashes < text.len && hashes < 6 && text.data[hashes] == '#')
    hashes++;
  if (hashes == 0 || hashes >= text.len || text.data[hashes] != ' ')
    return text;
  return wt_span_trim(wt_span_sub(text, hashes, text.len));
}

static bool is_bullet(wt_span text, size_t *skip) {
  static const char *const bullets[] = {"* ", "- ", "\xe2\x80\xa2 ", "\xe2\x80\xa2\t", "\xe2\x97\x8f ", "\xe2\x96\xaa ", "\xc2\xb7 "};
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    if (wt_span_starts(text, wt_span_of(bullets[i]))) {
      *skip = strlen(bullets[i]);
      return true;
    }
  return false;
}

static const piece *next_text(const assembly *a, size_t at) {
  for (size_t i = at + 1; i < a->count; i++)
    if (a->pieces[i].line.kind == WT_LINE_TEXT)
      return &a->pieces[i];
  return NULL;
}

static bool next_is(const assembly *a, size_t at, wt_line_kind kind) {
  return at + 1 < a->count && a->pieces[at + 1].line.kind == kind;
}

static bool is_short(wt_span text, size_t words, size_t bytes) {
  return text.len <= bytes && wt_line_words(text) <= words;
}

/* A first piece is the headline when it is short and something after it says so; a sentence alone does not. */
static wt_status is_headline(bool *out, const assembly *a, size_t at, wt_error *err) {
  wt_span text = a->pieces[at].text;
  const piece *next = next_text(a, at);
  wt_lead lead;
  size_t skip;
  *out = false;
  if (next == NULL || !is_short(text, HEADLINE_WORDS, HEADLINE_BYTES) || is_quoted(text) || is_bullet(text, &skip) ||
      wt_lead_read(&lead, text))
    return WT_OK;
  *out = !wt_line_ends_sentence(text) || text.data[text.len - 1] == '?' || text.data[text.len - 1] == '!' ||
         next_is(a, at, WT_LINE_BYLINE) || next_is(a, at, WT_LINE_DATELINE) || wt_lead_read(&lead, next->text);
  if (*out)
    return WT_OK;
  return wt_read_same(out, text, next->text, err);
}

static bool is_deck(const assembly *a, size_t at) {
  wt_span text = a->pieces[at].text;
  wt_lead lead;
  size_t skip;
  if (!a->in_head || a->story->fields[WT_FIELD_HEADLINE].len == 0 || a->story->fields[WT_FIELD_DECK].len > 0 ||
      a->story->lists[WT_LIST_BYLINES].count > 0 || a->story->fields[WT_FIELD_DATELINE].len > 0)
    return false;
  if (next_text(a, at) == NULL || !is_short(text, 50, 500) || is_quoted(text) || is_bullet(text, &skip) ||
      wt_lead_read(&lead, text))
    return false;
  return !wt_line_ends_sentence(text) || next_is(a, at, WT_LINE_BYLINE);
}

static bool is_subhead(const assembly *a, size_t at) {
  wt_span text = a->pieces[at].text;
  if (text.len > 2 && text.data[0] == '#' && without_hashes(text).len < text.len)
    return true;
  if (at + 1 >= a->count || a->pieces[at + 1].line.kind != WT_LINE_TEXT || !is_short(text, SUBHEAD_WORDS, SUBHEAD_BYTES))
    return false;
  char first = text.data[0], last = text.data[text.len - 1];
  if (wt_line_ends_sentence(text) || strchr(",;:-", last) != NULL || (first >= 'a' && first <= 'z') || strchr("\"'(", first) != NULL)
    return false;
  return a->pieces[at + 1].text.len > text.len;
}

static wt_status add_quote(wt_story *story, wt_span text, wt_error *err) {
  wt_buf plain = {0};
  unquote_all(&plain, text);
  wt_status status = wt_buf_status(&plain, "text", err);
  if (status == WT_OK)
    status = wt_story_add_block(story, WT_BLOCK_QUOTE, wt_buf_span(&plain), err);
  wt_buf_release(&plain);
  return status;
}

static wt_status add_paragraph(assembly *a, wt_span text, wt_error *err) {
  wt_lead lead;
  wt_status status = WT_OK;
  if (a->in_head && wt_lead_read(&lead, text)) {
    status = wt_read_set_once(a->story, WT_FIELD_DATELINE, lead.dateline, err);
    if (status == WT_OK)
      status = wt_read_set_once(a->story, WT_FIELD_CREDIT, lead.agency, err);
  }
  a->in_head = false;
  return status == WT_OK ? wt_story_add_block(a->story, WT_BLOCK_PARAGRAPH, text, err) : status;
}

static wt_status add_text(assembly *a, size_t at, wt_error *err) {
  wt_span text = a->pieces[at].text;
  bool repeated, headline;
  size_t skip;
  wt_status status = wt_read_same(&repeated, text, a->story->fields[WT_FIELD_HEADLINE], err);
  if (status != WT_OK)
    return status;
  if (repeated)
    return wt_story_drop(a->story, text, "duplicate-headline", err);
  if (a->in_head && a->story->fields[WT_FIELD_HEADLINE].len == 0) {
    status = is_headline(&headline, a, at, err);
    if (status != WT_OK || headline)
      return status != WT_OK ? status : wt_story_set(a->story, WT_FIELD_HEADLINE, without_hashes(text), err);
  }
  if (is_deck(a, at))
    return wt_story_set(a->story, WT_FIELD_DECK, without_hashes(text), err);
  if (is_quoted(text))
    return add_quote(a->story, text, err);
  if (is_bullet(text, &skip))
    return wt_story_add_block(a->story, WT_BLOCK_ITEM, wt_span_sub(text, skip, text.len), err);
  if (!a->in_head && is_subhead(a, at))
    return wt_story_add_block(a->story, WT_BLOCK_SUBHEAD, without_hashes(text), err);
  return add_paragraph(a, text, err);
}

/* A byline, dateline or credit is one at the top and at the end; between paragraphs a line in its form is text. */
static bool in_place(const assembly *a, size_t at) {
  wt_line_kind kind = a->pieces[at].line.kind;
  bool bracketed = a->pieces[at].text.data[0] == '(' || a->pieces[at].text.data[0] == '[';
  if (kind == WT_LINE_DATELINE)
    return a->in_head && a->story->fields[WT_FIELD_DATELINE].len == 0;
  if (kind == WT_LINE_BYLINE || kind == WT_LINE_CREDIT)
    return a->in_head || bracketed || at > a->last_text;
  return true;
}

static wt_status add_piece(assembly *a, size_t at, wt_error *err) {
  const piece *p = &a->pieces[at];
  if (!in_place(a, at))
    return add_text(a, at, err);
  switch (p->line.kind) {
  case WT_LINE_BYLINE: return wt_story_add(a->story, WT_LIST_BYLINES, p->line.value, err);
  case WT_LINE_PICTURE_CREDIT: return wt_story_add(a->story, WT_LIST_PICTURE_CREDITS, p->line.value, err);
  case WT_LINE_CREDIT: return wt_read_set_once(a->story, WT_FIELD_CREDIT, p->line.value, err);
  case WT_LINE_DATELINE: return wt_story_set(a->story, WT_FIELD_DATELINE, p->line.value, err);
  case WT_LINE_NOTE: return wt_story_add_block(a->story, WT_BLOCK_NOTE, p->text, err);
  case WT_LINE_SIGN_OFF:
    if (p->line.value.len > 0 && a->story->lists[WT_LIST_BYLINES].count == 0) {
      wt_status status = wt_story_add(a->story, WT_LIST_BYLINES, p->line.value, err);
      if (status != WT_OK)
        return status;
    }
    return wt_story_drop(a->story, p->text, p->line.reason, err);
  case WT_LINE_FURNITURE:
  case WT_LINE_RULE: return wt_story_drop(a->story, p->text, p->line.reason, err);
  case WT_LINE_TEXT: break;
  }
  return add_text(a, at, err);
}

static wt_status assemble(wt_story *story, wt_span text, wt_error *err) {
  wt_cuts cuts = {0};
  wt_status status = wt_paragraphs_cut(&cuts, text, err);
  piece *pieces = NULL;
  assembly a = {.story = story, .in_head = true};
  if (status != WT_OK)
    goto done;
  pieces = wt_alloc_zero(cuts.count + 1, sizeof *pieces);
  if (pieces == NULL) {
    status = wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for %zu paragraphs", cuts.count);
    goto done;
  }
  for (size_t i = 0; i < cuts.count; i++) {
    wt_span span = wt_span_trim(wt_span_sub(text, cuts.items[i].begin, cuts.items[i].end));
    if (span.len == 0)
      continue;
    pieces[a.count] = (piece){span, wt_newsline_read(span)};
    if (pieces[a.count].line.kind == WT_LINE_TEXT)
      a.last_text = a.count;
    a.count++;
  }
  a.pieces = pieces;
  for (size_t i = 0; i < a.count && status == WT_OK; i++)
    status = add_piece(&a, i, err);
done:
  wt_free(pieces);
  wt_cuts_release(&cuts);
  return status;
}

wt_status wt_text_read_utf8(wt_story *story, wt_span text, wt_error *err) {
  wt_buf lines = {0};
  wt_status status = prepare_text(&lines, story, text, err);
  if (status == WT_OK)
    status = assemble(story, wt_buf_span(&lines), err);
  wt_buf_release(&lines);
  return status;
}

wt_status wt_text_read(wt_story *story, wt_span bytes, const wt_source *source, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_read_decode(&text, story, bytes, source, err);
  /* With a headline from a manifest no line of the text is one, and its repeat goes. */
  if (status == WT_OK && source->headline.len > 0)
    status = wt_story_set(story, WT_FIELD_HEADLINE, source->headline, err);
  if (status == WT_OK)
    status = wt_text_read_utf8(story, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}
