/* open: the archive and its index, as one handle. */
#include "track/copies_archive.h"
#include "track/track.h"

#include <stdio.h>

/* ---- the archive's words ---- */

static void on_waiting(void *context, const char *who) {
  const wt_track_calls *calls = &((wt_track *)context)->options.calls;
  if (calls->waiting) calls->waiting(calls->context, who);
}

static bool on_stop(void *context) {
  return track_stopped(context);
}

static void on_warning(void *context, const char *text) {
  wt_error word = {.status = WT_OK, .byte = -1};
  snprintf(word.where, sizeof word.where, "archive");
  snprintf(word.what, sizeof word.what, "%s", text);
  track_warn(context, &word);
}

/* ---- the handle ---- */

wt_status wt_track_open(wt_track **out, const char *dir, const wt_track_options *options, wt_error *err) {
  wt_track *track = wt_alloc_zero(1, sizeof *track);
  if (!track) return wt_fail(err, WT_ENOMEM, dir, -1, "out of memory");
  if (options) track->options = *options;
  wt_reader_version(track->reader);
  wt_archive_options archive = {.create = track->options.create,
                                .bare = track->options.bare,
                                .no_captures = track->options.no_captures,
                                .one_thread = track->options.one_thread,
                                .reader = track->reader,
                                .waiting = on_waiting,
                                .stop = on_stop,
                                .warning = on_warning,
                                .context = track};
  wt_status status = wt_archive_open(&track->archive, dir, &archive, err);
  if (status == WT_OK) status = track_index_open(track, err);
  if (status == WT_OK && !track->options.as_it_is) status = track_index_catch_up(track, err);
  if (status)
    wt_track_close(track);
  else
    *out = track;
  return status;
}

void wt_track_close(wt_track *track) {
  if (!track) return;
  wt_arena_release(&track->told_arena);
  track_texts_drop(&track->texts);
  track_outlets_release(&track->outlets);
  track_copies_close(track->copies);
  wt_fetcher_close(track->fetcher);
  wt_buf_release(&track->hosts_dir);
  wt_index_close(track->index);
  if (track->archive) wt_archive_close(track->archive);
  wt_free(track);
}

wt_archive *wt_track_archive(wt_track *track) {
  return track->archive;
}

wt_index *wt_track_index(wt_track *track) {
  return track->index;
}

/* ---- configuration ---- */

wt_status wt_track_configure(wt_track *track, wt_span conf, wt_instant now, wt_error *err) {
  wt_archive_batch *batch = NULL;
  wt_status status = wt_archive_config_check(conf, err);
  if (status == WT_OK) status = wt_archive_batch_open(&batch, track->archive, err);
  if (status == WT_OK) status = wt_archive_batch_configure(batch, conf, now, err);
  if (status == WT_OK) status = wt_archive_batch_commit(batch, err);
  if (batch) wt_archive_batch_close(batch);
  track_outlets_release(&track->outlets);
  track->outlets_read = false;
  return status ? status : track_catch_up_catalogue(track, err);
}
