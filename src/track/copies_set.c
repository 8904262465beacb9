/* Fills a set of stories: their words, their sampled shingles and their paragraphs. */
#include "copies_set.h"

#include <stdlib.h>
#include <string.h>

#define PARAGRAPH_WORDS 8u /* a shorter paragraph is no key by itself */
#define RARE 64u           /* stories of a boilerplate key that are still looked at */
#define OF_ONE_FORM 1024u  /* stories of a form that are looked at: the last ones */
#define FEW_STORIES 4u     /* a key of no more stories is telling by itself */
#define HEADLINE_WORDS 3u  /* a shorter headline tells nothing */

wt_status wt_copies_open(wt_copies **out, const wt_copies_options *options, wt_error *err) {
  wt_copies *set = wt_alloc_zero(1, sizeof *set);
  *out = set;
  if (set == NULL) return wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  if (options != NULL) set->options = *options;
  if (set->options.sample == 0) set->options.sample = 2;
  if (set->options.limit == 0) set->options.limit = (size_t)16 << 30;
  wt_arena_init(&set->arena, set->options.limit);
  return WT_OK;
}

void wt_copies_close(wt_copies *set) {
  if (set == NULL) return;
  wt_arena_release(&set->arena);
  wt_fingerprint_release(&set->print);
  wt_tiler_release(&set->tiler);
  wt_free(set->items);
  wt_free(set->words);
  wt_free(set->marks);
  wt_free(set->keys);
  wt_free(set->order);
  wt_free(set->groups);
  wt_free(set->hits);
  wt_free(set->touched);
  wt_free(set->found);
  wt_free(set);
}

size_t wt_copies_count(const wt_copies *set) {
  return set->count;
}
wt_span wt_copies_url(const wt_copies *set, size_t story) {
  return set->items[story].url;
}
wt_span wt_copies_outlet(const wt_copies *set, size_t story) {
  return set->items[story].outlet;
}
uint32_t wt_copies_words(const wt_copies *set, size_t story) {
  return set->items[story].word_count;
}

wt_words_of wt_copies_words_of(const wt_copies *set, size_t story) {
  const wt_copies_item *item = &set->items[story];
  const unsigned char *marks = set->marks == NULL ? NULL : set->marks + item->word_begin;
  return (wt_words_of){set->words + item->word_begin, marks, item->word_count};
}

uint32_t wt_copies_boilerplate(const wt_copies *set, size_t story) {
  return set->items[story].word_count - set->items[story].own_words;
}

static uint64_t hash_words(const uint64_t *words, size_t count) {
  return count < HEADLINE_WORDS ? 0 : wt_hash64((wt_span){(const char *)words, count * sizeof *words});
}

static bool put_key(wt_copies *set, uint64_t hash, size_t begin, size_t words) {
  if (set->key_count == set->key_capacity &&
      !wt_grow(&set->keys, &set->key_capacity, set->key_count + 1, sizeof *set->keys))
    return false;
  set->keys[set->key_count++] =
      (wt_copies_key){hash, (uint32_t)set->count, (uint32_t)begin, (uint32_t)words, WT_NO_GROUP};
  return true;
}

static bool put_paragraphs(wt_copies *set, const wt_fingerprint *print) {
  size_t at = 0;
  for (size_t i = 0; i < print->paragraph_count; i++) {
    uint32_t words = print->paragraph_words[i];
    if (words >= PARAGRAPH_WORDS && !put_key(set, print->paragraphs[i], at, words)) return false;
    at += words;
  }
  return true;
}

static bool put_shingles(wt_copies *set, const wt_fingerprint *print) {
  uint64_t highest = print->token_count < WT_COPIES_SHORT ? UINT64_MAX - 1 : (UINT64_MAX - 1) / set->options.sample;
  for (size_t i = 0; i < print->token_count; i++) {
    uint32_t width;
    uint64_t hash = wt_shingle_at(&width, print, i);
    if (width > 0 && hash <= highest && !put_key(set, hash, i + 1 - width, width)) return false;
  }
  return true;
}

static bool put_words(wt_copies *set, const wt_fingerprint *print) {
  size_t need = set->word_count + print->token_count;
  if (need > set->word_capacity && !wt_grow(&set->words, &set->word_capacity, need, sizeof *set->words)) return false;
  for (size_t i = 0; i < print->token_count; i++) set->words[set->word_count++] = (uint32_t)(print->tokens[i] >> 32);
  return true;
}

static bool put_item(wt_copies *set, const wt_copies_story *story) {
  if (!wt_grow(&set->items, &set->capacity, set->count + 1, sizeof *set->items)) return false;
  const wt_fingerprint *print = &set->print;
  wt_copies_item *item = &set->items[set->count];
  *item = (wt_copies_item){.published = story->published, .word_begin = set->word_count, .key_begin = set->key_count};
  item->url = wt_span_keep(&set->arena, story->url);
  item->outlet = wt_span_keep(&set->arena, story->outlet);
  item->outlet_hash = wt_hash64(story->outlet);
  item->headline = hash_words(print->headline, print->headline_count);
  item->word_count = item->own_words = (uint32_t)print->token_count;
  if (item->url.data == NULL || item->outlet.data == NULL) return false;
  if (!put_paragraphs(set, print) || !put_shingles(set, print) || !put_words(set, print)) return false;
  item->key_count = (uint32_t)(set->key_count - item->key_begin);
  set->count++;
  return true;
}

static size_t used(const wt_copies *set) {
  return set->arena.used + set->key_capacity * (sizeof *set->keys + sizeof *set->order) +
         set->word_capacity * (sizeof *set->words + 1) + set->capacity * (sizeof *set->items + 2 * sizeof *set->hits);
}

wt_status wt_copies_add(wt_copies *set, const wt_copies_story *story, wt_error *err) {
  wt_fingerprint_options options = {.sample = UINT32_MAX}; /* shingles are taken with their places instead */
  wt_status status = story->story != NULL
                         ? wt_fingerprint_story(&set->print, story->story, &options, err)
                         : wt_fingerprint_text(&set->print, story->headline, story->text, &options, err);
  if (status != WT_OK) return status;
  if (set->count >= INT32_MAX || set->print.token_count >= INT32_MAX)
    return wt_fail(err, WT_ELIMIT, "copies", -1, "2^31 stories or words");
  size_t keys = set->key_count, words = set->word_count;
  if (put_item(set, story) && used(set) <= set->options.limit) return WT_OK;
  set->key_count = keys;
  set->word_count = words;
  return wt_fail(err, WT_ENOMEM, "copies", -1, "%zu stories are more than memory holds", set->count);
}

/* ---- equal keys ---- */

/* Radix sort of the places of keys by hash; places of one hash stay in order of story. */
static bool sort_order(size_t *order, size_t *spare, const wt_copies_key *keys, size_t count) {
  const size_t buckets = (size_t)1 << 16;
  size_t *starts = wt_alloc_zero(buckets + 1, sizeof *starts);
  for (unsigned shift = 0; shift < 64 && starts != NULL; shift += 16) {
    memset(starts, 0, (buckets + 1) * sizeof *starts);
    for (size_t i = 0; i < count; i++) starts[(keys[order[i]].hash >> shift & 0xFFFF) + 1]++;
    for (size_t b = 0; b < buckets; b++) starts[b + 1] += starts[b];
    for (size_t i = 0; i < count; i++) spare[starts[keys[order[i]].hash >> shift & 0xFFFF]++] = order[i];
    memcpy(order, spare, count * sizeof *order);
  }
  wt_free(starts);
  return starts != NULL;
}

static bool put_group(wt_copies *set, size_t begin, size_t end) {
  wt_copies_key *keys = set->keys;
  if (keys[set->order[begin]].story == keys[set->order[end - 1]].story) /* a repeat inside one story */
    return true;
  if (!wt_grow(&set->groups, &set->group_capacity, set->group_count + 1, sizeof *set->groups)) return false;
  for (size_t i = begin; i < end; i++) keys[set->order[i]].group = (uint32_t)set->group_count;
  set->groups[set->group_count++] = (wt_copies_group){.begin = begin, .count = (uint32_t)(end - begin)};
  return true;
}

wt_status wt_copies_group_keys(wt_copies *set, wt_error *err) {
  bool done = false;
  size_t *spare = wt_alloc_zero(set->key_count + 1, sizeof *spare);
  set->order = wt_alloc_zero(set->key_count + 1, sizeof *set->order);
  if (spare == NULL || set->order == NULL) goto done;
  for (size_t i = 0; i < set->key_count; i++) set->order[i] = i;
  done = sort_order(set->order, spare, set->keys, set->key_count);
  for (size_t begin = 0, end; begin < set->key_count && done; begin = end) {
    for (end = begin + 1; end < set->key_count && set->keys[set->order[end]].hash == set->keys[set->order[begin]].hash;)
      end++;
    if (end - begin > 1) done = put_group(set, begin, end);
  }
done:
  wt_free(spare);
  return done ? WT_OK : wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
}

/* ---- near ---- */

/* Of a group's keys, those that a search reads: [*begin, *end) in `order`. */
static void range_of(size_t *begin, size_t *end, const wt_copies *set, const wt_copies_group *group, size_t before,
                     bool rare) {
  *begin = *end = group->begin;
  if (group->kind != 0 && (!rare || (group->kind == WT_MARK_BOILERPLATE && group->count > RARE))) return;
  size_t low = group->begin, high = group->begin + group->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (set->keys[set->order[middle]].story < before)
      low = middle + 1;
    else
      high = middle;
  }
  *end = low;
  if (group->kind == WT_MARK_FORM && *end - *begin > OF_ONE_FORM) *begin = *end - OF_ONE_FORM;
}

size_t wt_copies_near(wt_copies *set, size_t story, size_t end, bool rare) {
  const wt_copies_item *item = &set->items[story];
  size_t touched = 0;
  for (size_t k = item->key_begin; k < item->key_begin + item->key_count; k++) {
    size_t from, to;
    if (set->keys[k].group == WT_NO_GROUP) continue;
    range_of(&from, &to, set, &set->groups[set->keys[k].group], end, rare);
    bool telling = set->keys[k].words > 16 || to - from <= FEW_STORIES;
    uint32_t weight = telling ? 2 : 1, last = UINT32_MAX;
    for (size_t i = from; i < to; i++) {
      uint32_t other = set->keys[set->order[i]].story;
      if (other == last || other == story) continue;
      last = other;
      if (set->hits[other] == 0) set->touched[touched++] = other;
      set->hits[other] += weight;
    }
  }
  return touched;
}
