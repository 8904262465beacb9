/* Copies that were found elsewhere, on a cluster of machines: their pairs go into the journal by URL. */
#include "track/add.h"
#include "track/record.h"
#include "wt/ingest.h"

#include <stdlib.h>

enum { BATCH = 8192 };

struct wt_import {
  wt_track *track;
  track_add *add;
  wt_add_options options;
  wt_instant now;
  wt_import_summary summary;
  uint64_t *leaders; /* hashes of the leaders' URLs of clusters that touch the archive */
  size_t count, capacity;
  bool sorted;
  wt_arena arena; /* of one line */
};

/* ---- which clusters ---- */

static uint64_t hash_url(wt_span url) {
  wt_buf normal = {0};
  wt_url_normal(&normal, url);
  uint64_t hash = wt_hash64(wt_buf_span(&normal));
  wt_buf_release(&normal);
  return hash;
}

static wt_status is_held(bool *out, wt_import *import, wt_span url, wt_error *err) {
  wt_story_row row;
  wt_status status =
      wt_index_story_by_identity(&row, &import->arena, import->track->index, WT_IDENTITY_URL, (wt_span){0}, url, err);
  *out = status == WT_OK;
  return status == WT_ENOTFOUND ? WT_OK : status;
}

wt_status wt_import_look(wt_import *import, wt_span line, wt_error *err) {
  wt_pair_line read;
  bool leader = false, member = false;
  wt_status status = wt_pair_line_parse(&read, &import->arena, line, err);
  if (status == WT_OK) status = is_held(&leader, import, read.leader, err);
  if (status == WT_OK && !leader) status = is_held(&member, import, read.member, err);
  if (status == WT_OK && (leader || member)) {
    if (wt_grow(&import->leaders, &import->capacity, import->count + 1, sizeof *import->leaders))
      import->leaders[import->count++] = hash_url(read.leader);
    else
      status = wt_fail(err, WT_ENOMEM, "import", -1, "out of memory");
  }
  import->sorted = false;
  wt_arena_release(&import->arena);
  return status;
}

static int by_hash(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* Two URLs with one hash would keep a cluster more; nothing is lost by it. */
static bool touches(wt_import *import, wt_span leader) {
  uint64_t hash = hash_url(leader);
  if (!import->sorted && import->count) qsort(import->leaders, import->count, sizeof *import->leaders, by_hash);
  import->sorted = true;
  return import->count && bsearch(&hash, import->leaders, import->count, sizeof hash, by_hash);
}

/* ---- taking ---- */

static wt_status is_known(bool *out, wt_import *import, const wt_imported_row *row, wt_error *err) {
  wt_imported_row held;
  wt_status status = wt_index_imported_pair(&held, &import->arena, import->track->index, row->leader, row->member, err);
  *out = status == WT_OK && held.keys == row->keys && held.share == row->share && held.published == row->published &&
         held.leader_published == row->leader_published;
  return status == WT_ENOTFOUND ? WT_OK : status;
}

static wt_status keep(wt_import *import, const wt_imported_row *row, wt_error *err) {
  track_add *add = import->add;
  wt_buf_clear(&add->line);
  record_put_copy(&add->line, row);
  wt_status status = track_add_record(add, err);
  if (status == WT_OK) status = wt_index_put_imported(import->track->index, row, err);
  import->summary.taken += status == WT_OK;
  add->pending++;
  return status == WT_OK && add->pending >= BATCH ? track_add_commit(add, err) : status;
}

wt_status wt_import_take(wt_import *import, wt_span line, wt_error *err) {
  wt_pair_line read;
  bool known = false;
  wt_status status = wt_pair_line_parse(&read, &import->arena, line, err);
  wt_imported_row row = {.leader = read.leader,
                         .member = read.member,
                         .keys = read.keys,
                         .share = read.share,
                         .leader_published = read.leader_published,
                         .published = read.published,
                         .at = import->now};
  bool wanted = status == WT_OK && touches(import, read.leader);
  import->summary.lines += status == WT_OK;
  if (wanted) status = is_known(&known, import, &row, err);
  if (status == WT_OK && known) import->summary.known++;
  if (status == WT_OK && wanted && !known) status = keep(import, &row, err);
  wt_arena_release(&import->arena);
  return status;
}

/* ---- the use case ---- */

wt_status wt_import_open(wt_import **out, wt_track *track, wt_instant now, wt_error *err) {
  wt_import *import = wt_alloc_zero(1, sizeof *import);
  *out = import;
  if (!import) return wt_fail(err, WT_ENOMEM, "import", -1, "out of memory");
  *import = (wt_import){.track = track, .now = now, .options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE}};
  wt_status status = track_add_open(&import->add, track, &import->options, err);
  if (status == WT_OK) return WT_OK;
  *out = NULL;
  wt_import_close(import);
  return status;
}

wt_status wt_import_commit(wt_import_summary *out, wt_import *import, wt_error *err) {
  wt_status status = track_add_commit(import->add, err);
  *out = import->summary;
  return status;
}

void wt_import_close(wt_import *import) {
  if (!import) return;
  track_add_free(import->add);
  wt_arena_release(&import->arena);
  wt_free(import->leaders);
  wt_free(import);
}
