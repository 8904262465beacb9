/* archive: what the files of this folder share: the handle, and reading objects. */
#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "archive/commit.h"
#include "archive/git.h"
#include "archive/io.h"

#define WT_REF_MAIN "refs/heads/main"
#define WT_REF_CAPTURES "refs/writethru/captures"
#define WT_REF_JOURNAL "refs/writethru/journal"
#define WT_CONF "writethru.conf"

struct wt_archive {
  git_repository *repo;
  git_odb *odb;
  wt_io io;
  wt_archive_options options;
  char *dir;      /* the git directory, without a slash at the end */
  char *own;      /* dir/writethru */
  char *stage;    /* own/stage: temporary files, swept under the lock */
  char *pack_dir; /* dir/objects/pack */
};

extern const char wt_archive_diff_command[]; /* git's diff.writethru.command in an archive */

/* path and more, joined by '/': owned by the caller. NULL when out of memory. */
char *wt_path_join(const char *path, const char *more);

/* Tells whether the repository is an archive of ours, by its own configuration or by the file writethru.conf in main;
   *empty: it is a repository without a single ref. */
wt_status wt_archive_recognise(bool *ours, bool *empty, wt_archive *archive, wt_error *err);

/* An object's bytes; span lies in `object`. Release with wt_object_release. */
typedef struct wt_object {
  git_odb_object *object;
  wt_span bytes;
} wt_object;
/* WT_ENOTFOUND, or WT_ECORRUPT when it is of another kind or damaged; err names the id. Looks again, with the packs
   listed afresh, when a compaction has moved it meanwhile. */
wt_status wt_object_read(wt_object *out, wt_archive *archive, wt_oid oid, wt_object_kind kind, wt_error *err);
void wt_object_release(wt_object *object);
/* Reads and parses; the commit points into the object. */
wt_status wt_commit_read(wt_object *out, wt_commit *commit, wt_archive *archive, wt_oid oid, wt_error *err);

/* Lists the packs afresh: some of those known may be gone. */
wt_status wt_archive_reopen_objects(wt_archive *archive, wt_error *err);

/* The commit that a ref names; none when there is no such ref. */
wt_status wt_ref_read(wt_oid *out, wt_archive *archive, const char *name, wt_error *err);

#endif
