/* Where the ladder stands, and which rung is due. */
#include "archive/ladder.h"

wt_oid wt_ladder_fine_parent(const wt_commit *commit) {
  return wt_commit_is_rung(commit) ? commit->parents[1] : commit->parents[0];
}

bool wt_ladder_rung(unsigned *level, uint64_t *count, const wt_commit *commit) {
  uint64_t number;
  if (!wt_commit_is_rung(commit) || !wt_number_parse(&number, commit->trailers[WT_TRAILER_LADDER_LEVEL]) ||
      number < 1 || number > 2)
    return false;
  *level = (unsigned)number;
  return wt_number_parse(count, commit->trailers[WT_TRAILER_LADDER_COUNT]);
}

/* Down to the last rung or the root, counting; *at is left there. */
static wt_status down_to_rung(wt_ladder *out, unsigned *level, wt_oid *at, wt_archive *archive, wt_error *err) {
  wt_object object;
  wt_commit commit;
  for (*level = 0;;) {
    wt_status status = wt_commit_read(&object, &commit, archive, *at, err);
    if (status) return status;
    bool rung = wt_ladder_rung(level, &out->rung_count, &commit);
    wt_oid next = commit.parents[0];
    wt_object_release(&object);
    if (rung || wt_oid_is_none(next)) break;
    out->count++;
    *at = next;
  }
  out->count += out->rung_count;
  out->rung = *at;
  return WT_OK;
}

/* From a rung of level 1 by first parents to the one of level 2, or to the root. */
static wt_status down_to_top(wt_ladder *out, wt_archive *archive, wt_oid at, wt_error *err) {
  wt_object object;
  wt_commit commit;
  uint64_t count;
  for (unsigned level = 1; level == 1;) {
    wt_status status = wt_commit_read(&object, &commit, archive, at, err);
    if (status) return status;
    level = 0;
    bool rung = wt_ladder_rung(&level, &count, &commit);
    if (rung && level == 1) {
      out->rungs++;
      at = commit.parents[0];
    }
    wt_object_release(&object);
  }
  out->top = at;
  return WT_OK;
}

wt_status wt_ladder_read(wt_ladder *out, wt_archive *archive, wt_oid tip, wt_error *err) {
  unsigned level;
  *out = (wt_ladder){.count = 0};
  if (wt_oid_is_none(tip)) return WT_OK;
  wt_status status = down_to_rung(out, &level, &tip, archive, err);
  return status ? status : down_to_top(out, archive, tip, err);
}

unsigned wt_ladder_due(const wt_ladder *ladder) {
  if (ladder->rungs >= WT_LADDER_STEP) return 2;
  return ladder->count - ladder->rung_count >= WT_LADDER_STEP ? 1 : 0;
}

wt_oid wt_ladder_first_parent(const wt_ladder *ladder, unsigned level) {
  return level == 2 ? ladder->top : ladder->rung;
}

void wt_ladder_add_commit(wt_ladder *ladder, wt_oid commit, bool root) {
  if (root)
    ladder->rung = ladder->top = commit;
  else
    ladder->count++;
}

void wt_ladder_add_rung(wt_ladder *ladder, wt_oid commit, unsigned level) {
  ladder->rung_count = ladder->count;
  ladder->rung = commit;
  ladder->rungs = level == 2 ? 0 : ladder->rungs + 1;
  if (level == 2) ladder->top = commit;
}

void wt_ladder_put_message(wt_buf *out, const wt_ladder *ladder, unsigned level) {
  wt_buf_put_format(out, "Ladder: %llu commits below\n\n", (unsigned long long)ladder->count);
  wt_commit_put_trailer_number(out, WT_TRAILER_LADDER_LEVEL, level);
  wt_commit_put_trailer_number(out, WT_TRAILER_LADDER_COUNT, ladder->count);
}
