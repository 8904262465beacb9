/* imported: copies that were found elsewhere and imported, by URL. */
#include "sql.h"

#define IMPORTED_COLUMNS "leader_url, member_url, keys, share, leader_published, published, at"

static void read_imported(wt_imported_row *out, sqlite3_stmt *s) {
  *out = (wt_imported_row){.leader = column_span(s, 0),
                           .member = column_span(s, 1),
                           .keys = (uint64_t)sqlite3_column_int64(s, 2),
                           .share = (uint32_t)sqlite3_column_int64(s, 3),
                           .leader_published = column_instant(s, 4),
                           .published = column_instant(s, 5),
                           .at = column_instant(s, 6)};
}

/* The normal forms of two URLs, one behind the other in the index's scratch. */
static wt_status normal_pair(wt_span *leader, wt_span *member, wt_index *index, wt_span leader_url, wt_span member_url,
                             wt_error *err) {
  wt_buf_clear(&index->text);
  wt_url_normal(&index->text, leader_url);
  size_t middle = index->text.len;
  wt_url_normal(&index->text, member_url);
  *leader = wt_span_sub(wt_buf_span(&index->text), 0, middle);
  *member = wt_span_sub(wt_buf_span(&index->text), middle, index->text.len);
  return wt_buf_status(&index->text, index->path, err);
}

wt_status wt_index_put_imported(wt_index *index, const wt_imported_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_span leader, member;
  wt_status status = normal_pair(&leader, &member, index, row->leader, row->member, err);
  if (status == WT_OK)
    status = index_kept(&s, index, Q_IMPORTED_PUT,
                        "INSERT OR REPLACE INTO imported VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", err);
  if (status) return status;
  bind_text(s, 1, leader);
  bind_text(s, 2, member);
  bind_text(s, 3, row->leader);
  bind_text(s, 4, row->member);
  bind_int(s, 5, (int64_t)row->keys);
  bind_int(s, 6, row->share);
  bind_instant(s, 7, row->leader_published);
  bind_instant(s, 8, row->published);
  bind_int(s, 9, row->at);
  return index_step_done(index, s, err);
}

wt_status wt_index_imported_pair(wt_imported_row *out, wt_arena *arena, wt_index *index, wt_span leader, wt_span member,
                                 wt_error *err) {
  sqlite3_stmt *s;
  wt_span one, other;
  wt_status status = normal_pair(&one, &other, index, leader, member, err);
  if (status == WT_OK)
    status = index_kept(&s, index, Q_IMPORTED,
                        "SELECT " IMPORTED_COLUMNS " FROM imported WHERE leader = ?1 AND member = ?2", err);
  if (status) return status;
  bind_text(s, 1, one);
  bind_text(s, 2, other);
  status = index_step_row(index, s, "pair", err);
  if (status) return status;
  read_imported(out, s);
  wt_span *spans[] = {&out->leader, &out->member};
  status = keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
  sqlite3_reset(s);
  return status;
}

wt_status wt_index_imported(wt_index *index, wt_span url, wt_imported_each each, void *context, wt_error *err) {
  static const char of_one[] = "SELECT " IMPORTED_COLUMNS " FROM imported WHERE leader IN "
                               "(SELECT ?1 UNION SELECT leader FROM imported WHERE member = ?1) "
                               "ORDER BY leader, published, member";
  static const char of_all[] = "SELECT " IMPORTED_COLUMNS " FROM imported ORDER BY leader, published, member";
  sqlite3_stmt *s = NULL;
  wt_buf normal = {0};
  wt_url_normal(&normal, url);
  wt_status status = wt_buf_status(&normal, index->path, err);
  if (status == WT_OK) status = index_prepare(&s, index, url.len ? of_one : of_all, err);
  if (status == WT_OK && url.len) bind_text(s, 1, wt_buf_span(&normal));
  while (index_next_row(&status, index, s, err)) {
    wt_imported_row row;
    read_imported(&row, s);
    if (!each(context, &row)) break;
  }
  sqlite3_finalize(s);
  wt_buf_release(&normal);
  return status;
}
