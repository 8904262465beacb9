/*
 * ladder: merges that let plain git skip.
 *
 * Every 64 commits of main a rung of level 1: first parent the rung before it (whatever its level; the root, for the
 * first), second parent the newest commit, the tree the same. Every 64 of those a rung of level 2, whose first parent is
 * the level-2 rung before it (or the root) and whose second parent is the level-1 rung just made. The next commit's first
 * parent is always the newest commit. `git log -- PATH` follows a parent whose file is the same: 64 or 4,096 at a time.
 *
 * The *fine* parent of a commit, second of a rung and first of any other, leads through every commit of main.
 */
#ifndef ARCHIVE_LADDER_H
#define ARCHIVE_LADDER_H

#include "archive/archive.h"

enum { WT_LADDER_STEP = 64 };

typedef struct wt_ladder {
  uint64_t count;      /* commits of main that are no rungs, the root not counted */
  uint64_t rung_count; /* count at the last rung */
  wt_oid rung;         /* the last one, or the root */
  wt_oid top;          /* the last rung of level 2, or the root */
  unsigned rungs;      /* of level 1 since top */
} wt_ladder;

/* Reads the state at a tip; at most about 128 commits where the ladder stands. tip none: zeroes. */
wt_status wt_ladder_read(wt_ladder *out, wt_archive *archive, wt_oid tip, wt_error *err);
/* The level of the rung that is due now: 0 none. */
unsigned wt_ladder_due(const wt_ladder *ladder);
/* The first parent of the rung that is due. */
wt_oid wt_ladder_first_parent(const wt_ladder *ladder, unsigned level);
void wt_ladder_add_commit(wt_ladder *ladder, wt_oid commit, bool root);
void wt_ladder_add_rung(wt_ladder *ladder, wt_oid commit, unsigned level);
/* Appends the message of a rung. */
void wt_ladder_put_message(wt_buf *out, const wt_ladder *ladder, unsigned level);

/* The next commit on the fine way back; none at the root. */
wt_oid wt_ladder_fine_parent(const wt_commit *commit);
/* Level and count of a rung. False when the trailers are no numbers. */
bool wt_ladder_rung(unsigned *level, uint64_t *count, const wt_commit *commit);

#endif
