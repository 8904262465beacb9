/* The write and sync layer. */
#include "archive/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static wt_status failed(wt_error *err, int error, const char *path, const char *doing) {
  wt_status status = error == EEXIST                     ? WT_EEXISTS
                     : error == ENOENT                   ? WT_ENOTFOUND
                     : error == EROFS || error == EACCES ? WT_EREFUSED
                                                         : WT_EIO;
  return wt_fail(err, status, path, -1, "cannot %s: %s", doing, strerror(error));
}

static int ask(wt_io *io, wt_io_event event) {
  return io->hook ? io->hook(io->context, &event) : 0;
}

wt_status wt_io_create(wt_io_file *out, wt_io *io, const char *path, bool exclusive, wt_error *err) {
  *out = (wt_io_file){io, path, -1, 0};
  int error = ask(io, (wt_io_event){.op = WT_IO_CREATE, .path = path});
  if (error) return failed(err, error, path, "create");
  out->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (exclusive ? O_EXCL : O_TRUNC), 0666);
  return out->fd < 0 ? failed(err, errno, path, "create") : WT_OK;
}

/* A short write is taken up where it stopped. */
wt_status wt_io_write(wt_io_file *file, wt_span bytes, wt_error *err) {
  while (bytes.len > 0) {
    int answer =
        ask(file->io, (wt_io_event){.op = WT_IO_WRITE, .path = file->path, .offset = file->offset, .bytes = bytes});
    if (answer > 0) return failed(err, answer, file->path, "write");
    size_t wanted = answer < 0 && (size_t)-answer < bytes.len ? (size_t)-answer : bytes.len;
    ssize_t written = write(file->fd, bytes.data, wanted);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed(err, errno, file->path, "write");
    file->offset += (uint64_t)written;
    bytes = wt_span_sub(bytes, (size_t)written, bytes.len);
  }
  return WT_OK;
}

wt_status wt_io_write_at(wt_io_file *file, uint64_t offset, wt_span bytes, wt_error *err) {
  if (lseek(file->fd, (off_t)offset, SEEK_SET) < 0) return failed(err, errno, file->path, "write");
  file->offset = offset;
  return wt_io_write(file, bytes, err);
}

void wt_io_start(wt_io_file *file) {
  sync_file_range(file->fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* a hint: that it fails says nothing */
}

wt_status wt_io_sync(wt_io_file *file, wt_error *err) {
  int error = ask(file->io, (wt_io_event){.op = WT_IO_SYNC, .path = file->path});
  if (!error && fsync(file->fd)) error = errno;
  return error ? failed(err, error, file->path, "sync") : WT_OK;
}

void wt_io_close(wt_io_file *file) {
  if (file->fd >= 0) close(file->fd);
  file->fd = -1;
}

wt_status wt_io_begin(wt_io_file *out, wt_io *io, const char *path, wt_span bytes, wt_error *err) {
  wt_status status = wt_io_create(out, io, path, false, err);
  if (!status) status = wt_io_write(out, bytes, err);
  if (!status) wt_io_start(out);
  return status;
}

wt_status wt_io_end(wt_io_file *file, wt_error *err) {
  wt_status status = wt_io_sync(file, err);
  wt_io_close(file);
  return status;
}

wt_status wt_io_put(wt_io *io, const char *path, wt_span bytes, wt_error *err) {
  wt_io_file file;
  wt_status status = wt_io_begin(&file, io, path, bytes, err);
  if (!status) status = wt_io_sync(&file, err);
  wt_io_close(&file);
  return status;
}

wt_status wt_io_rename(wt_io *io, const char *from, const char *to, wt_error *err) {
  int error = ask(io, (wt_io_event){.op = WT_IO_RENAME, .path = from, .to = to});
  if (!error && rename(from, to)) error = errno;
  return error ? failed(err, error, to, "rename a file to this name") : WT_OK;
}

wt_status wt_io_link(wt_io *io, const char *from, const char *to, wt_error *err) {
  int error = ask(io, (wt_io_event){.op = WT_IO_LINK, .path = from, .to = to});
  if (!error && link(from, to)) error = errno;
  if (error == EPERM || error == EOPNOTSUPP || error == ENOSYS || error == EMLINK)
    return wt_fail(err, WT_EINVAL, to, -1, "this file system has no links");
  return error ? failed(err, error, to, "link a file to this name") : WT_OK;
}

wt_status wt_io_unlink(wt_io *io, const char *path, wt_error *err) {
  int error = ask(io, (wt_io_event){.op = WT_IO_UNLINK, .path = path});
  if (!error && unlink(path) && errno != ENOENT) error = errno;
  return error ? failed(err, error, path, "remove") : WT_OK;
}

wt_status wt_io_sync_dir(wt_io *io, const char *path, wt_error *err) {
  int error = ask(io, (wt_io_event){.op = WT_IO_SYNC_DIR, .path = path});
  if (error) return failed(err, error, path, "sync");
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed(err, errno, path, "open");
  /* some file systems refuse to sync a directory, and keep its order by themselves */
  if (fsync(fd) && errno != EINVAL && errno != ENOTSUP) error = errno;
  close(fd);
  return error ? failed(err, error, path, "sync") : WT_OK;
}
