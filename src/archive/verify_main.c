/* Verification of main: every commit against the one before it. */
#include "archive/ladder.h"
#include "archive/name.h"
#include "archive/oidmap.h"
#include "archive/seen.h"
#include "archive/tree.h"
#include "archive/chain.h"
#include "archive/verify.h"

#include <stdio.h>
#include <string.h>

/* What is known of main up to a commit. */
typedef struct progress {
  wt_verifier *v;
  wt_ladder ladder;
  wt_oid last, last_tree;
  int64_t last_time;
  bool last_is_ours;
  wt_oidmap stories; /* the SHA-1 of a path: last number in offset, index of the last commit in depth */
  wt_oid *commits;   /* all of main, oldest first */
  uint32_t index;    /* of the present one */
  char where[512];
  wt_error *err;
} progress;

/* ---- what a commit may change ---- */

typedef struct pair {
  wt_object old, newer;
} pair;

static wt_status read_pair(pair *out, progress *p, wt_oid old, wt_oid new) {
  *out = (pair){{NULL, {NULL, 0}}, {NULL, {NULL, 0}}};
  wt_status status = wt_object_read(&out->newer, p->v->archive, new, WT_OBJECT_TREE, p->err);
  if (!status && !wt_oid_is_none(old)) status = wt_object_read(&out->old, p->v->archive, old, WT_OBJECT_TREE, p->err);
  return status;
}

static void release_pair(pair *trees) {
  wt_object_release(&trees->old);
  wt_object_release(&trees->newer);
}

/* Do the two trees differ in the entry `name` alone? Its ids are given back; none where it is missing. */
static bool one_differs(wt_oid *old, wt_oid *new, wt_span old_rest, wt_span new_rest, wt_span name) {
  wt_tree_entry a, b;
  bool broken = false;
  *old = *new = (wt_oid){{0}};
  bool more_a = wt_tree_next(&a, &old_rest, &broken), more_b = wt_tree_next(&b, &new_rest, &broken);
  while (more_a || more_b) {
    bool same = more_a && more_b && wt_span_equal(a.name, b.name) && wt_span_equal(a.mode, b.mode);
    if (same && wt_span_equal(a.name, name)) {
      *old = a.oid;
      *new = b.oid;
    } else if (same && !wt_oid_equal(a.oid, b.oid)) {
      return false;
    } else if (!same && more_b && wt_span_equal(b.name, name)) { /* new here */
      *new = b.oid;
      more_b = wt_tree_next(&b, &new_rest, &broken);
      continue;
    } else if (!same) {
      return false;
    }
    more_a = wt_tree_next(&a, &old_rest, &broken);
    more_b = wt_tree_next(&b, &new_rest, &broken);
  }
  return !broken;
}

/* Down the path: everything else stays, and the file is the text. */
static wt_status check_trees(bool *sound, progress *p, wt_oid old, wt_oid new, wt_span path, wt_oid text) {
  wt_status status = WT_OK;
  *sound = true;
  while (!status && *sound && path.len) {
    size_t slash = wt_span_find(path, WT_SPAN("/"));
    pair trees;
    status = read_pair(&trees, p, old, new);
    if (!status) *sound = one_differs(&old, &new, trees.old.bytes, trees.newer.bytes, wt_span_sub(path, 0, slash));
    release_pair(&trees);
    path = slash < path.len ? wt_span_sub(path, slash + 1, path.len) : (wt_span){NULL, 0};
  }
  *sound = *sound && wt_oid_equal(new, text);
  return status;
}

/* ---- one revision ---- */

static void check_chain(progress *p, const wt_commit *commit, wt_span path) {
  uint64_t number = 0, expected = 1;
  wt_oid previous = {{0}}, expected_previous = {{0}}, key = wt_oid_of(WT_OBJECT_BLOB, path);
  const wt_oidmap_slot *slot = wt_oidmap_get(&p->stories, key);
  if (slot) {
    expected = slot->offset + 1;
    expected_previous = p->commits[slot->depth];
  } else {
    p->v->seen->stories++;
  }
  wt_number_parse(&number, commit->trailers[WT_TRAILER_REVISION]);
  wt_oid_parse(&previous, commit->trailers[WT_TRAILER_PREVIOUS]);
  if (number != expected)
    wt_verify_fault(p->v, p->where, "this is revision %llu where %llu should come", (unsigned long long)number,
                    (unsigned long long)expected);
  if (!wt_oid_equal(previous, expected_previous))
    wt_verify_fault(p->v, p->where, "Previous does not name the story's last revision");
  if (!wt_oidmap_put(&p->stories, key, (wt_place){number, p->index})) wt_verify_fault(p->v, p->where, "out of memory");
}

static void name_revision(progress *p, const wt_commit *commit) {
  wt_span path = commit->trailers[WT_TRAILER_STORY], number = commit->trailers[WT_TRAILER_REVISION];
  size_t len = strlen(p->where);
  snprintf(p->where + len, sizeof p->where - len, " %.*s@%.*s", (int)(path.len < 300 ? path.len : 300), path.data,
           (int)(number.len < 20 ? number.len : 20), number.data);
}

static wt_status check_revision(progress *p, const wt_commit *commit) {
  wt_buf room = {0};
  wt_instant captured;
  wt_oid text = {{0}};
  bool sound;
  p->v->seen->revisions++;
  name_revision(p, commit);
  if (!wt_buf_reserve(&room, commit->message.len)) return wt_fail(p->err, WT_ENOMEM, "verify", -1, "out of memory");
  wt_span path = wt_trailer_value(&room, commit->trailers[WT_TRAILER_STORY]);
  if (!wt_name_is_story(path)) wt_verify_fault(p->v, p->where, "the trailer Story is no story's path");
  if (!wt_instant_parse(&captured, commit->trailers[WT_TRAILER_CAPTURED]))
    wt_verify_fault(p->v, p->where, "the trailer Captured is no time");
  else if ((captured < 0 ? 0 : captured) != commit->author_time)
    wt_verify_fault(p->v, p->where, "the author's date is not the time of capture");
  if (!wt_oid_parse(&text, commit->trailers[WT_TRAILER_TEXT]))
    wt_verify_fault(p->v, p->where, "the trailer Text names no object");
  check_chain(p, commit, path);
  wt_status status = check_trees(&sound, p, p->last_tree, commit->tree, path, text);
  if (!status && !sound) wt_verify_fault(p->v, p->where, "this commit changes something else than its own story");
  wt_buf_release(&room);
  return status ? status : wt_verify_text(p->v, p->where, commit, p->err);
}

/* ---- rungs, and what was made by hand ---- */

static void check_rung(progress *p, wt_oid oid, const wt_commit *commit) {
  unsigned level = 0, due = wt_ladder_due(&p->ladder);
  uint64_t count = 0;
  p->v->seen->rungs++;
  if (!wt_ladder_rung(&level, &count, commit)) {
    wt_verify_fault(p->v, p->where, "this rung of the ladder has broken trailers");
    return;
  }
  if (level != due) wt_verify_fault(p->v, p->where, "a rung of level %u stands where %u is due", level, due);
  if (count != p->ladder.count)
    wt_verify_fault(p->v, p->where, "this rung counts %llu commits, not %llu", (unsigned long long)count,
                    (unsigned long long)p->ladder.count);
  if (!wt_oid_equal(commit->parents[0], wt_ladder_first_parent(&p->ladder, level)))
    wt_verify_fault(p->v, p->where, "the first parent of this rung is not the rung before it");
  if (!wt_oid_equal(commit->tree, p->last_tree))
    wt_verify_fault(p->v, p->where, "this rung has another tree than the commit below it");
  wt_ladder_add_rung(&p->ladder, oid, level);
}

static wt_status check_commit(progress *p, wt_oid oid, const wt_commit *commit) {
  wt_oid_hex(p->where, oid);
  p->v->seen->commits++;
  wt_status status = WT_OK;
  bool rung = wt_commit_is_rung(commit), revision = !rung && wt_commit_is_revision(commit),
       root = wt_oid_is_none(p->last);
  if (rung)
    check_rung(p, oid, commit);
  else if (p->last_is_ours && wt_ladder_due(&p->ladder))
    wt_verify_fault(p->v, p->where, "a rung of the ladder is missing below this commit");
  if (revision) status = check_revision(p, commit);
  if (!rung && !revision) {
    wt_error why = {0};
    p->v->seen->by_hand += !root;
    if (!root && wt_seen_check_commit(p->v->archive, oid, commit, &why))
      wt_verify_fault(p->v, p->where, "%s", why.what);
  }
  if ((rung || revision) && commit->committer_time < p->last_time)
    wt_verify_fault(p->v, p->where, "the committer's date is before that of the commit below");
  if (!rung) wt_ladder_add_commit(&p->ladder, oid, root);
  p->last = oid;
  p->last_tree = commit->tree;
  p->last_time = commit->committer_time;
  p->last_is_ours = rung || revision;
  return status;
}

static wt_status check_one(progress *p, wt_oid oid) {
  wt_object object;
  wt_commit commit;
  wt_status status = wt_commit_read(&object, &commit, p->v->archive, oid, p->err);
  if (!status) status = check_commit(p, oid, &commit);
  wt_object_release(&object);
  if (status == WT_ENOTFOUND || status == WT_ECORRUPT) { /* a hole: named, and the rest is looked at */
    wt_verify_fault(p->v, p->where, "%s: %s", p->err->where, p->err->what);
    return WT_OK;
  }
  return status;
}

wt_status wt_verify_main(wt_verifier *v, wt_error *err) {
  wt_error own = {0}, why = {0};
  progress p = {.v = v, .err = err ? err : &own};
  wt_oid tip;
  size_t count = 0;
  wt_status status = wt_archive_tip(&tip, v->archive, p.err);
  if (status) return status;
  status = wt_chain_list(&p.commits, &count, v->archive, tip, &why);
  if (status && status != WT_ENOMEM) {
    wt_verify_fault(v, WT_REF_MAIN, "main breaks off at %.40s: %s", why.where, why.what);
    status = WT_OK;
  } else if (!status) {
    for (size_t i = 0; !status && !v->stopped && i < count; i++) {
      p.index = (uint32_t)i;
      status = check_one(&p, p.commits[i]);
    }
  }
  wt_oidmap_release(&p.stories);
  wt_free(p.commits);
  return status;
}
