/* Which free units may belong together: those that share words that few units have, and all pairs of a small gap. */
#include "match/matching.h"

#include <string.h>

/* A word that more new units have than this finds nobody: its list is not walked. Bounds the work to a multiple of the text. */
#define LONGEST_LIST 24u
/* Candidates kept for an old unit. */
#define KEPT 4u
/* A gap of at most this many pairs is looked at whole. */
#define SMALL_GAP 64u
/* Below this likeness a pair is no candidate. */
#define BAR 200u

/* For each folded word the free new units that have it. */
typedef struct postings {
  uint32_t *first; /* by entry; one more at the end */
  uint32_t *units;
} postings;

typedef struct guess {
  uint32_t unit;
  uint32_t score;
} guess;

typedef struct finder {
  wt_matching *matching;
  postings lists;
  uint64_t *mass;    /* by new unit: mass in common with the unit asked for */
  uint32_t *touched; /* new units with mass */
  uint32_t touched_count;
} finder;

static inline uint32_t stem_of(const wt_matching *matching, const wt_token *token) {
  return matching->comparison->words.items[token->folded].stem;
}

uint64_t wt_worded_mass(const wt_worded *side, uint32_t unit, uint32_t count) {
  uint64_t mass = 0;
  for (uint32_t u = unit; u < unit + count; u++) mass += side->mass[u];
  return mass;
}

bool wt_matching_afford(wt_matching *matching, uint64_t steps) {
  if (steps > matching->budget - matching->steps) return false;
  matching->steps += steps;
  return true;
}

uint64_t wt_matching_common(wt_matching *matching, uint32_t old, uint32_t old_count, uint32_t new, uint32_t new_count) {
  const wt_worded *olds = &matching->comparison->old, *news = &matching->comparison->newer;
  const wt_token *begin = olds->tokens + olds->first[old], *end = olds->tokens + olds->first[old + old_count];
  uint16_t *bag = matching->bag;
  uint64_t mass = 0, cost = (uint64_t)(end - begin) * 2 + news->first[new + new_count] - news->first[new];
  if (!wt_matching_afford(matching, cost)) return 0;
  for (const wt_token *t = begin; t < end; t++)
    if (bag[stem_of(matching, t)] < UINT16_MAX) bag[stem_of(matching, t)]++;
  for (uint32_t t = news->first[new]; t < news->first[new + new_count]; t++) {
    uint32_t word = stem_of(matching, &news->tokens[t]);
    if (!bag[word]) continue;
    bag[word]--;
    mass += matching->comparison->words.items[word].weight;
  }
  for (const wt_token *t = begin; t < end; t++) bag[stem_of(matching, t)] = 0;
  return mass;
}

uint32_t wt_matching_score(wt_matching *matching, uint32_t old, uint32_t old_count, uint32_t new, uint32_t new_count) {
  uint64_t both = wt_worded_mass(&matching->comparison->old, old, old_count) +
                  wt_worded_mass(&matching->comparison->newer, new, new_count);
  uint64_t common = wt_matching_common(matching, old, old_count, new, new_count);
  if (!both) return 0;
  uint32_t score = (uint32_t)(2 * common * WT_WHOLE / both);
  return score < WT_WHOLE ? score : WT_WHOLE - 1; /* the whole is kept for what is equal */
}

void wt_matching_gaps(wt_matching *matching) {
  uint32_t gap = 0;
  for (uint32_t u = 0; u < matching->old_count; u++) {
    uint32_t number = matching->old_link[u];
    matching->old_gap[u] = gap;
    if (number && !matching->links[number - 1].moved && matching->links[number - 1].old == u) gap++;
  }
  gap = 0;
  for (uint32_t u = 0; u < matching->new_count; u++) {
    uint32_t number = matching->new_link[u];
    matching->new_gap[u] = gap;
    if (number && !matching->links[number - 1].moved && matching->links[number - 1].newer == u) gap++;
  }
}

static bool add(wt_matching *matching, uint32_t old, uint32_t new) {
  uint32_t score = wt_matching_score(matching, old, 1, new, 1);
  if (score < BAR) return true;
  if (!wt_grow(&matching->candidates, &matching->candidate_capacity, matching->candidate_count + 1,
               sizeof *matching->candidates))
    return false;
  matching->candidates[matching->candidate_count++] =
      (wt_link){.old = old, .newer = new, .old_count = 1, .new_count = 1, .score = score};
  return true;
}

/* Small words and marks are in nearly every unit and tell none apart. */
static inline bool tells(const wt_matching *matching, const wt_token *token) {
  return matching->comparison->words.items[token->folded].class >= WT_TOKEN_WORD;
}

/* Counts the free new units of each word (in first[word + 2]), or lists them there (from first[word + 1] on). */
static void each_word(finder *find, uint32_t *first, uint32_t *last, bool list) {
  const wt_matching *matching = find->matching;
  const wt_worded *side = &matching->comparison->newer;
  for (uint32_t u = 0; u < matching->new_count; u++) {
    if (matching->new_link[u]) continue;
    for (uint32_t t = side->first[u]; t < side->first[u + 1]; t++) {
      uint32_t word = stem_of(matching, &side->tokens[t]);
      if (!tells(matching, &side->tokens[t]) || last[word] == u + 1) continue;
      last[word] = u + 1;
      if (list)
        find->lists.units[first[word + 1]++] = u;
      else
        first[word + 2]++;
    }
  }
}

/* A list for each word, all in one array. */
static bool index_words(finder *find) {
  const wt_matching *matching = find->matching;
  size_t words = matching->comparison->words.count, tokens = matching->comparison->newer.count;
  uint32_t *first = wt_arena_array(matching->scratch, words + 2, sizeof *first);
  uint32_t *last = wt_arena_array(matching->scratch, words + 1, sizeof *last); /* by word: the last unit seen, + 1 */
  find->lists.units = wt_arena_alloc(matching->scratch, (tokens + 1) * sizeof *find->lists.units);
  if (!first || !last || !find->lists.units) return false;
  each_word(find, first, last, false);
  for (size_t w = 2; w < words + 2; w++) first[w] += first[w - 1];
  memset(last, 0, (words + 1) * sizeof *last);
  each_word(find, first, last, true);
  find->lists.first = first; /* listing moved each start to where its list ends: one entry back is right again */
  return true;
}

static void gather(finder *find, uint32_t old) {
  wt_matching *matching = find->matching;
  const wt_worded *side = &matching->comparison->old;
  for (uint32_t t = side->first[old]; t < side->first[old + 1]; t++) {
    if (!tells(matching, &side->tokens[t])) continue;
    uint32_t word = stem_of(matching, &side->tokens[t]), begin = find->lists.first[word],
             end = find->lists.first[word + 1];
    if (end - begin > LONGEST_LIST || !wt_matching_afford(matching, end - begin + 1)) continue;
    for (uint32_t p = begin; p < end; p++) {
      uint32_t unit = find->lists.units[p];
      if (!find->mass[unit]) find->touched[find->touched_count++] = unit;
      find->mass[unit] += matching->comparison->words.items[word].weight;
    }
  }
}

/* The best of those touched, best first; a tie goes to the one that came first. */
static unsigned choose(finder *find, uint32_t old, guess *best) {
  const wt_wording *c = find->matching->comparison;
  unsigned count = 0;
  for (uint32_t i = 0; i < find->touched_count; i++) {
    uint32_t unit = find->touched[i];
    uint64_t both = c->old.mass[old] + c->newer.mass[unit];
    guess here = {unit, (uint32_t)(2 * find->mass[unit] * WT_WHOLE / both)};
    find->mass[unit] = 0;
    unsigned at = count < KEPT ? count++ : KEPT;
    while (at &&
           (best[at - 1].score < here.score || (best[at - 1].score == here.score && best[at - 1].unit > here.unit))) {
      if (at < KEPT) best[at] = best[at - 1];
      at--;
    }
    if (at < KEPT) best[at] = here;
  }
  find->touched_count = 0;
  return count;
}

static bool add_guesses(finder *find, uint32_t old, uint32_t skip_begin, uint32_t skip_end) {
  guess best[KEPT];
  gather(find, old);
  unsigned count = choose(find, old, best);
  for (unsigned i = 0; i < count; i++)
    if ((best[i].unit < skip_begin || best[i].unit >= skip_end) && !add(find->matching, old, best[i].unit))
      return false;
  return true;
}

/* New units of the gap that an old unit is in: [*begin, *end), when few enough to look at all; else none. */
static void small_gap(const wt_matching *matching, uint32_t old, uint32_t *begin, uint32_t *end) {
  uint32_t gap = matching->old_gap[old], olds = 1, from = 0, to = matching->new_count;
  *begin = *end = 0;
  for (uint32_t u = old; u-- > 0 && matching->old_gap[u] == gap && olds <= SMALL_GAP;) olds++;
  for (uint32_t u = old + 1; u < matching->old_count && matching->old_gap[u] == gap && olds <= SMALL_GAP; u++) olds++;
  while (from < to) { /* new_gap never falls */
    uint32_t middle = from + (to - from) / 2;
    if (matching->new_gap[middle] < gap)
      from = middle + 1;
    else
      to = middle;
  }
  for (to = from;
       to < matching->new_count && matching->new_gap[to] == gap && (uint64_t)(to - from) * olds <= SMALL_GAP;)
    to++;
  if ((uint64_t)(to - from) * olds <= SMALL_GAP) {
    *begin = from;
    *end = to;
  }
}

wt_status wt_matching_candidates(wt_matching *matching, wt_error *err) {
  finder find = {.matching = matching};
  find.mass = wt_arena_array(matching->scratch, matching->new_count + 1u, sizeof *find.mass);
  find.touched = wt_arena_array(matching->scratch, matching->new_count + 1u, sizeof *find.touched);
  bool well = find.mass && find.touched && index_words(&find);
  wt_matching_gaps(matching);
  for (uint32_t old = 0; old < matching->old_count && well; old++) {
    if (matching->old_link[old]) continue;
    uint32_t begin, end;
    small_gap(matching, old, &begin, &end);
    for (uint32_t unit = begin; well && unit < end; unit++)
      if (!matching->new_link[unit]) well = add(matching, old, unit);
    well = well && add_guesses(&find, old, begin, end);
  }
  return well ? WT_OK : wt_fail(err, WT_ENOMEM, "match", -1, "out of memory");
}
