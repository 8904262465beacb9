/* Reads both sides of an edit and lets each kind of finding have its say. */
#include "classify/compare.h"

#include "classify/compare_stages.h"
#include "classify/spelling.h"

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

static wt_status read_sides(wt_comparing *c, wt_error *err) {
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
  status = read_sides(c, err);
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
