/*
 * tree: the folders of main, kept in memory as git's own bytes, and written as deltas from what changed.
 *
 * A folder is loaded when a path leads through it. Setting one file writes every folder on its way: each differs from its
 * last version in one entry, so its delta is known without a search.
 */
#ifndef ARCHIVE_TREE_H
#define ARCHIVE_TREE_H

#include "archive/archive.h"
#include "archive/pack.h"

typedef struct wt_trees wt_trees;

/* root none: an empty tree. */
wt_status wt_trees_open(wt_trees **out, wt_archive *archive, wt_oid root, wt_error *err);
void wt_trees_close(wt_trees *trees);
/* Bytes of the folders in memory. */
size_t wt_trees_size(const wt_trees *trees);
/* The pack was closed: the next version of every folder is written whole. All folders must be readable from git now;
   those past a ceiling are dropped from memory. */
void wt_trees_settle(wt_trees *trees, size_t limit);

/* Sets path to a blob (none: takes it out, and folders that become empty with it) and writes what changed into the pack.
   WT_EINVAL for a path that git would not take, WT_EEXISTS where a file and a folder would bear one name. */
wt_status wt_trees_set(wt_oid *root, wt_trees *trees, wt_pack *pack, wt_span path, wt_oid blob, wt_error *err);
/* The same with a mode of git's ("100755", "120000"), for what was made by hand. */
wt_status wt_trees_set_mode(wt_oid *root, wt_trees *trees, wt_pack *pack, wt_span path, const char *mode, wt_oid blob,
                            wt_error *err);
/* The blob at path; none when there is no file. */
wt_status wt_trees_get(wt_oid *out, wt_trees *trees, wt_span path, wt_error *err);
/* How many entries the folder at `path` has; 0 when there is none. *taken: it holds `name`, as a file or a folder. */
wt_status wt_trees_count(size_t *out, bool *taken, wt_trees *trees, wt_span path, wt_span name, wt_error *err);

/* One entry of a tree object. */
typedef struct wt_tree_entry {
  wt_span mode, name;
  wt_oid oid;
} wt_tree_entry;
/* Takes the next entry off *rest. False at the end, and with *broken set where the bytes are no tree. */
bool wt_tree_next(wt_tree_entry *out, wt_span *rest, bool *broken);
bool wt_tree_entry_is_folder(const wt_tree_entry *entry);
/* Git's order: bytes, a folder as if its name ended in '/'. */
int wt_tree_entry_compare(const wt_tree_entry *a, const wt_tree_entry *b);

#endif
