/*
 * io: every write, sync, rename and removal that the archive's safety rests on.
 *
 * One narrow place, so that a test can record what reaches the disk and in which order, and make any step fail.
 */
#ifndef ARCHIVE_IO_H
#define ARCHIVE_IO_H

#include "wt/base.h"

typedef enum wt_io_op {
  WT_IO_CREATE, /* an empty file, or one cut to nothing */
  WT_IO_WRITE,
  WT_IO_SYNC,
  WT_IO_RENAME,
  WT_IO_LINK,
  WT_IO_UNLINK,
  WT_IO_SYNC_DIR
} wt_io_op;

typedef struct wt_io_event {
  wt_io_op op;
  const char *path;
  const char *to;  /* of a rename or a link; else NULL */
  uint64_t offset; /* of a write */
  wt_span bytes;   /* of a write */
} wt_io_event;

typedef struct wt_io {
  /* May be NULL. Called before the step. 0: go on; an errno: fail with it; for a write -n: write only n bytes, go on. */
  int (*hook)(void *context, const wt_io_event *event);
  void *context;
  bool no_flock; /* as on a file system that has none; for tests */
} wt_io;

typedef struct wt_io_file {
  wt_io *io;
  const char *path; /* borrowed */
  int fd;
  uint64_t offset;
} wt_io_file;

/* exclusive: WT_EEXISTS when it is there; else it is cut to nothing. */
wt_status wt_io_create(wt_io_file *out, wt_io *io, const char *path, bool exclusive, wt_error *err);
wt_status wt_io_write(wt_io_file *file, wt_span bytes, wt_error *err);
/* At another place than where the last write ended; the next one goes on from there. */
wt_status wt_io_write_at(wt_io_file *file, uint64_t offset, wt_span bytes, wt_error *err);
/* Begins to write the bytes out. Of several files that were begun, the first sync then carries the others most of the way. */
void wt_io_start(wt_io_file *file);
wt_status wt_io_sync(wt_io_file *file, wt_error *err);
void wt_io_close(wt_io_file *file);

/* Creates, writes, starts; the file stays open, for wt_io_sync. Close it also when this failed. */
wt_status wt_io_begin(wt_io_file *out, wt_io *io, const char *path, wt_span bytes, wt_error *err);
/* Syncs and closes. */
wt_status wt_io_end(wt_io_file *file, wt_error *err);
/* Creates, writes, syncs, closes. */
wt_status wt_io_put(wt_io *io, const char *path, wt_span bytes, wt_error *err);
wt_status wt_io_rename(wt_io *io, const char *from, const char *to, wt_error *err);
/* WT_EEXISTS when `to` is there; WT_EINVAL when the file system has no links. */
wt_status wt_io_link(wt_io *io, const char *from, const char *to, wt_error *err);
/* That it is gone already is no failure. */
wt_status wt_io_unlink(wt_io *io, const char *path, wt_error *err);
wt_status wt_io_sync_dir(wt_io *io, const char *path, wt_error *err);

#endif
