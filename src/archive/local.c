/* The repository's own configuration, which no clone brings along: what only its owner may say. */
#include "archive/archive.h"

#include <git2.h>

/* One level alone: what /etc or the user's home say is about other things. */
static wt_status open_local(git_config **out, git_config **all, wt_archive *archive, wt_error *err) {
  *out = *all = NULL;
  if (git_repository_config(all, archive->repo) == 0 && git_config_open_level(out, *all, GIT_CONFIG_LEVEL_LOCAL) == 0)
    return WT_OK;
  const git_error *cause = git_error_last();
  return wt_fail(err, WT_EIO, "config", -1, "%s", cause ? cause->message : "cannot be read");
}

wt_status wt_archive_local_each(wt_archive *archive, bool (*each)(void *context, wt_span name, wt_span value),
                                void *context, wt_error *err) {
  git_config *all, *local;
  git_config_iterator *iterator = NULL;
  git_config_entry *entry;
  bool go_on = true;
  wt_status status = open_local(&local, &all, archive, err);
  if (status == WT_OK && git_config_iterator_new(&iterator, local) != 0)
    status = wt_fail(err, WT_EIO, "config", -1, "cannot be read");
  while (status == WT_OK && go_on && git_config_next(&entry, iterator) == 0)
    go_on = each(context, wt_span_of(entry->name), wt_span_of(entry->value));
  git_config_iterator_free(iterator);
  git_config_free(local);
  git_config_free(all);
  return status == WT_OK && !go_on ? wt_fail(err, WT_ECANCELED, "config", -1, "stopped") : status;
}
