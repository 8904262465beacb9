/*
 * compact: many small packs into few. Deltas are copied as they lie; what stands whole because its pack was too small to
 * hold its base becomes a delta to the story's previous text, the folder's previous state, the URL's previous capture.
 */
#ifndef ARCHIVE_COMPACT_H
#define ARCHIVE_COMPACT_H

#include "archive/archive.h"
#include "archive/oidmap.h"
#include "archive/packs.h"

enum { WT_PACKS_MOST = 20 };

/* With more than WT_PACKS_MOST packs that are not full-grown: merges the smallest of them, so that each object
   is written again only some three or four times in the life of an archive. Under the writer's lock. */
wt_status wt_compact_some(wt_archive *archive, wt_error *err);
/* Merges `files` (open or not) into one pack, which depends on what they hold and on nothing else. drop: objects that are
   left out; NULL: all stay. */
wt_status wt_compact(wt_archive *archive, wt_pack_file *const *files, size_t count, const wt_oidmap *drop,
                     wt_error *err);
/* All packs that nobody keeps, as long as they hold fewer objects together than memory should (else as wt_compact_some). */
wt_status wt_compact_all(wt_archive *archive, wt_error *err);

/* What each whole object is likely like: fills `like` with oid -> number and bases[number]. For the objects that `here`
   holds. */
typedef struct wt_likeness {
  wt_oidmap map;
  wt_oid *bases;
  size_t count, capacity;
  wt_oidmap captures; /* the last capture of a URL, by hash: number in bases */
} wt_likeness;
void wt_likeness_release(wt_likeness *likeness);
/* The base for oid, or none. */
wt_oid wt_likeness_of(const wt_likeness *likeness, wt_oid oid);
/* Learns from one commit of ours: its text, its folders, itself, its capture. */
wt_status wt_likeness_learn(wt_likeness *likeness, wt_archive *archive, wt_oid oid, const wt_oidmap *here,
                            wt_error *err);

#endif
