/*
 * memory: what is known of hosts and origins, kept in a folder from run to run, so that a watcher that is started again, or
 * another process on the same archive, keeps to the same turns. Two files, named by the hash of the key:
 *
 *   HASH          "turn MS LATER": when the host may be asked next, and until when it asked to be left alone; ms since 1970
 *   HASH.robots   "until MS KIND", then the text of robots.txt when KIND is `text`; `none` when the origin has none
 *
 * What is missing, unreadable or of another time than the next day is not known. Nothing here fails: at worst a robots.txt is
 * asked for once more. Files are replaced by renaming, without waiting for the disk.
 */
#ifndef WT_FETCH_MEMORY_H
#define WT_FETCH_MEMORY_H

#include "origin.h"

/* Times of the arguments are those of the fetcher's clock; `ahead` is what the wall clock is ahead of it. dir NULL: nothing. */
void wt_memory_turn(wt_host *host, const char *dir, int64_t now_ms, int64_t ahead);
void wt_memory_keep_turn(const wt_host *host, const char *dir, int64_t ahead);
void wt_memory_robots(wt_origin *at, const char *dir, int64_t now_ms, int64_t ahead);
void wt_memory_keep_robots(const wt_origin *at, wt_span body, const char *dir, int64_t ahead);

#endif
