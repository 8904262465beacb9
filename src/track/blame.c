/* Carries the origin of every word from revision to revision along the diff. */
#include "track/blame.h"

#include <string.h>

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "blame", -1, "no memory left");
}

wt_status wt_blame_open(wt_blame **out, size_t limit, wt_error *err) {
  wt_blame *b = wt_alloc_zero(1, sizeof *b);
  if (b == NULL) return no_memory(err);
  wt_arena_init(&b->arena, limit);
  *out = b;
  return WT_OK;
}

void wt_blame_close(wt_blame *b) {
  if (b == NULL) return;
  wt_graveyard_release(&b->graveyard);
  wt_words_release(&b->cut);
  wt_buf_release(&b->folded);
  wt_free(b->wordings);
  wt_free(b->revisions);
  wt_free(b->units);
  wt_free(b->next);
  wt_free(b->numbers);
  wt_free(b->next_numbers);
  wt_arena_release(&b->arena);
  wt_free(b);
}

/* ---- wordings ---- */

/* Cuts the words of a text; their origins are 0, not known yet. */
static wt_wording *make_wording(wt_blame *b, const wt_unit *unit) {
  wt_wording *w = wt_arena_array(&b->arena, 1, sizeof *w);
  if (w == NULL || wt_words_cut(&b->cut, unit->text, NULL) != WT_OK) return NULL;
  w->unit = *unit;
  w->unit.text = wt_span_keep(&b->arena, unit->text);
  uint32_t count = 0;
  for (size_t i = 0; i < b->cut.count; i++) count += b->cut.items[i].kind <= WT_WORD_NUMBER;
  w->words = wt_arena_array(&b->arena, count + 1, sizeof *w->words);
  w->folded = wt_arena_array(&b->arena, count + 1, sizeof *w->folded);
  if (w->unit.text.data == NULL || w->words == NULL || w->folded == NULL) return NULL;
  for (size_t i = 0; i < b->cut.count; i++) {
    const wt_word *word = &b->cut.items[i];
    if (word->kind > WT_WORD_NUMBER) continue;
    wt_buf_clear(&b->folded);
    if (wt_fold(&b->folded, wt_span_sub(unit->text, word->begin, word->end), NULL) != WT_OK) return NULL;
    w->folded[w->word_count] = wt_hash64(wt_buf_span(&b->folded));
    w->words[w->word_count++] = (wt_blame_word){word->begin, word->end, 0};
  }
  return w;
}

static bool number_wording(uint32_t *out, wt_blame *b, wt_wording *w) {
  if (b->wording_count >= UINT32_MAX / 2) return false;
  if (!wt_grow(&b->wordings, &b->wording_capacity, b->wording_count + 1, sizeof *b->wordings)) return false;
  *out = (uint32_t)b->wording_count;
  b->wordings[b->wording_count++] = w;
  return true;
}

/* The word that begins at a byte; word_count when none does. */
static uint32_t word_from(const wt_wording *w, uint32_t byte) {
  uint32_t low = 0, high = w->word_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (w->words[middle].begin < byte)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- origins along one edit ---- */

static const wt_wording *old_wording(const wt_blame *b, uint32_t unit) {
  return b->wordings[b->numbers[unit]];
}

/* Words inside a span that both sides have: byte for byte, so by the same distance from its start. */
static void carry_span(const wt_blame *b, const wt_word_edit *span, wt_wording *new) {
  const wt_wording *old = old_wording(b, span->old_unit);
  for (uint32_t j = word_from(new, span->new_begin); j < new->word_count &&new->words[j].end <= span->new_end; j++) {
    uint32_t there = new->words[j].begin - span->new_begin + span->old_begin;
    uint32_t i = word_from(old, there);
    if (i < old->word_count && old->words[i].begin == there && old->folded[i] == new->folded[j])
      new->words[j].origin = old->words[i].origin;
  }
}

/* A deleted run opposite an inserted one: words that differ in typography alone are the same words. */
static void carry_alike(const wt_blame *b, const wt_word_edit *gone, const wt_word_edit *come, wt_wording *new) {
  const wt_wording *old = old_wording(b, gone->old_unit);
  uint32_t i = word_from(old, gone->old_begin), j = word_from(new, come->new_begin);
  while (i < old->word_count && j < new->word_count &&
         old->words[i].end <= gone->old_end &&new->words[j].end <= come->new_end && old->folded[i] == new->folded[j]) {
    if (new->words[j].origin == 0) new->words[j].origin = old->words[i].origin;
    i++;
    j++;
  }
}

/* Same words in the same order, other bytes between or in them. */
static void carry_whole(const wt_wording *old, wt_wording *new) {
  if (old->word_count != new->word_count) return;
  for (uint32_t i = 0; i < old->word_count; i++)
    if (old->folded[i] == new->folded[i]) new->words[i].origin = old->words[i].origin;
}

static void carry(const wt_blame *b, const wt_edit *edit, uint32_t unit, wt_wording *new) {
  if (edit->typography && edit->old_count == 1) carry_whole(old_wording(b, edit->old), new);
  for (size_t i = 0; i < edit->word_count; i++) {
    const wt_word_edit *word = &edit->words[i], *before = i ? word - 1 : NULL;
    if (word->new_unit != unit) continue;
    if (word->op == WT_WORD_KEEP || word->op == WT_WORD_MOVE) carry_span(b, word, new);
    if (word->op == WT_WORD_INSERT && before && before->op == WT_WORD_DELETE) carry_alike(b, before, word, new);
  }
}

/* ---- one revision ---- */

static bool reserve(wt_blame *b, size_t count) {
  return wt_grow(&b->next, &b->next_capacity, count + 1, sizeof *b->next) &&
         wt_grow(&b->next_numbers, &b->next_number_capacity, count + 1, sizeof *b->next_numbers);
}

static bool keeps_bytes(const wt_edit *edit) {
  return (edit->kind == WT_EDIT_KEEP || edit->kind == WT_EDIT_MOVE) && !edit->typography;
}

static void mark_move(wt_blame_unit *unit, const wt_edit *edit, uint32_t place) {
  if (!edit->moved && edit->kind != WT_EDIT_MOVE) return;
  unit->last_move = place;
  unit->moves++;
}

static void keep_units(wt_blame *b, const wt_diff *diff, const wt_edit *edit, uint32_t place) {
  for (uint32_t k = 0; k < edit->new_count; k++) {
    wt_blame_unit *unit = &b->next[edit->newer + k];
    *unit = b->units[edit->old + k];
    unit->paragraph = diff->newer.items[edit->newer + k].paragraph;
    b->next_numbers[edit->newer + k] = b->numbers[edit->old + k];
    mark_move(unit, edit, place);
  }
}

/* The history of the sentence itself, out of the old ones that became it. */
static void inherit(const wt_blame *b, const wt_edit *edit, wt_blame_unit *unit) {
  for (uint32_t k = 0; k < edit->old_count; k++) {
    const wt_blame_unit *old = &b->units[edit->old + k];
    if (unit->origin == 0 || old->origin < unit->origin) unit->origin = old->origin;
    if (old->last_edit > unit->last_edit) unit->last_edit = old->last_edit;
    if (old->last_move > unit->last_move) unit->last_move = old->last_move;
    if (old->moves > unit->moves) unit->moves = old->moves;
  }
}

/* Words that nothing brought along are new; a sentence whose words all came back is as old as they are. */
static void settle(wt_blame_unit *unit, wt_wording *w, uint32_t place) {
  uint32_t oldest = place, newest = 0;
  for (uint32_t i = 0; i < w->word_count; i++) {
    if (w->words[i].origin == 0) w->words[i].origin = place;
    if (w->words[i].origin < oldest) oldest = w->words[i].origin;
    if (w->words[i].origin > newest) newest = w->words[i].origin;
  }
  if (unit->origin == 0) unit->origin = w->word_count && newest < place ? oldest : place;
}

static bool make_unit(wt_blame *b, const wt_diff *diff, const wt_edit *edit, uint32_t u, uint32_t place) {
  wt_wording *w = make_wording(b, &diff->newer.items[u]);
  wt_blame_unit *unit = &b->next[u];
  if (w == NULL) return false;
  *unit = (wt_blame_unit){0};
  if (edit->old_count) {
    carry(b, edit, u, w);
    inherit(b, edit, unit);
  }
  wt_grave_resurrect(&b->graveyard, b->wordings, w);
  settle(unit, w, place);
  w->origin = unit->origin;
  unit->text = w->unit.text;
  unit->paragraph = diff->newer.items[u].paragraph;
  unit->words = w->words;
  unit->word_count = w->word_count;
  if (!edit->typography) unit->last_edit = place;
  if (edit->old_count == 0) unit->last_edit = place;
  mark_move(unit, edit, place);
  return number_wording(&b->next_numbers[u], b, w);
}

/* What is replaced or deleted is buried before anything new is read: text moved between sentences is found again, too. */
static bool bury_changed(wt_blame *b, const wt_diff *diff) {
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    if (keeps_bytes(edit)) continue;
    for (uint32_t k = 0; k < edit->old_count; k++)
      if (!wt_grave_bury(&b->graveyard, old_wording(b, edit->old + k), b->numbers[edit->old + k])) return false;
  }
  return true;
}

static bool make_units(wt_blame *b, const wt_diff *diff, uint32_t place) {
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    if (keeps_bytes(edit)) {
      keep_units(b, diff, edit, place);
      continue;
    }
    for (uint32_t k = 0; k < edit->new_count; k++)
      if (!make_unit(b, diff, edit, edit->newer + k, place)) return false;
  }
  return true;
}

/* Makes what lies in `next` the newest revision. */
static bool turn_over(wt_blame *b, size_t count, uint32_t number, wt_instant captured) {
  if (!wt_grow(&b->revisions, &b->revision_capacity, b->revision_count + 1, sizeof *b->revisions)) return false;
  uint32_t *list = wt_arena_array(&b->arena, count + 1, sizeof *list);
  if (list == NULL) return false;
  for (size_t i = 0; i < count; i++) {
    bool starts = i == 0 || b->next[i].paragraph != b->next[i - 1].paragraph;
    list[i] = b->next_numbers[i] << 1 | starts;
  }
  b->revisions[b->revision_count++] = (wt_blame_revision){number, (uint32_t)count, captured, list};
  wt_blame_unit *units = b->units;
  uint32_t *numbers = b->numbers;
  size_t unit_capacity = b->unit_capacity, number_capacity = b->number_capacity;
  b->units = b->next;
  b->numbers = b->next_numbers;
  b->unit_capacity = b->next_capacity;
  b->number_capacity = b->next_number_capacity;
  b->next = units;
  b->next_numbers = numbers;
  b->next_capacity = unit_capacity;
  b->next_number_capacity = number_capacity;
  b->count = count;
  return true;
}

static bool continues(const wt_blame *b, const wt_units *old) {
  if (old->count != b->count) return false;
  for (size_t i = 0; i < old->count; i++)
    if (!wt_hash_equal(old->items[i].key, old_wording(b, (uint32_t)i)->unit.key)) return false;
  return true;
}

wt_status wt_blame_add_diff(wt_blame *b, uint32_t number, wt_instant captured, const wt_diff *diff, wt_error *err) {
  if (number == 0) return wt_fail(err, WT_EINVAL, "blame", -1, "a revision's number is not 0");
  if (!continues(b, &diff->old)) return wt_fail(err, WT_EINVAL, "blame", -1, "the diff is not from the last revision");
  uint32_t place = (uint32_t)b->revision_count + 1;
  if (!reserve(b, diff->newer.count) || !bury_changed(b, diff) || !make_units(b, diff, place) ||
      !turn_over(b, diff->newer.count, number, captured))
    return no_memory(err);
  return WT_OK;
}

/* The newest revision's sentences as one side of a comparison. */
static wt_status current_units(wt_units *out, wt_arena *arena, const wt_blame *b, wt_error *err) {
  out->count = b->count;
  out->items = wt_arena_array(arena, b->count + 1, sizeof *out->items);
  if (out->items == NULL) return no_memory(err);
  for (size_t i = 0; i < b->count; i++) {
    out->items[i] = old_wording(b, (uint32_t)i)->unit;
    out->items[i].paragraph = b->units[i].paragraph;
  }
  return WT_OK;
}

wt_status wt_blame_add_units(wt_blame *b, uint32_t number, wt_instant captured, const wt_units *units, wt_error *err) {
  wt_arena scratch = {0};
  wt_units old;
  wt_diff diff;
  wt_status status = current_units(&old, &scratch, b, err);
  if (status == WT_OK) status = wt_diff_units(&diff, &scratch, &old, units, NULL, err);
  if (status == WT_OK) status = wt_blame_add_diff(b, number, captured, &diff, err);
  wt_arena_release(&scratch);
  return status;
}

wt_status wt_blame_add(wt_blame *b, uint32_t number, wt_instant captured, const wt_story *story, wt_error *err) {
  wt_arena scratch = {0};
  wt_units units;
  wt_status status = wt_units_of_story(&units, &scratch, story, err);
  if (status == WT_OK) status = wt_blame_add_units(b, number, captured, &units, err);
  wt_arena_release(&scratch);
  return status;
}

/* ---- asking ---- */

size_t wt_blame_count(const wt_blame *b) {
  return b->count;
}

const wt_blame_unit *wt_blame_at(const wt_blame *b, size_t index) {
  return index < b->count ? &b->units[index] : NULL;
}

size_t wt_blame_revisions(const wt_blame *b) {
  return b->revision_count;
}

uint32_t wt_blame_number(const wt_blame *b, size_t place) {
  return place > 0 && place <= b->revision_count ? b->revisions[place - 1].number : 0;
}

wt_instant wt_blame_time(const wt_blame *b, size_t place) {
  return place > 0 && place <= b->revision_count ? b->revisions[place - 1].captured : WT_INSTANT_NONE;
}

wt_status wt_blame_replay(wt_buf *out, const wt_blame *b, size_t place, wt_error *err) {
  if (place == 0 || place > b->revision_count)
    return wt_fail(err, WT_ENOTFOUND, "blame", -1, "no revision at place %zu", place);
  const wt_blame_revision *revision = &b->revisions[place - 1];
  for (uint32_t i = 0; i < revision->count; i++) {
    if (i && (revision->list[i] & 1)) wt_buf_put_char(out, '\n');
    wt_buf_put_span(out, b->wordings[revision->list[i] >> 1]->unit.text);
    wt_buf_put_char(out, '\n');
  }
  return wt_buf_status(out, "blame", err);
}
