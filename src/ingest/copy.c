/* Pieces of news copy, in their order -> fields and blocks of a story. */
#include "ingest/byline.h"
#include "ingest/copy.h"
#include "ingest/date.h"
#include "ingest/read.h"

#include <assert.h>
#include <string.h>

#define HEADLINE_WORDS 40
#define HEADLINE_BYTES 400
#define DECK_WORDS 50
#define DECK_BYTES 500
#define SUBHEAD_WORDS 12
#define SUBHEAD_BYTES 110
/* A repeat is looked for among this many, so that a file of captions costs no more than its size. */
#define REPEATS_LOOKED_AT 32

/* ---- pieces ---- */

void wt_pieces_release(wt_pieces *pieces) {
  wt_arena_release(&pieces->arena);
  wt_free(pieces->items);
  *pieces = (wt_pieces){.items = NULL};
}

static wt_status add_piece(wt_pieces *pieces, wt_piece piece, wt_error *err) {
  piece.text = wt_span_trim(piece.text);
  if (piece.text.len == 0) return WT_OK;
  piece.text = wt_span_keep(&pieces->arena, piece.text);
  if (piece.text.data == NULL || !wt_grow(&pieces->items, &pieces->capacity, pieces->count + 1, sizeof *pieces->items))
    return wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for %zu pieces of text", pieces->count + 1);
  piece.line = piece.kind == WT_BLOCK_PARAGRAPH && piece.dropped == NULL ? wt_newsline_read(piece.text)
                                                                         : (wt_newsline){.value = piece.text};
  pieces->items[pieces->count++] = piece;
  return WT_OK;
}

wt_status wt_pieces_add(wt_pieces *pieces, wt_block_kind kind, wt_span text, wt_error *err) {
  return add_piece(pieces, (wt_piece){.kind = kind, .text = text}, err);
}

wt_status wt_pieces_drop(wt_pieces *pieces, wt_span text, const char *reason, wt_error *err) {
  return add_piece(pieces, (wt_piece){.kind = WT_BLOCK_PARAGRAPH, .dropped = reason, .text = text}, err);
}

wt_status wt_pieces_mark(wt_pieces *pieces, wt_span id, wt_span time, wt_error *err) {
  assert(pieces->count > 0);
  wt_piece *piece = &pieces->items[pieces->count - 1];
  piece->id = wt_span_keep(&pieces->arena, id);
  piece->time = wt_span_keep(&pieces->arena, time);
  return piece->id.data != NULL && piece->time.data != NULL ? WT_OK
                                                            : wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for an id");
}

wt_status wt_pieces_add_text(wt_pieces *pieces, wt_span text, wt_error *err) {
  wt_cuts cuts = {0};
  wt_status status = wt_paragraphs_cut(&cuts, text, err);
  for (size_t i = 0; i < cuts.count && status == WT_OK; i++)
    status = wt_pieces_add(pieces, WT_BLOCK_PARAGRAPH, wt_span_sub(text, cuts.items[i].begin, cuts.items[i].end), err);
  wt_cuts_release(&cuts);
  return status;
}

wt_status wt_picture_credit_add(wt_story *story, wt_span text, wt_error *err) {
  const wt_list *credits = &story->lists[WT_LIST_PICTURE_CREDITS];
  bool same = false;
  wt_status status = WT_OK;
  text = wt_span_trim(text);
  for (size_t i = 0; i < credits->count && i < REPEATS_LOOKED_AT && status == WT_OK && !same; i++)
    status = wt_read_same(&same, credits->items[i], text, err);
  if (status != WT_OK || same || text.len == 0) return status;
  return wt_story_add(story, WT_LIST_PICTURE_CREDITS, text, err);
}

/* ---- what a piece is ---- */

typedef struct assembly {
  wt_story *story;
  const wt_piece *pieces;
  size_t count;
  size_t last_text; /* the last piece that is text */
  size_t headline;  /* the piece that became the headline, or count */
  wt_copy_how how;
  bool in_head; /* no body paragraph yet */
} assembly;

static wt_span field(const assembly *a, wt_story_field name) {
  return a->story->fields[name];
}

/* "# Title" and "## Title" of Markdown give the words alone. */
static wt_span without_hashes(wt_span text) {
  size_t hashes = 0;
  while (hashes < text.len && hashes < 6 && text.data[hashes] == '#') hashes++;
  if (hashes == 0 || hashes >= text.len || text.data[hashes] != ' ') return text;
  return wt_span_trim(wt_span_sub(text, hashes, text.len));
}

static bool is_bullet(wt_span text, size_t *skip) {
  static const char *const bullets[] = {
      "* ", "- ", "\xe2\x80\xa2 ", "\xe2\x80\xa2\t", "\xe2\x97\x8f ", "\xe2\x96\xaa ", "\xc2\xb7 "};
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    if (wt_span_starts(text, wt_span_of(bullets[i]))) {
      *skip = strlen(bullets[i]);
      return true;
    }
  return false;
}

/* One paragraph that opens with "- " is somebody speaking, as the north prints it; two together are a list. */
static bool is_item(const assembly *a, size_t at, size_t *skip) {
  size_t other;
  if (!is_bullet(a->pieces[at].text, skip)) return false;
  return a->pieces[at].text.data[0] != '-' || (at > 0 && is_bullet(a->pieces[at - 1].text, &other)) ||
         (at + 1 < a->count && is_bullet(a->pieces[at + 1].text, &other));
}

static bool is_quoted(wt_span text) {
  return text.len > 0 && text.data[0] == '>';
}

static bool is_plain_text(const wt_piece *piece) {
  return piece->dropped == NULL && piece->kind == WT_BLOCK_PARAGRAPH && piece->line.kind == WT_LINE_TEXT;
}

static const wt_piece *next_text(const assembly *a, size_t at) {
  for (size_t i = at + 1; i < a->count; i++)
    if (is_plain_text(&a->pieces[i])) return &a->pieces[i];
  return NULL;
}

static bool next_is(const assembly *a, size_t at, wt_line_kind kind) {
  return at + 1 < a->count && a->pieces[at + 1].line.kind == kind;
}

static bool is_short(wt_span text, size_t words, size_t bytes) {
  return text.len <= bytes && wt_line_words(text) <= words;
}

/* A first piece is the headline when it is short and something after it says so, a repeat for one; a sentence alone does
   not. */
static wt_status is_headline(bool *out, const assembly *a, size_t at, wt_error *err) {
  wt_span text = a->pieces[at].text;
  const wt_piece *next = next_text(a, at);
  wt_lead lead;
  size_t skip;
  *out = false;
  if (next == NULL || !is_short(text, HEADLINE_WORDS, HEADLINE_BYTES) || is_quoted(text) || is_bullet(text, &skip) ||
      wt_lead_read(&lead, text))
    return WT_OK;
  *out = !wt_line_ends_sentence(text) || text.data[text.len - 1] == '?' || text.data[text.len - 1] == '!' ||
         next_is(a, at, WT_LINE_BYLINE) || next_is(a, at, WT_LINE_DATELINE) || wt_lead_read(&lead, next->text);
  if (*out) return WT_OK;
  wt_status status = wt_read_same(out, text, next->text, err);
  const wt_piece *third = status == WT_OK && *out ? next_text(a, (size_t)(next - a->pieces)) : NULL;
  bool again = false; /* a sentence three times is a paragraph */
  if (third != NULL) status = wt_read_same(&again, text, third->text, err);
  *out = *out && !again;
  return status;
}

static bool is_deck(const assembly *a, size_t at) {
  wt_span text = a->pieces[at].text;
  wt_lead lead;
  size_t skip;
  if (a->how != WT_COPY_PLAIN || !a->in_head || field(a, WT_FIELD_HEADLINE).len == 0 ||
      field(a, WT_FIELD_DECK).len > 0 || a->story->lists[WT_LIST_BYLINES].count > 0 ||
      field(a, WT_FIELD_DATELINE).len > 0)
    return false;
  if (next_text(a, at) == NULL || !is_short(text, DECK_WORDS, DECK_BYTES) || is_quoted(text) ||
      is_bullet(text, &skip) || wt_lead_read(&lead, text))
    return false;
  return !wt_line_ends_sentence(text) || next_is(a, at, WT_LINE_BYLINE);
}

/* Rows of results and prices are short and without a full stop too, but hold little else than figures. */
static bool is_tabular(wt_span text) {
  size_t figures = 0, marks = 0;
  for (size_t i = 0; i < text.len; i++) {
    figures += text.data[i] >= '0' && text.data[i] <= '9';
    marks += text.data[i] == ';' || text.data[i] == '|';
  }
  return marks >= 2 || figures * 4 > text.len;
}

/* "Oakland 3, Texas 1" ends in a score; "What changed in 2024" in a year. */
static bool ends_in_score(wt_span text) {
  size_t digits = 0;
  while (digits < text.len && text.data[text.len - 1 - digits] >= '0' && text.data[text.len - 1 - digits] <= '9')
    digits++;
  return digits > 0 && digits < 4;
}

static bool is_subhead(const assembly *a, size_t at) {
  wt_span text = a->pieces[at].text;
  if (text.len > 2 && text.data[0] == '#' && without_hashes(text).len < text.len) return true;
  if (at + 1 >= a->count || !is_plain_text(&a->pieces[at + 1]) || !is_short(text, SUBHEAD_WORDS, SUBHEAD_BYTES))
    return false;
  char first = text.data[0], last = text.data[text.len - 1];
  if (wt_line_ends_sentence(text) || strchr(",;:-", last) != NULL || (first >= 'a' && first <= 'z') ||
      strchr("\"'(*+-", first) != NULL || is_tabular(text) || ends_in_score(text))
    return false;
  wt_span next = a->pieces[at + 1].text;
  return next.len > text.len && wt_line_ends_sentence(next);
}

/* ---- placing a piece ---- */

static wt_status add_quote(wt_story *story, wt_span text, wt_error *err) {
  wt_buf plain = {0};
  wt_span line;
  while (wt_span_line(&line, &text)) {
    line = wt_span_trim(line);
    wt_buf_put_span(&plain, is_quoted(line) ? wt_span_sub(line, 1, line.len) : line);
    wt_buf_put_char(&plain, '\n');
  }
  wt_status status = wt_buf_status(&plain, "text", err);
  if (status == WT_OK) status = wt_story_add_block(story, WT_BLOCK_QUOTE, wt_buf_span(&plain), err);
  wt_buf_release(&plain);
  return status;
}

static wt_status add_paragraph(assembly *a, wt_span text, wt_error *err) {
  wt_lead lead;
  wt_status status = WT_OK;
  if (a->in_head && wt_lead_read(&lead, text)) {
    status = wt_read_set_once(a->story, WT_FIELD_DATELINE, lead.dateline, err);
    if (status == WT_OK) status = wt_read_set_once(a->story, WT_FIELD_CREDIT, lead.agency, err);
  }
  a->in_head = false;
  return status == WT_OK ? wt_story_add_block(a->story, WT_BLOCK_PARAGRAPH, text, err) : status;
}

static wt_status add_text(assembly *a, size_t at, wt_error *err) {
  wt_span text = a->pieces[at].text;
  bool headline = false;
  size_t skip;
  if (a->how == WT_COPY_PLAIN && a->in_head && field(a, WT_FIELD_HEADLINE).len == 0) {
    wt_status status = is_headline(&headline, a, at, err);
    if (status != WT_OK || headline)
      return status != WT_OK ? status : wt_story_set(a->story, WT_FIELD_HEADLINE, without_hashes(text), err);
  }
  if (is_deck(a, at)) return wt_story_set(a->story, WT_FIELD_DECK, without_hashes(text), err);
  if (is_quoted(text)) return add_quote(a->story, text, err);
  if (is_item(a, at, &skip)) return wt_story_add_block(a->story, WT_BLOCK_ITEM, wt_span_sub(text, skip, text.len), err);
  if (!a->in_head && is_subhead(a, at))
    return wt_story_add_block(a->story, WT_BLOCK_SUBHEAD, without_hashes(text), err);
  return add_paragraph(a, text, err);
}

/* A signature ("The Evening Desk - Transport editors") is kept whole; a list of names is taken apart. */
static wt_status add_byline(assembly *a, const wt_piece *piece, wt_error *err) {
  const wt_list *bylines = &a->story->lists[WT_LIST_BYLINES];
  size_t before = bylines->count;
  bool same = false;
  wt_status status = WT_OK;
  if (piece->line.names) {
    status = wt_byline_add(a->story, piece->line.value, err);
    same = bylines->count == before;
  }
  for (size_t i = 0; !piece->line.names && i < bylines->count && status == WT_OK && !same; i++)
    status = wt_read_same(&same, bylines->items[i], piece->line.value, err);
  if (status != WT_OK) return status;
  if (same) return wt_story_drop(a->story, piece->text, "duplicate-byline", err);
  return piece->line.names ? WT_OK : wt_story_add(a->story, WT_LIST_BYLINES, piece->line.value, err);
}

/* "Ann Lee in Oslo, Bo Ek in Rome and Cy Day": the names without the places. */
static wt_status add_reporters(wt_story *story, wt_span written, wt_error *err) {
  wt_buf names = {0}, line = {0};
  wt_squeeze(&line, written);
  wt_span text = wt_buf_span(&line);
  while (text.len > 0) {
    size_t comma = wt_span_find(text, WT_SPAN(", ")), and = wt_span_find(text, WT_SPAN(" and "));
    size_t end = comma < and? comma : and;
    wt_span name = wt_span_sub(text, 0, end);
    name = wt_span_sub(name, 0, wt_span_find(name, WT_SPAN(" in ")));
    wt_buf_put_text(&names, names.len > 0 ? ", " : "");
    wt_buf_put_span(&names, name);
    text = wt_span_sub(text, end == text.len ? end : end + (end == comma ? 2 : 5), text.len);
  }
  wt_status status = wt_buf_status(&names, "byline", err);
  if (status == WT_OK) status = wt_byline_add(story, wt_buf_span(&names), err);
  wt_buf_release(&line);
  wt_buf_release(&names);
  return status;
}

static wt_status add_sign_off(assembly *a, const wt_piece *piece, wt_error *err) {
  wt_status status = WT_OK;
  if (piece->line.value.len > 0 && a->story->lists[WT_LIST_BYLINES].count == 0)
    status = add_reporters(a->story, piece->line.value, err);
  return status == WT_OK ? wt_story_drop(a->story, piece->text, piece->line.reason, err) : status;
}

/* A field that has a value already keeps it, and the piece goes. */
static wt_status set_or_drop(assembly *a, wt_story_field name, const wt_piece *piece, const char *reason,
                             wt_error *err) {
  if (field(a, name).len == 0) return wt_story_set(a->story, name, piece->line.value, err);
  return wt_story_drop(a->story, piece->text, reason, err);
}

/* Dates as people write them, for a story that has none. */
static wt_status add_date(assembly *a, const wt_piece *piece, wt_error *err) {
  wt_story_field name = piece->line.kind == WT_LINE_MODIFIED ? WT_FIELD_MODIFIED : WT_FIELD_PUBLISHED;
  wt_time time;
  wt_buf text = {0};
  if (field(a, name).len > 0 || !wt_date_find(&time, piece->line.value, false))
    return wt_story_drop(a->story, piece->text, "duplicate-date", err);
  wt_time_put(&text, time);
  wt_status status = wt_buf_status(&text, "date", err);
  if (status == WT_OK) status = wt_story_set(a->story, name, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

/* A byline, dateline or credit is one at the top and at the end; between paragraphs a line in its form is text. */
static bool in_place(const assembly *a, size_t at) {
  wt_line_kind kind = a->pieces[at].line.kind;
  bool bracketed = a->pieces[at].text.data[0] == '(' || a->pieces[at].text.data[0] == '[';
  if (kind == WT_LINE_DATELINE) return a->in_head;
  if (kind == WT_LINE_PUBLISHED || kind == WT_LINE_MODIFIED)
    return a->how == WT_COPY_PLAIN && (a->in_head || at > a->last_text);
  if (kind == WT_LINE_BYLINE || kind == WT_LINE_CREDIT) return a->in_head || bracketed || at > a->last_text;
  return true;
}

/* "(BusinessDesk)" at the end of the agency's own copy. */
static wt_status is_signature(bool *out, const assembly *a, size_t at, wt_error *err) {
  wt_span text = a->pieces[at].text;
  *out = false;
  if (at != a->last_text || text.len < 3 || text.data[0] != '(' || text.data[text.len - 1] != ')') return WT_OK;
  return wt_read_same(out, wt_span_sub(text, 1, text.len - 1), field(a, WT_FIELD_CREDIT), err);
}

/* "By ANN LEE", and on the next line what she is. */
static bool stands_under_name(const assembly *a, size_t at) {
  return at > 0 && a->in_head && is_plain_text(&a->pieces[at]) && a->pieces[at - 1].line.kind == WT_LINE_BYLINE &&
         wt_line_is_title(a->pieces[at].text);
}

static wt_status place_paragraph(assembly *a, size_t at, wt_error *err) {
  const wt_piece *p = &a->pieces[at];
  bool signature;
  wt_status status = is_signature(&signature, a, at, err);
  if (status != WT_OK) return status;
  if (signature) return wt_story_drop(a->story, p->text, "sign-off", err);
  if (stands_under_name(a, at)) return wt_story_drop(a->story, p->text, "byline-title", err);
  if (!in_place(a, at)) return add_text(a, at, err);
  switch (p->line.kind) {
  case WT_LINE_BYLINE: return add_byline(a, p, err);
  case WT_LINE_PICTURE_CREDIT: return wt_picture_credit_add(a->story, p->line.value, err);
  case WT_LINE_CREDIT: return set_or_drop(a, WT_FIELD_CREDIT, p, "duplicate-credit", err);
  case WT_LINE_DATELINE: return set_or_drop(a, WT_FIELD_DATELINE, p, "duplicate-dateline", err);
  case WT_LINE_PUBLISHED:
  case WT_LINE_MODIFIED: return add_date(a, p, err);
  case WT_LINE_NOTE: return wt_story_add_block(a->story, WT_BLOCK_NOTE, p->text, err);
  case WT_LINE_SIGN_OFF: return add_sign_off(a, p, err);
  case WT_LINE_FURNITURE:
  case WT_LINE_RULE: return wt_story_drop(a->story, p->text, p->line.reason, err);
  case WT_LINE_TEXT: break;
  }
  return add_text(a, at, err);
}

/* A block as our own output has it, with the id and time of a live blog's entry. */
static wt_status add_exact(wt_story *story, const wt_piece *piece, wt_error *err) {
  size_t before = story->block_count;
  wt_status status = wt_story_add_block(story, piece->kind, piece->text, err);
  if (status != WT_OK || story->block_count == before || piece->id.len + piece->time.len == 0) return status;
  wt_block *block = &story->blocks[before];
  block->id = wt_span_keep(story->arena, piece->id);
  block->time = wt_span_keep(story->arena, piece->time);
  return block->id.data != NULL && block->time.data != NULL ? WT_OK
                                                            : wt_fail(err, WT_ENOMEM, NULL, -1, "no memory for an id");
}

/* The same picture often stands in the text and beside it. */
static wt_status is_repeated_caption(bool *out, const wt_story *story, wt_span text, wt_error *err) {
  size_t looked = 0;
  wt_status status = WT_OK;
  *out = false;
  for (size_t i = story->block_count; i > 0 && looked < REPEATS_LOOKED_AT && status == WT_OK && !*out; i--) {
    if (story->blocks[i - 1].kind != WT_BLOCK_CAPTION) continue;
    looked++;
    status = wt_read_same(out, story->blocks[i - 1].text, text, err);
  }
  return status;
}

static wt_status place(assembly *a, size_t at, wt_error *err) {
  const wt_piece *p = &a->pieces[at];
  bool repeated = false;
  if (at == a->headline) return WT_OK;
  if (a->how == WT_COPY_EXACT) return add_exact(a->story, p, err);
  wt_status status = wt_read_same(&repeated, p->text, field(a, WT_FIELD_HEADLINE), err);
  if (status != WT_OK) return status;
  if (repeated) return wt_story_drop(a->story, p->text, "duplicate-headline", err);
  if (p->dropped != NULL) return wt_story_drop(a->story, p->text, p->dropped, err);
  if (p->kind == WT_BLOCK_PARAGRAPH) return place_paragraph(a, at, err);
  if (p->kind == WT_BLOCK_CAPTION) status = is_repeated_caption(&repeated, a->story, p->text, err);
  if (status != WT_OK) return status;
  return repeated ? wt_story_drop(a->story, p->text, "duplicate-caption", err)
                  : wt_story_add_block(a->story, p->kind, p->text, err);
}

/* Where the source names no headline, a heading that stands before the text (one paragraph may come before it) is one. */
static wt_status find_heading(assembly *a, wt_error *err) {
  size_t paragraphs = 0;
  if (a->how != WT_COPY_WIRE || field(a, WT_FIELD_HEADLINE).len > 0) return WT_OK;
  for (size_t i = 0; i < a->count && paragraphs <= 1; i++) {
    paragraphs += is_plain_text(&a->pieces[i]);
    if (a->pieces[i].kind != WT_BLOCK_SUBHEAD || a->pieces[i].dropped != NULL) continue;
    a->headline = i;
    return wt_story_set(a->story, WT_FIELD_HEADLINE, a->pieces[i].text, err);
  }
  return WT_OK;
}

wt_status wt_copy_assemble(wt_story *story, const wt_pieces *pieces, wt_copy_how how, wt_error *err) {
  assembly a = {story, pieces->items, pieces->count, 0, pieces->count, how, true};
  for (size_t i = 0; i < a.count; i++)
    if (is_plain_text(&a.pieces[i])) a.last_text = i;
  wt_status status = find_heading(&a, err);
  for (size_t i = 0; i < a.count && status == WT_OK; i++) status = place(&a, i, err);
  return status;
}
