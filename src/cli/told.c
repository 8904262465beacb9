/* How far the hooks have been told. */
#include "told.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static bool path_of(wt_buf *out, wt_cli *cli) {
  wt_buf_put_format(out, "%s/told", wt_archive_own_dir(wt_track_archive(cli->track)));
  return !out->failed;
}

static bool wait_for_lock(int fd, wt_cli *cli) {
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    /* no flock on this file system: rather told by two than by none */
    if (errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP || errno == EINVAL) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (cli_stopped(cli)) return false;
    nanosleep(&pause, NULL);
  }
  return true;
}

bool cli_told_begin(int *lock, wt_oid *at, wt_cli *cli) {
  wt_buf path = {0};
  char hex[41] = "";
  *lock = path_of(&path, cli) ? open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
  wt_buf_release(&path);
  if (*lock < 0) return false;
  if (!wait_for_lock(*lock, cli)) {
    cli_told_end(*lock);
    return false;
  }
  wt_oid said;
  if (pread(*lock, hex, 40, 0) == 40 && wt_oid_parse(&said, wt_span_of(hex))) *at = said;
  return true;
}

/* In one write of fixed length: a kill leaves the old one or the new one. */
wt_status cli_told_put(int lock, wt_oid at, wt_error *err) {
  char hex[42];
  wt_oid_hex(hex, at);
  hex[40] = '\n';
  if (pwrite(lock, hex, 41, 0) == 41) return WT_OK;
  return wt_fail(err, WT_EIO, "told", -1, "%s", strerror(errno));
}

void cli_told_end(int lock) {
  if (lock >= 0) close(lock);
}

/* Under the lock, and the file stays: whoever holds it or waits for it must not be left with one that has no name. */
void cli_told_forget(wt_cli *cli) {
  wt_buf path = {0};
  int fd = path_of(&path, cli) ? open(path.data, O_RDWR | O_CLOEXEC) : -1;
  wt_buf_release(&path);
  if (fd < 0) return;
  /* that it cannot be emptied, on a disk that is read-only now, leaves what was told last: nothing is told twice */
  bool emptied = wait_for_lock(fd, cli) && ftruncate(fd, 0) == 0;
  (void)emptied;
  close(fd);
}
