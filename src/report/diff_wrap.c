/* diff_wrap: breaks inked text into lines. */
#include "report/diff_wrap.h"

void wrap_clear(wrap *to) {
  to->count = to->cut_count = to->line_count = 0;
  to->failed = false;
}

void wrap_release(wrap *to) {
  wt_free(to->pieces);
  wt_free(to->cut);
  wt_free(to->lines);
  *to = (wrap){0};
}

static void put(wrap *to, wrap_piece piece) {
  if (!piece.text.len) return;
  if (!wt_grow(&to->pieces, &to->capacity, to->count + 1, sizeof *to->pieces)) {
    to->failed = true;
    return;
  }
  to->pieces[to->count++] = piece;
}

void wrap_put(wrap *to, wt_ink ink, wt_span text) {
  put(to, (wrap_piece){.text = text, .ink = ink});
}

void wrap_put_held(wrap *to, wt_ink ink, wt_span text) {
  put(to, (wrap_piece){.text = text, .ink = ink, .held = true});
}

/* A place in the pieces. */
typedef struct spot {
  size_t piece, at;
} spot;

typedef struct cutter {
  wrap *to;
  spot begin;       /* of the line */
  spot gap, resume; /* where the line can end, and where the next then begins */
  size_t columns, gap_columns;
  bool can_break;
} cutter;

static void add_cut(wrap *to, wt_span text, wt_ink ink) {
  if (!text.len) return;
  if (!wt_grow(&to->cut, &to->cut_capacity, to->cut_count + 1, sizeof *to->cut)) {
    to->failed = true;
    return;
  }
  to->cut[to->cut_count++] = (wrap_piece){.text = text, .ink = ink};
}

static void end_line(cutter *cut, spot end, size_t columns, spot next) {
  wrap *to = cut->to;
  wrap_line line = {.begin = to->cut_count, .columns = columns};
  for (size_t p = cut->begin.piece; p <= end.piece && p < to->count; p++) {
    size_t from = p == cut->begin.piece ? cut->begin.at : 0, until = p == end.piece ? end.at : to->pieces[p].text.len;
    add_cut(to, wt_span_sub(to->pieces[p].text, from, until), to->pieces[p].ink);
  }
  line.end = to->cut_count;
  if (!wt_grow(&to->lines, &to->line_capacity, to->line_count + 1, sizeof *to->lines)) {
    to->failed = true;
    return;
  }
  to->lines[to->line_count++] = line;
  cut->begin = next;
  cut->can_break = false;
}

/* One character of `columns` at a place; `after` is the place past it. */
static void take(cutter *cut, spot here, spot after, bool space, size_t columns, size_t width) {
  if (space) {
    if (!cut->can_break || cut->resume.piece != here.piece || cut->resume.at != here.at) {
      cut->gap = here;
      cut->gap_columns = cut->columns;
    }
    cut->resume = after;
    cut->can_break = true;
    cut->columns += columns;
    return;
  }
  if (columns == 2 && cut->columns > 0 &&
      !(cut->can_break && cut->resume.piece == here.piece && cut->resume.at == here.at)) {
    cut->gap = cut->resume = here;
    cut->gap_columns = cut->columns;
    cut->can_break = true;
  }
  if (cut->columns + columns > width && cut->columns > 0) {
    size_t left = cut->can_break ? cut->columns : 0;
    spot resume = cut->can_break ? cut->resume : here;
    size_t gap_columns = cut->gap_columns;
    bool at_here = resume.piece == here.piece && resume.at == here.at;
    if (cut->can_break)
      end_line(cut, cut->gap, gap_columns, resume);
    else
      end_line(cut, here, cut->columns, here);
    cut->columns = 0;
    if (left && !at_here) { /* what stood past the gap opens the next line */
      for (spot s = resume; s.piece < here.piece || (s.piece == here.piece && s.at < here.at);) {
        size_t until = s.piece == here.piece ? here.at : cut->to->pieces[s.piece].text.len;
        cut->columns += wt_term_columns(wt_span_sub(cut->to->pieces[s.piece].text, s.at, until));
        s = (spot){s.piece + 1, 0};
      }
    }
  }
  cut->columns += columns;
}

void wrap_cut(wrap *to, size_t width) {
  cutter cut = {.to = to};
  to->cut_count = to->line_count = 0;
  for (size_t p = 0; p < to->count && !to->failed; p++) {
    wt_span text = to->pieces[p].text;
    for (size_t at = 0; at < text.len && !to->failed;) {
      size_t next = at;
      wt_utf8_next(text, &next);
      bool blank = text.data[at] == ' ', space = blank && !(to->pieces[p].held && (!at || next == text.len));
      size_t columns = blank ? 1 : wt_term_columns(wt_span_sub(text, at, next));
      spot after = next == text.len ? (spot){p + 1, 0} : (spot){p, next};
      take(&cut, (spot){p, at}, after, space, columns, width ? width : 1);
      at = next;
    }
  }
  if (to->count && cut.begin.piece < to->count && !to->failed)
    end_line(&cut, (spot){to->count, 0}, cut.columns, (spot){to->count, 0});
}

void wrap_put_line(wt_buf *out, const wt_term *term, const wrap *from, size_t line, size_t pad) {
  size_t columns = 0;
  if (line < from->line_count) {
    const wrap_line *here = &from->lines[line];
    for (size_t p = here->begin; p < here->end; p++) {
      if (from->cut[p].ink == WT_INK_NONE)
        wt_term_put(out, from->cut[p].text);
      else
        wt_term_put_ink(out, term, from->cut[p].ink, from->cut[p].text);
    }
    columns = here->columns;
  }
  for (; columns < pad; columns++) wt_buf_put_char(out, ' ');
}

void wrap_put_all(wt_buf *out, const wt_term *term, wrap *from, size_t indent) {
  size_t width = !term->window ? SIZE_MAX : term->width ? term->width : 80;
  wrap_cut(from, width < indent + 20 ? 20 : width - indent);
  for (size_t line = 0; line < from->line_count; line++) {
    if (line) wt_buf_put_char(out, '\n');
    for (size_t i = 0; line && i < indent; i++) wt_buf_put_char(out, ' ');
    wrap_put_line(out, term, from, line, 0);
  }
}
