/* Taking out for good what nothing reaches any more. */
#include "archive/compact.h"
#include "archive/reach.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* ---- the promise: a line of hex digits an old tip, then "end" ---- */

wt_status wt_prune_promise(wt_archive *archive, const wt_oid *old, size_t count, wt_error *err) {
  wt_buf text = {0};
  char hex[41];
  for (size_t i = 0; i < count; i++) {
    wt_oid_hex(hex, old[i]);
    wt_buf_put_format(&text, "%s\n", hex);
  }
  wt_buf_put_text(&text, "end\n");
  char *path = wt_path_join(archive->own, "prune"), *staged = wt_path_join(archive->stage, "prune");
  wt_status status = path && staged ? wt_buf_status(&text, archive->own, err)
                                    : wt_fail(err, WT_ENOMEM, archive->own, -1, "out of memory");
  if (!status) status = wt_io_put(&archive->io, staged, wt_buf_span(&text), err);
  if (!status) status = wt_io_rename(&archive->io, staged, path, err);
  if (!status) status = wt_io_sync_dir(&archive->io, archive->own, err);
  wt_free(path);
  wt_free(staged);
  wt_buf_release(&text);
  return status;
}

wt_status wt_prune_promised(wt_archive *archive, wt_error *err) {
  char *path = wt_path_join(archive->own, "prune");
  wt_buf text = {0};
  wt_oid old[8];
  size_t count = 0;
  uint64_t dropped;
  if (!path) return wt_fail(err, WT_ENOMEM, archive->own, -1, "out of memory");
  wt_status status = WT_OK;
  if (access(path, F_OK) == 0) {
    status = wt_file_read(&text, path, 4096, err);
    wt_span rest = wt_buf_span(&text), line;
    while (!status && count < 8 && wt_span_line(&line, &rest))
      if (wt_oid_parse(&old[count], line)) count++;
    if (!status) status = wt_prune(&dropped, archive, old, count, err);
  }
  wt_buf_release(&text);
  wt_free(path);
  return status;
}

/* ---- doing it ---- */

static bool holds_any(const wt_pack_file *file, const wt_oidmap *drop) {
  for (size_t i = 0; i < file->count; i++)
    if (wt_oidmap_get(drop, file->objects[i].oid)) return true;
  return false;
}

/* The packs that hold something to drop are written anew without it. */
static wt_status drop_packed(wt_archive *archive, const wt_oidmap *drop, wt_error *err) {
  wt_packs packs;
  size_t count = 0;
  wt_status status = wt_packs_list(&packs, archive, err);
  wt_pack_file **touched = status ? NULL : wt_alloc_zero(packs.count, sizeof *touched);
  if (!status && !touched) status = wt_fail(err, WT_ENOMEM, archive->pack_dir, -1, "out of memory");
  for (size_t i = 0; !status && i < packs.count; i++) {
    status = wt_pack_file_open(&packs.items[i], archive, err);
    if (!status && holds_any(&packs.items[i], drop))
      touched[count++] = &packs.items[i];
    else
      wt_pack_file_close(&packs.items[i]);
  }
  if (!status && count) status = wt_compact(archive, touched, count, drop, err);
  wt_free(touched);
  wt_packs_release(&packs);
  return status;
}

/* What git itself has written or unpacked may lie loose. */
static wt_status drop_loose(wt_archive *archive, const wt_oidmap *drop, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; !status && i < drop->capacity; i++) {
    char hex[41], path[4300];
    if (wt_oid_is_none(drop->slots[i].oid)) continue;
    wt_oid_hex(hex, drop->slots[i].oid);
    snprintf(path, sizeof path, "%s/objects/%.2s/%s", archive->dir, hex, hex + 2);
    if (access(path, F_OK) == 0) status = wt_io_unlink(&archive->io, path, err);
  }
  return status;
}

/* A commit-graph that names dropped commits would make git stumble. */
static wt_status drop_graph(wt_archive *archive, wt_error *err) {
  static const char *const names[] = {"objects/info/commit-graph", "objects/info/commit-graphs/commit-graph-chain"};
  wt_status status = WT_OK;
  for (size_t i = 0; !status && i < 2; i++) {
    char *path = wt_path_join(archive->dir, names[i]);
    if (!path) return wt_fail(err, WT_ENOMEM, archive->dir, -1, "out of memory");
    if (access(path, F_OK) == 0) status = wt_io_unlink(&archive->io, path, err);
    wt_free(path);
  }
  return status;
}

wt_status wt_prune(uint64_t *dropped, wt_archive *archive, const wt_oid *old, size_t count, wt_error *err) {
  wt_oidmap keep = {NULL, 0, 0}, drop = {NULL, 0, 0};
  *dropped = 0;
  wt_status status = wt_archive_reopen_objects(archive, err);
  if (!status) status = wt_reach_all(&keep, archive, err);
  for (size_t i = 0; !status && i < count; i++) status = wt_reach(&drop, archive, old[i], &keep, err);
  if (!status) status = drop_graph(archive, err);
  if (!status && drop.count) status = drop_packed(archive, &drop, err);
  if (!status && drop.count) status = drop_loose(archive, &drop, err);
  *dropped = drop.count;
  wt_oidmap_release(&keep);
  wt_oidmap_release(&drop);
  char *path = status ? NULL : wt_path_join(archive->own, "prune");
  if (path) status = wt_io_unlink(&archive->io, path, err);
  wt_free(path);
  return status ? status : wt_archive_reopen_objects(archive, err);
}
