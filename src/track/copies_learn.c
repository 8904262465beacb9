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

#define IN_ONE_OUTLET 4u               /* families of one outlet that make a key boilerplate */
#define OVER_TIME 5u                   /* families of any outlet that do so over a long span */
#define LONG_SPAN (21 * (wt_instant)86400)
#define LOOKED_AT 4096u                /* occurrences of a key that are looked at */

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
  if (x->outlet != y->outlet)
    return x->outlet < y->outlet ? -1 : 1;
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
  for (size_t i = 0; i < count; i++)
    families += i == 0 || seen_at[i].family != seen_at[i - 1].family;
  return families;
}

static bool is_boilerplate(const wt_copies *set, const wt_copies_group *group, seen *room) {
  size_t count = 0;
  wt_instant first = INT64_MAX, last = INT64_MIN;
  for (size_t i = 0; i < group->count && count < LOOKED_AT; i++) {
    const wt_copies_item *item = &set->items[set->keys[set->order[group->begin + i]].story];
    room[count++] = (seen){item->outlet_hash, item->family};
    if (item->published == WT_INSTANT_NONE)
      continue;
    first = item->published < first ? item->published : first;
    last = item->published > last ? item->published : last;
  }
  if (count < IN_ONE_OUTLET)
    return false;
  if (most_in_one_outlet(room, count) >= IN_ONE_OUTLET)
    return true;
  return first <= last && last - first >= LONG_SPAN && count_families(room, count) >= OVER_TIME;
}

/* ---- words ---- */

/* Marks the words of boilerplate keys, and the few between two of them that no sampled key covers. */
static void mark_words(wt_copies *set) {
  for (size_t s = 0; s < set->count; s++) {
    wt_copies_item *item = &set->items[s];
    unsigned char *marks = set->boilerplate + item->word_begin;
    for (size_t k = item->key_begin; k < item->key_begin + item->key_count; k++) {
      const wt_copies_key *key = &set->keys[k];
      if (key->group != WT_NO_GROUP && set->groups[key->group].boilerplate)
        memset(marks + key->begin, 1, key->words);
    }
    for (uint32_t i = 0, end = 0; i < item->word_count; i++) {
      if (marks[i] == 0)
        continue;
      if (end > 0 && i - end <= 3)
        memset(marks + end, 1, i - end);
      end = i + 1;
    }
    for (uint32_t i = 0; i < item->word_count; i++)
      item->own_words -= marks[i];
  }
}

/* ---- headlines ---- */

typedef struct headline {
  uint64_t hash;
  uint32_t story;
} headline;

static int by_hash(const void *a, const void *b) {
  const headline *x = a, *y = b;
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return x->story < y->story ? -1 : x->story > y->story;
}

/* Links each story to the last one before it under the same headline. */
static bool link_twins(wt_copies *set) {
  headline *headlines = wt_alloc_zero(set->count + 1, sizeof *headlines);
  if (headlines == NULL)
    return false;
  for (size_t i = 0; i < set->count; i++)
    headlines[i] = (headline){set->items[i].headline, (uint32_t)i};
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
  set->boilerplate = wt_alloc_zero(set->word_count + 1, 1);
  set->hits = wt_alloc_zero(set->count + 1, sizeof *set->hits);
  set->touched = wt_alloc_zero(set->count + 1, sizeof *set->touched);
  if (room == NULL || set->boilerplate == NULL || set->hits == NULL || set->touched == NULL)
    goto done;
  status = wt_copies_group_keys(set, err);
  for (int pass = 0; pass < 2 && status == WT_OK; pass++) {
    find_families(set);
    for (size_t i = 0; i < set->group_count; i++)
      set->groups[i].boilerplate = set->groups[i].boilerplate || is_boilerplate(set, &set->groups[i], room);
  }
  if (status == WT_OK && !link_twins(set))
    status = WT_ENOMEM;
  if (status == WT_OK)
    mark_words(set);
  set->learned = status == WT_OK;
done:
  wt_free(room);
  return status == WT_ENOMEM ? wt_fail(err, status, "copies", -1, "out of memory") : status;
}
