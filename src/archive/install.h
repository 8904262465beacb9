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
/* Takes in the pack at `staged`, which is written and synced, with this index. name: as in wt_pack_install. */
wt_status wt_install(wt_io *io, const char *stage, const char *staged, wt_span index, const char name[41],
                     const char *pack_dir, wt_error *err);

#endif
