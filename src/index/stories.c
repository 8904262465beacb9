/* stories: looking stories up and listing them. */
#include "sql.h"

wt_status wt_index_story(wt_story_row *out, wt_arena *arena, wt_index *index, int64_t id, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_STORY_BY_ID, FROM_STORY "WHERE s.id = ?1", err);
  if (status) return status;
  bind_int(statement, 1, id);
  return one_story(out, arena, index, statement, err);
}

wt_status wt_index_story_by_path(wt_story_row *out, wt_arena *arena, wt_index *index, wt_span path, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_STORY_BY_PATH, FROM_STORY "WHERE s.path = ?1", err);
  if (status) return status;
  bind_text(statement, 1, path);
  return one_story(out, arena, index, statement, err);
}

wt_status wt_index_story_id(int64_t *out, wt_index *index, wt_span path, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_ID, "SELECT id FROM story WHERE path = ?1", err);
  if (status) return status;
  bind_text(s, 1, path);
  status = index_step_row(index, s, "story", err);
  if (status == WT_OK) *out = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return status;
}

wt_status story_path(wt_span *out, wt_arena *arena, wt_index *index, int64_t story, wt_error *err) {
  wt_story_row row;
  wt_status status = wt_index_story(&row, arena, index, story, err);
  if (status == WT_OK) *out = row.path;
  return status;
}

static void filter(index_where *where, const wt_story_filter *f) {
  if (f->outlet.len) where_text(where, "s.outlet = ?", f->outlet);
  if (f->part.len)
    where_text(where, "instr(lower(s.path || ' ' || ifnull(c.headline, '') || ' ' || ifnull(c.url, '')), lower(?)) > 0",
               f->part);
  where_span(where, "s.last", f->since, f->until);
  if (f->quarantined) where_plain(where, "s.quarantined > 0");
  if (!f->moved) where_plain(where, "s.moved_to IS NULL");
  if (f->by_status) where_number(where, "c.status = ?", f->status);
}

wt_status wt_index_stories(wt_index *index, const wt_story_filter *f, wt_story_each each, void *context,
                           wt_error *err) {
  index_where where = {0};
  sqlite3_stmt *statement = NULL;
  filter(&where, f);
  wt_status status =
      where_prepare(&statement, &where, index, FROM_STORY, " ORDER BY s.outlet, s.first, s.path", f->limit, err);
  return status ? status : each_story(index, statement, !f->catalogue, each, context, err);
}
