/* add_batch: many captures, one lock, one commit of git and one of the index. */
#include "track/add.h"

wt_status track_add_open(track_add **out, wt_track *track, const wt_add_options *options, wt_error *err) {
  track_add *add = wt_alloc_zero(1, sizeof *add);
  if (!add) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  add->track = track;
  add->options = options;
  wt_status status = track_outlets_need(track, err);
  if (status == WT_OK) status = wt_archive_batch_open(&add->batch, track->archive, err);
  if (status == WT_OK) status = track_catch_up(track, err); /* under the lock nothing moves any more */
  if (status == WT_OK) status = wt_index_begin(track->index, err);
  add->next_record = track->stamp.journal;
  if (status)
    track_add_free(add);
  else
    *out = add;
  return status;
}

wt_status track_add_record(track_add *add, wt_error *err) {
  wt_status status = wt_buf_status(&add->line, "journal", err);
  if (status == WT_OK) status = wt_archive_batch_record(add->batch, wt_buf_span(&add->line), err);
  add->next_record++;
  return status;
}

static wt_status commit_git(track_add *add, wt_error *err) {
  wt_index_stamp stamp = {.journal = add->next_record};
  wt_status status = wt_archive_batch_commit(add->batch, err);
  if (status == WT_OK) status = wt_archive_tip(&stamp.main, add->track->archive, err);
  if (status == WT_OK) status = wt_index_commit(add->track->index, &stamp, err);
  if (status == WT_OK) add->track->stamp = stamp;
  return status;
}

wt_status track_add_commit(track_add *add, wt_error *err) {
  wt_status status = WT_OK;
  if (!add->options->dry_run && add->pending) {
    status = commit_git(add, err);
    if (status == WT_OK) status = wt_index_begin(add->track->index, err);
    if (status == WT_OK) track_texts_unpin(&add->track->texts);
  }
  add->pending = 0;
  add->pending_bytes = 0;
  if (status == WT_OK) track_add_tell_all(add);
  if (add->total) track_progress(add->track, "captures", add->done, add->total);
  return status;
}

void track_add_free(track_add *add) {
  if (!add) return;
  wt_index_rollback(add->track->index);
  if (add->pending || add->options->dry_run) track_texts_drop(&add->track->texts); /* of what is not in git */
  if (add->batch) wt_archive_batch_close(add->batch);
  wt_arena_release(&add->arena);
  wt_arena_release(&add->scratch);
  wt_buf_release(&add->text);
  wt_buf_release(&add->line);
  wt_free(add->news);
  wt_free(add);
}
