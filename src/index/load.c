/*
 * load: revisions by the hundred thousand. Their stories are kept in memory and written once, at the end or when they are
 * many; into an empty catalogue the rows go first, and what finds and orders them is made afterwards, by sorting.
 */
#include "sql.h"

enum { STORIES_MOST = 1 << 20 }; /* some 200 bytes each */

typedef struct loaded {
  int64_t id;
  wt_span path; /* in the arena */
  wt_instant first, last, seen;
  uint32_t revisions, current;
  wt_oid tip, tip_blob;
} loaded;

struct wt_index_load {
  wt_index *index;
  bool bare;       /* nothing in the table orders stories and revisions yet */
  int64_t next_id; /* of a new story */
  size_t most;     /* stories in memory */
  loaded *stories; /* by their ids */
  size_t count, capacity;
  uint32_t *slots;   /* 1 + place in stories; 0: free */
  size_t slot_count; /* a power of two, at least twice count */
  wt_arena arena;
};

/* ---- the stories in memory ---- */

static uint32_t *slot_of(const wt_index_load *load, wt_span path) {
  size_t at = wt_hash64(path) & (load->slot_count - 1);
  while (load->slots[at] && !wt_span_equal(load->stories[load->slots[at] - 1].path, path))
    at = (at + 1) & (load->slot_count - 1);
  return &load->slots[at];
}

static bool more_slots(wt_index_load *load) {
  size_t count = load->slot_count ? load->slot_count * 2 : 1024;
  uint32_t *slots = wt_alloc_zero(count, sizeof *slots);
  if (!slots) return false;
  wt_free(load->slots);
  load->slots = slots;
  load->slot_count = count;
  for (size_t i = 0; i < load->count; i++) *slot_of(load, load->stories[i].path) = (uint32_t)i + 1;
  return true;
}

static wt_status no_memory(const wt_index_load *load, wt_error *err) {
  return wt_fail(err, WT_ENOMEM, load->index->path, -1, "index: out of memory");
}

/* ---- the table of stories ---- */

static wt_status write_story(wt_index *index, const loaded *story, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(
      &s, index, Q_STORY_LOADED,
      "INSERT INTO story(id, path, outlet, first, last, seen, revisions, current, tip, tip_blob) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(id) DO UPDATE SET first = ?4, last = ?5, seen = ?6, "
      "revisions = ?7, current = ?8, tip = ?9, tip_blob = ?10",
      err);
  if (status) return status;
  bind_int(s, 1, story->id);
  bind_text(s, 2, story->path);
  bind_text(s, 3, outlet_of(story->path));
  bind_instant(s, 4, story->first);
  bind_instant(s, 5, story->last);
  bind_instant(s, 6, story->seen);
  bind_int(s, 7, story->revisions);
  bind_int(s, 8, story->current);
  bind_oid(s, 9, &story->tip);
  bind_oid(s, 10, &story->tip_blob);
  return index_step_done(index, s, err);
}

/* Two revisions of one number are no sound history: the later one counts, as it does when they come one by one. */
static wt_status make_order(wt_index_load *load, wt_error *err) {
  wt_status status = WT_OK;
  if (!load->bare) return WT_OK;
  load->bare = false;
  status = index_order_make(load->index, err);
  if (status != WT_EEXISTS) return status;
  status = index_run(load->index,
                     "DELETE FROM revision WHERE place NOT IN (SELECT max(place) FROM revision GROUP BY story, number)",
                     err);
  return status ? status : index_order_make(load->index, err);
}

/* All that is in memory goes into the table. */
static wt_status write_stories(wt_index_load *load, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < load->count; i++) status = write_story(load->index, &load->stories[i], err);
  load->count = 0;
  for (size_t i = 0; i < load->slot_count; i++) load->slots[i] = 0;
  wt_arena_release(&load->arena);
  return status ? status : make_order(load, err);
}

/* WT_ENOTFOUND: it is new. */
static wt_status read_loaded(loaded *out, wt_index *index, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status =
      index_kept(&s, index, Q_STORY_TO_LOAD,
                 "SELECT id, first, last, seen, revisions, current, tip, tip_blob FROM story WHERE path = ?1", err);
  if (status) return status;
  bind_text(s, 1, out->path);
  status = index_step_row(index, s, "story", err);
  if (status) return status;
  *out = (loaded){.id = sqlite3_column_int64(s, 0),
                  .path = out->path,
                  .first = column_instant(s, 1),
                  .last = column_instant(s, 2),
                  .seen = column_instant(s, 3),
                  .revisions = (uint32_t)sqlite3_column_int64(s, 4),
                  .current = (uint32_t)sqlite3_column_int64(s, 5),
                  .tip = column_oid(s, 6),
                  .tip_blob = column_oid(s, 7)};
  sqlite3_reset(s);
  return WT_OK;
}

/* ---- one revision ---- */

static wt_status story_at(loaded **out, wt_index_load *load, const wt_revision_row *row, wt_error *err) {
  if (load->count * 2 >= load->slot_count && !more_slots(load)) return no_memory(load, err);
  uint32_t *slot = slot_of(load, row->path);
  if (!*slot) {
    if (!wt_grow(&load->stories, &load->capacity, load->count + 1, sizeof *load->stories)) return no_memory(load, err);
    loaded *story = &load->stories[load->count];
    *story = (loaded){.path = wt_span_keep(&load->arena, row->path)};
    if (!story->path.data) return no_memory(load, err);
    wt_status status = load->bare ? WT_ENOTFOUND : read_loaded(story, load->index, err);
    if (status && status != WT_ENOTFOUND) return status;
    if (status)
      *story = (loaded){.id = load->next_id++,
                        .path = story->path,
                        .first = row->captured,
                        .last = WT_INSTANT_NONE,
                        .seen = row->captured};
    *slot = (uint32_t)++load->count;
  }
  *out = &load->stories[*slot - 1];
  return WT_OK;
}

/* As story_grown and story_current of put.c. */
static void grow(loaded *story, const wt_revision_row *row) {
  if (row->number > story->revisions) story->revisions = row->number;
  story->tip = row->commit;
  story->tip_blob = row->blob;
  if (row->captured < story->first) story->first = row->captured;
  if (row->captured > story->seen) story->seen = row->captured;
  if (story->last != WT_INSTANT_NONE && story->last > row->captured) return;
  story->current = row->number;
  story->last = row->captured;
}

wt_status wt_index_load_put(wt_index_load *load, const wt_revision_row *row, wt_error *err) {
  loaded *story = NULL;
  wt_index *index = load->index;
  bool in_turn = index->read == index->last, said = row->flags & WT_REVISION_ERASED;
  wt_status status = load->count < load->most ? WT_OK : write_stories(load, err);
  if (status == WT_OK) status = story_at(&story, load, row, err);
  if (status == WT_OK) status = put_row(index, story->id, row, NULL, said, err);
  if (status) return status;
  grow(story, row);
  if (in_turn && said) index->read = index->last;
  return WT_OK;
}

/* ---- the whole ---- */

wt_status wt_index_load_open(wt_index_load **out, wt_index *index, size_t most, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_index_load *load = wt_alloc_zero(1, sizeof *load);
  if (!load) return wt_fail(err, WT_ENOMEM, index->path, -1, "index: out of memory");
  load->index = index;
  load->most = most && most < STORIES_MOST ? most : STORIES_MOST;
  load->bare = index->last == 0;
  wt_status status = load->bare ? index_order_drop(index, err) : WT_OK;
  if (status == WT_OK) status = index_prepare(&s, index, "SELECT ifnull(max(id), 0) + 1 FROM story", err);
  if (status == WT_OK) status = index_step_row(index, s, "story", err);
  if (status == WT_OK) load->next_id = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  if (status)
    wt_free(load);
  else
    *out = load;
  return status;
}

wt_status wt_index_load_close(wt_index_load *load, bool keep, wt_error *err) {
  wt_status status = keep ? write_stories(load, err) : WT_OK;
  wt_arena_release(&load->arena);
  wt_free(load->stories);
  wt_free(load->slots);
  wt_free(load);
  return status;
}
