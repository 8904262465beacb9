/* The state machine of quotation marks. */
#include "classify/quotes.h"

#include <string.h>

#define DEPTH 8u /* of nested quotes; deeper marks are passed over */

/* An opening mark and the marks that close it. */
static const struct {
  uint32_t open;
  uint32_t close[3];
} pairs[] = {
    {0x22, {0x22, 0x201D, 0}},   {0x27, {0x27, 0x2019, 0}},        {0x201C, {0x201D, 0x22, 0}},
    {0x2018, {0x2019, 0x27, 0}}, {0x201E, {0x201C, 0x201D, 0x22}}, {0x201A, {0x2018, 0x2019, 0x27}},
    {0x201D, {0x201D, 0x22, 0}}, {0x2019, {0x2019, 0x27, 0}},      {0xAB, {0xBB, 0, 0}},
    {0xBB, {0xAB, 0xBB, 0}},     {0x2039, {0x203A, 0, 0}},         {0x203A, {0x2039, 0x203A, 0}},
    {0x300C, {0x300D, 0, 0}},    {0x300E, {0x300F, 0, 0}},         {0x301D, {0x301E, 0x301F, 0}},
};
#define PAIRS (sizeof pairs / sizeof *pairs)

typedef struct machine {
  uint32_t stack[DEPTH]; /* opening marks */
  unsigned depth;
  uint32_t begin; /* where the outermost quote begins in this unit */
  /* What was found out about closing marks of single quotes in this unit, so that no byte of it is looked at twice: */
  size_t closer;           /* where one stands; 0: none is known */
  size_t searched;         /* none stands behind the last opening mark and before this */
  uint32_t searched_after; /* the code point before it */
} machine;

static bool is_mark(uint32_t c) {
  return c == 0x22 || c == 0x27 || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 ||
         c == 0x203A || (c >= 0x300C && c <= 0x300F) || (c >= 0x301D && c <= 0x301F);
}

static bool is_space(uint32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009 || c == 0;
}

/* Han, kana, and the punctuation that is set with them: no space stands between words, nor before a mark. */
static bool is_unspaced(uint32_t c) {
  return (c >= 0x2E80 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0xFF00 && c < 0xFFF0) ||
         (c >= 0x20000 && c < 0x40000);
}

/* May an opening mark stand after this? Start, space, bracket, dash, or another mark. */
static bool before_opening(uint32_t c) {
  return is_space(c) || c == '(' || c == '[' || c == '-' || c == '/' || c == ':' || (c >= 0x2010 && c <= 0x2015) ||
         is_mark(c);
}

static bool is_hebrew(uint32_t c) {
  return c >= 0x5D0 && c <= 0x5EA;
}

static bool is_word(uint32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || c >= 0x3040;
}

static bool closes(uint32_t open, uint32_t c) {
  for (size_t i = 0; i < PAIRS; i++)
    if (pairs[i].open == open)
      for (size_t k = 0; k < 3; k++)
        if (pairs[i].close[k] && pairs[i].close[k] == c) return true;
  return false;
}

static bool opens(uint32_t c) {
  for (size_t i = 0; i < PAIRS; i++)
    if (pairs[i].open == c) return true;
  return false;
}

/* An apostrophe: inside a word, before figures ('90s), or after a plural's s with no quote of its kind open. */
static bool is_apostrophe(const machine *m, uint32_t c, uint32_t before, uint32_t after) {
  if (c == 0x22 || c == 0x201D) return is_hebrew(before) && is_hebrew(after); /* the gershayim of an abbreviation */
  if (c != 0x27 && c != 0x2019 && c != 0x2018) return false;
  if (is_unspaced(before) || is_unspaced(after)) return false;
  if (is_word(before) && is_word(after)) return true;
  if (after >= '0' && after <= '9') return true;
  if (is_word(before))
    for (unsigned i = 0; i < m->depth; i++)
      if (closes(m->stack[i], c)) return false;
  return is_word(before);
}

/* Text, and not the punctuation that follows a closing mark. */
static bool starts_text(uint32_t c) {
  return is_word(c) || is_mark(c) || c == '$' || c == '(' || c == '[' || c == '#' || c == '@' || c == 0x2026 ||
         c == '*' || (c >= 0x20A0 && c <= 0x20CF) || c == 0xA3 || c == 0xBF || c == 0xA1 || c == '-' ||
         (c >= 0x2010 && c <= 0x2015);
}

static bool in_stack(const machine *m, uint32_t c) {
  for (unsigned i = 0; i < m->depth; i++)
    if (m->stack[i] == c) return true;
  return false;
}

#define FAR 4096u /* bytes: a single quote closes within as many, or is an apostrophe */

/* Does a closing mark for the single quote whose text begins at `from` stand later in this unit? Asked from left to right. */
static bool closed_later(machine *m, wt_span text, size_t from) {
  if (m->closer > from) return m->closer - from < FAR;
  size_t at = m->searched > from ? m->searched : from;
  uint32_t before = at > from ? m->searched_after : 0;
  while (at < text.len && at - from < FAR) {
    size_t begin = at;
    uint32_t c = wt_utf8_next(text, &at);
    size_t peek = at;
    uint32_t after = peek < text.len ? wt_utf8_next(text, &peek) : 0;
    if ((c == 0x27 || c == 0x2019) && !is_space(before) && before && !is_word(after)) {
      m->closer = begin;
      return true;
    }
    before = c;
  }
  m->searched = at;
  m->searched_after = before;
  return false;
}

static void push(machine *m, uint32_t c, size_t at) {
  if (m->depth == DEPTH) return;
  if (m->depth == 0) m->begin = (uint32_t)at;
  m->stack[m->depth++] = c;
}

static wt_status put(wt_quotes *out, wt_arena *arena, uint32_t unit, size_t begin, size_t end, wt_error *err) {
  if (end <= begin) return WT_OK;
  if (out->count == out->capacity) {
    size_t capacity = out->capacity ? out->capacity * 2 : 32;
    wt_quoted *items = wt_arena_array(arena, capacity, sizeof *items);
    if (items == NULL) return wt_fail(err, WT_ENOMEM, "quotes", -1, "no memory left");
    if (out->count) memcpy(items, out->items, out->count * sizeof *items);
    out->items = items;
    out->capacity = capacity;
  }
  out->items[out->count++] = (wt_quoted){unit, (uint32_t)begin, (uint32_t)end};
  return WT_OK;
}

/* The innermost open quote that c closes; DEPTH when none. */
static unsigned closed_by(const machine *m, uint32_t c) {
  for (unsigned i = m->depth; i-- > 0;)
    if (closes(m->stack[i], c)) return i;
  return DEPTH;
}

/* One mark at [begin, end) between two code points. */
static wt_status step(machine *m, wt_quotes *out, wt_arena *arena, uint32_t unit, wt_span text, uint32_t before,
                      size_t begin, size_t end, wt_error *err) {
  size_t peek = begin;
  uint32_t c = wt_utf8_next(text, &peek);
  uint32_t after = peek < text.len ? wt_utf8_next(text, &peek) : 0;
  if (is_apostrophe(m, c, before, after)) return WT_OK;
  bool guillemet = c == 0xAB || c == 0xBB; /* French sets spaces inside them */
  /* Corner brackets; a mark that opens only, in a script without spaces; or a space slipped in behind the mark. */
  bool always = c == 0x300C || c == 0x300E || c == 0x301D || ((c == 0x201C || c == 0x2018) && is_unspaced(before)) ||
                ((c == 0x201C || c == 0xAB) && is_space(before) && m->depth == 0);
  bool may_follow = before_opening(before) || (c == 0x22 && is_unspaced(before) && !in_stack(m, c));
  bool can_open = always || (opens(c) && may_follow && (starts_text(after) || (guillemet && c == 0xAB)));
  bool can_close = !is_space(before) || guillemet;
  unsigned open = closed_by(m, c);
  if (open < DEPTH && can_close && !(can_open && is_space(before) && !guillemet)) {
    m->depth = open;
    return open == 0 ? put(out, arena, unit, m->begin, begin, err) : WT_OK;
  }
  if (!can_open) return WT_OK;
  if ((c == 0x27 || c == 0x2019) && !closed_later(m, text, end)) return WT_OK;
  /* The same mark again: a new paragraph of a speech that runs on, or one that was never closed. */
  wt_status status = WT_OK;
  while (m->depth && in_stack(m, c)) {
    if (--m->depth == 0) status = put(out, arena, unit, m->begin, begin, err);
  }
  push(m, c, end);
  return status;
}

/* A byte that may begin a mark, from `at` on. */
static size_t plain_end(wt_span text, size_t at) {
  while (at < text.len && (unsigned char)text.data[at] < 0x80 && text.data[at] != '"' && text.data[at] != '\'') at++;
  return at;
}

static wt_status read_unit(machine *m, wt_quotes *out, wt_arena *arena, uint32_t unit, wt_span text, wt_error *err) {
  wt_status status = WT_OK;
  uint32_t before = 0;
  m->begin = 0;
  m->closer = m->searched = 0;
  for (size_t at = 0; at < text.len && status == WT_OK;) {
    size_t plain = plain_end(text, at);
    if (plain > at) before = (unsigned char)text.data[plain - 1];
    if ((at = plain) == text.len) break;
    size_t begin = at;
    uint32_t c = wt_utf8_next(text, &at);
    if (c == 0x22 && at < text.len && text.data[at] == '"') continue; /* two in a row are one */
    if (is_mark(c)) status = step(m, out, arena, unit, text, before, begin, at, err);
    before = c;
  }
  if (status == WT_OK && m->depth) status = put(out, arena, unit, m->begin, text.len, err);
  return status;
}

wt_status wt_quotes_find(wt_quotes *out, wt_arena *arena, const wt_units *units, wt_error *err) {
  machine m = {0};
  memset(out, 0, sizeof *out);
  wt_status status = WT_OK;
  for (size_t i = 0; i < units->count && status == WT_OK; i++) {
    /* A speech that runs on into the next paragraph opens again there; what does not was never closed. */
    if (i && units->items[i].paragraph != units->items[i - 1].paragraph) m.depth = 0;
    status = read_unit(&m, out, arena, (uint32_t)i, units->items[i].text, err);
  }
  return status;
}

bool wt_quotes_hold(const wt_quotes *quotes, uint32_t unit, uint32_t byte) {
  size_t low = 0, high = quotes->count;
  while (low < high) { /* the last quote that starts at or before the byte */
    size_t middle = low + (high - low) / 2;
    const wt_quoted *item = &quotes->items[middle];
    if (item->unit < unit || (item->unit == unit && item->begin <= byte))
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0) return false;
  const wt_quoted *item = &quotes->items[low - 1];
  return item->unit == unit && byte >= item->begin && byte < item->end;
}
