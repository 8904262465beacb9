/* sightings: every capture that came, what became of it, and what was decided. */
#include "sql.h"

#define FROM_SIGHTING                                                                                                  \
  "SELECT g.record, g.story, ifnull(s.path, ''), g.at, g.assumed, g.state, g.revision, g.url, g.file, g.capture, "     \
  "g.input, "                                                                                                          \
  "g.folded, g.decision, g.given_headline, g.given_published FROM sighting g LEFT JOIN story s ON s.id = g.story "
/* As the partial index sighting_waits has it. */
#define WAITS "g.decision IS NULL AND g.state >= 'quarantined' AND g.state < 'quarantinee'"

static void read_sighting(wt_sighting_row *out, sqlite3_stmt *s) {
  *out = (wt_sighting_row){.record = (uint64_t)sqlite3_column_int64(s, 0),
                           .story = sqlite3_column_int64(s, 1),
                           .path = column_span(s, 2),
                           .at = column_instant(s, 3),
                           .assumed = sqlite3_column_int(s, 4) != 0,
                           .state = column_span(s, 5),
                           .revision = (uint32_t)sqlite3_column_int64(s, 6),
                           .url = column_span(s, 7),
                           .file = column_span(s, 8),
                           .capture = column_oid(s, 9),
                           .input = column_hash(s, 10),
                           .folded = column_hash(s, 11),
                           .decision = column_span(s, 12),
                           .given_headline = column_span(s, 13),
                           .given_published = column_span(s, 14)};
}

static wt_status one(wt_sighting_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *statement, wt_error *err) {
  wt_status status = index_step_row(index, statement, "capture", err);
  if (status) return status;
  read_sighting(out, statement);
  wt_span *spans[] = {&out->path,           &out->state,          &out->url, &out->file, &out->decision,
                      &out->given_headline, &out->given_published};
  status = keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
  sqlite3_reset(statement);
  return status;
}

wt_status wt_index_seen(wt_sighting_row *out, wt_arena *arena, wt_index *index, wt_hash input, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status =
      index_kept(&statement, index, Q_SEEN, FROM_SIGHTING "WHERE g.input = ?1 ORDER BY g.record LIMIT 1", err);
  if (status) return status;
  bind_hash(statement, 1, input);
  return one(out, arena, index, statement, err);
}

wt_status wt_index_sighting(wt_sighting_row *out, wt_arena *arena, wt_index *index, uint64_t record, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_SIGHTING, FROM_SIGHTING "WHERE g.record = ?1", err);
  if (status) return status;
  bind_int(statement, 1, (int64_t)record);
  return one(out, arena, index, statement, err);
}

wt_status wt_index_sightings(wt_index *index, const wt_sighting_filter *f, wt_sighting_each each, void *context,
                             wt_error *err) {
  index_where where = {0};
  sqlite3_stmt *statement = NULL;
  if (f->story) where_number(&where, "g.story = ?", f->story);
  if (f->waiting) where_plain(&where, WAITS);
  where_span(&where, "g.at", f->since, f->until);
  wt_status status = where_prepare(&statement, &where, index, FROM_SIGHTING, " ORDER BY g.at, g.record", f->limit, err);
  while (index_next_row(&status, index, statement, err)) {
    wt_sighting_row row;
    read_sighting(&row, statement);
    if (!each(context, &row)) break;
  }
  sqlite3_finalize(statement);
  return status;
}

/* ---- writing ---- */

/* The count of waiting captures and the time of the last sighting, in the story's row. */
static wt_status story_seen(wt_index *index, int64_t story, wt_instant at, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(&statement, index, Q_STORY_SEEN,
                                "UPDATE story SET seen = ?2 WHERE id = ?1 AND (seen IS NULL OR seen < ?2)", err);
  if (status) return status;
  bind_int(statement, 1, story);
  bind_int(statement, 2, at);
  return index_step_done(index, statement, err);
}

static wt_status story_waits(wt_index *index, int64_t story, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = index_kept(
      &statement, index, Q_STORY_WAITS,
      "UPDATE story SET quarantined = (SELECT count(*) FROM sighting g WHERE g.story = ?1 AND " WAITS ") WHERE id = ?1",
      err);
  if (status) return status;
  bind_int(statement, 1, story);
  return index_step_done(index, statement, err);
}

wt_status wt_index_put_sighting(wt_index *index, const wt_sighting_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(
      &s, index, Q_SIGHTING_PUT,
      "INSERT OR REPLACE INTO sighting VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)", err);
  if (status) return status;
  bind_int(s, 1, (int64_t)row->record);
  bind_int(s, 2, row->story);
  bind_int(s, 3, row->at);
  bind_int(s, 4, row->assumed);
  bind_text(s, 5, row->state);
  bind_int(s, 6, row->revision);
  bind_span(s, 7, row->url);
  bind_span(s, 8, row->file);
  bind_oid(s, 9, &row->capture);
  bind_hash(s, 10, row->input);
  bind_hash(s, 11, row->folded);
  bind_span(s, 12, row->decision);
  bind_span(s, 13, row->given_headline);
  bind_span(s, 14, row->given_published);
  if ((status = index_step_done(index, s, err)) || !row->story) return status;
  if ((status = story_seen(index, row->story, row->at, err))) return status;
  return wt_span_starts(row->state, WT_SPAN("quarantined")) ? story_waits(index, row->story, err) : WT_OK;
}

wt_status wt_index_put_decision(wt_index *index, uint64_t record, wt_span decision, wt_error *err) {
  sqlite3_stmt *s;
  wt_arena arena = {0};
  wt_sighting_row row;
  wt_status status = wt_index_sighting(&row, &arena, index, record, err);
  if (status == WT_OK)
    status = index_kept(&s, index, Q_DECISION, "UPDATE sighting SET decision = ?2 WHERE record = ?1", err);
  if (status == WT_OK) {
    bind_int(s, 1, (int64_t)record);
    bind_text(s, 2, decision);
    status = index_step_done(index, s, err);
  }
  if (status == WT_OK && row.story) status = story_waits(index, row.story, err);
  wt_arena_release(&arena);
  return status;
}
