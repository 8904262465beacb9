/* rows: stories and revisions as SQLite hands them out. */
#include "sql.h"

void read_story(wt_story_row *out, sqlite3_stmt *s) {
  *out = (wt_story_row){.id = sqlite3_column_int64(s, 0),
                        .path = column_span(s, 1),
                        .outlet = column_span(s, 2),
                        .headline = column_span(s, 3),
                        .url = column_span(s, 4),
                        .canonical = column_span(s, 5),
                        .language = column_span(s, 6),
                        .first = column_instant(s, 7),
                        .last = column_instant(s, 8),
                        .seen = column_instant(s, 9),
                        .revisions = (uint32_t)sqlite3_column_int64(s, 10),
                        .current = (uint32_t)sqlite3_column_int64(s, 11),
                        .tip = column_oid(s, 12),
                        .tip_blob = column_oid(s, 13),
                        .status = (wt_story_status)sqlite3_column_int(s, 14),
                        .quarantined = (uint32_t)sqlite3_column_int64(s, 15),
                        .words = (uint32_t)sqlite3_column_int64(s, 16),
                        .moved_to = column_span(s, 17)};
}

void read_revision(wt_revision_row *out, sqlite3_stmt *s) {
  *out = (wt_revision_row){.story = sqlite3_column_int64(s, 0),
                           .path = column_span(s, 1),
                           .number = (uint32_t)sqlite3_column_int64(s, 2),
                           .commit = column_oid(s, 3),
                           .blob = column_oid(s, 4),
                           .capture = column_oid(s, 5),
                           .previous = column_oid(s, 6),
                           .captured = column_instant(s, 7),
                           .subject = column_span(s, 8),
                           .url = column_span(s, 9),
                           .reason = column_span(s, 10),
                           .headline = column_span(s, 11),
                           .key = column_hash(s, 12),
                           .folded = column_hash(s, 13),
                           .classes = (uint32_t)sqlite3_column_int64(s, 14),
                           .flags = (uint32_t)sqlite3_column_int64(s, 15),
                           .status = (wt_story_status)sqlite3_column_int(s, 16),
                           .words = (uint32_t)sqlite3_column_int64(s, 17),
                           .moved_to = column_span(s, 18)};
}

wt_status keep_story(wt_story_row *row, wt_arena *arena, wt_error *err) {
  wt_span *spans[] = {&row->path,      &row->outlet,   &row->headline, &row->url,
                      &row->canonical, &row->language, &row->moved_to};
  return keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
}

wt_status keep_revision(wt_revision_row *row, wt_arena *arena, wt_error *err) {
  wt_span *spans[] = {&row->path, &row->subject, &row->url, &row->reason, &row->headline, &row->moved_to};
  return keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
}
