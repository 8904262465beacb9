/*
 * recent: texts that were written lately, within a ceiling, as bases for deltas. The least recently used goes first.
 */
#ifndef ARCHIVE_RECENT_H
#define ARCHIVE_RECENT_H

#include "archive/oidmap.h"

typedef struct wt_recent_entry wt_recent_entry;

typedef struct wt_recent {
  size_t limit; /* bytes of texts */
  size_t used;
  wt_recent_entry **slots; /* chains by key */
  size_t capacity, count;
  wt_recent_entry *newest, *oldest;
} wt_recent;

void wt_recent_init(wt_recent *recent, size_t limit);
void wt_recent_release(wt_recent *recent);
/* Forgets all: the pack that the numbers count in is closed. */
void wt_recent_clear(wt_recent *recent);
/* The text and its number in the pack, or an empty span and 0. Valid until the next put. */
wt_span wt_recent_get(uint32_t *number, wt_recent *recent, uint64_t key);
/* Remembers a copy, in place of what the key held. What does not fit, or finds no memory, is simply not remembered. */
void wt_recent_put(wt_recent *recent, uint64_t key, wt_span text, uint32_t number);

#endif
