/*
 * refs/writethru/captures: one commit a capture, its tree one blob, so that the chain is the same however captures are
 * batched. The blob's name in that tree is the hash of the URL: captures of one URL are deltas of one another.
 */
#include "archive/batch.h"

#include <string.h>

/* A tree of one file. */
static wt_status put_tree(wt_oid *out, wt_archive_batch *batch, const char *name, wt_oid blob, wt_error *err) {
  uint32_t number;
  wt_buf_clear(&batch->text);
  wt_buf_put_format(&batch->text, "100644 %s", name);
  wt_buf_put_char(&batch->text, '\0');
  wt_buf_put(&batch->text, blob.bytes, sizeof blob.bytes);
  wt_status status = wt_buf_status(&batch->text, "tree", err);
  return status ? status : wt_pack_put(out, &number, batch->pack, WT_OBJECT_TREE, wt_buf_span(&batch->text), err);
}

static wt_status put_blob(wt_oid *out, wt_archive_batch *batch, uint64_t group, wt_span raw, wt_error *err) {
  wt_oid oid = wt_oid_of(WT_OBJECT_BLOB, raw);
  git_oid id = wt_oid_to_git(oid);
  *out = oid;
  if (!wt_pack_number(batch->pack, oid) && git_odb_exists_ext(batch->archive->odb, &id, GIT_ODB_LOOKUP_NO_REFRESH))
    return WT_OK;
  uint32_t base, number;
  wt_span base_raw = wt_recent_get(&base, &batch->raws, group);
  wt_status status = wt_pack_put_like(out, &number, batch->pack, WT_OBJECT_BLOB, raw, base, base_raw, err);
  if (!status) wt_recent_put(&batch->raws, group, raw, number);
  return status;
}

wt_status wt_capture_put(wt_oid *out, wt_archive_batch *batch, wt_span path, wt_span url, int64_t captured, wt_span raw,
                         wt_error *err) {
  if (batch->archive->options.no_captures) {
    *out = wt_oid_of(WT_OBJECT_BLOB, raw);
    return WT_OK;
  }
  char name[33];
  wt_hash group = wt_hash_bytes(url.len ? url : path);
  wt_hash_hex(name, group);
  wt_oid tree, commit;
  wt_status status = put_blob(out, batch, group.low, raw, err);
  if (!status) status = put_tree(&tree, batch, name, *out, err);
  if (status) return status;
  wt_buf_clear(&batch->text);
  wt_buf_put_text(&batch->text, "Capture of ");
  wt_commit_put_subject(&batch->text, path);
  wt_buf_put_char(&batch->text, '\n');
  wt_commit_put_trailer(&batch->text, WT_TRAILER_STORY, path);
  wt_commit_put_trailer(&batch->text, WT_TRAILER_URL, url);
  wt_buf_put_format(&batch->text, "%s: ", wt_trailer_name(WT_TRAILER_CAPTURED));
  wt_instant_put(&batch->text, captured);
  wt_buf_put_char(&batch->text, '\n');
  wt_commit_put_trailer_oid(&batch->text, WT_TRAILER_CAPTURE, *out);
  status = wt_buf_status(&batch->text, "commit", err);
  return status ? status
                : wt_chain_add(&commit, batch, &batch->captures, tree, captured, wt_buf_span(&batch->text),
                               wt_oid_head(batch->captures.tip), err);
}
