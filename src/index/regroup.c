/* regroup: revisions that went to another story. */
#include "sql.h"

/* A statement takes as many of the values as it has places for. */
static wt_status run_ints(wt_index *index, const char *sql, const int64_t *values, int count, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_status status = index_prepare(&s, index, sql, err);
  int places = status == WT_OK ? sqlite3_bind_parameter_count(s) : 0;
  for (int i = 0; i < places && i < count; i++) bind_int(s, i + 1, values[i]);
  if (status == WT_OK) status = index_step_done(index, s, err);
  sqlite3_finalize(s);
  return status;
}

/* What hangs on the story as a whole goes along: what it is called, its sightings, what it looks like. It comes to the same
   whether the texts were read before or are read later (story_now). */
static wt_status move_all(wt_index *index, int64_t from, int64_t into, wt_error *err) {
  static const char *const statements[] = {
      "UPDATE story SET moved_to = (SELECT path FROM story WHERE id = ?2) WHERE id = ?1",
      ("INSERT INTO identity SELECT kind, value, outlet, ?2, rank FROM identity WHERE story = ?1 "
       "ON CONFLICT DO UPDATE SET rank = max(rank, excluded.rank)"),
      "DELETE FROM identity WHERE story = ?1",
      "UPDATE sighting SET story = ?2 WHERE story = ?1",
      "UPDATE OR IGNORE sample SET story = ?2 WHERE story = ?1",
      "DELETE FROM sample WHERE story = ?1",
      "UPDATE OR IGNORE headline SET story = ?2 WHERE story = ?1",
      "DELETE FROM headline WHERE story = ?1"};
  int64_t values[] = {from, into};
  for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
    wt_status status = run_ints(index, statements[i], values, 2, err);
    if (status) return status;
  }
  return WT_OK;
}

wt_status story_now(int64_t *story, wt_index *index, wt_error *err) {
  enum { HOPS = 1000 };
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_NOW,
                                "SELECT t.id FROM story s JOIN story t ON t.path = s.moved_to WHERE s.id = ?1", err);
  for (int hop = 0; status == WT_OK && hop < HOPS; hop++) {
    bind_int(s, 1, *story);
    status = index_step_row(index, s, "story", err);
    if (status == WT_OK) *story = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
  }
  return status == WT_ENOTFOUND ? WT_OK : status;
}

/* After some revisions went, the latest of the others is the current text. */
static wt_status refresh(wt_index *index, int64_t story, wt_error *err) {
  int64_t values[] = {story};
  return run_ints(index,
                  "UPDATE story SET (current, last) = (SELECT r.number, r.captured FROM revision r WHERE r.story = ?1 "
                  "AND r.moved_to IS NULL ORDER BY r.captured DESC, r.number DESC LIMIT 1) WHERE id = ?1 AND EXISTS "
                  "(SELECT 1 FROM revision r WHERE r.story = ?1 AND r.moved_to IS NULL)",
                  values, 1, err);
}

wt_status wt_index_put_regroup(wt_index *index, int64_t from, uint32_t number, int64_t into, uint32_t became,
                               wt_error *err) {
  int64_t values[] = {from, number, into, became};
  wt_status status = run_ints(index,
                              "UPDATE revision SET moved_to = (SELECT path FROM story WHERE id = ?3) || '@' || ?4 "
                              "WHERE story = ?1 AND number = ?2",
                              values, 4, err);
  if (status) return status;
  sqlite3_stmt *s = NULL;
  bool left = false;
  status = index_prepare(&s, index, "SELECT 1 FROM revision WHERE story = ?1 AND moved_to IS NULL LIMIT 1", err);
  if (status == WT_OK) {
    bind_int(s, 1, from);
    left = sqlite3_step(s) == SQLITE_ROW;
  }
  sqlite3_finalize(s);
  if (status) return status;
  return left ? refresh(index, from, err) : move_all(index, from, into, err);
}
