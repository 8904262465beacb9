/* The table of copies: every story is asked who shares its text. */
#include "track/export.h"

/* Paths first: asking about copies asks the index, which an open walk over stories must not be disturbed by. */
typedef struct paths {
  wt_arena arena;
  wt_span *items;
  size_t count, capacity;
  bool failed;
} paths;

static bool keep_path(void *context, const wt_story_row *row) {
  paths *p = context;
  wt_span kept = wt_span_keep(&p->arena, row->path);
  p->failed = !kept.data || !wt_grow(&p->items, &p->capacity, p->count + 1, sizeof *p->items);
  if (!p->failed) p->items[p->count++] = kept;
  return !p->failed;
}

static void put_copier(exporter *e, wt_span path, const wt_copier *copier) {
  export_text(e, path);
  export_text(e, copier->story.path);
  export_bool(e, copier->earlier);
  export_name(e, copier->earlier ? copier->story.path : path, copier->fits);
  export_text(e, wt_span_of(wt_relation_name(copier->relation)));
  export_share(e, copier->contained);
  export_share(e, copier->contains);
  export_int(e, copier->shared_words);
}

static wt_status put_story(exporter *e, wt_span path, wt_error *err) {
  wt_copiers copiers;
  wt_status status = wt_track_copies(&copiers, &e->arena, e->track, path, err);
  for (size_t i = 0; status == WT_OK && i < copiers.count && export_goes_on(e); i++)
    put_copier(e, path, &copiers.items[i]);
  wt_arena_release(&e->arena);
  return status == WT_ENOTFOUND ? WT_OK : status;
}

wt_status export_copies(exporter *e, wt_error *err) {
  wt_story_filter standing = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  paths p = {0};
  wt_status status = wt_index_stories(e->track->index, &standing, keep_path, &p, err);
  if (status == WT_OK && p.failed) status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  for (size_t i = 0; status == WT_OK && i < p.count && export_goes_on(e); i++) status = put_story(e, p.items[i], err);
  wt_free(p.items);
  wt_arena_release(&p.arena);
  return status;
}
