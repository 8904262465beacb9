/* From the old units and the edits, the new text; and the diff turned round. */
#include "diff/words.h"

#include <stdlib.h>

/* What a word edit adds to the new text: old bytes where they are kept or moved as they were, else its own. */
static wt_span told(const wt_diff *diff, const wt_word_edit *word) {
  wt_span old = wt_span_sub(diff->old.items[word->old_unit].text, word->old_begin, word->old_end);
  wt_span new = wt_span_sub(diff->newer.items[word->new_unit].text, word->new_begin, word->new_end);
  bool from_old = (word->op == WT_WORD_KEEP || word->op == WT_WORD_MOVE) && wt_span_equal(old, new);
  return from_old ? old : new;
}

static void put_unit(wt_buf *out, const wt_diff *diff, const wt_edit *edit, uint32_t unit) {
  if (unit) wt_buf_put_char(out, '\n');
  if (unit && diff->newer.items[unit].paragraph != diff->newer.items[unit - 1].paragraph) wt_buf_put_char(out, '\n');
  if (edit->words) {
    for (size_t w = 0; w < edit->word_count; w++)
      if (edit->words[w].new_unit == unit && edit->words[w].op != WT_WORD_DELETE)
        wt_buf_put_span(out, told(diff, &edit->words[w]));
  } else if (edit->old_count) {
    wt_buf_put_span(out, diff->old.items[edit->old + (unit - edit->newer)].text);
  } else {
    wt_buf_put_span(out, diff->newer.items[unit].text);
  }
}

/* Takes `piece` off the front of *text. False when it does not stand there. */
static bool take(wt_span *text, wt_span piece) {
  if (!wt_span_starts(*text, piece)) return false;
  *text = wt_span_sub(*text, piece.len, text->len);
  return true;
}

/* Is the text that of the units, as wt_diff_apply writes it? */
static bool is_text_of(wt_span text, const wt_units *units) {
  for (size_t u = 0; u < units->count; u++) {
    bool same_paragraph = !u || units->items[u].paragraph == units->items[u - 1].paragraph;
    if (u && !take(&text, same_paragraph ? WT_SPAN("\n") : WT_SPAN("\n\n"))) return false;
    if (!take(&text, units->items[u].text)) return false;
  }
  return (!units->count || take(&text, WT_SPAN("\n"))) && !text.len;
}

wt_status wt_diff_apply(wt_buf *out, const wt_diff *diff, wt_error *err) {
  uint32_t next = 0;
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    if (!edit->new_count) continue;
    if (edit->newer != next || edit->new_count > diff->newer.count - next)
      return wt_fail(err, WT_EINVAL, "diff", -1, "edit %zu tells unit %u where unit %u is next", e, edit->newer, next);
    for (uint32_t u = 0; u < edit->new_count; u++) put_unit(out, diff, edit, next++);
  }
  if (next != diff->newer.count)
    return wt_fail(err, WT_EINVAL, "diff", -1, "the edits end at unit %u of %zu", next, diff->newer.count);
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
  return (wt_word_edit){.op = op,
                        .old_unit = word->new_unit,
                        .new_unit = word->old_unit,
                        .old_begin = word->new_begin,
                        .old_end = word->new_end,
                        .new_begin = word->old_begin,
                        .new_end = word->old_end};
}

/* Does a come before b in the text that is now new? */
static bool stands_before(const wt_word_edit *a, const wt_word_edit *b) {
  return a->new_unit != b->new_unit ? a->new_unit < b->new_unit : a->new_begin < b->new_begin;
}

static int by_place(const void *a, const void *b) {
  return stands_before(a, b) ? -1 : stands_before(b, a);
}

/* One stretch of changes. Deletions are told before insertions; turned round they change places, and stand where it begins. */
static size_t turn_stretch(wt_word_edit *out, const wt_word_edit *in, size_t count) {
  size_t deletions = 0, done;
  for (size_t w = 0; w < count; w++)
    if (in[w].op == WT_WORD_INSERT) out[deletions++] = turned_word(&in[w]);
  done = deletions;
  for (size_t w = 0; w < count; w++)
    if (in[w].op == WT_WORD_DELETE) out[done++] = turned_word(&in[w]);
  for (size_t w = 0; w < deletions && deletions < done; w++) {
    out[w].new_unit = out[deletions].new_unit;
    out[w].new_begin = out[w].new_end = out[deletions].new_begin;
  }
  return done;
}

/* All but moves, in order. */
static size_t turn_still_words(wt_word_edit *out, const wt_word_edit *in, size_t count) {
  size_t done = 0;
  for (size_t begin = 0; begin < count;) {
    size_t end = begin;
    while (end < count && in[end].op != WT_WORD_KEEP) end++;
    done += turn_stretch(out + done, in + begin, end - begin);
    if (end < count) out[done++] = turned_word(&in[end++]);
    begin = end;
  }
  return done;
}

/* Moves go where the text that is now new has them: `still` and `moved` are merged into out. */
static void merge_words(wt_word_edit *out, const wt_word_edit *still, size_t still_count, const wt_word_edit *moved,
                        size_t moved_count) {
  size_t m = 0;
  for (size_t s = 0; s < still_count; s++) {
    while (m < moved_count && stands_before(&moved[m], &still[s])) *out++ = moved[m++];
    *out++ = still[s];
  }
  while (m < moved_count) *out++ = moved[m++];
}

static wt_status turn_words(wt_word_edit **out, wt_arena *arena, const wt_word_edit *in, size_t count, wt_error *err) {
  wt_word_edit *turned = wt_arena_alloc(arena, (count + 1) * sizeof *turned);
  if (!turned) return wt_fail(err, WT_ENOMEM, "invert", -1, "out of memory");
  size_t still = turn_still_words(turned, in, count), moved = still;
  *out = turned;
  if (still == count) return WT_OK;
  for (size_t w = 0; w < count; w++)
    if (in[w].op == WT_WORD_MOVE) turned[moved++] = turned_word(&in[w]);
  qsort(turned + still, moved - still, sizeof *turned, by_place);
  *out = wt_arena_alloc(arena, (count + 1) * sizeof *turned);
  if (!*out) return wt_fail(err, WT_ENOMEM, "invert", -1, "out of memory");
  merge_words(*out, turned, still, turned + still, moved - still);
  return WT_OK;
}

static wt_status turn_edit(wt_edit *out, wt_arena *arena, const wt_edit *in, wt_error *err) {
  *out = *in;
  out->kind = turned_kind(in->kind);
  out->old = in->newer, out->old_count = in->new_count, out->newer = in->old, out->new_count = in->old_count;
  return in->words ? turn_words(&out->words, arena, in->words, in->word_count, err) : WT_OK;
}

typedef struct turner {
  wt_diff *out;
  wt_arena *arena;
  const wt_diff *in;
  uint32_t gone; /* edits of `in` before this one: additions among them are told, as deletions */
} turner;

static wt_status turn_one(turner *to, size_t edit, wt_error *err) {
  return turn_edit(&to->out->edits[to->out->count++], to->arena, &to->in->edits[edit], err);
}

static wt_status turn_additions(turner *to, size_t until, wt_error *err) {
  wt_status status = WT_OK;
  for (; to->gone < until && !status; to->gone++)
    if (!to->in->edits[to->gone].old_count) status = turn_one(to, to->gone, err);
  return status;
}

/* The edits again, in the order of the side that is now new. by_unit holds, for the first of its units, each edit + 1. What was
   added comes, as deleted, before the edit that stood in place after it. */
static wt_status turn_edits(turner *to, uint32_t *by_unit, wt_error *err) {
  const wt_diff *in = to->in;
  wt_status status = WT_OK;
  for (uint32_t e = 0; e < in->count; e++)
    if (in->edits[e].old_count) by_unit[in->edits[e].old] = e + 1;
  for (uint32_t u = 0; u < in->old.count && !status; u++) {
    if (!by_unit[u]) continue;
    const wt_edit *edit = &in->edits[by_unit[u] - 1];
    if (!edit->moved && edit->new_count) status = turn_additions(to, by_unit[u] - 1, err);
    if (!status) status = turn_one(to, by_unit[u] - 1, err);
  }
  return status ? status : turn_additions(to, in->count, err);
}

wt_status wt_diff_invert(wt_diff *out, wt_arena *arena, const wt_diff *diff, wt_error *err) {
  *out = (wt_diff){.old = diff->newer, .newer = diff->old, .same_bytes = diff->same_bytes, .steps = diff->steps};
  uint32_t *by_unit = wt_arena_array(arena, diff->old.count + 1, sizeof *by_unit);
  out->edits = wt_arena_alloc(arena, (diff->count + 1) * sizeof *out->edits);
  out->fields = wt_arena_alloc(arena, (diff->field_count + 1) * sizeof *out->fields);
  if (!by_unit || !out->edits || !out->fields) return wt_fail(err, WT_ENOMEM, "invert", -1, "out of memory");
  for (; out->field_count < diff->field_count; out->field_count++) {
    const wt_field_edit *field = &diff->fields[out->field_count];
    out->fields[out->field_count] = (wt_field_edit){field->name, field->newer, field->old, field->typography};
  }
  turner to = {.out = out, .arena = arena, .in = diff};
  return turn_edits(&to, by_unit, err);
}

static wt_status applies(bool *sound, wt_buf *made, const wt_diff *diff, wt_error *err) {
  wt_buf_clear(made);
  wt_status status = wt_diff_apply(made, diff, err);
  *sound = !status && is_text_of(wt_buf_span(made), &diff->newer);
  return status == WT_EINVAL ? WT_OK : status;
}

wt_status wt_diff_check(bool *sound, wt_arena *scratch, const wt_diff *diff, wt_error *err) {
  wt_buf made = {0};
  wt_diff inverse;
  wt_status status = applies(sound, &made, diff, err);
  if (!status && *sound) status = wt_diff_invert(&inverse, scratch, diff, err);
  if (!status && *sound) status = applies(sound, &made, &inverse, err);
  wt_buf_release(&made);
  return status;
}
