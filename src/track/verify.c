/* verify: git by itself (objects, texts, keys, trailers, chains, rungs: the archive's part), every revision replayed from the
   diff, and the index against one that is made anew. */
#include "track/track.h"

#include <stdio.h>
#include <string.h>

typedef struct check {
  wt_track *track;
  uint64_t faults, revisions;
  wt_status status; /* of the run itself */
  wt_error *err;
} check;

static void fault(check *c, wt_span path, uint32_t number, const char *what) {
  wt_error err;
  wt_buf where = {0};
  wt_buf_put_span(&where, path);
  wt_buf_put_format(&where, "@%u", (unsigned)number);
  wt_fail(&err, WT_ECORRUPT, where.data, -1, "%s", what);
  track_warn(c->track, &err);
  c->faults++;
  wt_buf_release(&where);
}

/* ---- the index ---- */

static bool same_oid(wt_oid a, wt_oid b) {
  return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static wt_status check_index(check *c, const wt_revision *r, wt_arena *arena) {
  wt_story_row story;
  wt_revision_row row, before;
  wt_index *index = c->track->index;
  wt_error trouble;
  wt_status status = wt_index_story_by_path(&story, arena, index, r->path, &trouble);
  if (status == WT_OK) status = wt_index_revision(&row, arena, index, story.id, r->number, &trouble);
  if (status) {
    fault(c, r->path, r->number, "the index does not have it");
    return WT_OK;
  }
  if (!same_oid(row.commit, r->commit) || !same_oid(row.blob, r->blob) || row.captured != r->captured)
    fault(c, r->path, r->number, "the index has another commit, text or time for it");
  if (r->number == 1) return WT_OK;
  status = wt_index_revision(&before, arena, index, story.id, r->number - 1, &trouble);
  if (status || !same_oid(before.commit, r->previous))
    fault(c, r->path, r->number, "Previous is not the revision before it");
  return WT_OK;
}

static void tell_index(check *c, const char *what) {
  wt_error err;
  wt_fail(&err, WT_ECORRUPT, "index", -1, "%s", what);
  track_warn(c->track, &err);
  c->faults++;
}

/* Both are brought to where git is before they are compared; while others write, that is tried again. */
static wt_status compare_at_rest(wt_buf *out, check *c, wt_index *held, wt_index *made) {
  wt_status status = WT_EBUSY;
  for (int i = 0; i < 10 && status == WT_EBUSY; i++) {
    c->track->index = made;
    status = track_catch_up(c->track, c->err);
    c->track->index = held;
    if (status == WT_OK) status = track_catch_up(c->track, c->err);
    if (status == WT_OK) status = wt_index_compare(out, held, made, c->err);
  }
  return status;
}

/* An index of the same git, made anew beside the one that is held. */
static wt_status compare_to_git(wt_buf *out, check *c) {
  wt_index *held = c->track->index, *made = NULL;
  wt_status status = wt_index_open(&made, "", false, c->err);
  if (status) return status;
  status = compare_at_rest(out, c, held, made);
  wt_index_close(made);
  return status;
}

/* The file by itself, and what it says. */
static wt_status check_file(check *c) {
  wt_buf found = {0};
  wt_status status = wt_index_check(&found, c->track->index, c->err);
  if (status == WT_OK && !found.len && !track_stopped(c->track)) status = compare_to_git(&found, c);
  wt_span rest = wt_buf_span(&found), line;
  while (status == WT_OK && wt_span_line(&line, &rest)) {
    char what[400];
    snprintf(what, sizeof what, "%.*s (writethru reindex makes it anew)", (int)(line.len < 300 ? line.len : 300),
             line.data);
    tell_index(c, what);
  }
  wt_buf_release(&found);
  return status;
}

/* ---- the diff ---- */

/* The diff gives the text back both ways, or says by replaced_whole that it could not. */
static wt_status check_replay(check *c, const wt_revision *r, wt_arena *arena) {
  wt_comparison change;
  wt_story_row story;
  wt_revision_row row;
  wt_error trouble;
  wt_status status = wt_index_story_by_path(&story, arena, c->track->index, r->path, &trouble);
  if (status == WT_OK) status = wt_index_revision(&row, arena, c->track->index, story.id, r->number, &trouble);
  if (status || (row.flags & WT_REVISION_ERASED)) return WT_OK; /* told already */
  status = wt_track_change(&change, arena, c->track, &row, &trouble);
  if (status == WT_ENOMEM) return status;
  if (status && status != WT_ENOTFOUND)
    fault(c, r->path, r->number, trouble.what);
  else if (status == WT_OK && change.diff.replaced_whole)
    fault(c, r->path, r->number, "does not replay from the diff");
  return WT_OK;
}

/* ---- the walk ---- */

static bool on_revision(void *context, const wt_revision *r) {
  check *c = context;
  wt_arena arena = {0};
  c->revisions++;
  c->status = check_index(c, r, &arena);
  if (c->status == WT_OK) c->status = check_replay(c, r, &arena);
  wt_arena_release(&arena);
  track_progress(c->track, "revisions checked", c->revisions, 0);
  return c->status == WT_OK && !track_stopped(c->track);
}

typedef struct total {
  uint64_t revisions;
} total;

static bool count(void *context, const wt_story_row *row) {
  ((total *)context)->revisions += row->revisions;
  return true;
}

/* Nothing in the index that git does not have. */
static wt_status check_total(check *c) {
  total t = {0};
  wt_story_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .moved = true};
  wt_status status = wt_index_stories(c->track->index, &filter, count, &t, c->err);
  if (status || t.revisions == c->revisions) return status;
  char what[100];
  snprintf(what, sizeof what, "has %llu revisions where git has %llu", (unsigned long long)t.revisions,
           (unsigned long long)c->revisions);
  tell_index(c, what);
  return WT_OK;
}

/* ---- git itself ---- */

static bool is_damage(wt_status status) {
  return status == WT_ECORRUPT || status == WT_ENOTFOUND || status == WT_EFORMAT;
}

static bool on_fault(void *context, const wt_error *found) {
  check *c = context;
  track_warn(c->track, found);
  c->faults++;
  return !track_stopped(c->track);
}

wt_status wt_track_verify(uint64_t *faults, uint64_t *revisions, wt_track *track, wt_error *err) {
  wt_error last = {0};
  check c = {.track = track, .err = &last};
  wt_oid none = {{0}};
  wt_archive_verified verified;
  wt_status status = wt_archive_verify(&verified, track->archive, on_fault, &c, &last);
  bool whole = status == WT_OK && c.faults == 0;
  if (track->index_damaged) tell_index(&c, "the file was no index of this version; it is made anew");
  if (status == WT_OK) status = track_catch_up(track, &last);
  if (status == WT_OK) status = wt_archive_walk(track->archive, none, on_revision, &c, &last);
  if (c.status) status = c.status;
  if (status == WT_OK) status = check_file(&c);
  if (status == WT_OK) status = check_total(&c);
  if (is_damage(status)) { /* told above, but for what only the index trips over */
    if (whole) on_fault(&c, &last);
    status = WT_OK;
  }
  if (status && err) *err = last;
  *faults = c.faults;
  *revisions = c.revisions;
  return status;
}
