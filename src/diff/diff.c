/* Edits between units and inside them, from the beads of the matcher; checked by applying them both ways. */
#include "diff/words.h"

#include <string.h>

static const char *const kind_names[] = {"keep", "edit", "add", "delete", "move", "split", "merge"};

const char *wt_edit_kind_name(wt_edit_kind kind) {
  return kind_names[kind];
}

static wt_edit_kind kind_of(const wt_bead *bead) {
  if (!bead->new_count) return WT_EDIT_DELETE;
  if (!bead->old_count) return WT_EDIT_ADD;
  if (bead->old_count < bead->new_count) return WT_EDIT_SPLIT;
  if (bead->old_count > bead->new_count) return WT_EDIT_MERGE;
  if (bead->score < WT_WHOLE) return WT_EDIT_EDIT;
  return bead->moved ? WT_EDIT_MOVE : WT_EDIT_KEEP;
}

static wt_status edit_of(wt_edit *out, wt_arena *arena, wt_aligner *aligner, const wt_bead *bead, wt_error *err) {
  *out = (wt_edit){.kind = kind_of(bead),
                   .old = bead->old,
                   .old_count = bead->old_count,
                   .newer = bead->newer,
                   .new_count = bead->new_count,
                   .moved = bead->moved,
                   .typography = bead->score == WT_WHOLE && !bead->same_key};
  if (!bead->old_count || !bead->new_count || (bead->score == WT_WHOLE && bead->same_key)) return WT_OK;
  wt_status status = wt_aligner_run(aligner, bead, err);
  if (status) return status;
  out->word_count = aligner->edit_count;
  out->words = wt_arena_alloc(arena, (aligner->edit_count + 1) * sizeof *out->words);
  if (!out->words) return wt_fail(err, WT_ENOMEM, "edits", -1, "out of memory");
  memcpy(out->words, aligner->edits, aligner->edit_count * sizeof *out->words);
  return WT_OK;
}

/* What is always right: all of the old text out, all of the new text in. */
static void replace_all(wt_diff *out) {
  out->replaced_whole = true;
  out->count = 0;
  for (uint32_t u = 0; u < out->old.count; u++)
    out->edits[out->count++] = (wt_edit){.kind = WT_EDIT_DELETE, .old = u, .old_count = 1};
  for (uint32_t u = 0; u < out->newer.count; u++)
    out->edits[out->count++] =
        (wt_edit){.kind = WT_EDIT_ADD, .old = (uint32_t)out->old.count, .newer = u, .new_count = 1};
}

static bool same_units(const wt_units *old, const wt_units *new) {
  if (old->count != new->count) return false;
  for (size_t u = 0; u < old->count; u++)
    if (old->items[u].paragraph != new->items[u].paragraph || old->items[u].kind != new->items[u].kind ||
        !wt_span_equal(old->items[u].text, new->items[u].text))
      return false;
  return true;
}

static wt_status diff_compared(wt_diff *out, wt_arena *arena, const wt_wording *comparison,
                               const wt_diff_options *options, wt_error *err) {
  wt_match match;
  wt_aligner aligner;
  uint64_t budget = options && options->match.budget ? options->match.budget : wt_match_budget(&out->old, &out->newer);
  wt_match_options half = {.budget = budget / 2 + 1}; /* the other half, and what is left of this, is for the words */
  wt_status status = wt_match_run(&match, comparison->scratch, comparison, &half, err);
  if (status) return status;
  out->edits = wt_arena_alloc(arena, (out->old.count + out->newer.count + 1) * sizeof *out->edits);
  if (!out->edits) return wt_fail(err, WT_ENOMEM, "edits", -1, "out of memory");
  wt_aligner_init(&aligner, comparison, budget - match.steps);
  for (size_t b = 0; b < match.count && !status; b++)
    status = edit_of(&out->edits[out->count++], arena, &aligner, &match.beads[b], err);
  out->steps = match.steps + aligner.steps;
  wt_aligner_release(&aligner);
  bool sound = true;
  if (!status) status = wt_diff_check(&sound, comparison->scratch, out, err);
  if (!sound) replace_all(out);
  return status;
}

wt_status wt_diff_units(wt_diff *out, wt_arena *arena, const wt_units *old, const wt_units *newer,
                        const wt_diff_options *options, wt_error *err) {
  wt_arena scratch = {0};
  wt_wording comparison;
  *out = (wt_diff){.old = *old, .newer = *newer, .same_bytes = same_units(old, newer)};
  wt_status status = wt_wording_init(&comparison, &scratch, old, newer, err);
  if (!status) status = diff_compared(out, arena, &comparison, options, err);
  wt_wording_release(&comparison);
  wt_arena_release(&scratch);
  return status;
}

wt_status wt_diff_words(wt_word_edit **out, size_t *count, wt_arena *arena, wt_span old, wt_span newer, wt_error *err) {
  wt_unit old_unit = {.text = old}, new_unit = {.text = newer};
  wt_units olds = {&old_unit, 1}, news = {&new_unit, 1};
  wt_bead bead = {.old_count = 1, .new_count = 1};
  wt_arena scratch = {0};
  wt_wording comparison;
  wt_edit edit = {0};
  wt_aligner aligner;
  wt_status status = wt_wording_init(&comparison, &scratch, &olds, &news, err);
  wt_aligner_init(&aligner, &comparison, wt_match_budget(&olds, &news));
  if (!status) status = edit_of(&edit, arena, &aligner, &bead, err);
  wt_aligner_release(&aligner);
  wt_wording_release(&comparison);
  wt_arena_release(&scratch);
  *out = edit.words;
  *count = edit.word_count;
  return status;
}
