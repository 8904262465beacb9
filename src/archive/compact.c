/* Merging packs. */
#include "archive/compact.h"

#include "archive/pack.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  SPOOL = 1000000,            /* a number that no pack of a batch has */
  GROWN_OBJECTS = 400 * 1000, /* a pack of so many objects is left in peace */
  ALL_MOST = 3000 * 1000,     /* objects in one pack of maintain's: a gigabyte of memory */
  CHAIN_MOST = 5000           /* of deltas in a pack from elsewhere; git's own limit is 4,095 */
};
static const uint64_t grown_bytes = (uint64_t)1 << 28;

/* A file, and when its first commit was made: what was written earlier comes first, as bases for what came later. */
typedef struct source {
  wt_pack_file *file;
  int64_t time;
} source;

typedef struct merging {
  wt_archive *archive;
  wt_pack *pack;
  source *files; /* by time, then by name: no clock of this machine is asked */
  size_t count;
  const wt_oidmap *drop;
  wt_oidmap here; /* every object of the files that stays: file number in depth, number in the file in offset */
  wt_likeness likeness;
  wt_error *err;
} merging;

static wt_status short_of_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "compaction", -1, "out of memory");
}

static bool stays(const merging *m, wt_oid oid) {
  return !m->drop || !wt_oidmap_get(m->drop, oid);
}

/* ---- in which order ---- */

static bool is_commit(const wt_pack_file *file, size_t index, wt_error *err) {
  wt_packed packed;
  for (unsigned i = 0; i < CHAIN_MOST; i++) {
    if (wt_pack_file_at(&packed, file, index, err)) return false;
    if (packed.type < 6) return packed.type == WT_OBJECT_COMMIT;
    if (packed.type == 7) return false;
    index = wt_pack_file_by_offset(file, packed.base);
  }
  return false;
}

static wt_status time_of(int64_t *out, wt_archive *archive, const wt_pack_file *file, wt_error *err) {
  wt_object object;
  wt_commit commit;
  size_t i = 0;
  *out = 0;
  while (i < file->count && !is_commit(file, i, NULL)) i++;
  if (i == file->count) return WT_OK;
  wt_status status = wt_commit_read(&object, &commit, archive, file->objects[i].oid, err);
  if (status) return status;
  *out = commit.committer_time;
  wt_object_release(&object);
  return WT_OK;
}

static int by_time(const void *a, const void *b) {
  const source *x = a, *y = b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  return strcmp(x->file->name, y->file->name);
}

static wt_status open_files(merging *m, wt_pack_file *const *files, size_t count) {
  m->files = wt_alloc_zero(count, sizeof *m->files);
  if (!m->files) return short_of_memory(m->err);
  wt_status status = WT_OK;
  for (size_t f = 0; f < count && !status; f++) {
    m->files[f].file = files[f];
    status = wt_pack_file_open(files[f], m->archive, m->err);
    if (!status) status = time_of(&m->files[f].time, m->archive, files[f], m->err);
  }
  m->count = count;
  if (!status) qsort(m->files, count, sizeof *m->files, by_time);
  return status;
}

/* ---- what is here, and what is like what ---- */

static wt_status list_objects(merging *m) {
  for (size_t f = 0; f < m->count; f++)
    for (size_t i = 0; i < m->files[f].file->count; i++) {
      wt_oid oid = m->files[f].file->objects[i].oid;
      if (!stays(m, oid) || wt_oidmap_get(&m->here, oid)) continue;
      if (!wt_oidmap_put(&m->here, oid, (wt_place){i, (uint32_t)f})) return short_of_memory(m->err);
    }
  return WT_OK;
}

static wt_status learn(merging *m) {
  wt_status status = WT_OK;
  for (size_t f = 0; f < m->count && !status; f++)
    for (size_t i = 0; i < m->files[f].file->count && !status; i++) {
      wt_oid oid = m->files[f].file->objects[i].oid;
      if (stays(m, oid) && is_commit(m->files[f].file, i, NULL))
        status = wt_likeness_learn(&m->likeness, m->archive, oid, &m->here, m->err);
      if (status == WT_ENOTFOUND) status = WT_OK; /* a hole somewhere is for verify to tell, not for us to die of */
    }
  return status;
}

/* ---- writing ---- */

/* As a delta to what it is like, when that is written already. *done: it was. */
static wt_status put_like(bool *done, merging *m, wt_object_kind kind, wt_oid oid) {
  wt_oid like = wt_likeness_of(&m->likeness, oid), made;
  uint32_t base = wt_oid_is_none(like) ? 0 : wt_pack_number(m->pack, like), number;
  wt_object object, base_object;
  bool room;
  *done = false;
  wt_status status = wt_pack_has_room(&room, m->pack, base, m->err);
  if (status || !room) return status;
  status = wt_object_read(&object, m->archive, oid, kind, m->err);
  if (status) return status;
  status = wt_object_read(&base_object, m->archive, like, kind, m->err);
  if (!status) status = wt_pack_put_like(&made, &number, m->pack, kind, object.bytes, base, base_object.bytes, m->err);
  wt_object_release(&object);
  wt_object_release(&base_object);
  *done = !status;
  return status;
}

static wt_status put_whole(merging *m, wt_oid oid) {
  git_oid id = wt_oid_to_git(oid);
  git_odb_object *object = NULL;
  wt_oid made;
  uint32_t number;
  int code = git_odb_read(&object, m->archive->odb, &id);
  if (code) return wt_git_fail(m->err, code, "compaction", "read an object");
  wt_span bytes = {git_odb_object_data(object), git_odb_object_size(object)};
  wt_status status = wt_pack_put(&made, &number, m->pack, (wt_object_kind)git_odb_object_type(object), bytes, m->err);
  git_odb_object_free(object);
  return status;
}

/* One object whose base, if it has one, is written or left out. What is copied as it lies is checked first: a flipped bit
   must not be given a new checksum. */
static wt_status put_object(merging *m, const wt_pack_file *file, size_t index, const wt_packed *packed) {
  wt_oid oid = file->objects[index].oid;
  uint32_t base, number;
  bool done = false, room;
  if (packed->type < 6) {
    wt_status status = put_like(&done, m, (wt_object_kind)packed->type, oid);
    if (status || done) return status;
    status = wt_pack_file_check(file, index, m->err);
    if (status) return status;
    return wt_pack_put_raw(&number, m->pack, (wt_object_kind)packed->type, oid, packed->size, packed->deflated, 0,
                           m->err);
  }
  base = wt_pack_number(m->pack, packed->base_oid);
  wt_status status = wt_pack_has_room(&room, m->pack, base, m->err);
  if (!status && room) status = wt_pack_file_check(file, index, m->err);
  if (status) return status;
  if (!room) return put_whole(m, oid);
  return wt_pack_put_raw(&number, m->pack, WT_OBJECT_BLOB, oid, packed->size, packed->deflated, base, m->err);
}

typedef struct waiting {
  wt_place places[64]; /* as in `here` */
  size_t count;
} waiting;

static bool waits(const waiting *stack, wt_place place) {
  for (size_t i = 0; i < stack->count; i++)
    if (stack->places[i].offset == place.offset && stack->places[i].depth == place.depth) return true;
  return false;
}

/* What the object stands on, or will stand on, when that has to be written first. */
static const wt_oidmap_slot *missing_base(const merging *m, wt_oid oid, const wt_packed *packed, const waiting *stack) {
  wt_oid base = packed->type > 5 ? packed->base_oid : wt_likeness_of(&m->likeness, oid);
  const wt_oidmap_slot *slot = wt_oid_is_none(base) ? NULL : wt_oidmap_get(&m->here, base);
  if (!slot || wt_pack_number(m->pack, base) || stack->count == sizeof stack->places / sizeof *stack->places)
    return NULL;
  return waits(stack, (wt_place){slot->offset, slot->depth}) ? NULL : slot;
}

/* An object after its bases. In our packs they come before it; in a pack of git's the order may be any. */
static wt_status put_chain(merging *m, size_t f, size_t index) {
  waiting stack = {.places = {{index, (uint32_t)f}}, .count = 1};
  wt_packed packed;
  wt_status status = WT_OK;
  while (!status && stack.count) {
    wt_place at = stack.places[stack.count - 1];
    const wt_pack_file *file = m->files[at.depth].file;
    wt_oid oid = file->objects[at.offset].oid;
    bool written = wt_pack_number(m->pack, oid) != 0;
    if (!written) status = wt_pack_file_at(&packed, file, at.offset, m->err);
    if (status) return status;
    const wt_oidmap_slot *base = written ? NULL : missing_base(m, oid, &packed, &stack);
    if (base) {
      stack.places[stack.count++] = (wt_place){base->offset, base->depth};
      continue;
    }
    if (!written) status = put_object(m, file, at.offset, &packed);
    stack.count--;
  }
  return status;
}

static wt_status put_all(merging *m) {
  wt_status status = WT_OK;
  for (size_t f = 0; f < m->count && !status; f++)
    for (size_t i = 0; i < m->files[f].file->count && !status; i++)
      if (stays(m, m->files[f].file->objects[i].oid)) status = put_chain(m, f, i);
  return status;
}

/* A multi-pack-index of git's names packs that go: git does without it. */
static wt_status drop_midx(wt_archive *archive, wt_error *err) {
  char *path = wt_path_join(archive->pack_dir, "multi-pack-index");
  wt_status status = path ? WT_OK : short_of_memory(err);
  if (!status && access(path, F_OK) == 0) status = wt_io_unlink(&archive->io, path, err);
  wt_free(path);
  return status;
}

/* The new pack is in: the old ones go. One that holds just the same objects bears the new one's name, and stays. */
static wt_status remove_old(merging *m, const char *name) {
  wt_status status = drop_midx(m->archive, m->err);
  for (size_t f = 0; f < m->count && !status; f++)
    if (strcmp(m->files[f].file->name, name) != 0) status = wt_pack_file_remove(m->files[f].file, m->archive, m->err);
  if (!status) status = wt_io_sync_dir(&m->archive->io, m->archive->pack_dir, m->err);
  return status ? status : wt_archive_reopen_objects(m->archive, m->err);
}

wt_status wt_compact(wt_archive *archive, wt_pack_file *const *files, size_t count, const wt_oidmap *drop,
                     wt_error *err) {
  merging m = {.archive = archive, .drop = drop, .err = err};
  char name[41] = "";
  wt_status status = wt_pack_open(&m.pack, &archive->io, archive->stage, SPOOL, archive->options.one_thread, err);
  if (!status) status = open_files(&m, files, count);
  if (!status) status = list_objects(&m);
  if (!status) status = learn(&m);
  if (!status) status = put_all(&m);
  if (!status) status = wt_pack_install(name, m.pack, archive->pack_dir, err);
  if (!status) status = remove_old(&m, name);
  wt_pack_close(m.pack);
  wt_free(m.files);
  wt_oidmap_release(&m.here);
  wt_likeness_release(&m.likeness);
  return status;
}

/* ---- which ones ---- */

static int by_count(const void *a, const void *b) {
  const wt_pack_file *x = *(wt_pack_file *const *)a, *y = *(wt_pack_file *const *)b;
  return (x->count > y->count) - (x->count < y->count);
}

/* How many of the smallest to merge: as few objects written again for each pack fewer as can be had. Of packs that are
   alike in size either all are merged or none, so that their order does not count. */
static size_t choose(wt_pack_file *const *sorted, size_t count) {
  uint64_t sum = sorted[0]->count, best_sum = 0;
  size_t best = 0;
  for (size_t j = 1; j < count; j++) {
    sum += sorted[j]->count;
    if (!best || sum * best <= best_sum * j) { /* sum / j <= best_sum / best, j packs fewer each */
      best = j;
      best_sum = sum;
    }
  }
  return best + 1;
}

wt_status wt_compact_some(wt_archive *archive, wt_error *err) {
  wt_packs packs;
  wt_status status = wt_packs_list(&packs, archive, err);
  if (status) return status;
  wt_pack_file **young = wt_alloc_zero(packs.count, sizeof *young);
  size_t count = 0;
  if (!young) status = short_of_memory(err);
  for (size_t i = 0; !status && i < packs.count; i++) {
    wt_pack_file *file = &packs.items[i];
    if (!file->kept && file->count < GROWN_OBJECTS && file->size < grown_bytes) young[count++] = file;
  }
  if (!status && count > WT_PACKS_MOST) {
    qsort(young, count, sizeof *young, by_count);
    count = choose(young, count);
    status = wt_compact(archive, young, count, NULL, err);
  }
  wt_free(young);
  wt_packs_release(&packs);
  return status;
}

wt_status wt_compact_all(wt_archive *archive, wt_error *err) {
  wt_packs packs;
  size_t count = 0, objects = 0;
  wt_status status = wt_packs_list(&packs, archive, err);
  wt_pack_file **all = status ? NULL : wt_alloc_zero(packs.count, sizeof *all);
  if (!status && !all) status = short_of_memory(err);
  for (size_t i = 0; !status && i < packs.count; i++) {
    objects += packs.items[i].count;
    if (!packs.items[i].kept) all[count++] = &packs.items[i];
  }
  if (!status && objects > ALL_MOST)
    status = wt_compact_some(archive, err);
  else if (!status && count > 1)
    status = wt_compact(archive, all, count, NULL, err);
  wt_free(all);
  wt_packs_release(&packs);
  return status;
}
