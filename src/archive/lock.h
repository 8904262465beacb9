/* lock: one writer at a time a repository. flock, which the kernel takes back from the dead; a lock file where the file
   system has no flock. */
#ifndef ARCHIVE_LOCK_H
#define ARCHIVE_LOCK_H

#include "archive/archive.h"

typedef struct wt_lock {
  int fd;     /* -1: not held */
  char *file; /* the lock file of the fallback; NULL with flock */
} wt_lock;

/* Waits as the archive's options say. WT_EBUSY names who holds it. */
wt_status wt_lock_take(wt_lock *out, wt_archive *archive, wt_error *err);
void wt_lock_give(wt_lock *lock);

#endif
