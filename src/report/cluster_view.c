/* cluster_view: copies of what track hands out one by one. */
#include "report/cluster_view.h"

#include <string.h>

typedef struct filler {
  cluster_views *out;
  wt_arena *arena;
  bool full;
} filler;

static bool keep_story(wt_story_row *out, wt_arena *arena, const wt_story_row *story) {
  *out = *story;
  return html_keep(arena, &out->path) && html_keep(arena, &out->outlet) && html_keep(arena, &out->headline) &&
         html_keep(arena, &out->url);
}

static bool keep(cluster_view *out, wt_arena *arena, const wt_cluster *cluster) {
  out->count = cluster->count + 1;
  out->stories = wt_arena_array(arena, out->count, sizeof *out->stories);
  out->contained = wt_arena_array(arena, out->count, sizeof *out->contained);
  out->relations = wt_arena_array(arena, out->count, sizeof *out->relations);
  if (out->stories == NULL || out->contained == NULL || out->relations == NULL) return false;
  if (!keep_story(&out->stories[0], arena, &cluster->leader)) return false;
  out->contained[0] = 10000;
  out->relations[0] = WT_RELATION_COPY;
  for (size_t i = 0; i < cluster->count; i++) {
    if (!keep_story(&out->stories[i + 1], arena, &cluster->members[i])) return false;
    out->contained[i + 1] = cluster->contained[i];
    out->relations[i + 1] = cluster->relations[i];
  }
  return true;
}

static bool add(void *context, const wt_cluster *cluster) {
  filler *f = context;
  if (cluster->count == 0) return true;
  f->full = !wt_grow(&f->out->items, &f->out->capacity, f->out->count + 1, sizeof *f->out->items) ||
            !keep(&f->out->items[f->out->count], f->arena, cluster);
  f->out->count += !f->full;
  return !f->full;
}

wt_status cluster_views_fill(cluster_views *out, wt_arena *arena, wt_track *track, wt_error *err) {
  filler f = {.out = out, .arena = arena};
  *out = (cluster_views){.items = NULL};
  wt_status status = wt_track_clusters(track, add, &f, err);
  return status == WT_OK && f.full ? wt_fail(err, WT_ENOMEM, "copies", -1, "no memory for the list") : status;
}

void cluster_views_release(cluster_views *list) {
  wt_free(list->items);
  *list = (cluster_views){.items = NULL};
}

static bool is_path(wt_span path, wt_span name) {
  wt_span txt = WT_SPAN(".txt");
  if (wt_span_ends(path, txt) && !wt_span_ends(name, txt)) path = wt_span_sub(path, 0, path.len - txt.len);
  return wt_span_equal(path, name);
}

const cluster_view *cluster_views_find(const cluster_views *list, wt_span name) {
  for (size_t i = 0; i < list->count; i++)
    for (size_t k = 0; k < list->items[i].count; k++)
      if (is_path(list->items[i].stories[k].path, name)) return &list->items[i];
  return NULL;
}
