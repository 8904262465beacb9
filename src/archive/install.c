/*
 * Taking a pack in. The indexer works in the staging folder, which nobody reads; from there the files go in by our own
 * order: both synced, the pack renamed, the index renamed last, the folder synced. A reader that sees an index finds
 * its pack; a crash in between leaves a pack without an index, which git ignores and the next writer sweeps.
 */
#include "archive/install.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static wt_status no_room(wt_error *err, const char *stage, uint64_t size) {
  return wt_fail(err, WT_EIO, stage, -1, "the disk is full: %llu bytes are needed", (unsigned long long)size);
}

/* Takes the blocks for the one file that the indexer has just made. Where the file system cannot, counts free space. */
static wt_status take_room(const wt_install *install, uint64_t size, wt_error *err) {
  struct statvfs fs;
  uint64_t need = size + size / 4 + (64 << 10); /* the index comes beside it */
  if (!statvfs(install->stage, &fs) && (uint64_t)fs.f_bavail * fs.f_frsize < need)
    return no_room(err, install->stage, need);
  DIR *dir = opendir(install->stage);
  if (!dir) return wt_fail(err, WT_EIO, install->stage, -1, "cannot read the folder: %s", strerror(errno));
  int error = 0;
  for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
    if (strncmp(entry->d_name, "pack_git2_", 10) != 0) continue;
    int fd = openat(dirfd(dir), entry->d_name, O_RDWR | O_CLOEXEC);
    if (fd >= 0 && fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)size)) error = errno;
    if (fd >= 0) close(fd);
  }
  closedir(dir);
  return error == ENOSPC || error == EDQUOT ? no_room(err, install->stage, need) : WT_OK;
}

wt_status wt_install_begin(wt_install *out, wt_io *io, const char *stage, uint64_t size, wt_error *err) {
  *out = (wt_install){.io = io, .stage = stage};
  int code = git_indexer_new(&out->indexer, stage, 0444, NULL, NULL);
  if (code) return wt_git_fail(err, code, stage, "start a pack");
  return take_room(out, size, err);
}

wt_status wt_install_feed(wt_install *install, wt_span bytes, wt_error *err) {
  int code = git_indexer_append(install->indexer, bytes.data, bytes.len, &install->progress);
  return code ? wt_git_fail(err, code, install->stage, "index a pack") : WT_OK;
}

typedef struct pack_paths {
  char pack[4300], index[4300], pack_to[4300], index_to[4300];
} pack_paths;

static wt_status move_in(wt_io *io, const pack_paths *paths, const char *pack_dir, wt_error *err) {
  wt_status status = wt_io_adopt(io, paths->pack, err);
  if (!status) status = wt_io_adopt(io, paths->index, err);
  if (!status) status = wt_io_rename(io, paths->pack, paths->pack_to, err);
  if (!status) status = wt_io_rename(io, paths->index, paths->index_to, err);
  return status ? status : wt_io_sync_dir(io, pack_dir, err);
}

wt_status wt_install_finish(char name[41], wt_install *install, const char *pack_dir, wt_error *err) {
  int code = git_indexer_commit(install->indexer, &install->progress);
  if (code) return wt_git_fail(err, code, install->stage, "index a pack");
  snprintf(name, 41, "%s", git_indexer_name(install->indexer));
  pack_paths paths;
  snprintf(paths.pack, sizeof paths.pack, "%s/pack-%s.pack", install->stage, name);
  snprintf(paths.index, sizeof paths.index, "%s/pack-%s.idx", install->stage, name);
  snprintf(paths.pack_to, sizeof paths.pack_to, "%s/pack-%s.pack", pack_dir, name);
  snprintf(paths.index_to, sizeof paths.index_to, "%s/pack-%s.idx", pack_dir, name);
  wt_status status = move_in(install->io, &paths, pack_dir, err);
  if (status) {
    unlink(paths.pack);
    unlink(paths.index);
  }
  return status;
}

void wt_install_release(wt_install *install) {
  git_indexer_free(install->indexer);
  install->indexer = NULL;
}
