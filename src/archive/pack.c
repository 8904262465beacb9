/* Writing one pack: objects and deltas into a spool. */
#include "archive/pack.h"

#include "archive/delta.h"
#include "archive/install.h"
#include "archive/recent.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
  HEAD = 12,
  IN_MEMORY = 4 << 20,
  LEVEL = 6,
  TREE_LEVEL = 2,
  LOAD = 1 << 20,
  LOAD_KEPT = 16 << 20,
  FOLDERS = 64 << 20
};

typedef enum piece_form { WHOLE, LIKE, DELTA, RAW } piece_form;

/* An object that waits to be written: its bytes stand in its load, then those of its base (LIKE) or the delta (DELTA). */
typedef struct piece {
  wt_oid oid;
  wt_object_kind kind;
  piece_form form;
  uint32_t base;
  uint64_t size; /* of RAW, inflated */
  size_t at, len, other_len;
} piece;

/* Pieces in the order of the pack. */
typedef struct load {
  piece *pieces;
  size_t count, capacity;
  wt_buf bytes;
} load;

typedef enum pack_state { NO_THREAD, IDLE, WRITING, LEAVING } pack_state;

/* One load is filled by the caller while the other is written, by a thread of its own once there is enough to do. All that
   stands below `state` belongs to that thread while it is WRITING. */
struct wt_pack {
  wt_io *io;
  char stage[4096];
  char spool_path[4200];
  bool one_thread;
  wt_oidmap numbers; /* by id: the number in `offset` */
  uint32_t count;
  load filling;
  uint64_t known_size; /* when the last load was handed over: the same with a thread and without */
  pthread_t thread;
  pthread_mutex_t lock; /* of `state`, whose changes are told by `turned` */
  pthread_cond_t turned;
  pack_state state;

  load written;
  wt_io_file spool; /* holds what comes before `tail`; fd -1: nothing yet */
  wt_buf tail;
  uint64_t size;  /* of the pack so far, its head counted */
  wt_spot *spots; /* by number, less one */
  size_t spot_count, spot_capacity;
  wt_deflater *deflater; /* for whole texts */
  wt_deflater *trees;    /* mostly ids */
  wt_deflater *fast;     /* for deltas, with little left in them */
  wt_buf scratch;
  wt_recent folders;    /* the latest, by number: what a delta that was handed in is checked with */
  wt_arriving arriving; /* once staged */
  wt_status status;     /* of the first write that failed */
  wt_error err;
};

wt_status wt_pack_open(wt_pack **out, wt_io *io, const char *stage, unsigned number, bool one_thread, wt_error *err) {
  wt_pack *pack = wt_alloc_zero(1, sizeof *pack);
  *out = NULL;
  if (!pack) return wt_fail(err, WT_ENOMEM, stage, -1, "out of memory");
  pack->io = io;
  pack->one_thread = one_thread;
  pack->size = HEAD;
  pack->spool.fd = -1;
  wt_recent_init(&pack->folders, FOLDERS);
  pthread_mutex_init(&pack->lock, NULL);
  pthread_cond_init(&pack->turned, NULL);
  wt_status status = WT_OK;
  if ((size_t)snprintf(pack->stage, sizeof pack->stage, "%s", stage) >= sizeof pack->stage)
    status = wt_fail(err, WT_EINVAL, stage, -1, "the path is too long");
  snprintf(pack->spool_path, sizeof pack->spool_path, "%s/spool-%u", pack->stage, number);
  if (!status) status = wt_deflater_open(&pack->deflater, LEVEL, err);
  if (!status) status = wt_deflater_open(&pack->trees, TREE_LEVEL, err);
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

static void turn(wt_pack *pack, pack_state state) {
  pthread_mutex_lock(&pack->lock);
  pack->state = state;
  pthread_cond_broadcast(&pack->turned);
  pthread_mutex_unlock(&pack->lock);
}

static pack_state wait_while(wt_pack *pack, pack_state state) {
  pthread_mutex_lock(&pack->lock);
  while (pack->state == state) pthread_cond_wait(&pack->turned, &pack->lock);
  pack_state now = pack->state;
  pthread_mutex_unlock(&pack->lock);
  return now;
}

/* The thread has written what it was given, if there is one. */
static void join(wt_pack *pack) {
  wait_while(pack, WRITING);
}

static void dismiss(wt_pack *pack) {
  join(pack);
  if (pack->state == NO_THREAD) return;
  turn(pack, LEAVING);
  pthread_join(pack->thread, NULL);
  pack->state = NO_THREAD;
}

static void load_release(load *old) {
  wt_free(old->pieces);
  wt_buf_release(&old->bytes);
}

void wt_pack_close(wt_pack *pack) {
  if (!pack) return;
  dismiss(pack);
  pthread_cond_destroy(&pack->turned);
  pthread_mutex_destroy(&pack->lock);
  drop_spool(pack);
  wt_arriving_drop(&pack->arriving);
  wt_oidmap_release(&pack->numbers);
  load_release(&pack->filling);
  load_release(&pack->written);
  wt_recent_release(&pack->folders);
  wt_free(pack->spots);
  wt_buf_release(&pack->tail);
  wt_buf_release(&pack->scratch);
  wt_deflater_close(pack->deflater);
  wt_deflater_close(pack->trees);
  wt_deflater_close(pack->fast);
  wt_free(pack);
}

size_t wt_pack_count(const wt_pack *pack) {
  return pack->count;
}

uint64_t wt_pack_size(const wt_pack *pack) {
  return pack->known_size;
}

uint32_t wt_pack_number(const wt_pack *pack, wt_oid oid) {
  const wt_oidmap_slot *slot = wt_oidmap_get(&pack->numbers, oid);
  return slot ? (uint32_t)slot->offset : 0;
}

/* ---- writing one object ---- */

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

/* Moves what is in memory to the spool file, which is the pack: its head is written again at the end. */
static wt_status spill(wt_pack *pack) {
  wt_status status = WT_OK;
  if (pack->spool.fd < 0) {
    char head[HEAD] = {0};
    status = wt_io_create(&pack->spool, pack->io, pack->spool_path, false, &pack->err);
    if (!status) status = wt_io_write(&pack->spool, (wt_span){head, HEAD}, &pack->err);
  }
  if (!status) status = wt_io_write(&pack->spool, wt_buf_span(&pack->tail), &pack->err);
  wt_buf_clear(&pack->tail);
  return status;
}

static wt_deflater *deflater_of(const wt_pack *pack, const piece *p, const wt_spot *base) {
  return base ? pack->fast : p->kind == WT_OBJECT_TREE ? pack->trees : pack->deflater;
}

/* Its bytes, deflated here unless they are already; `base` is the spot of what it is a delta to, or NULL. */
static wt_status write_object(wt_pack *pack, const piece *p, wt_span bytes, uint64_t size, const wt_spot *base) {
  size_t start = pack->tail.len;
  put_head(&pack->tail, base ? 6 : (unsigned)p->kind, size);
  if (base) put_back(&pack->tail, pack->size - base->offset);
  wt_status status = WT_OK;
  if (p->form == RAW)
    wt_buf_put_span(&pack->tail, bytes);
  else
    status = wt_deflater_put(&pack->tail, deflater_of(pack, p, base), bytes, &pack->err);
  if (!status) status = wt_buf_status(&pack->tail, pack->spool_path, &pack->err);
  if (status) return status;
  wt_span written = wt_span_sub(wt_buf_span(&pack->tail), start, pack->tail.len);
  pack->spots[pack->spot_count++] = (wt_spot){p->oid, wt_crc32(written), pack->size, base ? base->depth + 1 : 0};
  pack->size += written.len;
  return pack->tail.len > IN_MEMORY ? spill(pack) : WT_OK;
}

/* The delta that stands for the piece, applied and found right; empty when there is none, or none that is worth it. */
static wt_span delta_of(wt_pack *pack, const piece *p, wt_span bytes, wt_span other) {
  wt_span delta = other, base = other;
  uint32_t number;
  if (p->form == LIKE) {
    wt_buf_clear(&pack->scratch);
    wt_delta_make(&pack->scratch, base, bytes, bytes.len / 2);
    delta = wt_buf_span(&pack->scratch);
  } else {
    base = wt_recent_get(&number, &pack->folders, p->base);
  }
  bool fits = delta.len < bytes.len / 4 * 3 && wt_delta_gives(delta, base, bytes);
  return fits ? delta : (wt_span){NULL, 0};
}

static wt_status write_piece(wt_pack *pack, const load *from, const piece *p) {
  wt_span all = wt_buf_span(&from->bytes), bytes = wt_span_sub(all, p->at, p->at + p->len);
  wt_span other = wt_span_sub(all, p->at + p->len, p->at + p->len + p->other_len), delta = {NULL, 0};
  if (!wt_grow(&pack->spots, &pack->spot_capacity, pack->spot_count + 1, sizeof *pack->spots))
    return wt_fail(&pack->err, WT_ENOMEM, pack->spool_path, -1, "out of memory");
  const wt_spot *base = p->base ? &pack->spots[p->base - 1] : NULL;
  if (p->form == RAW) return write_object(pack, p, bytes, p->size, base);
  if (base && base->depth < WT_PACK_DEPTH) delta = delta_of(pack, p, bytes, other);
  if (p->form == DELTA) wt_recent_put(&pack->folders, pack->spot_count + 1, bytes, 0);
  if (delta.len) return write_object(pack, p, delta, delta.len, base);
  return write_object(pack, p, bytes, bytes.len, NULL);
}

static void write_load(wt_pack *pack) {
  load *from = &pack->written;
  for (size_t i = 0; !pack->status && i < from->count; i++) pack->status = write_piece(pack, from, &from->pieces[i]);
  from->count = 0;
  if (from->bytes.capacity > (size_t)LOAD_KEPT)
    wt_buf_release(&from->bytes);
  else
    wt_buf_clear(&from->bytes);
}

static void *run(void *context) {
  wt_pack *pack = context;
  while (wait_while(pack, IDLE) == WRITING) {
    write_load(pack);
    turn(pack, IDLE);
  }
  return NULL;
}

static wt_status written(wt_pack *pack, wt_error *err) {
  if (pack->status && err) *err = pack->err;
  return pack->status;
}

static void swap_loads(wt_pack *pack) {
  load empty = pack->written;
  pack->written = pack->filling;
  pack->filling = empty;
}

/* The load that was filled begins to be written, once the one before it is. */
static wt_status hand_over(wt_pack *pack, wt_error *err) {
  join(pack);
  pack->known_size = pack->size;
  swap_loads(pack);
  wt_status status = written(pack, err);
  if (status) return status;
  if (pack->state == NO_THREAD && !pack->one_thread) {
    pack->state = IDLE;
    if (pthread_create(&pack->thread, NULL, run, pack)) pack->state = NO_THREAD;
  }
  if (pack->state == NO_THREAD)
    write_load(pack);
  else
    turn(pack, WRITING);
  return WT_OK; /* what fails is told the next time */
}

/* All that was put is written. */
static wt_status settle(wt_pack *pack, wt_error *err) {
  join(pack);
  wt_status status = written(pack, err);
  if (status || pack->filling.count == 0) return status;
  swap_loads(pack);
  write_load(pack);
  return written(pack, err);
}

/* ---- taking objects ---- */

static wt_status take(uint32_t *number, wt_pack *pack, wt_oid oid, piece p, wt_span bytes, wt_span other,
                      wt_error *err) {
  load *to = &pack->filling;
  p.oid = oid;
  p.at = to->bytes.len;
  p.len = bytes.len;
  p.other_len = other.len;
  wt_buf_put_span(&to->bytes, bytes);
  wt_buf_put_span(&to->bytes, other);
  wt_status status = wt_buf_status(&to->bytes, pack->spool_path, err);
  if (status) return status;
  if (!wt_grow(&to->pieces, &to->capacity, to->count + 1, sizeof *to->pieces) ||
      !wt_oidmap_put(&pack->numbers, oid, (wt_place){pack->count + 1, 0}))
    return wt_fail(err, WT_ENOMEM, pack->spool_path, -1, "out of memory for a pack of %u objects",
                   (unsigned)pack->count);
  to->pieces[to->count++] = p;
  *number = ++pack->count;
  return to->bytes.len > (size_t)LOAD ? hand_over(pack, err) : WT_OK;
}

/* Takes an object unless it is here already. */
static wt_status take_new(wt_oid *oid, uint32_t *number, wt_pack *pack, piece p, wt_span bytes, wt_span other,
                          wt_error *err) {
  *oid = wt_oid_of(p.kind, bytes);
  *number = wt_pack_number(pack, *oid);
  return *number ? WT_OK : take(number, pack, *oid, p, bytes, other, err);
}

wt_status wt_pack_put(wt_oid *oid, uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_span bytes, wt_error *err) {
  return take_new(oid, number, pack, (piece){.kind = kind, .form = WHOLE}, bytes, (wt_span){NULL, 0}, err);
}

wt_status wt_pack_put_delta(wt_oid *oid, uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                            uint32_t base, wt_span delta, wt_error *err) {
  piece p = {.kind = kind, .form = DELTA, .base = delta.len ? base : 0};
  return take_new(oid, number, pack, p, bytes, delta, err);
}

wt_status wt_pack_put_like(wt_oid *oid, uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_span bytes,
                           uint32_t base, wt_span base_bytes, wt_error *err) {
  piece p = {.kind = kind, .form = LIKE, .base = base};
  return take_new(oid, number, pack, p, bytes, base ? base_bytes : (wt_span){NULL, 0}, err);
}

wt_status wt_pack_put_raw(uint32_t *number, wt_pack *pack, wt_object_kind kind, wt_oid oid, uint64_t size,
                          wt_span deflated, uint32_t base, wt_error *err) {
  piece p = {.kind = kind, .form = RAW, .base = base, .size = size};
  return take(number, pack, oid, p, deflated, (wt_span){NULL, 0}, err);
}

wt_status wt_pack_has_room(bool *out, wt_pack *pack, uint32_t number, wt_error *err) {
  *out = false;
  if (number == 0) return WT_OK;
  join(pack);
  wt_status status = number > pack->spot_count ? settle(pack, err) : written(pack, err);
  if (!status) *out = pack->spots[number - 1].depth < WT_PACK_DEPTH;
  return status;
}

/* ---- the whole pack ---- */

static void put_pack_head(wt_buf *out, size_t count) {
  static const unsigned char magic[8] = {'P', 'A', 'C', 'K', 0, 0, 0, 2};
  wt_buf_put(out, magic, sizeof magic);
  for (unsigned i = 0; i < 4; i++) wt_buf_put_char(out, (char)(count >> (24 - 8 * i)));
}

static wt_status sum_file(unsigned char sum[20], wt_pack *pack, wt_error *err) {
  enum { STEP = 1 << 20 };
  wt_sha1 sha1;
  ssize_t got = 1;
  wt_buf_clear(&pack->scratch);
  if (!wt_buf_reserve(&pack->scratch, STEP)) return wt_buf_status(&pack->scratch, pack->spool_path, err);
  int fd = open(pack->spool_path, O_RDONLY | O_CLOEXEC);
  wt_sha1_init(&sha1);
  while (fd >= 0 && (got = read(fd, pack->scratch.data, STEP)) > 0)
    wt_sha1_put(&sha1, (wt_span){pack->scratch.data, (size_t)got});
  if (fd >= 0) close(fd);
  wt_sha1_end(sum, &sha1);
  return fd < 0 || got < 0 ? wt_fail(err, WT_EIO, pack->spool_path, -1, "cannot read the pack back") : WT_OK;
}

/* A pack that went to the disk in parts: its head last. */
static wt_status end_file(unsigned char sum[20], wt_pack *pack, wt_error *err) {
  wt_buf head = {0};
  put_pack_head(&head, pack->spot_count);
  wt_status status = wt_buf_status(&head, pack->spool_path, err);
  if (!status) status = wt_io_write(&pack->spool, wt_buf_span(&pack->tail), err);
  if (!status) status = wt_io_write_at(&pack->spool, 0, wt_buf_span(&head), err);
  if (!status) status = sum_file(sum, pack, err);
  if (!status) status = wt_io_write_at(&pack->spool, pack->size, (wt_span){(char *)sum, 20}, err);
  wt_buf_release(&head);
  return status;
}

/* One that is still in memory is written at one go. */
static wt_status write_file(unsigned char sum[20], wt_pack *pack, wt_error *err) {
  wt_sha1 sha1;
  wt_buf_clear(&pack->scratch);
  put_pack_head(&pack->scratch, pack->spot_count);
  wt_buf_put_span(&pack->scratch, wt_buf_span(&pack->tail));
  wt_sha1_init(&sha1);
  wt_sha1_put(&sha1, wt_buf_span(&pack->scratch));
  wt_sha1_end(sum, &sha1);
  wt_buf_put(&pack->scratch, sum, 20);
  wt_status status = wt_buf_status(&pack->scratch, pack->spool_path, err);
  if (!status) status = wt_io_create(&pack->spool, pack->io, pack->spool_path, false, err);
  return status ? status : wt_io_write(&pack->spool, wt_buf_span(&pack->scratch), err);
}

static void reset(wt_pack *pack) {
  wt_io_close(&pack->spool);
  pack->arriving.io = NULL; /* what had to arrive has */
  wt_buf_clear(&pack->tail);
  wt_oidmap_clear(&pack->numbers);
  wt_recent_clear(&pack->folders);
  pack->size = HEAD;
  pack->known_size = 0;
  pack->count = 0;
  pack->spot_count = 0;
}

/* ---- the way in ---- */

wt_status wt_pack_stage(wt_pack *pack, wt_error *err) {
  wt_oid sum;
  char name[41];
  wt_buf index = {0};
  if (pack->count == 0) return WT_OK;
  wt_status status = settle(pack, err);
  if (!status) status = (pack->spool.fd < 0 ? write_file : end_file)(sum.bytes, pack, err);
  if (status) return status;
  wt_io_start(&pack->spool);
  wt_oid_hex(name, sum);
  status = wt_pack_index(&index, pack->spots, pack->spot_count, sum.bytes, err);
  if (!status)
    status =
        wt_arriving_begin(&pack->arriving, pack->io, pack->stage, pack->spool_path, wt_buf_span(&index), name, err);
  wt_buf_release(&index);
  return status;
}

wt_status wt_pack_sync(wt_pack *pack, wt_error *err) {
  if (pack->count == 0) return WT_OK;
  wt_status status = wt_io_sync(&pack->spool, err);
  return status ? status : wt_arriving_sync(&pack->arriving, err);
}

wt_status wt_pack_enter(char name[41], wt_pack *pack, const char *pack_dir, wt_error *err) {
  name[0] = '\0';
  if (pack->count == 0) return WT_OK;
  wt_status status = wt_arriving_enter(&pack->arriving, pack_dir, err);
  if (status) return status;
  memcpy(name, pack->arriving.name, sizeof pack->arriving.name);
  reset(pack);
  return WT_OK;
}

wt_status wt_pack_install(char name[41], wt_pack *pack, const char *pack_dir, wt_error *err) {
  name[0] = '\0';
  wt_status status = wt_pack_stage(pack, err);
  if (!status) status = wt_pack_sync(pack, err);
  return status ? status : wt_pack_enter(name, pack, pack_dir, err);
}
