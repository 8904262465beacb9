/* Which old unit is which new one: the stages in their order, and the beads that come out. */
#include "match/matching.h"

/* Linear in the text; and what two texts of 20,000 words out of a handful take, which nothing but bit rows can tell apart. */
#define STEPS_AT_LEAST ((uint64_t)1 << 24)
#define STEPS_A_BYTE 128u

uint64_t wt_match_budget(const wt_units *old, const wt_units *newer) {
  uint64_t bytes = 0;
  for (size_t u = 0; u < old->count; u++) bytes += old->items[u].text.len;
  for (size_t u = 0; u < newer->count; u++) bytes += newer->items[u].text.len;
  return STEPS_AT_LEAST + STEPS_A_BYTE * bytes;
}

static wt_status matching_init(wt_matching *matching, wt_arena *scratch, const wt_wording *comparison,
                               const wt_match_options *options, wt_error *err) {
  *matching = (wt_matching){.comparison = comparison,
                            .scratch = scratch,
                            .old_count = (uint32_t)comparison->old.units->count,
                            .new_count = (uint32_t)comparison->newer.units->count};
  uint32_t fewer = matching->old_count < matching->new_count ? matching->old_count : matching->new_count;
  matching->budget =
      options && options->budget ? options->budget : wt_match_budget(comparison->old.units, comparison->newer.units);
  matching->old_link = wt_arena_array(scratch, matching->old_count + 1u, sizeof *matching->old_link);
  matching->new_link = wt_arena_array(scratch, matching->new_count + 1u, sizeof *matching->new_link);
  matching->links = wt_arena_array(scratch, fewer + 1u, sizeof *matching->links);
  matching->old_gap = wt_arena_array(scratch, matching->old_count + 1u, sizeof *matching->old_gap);
  matching->new_gap = wt_arena_array(scratch, matching->new_count + 1u, sizeof *matching->new_gap);
  matching->bag = wt_arena_array(scratch, comparison->words.count + 1, sizeof *matching->bag);
  if (!matching->old_link || !matching->new_link || !matching->links || !matching->old_gap || !matching->new_gap ||
      !matching->bag)
    return wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
  return WT_OK;
}

static wt_bead bead_of(const wt_matching *matching, const wt_link *link) {
  const wt_unit *old = &matching->comparison->old.units->items[link->old];
  const wt_unit *new = &matching->comparison->newer.units->items[link->newer];
  bool same_key = wt_hash_equal(old->key, new->key) && wt_span_equal(old->text, new->text);
  return (wt_bead){.old = link->old,
                   .newer = link->newer,
                   .old_count = link->old_count,
                   .new_count = link->new_count,
                   .score = (uint16_t)link->score,
                   .moved = link->moved,
                   .same_key = same_key && link->score == WT_WHOLE};
}

/* Old units without a link, from *old on, up to the first that stays in place. */
static void put_deletions(wt_match *out, const wt_matching *matching, uint32_t *old, uint32_t new) {
  for (; *old < matching->old_count; ++*old) {
    uint32_t number = matching->old_link[*old];
    if (!number)
      out->beads[out->count++] = (wt_bead){.old = *old, .newer = new, .old_count = 1};
    else if (!matching->links[number - 1].moved)
      return;
  }
}

static void put_beads(wt_match *out, const wt_matching *matching) {
  uint32_t old = 0;
  put_deletions(out, matching, &old, 0);
  for (uint32_t new = 0; new < matching->new_count;) {
    uint32_t number = matching->new_link[new];
    if (!number) {
      out->beads[out->count++] = (wt_bead){.old = old, .newer = new, .new_count = 1};
      new += 1;
      continue;
    }
    const wt_link *link = &matching->links[number - 1];
    out->beads[out->count++] = bead_of(matching, link);
    new += link->new_count;
    if (link->moved) continue;
    old = link->old + link->old_count;
    put_deletions(out, matching, &old, new);
  }
}

static void link_twins(wt_matching *matching) {
  for (uint32_t u = 0; u < matching->new_count; u++) {
    uint32_t twin = matching->comparison->newer.twin[u];
    if (!twin) continue;
    wt_matching_link(matching,
                     (wt_link){.old = twin - 1, .newer = u, .old_count = 1, .new_count = 1, .score = WT_WHOLE});
  }
}

static wt_status run_stages(wt_matching *matching, wt_error *err) {
  link_twins(matching);
  wt_status status = wt_matching_chain(matching, err);
  if (!status) status = wt_matching_candidates(matching, err);
  if (!status) status = wt_matching_claim(matching, err);
  if (!status) status = wt_matching_chain(matching, err);
  if (!status) status = wt_matching_fill(matching, err);
  if (!status) status = wt_matching_moves(matching, err);
  if (status) return status;
  wt_matching_widen(matching);
  status = wt_matching_chain(matching, err);
  if (status) return status;
  wt_matching_context(matching);
  return wt_matching_chain(matching, err);
}

wt_status wt_match_run(wt_match *out, wt_arena *arena, const wt_wording *comparison, const wt_match_options *options,
                       wt_error *err) {
  wt_matching matching;
  *out = (wt_match){0};
  wt_status status = matching_init(&matching, comparison->scratch, comparison, options, err);
  if (!status) status = run_stages(&matching, err);
  wt_free(matching.candidates);
  if (status) return status;
  out->beads = wt_arena_alloc(arena, ((size_t)matching.old_count + matching.new_count + 1) * sizeof *out->beads);
  if (!out->beads) return wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
  put_beads(out, &matching);
  out->steps = matching.steps;
  return WT_OK;
}

wt_status wt_match_units(wt_match *out, wt_arena *arena, const wt_units *old, const wt_units *newer,
                         const wt_match_options *options, wt_error *err) {
  wt_arena scratch = {0};
  wt_wording comparison;
  wt_status status = wt_wording_init(&comparison, &scratch, old, newer, err);
  if (!status) status = wt_match_run(out, arena, &comparison, options, err);
  wt_wording_release(&comparison);
  wt_arena_release(&scratch);
  return status;
}
