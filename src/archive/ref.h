/*
 * ref: moving refs, each by compare-and-swap, several of them wholly or not at all.
 *
 * A ref is written as git does it: NAME.lock, synced, renamed over NAME, the folder synced. Our NAME.lock is a hard link
 * to a file in the staging folder: after a crash the inode tells our stale lock from one that a living git holds.
 * More than one ref: what is to be done is first put, synced, into the file `pending`; whoever next takes the writer's
 * lock carries it out.
 */
#ifndef ARCHIVE_REF_H
#define ARCHIVE_REF_H

#include "archive/archive.h"

typedef struct wt_ref_move {
  const char *name;
  wt_oid old, newer; /* none as old: must not be there yet; none as newer: is removed */
} wt_ref_move;

/* Moves in three steps, so that what else has to be synced can be synced along with them. 1: the moves are checked, and
   what the refs will hold is written into the staging folder. WT_EREFUSED when a ref is not where `old` says. */
typedef struct wt_moving wt_moving;
wt_status wt_moving_begin(wt_moving **out, wt_archive *archive, const wt_ref_move *moves, size_t count, wt_error *err);
/* 2: that is synced. */
wt_status wt_moving_sync(wt_moving *moving, wt_error *err);
/* 3: the refs are moved and their folders synced. What they name must be there. WT_EBUSY when another git holds a lock. */
wt_status wt_moving_end(wt_moving *moving, wt_error *err);
void wt_moving_close(wt_moving *moving);
/* All three. */
wt_status wt_refs_move(wt_archive *archive, const wt_ref_move *moves, size_t count, wt_error *err);
/* Under the writer's lock: carries out what a killed writer had promised, and sweeps what it left behind. */
wt_status wt_refs_recover(wt_archive *archive, wt_error *err);

#endif
