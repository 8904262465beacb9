/* Writing chains again. */
#include "archive/rewrite.h"

#include "archive/chain.h"

#include <stdio.h>
#include <string.h>

/* ---- captures ---- */

/* The same commit on another parent; its message and its tree stay. */
static wt_status put_again(wt_archive_batch *batch, wt_chain *chain, wt_oid tree, const wt_commit *commit,
                           wt_error *err) {
  wt_oid made;
  return wt_chain_add(&made, batch, chain, tree, commit->author_time, commit->message, wt_oid_head(chain->tip), err);
}

wt_status wt_captures_filter(uint64_t *dropped, wt_archive_batch *batch, wt_capture_keep keep, void *context,
                             wt_error *err) {
  wt_oid *oids;
  size_t count;
  wt_chain again = {batch->captures.old, {{0}}, 0};
  *dropped = 0;
  wt_status status = wt_chain_list(&oids, &count, batch->archive, batch->captures.tip, err);
  for (size_t i = 0; !status && i < count; i++) {
    wt_object object;
    wt_commit commit;
    status = wt_commit_read(&object, &commit, batch->archive, oids[i], err);
    if (status) break;
    if (!keep(context, &commit)) {
      ++*dropped;
    } else if (*dropped == 0) { /* what lies below the first gap stays as it is */
      again.tip = oids[i];
      again.time = commit.committer_time;
    } else {
      status = put_again(batch, &again, commit.tree, &commit, err);
    }
    wt_object_release(&object);
  }
  wt_free(oids);
  if (!status && *dropped) batch->captures = again;
  return status;
}

/* ---- the journal ---- */

typedef struct filtering {
  wt_archive_batch *batch;
  wt_record_keep keep;
  void *context;
  uint64_t *replaced;
  wt_chain again;
  wt_buf lines, instead;
} filtering;

static bool filter_lines(filtering *f, wt_span rest, uint64_t number) {
  wt_span line;
  bool changed = false;
  wt_buf_clear(&f->lines);
  for (; wt_span_line(&line, &rest); number++) {
    wt_buf_clear(&f->instead);
    bool stays = f->keep(f->context, &f->instead, number, line);
    wt_span instead = f->instead.len ? wt_buf_span(&f->instead) : WT_SPAN("{\"kind\":\"erased\"}");
    wt_buf_put_span(&f->lines, stays ? line : instead);
    if (f->instead.failed) f->lines.failed = true;
    wt_buf_put_char(&f->lines, '\n');
    changed = changed || !stays;
    *f->replaced += !stays;
  }
  return changed;
}

/* The records' commit again, with the lines as they are now. */
static wt_status put_lines(filtering *f, const wt_commit *commit, uint64_t first, uint64_t count, wt_error *err) {
  wt_archive_batch *batch = f->batch;
  wt_chain present = batch->journal;
  uint64_t next = batch->record_first;
  batch->journal = f->again;
  batch->record_first = first;
  batch->record_count = count;
  wt_buf_clear(&batch->records);
  wt_buf_put_span(&batch->records, wt_buf_span(&f->lines));
  wt_status status = wt_buf_status(&batch->records, "journal", err);
  if (!status) status = wt_journal_flush_at(batch, commit->author_time, err);
  f->again = batch->journal;
  batch->journal = present;
  batch->record_first = next;
  return status;
}

static wt_status filter_part(filtering *f, wt_oid oid, bool *moved, wt_error *err) {
  wt_object object, text = {NULL, {NULL, 0}};
  wt_commit commit;
  wt_oid blob;
  uint64_t first, count;
  wt_status status = wt_commit_read(&object, &commit, f->batch->archive, oid, err);
  if (status) return status;
  if (!wt_oid_parse(&blob, commit.trailers[WT_TRAILER_TEXT]) ||
      !wt_number_parse(&first, commit.trailers[WT_TRAILER_JOURNAL_FIRST]) ||
      !wt_number_parse(&count, commit.trailers[WT_TRAILER_JOURNAL_COUNT]))
    status = wt_fail(err, WT_ECORRUPT, WT_REF_JOURNAL, -1, "a commit of the journal has no numbers");
  if (!status) status = wt_object_read(&text, f->batch->archive, blob, WT_OBJECT_BLOB, err);
  if (!status) *moved = filter_lines(f, text.bytes, first) || *moved;
  if (!status && *moved) {
    status = put_lines(f, &commit, first, count, err);
  } else if (!status) {
    f->again.tip = oid;
    f->again.time = commit.committer_time;
  }
  wt_object_release(&text);
  wt_object_release(&object);
  return status;
}

wt_status wt_journal_filter(uint64_t *replaced, wt_archive_batch *batch, wt_record_keep keep, void *context,
                            wt_error *err) {
  wt_oid *oids;
  size_t count;
  bool moved = false;
  filtering f = {
      .batch = batch, .keep = keep, .context = context, .replaced = replaced, .again = {batch->journal.old, {{0}}, 0}};
  *replaced = 0;
  wt_status status = wt_chain_list(&oids, &count, batch->archive, batch->journal.tip, err);
  for (size_t i = 0; !status && i < count; i++) status = filter_part(&f, oids[i], &moved, err);
  if (!status && moved) batch->journal = f.again;
  wt_free(oids);
  wt_buf_release(&f.lines);
  wt_buf_release(&f.instead);
  return status;
}

/* ---- commits made by hand ---- */

static wt_status apply_delta(wt_oid *root, wt_archive_batch *batch, const git_diff_delta *delta, wt_error *err) {
  bool gone = delta->status == GIT_DELTA_DELETED;
  const git_diff_file *file = gone ? &delta->old_file : &delta->new_file;
  char mode[8];
  snprintf(mode, sizeof mode, "%o", (unsigned)file->mode & 0177777u);
  wt_oid blob = {{0}};
  if (!gone) blob = wt_oid_from_git(&file->id);
  return wt_trees_set_mode(root, batch->trees, batch->pack, wt_span_of(file->path), mode, blob, err);
}

static wt_status apply_changes(wt_oid *root, wt_archive_batch *batch, wt_oid parent, wt_oid commit, wt_error *err) {
  git_tree *old = NULL, *new = NULL;
  git_diff *diff = NULL;
  int code = wt_git_tree_of(&old, batch->archive, parent);
  if (!code) code = wt_git_tree_of(&new, batch->archive, commit);
  if (!code) code = git_diff_tree_to_tree(&diff, batch->archive->repo, old, new, NULL);
  wt_status status = code ? wt_git_fail(err, code, "erase", "compare the trees of a commit made by hand") : WT_OK;
  for (size_t i = 0; !status && i < git_diff_num_deltas(diff); i++)
    status = apply_delta(root, batch, git_diff_get_delta(diff, i), err);
  git_diff_free(diff);
  git_tree_free(old);
  git_tree_free(new);
  return status;
}

static wt_oid now_called(wt_oid oid, const wt_oidmap *renamed, const wt_oid *names) {
  const wt_oidmap_slot *slot = wt_oidmap_get(renamed, oid);
  return slot ? names[slot->offset] : oid;
}

/* The head again with the tree and the parents of now; a signature, which would no longer hold, is left out. */
static void put_head(wt_buf *out, wt_span bytes, wt_oid tree, wt_oid first, const wt_oidmap *renamed,
                     const wt_oid *names) {
  wt_span line;
  char hex[41];
  bool signature = false, seen_parent = false;
  wt_oid_hex(hex, tree);
  wt_buf_put_format(out, "tree %s\n", hex);
  while (wt_span_line(&line, &bytes) && line.len) {
    wt_oid parent;
    signature = wt_span_starts(line, WT_SPAN("gpgsig")) || (signature && line.data[0] == ' ');
    if (signature || wt_span_starts(line, WT_SPAN("tree "))) continue;
    if (wt_span_starts(line, WT_SPAN("parent ")) && wt_oid_parse(&parent, wt_span_sub(line, 7, line.len))) {
      wt_oid_hex(hex, seen_parent ? now_called(parent, renamed, names) : first);
      seen_parent = true;
      wt_buf_put_format(out, "parent %s\n", hex);
    } else {
      wt_buf_put_span(out, line);
      wt_buf_put_char(out, '\n');
    }
  }
  wt_buf_put_char(out, '\n');
}

wt_status wt_replay_by_hand(wt_oid *out, wt_archive_batch *batch, wt_oid old, const wt_oidmap *renamed,
                            const wt_oid *names, wt_error *err) {
  wt_object object;
  wt_commit commit;
  uint32_t number;
  wt_oid root = batch->main_tree;
  wt_status status = wt_commit_read(&object, &commit, batch->archive, old, err);
  if (status) return status;
  status = apply_changes(&root, batch, commit.parents[0], old, err);
  wt_buf_clear(&batch->text);
  put_head(&batch->text, object.bytes, root, batch->main.tip, renamed, names);
  wt_buf_put_span(&batch->text, commit.message);
  if (!status) status = wt_buf_status(&batch->text, "commit", err);
  if (!status) status = wt_pack_put(out, &number, batch->pack, WT_OBJECT_COMMIT, wt_buf_span(&batch->text), err);
  if (!status) {
    batch->main.tip = *out;
    batch->main.time = commit.committer_time;
    batch->main_tree = root;
    wt_ladder_add_commit(&batch->ladder, *out, false);
  }
  wt_object_release(&object);
  return status;
}
