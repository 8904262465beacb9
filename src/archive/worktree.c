/* Keeping the work tree in step. */
#include "archive/worktree.h"

#include "archive/seen.h"

#include <stdio.h>
#include <string.h>

static void warn(wt_archive *archive, const char *doing) {
  const git_error *last = git_error_last();
  char text[1024];
  snprintf(text, sizeof text, "the work tree does not follow: cannot %s: %s", doing,
           last && last->message ? last->message : "no reason");
  if (archive->options.warning) archive->options.warning(archive->options.context, text);
}

static bool is_on_main(wt_archive *archive) {
  git_reference *head = NULL;
  if (git_repository_is_bare(archive->repo) || git_reference_lookup(&head, archive->repo, "HEAD")) return false;
  const char *target = git_reference_symbolic_target(head);
  bool on_main = target && strcmp(target, WT_REF_MAIN) == 0;
  git_reference_free(head);
  return on_main;
}

/* How many files somebody has changed. */
static int count_conflict(git_checkout_notify_t why, const char *path, const git_diff_file *baseline,
                          const git_diff_file *target, const git_diff_file *workdir, void *payload) {
  (void)why, (void)path, (void)baseline, (void)target, (void)workdir;
  ++*(unsigned *)payload;
  return 0;
}

void wt_worktree_follow(wt_archive *archive, wt_oid old, wt_oid tip) {
  wt_oid followed = wt_seen_read(archive, WT_SEEN_WORKTREE);
  if (wt_oid_is_none(followed)) followed = old;
  if (wt_oid_is_none(tip) || wt_oid_equal(followed, tip) || !is_on_main(archive)) return;
  git_checkout_options options;
  git_tree *from = NULL, *to = NULL;
  unsigned conflicts = 0;
  git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
  options.checkout_strategy = GIT_CHECKOUT_SAFE | GIT_CHECKOUT_ALLOW_CONFLICTS | GIT_CHECKOUT_RECREATE_MISSING;
  options.notify_flags = GIT_CHECKOUT_NOTIFY_CONFLICT;
  options.notify_cb = count_conflict;
  options.notify_payload = &conflicts;
  int code = wt_git_tree_of(&from, archive, followed);
  if (!code) code = wt_git_tree_of(&to, archive, tip);
  options.baseline = from;
  if (!code) code = git_checkout_tree(archive->repo, (git_object *)to, &options);
  git_tree_free(from);
  git_tree_free(to);
  if (code)
    warn(archive, "check the files out");
  else
    wt_seen_write(archive, WT_SEEN_WORKTREE, tip);
  char text[128];
  snprintf(text, sizeof text, "%u files of the work tree were changed by hand and are left as they are", conflicts);
  if (conflicts && archive->options.warning) archive->options.warning(archive->options.context, text);
}
