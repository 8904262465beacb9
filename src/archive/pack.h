/*
 * pack: writes one pack (gitformat-pack, version 2) into the staging folder.
 *
 * The objects are spooled, in memory while they are few; when all are there the head says how many, and the index is
 * written from what is known. libgit2's indexer would find it out again, at several times the cost of all the rest, and
 * without knowing which id was meant: here each delta is applied to its base before it is written, and must give the
 * object that bears the id. No object is written twice, and no chain of deltas is longer than WT_PACK_DEPTH.
 *
 * Objects are numbered from 1 as they are put. Deltas are made and bytes deflated behind the caller, in the same order, by
 * a thread where there is much to do: so the pack is the same with it and without it. What fails there is told by a later
 * call, at the latest by the installing.
 */
#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

#include "archive/io.h"
#include "archive/oidmap.h"

#define WT_PACK_DEPTH 25

typedef struct wt_pack wt_pack;

/* stage: an existing folder for temporary files; io: borrowed; number: tells the spools of packs that are open at once. */
wt_status wt_pack_open(wt_pack **out, wt_io *io, const char *stage, unsigned number, bool one_thread, wt_error *err);
/* Removes what it left in the staging folder. */
void wt_pack_close(wt_pack *pack);

size_t wt_pack_count(const wt_pack *pack);
/* Bytes of the pack, but for the last megabyte or two that were put. */
uint64_t wt_pack_size(const wt_pack *pack);
/* The number of an object of this pack; 0: it is not here. */
uint32_t wt_pack_number(const wt_pack *pack, wt_oid oid);
/* May a delta stand on this object? It waits for the writing. */
wt_status wt_pack_has_room(bool *out, wt_pack *pack, uint32_t number, wt_error *err);

/* Adds an object whole. One that is here already is not written again. */
wt_status wt_pack_put(wt_oid *oid, uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_span bytes, wt_error *err);
/* Adds an object as a delta to `base` (0: none), when that is shorter and the chain allows it; else whole. */
wt_status wt_pack_put_delta(wt_oid *oid, uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                            uint32_t base, wt_span delta, wt_error *err);
/* The same, with the delta made here from the base's bytes. */
wt_status wt_pack_put_like(wt_oid *oid, uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                           uint32_t base, wt_span base_bytes, wt_error *err);
/* Adds an object that is already deflated: `size` bytes when inflated; base 0: whole, else those are a delta to one that
   has room. */
wt_status wt_pack_put_raw(uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_oid oid, uint64_t size,
                          wt_span deflated, uint32_t base, wt_error *err);

/* The pack's way into the repository, in three steps, so that what else has to be synced can be synced along with it.
   Nothing is done for an empty pack. 1: pack and index are written into the staging folder, and on their
   way to the disk. */
wt_status wt_pack_stage(wt_pack *pack, wt_error *err);
/* 2: both are synced. */
wt_status wt_pack_sync(wt_pack *pack, wt_error *err);
/* 3: both are moved into pack_dir, the pack first, the index last, then the folder is synced. name: 40 hex digits and NUL,
   of pack-NAME.pack; "" of an empty one. The pack is empty afterwards and can be filled again. */
wt_status wt_pack_enter(char name[41], wt_pack *pack, const char *pack_dir, wt_error *err);
/* All three. */
wt_status wt_pack_install(char name[41], wt_pack *pack, const char *pack_dir, wt_error *err);

#endif
