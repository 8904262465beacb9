/* Reads both sides of an edit and lets each kind of finding have its say. */
#include "classify/compare.h"

#include <string.h>

#define WHY_TEXT 60u /* code points of a side in a why line */
#define EXACT 64u    /* longest middle that is aligned exactly */

/* ---- saying why ---- */

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

/* Do all words of the text, which is cut out of the side's own, stand inside quotation marks? */
static bool is_quoted(const wt_passage *side, wt_span text) {
  uintptr_t begin = (uintptr_t)text.data, end = begin + text.len;
  for (size_t i = 0; i < side->count; i++) {
    uintptr_t at = (uintptr_t)side->tokens[i].text.data;
    if (at >= begin && at < end && !side->tokens[i].quoted) return false;
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

/* ---- the longest common subsequence ---- */

/* Exact, over at most EXACT by EXACT texts. */
static void common_exact(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in) {
  uint8_t best[EXACT + 1][EXACT + 1];
  memset(best, 0, sizeof best);
  for (size_t i = n; i-- > 0;)
    for (size_t j = m; j-- > 0;) {
      uint8_t skip = best[i + 1][j] > best[i][j + 1] ? best[i + 1][j] : best[i][j + 1];
      bool same = wt_span_equal(old[i], new[j]);
      best[i][j] = same && best[i + 1][j + 1] + 1 > skip ? (uint8_t)(best[i + 1][j + 1] + 1) : skip;
    }
  for (size_t i = 0, j = 0; i < n && j < m;) {
    if (wt_span_equal(old[i], new[j]) && best[i][j] == best[i + 1][j + 1] + 1)
      old_in[i++] = new_in[j++] = true;
    else if (best[i + 1][j] >= best[i][j + 1])
      i++;
    else
      j++;
  }
}

/* Each old one takes the next equal new one within EXACT. */
static void common_greedy(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in) {
  for (size_t i = 0, j = 0; i < n && j < m; i++)
    for (size_t k = j; k < m && k - j < EXACT; k++)
      if (wt_span_equal(old[i], new[k])) {
        old_in[i] = new_in[k] = true;
        j = k + 1;
        break;
      }
}

void wt_common(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in) {
  size_t head = 0, tail = 0, least = n < m ? n : m;
  while (head < least && wt_span_equal(old[head], new[head])) old_in[head] = new_in[head] = true, head++;
  while (tail < least - head && wt_span_equal(old[n - 1 - tail], new[m - 1 - tail])) {
    old_in[n - 1 - tail] = new_in[m - 1 - tail] = true;
    tail++;
  }
  n -= head + tail;
  m -= head + tail;
  if (n <= EXACT && m <= EXACT)
    common_exact(old + head, n, old_in + head, new + head, m, new_in + head);
  else
    common_greedy(old + head, n, old_in + head, new + head, m, new_in + head);
}

/* ---- reading ---- */

static size_t stretch_end(const wt_passage *side, size_t at) {
  while (at < side->count && side->tokens[at].changed) at++;
  return at;
}

/* Changed stretches with as many kept tokens before them stand opposite each other. */
static wt_status find_hunks(wt_comparing *c, wt_error *err) {
  size_t capacity = 1, i = 0, j = 0;
  for (size_t k = 0; k < c->old.count; k++) capacity += c->old.tokens[k].changed;
  for (size_t k = 0; k < c->newer.count; k++) capacity += c->newer.tokens[k].changed;
  c->hunk_count = 0;
  c->hunks = wt_arena_array(c->arena, capacity, sizeof *c->hunks);
  if (c->hunks == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
  while (i < c->old.count || j < c->newer.count) {
    size_t i2 = stretch_end(&c->old, i), j2 = stretch_end(&c->newer, j);
    if (i2 > i || j2 > j) c->hunks[c->hunk_count++] = (wt_hunk){(uint32_t)i, (uint32_t)i2, (uint32_t)j, (uint32_t)j2};
    i = i2 < c->old.count ? i2 + 1 : i2;
    j = j2 < c->newer.count ? j2 + 1 : j2;
  }
  return WT_OK;
}

static wt_status read_side(wt_comparing *c, wt_passage *side, wt_facts *facts, wt_error *err) {
  *facts = (wt_facts){0};
  wt_status status = wt_dates_find(facts, c->arena, side, c->names->lexicon, err);
  if (status == WT_OK) status = wt_numbers_find(facts, c->arena, side, c->names->lexicon, err);
  return status == WT_OK ? wt_names_mark(side, c->names, err) : status;
}

wt_status wt_comparing_read(wt_comparing *c, wt_error *err) {
  wt_status status = find_hunks(c, err);
  if (status != WT_OK) return status;
  wt_read_slips(c);
  status = read_side(c, &c->old, &c->old_facts, err);
  return status == WT_OK ? read_side(c, &c->newer, &c->new_facts, err) : status;
}

wt_status wt_compare(wt_comparing *c, const wt_diff *diff, const wt_edit *edit, wt_error *err) {
  const wt_lexicon *lexicon = c->names->lexicon;
  c->marks_only = true;
  wt_status status =
      wt_passage_cut(&c->old, c->arena, lexicon, &diff->old, edit->old, edit->old_count, c->old_quotes, err);
  if (status == WT_OK)
    status =
        wt_passage_cut(&c->newer, c->arena, lexicon, &diff->newer, edit->newer, edit->new_count, c->new_quotes, err);
  if (status != WT_OK) return status;
  wt_passages_mark(&c->old, &c->newer, edit);
  status = wt_comparing_read(c, err);
  if (status != WT_OK) return status;
  wt_compare_facts(c);
  wt_compare_names(c);
  wt_compare_speech(c);
  wt_compare_quotes(c);
  wt_compare_roles(c);
  wt_compare_rest(c);
  c->meaning->developing = c->developing && !c->contradicting;
  return c->failed ? wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left") : WT_OK;
}

/* ---- one side alone ---- */

static void tell_first(wt_comparing *c, const wt_passage *side, wt_class class, const char *label, size_t first,
                       size_t last, wt_span tail, bool added) {
  if (c->meaning->classes & 1u << class) return;
  wt_span text = wt_passage_text(side, first, last), none = {0};
  wt_tell(c, class, true, label, added ? none : text, added ? text : none, tail);
}

/* Covid-19, F-16: a figure that hangs on a name counts nothing. */
static bool is_part_of_name(const wt_passage *side, const wt_fact *fact) {
  if (fact->role != ROLE_NUMBER || fact->first != fact->last || fact->first < 1) return false;
  const wt_token *before = &side->tokens[fact->first - 1];
  if (!side->tokens[fact->first].glued)
    return wt_lex_tagged(before->entries, LEX_STOP) == NULL && before->capital && !before->first;
  return before->kind == TOKEN_LETTERS ||
         (before->glued && fact->first >= 2 && wt_span_equal(before->text, WT_SPAN("-")) &&
          side->tokens[fact->first - 2].capital);
}

/* The last token of the quote, in this sentence, that token i is in. */
static size_t quote_end(const wt_passage *side, size_t i) {
  while (i + 1 < side->count && side->tokens[i + 1].quoted && side->tokens[i + 1].unit == side->tokens[i].unit) i++;
  return i;
}

static void tell_alone(wt_comparing *c, const wt_passage *side, const wt_facts *facts, bool added) {
  for (size_t i = 0; i < facts->count; i++) {
    const wt_fact *fact = &facts->items[i];
    if (is_part_of_name(side, fact) || wt_is_weak_fact(side, fact)) continue;
    bool is_date = fact->role == ROLE_DATE;
    tell_first(c, side, is_date ? WT_CLASS_DATE : WT_CLASS_NUMBER, is_date ? "date" : "number", fact->first, fact->last,
               fact->context, added);
  }
  for (size_t i = 0; i < side->count; i++) {
    size_t first, last;
    if (side->tokens[i].quoted)
      tell_first(c, side, WT_CLASS_QUOTE, "quote", i, quote_end(side, i), (wt_span){0}, added);
    if (side->tokens[i].role != ROLE_NAME || (c->meaning->classes & 1u << WT_CLASS_NAME)) continue;
    wt_name_around(side, i, &first, &last);
    tell_first(c, side, WT_CLASS_NAME, "name", first, last, (wt_span){0}, added);
  }
}

wt_status wt_compare_alone(wt_comparing *c, const wt_units *units, const wt_quotes *quotes, uint32_t first,
                           uint32_t count, bool added, wt_error *err) {
  wt_status status = wt_passage_cut(&c->newer, c->arena, c->names->lexicon, units, first, count, quotes, err);
  c->names->strict = true;
  if (status == WT_OK) status = read_side(c, &c->newer, &c->new_facts, err);
  c->names->strict = false;
  if (status != WT_OK) return status;
  tell_alone(c, &c->newer, &c->new_facts, added);
  return c->failed ? wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left") : WT_OK;
}
