/* stories: looking stories up and listing them. */
#include "sql.h"

static wt_status one(wt_story_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *statement, wt_error *err) {
  wt_status status = index_step_row(index, statement, "story", err);
  if (status) return status;
  read_story(out, statement);
  status = keep_story(out, arena, err);
  sqlite3_reset(statement);
  return status;
}

wt_status wt_index_story(wt_story_row *out, wt_arena *arena, wt_index *index, int64_t id, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status =
      index_kept(&statement, index, Q_STORY_BY_ID, "SELECT " STORY_COLUMNS " FROM story s WHERE s.id = ?1", err);
  if (status) return status;
  bind_int(statement, 1, id);
  return one(out, arena, index, statement, err);
}

wt_status wt_index_story_by_path(wt_story_row *out, wt_arena *arena, wt_index *index, wt_span path, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status =
      index_kept(&statement, index, Q_STORY_BY_PATH, "SELECT " STORY_COLUMNS " FROM story s WHERE s.path = ?1", err);
  if (status) return status;
  bind_text(statement, 1, path);
  return one(out, arena, index, statement, err);
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
    where_text(where, "instr(lower(s.path || ' ' || ifnull(s.headline, '') || ' ' || ifnull(s.url, '')), lower(?)) > 0",
               f->part);
  where_span(where, "s.last", f->since, f->until);
  if (f->quarantined) where_plain(where, "s.quarantined > 0");
  if (!f->moved) where_plain(where, "s.moved_to IS NULL");
  if (f->by_status) where_number(where, "s.status = ?", f->status);
}

wt_status wt_index_stories(wt_index *index, const wt_story_filter *f, wt_story_each each, void *context,
                           wt_error *err) {
  index_where where = {0};
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_DONE;
  filter(&where, f);
  wt_status status = where_prepare(&statement, &where, index, "SELECT " STORY_COLUMNS " FROM story s",
                                   " ORDER BY s.outlet, s.first, s.path", f->limit, err);
  while (status == WT_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    wt_story_row row;
    read_story(&row, statement);
    if (!each(context, &row)) break;
  }
  if (status == WT_OK && code != SQLITE_DONE && code != SQLITE_ROW) status = index_fail(index, "read", err);
  sqlite3_finalize(statement);
  return status;
}
