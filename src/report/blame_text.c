/* Blame for the terminal: a sentence an entry, its words coloured by age. */
#include "report/diff_wrap.h"

#include <stdio.h>

enum { NUMBER = 5, MARGIN = NUMBER + WT_TERM_WHEN };

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
  wt_term_put_label(out, term, ink_of(blame, place), wt_buf_span(&label), NUMBER);
  wt_buf_release_part(&label, out);
  wt_term_put_when(out, term, wt_blame_time(blame, place), false);
}

/* The words from `first` that one revision brought: one past the last. */
static size_t run_end(const wt_blame_unit *unit, size_t first) {
  size_t i = first;
  while (i < unit->word_count && unit->words[i].origin == unit->words[first].origin) i++;
  return i;
}

/* "@3", kept in the arena: a piece is not copied. */
static void take_label(wrap *to, wt_arena *arena, wt_ink ink, const wt_blame *blame, uint32_t place) {
  char text[16];
  int len = snprintf(text, sizeof text, "@%u", (unsigned)wt_blame_number(blame, place));
  wt_span kept = wt_span_keep(arena, (wt_span){text, (size_t)len});
  if (!kept.data) to->failed = true;
  wrap_put(to, ink, kept);
}

/* The sentence; runs of words of a later origin end with @N. */
static void take_text(wrap *to, wt_arena *arena, const wt_blame *blame, const wt_blame_unit *unit) {
  size_t at = 0;
  for (size_t i = 0; i < unit->word_count;) {
    size_t end = run_end(unit, i);
    uint32_t origin = unit->words[i].origin;
    wrap_put(to, WT_INK_NONE, wt_span_sub(unit->text, at, unit->words[i].begin));
    at = unit->words[end - 1].end;
    wrap_put(to, ink_of(blame, origin), wt_span_sub(unit->text, unit->words[i].begin, at));
    if (origin != unit->origin) take_label(to, arena, WT_INK_DIM, blame, origin);
    i = end;
  }
  wrap_put(to, WT_INK_NONE, wt_span_sub(unit->text, at, unit->text.len));
  if (unit->moves == 0) return;
  wrap_put(to, WT_INK_MOVED, WT_SPAN("  (moved at "));
  take_label(to, arena, WT_INK_MOVED, blame, unit->last_move);
  wrap_put(to, WT_INK_MOVED, WT_SPAN(")"));
}

static void put_unit(wt_buf *out, const wt_term *term, wrap *text, const wt_blame *blame, const wt_blame_unit *unit) {
  wt_arena labels = {0};
  put_margin(out, term, blame, unit->origin);
  wrap_clear(text);
  take_text(text, &labels, blame, unit);
  wrap_put_all(out, term, text, MARGIN);
  wt_buf_put_char(out, '\n');
  wt_arena_release(&labels);
}

void wt_term_put_blame(wt_buf *out, const wt_term *term, const wt_blame *blame) {
  wrap text = {0};
  for (size_t i = 0; i < wt_blame_count(blame); i++) {
    const wt_blame_unit *unit = wt_blame_at(blame, i);
    if (i && unit->paragraph != wt_blame_at(blame, i - 1)->paragraph) wt_buf_put_char(out, '\n');
    put_unit(out, term, &text, blame, unit);
    if (text.failed) out->failed = true;
  }
  wrap_release(&text);
}
