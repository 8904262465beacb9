/* git: what all of archive needs of libgit2: ids, and its errors in our words. */
#ifndef ARCHIVE_GIT_H
#define ARCHIVE_GIT_H

#include "wt/archive.h"

#include <git2.h>

/* The kinds of object, numbered as in a pack (gitformat-pack). */
typedef enum wt_object_kind {
  WT_OBJECT_COMMIT = 1,
  WT_OBJECT_TREE = 2,
  WT_OBJECT_BLOB = 3,
  WT_OBJECT_TAG = 4
} wt_object_kind;

const char *wt_object_kind_name(wt_object_kind kind);

bool wt_oid_equal(wt_oid a, wt_oid b);
/* The first 8 bytes as a number, for tables: an id is random already. */
uint64_t wt_oid_head(wt_oid oid);
git_oid wt_oid_to_git(wt_oid oid);
/* The tree of a commit, to be freed; NULL for none. libgit2's code. */
int wt_git_tree_of(git_tree **out, wt_archive *archive, wt_oid commit);
wt_oid wt_oid_from_git(const git_oid *oid);
/* The id that git gives to these bytes. */
wt_oid wt_oid_of(wt_object_kind kind, wt_span bytes);

/* A failure of libgit2 (code < 0) as a status. `doing` is what was tried: "open the repository". */
wt_status wt_git_fail(wt_error *err, int code, const char *where, const char *doing);

#endif
