/* Maintenance: old captures out, packs merged, the commit-graph written. */
#include "archive/compact.h"
#include "archive/reach.h"
#include "archive/rewrite.h"

#include <git2/sys/commit_graph.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- captures ---- */

typedef struct keeping {
  const wt_archive_keep *keep;
  wt_oidmap newer; /* captures of a URL that are still to come, by the SHA-1 of the URL */
} keeping;

static wt_oid group_of(const wt_commit *capture) {
  wt_span url = capture->trailers[WT_TRAILER_URL];
  return wt_oid_of(WT_OBJECT_BLOB, url.len ? url : capture->trailers[WT_TRAILER_STORY]);
}

/* First all are counted, dropping none; then each knows how many of its URL follow it. */
static bool count_capture(void *context, const wt_commit *capture) {
  keeping *k = context;
  wt_oid group = group_of(capture);
  const wt_oidmap_slot *slot = wt_oidmap_get(&k->newer, group);
  wt_oidmap_put(&k->newer, group, (wt_place){1, slot ? slot->depth + 1 : 1});
  return true;
}

static bool keeps_capture(void *context, const wt_commit *capture) {
  keeping *k = context;
  wt_instant captured;
  wt_oidmap_slot *slot = wt_oidmap_get(&k->newer, group_of(capture));
  bool by_number = k->keep->newest && (!slot || slot->depth <= k->keep->newest);
  if (slot && slot->depth) slot->depth--;
  bool has_age = k->keep->after > 0;
  bool by_age =
      has_age && wt_instant_parse(&captured, capture->trailers[WT_TRAILER_CAPTURED]) && captured >= k->keep->after;
  return by_number || by_age;
}

static wt_status drop_captures(uint64_t *dropped, wt_archive_batch *batch, const wt_archive_keep *keep, wt_error *err) {
  keeping k = {.keep = keep};
  wt_oid old = batch->captures.old;
  uint64_t none, objects;
  wt_status status = wt_captures_filter(&none, batch, count_capture, &k, err);
  if (!status) status = wt_captures_filter(dropped, batch, keeps_capture, &k, err);
  wt_oidmap_release(&k.newer);
  if (status || *dropped == 0) return status;
  status = wt_batch_install(batch, err);
  if (!status) status = wt_prune_promise(batch->archive, &old, 1, err);
  if (!status) status = wt_batch_move_refs(batch, err);
  return status ? status : wt_prune(&objects, batch->archive, &old, 1, err);
}

/* ---- the commit-graph ---- */

static int add_commits(git_commit_graph_writer *writer, uint64_t *count, wt_archive *archive, wt_oid tip) {
  git_revwalk *walk = NULL;
  git_oid id = wt_oid_to_git(tip);
  int code = git_revwalk_new(&walk, archive->repo);
  if (!code) code = git_revwalk_push(walk, &id);
  if (!code) code = git_commit_graph_writer_add_revwalk(writer, walk);
  git_revwalk_free(walk);
  *count += !code;
  return code;
}

/* Graphs that libgit2 1.5.1 can read have generation numbers of version 1, which is what it writes. */
static wt_status write_graph(uint64_t *commits, wt_archive *archive, wt_oid tip, wt_error *err) {
  git_commit_graph_writer *writer = NULL;
  git_commit_graph_writer_options options;
  char *info = wt_path_join(archive->dir, "objects/info");
  if (!info) return wt_fail(err, WT_ENOMEM, archive->dir, -1, "out of memory");
  wt_status status = wt_dir_make(info, err);
  int code = 0;
  git_commit_graph_writer_options_init(&options, GIT_COMMIT_GRAPH_WRITER_OPTIONS_VERSION);
  if (!status && (code = git_commit_graph_writer_new(&writer, info)) == 0) {
    code = add_commits(writer, commits, archive, tip);
    if (!code) code = git_commit_graph_writer_commit(writer, &options);
  }
  git_commit_graph_writer_free(writer);
  wt_free(info);
  return code ? wt_git_fail(err, code, archive->dir, "write the commit-graph") : status;
}

/* ---- all ---- */

static wt_status measure(uint64_t *packs_out, uint64_t *bytes, wt_archive *archive, wt_error *err) {
  wt_packs packs;
  wt_status status = wt_packs_list(&packs, archive, err);
  *packs_out = packs.count;
  *bytes = 0;
  for (size_t i = 0; !status && i < packs.count; i++) *bytes += packs.items[i].size;
  wt_packs_release(&packs);
  return status;
}

/* All commits of main, rungs too. */
static wt_status count_commits(uint64_t *out, wt_archive_batch *batch) {
  uint64_t count = batch->ladder.count;
  *out = count ? count + 1 + count / WT_LADDER_STEP + count / WT_LADDER_STEP / WT_LADDER_STEP : 0;
  return WT_OK;
}

static wt_status maintain(wt_archive_maintained *out, wt_archive_batch *batch, const wt_archive_keep *keep,
                          wt_error *err) {
  wt_archive *archive = batch->archive;
  uint64_t graphs = 0;
  wt_status status = measure(&out->packs_before, &out->bytes_before, archive, err);
  bool limited = keep && (keep->newest || keep->after > 0);
  if (!status && limited) status = drop_captures(&out->captures_dropped, batch, keep, err);
  if (!status) status = wt_compact_all(archive, err);
  if (!status && !wt_oid_is_none(batch->main.tip)) status = write_graph(&graphs, archive, batch->main.tip, err);
  if (!status && graphs) status = count_commits(&out->graph_commits, batch);
  return status ? status : measure(&out->packs_after, &out->bytes_after, archive, err);
}

wt_status wt_archive_maintain(wt_archive_maintained *out, wt_archive *archive, const wt_archive_keep *keep,
                              wt_error *err) {
  wt_archive_batch *batch;
  *out = (wt_archive_maintained){.packs_before = 0};
  wt_status status = wt_archive_batch_open(&batch, archive, err);
  if (!status) status = maintain(out, batch, keep, err);
  wt_archive_batch_close(batch);
  return status;
}
