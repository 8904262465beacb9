/* A table of object ids with open addressing. */
#include "archive/oidmap.h"

#include <string.h>

void wt_oidmap_release(wt_oidmap *map) {
  wt_free(map->slots);
  *map = (wt_oidmap){0};
}

void wt_oidmap_clear(wt_oidmap *map) {
  if (map->capacity * sizeof *map->slots > (size_t)1 << 20) {
    wt_oidmap_release(map);
    return;
  }
  if (map->slots) memset(map->slots, 0, map->capacity * sizeof *map->slots);
  map->count = 0;
}

/* The slot that holds oid, or the free one where it belongs. */
static wt_oidmap_slot *slot_of(const wt_oidmap *map, wt_oid oid) {
  size_t at = wt_oid_head(oid) & (map->capacity - 1);
  while (!wt_oid_is_none(map->slots[at].oid) && !wt_oid_equal(map->slots[at].oid, oid))
    at = (at + 1) & (map->capacity - 1);
  return &map->slots[at];
}

wt_oidmap_slot *wt_oidmap_get(const wt_oidmap *map, wt_oid oid) {
  if (map->count == 0) return NULL;
  wt_oidmap_slot *slot = slot_of(map, oid);
  return wt_oid_is_none(slot->oid) ? NULL : slot;
}

static bool make_room(wt_oidmap *map) {
  if (map->count + 1 <= map->capacity / 8 * 5) return true;
  wt_oidmap wider = {.capacity = map->capacity ? map->capacity * 2 : 64, .count = map->count};
  wider.slots = wt_alloc_zero(wider.capacity, sizeof *wider.slots);
  if (!wider.slots) return false;
  for (size_t i = 0; i < map->capacity; i++)
    if (!wt_oid_is_none(map->slots[i].oid)) *slot_of(&wider, map->slots[i].oid) = map->slots[i];
  wt_free(map->slots);
  *map = wider;
  return true;
}

bool wt_oidmap_put(wt_oidmap *map, wt_oid oid, wt_place place) {
  if (!make_room(map)) return false;
  wt_oidmap_slot *slot = slot_of(map, oid);
  if (wt_oid_is_none(slot->oid)) map->count++;
  *slot = (wt_oidmap_slot){oid, place.depth, place.offset};
  return true;
}
