/*
 * seen: small notes in our own folder about what was last written. They only save work or tell a main that was moved
 * back; a lost or torn one is as none.
 */
#ifndef ARCHIVE_SEEN_H
#define ARCHIVE_SEEN_H

#include "archive/archive.h"

#define WT_SEEN_MAIN "main"         /* the tip of main that we wrote last */
#define WT_SEEN_WORKTREE "worktree" /* the commit that the work tree follows */

wt_oid wt_seen_read(wt_archive *archive, const char *name);
void wt_seen_write(wt_archive *archive, const char *name, wt_oid oid);
/* Before main is rewritten: a crash must not leave what it holds no more. Not synced. */
wt_status wt_seen_forget(wt_archive *archive, const char *name, wt_error *err);

/* Is what came to main since we wrote it last sound? WT_EREFUSED says which commit is not, and what to do. */
wt_status wt_seen_check(wt_archive *archive, wt_oid tip, wt_error *err);
/* The same for one commit made by hand: it may change anything but stories. */
wt_status wt_seen_check_commit(wt_archive *archive, wt_oid oid, const wt_commit *commit, wt_error *err);

#endif
