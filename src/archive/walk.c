/*
 * Walking main, oldest first, each commit read once: the rungs of the ladder are the table of contents. Between two rungs
 * lie 64 commits, which are read backwards and told forwards.
 */
#include "archive/archive.h"
#include "archive/ladder.h"

#include <string.h>

enum { HOLD_MOST = 4096 }; /* commits of one stretch that are kept; a longer one (made by hand) is read twice */

typedef struct held_commit {
  wt_object object;
  wt_commit commit; /* points into it */
} held_commit;

typedef struct stretch {
  wt_oid *oids;
  held_commit *commits; /* of the first HOLD_MOST oids */
  size_t count, oid_capacity, commit_capacity;
} stretch;

typedef struct walk {
  wt_archive *archive;
  wt_oid since;
  uint64_t since_count; /* where `since` stands; rungs at or below it are not entered */
  bool found;           /* since was met; true when there is none */
  wt_revision_each each;
  void *context;
  stretch held;
  wt_buf room; /* for unescaped trailers */
  wt_error *err;
} walk;

typedef struct rung {
  wt_oid oid, first, second;
  uint64_t count;
  unsigned level; /* 0: the commit is no rung */
} rung;

/* ---- telling one revision ---- */

static wt_span value_of(wt_buf *room, const wt_commit *commit, wt_trailer trailer) {
  return wt_trailer_value(room, commit->trailers[trailer]);
}

/* Fills a revision from its commit; room holds what had to be unescaped. False when the trailers do not make sense. */
static bool fill(wt_revision *out, wt_buf *room, wt_oid oid, const wt_commit *commit) {
  uint64_t number;
  *out = (wt_revision){.commit = oid, .subject = commit->subject};
  wt_buf_clear(room);
  if (!wt_buf_reserve(room, commit->message.len)) return false;
  if (!wt_number_parse(&number, commit->trailers[WT_TRAILER_REVISION]) || number > UINT32_MAX) return false;
  if (!wt_oid_parse(&out->blob, commit->trailers[WT_TRAILER_TEXT])) return false;
  out->number = (uint32_t)number;
  out->path = value_of(room, commit, WT_TRAILER_STORY);
  out->url = value_of(room, commit, WT_TRAILER_URL);
  out->key = value_of(room, commit, WT_TRAILER_KEY);
  out->classes = value_of(room, commit, WT_TRAILER_CLASSES);
  out->reason = value_of(room, commit, WT_TRAILER_REASON);
  wt_oid_parse(&out->capture, commit->trailers[WT_TRAILER_CAPTURE]);
  wt_oid_parse(&out->previous, commit->trailers[WT_TRAILER_PREVIOUS]);
  return wt_instant_parse(&out->captured, commit->trailers[WT_TRAILER_CAPTURED]);
}

static wt_status broken_trailers(wt_error *err, wt_oid oid) {
  char hex[41];
  wt_oid_hex(hex, oid);
  return wt_fail(err, WT_ECORRUPT, hex, -1, "the trailers of this commit are damaged");
}

static wt_status tell(walk *w, wt_oid oid, const wt_commit *commit) {
  wt_revision revision;
  if (!wt_commit_is_revision(commit)) return WT_OK;
  if (!fill(&revision, &w->room, oid, commit)) return broken_trailers(w->err, oid);
  return w->each(w->context, &revision) ? WT_OK : wt_fail(w->err, WT_ECANCELED, WT_REF_MAIN, -1, "stopped");
}

/* ---- one stretch ---- */

/* Takes over the object, or releases it. */
static wt_status hold(walk *w, wt_oid oid, wt_object *object, const wt_commit *commit) {
  stretch *held = &w->held;
  bool keep = held->count < HOLD_MOST;
  if (!wt_grow(&held->oids, &held->oid_capacity, held->count + 1, sizeof *held->oids) ||
      (keep && !wt_grow(&held->commits, &held->commit_capacity, held->count + 1, sizeof *held->commits))) {
    wt_object_release(object);
    return wt_fail(w->err, WT_ENOMEM, WT_REF_MAIN, -1, "out of memory");
  }
  if (keep)
    held->commits[held->count] = (held_commit){*object, *commit};
  else
    wt_object_release(object);
  held->oids[held->count++] = oid;
  return WT_OK;
}

static wt_status tell_held(walk *w) {
  stretch *held = &w->held;
  wt_status status = WT_OK;
  for (size_t i = held->count; i-- > 0;) {
    held_commit again = {.object = {NULL, {NULL, 0}}}, *this = i < HOLD_MOST ? &held->commits[i] : &again;
    if (this == &again && !status)
      status = wt_commit_read(&again.object, &again.commit, w->archive, held->oids[i], w->err);
    if (!status) status = tell(w, held->oids[i], &this->commit);
    wt_object_release(&this->object);
  }
  held->count = 0;
  return status;
}

/* From `at` by fine parents down to the next rung, to `since` or past the root; what is met is told, oldest first. */
static wt_status tell_stretch(walk *w, wt_oid at) {
  wt_status status = WT_OK;
  while (!status && !wt_oid_is_none(at)) {
    wt_object object;
    wt_commit commit;
    if (wt_oid_equal(at, w->since)) w->found = true;
    if (wt_oid_equal(at, w->since)) break;
    status = wt_commit_read(&object, &commit, w->archive, at, w->err);
    if (status) break;
    if (wt_commit_is_rung(&commit)) {
      /* rungs may lie between here and `since` when it is the commit just below them */
      bool below = !w->found && w->since_count != UINT64_MAX;
      uint64_t count = UINT64_MAX;
      unsigned level;
      at = below && wt_ladder_rung(&level, &count, &commit) && count <= w->since_count ? commit.parents[1]
                                                                                       : (wt_oid){{0}};
      wt_object_release(&object);
      continue;
    }
    wt_oid next = commit.parents[0];
    status = hold(w, at, &object, &commit);
    at = next;
  }
  wt_status told = tell_held(w);
  return status ? status : told;
}

/* ---- the rungs ---- */

typedef struct rungs {
  rung *items; /* newest first */
  size_t count, capacity;
} rungs;

static wt_status read_rung(rung *out, walk *w, wt_oid oid) {
  wt_object object;
  wt_commit commit;
  *out = (rung){.oid = oid};
  wt_status status = wt_commit_read(&object, &commit, w->archive, oid, w->err);
  if (status) return status;
  if (wt_ladder_rung(&out->level, &out->count, &commit)) {
    out->first = commit.parents[0];
    out->second = commit.parents[1];
  }
  wt_object_release(&object);
  return WT_OK;
}

/* From `at` by first parents, while the rungs are of `level` (0: of any) and above `since`. */
static wt_status collect_rungs(rungs *out, walk *w, wt_oid at, unsigned level) {
  wt_status status = WT_OK;
  while (!status) {
    rung r;
    status = read_rung(&r, w, at);
    bool above = w->since_count == UINT64_MAX || r.count > w->since_count;
    if (status || r.level == 0 || (level && r.level != level) || !above) break;
    if (!wt_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items))
      status = wt_fail(w->err, WT_ENOMEM, WT_REF_MAIN, -1, "out of memory");
    else
      out->items[out->count++] = r;
    at = r.first;
  }
  return status;
}

static wt_status tell_level_1(walk *w, const rungs *all) {
  wt_status status = WT_OK;
  for (size_t i = all->count; !status && i-- > 0;) status = tell_stretch(w, all->items[i].second);
  return status;
}

static wt_status tell_rung(walk *w, const rung *r) {
  if (r->level == 1) return tell_stretch(w, r->second);
  rungs below = {NULL, 0, 0};
  rung newest;
  wt_status status = read_rung(&newest, w, r->second);
  if (!status) status = collect_rungs(&below, w, r->second, 1);
  if (!status) status = tell_level_1(w, &below);
  if (!status && newest.level == 0) status = tell_stretch(w, r->second); /* a rung on a plain commit */
  wt_free(below.items);
  return status;
}

/* The newest rung at or below `at`, by fine parents; the root, or none when there is no commit. *steps: commits above. */
static wt_status down_to_rung(rung *out, uint64_t *steps, walk *w, wt_oid at) {
  wt_object object;
  wt_commit commit;
  for (*steps = 0;; ++*steps) {
    wt_status status = wt_commit_read(&object, &commit, w->archive, at, w->err);
    if (status) return status;
    bool stop = wt_commit_is_rung(&commit) || wt_oid_is_none(commit.parents[0]);
    wt_oid next = commit.parents[0];
    wt_object_release(&object);
    if (stop) return read_rung(out, w, at);
    at = next;
  }
}

static wt_status walk_all(walk *w, wt_oid tip) {
  rungs all = {NULL, 0, 0};
  rung last;
  uint64_t steps;
  wt_status status = WT_OK;
  if (!wt_oid_is_none(w->since)) {
    status = down_to_rung(&last, &steps, w, w->since);
    if (status) return status;
    w->since_count = last.count + steps;
  }
  status = down_to_rung(&last, &steps, w, tip);
  if (!status) status = collect_rungs(&all, w, last.oid, 0);
  for (size_t i = all.count; !status && i-- > 0;) status = tell_rung(w, &all.items[i]);
  wt_free(all.items);
  return status ? status : tell_stretch(w, tip);
}

static void release(walk *w) {
  wt_free(w->held.oids);
  wt_free(w->held.commits);
  wt_buf_release(&w->room);
}

wt_status wt_archive_walk_to(wt_archive *archive, wt_oid since, wt_oid tip, wt_revision_each each, void *context,
                             wt_error *err) {
  walk w = {
      .archive = archive, .since = since, .since_count = UINT64_MAX, .each = each, .context = context, .err = err};
  w.found = wt_oid_is_none(since);
  if (wt_oid_is_none(tip) && w.found) return WT_OK;
  if (wt_oid_is_none(tip)) return wt_fail(err, WT_ENOTFOUND, WT_REF_MAIN, -1, "there is no main to walk");
  if (wt_oid_equal(tip, since)) return WT_OK;
  wt_status status = walk_all(&w, tip);
  release(&w);
  if (status || w.found) return status;
  char hex[41];
  wt_oid_hex(hex, since);
  return wt_fail(err, WT_ENOTFOUND, hex, -1, "main does not hold this commit");
}

wt_status wt_archive_walk(wt_archive *archive, wt_oid since, wt_revision_each each, void *context, wt_error *err) {
  wt_oid tip;
  wt_status status = wt_archive_tip(&tip, archive, err);
  return status ? status : wt_archive_walk_to(archive, since, tip, each, context, err);
}

wt_status wt_archive_history(wt_archive *archive, wt_oid commit, wt_revision_each each, void *context, wt_error *err) {
  wt_buf room = {0};
  wt_status status = WT_OK;
  uint32_t last = UINT32_MAX; /* numbers go down: no circle of Previous can be walked twice */
  while (!status && !wt_oid_is_none(commit)) {
    wt_object object;
    wt_commit parsed;
    wt_revision revision;
    status = wt_commit_read(&object, &parsed, archive, commit, err);
    if (status) break;
    if (!fill(&revision, &room, commit, &parsed) || revision.number >= last)
      status = broken_trailers(err, commit);
    else if (!each(context, &revision))
      status = wt_fail(err, WT_ECANCELED, "", -1, "stopped");
    last = revision.number;
    commit = revision.previous;
    wt_object_release(&object);
  }
  wt_buf_release(&room);
  return status;
}
