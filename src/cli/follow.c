/* follow: revisions as they come, whoever writes them, for `log --follow` and for hooks. */
#include "follow.h"

#include <time.h>

bool cli_follow_passes(const wt_revision_filter *f, const wt_revision_row *row) {
  wt_span outlet = wt_span_sub(row->path, 0, wt_span_find(row->path, WT_SPAN("/")));
  if (f->story && row->story != f->story) return false;
  if (f->outlet.len && !wt_span_equal(outlet, f->outlet)) return false;
  if (f->classes && !(row->classes & f->classes)) return false;
  if (f->since != WT_INSTANT_NONE && row->captured < f->since) return false;
  if (f->until != WT_INSTANT_NONE && row->captured >= f->until) return false;
  if (f->reason.len && !wt_span_equal(row->reason, f->reason)) return false;
  return (row->flags & f->flags_all) == f->flags_all && !(row->flags & f->flags_none);
}

typedef struct walk {
  wt_cli *cli;
  const wt_revision_filter *filter;
  wt_oid last;
  wt_revision_row_each each;
  void *context;
  wt_status status;
  wt_error *err;
} walk;

static bool on_revision(void *context, const wt_revision *revision) {
  walk *w = context;
  wt_arena arena = {0};
  wt_revision_row row;
  bool go_on = true;
  w->status = wt_index_by_commit(&row, &arena, wt_track_index(w->cli->track), revision->commit, w->err);
  if (w->status == WT_OK) go_on = (w->filter && !cli_follow_passes(w->filter, &row)) || w->each(w->context, &row);
  /* committed, and not in the index yet: it is told in the next look */
  if (w->status == WT_OK) w->last = revision->commit;
  wt_arena_release(&arena);
  return w->status == WT_OK && go_on && !cli_stopped(w->cli);
}

wt_status cli_follow_once(wt_oid *last, wt_cli *cli, const wt_revision_filter *filter, wt_revision_row_each each,
                          void *context, wt_error *err) {
  walk w = {.cli = cli, .filter = filter, .last = *last, .each = each, .context = context, .err = err};
  wt_status status = wt_archive_walk(wt_track_archive(cli->track), *last, on_revision, &w, err);
  *last = w.last;
  if (w.status) return w.status == WT_ENOTFOUND ? WT_OK : w.status;
  return status == WT_ECANCELED ? WT_OK : status;
}

wt_status cli_follow(wt_cli *cli, const wt_revision_filter *filter, wt_revision_row_each each, void *context,
                     wt_error *err) {
  wt_oid last;
  wt_status status = wt_archive_tip(&last, wt_track_archive(cli->track), err);
  cli_stop_watch();
  while (status == WT_OK && !cli_stopped(cli)) {
    struct timespec pause = {.tv_nsec = 250 * 1000 * 1000};
    nanosleep(&pause, NULL);
    status = cli_follow_once(&last, cli, filter, each, context, err);
    if (!cli_flush(cli)) break;
  }
  return status;
}
