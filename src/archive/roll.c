/*
 * Taking in the packs of a long batch, each in the background of the next. What a pack holds can be read from git only
 * when its thread has been waited for; until then nothing that is in it is dropped from memory.
 */
#include "archive/batch.h"

enum { TREES_MOST = 192 << 20 };
static const uint64_t pack_bytes_most = (uint64_t)1 << 29;

static void *run(void *argument) {
  wt_installing *job = argument;
  char name[41];
  job->status = wt_pack_install(name, job->pack, job->pack_dir, &job->err);
  return NULL;
}

wt_status wt_batch_join(wt_archive_batch *batch, wt_error *err) {
  wt_installing *job = &batch->installing;
  if (!job->pack) return WT_OK;
  pthread_join(job->thread, NULL);
  wt_pack_close(job->pack);
  job->pack = NULL;
  if (job->status && err) *err = job->err;
  return job->status;
}

/* The numbers in the pack that was closed mean nothing in the next. */
static void forget(wt_archive_batch *batch) {
  wt_recent_clear(&batch->texts);
  wt_recent_clear(&batch->commits);
  wt_recent_clear(&batch->raws);
}

wt_status wt_batch_stage(wt_archive_batch *batch, wt_error *err) {
  wt_status status = wt_batch_join(batch, err);
  return status ? status : wt_pack_stage(batch->pack, err);
}

wt_status wt_batch_enter(wt_archive_batch *batch, wt_error *err) {
  char name[41];
  wt_status status = wt_pack_enter(name, batch->pack, batch->archive->pack_dir, err);
  if (status) return status;
  forget(batch);
  wt_trees_settle(batch->trees, TREES_MOST);
  return WT_OK;
}

wt_status wt_batch_install(wt_archive_batch *batch, wt_error *err) {
  wt_status status = wt_batch_stage(batch, err);
  if (!status) status = wt_pack_sync(batch->pack, err);
  return status ? status : wt_batch_enter(batch, err);
}

static wt_status hand_over(wt_archive_batch *batch, wt_error *err) {
  wt_pack *next;
  bool one_thread = batch->archive->options.one_thread;
  wt_status status = wt_batch_join(batch, err);
  if (!status)
    status = wt_pack_open(&next, &batch->archive->io, batch->archive->stage, batch->packs++, one_thread, err);
  if (status) return status;
  batch->installing = (wt_installing){.pack = batch->pack, .pack_dir = batch->archive->pack_dir};
  if (one_thread || pthread_create(&batch->installing.thread, NULL, run, &batch->installing)) {
    wt_pack_close(next);
    batch->installing.pack = NULL;
    return wt_batch_install(batch, err); /* no thread to be had, or none wanted: here and now */
  }
  batch->pack = next;
  forget(batch);
  wt_trees_settle(batch->trees, SIZE_MAX);
  return WT_OK;
}

wt_status wt_batch_roll(wt_archive_batch *batch, wt_error *err) {
  if (wt_trees_size(batch->trees) > TREES_MOST * (size_t)2) return wt_batch_install(batch, err);
  bool large = wt_pack_count(batch->pack) > batch->roll_at || wt_pack_size(batch->pack) > pack_bytes_most;
  return large ? hand_over(batch, err) : WT_OK;
}
