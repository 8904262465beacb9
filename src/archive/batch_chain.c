/* Commits on the three chains of a batch: captures and journal as they come, main with the rungs of its ladder. */
#include "archive/batch.h"

wt_status wt_chain_add(wt_oid *out, wt_archive_batch *batch, wt_chain *chain, wt_oid tree, int64_t author_time,
                       wt_span message, uint64_t base_key, wt_error *err) {
  if (author_time > chain->time) chain->time = author_time;
  wt_buf_clear(&batch->delta);
  wt_commit_put_head(&batch->delta, tree, &chain->tip, wt_oid_is_none(chain->tip) ? 0 : 1, author_time, chain->time);
  wt_buf_put_span(&batch->delta, message);
  wt_status status = wt_buf_status(&batch->delta, "commit", err);
  uint32_t base, number;
  wt_span text = wt_buf_span(&batch->delta), base_text = wt_recent_get(&base, &batch->commits, base_key);
  if (!status) status = wt_pack_put_like(out, &number, batch->pack, WT_OBJECT_COMMIT, text, base, base_text, err);
  if (status) return status;
  wt_recent_put(&batch->commits, wt_oid_head(*out), text, number);
  chain->tip = *out;
  return WT_OK;
}

static wt_status add_rung(wt_archive_batch *batch, unsigned level, wt_error *err) {
  wt_oid parents[2] = {wt_ladder_first_parent(&batch->ladder, level), batch->main.tip}, oid;
  uint32_t number;
  wt_buf_clear(&batch->delta);
  wt_commit_put_head(&batch->delta, batch->main_tree, parents, 2, batch->main.time, batch->main.time);
  wt_ladder_put_message(&batch->delta, &batch->ladder, level);
  wt_status status = wt_buf_status(&batch->delta, "commit", err);
  if (!status) status = wt_pack_put(&oid, &number, batch->pack, WT_OBJECT_COMMIT, wt_buf_span(&batch->delta), err);
  if (status) return status;
  wt_ladder_add_rung(&batch->ladder, oid, level);
  batch->main.tip = oid;
  return WT_OK;
}

wt_status wt_main_add(wt_oid *out, wt_archive_batch *batch, wt_oid tree, int64_t author_time, wt_span message,
                      uint64_t base_key, wt_error *err) {
  bool root = wt_oid_is_none(batch->main.tip);
  wt_status status = wt_chain_add(out, batch, &batch->main, tree, author_time, message, base_key, err);
  if (status) return status;
  batch->main_tree = tree;
  wt_ladder_add_commit(&batch->ladder, *out, root);
  for (unsigned level = wt_ladder_due(&batch->ladder); level && !status; level = wt_ladder_due(&batch->ladder))
    status = add_rung(batch, level, err);
  return status;
}

static const char first_conf[] =
    "; An archive of writethru. Outlets are named here, and the file is tracked, so that clones have it.\n"
    "[writethru]\n\tformat = 1\n";

wt_status wt_main_begin(wt_archive_batch *batch, int64_t time, wt_error *err) {
  wt_oid blob, tree, commit;
  uint32_t number;
  if (!wt_oid_is_none(batch->main.tip)) return WT_OK;
  wt_status status = wt_pack_put(&blob, &number, batch->pack, WT_OBJECT_BLOB, WT_SPAN(first_conf), err);
  if (!status) status = wt_trees_set(&tree, batch->trees, batch->pack, WT_SPAN(WT_CONF), blob, err);
  if (!status) status = wt_main_add(&commit, batch, tree, time, WT_SPAN("Begin the archive\n"), 0, err);
  return status;
}
