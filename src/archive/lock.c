/* The writer's lock. */
#include "archive/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 20, WORD_AFTER_MS = 1000 };

static void nap(void) {
  struct timespec time = {0, POLL_MS * 1000000L};
  nanosleep(&time, NULL);
}

/* "process 123 on host" of whoever wrote the file; "another process" when that cannot be read. */
static void read_holder(char *out, size_t size, const char *path) {
  snprintf(out, size, "another process");
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, out, size - 1);
  if (fd >= 0) close(fd);
  if (got <= 0) {
    snprintf(out, size, "another process");
    return;
  }
  out[got] = '\0';
  out[strcspn(out, "\n")] = '\0';
}

static void write_holder(int fd) {
  char host[128] = "", line[200];
  gethostname(host, sizeof host - 1);
  int len = snprintf(line, sizeof line, "process %ld on %s\n", (long)getpid(), host);
  /* only a courtesy to those who wait */
  if (ftruncate(fd, 0) || write(fd, line, (size_t)len) != len) return;
}

/* Is the holder a process of this machine that is gone? */
static bool holder_is_dead(const char *holder) {
  char host[128] = "", expected[200];
  long pid = 0;
  gethostname(host, sizeof host - 1);
  if (sscanf(holder, "process %ld", &pid) != 1 || pid <= 0) return false;
  snprintf(expected, sizeof expected, "process %ld on %s", pid, host);
  return strcmp(holder, expected) == 0 && kill((pid_t)pid, 0) && errno == ESRCH;
}

/* One try of the fallback. 0: taken; EWOULDBLOCK: held. */
static int try_file(wt_lock *lock, const char *path) {
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0 && errno != EEXIST) return errno;
  if (fd < 0) {
    char holder[200];
    read_holder(holder, sizeof holder, path);
    if (holder_is_dead(holder)) unlink(path);
    return EWOULDBLOCK;
  }
  write_holder(fd);
  close(fd);
  lock->file = wt_alloc(strlen(path) + 1);
  if (lock->file)
    memcpy(lock->file, path, strlen(path) + 1);
  else
    unlink(path);
  return lock->file ? 0 : ENOMEM;
}

static bool flock_is_missing(int error) {
  return error == ENOLCK || error == ENOSYS || error == EOPNOTSUPP || error == EINVAL;
}

typedef struct attempt {
  wt_archive *archive;
  const char *path; /* of the flock */
  char *fallback;   /* path of the lock file once flock is known to be missing; NULL before */
} attempt;

static int try_once(wt_lock *lock, attempt *a) {
  if (a->fallback) return try_file(lock, a->fallback);
  bool missing = a->archive->io.no_flock;
  if (!missing && flock(lock->fd, LOCK_EX | LOCK_NB) == 0) return 0;
  if (!missing && !flock_is_missing(errno)) return errno == EINTR ? EWOULDBLOCK : errno;
  const wt_archive_options *options = &a->archive->options;
  a->fallback = wt_path_join(a->archive->own, "lock.held");
  if (options->warning)
    options->warning(options->context, "this file system has no flock: a lock file is used instead");
  return a->fallback ? try_file(lock, a->fallback) : ENOMEM;
}

/* A lock file outlives a machine that failed: then a person has to remove it. */
static void tell_waiting(const attempt *a, const char *holder) {
  const wt_archive_options *options = &a->archive->options;
  wt_buf who = {0};
  wt_buf_put_text(&who, holder);
  if (a->fallback) wt_buf_put_format(&who, "; if it is gone, remove %s", a->fallback);
  if (!who.failed) options->waiting(options->context, who.data);
  wt_buf_release(&who);
}

static wt_status wait_for(wt_lock *lock, attempt *a, wt_error *err) {
  const wt_archive_options *options = &a->archive->options;
  char holder[200];
  bool told = false;
  for (uint64_t waited = 0;; waited += POLL_MS) {
    int error = try_once(lock, a);
    if (error == 0) return WT_OK;
    if (error != EWOULDBLOCK) return wt_fail(err, WT_EIO, a->path, -1, "cannot lock: %s", strerror(error));
    if (options->stop && options->stop(options->context))
      return wt_fail(err, WT_ECANCELED, a->path, -1, "stopped while another process writes to this archive");
    read_holder(holder, sizeof holder, a->fallback ? a->fallback : a->path);
    if (options->wait_ms && waited >= options->wait_ms)
      return wt_fail(err, WT_EBUSY, a->path, -1, "%s is writing to this archive", holder);
    if (!told && waited >= WORD_AFTER_MS && options->waiting) tell_waiting(a, holder);
    told = told || waited >= WORD_AFTER_MS;
    nap();
  }
}

wt_status wt_lock_take(wt_lock *out, wt_archive *archive, wt_error *err) {
  *out = (wt_lock){-1, NULL};
  char *path = wt_path_join(archive->own, "lock");
  wt_status status = path ? wt_dir_make(archive->stage, err) : wt_fail(err, WT_ENOMEM, "", -1, "out of memory");
  if (!status) {
    out->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (out->fd < 0)
      status = wt_fail(err, errno == EROFS || errno == EACCES ? WT_EREFUSED : WT_EIO, path, -1,
                       "cannot write to this archive: %s", strerror(errno));
  }
  attempt a = {archive, path, NULL};
  if (!status) status = wait_for(out, &a, err);
  if (status)
    wt_lock_give(out);
  else
    write_holder(out->fd);
  wt_free(a.fallback);
  wt_free(path);
  return status;
}

void wt_lock_give(wt_lock *lock) {
  if (lock->file) unlink(lock->file);
  wt_free(lock->file);
  if (lock->fd >= 0) close(lock->fd);
  *lock = (wt_lock){-1, NULL};
}
