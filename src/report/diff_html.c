/*
 * diff_html: a comparison as HTML, for the pages of the archive and for `diff --format html`.
 *
 * What came and went is <ins> and <del>, which screen readers say; moved text links to its old place and back; words that moved
 * inside a sentence have a note beside them to be read aloud. No id, class or address is made of anything but numbers and the
 * prefix that the caller gave.
 */
#include "report/diff_rows.h"
#include "wt/report.h"

typedef struct writer {
  wt_buf *out;
  const wt_diff *diff;
  const wt_diff_view *view;
  const char *prefix;
} writer;

static void put(const writer *to, const char *markup) {
  wt_buf_put_text(to->out, markup);
}

static void put_id(const writer *to, const char *side, uint32_t unit) {
  wt_escape_html(to->out, wt_span_of(to->prefix));
  wt_buf_put_format(to->out, "%s-%u", side, unit);
}

/* ---- moved sentences ---- */

/* The new place: a link back to where it stood. */
static void open_moved(const writer *to, const wt_edit *edit) {
  put(to, "<span class=\"wt-moved\" id=\"");
  put_id(to, "new", edit->newer);
  put(to, "\"><a href=\"#");
  put_id(to, "old", edit->old);
  wt_buf_put_format(
      to->out,
      "\" aria-label=\"moved here from paragraph %u\" title=\"moved here from paragraph %u\">\xE2\x86\x95</a> ",
      to->diff->old.items[edit->old].paragraph + 1, to->diff->old.items[edit->old].paragraph + 1);
}

static void put_where_to(const writer *to, const wt_edit *edit) {
  uint32_t old = to->diff->old.items[edit->old].paragraph, new = to->diff->newer.items[edit->newer].paragraph;
  bool down = new > old || (new == old && edit->newer >= edit->old);
  put(to, "<a href=\"#");
  put_id(to, "new", edit->newer);
  wt_buf_put_format(to->out, "\">moved %s", down ? "down" : "up");
  if (new == old)
    put(to, " in the paragraph</a>");
  else
    wt_buf_put_format(to->out, " to paragraph %u</a>", new + 1);
}

/* The old place: where it went, once for sentences that went there together; in a column of its own what stood there. */
static void put_from(const writer *to, const diff_piece *before, const diff_piece *piece, diff_column in) {
  const wt_edit *edit = &to->diff->edits[piece->edit];
  bool told = diff_same_place(to->diff, before, piece);
  put(to, "<span class=\"wt-from\"");
  if (piece->opens) {
    put(to, " id=\"");
    put_id(to, "old", edit->old);
    put(to, "\"");
  }
  put(to, ">");
  if (!told) put_where_to(to, edit);
  if (!told && in == DIFF_OLD) put(to, " ");
  if (in == DIFF_OLD) wt_escape_html(to->out, piece->text);
  put(to, "</span>");
}

/* ---- pieces ---- */

static void put_marked(const writer *to, const char *open, wt_span text, const char *close) {
  put(to, open);
  wt_escape_html(to->out, text);
  put(to, close);
}

/* Words that moved inside their sentence: colour says it to the eye alone, so a note that is not seen says where they begin and
   end. */
static void put_within(const writer *to, const char *class, const char *note, wt_span text) {
  wt_buf_put_format(to->out, "<span class=\"%s\"><span class=\"wt-aloud\">[%s] </span>", class, note);
  wt_escape_html(to->out, text);
  put(to, "<span class=\"wt-aloud\"> [end of move]</span></span>");
}

static void put_piece(const writer *to, const diff_piece *before, const diff_piece *piece, diff_column in) {
  switch (piece->mark) {
  case DIFF_KEPT:
  case DIFF_SPACE: wt_escape_html(to->out, piece->text); return;
  case DIFF_INSERTED: put_marked(to, "<ins>", piece->text, "</ins>"); return;
  case DIFF_DELETED: put_marked(to, "<del>", piece->text, "</del>"); return;
  case DIFF_TYPO:
    put_marked(to, "<span class=\"wt-typo\">", in == DIFF_OLD ? piece->old_text : piece->text, "</span>");
    return;
  case DIFF_MOVED:
    if (piece->within)
      put_within(to, "wt-moved", "moved to here", piece->text);
    else
      wt_escape_html(to->out, piece->text);
    return;
  case DIFF_FROM:
    if (!piece->within)
      put_from(to, before, piece, in);
    else if (in == DIFF_OLD)
      put_within(to, "wt-from", "moved from here", piece->text);
    return;
  }
}

static void put_pieces(const writer *to, const diff_rows *rows, const diff_row *row, diff_column in) {
  uint32_t open = UINT32_MAX; /* the moved edit that is open */
  const diff_piece *before = NULL;
  bool space = false;
  for (size_t p = row->begin; p < row->end; p++) {
    const diff_piece *piece = &rows->pieces[p];
    if (!diff_stands_in(piece, in) || (in == DIFF_NEW && piece->mark == DIFF_FROM)) continue;
    if (piece->mark == DIFF_SPACE) {
      space = true;
      continue;
    }
    bool moved = piece->in_new && (piece->inside_moved || (piece->mark == DIFF_MOVED && !piece->within));
    bool goes_on = open != UINT32_MAX && (piece->edit == open) && (moved || piece->inside_moved);
    if (open != UINT32_MAX && !goes_on) {
      put(to, "</span>");
      open = UINT32_MAX;
    }
    if (diff_space_due(before, piece, space)) put(to, " ");
    space = false;
    if (moved && open == UINT32_MAX) {
      open_moved(to, &rows->diff->edits[piece->edit]);
      open = piece->edit;
    }
    put_piece(to, before, piece, in);
    before = piece;
  }
  if (open != UINT32_MAX) put(to, "</span>");
}

/* ---- rows ---- */

static const char *class_of_kind(wt_block_kind kind) {
  switch (kind) {
  case WT_BLOCK_SUBHEAD: return " wt-subhead";
  case WT_BLOCK_QUOTE: return " wt-quote";
  case WT_BLOCK_ITEM: return " wt-item";
  default: return "";
  }
}

static void put_row(const writer *to, const diff_rows *rows, const diff_row *row) {
  const char *kind = class_of_kind(row->kind);
  wt_buf_put_format(to->out, "<div class=\"wt-row%s\"", row->changed ? " wt-changed" : "");
  if (row->classes) {
    put(to, " data-classes=\"");
    wt_classes_put(to->out, row->classes);
    put(to, "\"");
  }
  put(to, ">");
  if (to->view->side_by_side) {
    wt_buf_put_format(to->out, "<div class=\"wt-old%s\" dir=\"auto\">", kind);
    put_pieces(to, rows, row, DIFF_OLD);
    wt_buf_put_format(to->out, "</div><div class=\"wt-new%s\" dir=\"auto\">", kind);
    put_pieces(to, rows, row, DIFF_NEW);
    put(to, "</div>");
  } else {
    if (*kind)
      wt_buf_put_format(to->out, "<p class=\"%s\" dir=\"auto\">", kind + 1);
    else
      put(to, "<p dir=\"auto\">");
    put_pieces(to, rows, row, DIFF_BOTH);
    put(to, "</p>");
  }
  put(to, "</div>\n");
}

static void put_kept(const writer *to, uint32_t sentences) {
  if (!sentences) return;
  wt_buf_put_format(to->out, "<p class=\"wt-kept\">%u sentence%s unchanged</p>\n", sentences,
                    sentences == 1 ? "" : "s");
}

static void put_rows(const writer *to, const diff_rows *rows) {
  uint32_t kept = 0;
  for (size_t r = 0; r < rows->row_count; r++) {
    const diff_row *row = &rows->rows[r];
    if (to->view->changed_only && !row->changed) {
      kept += row->sentences;
      continue;
    }
    put_kept(to, kept);
    kept = 0;
    put_row(to, rows, row);
  }
  put_kept(to, kept);
}

/* ---- fields ---- */

static wt_status put_field(const writer *to, const wt_field_edit *field, wt_error *err) {
  wt_arena arena = {0};
  diff_rows words = {.diff = to->diff};
  wt_status status = diff_rows_add_words(&words, &arena, field->old, field->newer, err);
  if (!status) {
    put(to, "<dt>");
    wt_escape_html(to->out, wt_span_of(field->name));
    put(to, "</dt>");
    if (to->view->side_by_side) {
      put(to, "<dd class=\"wt-old\" dir=\"auto\">");
      put_pieces(to, &words, words.rows, DIFF_OLD);
      put(to, "</dd><dd class=\"wt-new\" dir=\"auto\">");
      put_pieces(to, &words, words.rows, DIFF_NEW);
    } else {
      put(to, "<dd dir=\"auto\">");
      put_pieces(to, &words, words.rows, DIFF_BOTH);
    }
    put(to, "</dd>\n");
  }
  diff_rows_release(&words);
  wt_arena_release(&arena);
  return status;
}

static wt_status put_fields(const writer *to, wt_error *err) {
  wt_status status = WT_OK;
  if (!to->diff->field_count) return WT_OK;
  put(to, "<dl class=\"wt-fields\">\n");
  for (size_t f = 0; f < to->diff->field_count && !status; f++) status = put_field(to, &to->diff->fields[f], err);
  put(to, "</dl>\n");
  return status;
}

wt_status wt_report_diff_html(wt_buf *out, const wt_diff *diff, const wt_classified *classified,
                              const wt_diff_view *view, wt_error *err) {
  static const wt_diff_view plain;
  diff_rows rows;
  writer to = {.out = out, .diff = diff, .view = view ? view : &plain};
  to.prefix = to.view->id_prefix ? to.view->id_prefix : "";
  wt_status status = diff_rows_make(&rows, diff, classified, err);
  if (!status) {
    wt_buf_put_format(out, "<div class=\"wt-diff%s\">\n", to.view->side_by_side ? " wt-columns" : "");
    status = put_fields(&to, err);
  }
  if (!status) {
    put_rows(&to, &rows);
    put(&to, "</div>\n");
    status = wt_buf_status(out, "diff", err);
  }
  diff_rows_release(&rows);
  return status;
}
