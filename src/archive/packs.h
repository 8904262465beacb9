/*
 * packs: the packs that lie in the repository, read directly: which objects each holds, where, and as what.
 * (gitformat-pack, versions 2 of both files.) Everything is checked against the sizes of the files: a damaged pack gives
 * an error, never a stray read.
 */
#ifndef ARCHIVE_PACKS_H
#define ARCHIVE_PACKS_H

#include "archive/archive.h"

typedef struct wt_pack_object {
  wt_oid oid;
  uint32_t crc; /* of its bytes in the pack */
  uint64_t offset;
} wt_pack_object;

typedef struct wt_pack_file {
  char name[41]; /* the hex digits of pack-NAME.pack */
  uint64_t size; /* bytes of the pack */
  size_t count;  /* objects */
  bool kept;     /* somebody put a .keep beside it: not ours to touch */
  /* while open: */
  wt_span pack, index;     /* mapped */
  wt_pack_object *objects; /* by offset */
} wt_pack_file;

typedef struct wt_packs {
  wt_pack_file *items; /* by name */
  size_t count, capacity;
} wt_packs;

/* Lists what is there, closed. Packs without an index are not listed. */
wt_status wt_packs_list(wt_packs *out, wt_archive *archive, wt_error *err);
void wt_packs_release(wt_packs *packs);

wt_status wt_pack_file_open(wt_pack_file *file, wt_archive *archive, wt_error *err);
void wt_pack_file_close(wt_pack_file *file);
/* Removes its files, the index first. */
wt_status wt_pack_file_remove(const wt_pack_file *file, wt_archive *archive, wt_error *err);

/* One object as it lies in the pack. */
typedef struct wt_packed {
  unsigned type; /* wt_object_kind, or 6 and 7 for deltas */
  uint64_t size; /* inflated, of the delta when it is one */
  wt_span deflated;
  uint64_t base;   /* offset of the base, for type 6 */
  wt_oid base_oid; /* of the base, for 6 and 7 */
} wt_packed;
wt_status wt_pack_file_at(wt_packed *out, const wt_pack_file *file, size_t index, wt_error *err);
/* Are its bytes those that were written? WT_ECORRUPT. */
wt_status wt_pack_file_check(const wt_pack_file *file, size_t index, wt_error *err);
/* The number of the object with this offset, or file->count. */
size_t wt_pack_file_by_offset(const wt_pack_file *file, uint64_t offset);

#endif
