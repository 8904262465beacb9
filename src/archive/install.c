/*
 * The index of a pack (gitformat-pack, version 2), and both files' way in: the index written and synced beside the pack in
 * the staging folder, which nobody reads; the pack renamed, the index renamed last, the folder synced. A reader that sees
 * an index finds its pack; a crash in between leaves a pack without an index, which git ignores and the next writer sweeps.
 */
#include "archive/install.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OID = 20 };
static const uint64_t small_most = 0x7fffffff; /* larger offsets stand in a table of their own */

/* ---- the index ---- */

static int by_oid(const void *a, const void *b) {
  return memcmp(((const wt_spot *)a)->oid.bytes, ((const wt_spot *)b)->oid.bytes, OID);
}

static void put32(wt_buf *out, uint64_t value) {
  unsigned char bytes[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16), (unsigned char)(value >> 8),
                            (unsigned char)value};
  wt_buf_put(out, bytes, sizeof bytes);
}

/* For each first byte of an id: how many have it or a lower one. */
static void put_fanout(wt_buf *out, const wt_spot *spots, size_t count) {
  size_t at = 0;
  for (unsigned first = 0; first < 256; first++) {
    while (at < count && spots[at].oid.bytes[0] <= first) at++;
    put32(out, at);
  }
}

static void put_offsets(wt_buf *out, const wt_spot *spots, size_t count) {
  uint64_t large = 0;
  for (size_t i = 0; i < count; i++)
    put32(out, spots[i].offset <= small_most ? spots[i].offset : 0x80000000u | large++);
  for (size_t i = 0; i < count; i++)
    if (spots[i].offset > small_most) {
      put32(out, spots[i].offset >> 32);
      put32(out, spots[i].offset);
    }
}

static void put_sum(wt_buf *out) {
  unsigned char sum[OID];
  wt_sha1 sha1;
  wt_sha1_init(&sha1);
  wt_sha1_put(&sha1, wt_buf_span(out));
  wt_sha1_end(sum, &sha1);
  wt_buf_put(out, sum, sizeof sum);
}

wt_status wt_pack_index(wt_buf *out, wt_spot *spots, size_t count, const unsigned char sum[20], wt_error *err) {
  static const char magic[] = "\377tOc\0\0\0\2";
  qsort(spots, count, sizeof *spots, by_oid);
  for (size_t i = 1; i < count; i++)
    if (wt_oid_equal(spots[i - 1].oid, spots[i].oid))
      return wt_fail(err, WT_ECORRUPT, "pack", (int64_t)spots[i].offset, "an object stands twice in a pack");
  wt_buf_reserve(out, 1100 + count * 36);
  wt_buf_put(out, magic, 8);
  put_fanout(out, spots, count);
  for (size_t i = 0; i < count; i++) wt_buf_put(out, spots[i].oid.bytes, OID);
  for (size_t i = 0; i < count; i++) put32(out, spots[i].crc);
  put_offsets(out, spots, count);
  wt_buf_put(out, sum, OID);
  put_sum(out);
  return wt_buf_status(out, "pack index", err);
}

/* ---- the way in ---- */

typedef struct pack_paths {
  char index[4300], pack_to[4300], index_to[4300];
} pack_paths;

static wt_status move_in(wt_io *io, const char *staged, wt_span index, const pack_paths *paths, const char *pack_dir,
                         wt_error *err) {
  wt_status status = wt_io_put(io, paths->index, index, err);
  chmod(staged, 0444); /* as git leaves them */
  chmod(paths->index, 0444);
  if (!status) status = wt_io_rename(io, staged, paths->pack_to, err);
  if (!status) status = wt_io_rename(io, paths->index, paths->index_to, err);
  return status ? status : wt_io_sync_dir(io, pack_dir, err);
}

wt_status wt_install(wt_io *io, const char *stage, const char *staged, wt_span index, const char name[41],
                     const char *pack_dir, wt_error *err) {
  pack_paths paths;
  snprintf(paths.index, sizeof paths.index, "%s/pack-%s.idx", stage, name);
  snprintf(paths.pack_to, sizeof paths.pack_to, "%s/pack-%s.pack", pack_dir, name);
  snprintf(paths.index_to, sizeof paths.index_to, "%s/pack-%s.idx", pack_dir, name);
  wt_status status = move_in(io, staged, index, &paths, pack_dir, err);
  if (status) {
    unlink(staged);
    unlink(paths.index);
  }
  return status;
}
