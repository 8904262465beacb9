/*
 * diff_text: a comparison on a terminal or in a plain file. Two columns where there is room, else one.
 *
 * Nothing is told by colour alone: what is deleted, inserted and moved has brackets of its own, paragraphs have signs in the
 * margin, and the old and the new place of moved text name each other.
 */
#include "report/diff_rows.h"
#include "report/diff_wrap.h"

#include <string.h>

typedef struct writer {
  wt_buf *out;
  const wt_term *term;
  const wt_diff_text *view;
  const diff_rows *rows;
  wrap left, right; /* right alone for one column */
  bool columns;
  wt_buf notes[2]; /* "moved from paragraph 3: " of one row's columns, which wrap borrows */
  bool brackets;
} writer;

/* ---- pieces ---- */

static void put_bracketed(const writer *to, wrap *in, wt_ink ink, const char *open, wt_span text, const char *close) {
  if (!to->brackets) {
    wrap_put(in, ink, text);
    return;
  }
  wrap_put(in, ink, wt_span_of(open));
  wrap_put_held(in, ink, text);
  wrap_put(in, ink, wt_span_of(close));
}

/* A note written ahead of the wrapping into a buffer that must not grow meanwhile: room is made for all of a row. */
static void put_note(wrap *in, wt_buf *notes, wt_ink ink, const char *format, uint32_t number) {
  size_t begin = notes->len;
  if (strchr(format, '%'))
    wt_buf_put_format(notes, format, number);
  else
    wt_buf_put_text(notes, format);
  wrap_put(in, ink, wt_span_sub(wt_buf_span(notes), begin, notes->len));
}

/* Where moved text stood: at its new place, before it. */
static void put_origin(const writer *to, wrap *in, wt_buf *notes, const diff_piece *piece) {
  const wt_diff *diff = to->rows->diff;
  const wt_edit *edit = &diff->edits[piece->edit];
  uint32_t old = diff->old.items[edit->old].paragraph;
  if (old == diff->newer.items[edit->newer].paragraph)
    put_note(in, notes, WT_INK_MOVED, "(from the same paragraph) ", 0);
  else
    put_note(in, notes, WT_INK_MOVED, "(from paragraph %u) ", old + 1);
}

/* Where it went: at its old place, and in a column of its own before what stood there. */
static void put_from(const writer *to, wrap *in, wt_buf *notes, const diff_piece *before, const diff_piece *piece,
                     diff_column where) {
  const wt_diff *diff = to->rows->diff;
  const wt_edit *edit = &diff->edits[piece->edit];
  if (piece->opens && !piece->within && !diff_same_place(diff, before, piece)) {
    uint32_t new = diff->newer.items[edit->newer].paragraph;
    if (new == diff->old.items[edit->old].paragraph)
      put_note(in, notes, WT_INK_MOVED, "(moved within the paragraph)", 0);
    else
      put_note(in, notes, WT_INK_MOVED, "(moved to paragraph %u)", new + 1);
    if (where == DIFF_OLD) wrap_put(in, WT_INK_NONE, WT_SPAN(" "));
  }
  if (where == DIFF_OLD) put_bracketed(to, in, WT_INK_MOVED, "[<", piece->text, ">]");
}

static void put_piece(const writer *to, wrap *in, wt_buf *notes, const diff_piece *before, const diff_piece *piece,
                      diff_column where) {
  bool arrives = piece->opens && piece->mark != DIFF_FROM &&
                 (piece->inside_moved || (piece->mark == DIFF_MOVED && !piece->within));
  if (arrives && !diff_same_place(to->rows->diff, before, piece)) put_origin(to, in, notes, piece);
  switch (piece->mark) {
  case DIFF_KEPT: wrap_put(in, piece->inside_moved ? WT_INK_MOVED : WT_INK_NONE, piece->text); return;
  case DIFF_SPACE: wrap_put(in, WT_INK_NONE, piece->text); return;
  case DIFF_INSERTED: put_bracketed(to, in, WT_INK_ADDED, "{+", piece->text, "+}"); return;
  case DIFF_DELETED: put_bracketed(to, in, WT_INK_REMOVED, "[-", piece->text, "-]"); return;
  case DIFF_MOVED: put_bracketed(to, in, WT_INK_MOVED, "{>", piece->text, "<}"); return;
  case DIFF_FROM: put_from(to, in, notes, before, piece, where); return;
  case DIFF_TYPO: wrap_put(in, WT_INK_YELLOW, where == DIFF_OLD ? piece->old_text : piece->text); return;
  }
}

/* Longest note, with numbers of ten digits. */
#define NOTE_ROOM 48u

/* Sentences that stay, one after the other in a paragraph that changed, are folded but for the first and the last when this
   many lie between. */
#define LEAST_FOLDED 3u

typedef struct stretch {
  size_t begin, end; /* pieces to fold */
  size_t limit;      /* where the stretch ends that they are the middle of */
  uint32_t sentences;
} stretch;

/* A sentence, or the space behind one, that is the same in both texts. */
static bool stays(const diff_rows *rows, const diff_piece *piece) {
  if (!piece->in_old || !piece->in_new || piece->inside_moved) return false;
  const wt_edit *edit = &rows->diff->edits[piece->edit];
  return piece->mark == DIFF_SPACE || (piece->mark == DIFF_KEPT && edit->kind == WT_EDIT_KEEP && !edit->typography);
}

static stretch find_fold(const diff_rows *rows, const diff_row *row, size_t from) {
  stretch out = {.limit = from};
  uint32_t count = 0;
  for (; out.limit < row->end && stays(rows, &rows->pieces[out.limit]); out.limit++) {
    if (rows->pieces[out.limit].mark == DIFF_SPACE) continue;
    if (++count == 2) out.begin = out.limit;
    out.end = out.limit;
  }
  if (count >= LEAST_FOLDED + 2) out.sentences = count - 2;
  return out;
}

static void put_pieces(writer *to, wrap *in, wt_buf *notes, const diff_rows *rows, const diff_row *row,
                       diff_column where, bool typography) {
  wrap_clear(in);
  wt_buf_clear(notes);
  if (!wt_buf_reserve(notes, (row->end - row->begin + 1) * NOTE_ROOM)) {
    in->failed = true;
    return;
  }
  if (typography) put_note(in, notes, WT_INK_YELLOW, "(typography) ", 0);
  const diff_piece *before = NULL;
  bool may_fold = rows == to->rows && row->changed && !to->view->all; /* a field is one sentence, of no edit */
  stretch fold = {.limit = may_fold ? row->begin : row->end};
  bool space = false;
  for (size_t p = row->begin; p < row->end; p++) {
    if (p >= fold.limit) fold = find_fold(rows, row, p);
    if (fold.sentences && p == fold.begin) {
      put_note(in, notes, WT_INK_DIM, " \xC2\xB7\xC2\xB7\xC2\xB7 %u sentences unchanged \xC2\xB7\xC2\xB7\xC2\xB7",
               fold.sentences);
      p = fold.end;
      space = true;
    }
    const diff_piece *piece = &rows->pieces[p];
    if (!diff_stands_in(piece, where)) continue;
    if (piece->mark == DIFF_SPACE) {
      space = true;
      continue;
    }
    bool silent =
        where == DIFF_BOTH && piece->mark == DIFF_FROM && (piece->within || diff_same_place(rows->diff, before, piece));
    if (!silent && diff_space_due(before, piece, space)) wrap_put(in, WT_INK_NONE, WT_SPAN(" "));
    space = space && silent;
    put_piece(to, in, notes, before, piece, where);
    before = piece;
  }
}

/* ---- rows ---- */

static char sign_of(const diff_rows *rows, const diff_row *row) {
  bool moved = false;
  if (!row->changed) return ' ';
  if (row->new_paragraph == UINT32_MAX) {
    for (size_t p = row->begin; p < row->end; p++)
      if (rows->pieces[p].mark == DIFF_DELETED) return '-';
    return '<';
  }
  bool all_new = true, same_words = true;
  for (size_t p = row->begin; p < row->end; p++) {
    const diff_piece *piece = &rows->pieces[p];
    moved = moved || (piece->in_new && (piece->mark == DIFF_MOVED || piece->inside_moved) && !piece->within);
    if (piece->mark != DIFF_INSERTED && piece->mark != DIFF_SPACE) all_new = false;
    if (piece->mark != DIFF_SPACE && rows->diff->edits[piece->edit].kind != WT_EDIT_KEEP) same_words = false;
    if (piece->mark == DIFF_INSERTED || piece->mark == DIFF_DELETED)
      same_words = false; /* a capital inside a sentence */
  }
  return all_new ? '+' : moved ? '>' : same_words ? '=' : '~';
}

static wt_ink ink_of_sign(char sign) {
  switch (sign) {
  case '+': return WT_INK_GREEN;
  case '-': return WT_INK_RED;
  case '>':
  case '<': return WT_INK_MOVED;
  case '=':
  case '~': return WT_INK_YELLOW;
  default: return WT_INK_DIM;
  }
}

/* "  3 ~ ": the paragraph's number and its sign on the first line, blanks below. */
#define MARGIN 6u

static void put_margin(writer *to, uint32_t paragraph, char sign, bool first) {
  char text[24];
  if (!first) {
    wt_buf_put_text(to->out, "      ");
    return;
  }
  wt_buf number = {0};
  if (paragraph == UINT32_MAX)
    wt_buf_put_text(&number, "   ");
  else
    wt_buf_put_format(&number, paragraph + 1 < 1000 ? "%3u" : "%u", paragraph + 1);
  wt_term_put_ink(to->out, to->term, WT_INK_DIM, wt_buf_span(&number));
  wt_buf_release_part(&number, to->out);
  text[0] = ' ', text[1] = sign, text[2] = ' ';
  wt_term_put_ink(to->out, to->term, ink_of_sign(sign), (wt_span){text, 3});
}

/* Ends a line without blanks before the LF. */
static void end_line(writer *to) {
  while (to->out->len && to->out->data[to->out->len - 1] == ' ') to->out->len--;
  wt_buf_put_char(to->out, '\n');
}

static uint32_t width_of(const writer *to) {
  uint32_t width = to->term->width ? to->term->width : 80;
  return width < 24 ? 24 : width > 4096 ? 4096 : width;
}

static void put_lines(writer *to, uint32_t paragraph, char sign) {
  size_t room = width_of(to) - MARGIN, half = (room - 3) / 2;
  wrap_cut(&to->right, to->columns ? half : room);
  if (to->columns) wrap_cut(&to->left, half);
  size_t lines = to->right.line_count;
  if (to->columns && to->left.line_count > lines) lines = to->left.line_count;
  for (size_t l = 0; l < lines; l++) {
    put_margin(to, paragraph, sign, l == 0);
    if (to->columns) {
      wrap_put_line(to->out, to->term, &to->left, l, half);
      wt_term_put_ink(to->out, to->term, WT_INK_DIM, WT_SPAN(" \xE2\x94\x82 "));
    }
    wrap_put_line(to->out, to->term, &to->right, l, 0);
    end_line(to);
  }
}

static void put_row(writer *to, const diff_rows *rows, const diff_row *row, char sign) {
  if (to->columns) put_pieces(to, &to->left, &to->notes[0], rows, row, DIFF_OLD, false);
  put_pieces(to, &to->right, &to->notes[1], rows, row, to->columns ? DIFF_NEW : DIFF_BOTH, sign == '=');
  put_lines(to, row->new_paragraph == UINT32_MAX ? row->old_paragraph : row->new_paragraph, sign);
}

static void put_fold(writer *to, uint32_t paragraphs) {
  wt_buf text = {0};
  if (!paragraphs) return;
  wt_buf_put_text(&text, "      \xC2\xB7\xC2\xB7\xC2\xB7 ");
  wt_term_put_count(&text, paragraphs, "paragraph", "paragraphs");
  wt_buf_put_text(&text, " unchanged");
  wt_term_put_ink(to->out, to->term, WT_INK_DIM, wt_buf_span(&text));
  wt_buf_put_char(to->out, '\n');
  wt_buf_release_part(&text, to->out);
}

/* Is a changed row within `context` rows of this one? Looked up from what both neighbours said. */
static bool *near_changes(const writer *to) {
  const diff_rows *rows = to->rows;
  uint32_t context = to->view->has_context ? to->view->context : WT_DIFF_CONTEXT;
  bool *near = wt_alloc_zero(rows->row_count + 1, sizeof *near);
  if (!near) return NULL;
  uint64_t since = UINT64_MAX;
  for (size_t r = 0; r < rows->row_count; r++) {
    since = rows->rows[r].changed ? 0 : since == UINT64_MAX ? since : since + 1;
    near[r] = since <= context || to->view->all;
  }
  since = UINT64_MAX;
  for (size_t r = rows->row_count; r-- > 0;) {
    since = rows->rows[r].changed ? 0 : since == UINT64_MAX ? since : since + 1;
    near[r] = near[r] || since <= context;
  }
  return near;
}

static wt_status put_rows(writer *to, wt_error *err) {
  uint32_t folded = 0;
  bool *near = near_changes(to);
  if (!near) return wt_fail(err, WT_ENOMEM, "diff", -1, "out of memory");
  for (size_t r = 0; r < to->rows->row_count; r++) {
    const diff_row *row = &to->rows->rows[r];
    if (!near[r]) {
      folded++;
      continue;
    }
    put_fold(to, folded);
    folded = 0;
    put_row(to, to->rows, row, sign_of(to->rows, row));
  }
  put_fold(to, folded);
  wt_free(near);
  return to->left.failed || to->right.failed ? wt_fail(err, WT_ENOMEM, "diff", -1, "out of memory") : WT_OK;
}

/* ---- heading and fields ---- */

static void put_name(writer *to, wt_ink ink, const char *sign, const char *name, const char *when) {
  wt_term_put_ink(to->out, to->term, ink, wt_span_of(sign));
  wt_buf_put_char(to->out, ' ');
  wt_term_put_ink(to->out, to->term, WT_INK_BOLD, wt_span_of(name));
  if (when) wt_term_put_beside(to->out, to->term, WT_INK_DIM, wt_span_of(when), 4 + wt_term_columns(wt_span_of(name)));
  wt_buf_put_char(to->out, '\n');
}

/* "number, quote; a fact changed, ...": what the classifier saw. */
static void put_summary(writer *to, const wt_classified *classified) {
  wt_buf text = {0};
  if (!classified || !classified->classes) return;
  wt_classes_put(&text, classified->classes);
  if (classified->findings.unannounced)
    wt_buf_put_text(&text, "; a fact changed, and the new version has no notice of it");
  wt_term_put_wrapped(to->out, to->term, WT_INK_YELLOW, wt_buf_span(&text), 0, 0);
  wt_buf_put_char(to->out, '\n');
  wt_buf_release_part(&text, to->out);
}

static void put_heading(writer *to, const wt_classified *classified) {
  const wt_diff_text *view = to->view;
  if (!view->old_name || !view->new_name) return;
  put_name(to, WT_INK_REMOVED, "---", view->old_name, view->old_when);
  put_name(to, WT_INK_ADDED, "+++", view->new_name, view->new_when);
  put_summary(to, classified);
  wt_buf_put_char(to->out, '\n');
}

static wt_status put_field(writer *to, const wt_field_edit *field, wt_error *err) {
  wt_arena arena = {0};
  diff_rows words = {.diff = to->rows->diff};
  wt_status status = diff_rows_add_words(&words, &arena, field->old, field->newer, err);
  if (!status) {
    wt_term_put_ink(to->out, to->term, WT_INK_BOLD, wt_span_of(field->name));
    wt_buf_put_char(to->out, '\n');
    words.rows[0].changed = true;
    put_row(to, &words, &words.rows[0], !field->old.len ? '+' : !field->newer.len ? '-' : '~');
  }
  diff_rows_release(&words);
  wt_arena_release(&arena);
  return status;
}

wt_status wt_report_diff_text(wt_buf *out, const wt_diff *diff, const wt_classified *classified, const wt_term *term,
                              const wt_diff_text *view, wt_error *err) {
  static const wt_diff_text plain;
  diff_rows rows;
  if (diff->same_bytes) return WT_OK;
  writer to = {.out = out, .term = term, .view = view ? view : &plain, .rows = &rows};
  to.brackets = !term->color || !to.view->words_alone;
  to.columns = !to.view->in_line && term->width >= WT_DIFF_COLUMNS;
  wt_status status = diff_rows_make(&rows, diff, classified, err);
  if (!status) put_heading(&to, classified);
  for (size_t f = 0; f < diff->field_count && !status; f++) status = put_field(&to, &diff->fields[f], err);
  if (!status && diff->field_count) wt_buf_put_char(out, '\n');
  if (!status) status = put_rows(&to, err);
  wrap_release(&to.left);
  wrap_release(&to.right);
  wt_buf_release(&to.notes[0]);
  wt_buf_release(&to.notes[1]);
  diff_rows_release(&rows);
  return status ? status : wt_buf_status(out, "diff", err);
}
