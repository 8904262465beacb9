/* Saying what one edit changed: a class, and a line that says why. */
#include "classify/comparing.h"

#define WHY_TEXT 60u /* code points of a side in a why line */

static void put_short(wt_buf *out, wt_span text) {
  size_t at = 0, used = 0;
  while (at < text.len && used < WHY_TEXT) {
    size_t begin = at;
    uint32_t c = wt_utf8_next(text, &at);
    if (c < 0x20 || c == 0x7F)
      wt_buf_put_char(out, ' ');
    else
      wt_buf_put(out, text.data + begin, at - begin);
    used++;
  }
  if (at < text.len) wt_buf_put_text(out, "\u2026");
}

/* Past the tokens of the unit that token `at` is of. */
static size_t past_unit(const wt_passage *side, size_t at) {
  size_t low = at, high = side->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (side->tokens[middle].unit == side->tokens[at].unit)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static uintptr_t address_of(const wt_token *token) {
  return (uintptr_t)token->text.data;
}

/* The first token that begins in the text, which is cut out of the side's own; the side's count when it holds none. */
static size_t token_in(const wt_passage *side, wt_span text) {
  uintptr_t begin = (uintptr_t)text.data;
  for (size_t unit = 0, end; unit < side->count; unit = end) {
    end = past_unit(side, unit);
    if (begin < address_of(&side->tokens[unit]) || begin > address_of(&side->tokens[end - 1])) continue;
    size_t low = unit, high = end;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (address_of(&side->tokens[middle]) < begin)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }
  return side->count;
}

/* Do all words of the text, which is cut out of the side's own, stand inside quotation marks? */
static bool is_quoted(const wt_passage *side, wt_span text) {
  uintptr_t begin = (uintptr_t)text.data, end = begin + text.len;
  for (size_t i = token_in(side, text); i < side->count; i++) {
    uintptr_t at = address_of(&side->tokens[i]);
    if (at < begin || at >= end) return true;
    if (!side->tokens[i].quoted) return false;
  }
  return true;
}

static void put_why(wt_comparing *c, const wt_why_mark *mark, wt_span line) {
  wt_meaning *m = c->meaning;
  c->last = NULL;
  for (size_t i = 0; i < m->why_count; i++)
    if (wt_span_equal(m->why[i], line)) {
      c->last = &m->marks[i];
      c->last->in_quote &= mark->in_quote;
      return;
    }
  if (m->why_count >= WT_MOST_WHY) return;
  if (m->why == NULL) m->why = wt_arena_array(c->arena, WT_MOST_WHY, sizeof *m->why);
  if (m->marks == NULL) m->marks = wt_arena_array(c->arena, WT_MOST_WHY, sizeof *m->marks);
  wt_span kept = wt_span_keep(c->arena, line);
  if (m->why == NULL || m->marks == NULL || kept.data == NULL) {
    c->failed = true;
    return;
  }
  c->last = &m->marks[m->why_count];
  *c->last = *mark;
  m->why[m->why_count++] = kept;
}

void wt_contradicts(wt_comparing *c) {
  c->contradicting = true;
  if (c->last) c->last->contradicts = true;
}

void wt_tell(wt_comparing *c, wt_class class, bool substantive, const char *label, wt_span old, wt_span new,
             wt_span tail) {
  c->meaning->classes |= 1u << class;
  c->meaning->substantive |= substantive;
  wt_buf line = {0};
  wt_buf_put_text(&line, label);
  if (old.len || new.len) wt_buf_put_text(&line, ": ");
  if (old.len && new.len) {
    put_short(&line, old);
    wt_buf_put_text(&line, " -> ");
    put_short(&line, new);
  } else if (new.len) {
    wt_buf_put_char(&line, '+');
    put_short(&line, new);
  } else if (old.len) {
    wt_buf_put_text(&line, "\u2212"); /* a minus that no figure has */
    put_short(&line, old);
  }
  if (tail.len) {
    wt_buf_put_char(&line, ' ');
    put_short(&line, tail);
  }
  const wt_why_mark mark = {.classes = 1u << class,
                            .substantive = substantive,
                            .in_quote = (old.len || new.len) && is_quoted(&c->old, old) && is_quoted(&c->newer, new)};
  if (line.failed)
    c->failed = true;
  else
    put_why(c, &mark, wt_buf_span(&line));
  wt_buf_release(&line);
}

wt_span wt_hunk_text(const wt_passage *side, uint32_t begin, uint32_t end) {
  if (begin >= end) return (wt_span){0};
  uint32_t last = end - 1;
  while (last > begin && side->tokens[last].unit != side->tokens[begin].unit) last--;
  return wt_passage_text(side, begin, last);
}
