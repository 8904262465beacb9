/*
 * Preloaded into the program under test: the n-th call by which it changes a file fails, as on a disk that is full or broken.
 *
 * FAILING_IO_COUNT  a file of 8 bytes where the calls of the program and of its children are counted
 * FAILING_IO        N:HOW, N from 1. HOW is ENOSPC or EIO (with a + that call and all later ones), `short` (a write takes
 *                   half, with a + each later one too), or `cut` (a write takes half, and then the disk is full)
 *
 * Counted are writes to regular files, syncs, renames, links, new files and folders, and changes of a size. Standard output
 * and standard error are left alone, and so is what lies below /dev and /proc, and what `make coverage` counts.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static _Atomic uint64_t none_counted, *counted = &none_counted;
static uint64_t fail_at;
static int fail_error;
static bool fail_short, fail_later;

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

/* Declares `call`, the function of that name that this one stands before. */
#define REAL(type, name, ...)                                                                                          \
  type (*call)(__VA_ARGS__);                                                                                           \
  *(void **)&call = real(name)

__attribute__((constructor)) static void start(void) {
  const char *count = getenv("FAILING_IO_COUNT"), *how = getenv("FAILING_IO");
  REAL(int, "open", const char *, int, ...);
  int fd = count ? call(count, O_RDWR | O_CLOEXEC) : -1;
  void *map = fd >= 0 ? mmap(NULL, sizeof *counted, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
  if (map != MAP_FAILED) counted = map;
  if (fd >= 0) close(fd);
  if (how == NULL) return;
  char *word;
  fail_at = strtoull(how, &word, 10);
  fail_error = strstr(word, "EIO") ? EIO : ENOSPC;
  fail_short = strstr(word, "short") || strstr(word, "cut");
  fail_later = strchr(word, '+') || strstr(word, "cut");
}

enum fate { GOES_ON, FAILS, IS_SHORT };

/* What becomes of the next call; `takes_half`: a write of more than one byte. */
static enum fate next(bool takes_half) {
  uint64_t n = ++*counted;
  bool cut = fail_short && strstr(getenv("FAILING_IO"), "cut");
  if (fail_at == 0 || n < fail_at || (n > fail_at && !fail_later)) return GOES_ON;
  errno = fail_error;
  if (!fail_short || (cut && n > fail_at)) return FAILS;
  return takes_half ? IS_SHORT : cut ? FAILS : GOES_ON;
}

static bool of_the_system(const char *path) {
  size_t len = strlen(path);
  return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0 ||
         (len > 5 && strcmp(path + len - 5, ".gcda") == 0);
}

static bool on_disk(int fd) {
  struct stat info;
  char link[40], path[4096];
  if (fd <= STDERR_FILENO || fstat(fd, &info) != 0 || !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))) return false;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t len = readlink(link, path, sizeof path - 1);
  path[len > 0 ? len : 0] = '\0';
  return !of_the_system(path);
}

/* ---- writes ---- */

ssize_t write(int fd, const void *bytes, size_t len) {
  REAL(ssize_t, "write", int, const void *, size_t);
  enum fate fate = on_disk(fd) ? next(len > 1) : GOES_ON;
  return fate == FAILS ? -1 : call(fd, bytes, fate == IS_SHORT ? len / 2 : len);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  enum fate fate = on_disk(fd) ? next(len > 1) : GOES_ON;
  return fate == FAILS ? -1 : call(fd, bytes, fate == IS_SHORT ? len / 2 : len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  enum fate fate = on_disk(fd) ? next(len > 1) : GOES_ON;
  return fate == FAILS ? -1 : call(fd, bytes, fate == IS_SHORT ? len / 2 : len, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  enum fate fate = on_disk(fd) ? next(count > 1) : GOES_ON;
  return fate == FAILS ? -1 : call(fd, parts, fate == IS_SHORT ? count / 2 : count);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
  REAL(size_t, "fwrite", const void *, size_t, size_t, FILE *);
  return on_disk(fileno(file)) && next(false) == FAILS ? 0 : call(bytes, size, count, file);
}

int fflush(FILE *file) {
  REAL(int, "fflush", FILE *);
  return file && on_disk(fileno(file)) && next(false) == FAILS ? EOF : call(file);
}

/* ---- what a write stands on ---- */

#define ONE_FD(name)                                                                                                   \
  int name(int fd) {                                                                                                   \
    REAL(int, #name, int);                                                                                             \
    return on_disk(fd) && next(false) == FAILS ? -1 : call(fd);                                                        \
  }
ONE_FD(fsync)
ONE_FD(fdatasync)

int ftruncate(int fd, off_t size) {
  REAL(int, "ftruncate", int, off_t);
  return on_disk(fd) && next(false) == FAILS ? -1 : call(fd, size);
}

int ftruncate64(int fd, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  return on_disk(fd) && next(false) == FAILS ? -1 : call(fd, size);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  return next(false) == FAILS ? -1 : call(from, to);
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  return next(false) == FAILS ? -1 : call(from, to);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return access(path, F_OK) != 0 && next(false) == FAILS ? -1 : call(path, mode);
}

/* ---- new files ---- */

static bool refused(const char *path, int flags) {
  return (flags & O_CREAT) && !of_the_system(path) && access(path, F_OK) != 0 && next(false) == FAILS;
}

#define OPENS(name)                                                                                                    \
  int name(const char *path, int flags, ...) {                                                                         \
    REAL(int, #name, const char *, int, ...);                                                                          \
    va_list arguments;                                                                                                 \
    va_start(arguments, flags);                                                                                        \
    int mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(arguments, int) : 0;                                           \
    va_end(arguments);                                                                                                 \
    return refused(path, flags) ? -1 : call(path, flags, mode);                                                        \
  }
OPENS(open)
OPENS(open64)

#define FOPENS(name)                                                                                                   \
  FILE *name(const char *path, const char *mode) {                                                                     \
    REAL(FILE *, #name, const char *, const char *);                                                                   \
    return mode[0] == 'w' && refused(path, O_CREAT) ? NULL : call(path, mode);                                         \
  }
FOPENS(fopen)
FOPENS(fopen64)
