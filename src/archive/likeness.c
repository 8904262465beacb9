/* Which object is like which: what commits of ours say of their own text, folders and capture. */
#include "archive/compact.h"

#include "archive/ladder.h"
#include "archive/tree.h"

#include <string.h>

void wt_likeness_release(wt_likeness *likeness) {
  wt_oidmap_release(&likeness->map);
  wt_oidmap_release(&likeness->captures);
  wt_free(likeness->bases);
  *likeness = (wt_likeness){.count = 0};
}

wt_oid wt_likeness_of(const wt_likeness *likeness, wt_oid oid) {
  const wt_oidmap_slot *slot = wt_oidmap_get(&likeness->map, oid);
  return slot ? likeness->bases[slot->offset] : (wt_oid){{0}};
}

static wt_status short_of_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "compaction", -1, "out of memory");
}

static wt_status note(wt_likeness *likeness, wt_oid oid, wt_oid base, const wt_oidmap *here, wt_error *err) {
  if (wt_oid_is_none(base) || wt_oid_equal(oid, base) || !wt_oidmap_get(here, oid) || !wt_oidmap_get(here, base))
    return WT_OK;
  if (wt_oidmap_get(&likeness->map, oid)) return WT_OK;
  if (!wt_grow(&likeness->bases, &likeness->capacity, likeness->count + 1, sizeof *likeness->bases))
    return short_of_memory(err);
  likeness->bases[likeness->count] = base;
  return wt_oidmap_put(&likeness->map, oid, (wt_place){likeness->count++, 0}) ? WT_OK : short_of_memory(err);
}

static bool find_entry(wt_tree_entry *out, wt_span tree, wt_span name) {
  bool broken = false;
  while (wt_tree_next(out, &tree, &broken))
    if (wt_span_equal(out->name, name)) return true;
  return false;
}

/* Down the story's path in both trees, while they differ and hold it. */
static wt_status note_folders(wt_likeness *likeness, wt_archive *archive, wt_oid new, wt_oid old, wt_span path,
                              const wt_oidmap *here, wt_error *err) {
  wt_status status = WT_OK;
  while (!status && path.len && !wt_oid_is_none(old) && !wt_oid_equal(old, new)) {
    status = note(likeness, new, old, here, err);
    size_t slash = wt_span_find(path, WT_SPAN("/"));
    wt_span name = wt_span_sub(path, 0, slash);
    path = slash < path.len ? wt_span_sub(path, slash + 1, path.len) : (wt_span){NULL, 0};
    wt_object new_tree, old_tree;
    wt_tree_entry new_entry, old_entry;
    if (!status) status = wt_object_read(&new_tree, archive, new, WT_OBJECT_TREE, err);
    if (status) return status;
    status = wt_object_read(&old_tree, archive, old, WT_OBJECT_TREE, err);
    bool both = !status && path.len && find_entry(&new_entry, new_tree.bytes, name) &&
                find_entry(&old_entry, old_tree.bytes, name);
    wt_object_release(&new_tree);
    wt_object_release(&old_tree);
    if (!both) return status;
    new = new_entry.oid;
    old = old_entry.oid;
  }
  return status;
}

static wt_status tree_of(wt_oid *out, wt_archive *archive, wt_oid commit, wt_error *err) {
  wt_object object;
  wt_commit parsed;
  *out = (wt_oid){{0}};
  if (wt_oid_is_none(commit)) return WT_OK;
  wt_status status = wt_commit_read(&object, &parsed, archive, commit, err);
  if (status) return status;
  *out = parsed.tree;
  wt_object_release(&object);
  return WT_OK;
}

static wt_status note_text(wt_likeness *likeness, wt_archive *archive, wt_oid oid, const wt_commit *commit,
                           const wt_oidmap *here, wt_error *err) {
  wt_oid previous, text, old_text = {{0}};
  wt_object object;
  wt_commit old;
  if (!wt_oid_parse(&previous, commit->trailers[WT_TRAILER_PREVIOUS]) || !wt_oidmap_get(here, previous) ||
      !wt_oid_parse(&text, commit->trailers[WT_TRAILER_TEXT]))
    return WT_OK;
  wt_status status = note(likeness, oid, previous, here, err);
  if (!status) status = wt_commit_read(&object, &old, archive, previous, err);
  if (status) return status;
  if (!wt_oid_parse(&old_text, old.trailers[WT_TRAILER_TEXT])) old_text = (wt_oid){{0}};
  wt_object_release(&object);
  return note(likeness, text, old_text, here, err);
}

/* A commit of the captures chain: the capture before it of the same URL. */
static wt_status note_capture(wt_likeness *likeness, const wt_commit *commit, const wt_oidmap *here, wt_error *err) {
  wt_oid capture;
  wt_span url =
      commit->trailers[WT_TRAILER_URL].len ? commit->trailers[WT_TRAILER_URL] : commit->trailers[WT_TRAILER_STORY];
  if (!wt_oid_parse(&capture, commit->trailers[WT_TRAILER_CAPTURE])) return WT_OK;
  wt_oid group = wt_oid_of(WT_OBJECT_BLOB, url);
  const wt_oidmap_slot *slot = wt_oidmap_get(&likeness->captures, group);
  wt_status status = slot ? note(likeness, capture, likeness->bases[slot->offset], here, err) : WT_OK;
  if (status) return status;
  if (!wt_grow(&likeness->bases, &likeness->capacity, likeness->count + 1, sizeof *likeness->bases))
    return short_of_memory(err);
  likeness->bases[likeness->count] = capture;
  return wt_oidmap_put(&likeness->captures, group, (wt_place){likeness->count++, 0}) ? WT_OK : short_of_memory(err);
}

wt_status wt_likeness_learn(wt_likeness *likeness, wt_archive *archive, wt_oid oid, const wt_oidmap *here,
                            wt_error *err) {
  wt_object object;
  wt_commit commit;
  wt_oid old_tree;
  wt_status status = wt_commit_read(&object, &commit, archive, oid, err);
  if (status) return status;
  if (wt_commit_is_revision(&commit)) {
    status = note_text(likeness, archive, oid, &commit, here, err);
    /* the folders' last state is in the commit before; one that is not here has nothing here either */
    if (!status && wt_oidmap_get(here, commit.parents[0])) {
      status = tree_of(&old_tree, archive, commit.parents[0], err);
      if (!status)
        status = note_folders(likeness, archive, commit.tree, old_tree, commit.trailers[WT_TRAILER_STORY], here, err);
    }
  } else if (commit.trailers[WT_TRAILER_CAPTURE].len && !wt_commit_is_rung(&commit)) {
    status = note_capture(likeness, &commit, here, err);
  }
  wt_object_release(&object);
  return status;
}
