/* From the old units and the edits, the new text; and the diff turned round. */
#include "diff/words.h"

/* What a word edit adds to the new text: old bytes where they are kept, its own where they are inserted. */
static wt_span told(const wt_diff *diff, const wt_word_edit *word) {
  if (word->op == WT_WORD_KEEP) return wt_span_sub(diff->old.items[word->old_unit].text, word->old_begin, word->old_end);
  return wt_span_sub(diff->new.items[word->new_unit].text, word->new_begin, word->new_end);
}

static void put_unit(wt_buf *out, const wt_diff *diff, const wt_edit *edit, uint32_t unit) {
  if (unit) wt_buf_put_char(out, '\n');
  if (unit && diff->new.items[unit].paragraph != diff->new.items[unit - 1].paragraph) wt_buf_put_char(out, '\n');
  if (edit->words) {
    for (size_t w = 0; w < edit->word_count; w++)
      if (edit->words[w].new_unit == unit && edit->words[w].op != WT_WORD_DELETE) wt_buf_put_span(out, told(diff, &edit->words[w]));
  } else if (edit->old_count) {
    wt_buf_put_span(out, diff->old.items[edit->old + (unit - edit->new)].text);
  } else {
    wt_buf_put_span(out, diff->new.items[unit].text);
  }
}

wt_status wt_diff_apply(wt_buf *out, const wt_diff *diff, wt_error *err) {
  uint32_t next = 0;
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    if (!edit->new_count) continue;
    if (edit->new != next || edit->new_count > diff->new.count - next)
      return wt_fail(err, WT_EINVAL, "diff", -1, "edit %zu tells unit %u where unit %u is next", e, edit->new, next);
    for (uint32_t u = 0; u < edit->new_count; u++) put_unit(out, diff, edit, next++);
  }
  if (next != diff->new.count) return wt_fail(err, WT_EINVAL, "diff", -1, "the edits end at unit %u of %zu", next, diff->new.count);
  if (next) wt_buf_put_char(out, '\n');
  return wt_buf_status(out, "apply", err);
}

static wt_edit_kind turned_kind(wt_edit_kind kind) {
  switch (kind) {
  case WT_EDIT_ADD: return WT_EDIT_DELETE;
  case WT_EDIT_DELETE: return WT_EDIT_ADD;
  case WT_EDIT_SPLIT: return WT_EDIT_MERGE;
  case WT_EDIT_MERGE: return WT_EDIT_SPLIT;
  default: return kind;
  }
}

static wt_word_edit turned_word(const wt_word_edit *word) {
  wt_word_op op = word->op == WT_WORD_INSERT ? WT_WORD_DELETE : word->op == WT_WORD_DELETE ? WT_WORD_INSERT : word->op;
  return (wt_word_edit){.op = op, .old_unit = word->new_unit, .new_unit = word->old_unit, .old_begin = word->new_begin,
    .old_end = word->new_end, .new_begin = word->old_begin, .new_end = word->old_end};
}

/* Within a stretch of changes deletions are told before insertions; turned round they change places. */
static void turn_words(wt_word_edit *out, const wt_word_edit *in, size_t count) {
  size_t done = 0;
  for (size_t begin = 0; begin < count;) {
    size_t end = begin;
    while (end < count && in[end].op != WT_WORD_KEEP) end++;
    for (size_t w = begin; w < end; w++)
      if (in[w].op == WT_WORD_INSERT) out[done++] = turned_word(&in[w]);
    for (size_t w = begin; w < end; w++)
      if (in[w].op != WT_WORD_INSERT) out[done++] = turned_word(&in[w]);
    if (end < count) out[done++] = turned_word(&in[end++]);
    begin = end;
  }
}

static wt_status turn_edit(wt_edit *out, wt_arena *arena, const wt_edit *in, wt_error *err) {
  *out = *in;
  out->kind = turned_kind(in->kind);
  out->old = in->new, out->old_count = in->new_count, out->new = in->old, out->new_count = in->old_count;
  if (!in->words) return WT_OK;
  out->words = wt_arena_alloc(arena, (in->word_count + 1) * sizeof *out->words);
  if (!out->words) return wt_fail(err, WT_ENOMEM, "invert", -1, "out of memory");
  turn_words(out->words, in->words, in->word_count);
  return WT_OK;
}

/* The edits again in the order of the side that is now new: by_unit holds, for each of its units, its edit + 1. */
static wt_status turn_edits(wt_diff *out, wt_arena *arena, const wt_diff *in, uint32_t *by_unit, wt_error *err) {
  for (uint32_t e = 0; e < in->count; e++)
    if (in->edits[e].old_count) by_unit[in->edits[e].old] = e + 1;
  uint32_t gone = 0; /* additions of `in` up to here are told: deletions now */
  wt_status status = WT_OK;
  for (uint32_t u = 0; u <= in->old.count && !status; u++) {
    uint32_t number = u < in->old.count ? by_unit[u] : (uint32_t)in->count + 1;
    if (!number || (number <= in->count && in->edits[number - 1].moved)) {
      if (number) status = turn_edit(&out->edits[out->count++], arena, &in->edits[number - 1], err);
      continue;
    }
    if (u < in->old.count && !in->edits[number - 1].new_count) {
      status = turn_edit(&out->edits[out->count++], arena, &in->edits[number - 1], err);
      continue;
    }
    for (; gone < number - 1 && !status; gone++)
      if (!in->edits[gone].old_count) status = turn_edit(&out->edits[out->count++], arena, &in->edits[gone], err);
    if (u < in->old.count && !status) status = turn_edit(&out->edits[out->count++], arena, &in->edits[number - 1], err);
  }
  return status;
}

wt_status wt_diff_invert(wt_diff *out, wt_arena *arena, const wt_diff *diff, wt_error *err) {
  *out = (wt_diff){.old = diff->new, .new = diff->old, .same_bytes = diff->same_bytes, .steps = diff->steps};
  uint32_t *by_unit = wt_arena_array(arena, diff->old.count + 1, sizeof *by_unit);
  out->edits = wt_arena_alloc(arena, (diff->count + 1) * sizeof *out->edits);
  out->fields = wt_arena_alloc(arena, (diff->field_count + 1) * sizeof *out->fields);
  if (!by_unit || !out->edits || !out->fields) return wt_fail(err, WT_ENOMEM, "invert", -1, "out of memory");
  for (; out->field_count < diff->field_count; out->field_count++) {
    const wt_field_edit *field = &diff->fields[out->field_count];
    out->fields[out->field_count] = (wt_field_edit){field->name, field->new, field->old, field->typography};
  }
  return turn_edits(out, arena, diff, by_unit, err);
}
