/* What happened to main while we looked away: pulls, commits made by hand, and histories that went another way. */
#include "archive/seen.h"

#include "archive/ladder.h"
#include "archive/name.h"

#include <string.h>

wt_oid wt_seen_read(wt_archive *archive, const char *name) {
  wt_oid oid = {{0}};
  wt_buf text = {0};
  char *path = wt_path_join(archive->own, name);
  if (path && !wt_file_read(&text, path, 4096, NULL)) {
    if (!wt_oid_parse(&oid, wt_span_sub(wt_buf_span(&text), 0, 40))) oid = (wt_oid){{0}};
  }
  wt_buf_release(&text);
  wt_free(path);
  return oid;
}

void wt_seen_write(wt_archive *archive, const char *name, wt_oid oid) {
  char line[42];
  char *path = wt_path_join(archive->own, name), *staged = wt_path_join(archive->stage, name);
  wt_oid_hex(line, oid);
  line[40] = '\n';
  wt_io_file file;
  if (path && staged && !wt_io_create(&file, &archive->io, staged, false, NULL)) {
    wt_status status = wt_io_write(&file, (wt_span){line, 41}, NULL);
    wt_io_close(&file);
    if (!status) wt_io_rename(&archive->io, staged, path, NULL);
  }
  wt_free(path);
  wt_free(staged);
}

wt_status wt_seen_forget(wt_archive *archive, const char *name, wt_error *err) {
  char *path = wt_path_join(archive->own, name);
  wt_status status = path ? wt_io_unlink(&archive->io, path, err) : wt_fail(err, WT_ENOMEM, name, -1, "out of memory");
  wt_free(path);
  return status;
}

/* ---- commits made by hand ---- */

typedef struct touched {
  char path[256]; /* the first story that the commit changes; empty: none */
} touched;

static int see_delta(const git_diff *diff, const git_diff_delta *delta, const char *matched, void *context) {
  touched *t = context;
  const char *paths[] = {delta->old_file.path, delta->new_file.path};
  (void)diff;
  (void)matched;
  for (size_t i = 0; i < 2 && !t->path[0]; i++)
    if (paths[i] && wt_name_is_story(wt_span_of(paths[i]))) {
      strncpy(t->path, paths[i], sizeof t->path - 1);
      t->path[sizeof t->path - 1] = '\0';
    }
  return 1; /* nothing has to be kept */
}

wt_status wt_seen_check_commit(wt_archive *archive, wt_oid oid, const wt_commit *commit, wt_error *err) {
  git_tree *old = NULL, *new = NULL;
  git_diff *diff = NULL;
  git_diff_options options;
  touched t = {{0}};
  char hex[41];
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.notify_cb = see_delta;
  options.payload = &t;
  wt_oid_hex(hex, oid);
  int code = wt_git_tree_of(&old, archive, commit->parents[0]);
  if (!code) code = wt_git_tree_of(&new, archive, oid);
  if (!code) code = git_diff_tree_to_tree(&diff, archive->repo, old, new, &options);
  git_diff_free(diff);
  git_tree_free(old);
  git_tree_free(new);
  if (code) return wt_git_fail(err, code, hex, "compare the trees of a commit made by hand");
  if (!t.path[0]) return WT_OK;
  return wt_fail(
      err, WT_EREFUSED, hex, -1,
      "this commit, made by hand, %s the story %s; take it back (git reset, git revert is not enough) or keep it on "
      "another branch; what another archive holds comes in with add --from",
      commit->parent_count > 1 ? "merges in" : "changes", t.path);
}

static wt_status moved_back(wt_archive *archive, wt_oid seen, wt_error *err) {
  char hex[41];
  wt_oid_hex(hex, seen);
  return wt_fail(err, WT_EREFUSED, WT_REF_MAIN, -1,
                 "main was moved back or rewritten: it no longer holds %.12s, which was written last; bring that back "
                 "with git, or "
                 "remove %s/" WT_SEEN_MAIN " if losing it is meant",
                 hex, archive->own);
}

wt_status wt_seen_check(wt_archive *archive, wt_oid tip, wt_error *err) {
  wt_oid seen = wt_seen_read(archive, WT_SEEN_MAIN), at = tip;
  bool known = !wt_oid_is_none(seen);
  if (wt_oid_is_none(tip)) return known ? moved_back(archive, seen, err) : WT_OK;
  while (!wt_oid_is_none(at)) {
    wt_object object;
    wt_commit commit;
    if (wt_oid_equal(at, seen)) return WT_OK;
    wt_status status = wt_commit_read(&object, &commit, archive, at, err);
    if (status) return status;
    bool ours = wt_commit_is_revision(&commit) || wt_commit_is_rung(&commit);
    if (!ours) status = wt_seen_check_commit(archive, at, &commit, err);
    wt_oid next = wt_ladder_fine_parent(&commit);
    wt_object_release(&object);
    if (status) return status;
    if (ours && !known) return WT_OK; /* a fresh clone: what lies below came with it */
    at = next;
  }
  return known ? moved_back(archive, seen, err) : WT_OK;
}
