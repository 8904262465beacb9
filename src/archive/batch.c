/*
 * One batch: the lock, one pack, three chains, and at the end the refs.
 *
 * Nothing is visible before wt_archive_batch_commit has moved main. What fails on the way leaves at most objects that
 * nothing names.
 */
#include "archive/batch.h"

#include "archive/compact.h"
#include "archive/name.h"
#include "archive/reach.h"
#include "archive/ref.h"
#include "archive/seen.h"
#include "archive/worktree.h"

#include <stdio.h>
#include <string.h>

enum {
  RECENT_TEXTS = 160 << 20,
  RECENT_COMMITS = 48 << 20,
  RECENT_RAWS = 96 << 20,
  PACK_OBJECTS_MOST = 600 * 1000 /* some 130 bytes of memory an object */
};

/* ---- opening and closing ---- */

static wt_status read_chain(wt_chain *out, wt_oid *tree, wt_archive *archive, const char *ref, wt_error *err) {
  wt_object object;
  wt_commit commit;
  wt_status status = wt_ref_read(&out->old, archive, ref, err);
  out->tip = out->old;
  out->time = 0;
  *tree = (wt_oid){{0}};
  if (status || wt_oid_is_none(out->tip)) return status;
  status = wt_commit_read(&object, &commit, archive, out->tip, err);
  if (status) return status;
  out->time = commit.committer_time;
  *tree = commit.tree;
  wt_object_release(&object);
  return WT_OK;
}

static wt_status begin(wt_archive_batch *batch, wt_error *err) {
  wt_archive *archive = batch->archive;
  wt_oid tree;
  wt_status status = wt_refs_recover(archive, err);
  if (!status) status = wt_prune_promised(archive, err);
  if (!status && git_repository_is_shallow(archive->repo))
    status =
        wt_fail(err, WT_EREFUSED, archive->dir, -1, "this is a shallow clone: git fetch --unshallow brings the rest");
  if (!status) status = read_chain(&batch->captures, &tree, archive, WT_REF_CAPTURES, err);
  if (!status) status = read_chain(&batch->journal, &tree, archive, WT_REF_JOURNAL, err);
  if (!status) status = read_chain(&batch->main, &batch->main_tree, archive, WT_REF_MAIN, err);
  if (!status) status = wt_seen_check(archive, batch->main.tip, err);
  if (!status) status = wt_ladder_read(&batch->ladder, archive, batch->main.tip, err);
  if (!status) status = wt_trees_open(&batch->trees, archive, batch->main_tree, err);
  if (!status)
    status = wt_pack_open(&batch->pack, &archive->io, archive->stage, batch->packs++, archive->options.one_thread, err);
  return status ? status : wt_journal_begin(batch, err);
}

wt_status wt_archive_batch_open(wt_archive_batch **out, wt_archive *archive, wt_error *err) {
  *out = NULL;
  wt_archive_batch *batch = wt_alloc_zero(1, sizeof *batch);
  if (!batch) return wt_fail(err, WT_ENOMEM, archive->dir, -1, "out of memory");
  batch->archive = archive;
  batch->lock.fd = -1;
  batch->roll_at = PACK_OBJECTS_MOST;
  wt_recent_init(&batch->texts, RECENT_TEXTS);
  wt_recent_init(&batch->commits, RECENT_COMMITS);
  wt_recent_init(&batch->raws, RECENT_RAWS);
  wt_status status = wt_lock_take(&batch->lock, archive, err);
  if (!status) status = begin(batch, err);
  if (status)
    wt_archive_batch_close(batch);
  else
    *out = batch;
  return status;
}

void wt_archive_batch_close(wt_archive_batch *batch) {
  if (!batch) return;
  wt_batch_join(batch, NULL);
  wt_pack_close(batch->pack);
  wt_trees_close(batch->trees);
  wt_recent_release(&batch->texts);
  wt_recent_release(&batch->commits);
  wt_recent_release(&batch->raws);
  wt_buf_release(&batch->text);
  wt_buf_release(&batch->delta);
  wt_buf_release(&batch->records);
  wt_oidmap_release(&batch->reserved);
  wt_lock_give(&batch->lock);
  wt_free(batch);
}

/* ---- one revision ---- */

static wt_status check(const wt_revision_in *revision, wt_error *err) {
  if (!wt_name_is_story(revision->path)) return wt_fail(err, WT_EINVAL, "path", -1, "this is no story's path");
  if (revision->number == 0) return wt_fail(err, WT_EINVAL, "number", -1, "revisions are numbered from 1");
  if (revision->captured == WT_INSTANT_NONE)
    return wt_fail(err, WT_EINVAL, "captured", -1, "a revision needs its time of capture");
  if ((revision->number > 1) == wt_oid_is_none(revision->previous))
    return wt_fail(err, WT_EINVAL, "previous", -1, "revision %u and its previous one do not fit",
                   (unsigned)revision->number);
  return WT_OK;
}

static wt_status put_text(wt_oid *out, wt_archive_batch *batch, const wt_revision_in *revision, wt_error *err) {
  uint32_t base, number;
  wt_span base_text = wt_recent_get(&base, &batch->texts, wt_oid_head(revision->previous_blob));
  wt_status status = wt_pack_put_like(out, &number, batch->pack, WT_OBJECT_BLOB, revision->text, base, base_text, err);
  if (!status) wt_recent_put(&batch->texts, wt_oid_head(*out), revision->text, number);
  return status;
}

static void put_message(wt_buf *out, const wt_revision_in *in, const wt_revision_ids *ids) {
  if (in->subject.len)
    wt_commit_put_subject(out, in->subject);
  else
    wt_buf_put_format(out, "Revision %u\n", (unsigned)in->number);
  wt_buf_put_char(out, '\n');
  wt_commit_put_trailer(out, WT_TRAILER_STORY, in->path);
  wt_commit_put_trailer_number(out, WT_TRAILER_REVISION, in->number);
  wt_commit_put_trailer(out, WT_TRAILER_URL, in->url);
  wt_buf_put_format(out, "%s: ", wt_trailer_name(WT_TRAILER_CAPTURED));
  wt_instant_put(out, in->captured);
  wt_buf_put_char(out, '\n');
  if (in->raw.len) {
    char sum[65];
    wt_sha256_hex(sum, in->raw);
    wt_commit_put_trailer_oid(out, WT_TRAILER_CAPTURE, ids->capture);
    wt_commit_put_trailer(out, WT_TRAILER_CAPTURE_SHA256, (wt_span){sum, 64});
  }
  wt_commit_put_trailer_oid(out, WT_TRAILER_TEXT, ids->blob);
  wt_commit_put_trailer(out, WT_TRAILER_KEY, in->key);
  wt_commit_put_trailer(out, WT_TRAILER_CLASSES, in->classes);
  wt_commit_put_trailer(out, WT_TRAILER_REASON, in->reason);
  wt_commit_put_trailer_oid(out, WT_TRAILER_PREVIOUS, in->previous);
}

static wt_status put_revision(wt_revision_ids *out, wt_archive_batch *batch, const wt_revision_in *revision,
                              wt_error *err) {
  wt_oid tree;
  wt_status status = wt_batch_roll(batch, err);
  if (!status) status = wt_main_begin(batch, revision->captured, err);
  if (!status && revision->raw.len)
    status =
        wt_capture_put(&out->capture, batch, revision->path, revision->raw_url, revision->captured, revision->raw, err);
  if (!status) status = put_text(&out->blob, batch, revision, err);
  if (!status) status = wt_trees_set(&tree, batch->trees, batch->pack, revision->path, out->blob, err);
  if (status) return status;
  wt_buf_clear(&batch->text);
  put_message(&batch->text, revision, out);
  status = wt_buf_status(&batch->text, "commit", err);
  if (status) return status;
  wt_batch_name_used(batch, revision->path);
  return wt_main_add(&out->commit, batch, tree, revision->captured, wt_buf_span(&batch->text),
                     wt_oid_head(revision->previous), err);
}

static wt_status refuse_broken(wt_error *err) {
  return wt_fail(err, WT_EREFUSED, "batch", -1, "a write of this batch failed before: close it");
}

wt_status wt_archive_batch_put(wt_revision_ids *out, wt_archive_batch *batch, const wt_revision_in *revision,
                               wt_error *err) {
  *out = (wt_revision_ids){{{0}}, {{0}}, {{0}}};
  if (batch->broken) return refuse_broken(err);
  wt_status status = check(revision, err);
  if (status) return status;
  status = put_revision(out, batch, revision, err);
  batch->broken = status != WT_OK;
  return status;
}

wt_status wt_archive_batch_capture(wt_oid *out, wt_archive_batch *batch, wt_span path, wt_span url, wt_instant captured,
                                   wt_span raw, wt_error *err) {
  *out = (wt_oid){{0}};
  if (batch->broken) return refuse_broken(err);
  wt_status status = wt_batch_roll(batch, err);
  if (!status) status = wt_capture_put(out, batch, path, url, captured, raw, err);
  batch->broken = status != WT_OK;
  return status;
}

wt_status wt_archive_batch_read(wt_buf *out, wt_archive_batch *batch, wt_oid blob, wt_error *err) {
  uint32_t number;
  wt_span text = wt_recent_get(&number, &batch->texts, wt_oid_head(blob));
  if (number && wt_oid_equal(wt_oid_of(WT_OBJECT_BLOB, text), blob)) {
    wt_buf_put_span(out, text);
    return wt_buf_status(out, "", err);
  }
  wt_status status = wt_archive_read(out, batch->archive, blob, err);
  if (status != WT_ENOTFOUND || !batch->installing.pack) return status;
  status = wt_batch_join(batch, err); /* it may be in the pack that is being taken in just now */
  return status ? status : wt_archive_read(out, batch->archive, blob, err);
}

wt_status wt_archive_batch_configure(wt_archive_batch *batch, wt_span conf, wt_instant time, wt_error *err) {
  wt_oid blob, tree, commit;
  uint32_t number;
  if (batch->broken) return refuse_broken(err);
  wt_status status = wt_main_begin(batch, time, err);
  if (!status) status = wt_pack_put(&blob, &number, batch->pack, WT_OBJECT_BLOB, conf, err);
  if (!status) status = wt_trees_set(&tree, batch->trees, batch->pack, WT_SPAN(WT_CONF), blob, err);
  if (!status) status = wt_main_add(&commit, batch, tree, time, WT_SPAN("Set " WT_CONF "\n"), 0, err);
  batch->broken = status != WT_OK;
  return status;
}

/* ---- making it durable ---- */

static size_t moves_of(wt_ref_move out[3], const wt_archive_batch *batch) {
  const struct {
    const char *name;
    const wt_chain *chain;
  } all[] = {{WT_REF_MAIN, &batch->main}, {WT_REF_CAPTURES, &batch->captures}, {WT_REF_JOURNAL, &batch->journal}};
  size_t count = 0;
  for (size_t i = 0; i < 3; i++)
    if (!wt_oid_equal(all[i].chain->old, all[i].chain->tip))
      out[count++] = (wt_ref_move){all[i].name, all[i].chain->old, all[i].chain->tip};
  return count;
}

static void moved(wt_archive_batch *batch) {
  batch->main.old = batch->main.tip;
  batch->captures.old = batch->captures.tip;
  batch->journal.old = batch->journal.tip;
}

wt_status wt_batch_move_refs(wt_archive_batch *batch, wt_error *err) {
  wt_ref_move moves[3];
  size_t count = moves_of(moves, batch);
  wt_status status = count ? wt_refs_move(batch->archive, moves, count, err) : WT_OK;
  if (!status) moved(batch);
  return status;
}

/* Objects and refs: what both write is synced together, which costs little more than one sync; then the objects get their
   names, and after that the refs. */
static wt_status land(wt_archive_batch *batch, wt_error *err) {
  wt_ref_move moves[3];
  size_t count = moves_of(moves, batch);
  wt_moving *moving = NULL;
  wt_status status = wt_batch_stage(batch, err);
  if (!status && count) status = wt_moving_begin(&moving, batch->archive, moves, count, err);
  if (!status) status = wt_pack_sync(batch->pack, err);
  if (!status && moving) status = wt_moving_sync(moving, err);
  if (!status) status = wt_batch_enter(batch, err);
  if (!status && moving) status = wt_moving_end(moving, err);
  wt_moving_close(moving);
  if (!status) moved(batch);
  return status;
}

/* What was to be made durable is: a compaction that fails, on a full disk perhaps, is a word and no failure. */
static void compact(wt_archive_batch *batch) {
  wt_archive *archive = batch->archive;
  wt_error err = {0};
  char text[sizeof err.what + 64];
  if (!wt_compact_some(archive, &err)) return;
  snprintf(text, sizeof text, "the packs could not be merged: %s", err.what);
  if (archive->options.warning) archive->options.warning(archive->options.context, text);
}

wt_status wt_archive_batch_commit(wt_archive_batch *batch, wt_error *err) {
  if (batch->broken) return refuse_broken(err);
  wt_oid old = batch->main.old;
  wt_status status = wt_journal_flush(batch, err);
  if (!status) status = land(batch, err);
  if (!status && !wt_oid_equal(old, batch->main.tip)) {
    wt_seen_write(batch->archive, WT_SEEN_MAIN, batch->main.tip);
    wt_worktree_follow(batch->archive, old, batch->main.tip);
  }
  wt_oidmap_clear(&batch->reserved);
  batch->broken = status != WT_OK;
  if (!status) compact(batch);
  return status;
}
