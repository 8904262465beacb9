/* story_view: the rows of one story, the size of each change and who wrote what. */
#include "report/story_view.h"

wt_status story_row_of(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_buf path = {0};
  wt_buf_put_span(&path, name);
  if (!wt_span_ends(name, WT_SPAN(".txt"))) wt_buf_put_text(&path, ".txt");
  wt_status status = wt_index_story_by_path(out, arena, wt_track_index(track), wt_buf_span(&path), err);
  wt_buf_release(&path);
  return status;
}

/* ---- rows ---- */

typedef struct filler {
  story_view *view;
  wt_arena *arena;
  bool full;
} filler;

static bool add_headline(void *context, const wt_headline_row *row) {
  filler *f = context;
  headlines *h = &f->view->headlines;
  wt_headline_row kept = {.headline = row->headline, .number = row->number, .from = row->from, .until = row->until};
  f->full = !html_keep(f->arena, &kept.headline) || !wt_grow(&h->items, &h->capacity, h->count + 1, sizeof *h->items);
  if (f->full) return false;
  h->items[h->count++] = kept;
  return true;
}

static bool add_sighting(void *context, const wt_sighting_row *row) {
  filler *f = context;
  sightings *s = &f->view->sightings;
  wt_sighting_row kept = {.at = row->at,
                          .assumed = row->assumed,
                          .state = row->state,
                          .revision = row->revision,
                          .capture = row->capture,
                          .decision = row->decision};
  f->full = !html_keep(f->arena, &kept.state) || !html_keep(f->arena, &kept.decision) ||
            !wt_grow(&s->items, &s->capacity, s->count + 1, sizeof *s->items);
  if (f->full) return false;
  s->items[s->count++] = kept;
  return true;
}

static wt_status fill_rows(story_view *out, wt_arena *arena, wt_index *index, wt_error *err) {
  filler f = {.view = out, .arena = arena};
  wt_revision_filter of_story = {.story = out->row.id, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_sighting_filter seen = {.story = out->row.id, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_status status = rows_collect(&out->revisions, arena, index, &of_story, err);
  if (status == WT_OK) status = wt_index_headlines(index, out->row.id, add_headline, &f, err);
  if (status == WT_OK) status = wt_index_sightings(index, &seen, add_sighting, &f, err);
  if (status == WT_OK && f.full) status = wt_fail(err, WT_ENOMEM, "story", -1, "no memory for its rows");
  return status;
}

const change *story_view_find(const story_view *view, uint32_t number) {
  for (size_t i = 0; i < view->revisions.count; i++)
    if (view->revisions.items[i].revision.number == number) return &view->revisions.items[i];
  return NULL;
}

/* ---- texts ---- */

/* Bytes that came or went. */
static uint32_t changed_bytes(const wt_diff *diff) {
  uint64_t sum = 0;
  for (size_t i = 0; i < diff->count; i++) {
    const wt_edit *edit = &diff->edits[i];
    if (edit->kind == WT_EDIT_ADD || edit->kind == WT_EDIT_DELETE) {
      for (uint32_t u = 0; u < edit->old_count; u++) sum += diff->old.items[edit->old + u].text.len;
      for (uint32_t u = 0; u < edit->new_count; u++) sum += diff->newer.items[edit->newer + u].text.len;
    }
    for (size_t w = 0; w < edit->word_count; w++)
      if (edit->words[w].op == WT_WORD_INSERT || edit->words[w].op == WT_WORD_DELETE)
        sum += edit->words[w].old_end - edit->words[w].old_begin + edit->words[w].new_end - edit->words[w].new_begin;
  }
  for (size_t i = 0; i < diff->field_count; i++) sum += diff->fields[i].old.len + diff->fields[i].newer.len;
  return sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
}

/* Two versions, one of which was read in the round before. */
typedef struct pair {
  wt_arena arenas[3]; /* of the two texts, and of their diff */
  wt_story texts[2];
  unsigned now;
} pair;

static wt_status blame_pair(story_view *view, pair *p, svg_mark *mark, bool first, wt_error *err) {
  const wt_story *old = &p->texts[1 - p->now], *new = &p->texts[p->now];
  const wt_revision_row *revision = &mark->row;
  if (first) return wt_blame_add(view->blame, revision->number, revision->captured, new, err);
  wt_diff diff;
  wt_arena_release(&p->arenas[2]);
  wt_status status = wt_diff_stories(&diff, &p->arenas[2], old, new, NULL, err);
  if (status != WT_OK) return status;
  mark->changed = changed_bytes(&diff);
  return wt_blame_add_diff(view->blame, revision->number, revision->captured, &diff, err);
}

/* Walks the revisions in order of capture; the last is the present text. */
static wt_status fill_blame(story_view *out, wt_track *track, wt_error *err) {
  pair p = {.now = 0};
  bool first = true;
  wt_status status = wt_blame_open(&out->blame, 0, err);
  for (size_t i = 0; i < out->revisions.count && status == WT_OK; i++) {
    svg_mark *mark = &out->marks[i];
    if (mark->row.flags & WT_REVISION_ERASED) continue;
    p.now = 1 - p.now;
    wt_arena_release(&p.arenas[p.now]);
    status = wt_track_read(&p.texts[p.now], &p.arenas[p.now], track, &mark->row, err);
    if (status == WT_OK) status = blame_pair(out, &p, mark, first, err);
    first = false;
  }
  for (size_t i = 0; i < 3; i++) wt_arena_release(&p.arenas[i]);
  return status;
}

static wt_status fill_marks(story_view *out, wt_arena *arena, wt_error *err) {
  out->marks = wt_arena_array(arena, out->revisions.count + 1, sizeof *out->marks);
  if (out->marks == NULL) return wt_fail(err, WT_ENOMEM, "story", -1, "no memory for its time line");
  for (size_t i = 0; i < out->revisions.count; i++)
    out->marks[i] = (svg_mark){.row = out->revisions.items[i].revision, .old = out->revisions.items[i].old};
  return WT_OK;
}

static wt_status fill_text(story_view *out, wt_arena *arena, wt_track *track, wt_error *err) {
  const change *current = story_view_find(out, out->row.current);
  if (current == NULL) return wt_fail(err, WT_ENOTFOUND, "story", -1, "its current revision is not in the index");
  return wt_track_read(&out->text, arena, track, &current->revision, err);
}

wt_status story_view_rows(story_view *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  *out = (story_view){.blame = NULL};
  wt_status status = story_row_of(&out->row, arena, track, name, err);
  return status == WT_OK ? fill_rows(out, arena, wt_track_index(track), err) : status;
}

wt_status story_view_fill(story_view *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err) {
  wt_status status = story_view_rows(out, arena, track, name, err);
  if (status == WT_OK) status = fill_marks(out, arena, err);
  if (status == WT_OK) status = fill_text(out, arena, track, err);
  if (status == WT_OK && out->revisions.count > 1 && out->revisions.count <= BLAME_MAX)
    status = fill_blame(out, track, err);
  return status;
}

void story_view_release(story_view *view) {
  rows_release(&view->revisions);
  wt_free(view->headlines.items);
  wt_free(view->sightings.items);
  wt_blame_close(view->blame);
}
