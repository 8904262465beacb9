/*
 * diff_svg: a picture of the changed passages, for sharing. One file that asks for nothing: no font, no style sheet. SVG
 * breaks no lines, so that widths are estimated here, on the wide side; what is gone is struck out and what is new
 * underlined, so that colour says nothing alone.
 */
#include "wt/report.h"

/* Pixels, but for widths, which are in hundredths. */
enum {
  WIDTH = 1200,
  MARGIN = 64,
  SIZE = 28,
  LEADING = 42,
  SMALL = 20,
  GAP = 30,
  LINES_MAX = 26,
  EDGE = (WIDTH - 2 * MARGIN) * 100
};

typedef enum ink { PLAIN, GONE, ADDED, MOVED, LABEL, INKS } ink;

typedef struct picture {
  wt_buf body;
  int64_t x;  /* of the line in hand, in hundredths from the margin */
  unsigned y; /* of its base */
  unsigned lines;
  ink ink; /* of the open <tspan> */
  bool open, right_to_left, full;
  unsigned passages, shown;
} picture;

/* ---- widths ---- */

static bool is_one_of(uint32_t c, const char *set) {
  for (; *set != 0; set++)
    if (c == (unsigned char)*set) return true;
  return false;
}

/* Hundredths of an em, as wide as common serif faces have it. */
static int width_of(uint32_t c) {
  if (c >= 0x300 && c < 0x370) return 0; /* combining marks */
  if (c >= 0x1100 && (c < 0x1200 || c >= 0x2E80)) return 104;
  if (c >= 0x80) return 62;
  if (is_one_of(c, " iljtfrI.,;:'!|()[]-")) return 38;
  if (is_one_of(c, "mwMW%@&")) return 96;
  return c >= 'A' && c <= 'Z' ? 74 : 60;
}

static int64_t measure(wt_span text) {
  int64_t sum = 0;
  for (size_t at = 0; at < text.len;) sum += width_of(wt_utf8_next(text, &at)) * SIZE;
  return sum;
}

static bool is_right_to_left(wt_span text) {
  for (size_t at = 0; at < text.len;) {
    uint32_t c = wt_utf8_next(text, &at);
    if (c >= 0x590 && c < 0x900) return true;
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x590) || c >= 0x2E80) return false;
  }
  return false;
}

/* ---- lines ---- */

static void close_span(picture *p) {
  if (p->open) wt_buf_put_text(&p->body, "</tspan>");
  p->open = false;
}

static void end_line(picture *p) {
  close_span(p);
  if (p->x > 0) wt_buf_put_text(&p->body, "</text>\n");
  p->x = 0;
}

static void begin_line(picture *p) {
  p->y += LEADING;
  p->full = ++p->lines > LINES_MAX;
  if (p->full) return;
  wt_buf_put_format(&p->body, "<text x=\"%u\" y=\"%u\"%s>", p->right_to_left ? WIDTH - MARGIN : MARGIN, p->y,
                    p->right_to_left ? " direction=\"rtl\"" : "");
}

static void open_span(picture *p, ink as) {
  static const char *const inks[INKS] = {
      [PLAIN] = "<tspan fill=\"#1b1a17\">",
      [GONE] = "<tspan fill=\"#9c2218\" text-decoration=\"line-through\">",
      [ADDED] = "<tspan fill=\"#0f5a2c\" text-decoration=\"underline\" font-weight=\"700\">",
      [MOVED] = "<tspan fill=\"#4b2f93\">",
      [LABEL] = "<tspan fill=\"#57524a\" font-style=\"italic\">"};
  if (p->open && p->ink == as) return;
  close_span(p);
  wt_buf_put_text(&p->body, inks[as]);
  p->open = true;
  p->ink = as;
}

/* One word with the space behind it, or as much of it as a line holds. */
static void put_piece(picture *p, ink as, wt_span piece) {
  int64_t width = measure(piece);
  if (p->x > 0 && p->x + width > EDGE) end_line(p);
  if (p->x == 0) begin_line(p);
  if (p->full) return;
  open_span(p, as);
  wt_escape_html(&p->body, piece);
  p->x += width > 0 ? width : 1;
}

/* The end of the piece that begins at `at`: behind a space, after an ideograph, or when it is as wide as a line. */
static size_t piece_end(wt_span text, size_t at) {
  int64_t width = 0;
  while (at < text.len) {
    uint32_t c = wt_utf8_next(text, &at);
    width += width_of(c) * SIZE;
    if (c == ' ' || (c != WT_NOT_UTF8 && c >= 0x2E80) || width > EDGE - 120 * SIZE) break;
  }
  return at;
}

static void put_text(picture *p, ink as, wt_span text) {
  for (size_t at = 0; at < text.len && !p->full;) {
    size_t end = piece_end(text, at);
    put_piece(p, as, wt_span_sub(text, at, end));
    at = end;
  }
}

static void begin_passage(picture *p, wt_span first) {
  end_line(p);
  p->passages++;
  if (p->full || p->lines >= LINES_MAX) {
    p->full = true;
    return;
  }
  p->shown++;
  p->y += GAP;
  p->right_to_left = is_right_to_left(first);
}

/* ---- passages ---- */

static void put_units(picture *p, ink as, const wt_units *units, uint32_t first, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    put_text(p, as, units->items[first + i].text);
    put_text(p, as, WT_SPAN(" "));
  }
}

static void put_word(picture *p, const wt_diff *diff, const wt_word_edit *word) {
  wt_span old = wt_span_sub(diff->old.items[word->old_unit].text, word->old_begin, word->old_end);
  wt_span new = wt_span_sub(diff->newer.items[word->new_unit].text, word->new_begin, word->new_end);
  switch (word->op) {
  case WT_WORD_INSERT: put_text(p, ADDED, new); break;
  case WT_WORD_DELETE: put_text(p, GONE, old); break;
  case WT_WORD_MOVE: put_text(p, MOVED, new); break;
  default: put_text(p, PLAIN, new);
  }
}

static void put_words(picture *p, const wt_diff *diff, const wt_edit *edit) {
  uint32_t unit = edit->newer;
  for (size_t i = 0; i < edit->word_count; i++) {
    if (edit->words[i].op != WT_WORD_DELETE && edit->words[i].new_unit != unit) {
      put_text(p, PLAIN, WT_SPAN(" "));
      unit = edit->words[i].new_unit;
    }
    put_word(p, diff, &edit->words[i]);
  }
}

static void put_edit(picture *p, const wt_diff *diff, const wt_edit *edit) {
  if (edit->kind == WT_EDIT_KEEP) return;
  begin_passage(p, edit->new_count > 0 ? diff->newer.items[edit->newer].text : diff->old.items[edit->old].text);
  if (edit->moved) put_text(p, LABEL, WT_SPAN("Moved: "));
  if (edit->kind == WT_EDIT_DELETE)
    put_units(p, GONE, &diff->old, edit->old, edit->old_count);
  else if (edit->kind == WT_EDIT_ADD)
    put_units(p, ADDED, &diff->newer, edit->newer, edit->new_count);
  else if (edit->word_count == 0)
    put_units(p, MOVED, &diff->newer, edit->newer, edit->new_count);
  else
    put_words(p, diff, edit);
}

static wt_status put_field(picture *p, wt_arena *arena, const wt_field_edit *field, wt_error *err) {
  wt_word_edit *words;
  size_t count;
  wt_unit old = {.text = field->old}, new = {.text = field->newer};
  wt_diff pair = {.old = {&old, 1}, .newer = {&new, 1}};
  if (field->typography) return WT_OK;
  wt_status status = wt_diff_words(&words, &count, arena, field->old, field->newer, err);
  if (status != WT_OK) return status;
  begin_passage(p, field->newer.len > 0 ? field->newer : field->old);
  put_text(p, LABEL, wt_span_of(field->name));
  put_text(p, LABEL, WT_SPAN(": "));
  for (size_t i = 0; i < count; i++) put_word(p, &pair, &words[i]);
  return WT_OK;
}

/* ---- the file ---- */

static void put_names(wt_buf *out, const wt_diff_view *view) {
  if (view == NULL || view->old_name == NULL || view->new_name == NULL) return;
  wt_buf_put_format(out, "<text x=\"%u\" y=\"%u\" font-size=\"%u\" fill=\"#57524a\">", MARGIN, MARGIN, SMALL);
  wt_escape_html(out, wt_span_of(view->old_name));
  wt_buf_put_text(out, " \xE2\x86\x92 ");
  wt_escape_html(out, wt_span_of(view->new_name));
  wt_buf_put_text(out, "</text>\n");
}

static void put_rest(picture *p) {
  if (p->passages == p->shown) return;
  p->y += LEADING + GAP / 2;
  wt_buf_put_format(&p->body, "<text x=\"%u\" y=\"%u\" fill=\"#57524a\" font-style=\"italic\">and %u more</text>\n",
                    MARGIN, p->y, p->passages - p->shown);
}

static void put_file(wt_buf *out, const picture *p, const wt_diff_view *view) {
  unsigned height = p->y + MARGIN;
  wt_buf_put_format(
      out,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"img\" "
      "xml:space=\"preserve\" font-family=\"Charter, 'Noto Serif', Georgia, serif\" font-size=\"%u\">\n"
      "<title>What changed</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fcfbf8\"/>\n",
      WIDTH, height, WIDTH, height, SIZE);
  put_names(out, view);
  wt_buf_put_span(out, wt_buf_span(&p->body));
  wt_buf_put_text(out, "</svg>\n");
}

wt_status wt_report_diff_svg(wt_buf *out, const wt_diff *diff, const wt_diff_view *view, wt_error *err) {
  picture p = {.y = MARGIN};
  wt_arena arena;
  wt_arena_init(&arena, (size_t)256 << 20);
  wt_status status = WT_OK;
  for (size_t i = 0; i < diff->field_count && status == WT_OK; i++)
    status = put_field(&p, &arena, &diff->fields[i], err);
  for (size_t i = 0; i < diff->count && status == WT_OK; i++) put_edit(&p, diff, &diff->edits[i]);
  if (status != WT_OK) goto done;
  end_line(&p);
  put_rest(&p);
  put_file(out, &p, view);
  status = wt_buf_status(out, "picture", err);
done:
  wt_buf_release(&p.body);
  wt_arena_release(&arena);
  return status;
}
