/* Reading the packs of the repository. */
#include "archive/packs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OID = 20, FANOUT = 8, NAMES = 8 + 256 * 4, PATH_MOST = 4400 };

static uint32_t be32(const char *at) {
  const unsigned char *b = (const unsigned char *)at;
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void path_of(char out[PATH_MOST], const wt_archive *archive, const char *name, const char *suffix) {
  snprintf(out, PATH_MOST, "%s/pack-%s.%s", archive->pack_dir, name, suffix);
}

/* ---- listing ---- */

static wt_status add_file(wt_packs *out, wt_archive *archive, const char *entry, wt_error *err) {
  wt_pack_file file = {.size = 0};
  char path[PATH_MOST], head[NAMES];
  struct stat info;
  size_t len = strlen(entry);
  if (len != 49 || strncmp(entry, "pack-", 5) != 0 || strcmp(entry + 45, ".idx") != 0) return WT_OK;
  memcpy(file.name, entry + 5, 40);
  path_of(path, archive, file.name, "pack");
  if (stat(path, &info)) return WT_OK;
  file.size = (uint64_t)info.st_size;
  path_of(path, archive, file.name, "keep");
  file.kept = access(path, F_OK) == 0;
  path_of(path, archive, file.name, "idx");
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? 0 : read(fd, head, sizeof head);
  if (fd >= 0) close(fd);
  if (got != (ssize_t)sizeof head) return WT_OK; /* gone, or not git's */
  file.count = be32(head + FANOUT + 255 * 4);
  if (!wt_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items))
    return wt_fail(err, WT_ENOMEM, archive->pack_dir, -1, "out of memory");
  out->items[out->count++] = file;
  return WT_OK;
}

static int by_name(const void *a, const void *b) {
  const wt_pack_file *x = a, *y = b;
  return strcmp(x->name, y->name);
}

wt_status wt_packs_list(wt_packs *out, wt_archive *archive, wt_error *err) {
  *out = (wt_packs){NULL, 0, 0};
  DIR *dir = opendir(archive->pack_dir);
  if (!dir && errno == ENOENT) return WT_OK;
  if (!dir) return wt_fail(err, WT_EIO, archive->pack_dir, -1, "cannot read the folder: %s", strerror(errno));
  wt_status status = WT_OK;
  for (struct dirent *entry = readdir(dir); entry && !status; entry = readdir(dir))
    status = add_file(out, archive, entry->d_name, err);
  closedir(dir);
  if (status)
    wt_packs_release(out);
  else if (out->count)
    qsort(out->items, out->count, sizeof *out->items, by_name);
  return status;
}

void wt_packs_release(wt_packs *packs) {
  for (size_t i = 0; i < packs->count; i++) wt_pack_file_close(&packs->items[i]);
  wt_free(packs->items);
  *packs = (wt_packs){NULL, 0, 0};
}

/* ---- opening ---- */

static wt_status map(wt_span *out, const char *path, wt_error *err) {
  struct stat info;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &info)) {
    int error = errno;
    if (fd >= 0) close(fd);
    return wt_fail(err, WT_EIO, path, -1, "cannot open: %s", strerror(error));
  }
  out->len = (size_t)info.st_size;
  void *bytes = out->len ? mmap(NULL, out->len, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
  close(fd);
  out->data = bytes == MAP_FAILED ? NULL : bytes;
  return out->data ? WT_OK : wt_fail(err, WT_EIO, path, -1, "cannot map the file");
}

static void unmap(wt_span *span) {
  if (span->data) munmap((void *)(uintptr_t)span->data, span->len);
  *span = (wt_span){NULL, 0};
}

static int by_offset(const void *a, const void *b) {
  const wt_pack_object *x = a, *y = b;
  return (x->offset > y->offset) - (x->offset < y->offset);
}

static wt_status damaged(wt_error *err, const wt_pack_file *file, uint64_t at) {
  return wt_fail(err, WT_ECORRUPT, file->name, (int64_t)at, "this pack or its index is damaged");
}

static wt_status read_index(wt_pack_file *file, wt_error *err) {
  static const char magic[] = "\377tOc\0\0\0\2";
  const char *index = file->index.data;
  size_t n = file->count, sums = NAMES + n * OID, offsets = sums + n * 4, large = offsets + n * 4;
  if (file->index.len < large + 2 * OID || memcmp(index, magic, 8) != 0 || be32(index + FANOUT + 255 * 4) != n ||
      file->pack.len < 32)
    return damaged(err, file, 0);
  size_t large_count = (file->index.len - large - 2 * OID) / 8;
  file->objects = wt_alloc_zero(n, sizeof *file->objects);
  if (!file->objects) return wt_fail(err, WT_ENOMEM, file->name, -1, "out of memory for an index of %zu objects", n);
  for (size_t i = 0; i < n; i++) {
    uint64_t offset = be32(index + offsets + 4 * i);
    memcpy(file->objects[i].oid.bytes, index + NAMES + OID * i, OID);
    if (offset & 0x80000000u) {
      size_t at = offset & 0x7fffffffu;
      if (at >= large_count) return damaged(err, file, large);
      offset = (uint64_t)be32(index + large + 8 * at) << 32 | be32(index + large + 8 * at + 4);
    }
    if (offset < 12 || offset >= file->pack.len - OID) return damaged(err, file, offset);
    file->objects[i].crc = be32(index + sums + 4 * i);
    file->objects[i].offset = offset;
  }
  qsort(file->objects, n, sizeof *file->objects, by_offset);
  return WT_OK;
}

wt_status wt_pack_file_open(wt_pack_file *file, wt_archive *archive, wt_error *err) {
  char path[PATH_MOST];
  if (file->objects) return WT_OK;
  path_of(path, archive, file->name, "pack");
  wt_status status = map(&file->pack, path, err);
  path_of(path, archive, file->name, "idx");
  if (!status) status = map(&file->index, path, err);
  if (!status) status = read_index(file, err);
  if (status) wt_pack_file_close(file);
  return status;
}

void wt_pack_file_close(wt_pack_file *file) {
  unmap(&file->pack);
  unmap(&file->index);
  wt_free(file->objects);
  file->objects = NULL;
}

wt_status wt_pack_file_remove(const wt_pack_file *file, wt_archive *archive, wt_error *err) {
  static const char *const suffixes[] = {"idx", "rev", "bitmap", "mtimes", "pack"};
  wt_status status = WT_OK;
  for (size_t i = 0; !status && i < sizeof suffixes / sizeof *suffixes; i++) {
    char path[PATH_MOST];
    path_of(path, archive, file->name, suffixes[i]);
    bool main_file = i == 0 || i == 4;
    if (main_file || access(path, F_OK) == 0) status = wt_io_unlink(&archive->io, path, err);
  }
  return status;
}

/* ---- one object ---- */

size_t wt_pack_file_by_offset(const wt_pack_file *file, uint64_t offset) {
  wt_pack_object key = {.offset = offset};
  const wt_pack_object *found = bsearch(&key, file->objects, file->count, sizeof key, by_offset);
  return found ? (size_t)(found - file->objects) : file->count;
}

static int next_byte(wt_span *rest) {
  if (rest->len == 0) return -1;
  int byte = (unsigned char)rest->data[0];
  *rest = wt_span_sub(*rest, 1, rest->len);
  return byte;
}

static bool read_head(wt_packed *out, wt_span *rest) {
  int byte = next_byte(rest);
  if (byte < 0) return false;
  out->type = byte >> 4 & 7;
  out->size = byte & 15;
  for (unsigned shift = 4; byte & 0x80; shift += 7) {
    byte = next_byte(rest);
    if (byte < 0 || shift > 57) return false;
    out->size |= (uint64_t)(byte & 0x7f) << shift;
  }
  return true;
}

static bool read_back(uint64_t *back, wt_span *rest) {
  int byte = next_byte(rest);
  *back = (uint64_t)byte & 0x7f;
  for (unsigned i = 0; byte >= 0 && byte & 0x80; i++) {
    byte = next_byte(rest);
    if (i > 8) return false;
    *back = (*back + 1) << 7 | ((uint64_t)byte & 0x7f);
  }
  return byte >= 0;
}

static bool read_base(wt_packed *out, wt_span *rest, const wt_pack_file *file, uint64_t offset) {
  uint64_t back;
  if (out->type == 7) {
    if (rest->len < OID) return false;
    memcpy(out->base_oid.bytes, rest->data, OID);
    *rest = wt_span_sub(*rest, OID, rest->len);
    return true;
  }
  if (!read_back(&back, rest) || back == 0 || back > offset) return false;
  out->base = offset - back;
  size_t index = wt_pack_file_by_offset(file, out->base);
  if (index == file->count) return false;
  out->base_oid = file->objects[index].oid;
  return true;
}

static wt_span bytes_of(const wt_pack_file *file, size_t index) {
  uint64_t end = index + 1 < file->count ? file->objects[index + 1].offset : file->pack.len - OID;
  return wt_span_sub(file->pack, file->objects[index].offset, end);
}

wt_status wt_pack_file_check(const wt_pack_file *file, size_t index, wt_error *err) {
  bool right = wt_crc32(bytes_of(file, index)) == file->objects[index].crc;
  return right ? WT_OK : damaged(err, file, file->objects[index].offset);
}

wt_status wt_pack_file_at(wt_packed *out, const wt_pack_file *file, size_t index, wt_error *err) {
  uint64_t offset = file->objects[index].offset;
  wt_span rest = bytes_of(file, index);
  *out = (wt_packed){.type = 0};
  if (!read_head(out, &rest) || out->type == 0 || out->type == 5) return damaged(err, file, offset);
  if (out->type > 5 && !read_base(out, &rest, file, offset)) return damaged(err, file, offset);
  out->deflated = rest;
  return WT_OK;
}
