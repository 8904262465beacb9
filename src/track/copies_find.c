/* Answers: which earlier stories a story shares text with, aligned and graded. */
#include "copies_set.h"

#include <assert.h>
#include <stdlib.h>

#define HITS 2u       /* shared keys that make a story worth aligning */
#define OWN_RUN 8u    /* the longest shared run, boilerplate apart, has this many words */
#define OWN_WORDS 10u /* and so many are shared in all */
#define WOVEN_RUNS 2u
#define LONG_RUN 32u       /* no form has so many words without a gap to fill in */
#define TELLING 4u         /* words that tell, at least, for their share to be believed */
#define AS_IT_STANDS 3000u /* of the shorter, where no words tell */
#define JOINS 4000u
#define JOINS_RUN 10u
#define WOVEN_OWN 14u /* words in common in one stretch that was edited or misread all over */
#define FEW_WORDS 40u /* fewer are a passage, unless they are half of a story */

const char *wt_relation_name(wt_relation relation) {
  static const char *const names[] = {"quotes", "partial", "update", "copy"};
  return names[relation];
}

bool wt_copy_joins(const wt_copy *copy) {
  return copy->relation != WT_RELATION_QUOTES && copy->own >= JOINS && copy->longest >= JOINS_RUN;
}

/* ---- how much ---- */

static uint32_t share(uint32_t part, uint32_t whole) {
  return whole == 0 ? 0 : (uint32_t)(((uint64_t)part * 10000 + whole / 2) / whole);
}

/* Grades by what is no boilerplate: `mine` and `theirs` are shares of each story's own words, `words` how many are shared. */
static wt_relation grade(uint32_t mine, uint32_t theirs, uint32_t words, bool same_outlet) {
  uint32_t more = mine > theirs ? mine : theirs, less = mine > theirs ? theirs : mine;
  if (more < 2500 || (words < FEW_WORDS && more < 5000)) return WT_RELATION_QUOTES;
  if (same_outlet && more >= 4000 && less < 9500) return WT_RELATION_UPDATE;
  return (more >= 8000 && less >= 5000) || less >= 6500 ? WT_RELATION_COPY : WT_RELATION_PARTIAL;
}

/* A report made from the same form as another shares no passage of its own, but a good part of its words, woven together with
   other figures: that is told as well, if only as a quotation. Pasted boilerplate is not woven. */
static bool is_woven(const wt_overlap *overlap, uint32_t this_words, uint32_t other_words) {
  uint32_t mine = share(overlap->mine, this_words), theirs = share(overlap->theirs, other_words);
  return overlap->woven >= WOVEN_RUNS && (mine >= 2500 || theirs >= 2500);
}

/* A short notice has no room for a long passage: a good share of it is enough, a form's words with the others. */
static bool is_much_of_little(const wt_overlap *overlap, uint32_t this_words, uint32_t other_words) {
  bool shorter = this_words < other_words;
  uint32_t words = shorter ? this_words : other_words, said = shorter ? overlap->mine_said : overlap->theirs_said;
  return words < WT_COPIES_SHORT && share(said, words) >= 2500;
}

static bool is_verified(const wt_overlap *overlap, uint32_t this_words, uint32_t other_words) {
  bool own = overlap->longest_own >= OWN_RUN && overlap->mine_own >= OWN_WORDS;
  own = own || overlap->woven_own >= WOVEN_OWN;
  return own || is_woven(overlap, this_words, other_words) || is_much_of_little(overlap, this_words, other_words);
}

/* Notices made from one form, with other names and figures: what they share are the words that many stories have. Where too few
   words tell, a good part of the shorter has to be there as it stands. */
static bool is_filled_in(const wt_overlap *overlap, const wt_copies_item *this, const wt_copies_item *that) {
  uint32_t shorter = this->word_count < that->word_count ? this->word_count : that->word_count;
  if (overlap->longest_own >= LONG_RUN) return false;
  uint32_t most = shorter < WT_RUN_WORDS ? 0 : shorter - WT_RUN_WORDS + 1;
  if (overlap->telling_words < TELLING) return share(overlap->shingles, most) < AS_IT_STANDS;
  uint32_t mine = share(overlap->mine_own, this->own_words), telling = share(overlap->telling_found, overlap->telling);
  return 2 * telling < mine;
}

static bool same_outlet(const wt_copies_item *a, const wt_copies_item *b) {
  return a->outlet.len > 0 && wt_span_equal(a->outlet, b->outlet);
}

/* Aligns two stories; *verified is false when nothing that counts came out. False when out of memory. */
static bool compare(bool *verified, wt_copy *out, wt_copies *set, size_t story, size_t other) {
  const wt_copies_item *this = &set->items[story], *that = &set->items[other];
  wt_overlap overlap;
  *verified = false;
  if (!wt_tiler_run(&overlap, &set->tiler, wt_copies_words_of(set, other))) return false;
  if (!is_verified(&overlap, this->word_count, that->word_count)) return true;
  *verified = true;
  uint32_t mine = share(overlap.mine_own, this->own_words);
  uint32_t theirs = share(overlap.theirs_own, that->own_words);
  *out = (wt_copy){
      .other = other,
      .shared_words = overlap.mine,
      .contained = share(overlap.mine, this->word_count),
      .contains = share(overlap.theirs, that->word_count),
      .own = mine > theirs ? mine : theirs,
      .longest = overlap.longest_own,
      .relation = grade(mine, theirs, overlap.mine_own, same_outlet(this, that)),
  };
  if (is_filled_in(&overlap, this, that)) out->relation = WT_RELATION_QUOTES;
  return true;
}

/* ---- the answer ---- */

static int by_words(const void *a, const void *b) {
  const wt_copy *x = a, *y = b;
  if (x->shared_words != y->shared_words) return x->shared_words > y->shared_words ? -1 : 1;
  return x->other < y->other ? -1 : x->other > y->other;
}

/* Puts what is found into set->found; gives how many. */
static bool find(size_t *found, wt_copies *set, size_t story, size_t end) {
  size_t near = wt_copies_near(set, story, end, true);
  bool fine = near == 0 || wt_tiler_set(&set->tiler, wt_copies_words_of(set, story));
  *found = 0;
  for (size_t i = 0; i < near; i++) {
    uint32_t other = set->touched[i], hits = set->hits[other];
    set->hits[other] = 0;
    if (!fine || hits < HITS) continue;
    bool verified = false;
    fine = wt_grow(&set->found, &set->found_capacity, *found + 1, sizeof *set->found) &&
           compare(&verified, &set->found[*found], set, story, other);
    *found += verified;
  }
  return fine;
}

static wt_status tell(wt_copies *set, size_t story, size_t end, wt_copy_each each, void *context, wt_error *err) {
  assert(set->learned && story < set->count);
  size_t found;
  if (!find(&found, set, story, end)) return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  if (found > 1) qsort(set->found, found, sizeof *set->found, by_words);
  for (size_t i = 0; i < found; i++)
    if (!each(context, &set->found[i])) break;
  return WT_OK;
}

wt_status wt_copies_of(wt_copies *set, size_t story, wt_copy_each each, void *context, wt_error *err) {
  return tell(set, story, story, each, context, err);
}

wt_status wt_copies_around(wt_copies *set, size_t story, wt_copy_each each, void *context, wt_error *err) {
  return tell(set, story, set->count, each, context, err);
}

wt_status wt_copies_passages(const wt_passage **out, size_t *count, wt_copies *set, size_t story, size_t other,
                             wt_error *err) {
  wt_overlap overlap;
  if (!wt_tiler_set(&set->tiler, wt_copies_words_of(set, story)) ||
      !wt_tiler_run(&overlap, &set->tiler, wt_copies_words_of(set, other)))
    return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  *out = set->tiler.runs;
  *count = set->tiler.run_count;
  return WT_OK;
}

/* A chain of headlines leads back in time; it is told forwards. */
wt_status wt_copies_twins(wt_copies *set, size_t story, wt_twin_each each, void *context, wt_error *err) {
  size_t count = 0;
  for (uint32_t at = set->items[story].twin; at != 0; at = set->items[at - 1].twin) count++;
  size_t *twins = wt_alloc_zero(count + 1, sizeof *twins);
  if (twins == NULL) return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  size_t left = count;
  for (uint32_t at = set->items[story].twin; at != 0; at = set->items[at - 1].twin) twins[--left] = at - 1;
  for (size_t i = 0; i < count; i++)
    if (!each(context, twins[i])) break;
  wt_free(twins);
  return WT_OK;
}

/* ---- as JSON ---- */

typedef struct json_line {
  wt_json json;
  const wt_copies *set;
} json_line;

static bool print_copy(void *context, const wt_copy *copy) {
  json_line *line = context;
  wt_json_object(&line->json);
  wt_json_member(&line->json, "url", wt_copies_url(line->set, copy->other));
  wt_json_key(&line->json, "contained");
  wt_json_share(&line->json, copy->contained);
  wt_json_key(&line->json, "contains");
  wt_json_share(&line->json, copy->contains);
  wt_json_member_int(&line->json, "shared_words", copy->shared_words);
  wt_json_member(&line->json, "relation", wt_span_of(wt_relation_name(copy->relation)));
  wt_json_key(&line->json, "own");
  wt_json_share(&line->json, copy->own);
  wt_json_member_int(&line->json, "longest", copy->longest);
  wt_json_object_end(&line->json);
  return true;
}

static bool print_twin(void *context, size_t other) {
  json_line *line = context;
  wt_json_span(&line->json, wt_copies_url(line->set, other));
  return true;
}

wt_status wt_copies_print_json(wt_buf *out, wt_copies *set, size_t story, wt_error *err) {
  json_line line = {.set = set};
  wt_json_init(&line.json, out);
  wt_json_object(&line.json);
  wt_json_member_int(&line.json, "schema", 1);
  wt_json_member(&line.json, "url", wt_copies_url(set, story));
  wt_json_key(&line.json, "copies");
  wt_json_array(&line.json);
  wt_status status = wt_copies_of(set, story, print_copy, &line, err);
  wt_json_array_end(&line.json);
  wt_json_key(&line.json, "headline_twins");
  wt_json_array(&line.json);
  if (status == WT_OK) status = wt_copies_twins(set, story, print_twin, &line, err);
  wt_json_array_end(&line.json);
  wt_json_object_end(&line.json);
  return status == WT_OK ? wt_buf_status(out, "copies", err) : status;
}
