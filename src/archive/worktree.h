/* worktree: the files of a repository that has a work tree on main follow main. */
#ifndef ARCHIVE_WORKTREE_H
#define ARCHIVE_WORKTREE_H

#include "archive/archive.h"

/* Brings the files from the commit that they followed to `tip`. A file that somebody has changed is left alone, and so is
   a work tree on another branch. What goes wrong is a warning: the archive itself is safe. */
void wt_worktree_follow(wt_archive *archive, wt_oid old, wt_oid tip);

#endif
