/* watch: what the watcher knows of each URL, as the journal's last record of it says. */
#include "sql.h"

#define WATCH_COLUMNS                                                                                                  \
  "url, source, is_source, etag, last_modified, state, path, first, checked, changed, next, factor, trouble"

static void read_watch(wt_watch_row *out, sqlite3_stmt *s) {
  *out = (wt_watch_row){.url = column_span(s, 0),
                        .source = column_span(s, 1),
                        .is_source = sqlite3_column_int(s, 2) != 0,
                        .etag = column_span(s, 3),
                        .last_modified = column_span(s, 4),
                        .state = column_span(s, 5),
                        .path = column_span(s, 6),
                        .first = column_instant(s, 7),
                        .checked = column_instant(s, 8),
                        .changed = column_instant(s, 9),
                        .next = column_instant(s, 10),
                        .factor = sqlite3_column_int(s, 11),
                        .trouble = (uint32_t)sqlite3_column_int64(s, 12)};
}

wt_status wt_index_put_watch(wt_index *index, const wt_watch_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_WATCH_PUT,
                                "INSERT OR REPLACE INTO watch(" WATCH_COLUMNS ") "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                                err);
  if (status) return status;
  bind_text(s, 1, row->url);
  bind_text(s, 2, row->source);
  bind_int(s, 3, row->is_source);
  bind_span(s, 4, row->etag);
  bind_span(s, 5, row->last_modified);
  bind_text(s, 6, row->state);
  bind_span(s, 7, row->path);
  bind_instant(s, 8, row->first);
  bind_instant(s, 9, row->checked);
  bind_instant(s, 10, row->changed);
  bind_instant(s, 11, row->next);
  bind_int(s, 12, row->factor);
  bind_int(s, 13, row->trouble);
  return index_step_done(index, s, err);
}

wt_status wt_index_watch(wt_watch_row *out, wt_arena *arena, wt_index *index, wt_span url, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_WATCH, "SELECT " WATCH_COLUMNS " FROM watch WHERE url = ?1", err);
  if (status) return status;
  bind_text(s, 1, url);
  status = index_step_row(index, s, "watched URL", err);
  if (status) return status;
  read_watch(out, s);
  wt_span *spans[] = {&out->url, &out->source, &out->etag, &out->last_modified, &out->state, &out->path};
  status = keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
  sqlite3_reset(s);
  return status;
}

static wt_status each_row(wt_index *index, index_where *where, const char *order, uint32_t limit, wt_watch_each each,
                          void *context, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_status status = where_prepare(&s, where, index, "SELECT " WATCH_COLUMNS " FROM watch ", order, limit, err);
  while (index_next_row(&status, index, s, err)) {
    wt_watch_row row;
    read_watch(&row, s);
    if (!each(context, &row)) break;
  }
  sqlite3_finalize(s);
  return status;
}

wt_status wt_index_watch_due(wt_index *index, wt_instant now, uint32_t limit, wt_watch_each each, void *context,
                             wt_error *err) {
  index_where where = {0};
  where_number(&where, "next <= ?", now);
  return each_row(index, &where, " ORDER BY is_source DESC, next, url", limit, each, context, err);
}

wt_status wt_index_watched(wt_index *index, wt_watch_each each, void *context, wt_error *err) {
  index_where where = {0};
  return each_row(index, &where, " ORDER BY is_source DESC, url", 0, each, context, err);
}

wt_status wt_index_watch_next(wt_instant *out, wt_index *index, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_status status = index_prepare(&s, index, "SELECT min(next) FROM watch", err);
  *out = WT_INSTANT_NONE;
  if (status == WT_OK && sqlite3_step(s) == SQLITE_ROW) *out = column_instant(s, 0);
  sqlite3_finalize(s);
  return status;
}
