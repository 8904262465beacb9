/*
 * Who was before whom in a family of copies, by what the texts say and the clocks.
 *
 * A story that holds what a later revision of another brought was made from that one. Stories are cut from the end, and a
 * copier's own lead stands at the head. Clocks count more the further they are apart, and less than a text that is plain:
 * pollers see a page late, feeds invent times, machines are set wrong. What all of it says together: copies_root.c.
 */
#include "copies_kin.h"

#include "copies_said.h"
#include "track/track.h"

#include <string.h>

enum {
  SAID = 100,          /* what a page says of itself */
  LATER_REVISION = 60, /* holds what only a later revision has */
  FIRST_REVISION = 12, /* fits a first revision that was then worked on: whoever works on a story wrote it */
  CUT_END = 25,
  NEW_LEAD = 20,
  CLOCK_SURE = 40,   /* the most that clocks weigh */
  TELLING_WORDS = 5, /* of a fit: fewer say nothing */
  TURN_WORDS = 3,    /* what two sentences that changed places are worth in words */
  END_WORDS = 15,
  LEAD_WORDS = 10,
  FAMILY_WORDS = 40,  /* of one story in another that make them one, */
  FAMILY_SHARE = 4000 /* and in parts of 10,000 of the shorter */
};

/* ---- members ---- */

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
}

typedef struct revisions_in {
  track_kin_member *member;
  wt_track *track;
  wt_status status;
  wt_error *err;
} revisions_in;

static bool same_words(wt_words_of a, wt_words_of b) {
  return a.count == b.count && (a.count == 0 || memcmp(a.words, b.words, a.count * sizeof *a.words) == 0);
}

/* Revisions of the same words one after the other count once. */
static bool take_revision(void *context, const wt_revision_row *row) {
  revisions_in *in = context;
  track_kin_member *member = in->member;
  wt_arena arena = {0};
  wt_story text;
  wt_words_of words = {0};
  bool kill = row->status == WT_STATUS_CANCELED || row->status == WT_STATUS_WITHHELD;
  if (kill || (row->flags & WT_REVISION_ERASED) != 0) return true;
  in->status = track_read_blob(&text, &arena, in->track, row->blob, in->err);
  if (in->status == WT_OK) in->status = track_copies_words(&words, &text, in->err);
  wt_arena_release(&arena);
  size_t count = member->revision_count;
  if (in->status == WT_OK && count > 0 && same_words(member->revisions[count - 1], words)) {
    wt_free((void *)words.words);
  } else if (in->status == WT_OK) {
    member->numbers[count] = row->number;
    member->revisions[member->revision_count++] = words;
  }
  return in->status == WT_OK && member->revision_count < KIN_REVISIONS;
}

static wt_status read_revisions(track_kin_member *member, wt_track *track, wt_error *err) {
  wt_revision_filter filter = {.story = member->row->story.id, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  revisions_in in = {.member = member, .track = track, .err = err};
  if (filter.story == 0 || member->row->story.revisions < 2) return WT_OK;
  member->revisions = wt_alloc_zero(KIN_REVISIONS, sizeof *member->revisions);
  member->numbers = wt_alloc_zero(KIN_REVISIONS, sizeof *member->numbers);
  if (member->revisions == NULL || member->numbers == NULL) return no_memory(err);
  wt_status status = wt_index_revisions(track->index, &filter, take_revision, &in, err);
  return in.status != WT_OK ? in.status : status;
}

/* The most words that a text has of any text of a member. */
static bool most_shared(uint32_t *out, wt_tiler *tiler, const track_kin_member *member) {
  *out = 0;
  for (size_t r = 0; r <= member->revision_count; r++) {
    wt_overlap overlap;
    if (!wt_tiler_run(&overlap, tiler, r < member->revision_count ? member->revisions[r] : member->words)) return false;
    *out = overlap.mine > *out ? overlap.mine : *out;
  }
  return true;
}

static wt_status is_of_family(bool *out, const track_kin *kin, const track_kin_member *member, wt_error *err) {
  wt_tiler tiler = {0};
  bool done = true;
  *out = false;
  for (size_t k = 0; k < kin->count && k < 5 && done && !*out; k++) {
    const track_kin_member *of = &kin->members[k];
    uint32_t shared = 0, shorter = of->words.count < member->words.count ? of->words.count : member->words.count;
    done = wt_tiler_set(&tiler, of->words) && most_shared(&shared, &tiler, member);
    *out = shared >= FAMILY_WORDS && (uint64_t)shared * 10000 >= (uint64_t)shorter * FAMILY_SHARE;
  }
  wt_tiler_release(&tiler);
  return done ? WT_OK : no_memory(err);
}

static void release(track_kin_member *member) {
  for (size_t r = 0; r < member->revision_count; r++) wt_free((void *)member->revisions[r].words);
  wt_free(member->revisions);
  wt_free(member->numbers);
  *member = (track_kin_member){0};
}

void track_kin_close(track_kin *kin) {
  for (size_t i = 0; i < kin->count; i++) release(&kin->members[i]);
  kin->count = 0;
}

wt_status track_kin_add(track_kin *kin, wt_track *track, const track_copies *copies, const track_copies_row *row,
                        size_t number, bool distant, wt_error *err) {
  if (kin->count == KIN_MOST) return WT_OK;
  track_kin_member *member = &kin->members[kin->count];
  *member = (track_kin_member){.row = row, .words = wt_copies_words_of(copies->set, number)};
  wt_status status = read_revisions(member, track, err);
  bool taken = true;
  if (status == WT_OK && distant) status = is_of_family(&taken, kin, member, err);
  if (status == WT_OK && taken)
    kin->count++;
  else
    release(member);
  return status;
}

size_t track_kin_find(const track_kin *kin, int64_t story) {
  for (size_t i = 0; i < kin->count; i++)
    if (kin->members[i].row->story.id == story) return i;
  return kin->count;
}

/* ---- fits ---- */

/* Of `covered` words: how many before the first that is covered, how many after the last, how many between are not. */
typedef struct ends {
  uint32_t head, tail, inner;
} ends;

static ends ends_of(const unsigned char *covered, wt_words_of words) {
  ends e = {0};
  uint32_t first = 0, last = words.count;
  while (first < words.count && covered[first] == 0) first++;
  while (last > first && covered[last - 1] == 0) last--;
  for (uint32_t i = first; i < last; i++) e.inner += covered[i] == 0;
  for (uint32_t i = 0; i < first; i++) e.head += words.marks == NULL || (words.marks[i] & WT_MARK_COMMON) == 0;
  for (uint32_t i = last; i < words.count; i++) e.tail += words.marks == NULL || (words.marks[i] & WT_MARK_COMMON) == 0;
  return e;
}

bool track_kin_fit_of(track_kin_fit *out, wt_tiler *tiler, wt_words_of revision) {
  wt_overlap overlap;
  if (!wt_tiler_run(&overlap, tiler, revision)) return false;
  out->found = overlap.mine;
  out->turns = overlap.turns;
  out->apart = tiler->this.count - overlap.mine + revision.count - overlap.theirs + TURN_WORDS * overlap.turns;
  out->worth = 2 * (int64_t)overlap.mine - ends_of(tiler->theirs, revision).inner;
  return true;
}

/* ---- versions ---- */

/* What the revisions of one member say of another: above 0, the one with revisions was before. `apart` is lowered to that of
   the revision that is nearest. */
static bool weigh_versions(int *out, uint32_t *apart, wt_tiler *tiler, const track_kin_member *of,
                           const track_kin_member *text) {
  track_kin_fit first, fit, best;
  size_t at = 0;
  *out = 0;
  if (of->revision_count < 2) return true;
  if (!wt_tiler_set(tiler, text->words) || !track_kin_fit_of(&first, tiler, of->revisions[0])) return false;
  best = first;
  for (size_t r = 0; r < of->revision_count; r++) {
    if (!track_kin_fit_of(&fit, tiler, of->revisions[r])) return false;
    if (fit.apart < *apart) *apart = fit.apart;
    if (fit.worth <= best.worth) continue;
    best = fit;
    at = r;
  }
  if (at > 0 && best.found >= first.found + TELLING_WORDS)
    *out = LATER_REVISION;
  else if (at > 0 && best.worth >= first.worth + TELLING_WORDS)
    *out = LATER_REVISION / 2;
  else
    *out = FIRST_REVISION;
  return true;
}

/* ---- texts ---- */

/* Has one text an end that the other has nothing for? A sentence more is no cut: a copier adds one. */
static bool is_cut(uint32_t tail, uint32_t other_tail, uint32_t words) {
  return tail >= END_WORDS + 3 * other_tail && 12 * tail >= words;
}

/* Above 0: b was cut from a, or a's text stands in b under a lead of its own. */
static bool weigh_texts(track_kin_evidence *out, wt_tiler *tiler, wt_words_of a, wt_words_of b) {
  track_kin_fit fit;
  if (!wt_tiler_set(tiler, a) || !track_kin_fit_of(&fit, tiler, b)) return false;
  out->apart = fit.apart;
  ends mine = ends_of(tiler->mine, a), theirs = ends_of(tiler->theirs, b);
  if (is_cut(mine.tail, theirs.tail, a.count)) out->end = CUT_END;
  if (is_cut(theirs.tail, mine.tail, b.count)) out->end = -CUT_END;
  if (theirs.head >= LEAD_WORDS + 3 * mine.head) out->lead = NEW_LEAD;
  if (mine.head >= LEAD_WORDS + 3 * theirs.head) out->lead = -NEW_LEAD;
  return true;
}

/* ---- clocks ---- */

/* One in ten minutes up to an hour, then one in half an hour. */
static int weigh_clocks(wt_instant a, wt_instant b) {
  wt_instant apart = b - a, distance = apart < 0 ? -apart : apart;
  wt_instant weight = distance < 3600 ? distance / 600 : 6 + (distance - 3600) / 1800;
  int bounded = weight > CLOCK_SURE ? CLOCK_SURE : (int)weight;
  return apart < 0 ? -bounded : bounded;
}

/* ---- the whole ---- */

int track_kin_sum(const track_kin_evidence *e) {
  return e->said + e->versions + e->end + e->lead + e->clock;
}

static wt_status weigh_two(track_kin_evidence *out, wt_tiler *tiler, const track_kin_member *first,
                           const track_kin_member *second, wt_error *err) {
  int forth = 0, back = 0;
  bool timed = first->row->story.id != 0 && second->row->story.id != 0;
  *out = (track_kin_evidence){0};
  if (timed) out->clock = weigh_clocks(first->row->time, second->row->time);
  bool done = weigh_texts(out, tiler, first->words, second->words) &&
              weigh_versions(&forth, &out->apart, tiler, first, second) &&
              weigh_versions(&back, &out->apart, tiler, second, first);
  out->versions = forth - back;
  out->said = SAID * track_copies_said(first->row, second->row);
  if (timed && wt_span_equal(first->row->story.outlet, second->row->story.outlet)) /* one clock */
    out->said = out->versions = out->end = out->lead = 0;
  return done ? WT_OK : no_memory(err);
}

wt_status track_kin_weigh(track_kin_table *out, const track_kin *kin, size_t from, wt_error *err) {
  wt_tiler tiler = {0};
  wt_status status = WT_OK;
  memset(out, 0, sizeof *out);
  out->first = from;
  for (size_t a = from; a < kin->count && status == WT_OK; a++)
    for (size_t b = a + 1; b < kin->count && status == WT_OK; b++)
      status = weigh_two(&out->of[a][b], &tiler, &kin->members[a], &kin->members[b], err);
  wt_tiler_release(&tiler);
  if (status == WT_OK) track_kin_root(out, kin, from);
  return status;
}
