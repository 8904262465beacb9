/*
 * The index of a pack (gitformat-pack, version 2), and both files' way in: the index written beside the pack in the
 * staging folder, which nobody reads; both synced; the pack renamed, the index renamed last, the folder synced. A reader
 * that sees an index finds its pack; a crash in between leaves a pack without an index, which git ignores and the next
 * writer sweeps.
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

wt_status wt_arriving_begin(wt_arriving *out, wt_io *io, const char *stage, const char *staged, wt_span index,
                            const char *name, wt_error *err) {
  *out = (wt_arriving){.io = io, .index_file = {.fd = -1}};
  snprintf(out->name, sizeof out->name, "%s", name);
  snprintf(out->pack, sizeof out->pack, "%s", staged);
  snprintf(out->index, sizeof out->index, "%s/pack-%s.idx", stage, name);
  return wt_io_begin(&out->index_file, io, out->index, index, err);
}

wt_status wt_arriving_sync(wt_arriving *arriving, wt_error *err) {
  return wt_io_end(&arriving->index_file, err);
}

wt_status wt_arriving_enter(wt_arriving *arriving, const char *pack_dir, wt_error *err) {
  char pack[4300], index[4300];
  snprintf(pack, sizeof pack, "%s/pack-%s.pack", pack_dir, arriving->name);
  snprintf(index, sizeof index, "%s/pack-%s.idx", pack_dir, arriving->name);
  chmod(arriving->pack, 0444); /* as git leaves them */
  chmod(arriving->index, 0444);
  wt_status status = wt_io_rename(arriving->io, arriving->pack, pack, err);
  if (!status) status = wt_io_rename(arriving->io, arriving->index, index, err);
  return status ? status : wt_io_sync_dir(arriving->io, pack_dir, err);
}

void wt_arriving_drop(wt_arriving *arriving) {
  if (!arriving->io) return;
  wt_io_close(&arriving->index_file);
  unlink(arriving->pack);
  unlink(arriving->index);
  arriving->io = NULL;
}
