/* Blame for the terminal: a sentence an entry, its words coloured by age. */
#include "wt/report.h"

/* The younger, the warmer. */
static wt_ink ink_of(const wt_blame *blame, uint32_t place) {
  static const wt_ink inks[] = {WT_INK_BLUE, WT_INK_CYAN, WT_INK_GREEN, WT_INK_YELLOW, WT_INK_MAGENTA, WT_INK_RED};
  size_t count = wt_blame_revisions(blame), steps = sizeof inks / sizeof *inks;
  if (count < 2 || place < 2) return WT_INK_NONE;
  return inks[(place - 2) * (steps - 1) / (count > 2 ? count - 2 : 1)];
}

static void put_margin(wt_buf *out, const wt_term *term, const wt_blame *blame, uint32_t place) {
  wt_buf label = {0};
  wt_buf_put_format(&label, "@%u", (unsigned)wt_blame_number(blame, place));
  wt_term_put_cell(out, term, ink_of(blame, place), wt_buf_span(&label), 6);
  wt_buf_release_part(&label, out);
  wt_buf_put_char(out, ' ');
  wt_term_put_time(out, term, wt_blame_time(blame, place), false);
  wt_buf_put_char(out, ' ');
}

/* The words from `first` that one revision brought: one past the last. */
static size_t run_end(const wt_blame_unit *unit, size_t first) {
  size_t i = first;
  while (i < unit->word_count && unit->words[i].origin == unit->words[first].origin) i++;
  return i;
}

/* Text whose runs of later origin end with @N: what is wrapped afterwards, so that colour goes on by line. */
static void put_text(wt_buf *out, const wt_term *term, const wt_blame *blame, const wt_blame_unit *unit) {
  size_t at = 0;
  for (size_t i = 0; i < unit->word_count;) {
    size_t end = run_end(unit, i);
    uint32_t origin = unit->words[i].origin;
    wt_term_put(out, wt_span_sub(unit->text, at, unit->words[i].begin));
    at = unit->words[end - 1].end;
    wt_term_put_ink(out, term, ink_of(blame, origin), wt_span_sub(unit->text, unit->words[i].begin, at));
    if (origin != unit->origin) {
      wt_buf number = {0};
      wt_buf_put_format(&number, "@%u", (unsigned)wt_blame_number(blame, origin));
      wt_term_put_ink(out, term, WT_INK_DIM, wt_buf_span(&number));
      wt_buf_release_part(&number, out);
    }
    i = end;
  }
  wt_term_put(out, wt_span_sub(unit->text, at, unit->text.len));
}

static void put_moves(wt_buf *out, const wt_term *term, const wt_blame *blame, const wt_blame_unit *unit) {
  if (unit->moves == 0) return;
  wt_buf text = {0};
  wt_buf_put_format(&text, "  (moved at @%u)", (unsigned)wt_blame_number(blame, unit->last_move));
  wt_term_put_ink(out, term, WT_INK_MOVED, wt_buf_span(&text));
  wt_buf_release_part(&text, out);
}

void wt_term_put_blame(wt_buf *out, const wt_term *term, const wt_blame *blame) {
  for (size_t i = 0; i < wt_blame_count(blame); i++) {
    const wt_blame_unit *unit = wt_blame_at(blame, i);
    if (i && unit->paragraph != wt_blame_at(blame, i - 1)->paragraph) wt_buf_put_char(out, '\n');
    put_margin(out, term, blame, unit->origin);
    put_text(out, term, blame, unit);
    put_moves(out, term, blame, unit);
    wt_buf_put_char(out, '\n');
  }
}
