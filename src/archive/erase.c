/*
 * Erasing. The revisions become tombstones, and main is replayed from the first of them: the same texts, the same times,
 * other parents. Captures and records go from their own chains. Then all three refs move as one, the files of a work tree
 * follow, and what nothing reaches any more leaves the disk; that last step is promised before the refs move, so that a
 * killed process leaves it to the next writer.
 */
#include "archive/ref.h"
#include "archive/reach.h"
#include "archive/rewrite.h"
#include "archive/seen.h"
#include "archive/chain.h"
#include "archive/worktree.h"

#include "wt/story.h"

#include <stdio.h>
#include <string.h>

typedef struct target {
  uint32_t number;
  wt_instant captured, until; /* captures of the story from `captured` to before `until` show this text */
} target;

typedef struct erasing {
  wt_archive_batch *batch;
  const wt_archive_erase_in *in;
  wt_archive_erased *out;
  wt_oid *commits;     /* of main, oldest first */
  size_t count, first; /* the first that changes */
  target *targets;
  size_t target_count, target_capacity;
  wt_oidmap renamed; /* old ids, to numbers in `names` */
  wt_oid *names;
  size_t name_count, name_capacity;
  wt_oidmap blobs;   /* captures that go */
  wt_oid example;    /* the first erased commit, by its old id */
  bool after_target; /* the story's last revision was one: the next subject may quote it */
  wt_error *err;
} erasing;

static wt_status short_of_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "erase", -1, "out of memory");
}

/* ---- what is to go ---- */

static bool is_of_story(const erasing *e, const wt_commit *commit) {
  return wt_commit_is_revision(commit) && wt_span_equal(commit->trailers[WT_TRAILER_STORY], e->in->path);
}

static bool is_target(const erasing *e, const wt_commit *commit) {
  uint64_t number;
  return is_of_story(e, commit) && !commit->trailers[WT_TRAILER_ERASED].len &&
         wt_number_parse(&number, commit->trailers[WT_TRAILER_REVISION]) &&
         (e->in->number == 0 || number == e->in->number);
}

static wt_status note_target(erasing *e, size_t index, const wt_commit *commit) {
  wt_oid capture;
  wt_instant captured;
  if (!wt_grow(&e->targets, &e->target_capacity, e->target_count + 1, sizeof *e->targets))
    return short_of_memory(e->err);
  if (!wt_instant_parse(&captured, commit->trailers[WT_TRAILER_CAPTURED])) captured = commit->author_time;
  if (e->target_count == 0) {
    e->first = index;
    e->example = e->commits[index];
  }
  e->targets[e->target_count++] = (target){.captured = captured, .until = INT64_MAX};
  if (wt_oid_parse(&capture, commit->trailers[WT_TRAILER_CAPTURE]) &&
      !wt_oidmap_put(&e->blobs, capture, (wt_place){1, 0}))
    return short_of_memory(e->err);
  return WT_OK;
}

static wt_status look_at(erasing *e, size_t index) {
  wt_object object;
  wt_commit commit;
  wt_instant captured;
  wt_status status = wt_commit_read(&object, &commit, e->batch->archive, e->commits[index], e->err);
  if (status) return status;
  if (is_target(e, &commit))
    status = note_target(e, index, &commit);
  else if (e->target_count && e->targets[e->target_count - 1].until == INT64_MAX && is_of_story(e, &commit) &&
           wt_instant_parse(&captured, commit.trailers[WT_TRAILER_CAPTURED]))
    e->targets[e->target_count - 1].until = captured;
  wt_object_release(&object);
  return status;
}

static wt_status find_targets(erasing *e) {
  wt_status status = wt_chain_list(&e->commits, &e->count, e->batch->archive, e->batch->main.tip, e->err);
  for (size_t i = 0; !status && i < e->count; i++) status = look_at(e, i);
  if (status || e->target_count) return status;
  return wt_fail(e->err, WT_ENOTFOUND, "erase", -1, "no such revision, or it is erased already");
}

/* ---- main again ---- */

/* Puts the batch back to the commit below the first that changes. */
static wt_status rewind_main(erasing *e) {
  wt_archive_batch *batch = e->batch;
  wt_object object;
  wt_commit commit;
  wt_oid below = e->commits[e->first - 1];
  wt_status status = wt_commit_read(&object, &commit, batch->archive, below, e->err);
  if (status) return status;
  batch->main.tip = below;
  batch->main.time = commit.committer_time;
  batch->main_tree = commit.tree;
  wt_object_release(&object);
  wt_trees_close(batch->trees);
  batch->trees = NULL;
  status = wt_ladder_read(&batch->ladder, batch->archive, below, e->err);
  return status ? status : wt_trees_open(&batch->trees, batch->archive, batch->main_tree, e->err);
}

static wt_status rename_commit(erasing *e, wt_oid old, wt_oid new) {
  if (wt_oid_equal(old, new)) return WT_OK;
  if (!wt_grow(&e->names, &e->name_capacity, e->name_count + 1, sizeof *e->names) ||
      !wt_oidmap_put(&e->renamed, old, (wt_place){e->name_count, 0}))
    return short_of_memory(e->err);
  e->names[e->name_count++] = new;
  e->out->commits++;
  if (e->in->changed && !e->in->changed(e->in->context, old, new))
    return wt_fail(e->err, WT_ECANCELED, "erase", -1, "stopped");
  return WT_OK;
}

/* The tombstone's text: the story's outlet, its number, and why. */
static wt_status put_tombstone(wt_oid *out, char key[33], erasing *e, const wt_commit *commit) {
  wt_arena arena = {0};
  wt_story story;
  wt_buf text = {0};
  uint32_t in_pack;
  uint64_t number = 0;
  wt_number_parse(&number, commit->trailers[WT_TRAILER_REVISION]);
  wt_story_init(&story, &arena);
  story.status = WT_STATUS_WITHHELD;
  story.revision = (uint32_t)number;
  wt_span outlet = wt_span_sub(e->in->path, 0, wt_span_find(e->in->path, WT_SPAN("/")));
  wt_status status = wt_story_set(&story, WT_FIELD_OUTLET, outlet, e->err);
  if (!status)
    status = wt_story_add_block(&story, WT_BLOCK_NOTE, WT_SPAN("The text of this revision was erased."), e->err);
  if (!status && e->in->reason.len) status = wt_story_add_block(&story, WT_BLOCK_NOTE, e->in->reason, e->err);
  if (!status) status = wt_story_seal(&story, e->err);
  if (!status) status = wt_story_print(&text, &story, e->err);
  if (!status) status = wt_pack_put(out, &in_pack, e->batch->pack, WT_OBJECT_BLOB, wt_buf_span(&text), e->err);
  wt_hash_hex(key, story.folded);
  wt_buf_release(&text);
  wt_arena_release(&arena);
  return status;
}

static void put_line(wt_buf *out, wt_trailer trailer, const wt_commit *commit) {
  wt_span value = commit->trailers[trailer]; /* as it stands, escaped already */
  if (value.len == 0) return;
  wt_buf_put_format(out, "%s: ", wt_trailer_name(trailer));
  wt_buf_put_span(out, value);
  wt_buf_put_char(out, '\n');
}

static wt_oid previous_now(const erasing *e, const wt_commit *commit) {
  wt_oid previous = {{0}};
  wt_oid_parse(&previous, commit->trailers[WT_TRAILER_PREVIOUS]);
  const wt_oidmap_slot *slot = wt_oidmap_get(&e->renamed, previous);
  return slot ? e->names[slot->offset] : previous;
}

static void put_tombstone_message(wt_buf *out, const erasing *e, const wt_commit *commit, wt_oid text,
                                  const char *key) {
  static const wt_trailer kept[] = {WT_TRAILER_STORY, WT_TRAILER_REVISION, WT_TRAILER_URL, WT_TRAILER_CAPTURED};
  wt_buf_put_text(out, "Erased\n\n");
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) put_line(out, kept[i], commit);
  wt_commit_put_trailer_oid(out, WT_TRAILER_TEXT, text);
  wt_commit_put_trailer(out, WT_TRAILER_KEY, wt_span_of(key));
  wt_commit_put_trailer(out, WT_TRAILER_REASON, WT_SPAN("erased"));
  wt_commit_put_trailer_oid(out, WT_TRAILER_PREVIOUS, previous_now(e, commit));
  wt_commit_put_trailer(out, WT_TRAILER_ERASED, e->in->reason.len ? e->in->reason : WT_SPAN("no reason given"));
}

/* The message as it was, but for the id of the previous revision, and a subject that may quote what was erased. */
static void put_message(wt_buf *out, const erasing *e, const wt_commit *commit) {
  wt_span rest = commit->message, line;
  bool first = true, quotes = e->after_target && is_of_story(e, commit);
  while (wt_span_line(&line, &rest)) {
    if (first && quotes)
      wt_buf_put_text(out, "New text after an erased one");
    else if (wt_span_starts(line, WT_SPAN("Previous: "))) {
      char hex[41];
      wt_oid_hex(hex, previous_now(e, commit));
      wt_buf_put_format(out, "Previous: %s", hex);
    } else {
      wt_buf_put_span(out, line);
    }
    wt_buf_put_char(out, '\n');
    first = false;
  }
}

static wt_status replay_revision(wt_oid *out, erasing *e, const wt_commit *commit) {
  wt_archive_batch *batch = e->batch;
  wt_oid text = {{0}}, tree;
  wt_buf path = {0};
  char key[33] = "";
  bool goes = is_target(e, commit);
  wt_status status = wt_batch_roll(batch, e->err);
  wt_oid_parse(&text, commit->trailers[WT_TRAILER_TEXT]);
  if (!status && goes) status = put_tombstone(&text, key, e, commit);
  if (!wt_buf_reserve(&path, commit->message.len)) status = short_of_memory(e->err);
  if (!status)
    status = wt_trees_set(&tree, batch->trees, batch->pack, wt_trailer_value(&path, commit->trailers[WT_TRAILER_STORY]),
                          text, e->err);
  wt_buf_release(&path);
  if (status) return status;
  wt_buf_clear(&batch->text);
  if (goes)
    put_tombstone_message(&batch->text, e, commit, text, key);
  else
    put_message(&batch->text, e, commit);
  e->out->revisions += goes;
  if (is_of_story(e, commit)) e->after_target = goes;
  status = wt_buf_status(&batch->text, "commit", e->err);
  return status ? status
                : wt_main_add(out, batch, tree, commit->author_time, wt_buf_span(&batch->text),
                              wt_oid_head(previous_now(e, commit)), e->err);
}

static wt_status replay(erasing *e, wt_oid old) {
  wt_object object;
  wt_commit commit;
  wt_oid new = {{0}};
  wt_status status = wt_commit_read(&object, &commit, e->batch->archive, old, e->err);
  if (status) return status;
  if (wt_commit_is_rung(&commit))
    new = old; /* rungs come by themselves */
  else if (wt_commit_is_revision(&commit))
    status = replay_revision(&new, e, &commit);
  else
    status = wt_replay_by_hand(&new, e->batch, old, &e->renamed, e->names, e->err);
  wt_object_release(&object);
  return status ? status : rename_commit(e, old, new);
}

/* ---- captures ---- */

static bool keeps_capture(void *context, const wt_commit *capture) {
  const erasing *e = context;
  wt_oid blob;
  wt_instant captured;
  if (wt_oid_parse(&blob, capture->trailers[WT_TRAILER_CAPTURE]) && wt_oidmap_get(&e->blobs, blob)) return false;
  if (!wt_span_equal(capture->trailers[WT_TRAILER_STORY], e->in->path)) return true;
  if (e->in->number == 0) return false;
  if (!wt_instant_parse(&captured, capture->trailers[WT_TRAILER_CAPTURED])) return true;
  for (size_t i = 0; i < e->target_count; i++)
    if (captured >= e->targets[i].captured && captured < e->targets[i].until) return false;
  return true;
}

/* ---- all of it ---- */

static void tell_holders(erasing *e) {
  git_strarray names = {NULL, 0};
  git_repository *repo = e->batch->archive->repo;
  git_oid example = wt_oid_to_git(e->example), tip;
  if (!e->in->held_by || git_reference_list(&names, repo)) return;
  for (size_t i = 0; i < names.count; i++) {
    const char *name = names.strings[i];
    bool ours =
        strcmp(name, WT_REF_MAIN) == 0 || strcmp(name, WT_REF_CAPTURES) == 0 || strcmp(name, WT_REF_JOURNAL) == 0;
    if (ours || git_reference_name_to_id(&tip, repo, name)) continue;
    if (git_oid_equal(&tip, &example) || git_graph_descendant_of(repo, &tip, &example) == 1)
      if (!e->in->held_by(e->in->context, name)) break;
  }
  git_strarray_dispose(&names);
}

/* The log of where main was would hold the old commits. */
static void drop_reflogs(wt_archive *archive) {
  git_reflog_delete(archive->repo, WT_REF_MAIN);
  git_reflog_delete(archive->repo, "HEAD");
  char *path = wt_path_join(archive->dir, "ORIG_HEAD");
  if (path) wt_io_unlink(&archive->io, path, NULL);
  wt_free(path);
}

static wt_status finish(erasing *e) {
  wt_archive_batch *batch = e->batch;
  wt_oid old[3] = {batch->main.old, batch->captures.old, batch->journal.old};
  wt_status status = wt_batch_install(batch, e->err);
  if (!status) status = wt_seen_forget(batch->archive, WT_SEEN_MAIN, e->err);
  if (!status) status = wt_prune_promise(batch->archive, old, 3, e->err); /* syncs that too */
  if (!status) status = wt_batch_move_refs(batch, e->err);
  if (status) return status; /* main may have moved or not: nothing is said of it until the next batch */
  wt_seen_write(batch->archive, WT_SEEN_MAIN, batch->main.tip);
  drop_reflogs(batch->archive);
  wt_worktree_follow(batch->archive, old[0], batch->main.tip);
  tell_holders(e);
  return wt_prune(&e->out->objects, batch->archive, old, 3, e->err);
}

static wt_status erase(erasing *e) {
  wt_status status = find_targets(e);
  if (!status) status = rewind_main(e);
  for (size_t i = e->first; !status && i < e->count; i++) status = replay(e, e->commits[i]);
  if (!status) status = wt_captures_filter(&e->out->captures, e->batch, keeps_capture, e, e->err);
  if (!status && e->in->keep_record)
    status = wt_journal_filter(&e->out->records, e->batch, e->in->keep_record, e->in->context, e->err);
  return status ? status : finish(e);
}

wt_status wt_archive_erase(wt_archive_erased *out, wt_archive *archive, const wt_archive_erase_in *in, wt_error *err) {
  erasing e = {.in = in, .out = out, .err = err};
  *out = (wt_archive_erased){.revisions = 0};
  wt_status status = wt_archive_batch_open(&e.batch, archive, err);
  if (!status) status = erase(&e);
  wt_archive_batch_close(e.batch);
  wt_free(e.commits);
  wt_free(e.targets);
  wt_free(e.names);
  wt_oidmap_release(&e.renamed);
  wt_oidmap_release(&e.blobs);
  return status;
}
