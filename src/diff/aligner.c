/* One bead's way through the word diff: its units laid out as one text a side, aligned, and told as spans. */
#include "diff/words.h"

#include <string.h>

void wt_aligner_init(wt_aligner *aligner, const wt_wording *comparison, uint64_t budget) {
  *aligner = (wt_aligner){.comparison = comparison, .budget = budget};
}

static void run_release(wt_run *run) {
  wt_free(run->places);
  wt_free(run->base);
  wt_buf_release(&run->joined);
}

void wt_aligner_release(wt_aligner *aligner) {
  run_release(&aligner->old);
  run_release(&aligner->newer);
  wt_free(aligner->partner);
  wt_free(aligner->moved);
  wt_free(aligner->alike);
  wt_free(aligner->boxes);
  wt_free(aligner->seen);
  wt_free(aligner->chain);
  wt_free(aligner->lcs.bits);
  wt_free(aligner->lcs.lengths);
  wt_free(aligner->lcs.next);
  wt_free(aligner->trace);
  wt_free(aligner->rows);
  wt_free(aligner->edits);
  *aligner = (wt_aligner){0};
}

static void place_tokens(wt_run *run, const wt_worded *side) {
  uint32_t at = 0;
  for (uint32_t u = 0; u < run->unit_count; u++)
    for (uint32_t t = side->first[run->unit + u]; t < side->first[run->unit + u + 1]; t++, at++)
      run->places[at] = (wt_place){run->base[u] + side->tokens[t].begin, run->base[u] + side->tokens[t].end};
  run->places[at] = (wt_place){(uint32_t)run->text.len, (uint32_t)run->text.len};
}

/* Lays out units [unit, unit + count) of a side. One unit is read where it lies. */
static bool lay_out(wt_run *run, const wt_worded *side, uint32_t unit, uint32_t count) {
  run->unit = unit;
  run->unit_count = count;
  run->count = side->first[unit + count] - side->first[unit];
  run->tokens = run->count > 0 ? side->tokens + side->first[unit] : side->tokens;
  if (!wt_grow(&run->places, &run->place_capacity, run->count + 1u, sizeof *run->places)) return false;
  if (!wt_grow(&run->base, &run->base_capacity, count + 1u, sizeof *run->base)) return false;
  wt_buf_clear(&run->joined);
  run->base[0] = 0;
  for (uint32_t u = 0; u < count; u++) {
    wt_span text = side->units->items[unit + u].text;
    if (count > 1) wt_buf_put_span(&run->joined, text);
    run->base[u + 1] = run->base[u] + (uint32_t)text.len;
  }
  if (run->joined.failed) return false;
  run->text = count > 1 ? wt_buf_span(&run->joined) : side->units->items[unit].text;
  place_tokens(run, side);
  return true;
}

static bool all_paired(const wt_aligner *a) {
  if (a->old.count != a->newer.count) return false;
  for (uint32_t i = 0; i < a->old.count; i++)
    if (a->partner[i] != i + 1) return false;
  return true;
}

/* What is equal under folding as a whole and not word by word (a soft hyphen on its own) is kept as a whole. */
static bool keep_whole(wt_aligner *a, const wt_bead *bead) {
  if (!wt_grow(&a->edits, &a->edit_capacity, 1, sizeof *a->edits)) return false;
  a->edit_count = 1;
  a->edits[0] = (wt_word_edit){.op = WT_WORD_KEEP,
                               .old_unit = bead->old,
                               .new_unit = bead->newer,
                               .old_end = (uint32_t)a->old.text.len,
                               .new_end = (uint32_t)a->newer.text.len};
  return true;
}

wt_status wt_aligner_run(wt_aligner *aligner, const wt_bead *bead, wt_error *err) {
  const wt_wording *c = aligner->comparison;
  if (!lay_out(&aligner->old, &c->old, bead->old, bead->old_count) ||
      !lay_out(&aligner->newer, &c->newer, bead->newer, bead->new_count) ||
      !wt_grow(&aligner->partner, &aligner->partner_capacity, aligner->old.count + 1u, sizeof *aligner->partner))
    return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  memset(aligner->partner, 0, (aligner->old.count + 1u) * sizeof *aligner->partner);
  wt_status status = wt_align(aligner, err);
  if (status) return status;
  if (bead->score == WT_WHOLE && !all_paired(aligner))
    return keep_whole(aligner, bead) ? WT_OK : wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  if (!wt_align_tidy(aligner)) return wt_fail(err, WT_ENOMEM, "words", -1, "out of memory");
  return wt_align_emit(aligner, err);
}
