/* Whole files in, whole files out. */
#include "wt/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static wt_status io_failed(wt_error *err, const char *path, const char *doing) {
  int cause = errno;
  wt_status status = cause == ENOENT || cause == ENOTDIR ? WT_ENOTFOUND : cause == ENOMEM ? WT_ENOMEM : WT_EIO;
  /* strerror names the cause in English: the library never calls setlocale */
  return wt_fail(err, status, path, -1, "%s: %s", doing, strerror(cause));
}

/* Bytes to ask for at once, of which `left` are allowed: one more tells that there are too many. */
static size_t step_of(size_t wanted, size_t left) {
  return wanted <= left ? wanted : left + 1;
}

static wt_status read_all(wt_buf *out, int fd, const char *path, size_t limit, wt_error *err) {
  enum { STEP = 64 * 1024 };
  size_t start = out->len, step = step_of(STEP, limit);
  struct stat info;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0)
    step = step_of((size_t)info.st_size + 1, limit);
  for (;;) {
    if (!wt_buf_reserve(out, step)) return wt_buf_status(out, path, err);
    ssize_t got = read(fd, out->data + out->len, step);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_failed(err, path, "cannot read");
    if (got == 0) break;
    out->len += (size_t)got;
    size_t held = out->len - start;
    if (held > limit) return wt_fail(err, WT_ELIMIT, path, -1, "larger than %zu bytes", limit);
    step = step_of(STEP, limit - held);
  }
  if (out->data) out->data[out->len] = '\0';
  return WT_OK;
}

wt_status wt_file_read(wt_buf *out, const char *path, size_t limit, wt_error *err) {
  if (strcmp(path, "-") == 0) return read_all(out, STDIN_FILENO, "standard input", limit, err);
  /* O_NONBLOCK: opening a FIFO that nobody writes must not hang; it has no meaning for a regular file */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return io_failed(err, path, "cannot open");
  struct stat info;
  wt_status status;
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode))
    status = wt_fail(err, WT_EINVAL, path, -1, "is a directory");
  else if (fcntl(fd, F_SETFL, O_RDONLY) < 0)
    status = io_failed(err, path, "cannot read");
  else
    status = read_all(out, fd, path, limit, err);
  close(fd);
  return status;
}

static wt_status write_all(int fd, wt_span bytes, const char *path, wt_error *err) {
  for (size_t at = 0; at < bytes.len;) {
    ssize_t put = write(fd, bytes.data + at, bytes.len - at);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return io_failed(err, path, "cannot write");
    at += (size_t)put;
  }
  return fsync(fd) == 0 ? WT_OK : io_failed(err, path, "cannot sync");
}

static wt_status sync_parent(const char *path, wt_error *err) {
  char parent[4096];
  const char *slash = strrchr(path, '/');
  size_t len = slash ? (size_t)(slash - path) : 0;
  if (len >= sizeof parent) return wt_fail(err, WT_EINVAL, path, -1, "the path is too long");
  if (slash) memcpy(parent, path, len ? len : 1);
  parent[slash && len == 0 ? 1 : len] = '\0';
  int fd = open(parent[0] ? parent : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return io_failed(err, path, "cannot open the folder of");
  wt_status status = fsync(fd) == 0 ? WT_OK : io_failed(err, path, "cannot sync the folder of");
  close(fd);
  return status;
}

wt_status wt_file_write(const char *path, wt_span bytes, wt_error *err) {
  char beside[4096];
  int len = snprintf(beside, sizeof beside, "%s.%ld.tmp", path, (long)getpid());
  if (len < 0 || (size_t)len >= sizeof beside) return wt_fail(err, WT_EINVAL, path, -1, "the path is too long");
  int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (fd < 0) return io_failed(err, path, "cannot create");
  wt_status status = write_all(fd, bytes, path, err);
  if (close(fd) != 0 && status == WT_OK) status = io_failed(err, path, "cannot close");
  if (status == WT_OK && rename(beside, path) != 0) status = io_failed(err, path, "cannot rename to");
  if (status) {
    unlink(beside);
    return status;
  }
  return sync_parent(path, err);
}

wt_status wt_dir_make(const char *path, wt_error *err) {
  char part[4096];
  size_t len = strlen(path);
  if (len == 0 || len >= sizeof part) return wt_fail(err, WT_EINVAL, path, -1, "the path is empty or too long");
  for (size_t i = 1; i <= len; i++) {
    if (i < len && path[i] != '/') continue;
    memcpy(part, path, i);
    part[i] = '\0';
    if (mkdir(part, 0777) != 0 && errno != EEXIST) return io_failed(err, path, "cannot make the folder");
  }
  struct stat info;
  if (stat(path, &info) != 0) return io_failed(err, path, "cannot make the folder");
  return S_ISDIR(info.st_mode) ? WT_OK : wt_fail(err, WT_EEXISTS, path, -1, "is there already and is no folder");
}
