/* install: a finished pack and its index, synced, into the repository. */
#ifndef ARCHIVE_INSTALL_H
#define ARCHIVE_INSTALL_H

#include "archive/git.h"
#include "archive/io.h"

/* An object of a pack. */
typedef struct wt_spot {
  wt_oid oid;
  uint32_t crc; /* of its bytes in the pack, head and all */
  uint64_t offset;
  uint32_t depth; /* deltas below it */
} wt_spot;

/* The index of a pack whose last 20 bytes are `sum`. Sorts the spots by id. WT_ECORRUPT when two have one id. */
wt_status wt_pack_index(wt_buf *out, wt_spot *spots, size_t count, const unsigned char sum[20], wt_error *err);
/* A pack and its index in the staging folder, on their way in. */
typedef struct wt_arriving {
  wt_io *io;
  char name[41]; /* of pack-NAME.pack */
  char pack[4300], index[4300];
  wt_io_file index_file;
} wt_arriving;

/* Writes the index beside the pack that stands, written, at `staged`. name: 40 hex digits. */
wt_status wt_arriving_begin(wt_arriving *out, wt_io *io, const char *stage, const char *staged, wt_span index,
                            const char *name, wt_error *err);
/* Syncs the index; the pack must be synced by now. Then both get their names in pack_dir, the index last, and the folder
   is synced. */
wt_status wt_arriving_sync(wt_arriving *arriving, wt_error *err);
wt_status wt_arriving_enter(wt_arriving *arriving, const char *pack_dir, wt_error *err);
/* Gives up: removes both. */
void wt_arriving_drop(wt_arriving *arriving);

#endif
