/*
 * Learns what is boilerplate.
 *
 * Stories that share half of their sampled keys are one family: one story, told by several outlets or several times. A key
 * that many families of one outlet have, or that comes back in several families over weeks, is boilerplate; the passage is
 * the same and what stands around it is not. Families are found twice: the second time without the boilerplate found
 * first, which alone may have held short stories together.
 */
#include "copies_set.h"

#include <stdlib.h>
#include <string.h>

#define IN_ONE_OUTLET 4u /* families of one outlet that make a key boilerplate */
#define OVER_TIME 5u     /* families of any outlet that do so over a long span */
#define LONG_SPAN (21 * (wt_instant)86400)
#define FEW 3u /* families that may have a word that tells, */
#define MOST_COUNTERS ((size_t)1 << 22)
#define LOOKED_AT 4096u /* occurrences of a key that are looked at */

/* ---- families ---- */

/* The earlier story that shares most with this one, when that is half of the smaller one's keys. */
static size_t closest(wt_copies *set, size_t story) {
  size_t near = wt_copies_near(set, story, story, false), best = story;
  uint32_t most = 0;
  for (size_t i = 0; i < near; i++) {
    uint32_t other = set->touched[i], shared = set->hits[other];
    set->hits[other] = 0;
    uint32_t mine = set->items[story].key_count, theirs = set->items[other].key_count;
    uint32_t smaller = mine < theirs ? mine : theirs;
    if (shared * 2 >= smaller && (shared > most || (shared == most && other < best))) {
      most = shared;
      best = other;
    }
  }
  return best;
}

static void find_families(wt_copies *set) {
  for (size_t i = 0; i < set->count; i++) {
    size_t other = closest(set, i);
    set->items[i].family = other == i ? (uint32_t)i : set->items[other].family;
  }
}

/* ---- one key ---- */

/* Where a key was seen. */
typedef struct seen {
  uint64_t outlet;
  uint32_t family;
} seen;

static int by_outlet(const void *a, const void *b) {
  const seen *x = a, *y = b;
  if (x->outlet != y->outlet) return x->outlet < y->outlet ? -1 : 1;
  return x->family < y->family ? -1 : x->family > y->family;
}

static int by_family(const void *a, const void *b) {
  const seen *x = a, *y = b;
  return x->family < y->family ? -1 : x->family > y->family;
}

static uint32_t most_in_one_outlet(seen *seen_at, size_t count) {
  uint32_t most = 0, here = 0;
  qsort(seen_at, count, sizeof *seen_at, by_outlet);
  for (size_t i = 0; i < count; i++) {
    bool same_outlet = i > 0 && seen_at[i].outlet == seen_at[i - 1].outlet;
    if (!same_outlet)
      here = 1;
    else if (seen_at[i].family != seen_at[i - 1].family)
      here++;
    most = here > most ? here : most;
  }
  return most;
}

static uint32_t count_families(seen *seen_at, size_t count) {
  uint32_t families = 0;
  qsort(seen_at, count, sizeof *seen_at, by_family);
  for (size_t i = 0; i < count; i++) families += i == 0 || seen_at[i].family != seen_at[i - 1].family;
  return families;
}

/* What the key of a group is: 0, or WT_MARK_*. */
static unsigned char kind_of(const wt_copies *set, const wt_copies_group *group, seen *room) {
  size_t count = 0, brief = 0;
  wt_instant first = INT64_MAX, last = INT64_MIN;
  for (size_t i = 0; i < group->count && count < LOOKED_AT; i++) {
    const wt_copies_item *item = &set->items[set->keys[set->order[group->begin + i]].story];
    room[count++] = (seen){item->outlet_hash, item->family};
    brief += item->word_count < WT_COPIES_SHORT;
    if (item->published == WT_INSTANT_NONE) continue;
    first = item->published < first ? item->published : first;
    last = item->published > last ? item->published : last;
  }
  unsigned char kind = 2 * brief > count ? WT_MARK_FORM : WT_MARK_BOILERPLATE;
  if (count < IN_ONE_OUTLET) return 0;
  if (most_in_one_outlet(room, count) >= IN_ONE_OUTLET) return kind;
  bool comes_back = first <= last && last - first >= LONG_SPAN && count_families(room, count) >= OVER_TIME;
  return comes_back ? kind : 0;
}

/* ---- words ---- */

/* Marks the words of keys of one kind, over those of the other, and the few between two of them that no key covers. */
static void mark_kind(wt_copies *set, const wt_copies_item *item, unsigned char kind) {
  unsigned char *marks = set->marks + item->word_begin;
  for (size_t k = item->key_begin; k < item->key_begin + item->key_count; k++) {
    const wt_copies_key *key = &set->keys[k];
    if (key->group != WT_NO_GROUP && set->groups[key->group].kind == kind) memset(marks + key->begin, kind, key->words);
  }
  for (uint32_t i = 0, end = 0; i < item->word_count; i++) {
    if (marks[i] != kind) continue;
    if (end > 0 && i - end <= 3) memset(marks + end, kind, i - end);
    end = i + 1;
  }
}

static void mark_words(wt_copies *set) {
  for (size_t s = 0; s < set->count; s++) {
    wt_copies_item *item = &set->items[s];
    mark_kind(set, item, WT_MARK_FORM);
    mark_kind(set, item, WT_MARK_BOILERPLATE);
    for (uint32_t i = 0; i < item->word_count; i++) item->own_words -= set->marks[item->word_begin + i] != 0;
  }
}

/* ---- words that tell ---- */

/* In how many stories and families a word is; words that fall on one counter count together. */
typedef struct word_count {
  uint32_t stories, families;
  uint32_t last_story, last_family; /* 1 + the one that was counted last */
} word_count;

/* Stories by family: a list from each family's first story on. */
static uint32_t *link_families(const wt_copies *set) {
  uint32_t *nexts = wt_alloc_zero(set->count + 1, sizeof *nexts), *lasts = wt_alloc_zero(set->count + 1, sizeof *lasts);
  for (size_t s = 0; s < set->count && nexts != NULL && lasts != NULL; s++) {
    uint32_t family = set->items[s].family;
    if (family != s) nexts[lasts[family]] = (uint32_t)s;
    lasts[family] = (uint32_t)s;
  }
  if (lasts == NULL) {
    wt_free(nexts);
    nexts = NULL;
  }
  wt_free(lasts);
  return nexts;
}

static void count_words(word_count *counts, uint32_t mask, const wt_copies *set, const uint32_t *nexts) {
  for (uint32_t f = 0; f < set->count; f++) {
    if (set->items[f].family != f) continue;
    for (uint32_t s = f, more = 1; more; more = nexts[s], s = nexts[s])
      for (uint32_t i = 0; i < set->items[s].word_count; i++) {
        word_count *count = &counts[set->words[set->items[s].word_begin + i] & mask];
        count->stories += count->last_story != s + 1;
        count->families += count->last_family != f + 1;
        count->last_story = s + 1;
        count->last_family = f + 1;
      }
  }
}

/* How much a word tells: 3 when few families have it, or so small a part of all of them, 0 when many do. */
static unsigned telling_of(uint32_t families, size_t stories) {
  static const unsigned parts[] = {512, 256, 64};
  for (unsigned i = 0; i < 3; i++)
    if (families <= FEW || families <= stories / parts[i]) return 3 - i;
  return 0;
}

/* A story told by fifty outlets is one as far as its words are rare. */
static bool mark_telling(wt_copies *set) {
  size_t size = (size_t)1 << 16;
  while (size < set->word_count && size < MOST_COUNTERS) size *= 2;
  word_count *counts = wt_alloc_zero(size, sizeof *counts);
  uint32_t *nexts = link_families(set), mask = (uint32_t)(size - 1);
  bool done = counts != NULL && nexts != NULL;
  if (done) count_words(counts, mask, set, nexts);
  for (size_t i = 0; i < set->word_count && done; i++) {
    const word_count *count = &counts[set->words[i] & mask];
    if (count->stories > 1) set->marks[i] |= (unsigned char)(WT_MARK_TELLING * telling_of(count->families, set->count));
  }
  wt_free(counts);
  wt_free(nexts);
  return done;
}

/* ---- headlines ---- */

typedef struct headline {
  uint64_t hash;
  uint32_t story;
} headline;

static int by_hash(const void *a, const void *b) {
  const headline *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  return x->story < y->story ? -1 : x->story > y->story;
}

/* Links each story to the last one before it under the same headline. */
static bool link_twins(wt_copies *set) {
  headline *headlines = wt_alloc_zero(set->count + 1, sizeof *headlines);
  if (headlines == NULL) return false;
  for (size_t i = 0; i < set->count; i++) headlines[i] = (headline){set->items[i].headline, (uint32_t)i};
  qsort(headlines, set->count, sizeof *headlines, by_hash);
  for (size_t i = 1; i < set->count; i++)
    if (headlines[i].hash != 0 && headlines[i].hash == headlines[i - 1].hash)
      set->items[headlines[i].story].twin = headlines[i - 1].story + 1;
  wt_free(headlines);
  return true;
}

wt_status wt_copies_learn(wt_copies *set, wt_error *err) {
  wt_status status = WT_ENOMEM;
  seen *room = wt_alloc_zero(LOOKED_AT, sizeof *room);
  set->marks = wt_alloc_zero(set->word_count + 1, 1);
  set->hits = wt_alloc_zero(set->count + 1, sizeof *set->hits);
  set->touched = wt_alloc_zero(set->count + 1, sizeof *set->touched);
  if (room == NULL || set->marks == NULL || set->hits == NULL || set->touched == NULL) goto done;
  status = wt_copies_group_keys(set, err);
  for (int pass = 0; pass < 2 && status == WT_OK; pass++) {
    find_families(set);
    for (size_t i = 0; i < set->group_count; i++)
      if (set->groups[i].kind == 0) set->groups[i].kind = kind_of(set, &set->groups[i], room);
  }
  if (status == WT_OK && !link_twins(set)) status = WT_ENOMEM;
  if (status == WT_OK) mark_words(set);
  if (status == WT_OK && !mark_telling(set)) status = WT_ENOMEM;
  set->learned = status == WT_OK;
done:
  wt_free(room);
  return status == WT_ENOMEM ? wt_fail(err, status, "copies", -1, "out of memory") : status;
}
