/* A bounded memory of texts, least recently used out first. */
#include "archive/recent.h"

#include <assert.h>
#include <string.h>

struct wt_recent_entry {
  uint64_t key;
  uint32_t number;
  wt_recent_entry *chain;         /* same slot */
  wt_recent_entry *newer, *older; /* by use */
  size_t len;
  char text[];
};

void wt_recent_init(wt_recent *recent, size_t limit) {
  *recent = (wt_recent){.limit = limit};
}

void wt_recent_clear(wt_recent *recent) {
  for (wt_recent_entry *entry = recent->newest, *older; entry; entry = older) {
    older = entry->older;
    wt_free(entry);
  }
  wt_free(recent->slots);
  *recent = (wt_recent){.limit = recent->limit};
}

void wt_recent_release(wt_recent *recent) {
  wt_recent_clear(recent);
}

static wt_recent_entry **slot_of(const wt_recent *recent, uint64_t key) {
  wt_recent_entry **slot = &recent->slots[(key * 0x9E3779B97F4A7C15U) >> 32 & (recent->capacity - 1)];
  while (*slot && (*slot)->key != key) slot = &(*slot)->chain;
  return slot;
}

static void unlink_use(wt_recent *recent, wt_recent_entry *entry) {
  *(entry->newer ? &entry->newer->older : &recent->newest) = entry->older;
  *(entry->older ? &entry->older->newer : &recent->oldest) = entry->newer;
}

static void link_newest(wt_recent *recent, wt_recent_entry *entry) {
  entry->newer = NULL;
  entry->older = recent->newest;
  *(recent->newest ? &recent->newest->newer : &recent->oldest) = entry;
  recent->newest = entry;
}

static void drop(wt_recent *recent, wt_recent_entry **slot) {
  wt_recent_entry *entry = *slot;
  assert(entry != NULL);
  *slot = entry->chain;
  unlink_use(recent, entry);
  recent->used -= entry->len;
  recent->count--;
  wt_free(entry);
}

wt_span wt_recent_get(uint32_t *number, wt_recent *recent, uint64_t key) {
  wt_recent_entry *entry = recent->capacity ? *slot_of(recent, key) : NULL;
  *number = entry ? entry->number : 0;
  if (!entry) return (wt_span){NULL, 0};
  unlink_use(recent, entry);
  link_newest(recent, entry);
  return (wt_span){entry->text, entry->len};
}

static bool widen(wt_recent *recent) {
  if (recent->count < recent->capacity) return true;
  size_t capacity = recent->capacity ? recent->capacity * 2 : 256;
  wt_recent_entry **slots = wt_alloc_zero(capacity, sizeof *slots);
  if (!slots) return recent->capacity > 0;
  wt_free(recent->slots);
  recent->slots = slots;
  recent->capacity = capacity;
  for (wt_recent_entry *entry = recent->newest; entry; entry = entry->older) {
    entry->chain = NULL;
    *slot_of(recent, entry->key) = entry;
  }
  return true;
}

void wt_recent_put(wt_recent *recent, uint64_t key, wt_span text, uint32_t number) {
  if (recent->capacity && *slot_of(recent, key)) drop(recent, slot_of(recent, key));
  if (text.len > recent->limit || !widen(recent)) return;
  while (recent->used + text.len > recent->limit) drop(recent, slot_of(recent, recent->oldest->key));
  wt_recent_entry *entry = wt_alloc(sizeof *entry + text.len);
  if (!entry) return;
  *entry = (wt_recent_entry){.key = key, .number = number, .len = text.len};
  if (text.len) memcpy(entry->text, text.data, text.len);
  *slot_of(recent, key) = entry;
  link_newest(recent, entry);
  recent->used += text.len;
  recent->count++;
}
