/* install: a pack through libgit2's indexer and, synced, into the repository. */
#ifndef ARCHIVE_INSTALL_H
#define ARCHIVE_INSTALL_H

#include "archive/git.h"
#include "archive/io.h"

typedef struct wt_install {
  wt_io *io;
  const char *stage; /* borrowed */
  git_indexer *indexer;
  git_indexer_progress progress;
} wt_install;

/* size: bytes of the pack that will be fed. Space for it is taken first: the indexer writes through a mapping, where a
   full disk is a signal and not an error. */
wt_status wt_install_begin(wt_install *out, wt_io *io, const char *stage, uint64_t size, wt_error *err);
wt_status wt_install_feed(wt_install *install, wt_span bytes, wt_error *err);
wt_status wt_install_finish(char name[41], wt_install *install, const char *pack_dir, wt_error *err);
/* Safe after any outcome. */
void wt_install_release(wt_install *install);

#endif
