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
  wt_oid old, new; /* none as old: must not be there yet; none as new: is deleted */
} wt_ref_move;

/* WT_EBUSY when another git holds a ref's lock, WT_EREFUSED when a ref is not where `old` says. */
wt_status wt_refs_move(wt_archive *archive, const wt_ref_move *moves, size_t count, wt_error *err);
/* Under the writer's lock: carries out what a killed writer had promised, and sweeps what it left behind. */
wt_status wt_refs_recover(wt_archive *archive, wt_error *err);

#endif
