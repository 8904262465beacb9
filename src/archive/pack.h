/*
 * pack: writes one pack (gitformat-pack, version 2) into the staging folder.
 *
 * The objects are spooled, in memory while they are few; when all are there the count is known, and libgit2's indexer
 * reads the pack as it would one from a stranger: it inflates and hashes every object, and writes the index.
 * No object is written twice (the indexer refuses that), and no chain of deltas is longer than WT_PACK_DEPTH.
 */
#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

#include "archive/io.h"
#include "archive/oidmap.h"

#define WT_PACK_DEPTH 25

typedef struct wt_pack wt_pack;

/* stage: an existing folder for temporary files; io: borrowed; number: tells the spools of packs that are open at once. */
wt_status wt_pack_open(wt_pack **out, wt_io *io, const char *stage, unsigned number, wt_error *err);
/* Removes what it left in the staging folder. */
void wt_pack_close(wt_pack *pack);

size_t wt_pack_count(const wt_pack *pack);
uint64_t wt_pack_size(const wt_pack *pack);
/* Where oid stands in this pack; offset 0: not here. */
wt_place wt_pack_place(const wt_pack *pack, wt_oid oid);

/* Adds an object whole. One that is here already is not written again. */
wt_status wt_pack_put(wt_oid *oid, wt_place *place, wt_pack *pack, wt_object_kind kind, wt_span bytes, wt_error *err);
/* Adds an object as a delta to one that stands at `base`, when that is shorter and the chain allows it; else whole. */
wt_status wt_pack_put_delta(wt_oid *oid, wt_place *place, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                            wt_place base, wt_span delta, wt_error *err);
/* The same, with the delta made here from the base's bytes. */
wt_status wt_pack_put_like(wt_oid *oid, wt_place *place, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                           wt_place base, wt_span base_bytes, wt_error *err);
/* Adds an object that is already deflated: `size` bytes when inflated; base.offset 0: whole, else those are a delta. */
wt_status wt_pack_put_raw(wt_place *place, wt_pack *pack, wt_object_kind kind, wt_oid oid, uint64_t size,
                          wt_span deflated, wt_place base, wt_error *err);

/* Lets libgit2 index the pack, syncs it and moves it into pack_dir: the pack first, the index last, then the folder is
   synced. name: 40 hex digits and NUL, of pack-NAME.pack. The pack is empty afterwards and can be filled again.
   Nothing is done for an empty one, and name is "". */
wt_status wt_pack_install(char name[41], wt_pack *pack, const char *pack_dir, wt_error *err);

#endif
