/* oidmap: object ids to where they stand in a pack. Ids are random, so their first bytes are the hash. */
#ifndef ARCHIVE_OIDMAP_H
#define ARCHIVE_OIDMAP_H

#include "archive/git.h"

/* Where an object stands in a pack. offset 0: nowhere. */
typedef struct wt_place {
  uint64_t offset;
  uint32_t depth; /* deltas below it */
} wt_place;

typedef struct wt_oidmap_slot {
  wt_oid oid; /* none: a free slot */
  uint32_t depth;
  uint64_t offset;
} wt_oidmap_slot;

typedef struct wt_oidmap {
  wt_oidmap_slot *slots;
  size_t capacity, count; /* capacity: a power of two */
} wt_oidmap;

void wt_oidmap_release(wt_oidmap *map);
void wt_oidmap_clear(wt_oidmap *map); /* keeps memory up to a megabyte */
/* NULL when absent; valid until the next put. */
wt_oidmap_slot *wt_oidmap_get(const wt_oidmap *map, wt_oid oid);
/* Adds, or replaces. False when out of memory. oid is not none. */
bool wt_oidmap_put(wt_oidmap *map, wt_oid oid, wt_place place);

#endif
