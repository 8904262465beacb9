/* Writing one pack: objects and deltas into a spool. */
#include "archive/pack.h"

#include "archive/delta.h"
#include "archive/install.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 12, IN_MEMORY = 4 << 20, LEVEL = 6 };

struct wt_pack {
  wt_io *io;
  char stage[4096];
  char spool_path[4200];
  wt_io_file spool; /* holds what comes before `tail`; fd -1: nothing yet */
  wt_buf tail;
  uint64_t size; /* of the pack so far, its head counted */
  size_t count;
  wt_oidmap places;
  wt_deflater *deflater, *fast; /* for whole objects; for deltas, which have little left in them */
  wt_buf scratch;
};

wt_status wt_pack_open(wt_pack **out, wt_io *io, const char *stage, unsigned number, wt_error *err) {
  wt_pack *pack = wt_alloc_zero(1, sizeof *pack);
  *out = NULL;
  if (!pack) return wt_fail(err, WT_ENOMEM, stage, -1, "out of memory");
  pack->io = io;
  pack->size = HEAD;
  pack->spool.fd = -1;
  wt_status status = WT_OK;
  if ((size_t)snprintf(pack->stage, sizeof pack->stage, "%s", stage) >= sizeof pack->stage)
    status = wt_fail(err, WT_EINVAL, stage, -1, "the path is too long");
  snprintf(pack->spool_path, sizeof pack->spool_path, "%s/spool-%u", pack->stage, number);
  if (!status) status = wt_deflater_open(&pack->deflater, LEVEL, err);
  if (!status) status = wt_deflater_open(&pack->fast, WT_DEFLATE_QUICK, err);
  if (status)
    wt_pack_close(pack);
  else
    *out = pack;
  return status;
}

static void drop_spool(wt_pack *pack) {
  if (pack->spool.fd < 0) return;
  wt_io_close(&pack->spool);
  unlink(pack->spool_path);
}

void wt_pack_close(wt_pack *pack) {
  if (!pack) return;
  drop_spool(pack);
  wt_oidmap_release(&pack->places);
  wt_buf_release(&pack->tail);
  wt_buf_release(&pack->scratch);
  wt_deflater_close(pack->deflater);
  wt_deflater_close(pack->fast);
  wt_free(pack);
}

size_t wt_pack_count(const wt_pack *pack) {
  return pack->count;
}

uint64_t wt_pack_size(const wt_pack *pack) {
  return pack->size;
}

wt_place wt_pack_place(const wt_pack *pack, wt_oid oid) {
  const wt_oidmap_slot *slot = wt_oidmap_get(&pack->places, oid);
  return slot ? (wt_place){slot->offset, slot->depth} : (wt_place){0, 0};
}

/* ---- one object ---- */

static void put_head(wt_buf *out, unsigned type, uint64_t size) {
  unsigned char byte = (unsigned char)(type << 4 | (size & 15));
  for (size >>= 4; size; size >>= 7) {
    wt_buf_put_char(out, (char)(byte | 0x80));
    byte = size & 0x7f;
  }
  wt_buf_put_char(out, (char)byte);
}

/* How far back the base stands, in the form of an OFS_DELTA. */
static void put_back(wt_buf *out, uint64_t back) {
  unsigned char digits[10];
  size_t at = sizeof digits;
  digits[--at] = back & 0x7f;
  while (back >>= 7) digits[--at] = (unsigned char)(0x80 | (--back & 0x7f));
  wt_buf_put(out, digits + at, sizeof digits - at);
}

/* Moves what is in memory to the spool file. */
static wt_status spill(wt_pack *pack, wt_error *err) {
  wt_status status = WT_OK;
  if (pack->spool.fd < 0) status = wt_io_create(&pack->spool, pack->io, pack->spool_path, false, err);
  if (!status) status = wt_io_write(&pack->spool, wt_buf_span(&pack->tail), err);
  wt_buf_clear(&pack->tail);
  return status;
}

static void head_of(wt_buf *out, const wt_pack *pack, wt_object_kind kind, uint64_t size, wt_place base) {
  put_head(out, base.offset ? 6 : (unsigned)kind, size);
  if (base.offset) put_back(out, pack->size - base.offset);
}

/* Everything of this object after `start` is in the tail: counts it in. */
static wt_status counted(wt_place *place, wt_pack *pack, wt_oid oid, size_t start, wt_place base, wt_error *err) {
  *place = (wt_place){pack->size, base.offset ? base.depth + 1 : 0};
  wt_status status = wt_buf_status(&pack->tail, pack->spool_path, err);
  if (!status && !wt_oidmap_put(&pack->places, oid, *place))
    status = wt_fail(err, WT_ENOMEM, pack->spool_path, -1, "out of memory for a pack of %zu objects", pack->count);
  if (status) return status;
  pack->size += pack->tail.len - start;
  pack->count++;
  return pack->tail.len > IN_MEMORY ? spill(pack, err) : WT_OK;
}

static wt_status put(wt_place *place, wt_pack *pack, wt_object_kind kind, wt_oid oid, wt_span bytes, wt_place base,
                     wt_error *err) {
  size_t start = pack->tail.len;
  head_of(&pack->tail, pack, kind, bytes.len, base);
  wt_status status = wt_deflater_put(&pack->tail, base.offset ? pack->fast : pack->deflater, bytes, err);
  return status ? status : counted(place, pack, oid, start, base, err);
}

wt_status wt_pack_put(wt_oid *oid, wt_place *place, wt_pack *pack, wt_object_kind kind, wt_span bytes, wt_error *err) {
  return wt_pack_put_delta(oid, place, pack, kind, bytes, (wt_place){0, 0}, (wt_span){0}, err);
}

wt_status wt_pack_put_delta(wt_oid *oid, wt_place *place, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                            wt_place base, wt_span delta, wt_error *err) {
  *oid = wt_oid_of(kind, bytes);
  *place = wt_pack_place(pack, *oid);
  if (place->offset) return WT_OK;
  bool worth = base.offset && base.depth < WT_PACK_DEPTH && delta.len && delta.len < bytes.len / 4 * 3;
  if (!worth) return put(place, pack, kind, *oid, bytes, (wt_place){0, 0}, err);
  return put(place, pack, kind, *oid, delta, base, err);
}

wt_status wt_pack_put_like(wt_oid *oid, wt_place *place, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                           wt_place base, wt_span base_bytes, wt_error *err) {
  wt_buf_clear(&pack->scratch);
  if (base.offset && base.depth < WT_PACK_DEPTH) wt_delta_make(&pack->scratch, base_bytes, bytes, bytes.len / 2);
  return wt_pack_put_delta(oid, place, pack, kind, bytes, base, wt_buf_span(&pack->scratch), err);
}

wt_status wt_pack_put_raw(wt_place *place, wt_pack *pack, wt_object_kind kind, wt_oid oid, uint64_t size,
                          wt_span deflated, wt_place base, wt_error *err) {
  assert(!base.offset || base.depth < WT_PACK_DEPTH);
  size_t start = pack->tail.len;
  head_of(&pack->tail, pack, kind, size, base);
  wt_buf_put_span(&pack->tail, deflated);
  return counted(place, pack, oid, start, base, err);
}

/* ---- handing it over ---- */

static void pack_head(unsigned char out[HEAD], size_t count) {
  static const unsigned char magic[8] = {'P', 'A', 'C', 'K', 0, 0, 0, 2};
  memcpy(out, magic, sizeof magic);
  for (unsigned i = 0; i < 4; i++) out[8 + i] = (unsigned char)(count >> (24 - 8 * i));
}

static wt_status feed(wt_install *install, wt_sha1 *sha1, wt_span bytes, wt_error *err) {
  wt_sha1_put(sha1, bytes);
  return wt_install_feed(install, bytes, err);
}

static wt_status feed_spool(wt_install *install, wt_sha1 *sha1, wt_pack *pack, wt_error *err) {
  if (pack->spool.fd < 0) return WT_OK;
  int fd = open(pack->spool_path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return wt_fail(err, WT_EIO, pack->spool_path, -1, "cannot read the pack back");
  wt_status status = WT_OK;
  wt_buf_clear(&pack->scratch);
  ssize_t got = 1;
  while (!status && got > 0) {
    if (!wt_buf_reserve(&pack->scratch, 1 << 20))
      status = wt_buf_status(&pack->scratch, pack->spool_path, err);
    else if ((got = read(fd, pack->scratch.data, 1 << 20)) < 0)
      status = wt_fail(err, WT_EIO, pack->spool_path, -1, "cannot read the pack back");
    else
      status = feed(install, sha1, (wt_span){pack->scratch.data, (size_t)got}, err);
  }
  close(fd);
  return status;
}

static wt_status feed_all(wt_install *install, wt_pack *pack, wt_error *err) {
  unsigned char head[HEAD], sum[20];
  wt_sha1 sha1;
  wt_sha1_init(&sha1);
  pack_head(head, pack->count);
  wt_status status = feed(install, &sha1, (wt_span){(char *)head, sizeof head}, err);
  if (!status) status = feed_spool(install, &sha1, pack, err);
  if (!status) status = feed(install, &sha1, wt_buf_span(&pack->tail), err);
  wt_sha1_end(sum, &sha1);
  return status ? status : wt_install_feed(install, (wt_span){(char *)sum, sizeof sum}, err);
}

static void reset(wt_pack *pack) {
  drop_spool(pack);
  wt_buf_clear(&pack->tail);
  wt_oidmap_clear(&pack->places);
  pack->size = HEAD;
  pack->count = 0;
}

wt_status wt_pack_install(char name[41], wt_pack *pack, const char *pack_dir, wt_error *err) {
  name[0] = '\0';
  if (pack->count == 0) return WT_OK;
  wt_install install;
  wt_status status = wt_install_begin(&install, pack->io, pack->stage, pack->size + 20, err);
  if (!status) status = feed_all(&install, pack, err);
  if (!status) status = wt_install_finish(name, &install, pack_dir, err);
  wt_install_release(&install);
  if (!status) reset(pack);
  return status;
}
