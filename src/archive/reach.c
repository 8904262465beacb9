/* Reachability. */
#include "archive/reach.h"

#include "archive/tree.h"

#include <stdio.h>
#include <string.h>

typedef struct stack {
  wt_oid *items;
  size_t count, capacity;
} stack;

typedef struct marking {
  wt_archive *archive;
  wt_oidmap *out;
  const wt_oidmap *stop;
  stack waiting;
  wt_error *err;
} marking;

static wt_status short_of_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "reachability", -1, "out of memory");
}

static wt_status mark(marking *m, wt_oid oid, bool enter) {
  if (wt_oid_is_none(oid) || wt_oidmap_get(m->out, oid) || (m->stop && wt_oidmap_get(m->stop, oid))) return WT_OK;
  if (!wt_oidmap_put(m->out, oid, (wt_place){1, 0})) return short_of_memory(m->err);
  if (!enter) return WT_OK;
  stack *s = &m->waiting;
  if (!wt_grow(&s->items, &s->capacity, s->count + 1, sizeof *s->items)) return short_of_memory(m->err);
  s->items[s->count++] = oid;
  return WT_OK;
}

static wt_status mark_tree(marking *m, wt_span bytes) {
  wt_tree_entry entry;
  bool broken = false;
  wt_status status = WT_OK;
  while (!status && wt_tree_next(&entry, &bytes, &broken))
    if (!wt_span_equal(entry.mode, WT_SPAN("160000"))) status = mark(m, entry.oid, wt_tree_entry_is_folder(&entry));
  return status;
}

/* All parents, of which a commit may have any number. */
static wt_status mark_commit(marking *m, wt_span bytes) {
  wt_span line;
  wt_oid oid;
  wt_status status = WT_OK;
  while (!status && wt_span_line(&line, &bytes) && line.len) {
    bool names = (wt_span_starts(line, WT_SPAN("tree ")) && wt_oid_parse(&oid, wt_span_sub(line, 5, line.len))) ||
                 (wt_span_starts(line, WT_SPAN("parent ")) && wt_oid_parse(&oid, wt_span_sub(line, 7, line.len)));
    if (names) status = mark(m, oid, true);
  }
  return status;
}

static wt_status mark_tag(marking *m, wt_span bytes) {
  wt_span line;
  wt_oid oid;
  bool names = wt_span_line(&line, &bytes) && wt_span_starts(line, WT_SPAN("object ")) &&
               wt_oid_parse(&oid, wt_span_sub(line, 7, line.len));
  return names ? mark(m, oid, true) : WT_OK;
}

static wt_status enter(marking *m, wt_oid oid) {
  git_oid id = wt_oid_to_git(oid);
  git_odb_object *object = NULL;
  int code = git_odb_read(&object, m->archive->odb, &id);
  if (code == GIT_ENOTFOUND) return WT_OK;
  if (code) return wt_git_fail(m->err, code, "reachability", "read an object");
  wt_span bytes = {git_odb_object_data(object), git_odb_object_size(object)};
  wt_status status = WT_OK;
  switch (git_odb_object_type(object)) {
  case GIT_OBJECT_COMMIT: status = mark_commit(m, bytes); break;
  case GIT_OBJECT_TREE: status = mark_tree(m, bytes); break;
  case GIT_OBJECT_TAG: status = mark_tag(m, bytes); break;
  default: break;
  }
  git_odb_object_free(object);
  return status;
}

wt_status wt_reach(wt_oidmap *out, wt_archive *archive, wt_oid oid, const wt_oidmap *stop, wt_error *err) {
  marking m = {.archive = archive, .out = out, .stop = stop, .err = err};
  wt_status status = mark(&m, oid, true);
  while (!status && m.waiting.count) status = enter(&m, m.waiting.items[--m.waiting.count]);
  wt_free(m.waiting.items);
  return status;
}

/* ---- from everywhere ---- */

static wt_status reach_reflog(wt_oidmap *out, wt_archive *archive, const char *name, wt_error *err) {
  git_reflog *log = NULL;
  wt_status status = WT_OK;
  if (git_reflog_read(&log, archive->repo, name)) return WT_OK;
  for (size_t i = 0; !status && i < git_reflog_entrycount(log); i++) {
    const git_reflog_entry *entry = git_reflog_entry_byindex(log, i);
    status = wt_reach(out, archive, wt_oid_from_git(git_reflog_entry_id_old(entry)), NULL, err);
    if (!status) status = wt_reach(out, archive, wt_oid_from_git(git_reflog_entry_id_new(entry)), NULL, err);
  }
  git_reflog_free(log);
  return status;
}

static wt_status reach_ref(wt_oidmap *out, wt_archive *archive, const char *name, wt_error *err) {
  wt_oid oid;
  wt_status status = wt_ref_read(&oid, archive, name, NULL) ? WT_OK : wt_reach(out, archive, oid, NULL, err);
  return status ? status : reach_reflog(out, archive, name, err);
}

static wt_status reach_staged(wt_oidmap *out, wt_archive *archive, wt_error *err) {
  git_index *index = NULL;
  wt_status status = WT_OK;
  if (git_repository_is_bare(archive->repo) || git_repository_index(&index, archive->repo)) return WT_OK;
  for (size_t i = 0; !status && i < git_index_entrycount(index); i++) {
    const git_index_entry *entry = git_index_get_byindex(index, i);
    status = wt_reach(out, archive, wt_oid_from_git(&entry->id), NULL, err);
  }
  git_index_free(index);
  return status;
}

static wt_status reach_worktrees(wt_oidmap *out, wt_archive *archive, wt_error *err) {
  git_strarray names = {NULL, 0};
  wt_status status = WT_OK;
  if (git_worktree_list(&names, archive->repo)) return WT_OK;
  for (size_t i = 0; !status && i < names.count; i++) {
    git_reference *head = NULL;
    if (git_repository_head_for_worktree(&head, archive->repo, names.strings[i])) continue;
    const git_oid *target = git_reference_target(head);
    if (target) status = wt_reach(out, archive, wt_oid_from_git(target), NULL, err);
    git_reference_free(head);
  }
  git_strarray_dispose(&names);
  return status;
}

wt_status wt_reach_all(wt_oidmap *out, wt_archive *archive, wt_error *err) {
  git_strarray names = {NULL, 0};
  int code = git_reference_list(&names, archive->repo);
  if (code) return wt_git_fail(err, code, archive->dir, "list the refs");
  wt_status status = reach_ref(out, archive, "HEAD", err);
  for (size_t i = 0; !status && i < names.count; i++) status = reach_ref(out, archive, names.strings[i], err);
  git_strarray_dispose(&names);
  if (!status) status = reach_worktrees(out, archive, err);
  return status ? status : reach_staged(out, archive, err);
}
