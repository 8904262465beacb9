/* revisions: looking revisions up and listing them, in order of capture. */
#include "sql.h"

wt_status wt_index_revision(wt_revision_row *out, wt_arena *arena, wt_index *index, int64_t story, uint32_t number,
                            wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status =
      index_kept(&statement, index, Q_REVISION_BY_NUMBER, FROM_REVISION "WHERE r.story = ?1 AND r.number = ?2", err);
  if (status) return status;
  bind_int(statement, 1, story);
  bind_int(statement, 2, number);
  return one_revision(out, arena, index, statement, err);
}

wt_status wt_index_in_force(wt_revision_row *out, wt_arena *arena, wt_index *index, int64_t story, wt_instant at,
                            wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_IN_FORCE,
                                FROM_REVISION "WHERE r.story = ?1 AND r.captured <= ?2 AND r.moved_to IS NULL "
                                              "ORDER BY r.captured DESC, r.number DESC LIMIT 1",
                                err);
  if (status) return status;
  bind_int(statement, 1, story);
  bind_int(statement, 2, at);
  return one_revision(out, arena, index, statement, err);
}

wt_status wt_index_before(wt_revision_row *out, wt_arena *arena, wt_index *index, const wt_revision_row *row,
                          wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_BEFORE,
                                FROM_REVISION "WHERE r.story = ?1 AND r.moved_to IS NULL AND "
                                              "(r.captured < ?2 OR (r.captured = ?2 AND r.number < ?3)) "
                                              "ORDER BY r.captured DESC, r.number DESC LIMIT 1",
                                err);
  if (status) return status;
  bind_int(statement, 1, row->story);
  bind_int(statement, 2, row->captured);
  bind_int(statement, 3, row->number);
  return one_revision(out, arena, index, statement, err);
}

wt_status wt_index_by_text(wt_revision_row *out, wt_arena *arena, wt_index *index, int64_t story, wt_hash folded,
                           wt_hash key, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_BY_TEXT,
                                FROM_REVISION "WHERE r.story = ?1 AND r.folded = ?2 AND r.moved_to IS NULL "
                                              "ORDER BY r.key = ?3 DESC, r.number DESC LIMIT 1",
                                err);
  if (status) return status;
  bind_int(statement, 1, story);
  bind_hash(statement, 2, folded);
  bind_hash(statement, 3, key);
  return one_revision(out, arena, index, statement, err);
}

/* Commit ids are not indexed: they are random, and only lasting links ask. */
wt_status wt_index_by_commit(wt_revision_row *out, wt_arena *arena, wt_index *index, wt_oid commit, wt_error *err) {
  sqlite3_stmt *statement = NULL;
  wt_status status = index_prepare(&statement, index, FROM_REVISION "WHERE r.id = ?1", err);
  if (status) return status;
  bind_oid(statement, 1, &commit);
  status = one_revision(out, arena, index, statement, err);
  sqlite3_finalize(statement);
  return status;
}

/* ---- lists ---- */

static void filter(index_where *where, const wt_revision_filter *f) {
  if (f->story) where_number(where, "r.story = ?", f->story);
  where_plain(where, "r.moved_to IS NULL");
  if (f->outlet.len) where_text(where, "s.outlet = ?", f->outlet);
  if (f->classes) where_number(where, "(r.classes & ?) <> 0", f->classes);
  if (f->reason.len) where_text(where, "? IN (r.reason, rtrim(r.reason, ' 0123456789'))", f->reason);
  where_span(where, "r.captured", f->since, f->until);
  if (f->flags_all) where_number(where, "(~r.flags & ?) = 0", f->flags_all);
  if (f->flags_none) where_number(where, "(r.flags & ?) = 0", f->flags_none);
}

wt_status wt_index_revisions(wt_index *index, const wt_revision_filter *f, wt_revision_row_each each, void *context,
                             wt_error *err) {
  index_where where = {0};
  sqlite3_stmt *statement = NULL;
  filter(&where, f);
  const char *order = f->newest_first ? " ORDER BY r.captured DESC, r.number DESC, s.path DESC"
                                      : " ORDER BY r.captured, r.number, s.path";
  wt_status status = where_prepare(&statement, &where, index, FROM_REVISION, order, f->limit, err);
  return status ? status : each_revision(index, statement, !f->catalogue, each, context, err);
}
