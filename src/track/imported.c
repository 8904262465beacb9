/* imported: what a copies job elsewhere found of a story, or of all. */
#include "track/track.h"

#include <string.h>

typedef struct gathering {
  wt_imported_list *out;
  wt_arena *arena;
  wt_track *track;
  wt_buf self[2]; /* normal forms of the story's own URLs */
  size_t capacity;
  wt_span leader; /* of the row before */
  bool of_one;
  wt_status status;
  wt_error *err;
} gathering;

static bool is_self(const gathering *g, wt_span url) {
  wt_buf normal = {0};
  wt_url_normal(&normal, url);
  wt_span key = wt_buf_span(&normal);
  bool same = key.len && (wt_span_equal(key, wt_buf_span(&g->self[0])) || wt_span_equal(key, wt_buf_span(&g->self[1])));
  wt_buf_release(&normal);
  return same;
}

/* Of one story: its URL and its canonical one may lead to the same cluster. */
static bool is_there(const gathering *g, wt_span url) {
  for (size_t i = 0; g->of_one && i < g->out->count; i++)
    if (wt_span_equal(g->out->items[i].url, url)) return true;
  return false;
}

static bool make_room(gathering *g) {
  if (g->out->count < g->capacity) return true;
  size_t capacity = g->capacity ? g->capacity * 2 : 16;
  wt_imported *items = wt_arena_array(g->arena, capacity, sizeof *items);
  if (!items) return false;
  if (g->out->count) memcpy(items, g->out->items, g->out->count * sizeof *items);
  g->out->items = items;
  g->capacity = capacity;
  return true;
}

static bool put(gathering *g, const wt_imported *found) {
  if (is_self(g, found->url) || is_there(g, found->url)) return true;
  if (!make_room(g)) {
    g->status = wt_fail(g->err, WT_ENOMEM, "copies", -1, "out of memory");
    return false;
  }
  wt_imported *kept = &g->out->items[g->out->count];
  *kept = *found;
  kept->url = wt_span_keep(g->arena, found->url);
  wt_story_row row;
  g->status =
      wt_index_story_by_identity(&row, g->arena, g->track->index, WT_IDENTITY_URL, (wt_span){0}, found->url, g->err);
  if (g->status == WT_OK) kept->path = row.path;
  if (g->status == WT_ENOTFOUND) g->status = WT_OK;
  g->out->count += g->status == WT_OK;
  return g->status == WT_OK;
}

static bool on_row(void *context, const wt_imported_row *row) {
  gathering *g = context;
  bool first = !wt_span_equal(g->leader, row->leader);
  wt_imported leader = {.url = row->leader, .leads = true, .published = row->leader_published, .at = row->at};
  wt_imported member = {
      .url = row->member, .keys = row->keys, .share = row->share, .published = row->published, .at = row->at};
  if (first) g->leader = wt_span_keep(g->arena, row->leader);
  return (!first || put(g, &leader)) && put(g, &member);
}

wt_status wt_track_imported(wt_imported_list *out, wt_arena *arena, wt_track *track, const wt_story_row *story,
                            wt_error *err) {
  gathering g = {.out = out, .arena = arena, .track = track, .of_one = story != NULL, .err = err};
  *out = (wt_imported_list){0};
  wt_status status = WT_OK;
  if (!story) status = wt_index_imported(track->index, (wt_span){0}, on_row, &g, err);
  const wt_span urls[] = {story ? story->url : (wt_span){0}, story ? story->canonical : (wt_span){0}};
  for (size_t i = 0; i < 2; i++) wt_url_normal(&g.self[i], urls[i]);
  bool one = wt_span_equal(wt_buf_span(&g.self[0]), wt_buf_span(&g.self[1]));
  for (size_t i = 0; i < (one ? 1 : 2) && status == WT_OK && g.status == WT_OK; i++)
    if (urls[i].len) status = wt_index_imported(track->index, urls[i], on_row, &g, err);
  for (size_t i = 0; i < 2; i++) wt_buf_release(&g.self[i]);
  return status ? status : g.status;
}
