/* compare: two revisions, or files, and what stands between them. */
#include "track/track.h"

#include <sys/stat.h>

enum { MAX_FILE = 256 << 20 };

/* ---- files ---- */

/* The first capture of a file is its story. */
typedef struct first {
  wt_story *out;
  wt_arena *arena;
  wt_status status;
  wt_error trouble; /* of status: kept apart, since stopping the walk is an error of its own */
  bool found;
} first;

static bool take_first(void *context, const wt_capture *capture) {
  first *f = context;
  f->found = true;
  f->status = wt_ingest(f->out, f->arena, capture->bytes, &capture->source, NULL, &f->trouble);
  return false;
}

static bool note_trouble(void *context, const wt_error *err) {
  first *f = context;
  f->status = err->status;
  f->trouble = *err;
  return false;
}

static void read_nothing(first *f) {
  f->found = true;
  wt_story_init(f->out, f->arena);
  f->status = wt_story_seal(f->out, &f->trouble);
}

/* A file that is empty or blank is a story with nothing in it, so that what came or went as a whole can be compared. */
wt_status wt_track_read_file(wt_story *out, wt_arena *arena, const char *path, wt_error *err) {
  wt_buf bytes = {0};
  first f = {.out = out, .arena = arena};
  wt_source source = {.name = wt_span_of(path), .captured = WT_INSTANT_NONE};
  wt_status status = wt_file_read(&bytes, path, MAX_FILE, err);
  if (status == WT_OK && wt_span_trim(wt_buf_span(&bytes)).len == 0)
    read_nothing(&f);
  else if (status == WT_OK)
    status = wt_captures(wt_buf_span(&bytes), &source, NULL, take_first, note_trouble, &f, err);
  if (f.status && err) *err = f.trouble;
  if (f.status || f.found)
    status = f.status;
  else if (status == WT_OK)
    status = wt_fail(err, WT_EFORMAT, path, -1, "holds no story");
  if (status && err && !err->where[0]) wt_error_at(err, path);
  wt_buf_release(&bytes);
  return status;
}

/* ---- sides ---- */

static bool is_file(const char *path) {
  struct stat info;
  return (path[0] == '-' && path[1] == 0) || (stat(path, &info) == 0 && !S_ISDIR(info.st_mode));
}

static bool is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* A name that is neither may have been meant as either. What is wrong with a story that there is stands as it was told. */
static wt_status not_found(wt_arena *arena, wt_track *track, const wt_side *side, wt_status status, wt_error *err) {
  wt_story_row story;
  wt_span name = side->name;
  if (is_folder(side->name.data))
    return wt_fail(err, WT_EINVAL, side->name.data, -1, "a folder: one file of it can be compared");
  const char *at = strrchr(side->name.data, '@');
  if (at) name = wt_span_sub(name, 0, (size_t)(at - name.data));
  if (status != WT_ENOTFOUND || wt_track_story(&story, arena, track, name, NULL) != WT_ENOTFOUND) return status;
  return wt_fail(err, WT_ENOTFOUND, side->name.data, -1, "no such file or story");
}

static wt_status open_side(wt_side *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  out->name = wt_span_keep(arena, name);
  if (!out->name.data) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  if (is_file(out->name.data)) return wt_track_read_file(&out->text, arena, out->name.data, err);
  if (!track) return wt_fail(err, WT_ENOTFOUND, out->name.data, -1, "no such file, and no archive here");
  out->is_revision = true;
  wt_status status = wt_track_revision(&out->revision, &out->story, arena, track, name, err);
  if (status == WT_ENOTFOUND || status == WT_EAMBIGUOUS) return not_found(arena, track, out, status, err);
  return status ? status : wt_track_read(&out->text, arena, track, &out->revision, err);
}

static wt_status open_before(wt_side *out, wt_arena *arena, wt_track *track, const wt_side *new, wt_error *err) {
  if (!new->is_revision) return wt_fail(err, WT_EINVAL, new->name.data, -1, "a file has no revision before it");
  out->is_revision = true;
  out->story = new->story;
  wt_status status = wt_index_before(&out->revision, arena, track->index, &new->revision, err);
  if (status == WT_ENOTFOUND) {
    wt_fail(err, status, NULL, -1, "the first revision: there is none before it");
    if (err) wt_error_at(err, new->name.len ? new->name.data : new->story.path.data);
  }
  return status ? status : wt_track_read(&out->text, arena, track, &out->revision, err);
}

static wt_status weigh(wt_comparison *out, wt_arena *arena, wt_error *err) {
  wt_status status = wt_diff_stories(&out->diff, arena, &out->old.text, &out->newer.text, NULL, err);
  return status ? status : wt_classify(&out->classified, arena, &out->diff, &out->old.text, &out->newer.text, err);
}

wt_status wt_track_compare(wt_comparison *out, wt_arena *arena, wt_track *track, wt_span old, wt_span newer,
                           wt_error *err) {
  *out = (wt_comparison){0};
  wt_status status = old.len ? open_side(&out->old, arena, track, old, err) : WT_OK;
  if (status == WT_OK) status = open_side(&out->newer, arena, track, newer, err);
  if (status == WT_OK && !old.len) status = open_before(&out->old, arena, track, &out->newer, err);
  return status ? status : weigh(out, arena, err);
}

wt_status wt_track_change(wt_comparison *out, wt_arena *arena, wt_track *track, const wt_revision_row *row,
                          wt_error *err) {
  *out = (wt_comparison){0};
  out->newer.is_revision = true;
  out->newer.revision = *row;
  wt_status status = wt_index_story(&out->newer.story, arena, track->index, row->story, err);
  if (status == WT_OK) status = open_before(&out->old, arena, track, &out->newer, err);
  if (status == WT_OK) status = wt_track_read(&out->newer.text, arena, track, row, err);
  return status ? status : weigh(out, arena, err);
}
