/* rows: stories and revisions as SQLite hands them out; what an unread text says comes from the text itself. */
#include "sql.h"

/* The canonical URL mostly is the URL: then its column is 1. */
static wt_span column_canonical(sqlite3_stmt *s, int at, wt_span url) {
  return sqlite3_column_type(s, at) == SQLITE_INTEGER ? url : column_span(s, at);
}

static void story_columns(wt_story_row *out, sqlite3_stmt *s) {
  *out = (wt_story_row){.id = sqlite3_column_int64(s, 0),
                        .path = column_span(s, 1),
                        .outlet = column_span(s, 2),
                        .headline = column_span(s, 3),
                        .url = column_span(s, 4),
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
  out->canonical = column_canonical(s, 5, out->url);
}

static void revision_columns(wt_revision_row *out, sqlite3_stmt *s) {
  *out = (wt_revision_row){.place = (uint64_t)sqlite3_column_int64(s, 0),
                           .story = sqlite3_column_int64(s, 1),
                           .path = column_span(s, 2),
                           .number = (uint32_t)sqlite3_column_int64(s, 3),
                           .commit = column_oid(s, 4),
                           .blob = column_oid(s, 5),
                           .capture = column_oid(s, 6),
                           .previous = column_oid(s, 7),
                           .captured = column_instant(s, 8),
                           .subject = column_span(s, 9),
                           .url = column_span(s, 10),
                           .reason = column_span(s, 11),
                           .headline = column_span(s, 12),
                           .key = column_hash(s, 13),
                           .folded = column_hash(s, 14),
                           .classes = (uint32_t)sqlite3_column_int64(s, 15),
                           .flags = (uint32_t)sqlite3_column_int64(s, 16),
                           .status = (wt_story_status)sqlite3_column_int(s, 17),
                           .words = (uint32_t)sqlite3_column_int64(s, 18),
                           .moved_to = column_span(s, 19)};
}

/* ---- unread texts ---- */

/* Has the text of the revision not been read, and is there one who can? */
static bool is_unread(const wt_index *index, sqlite3_stmt *s, int words, int blob) {
  return index->text_of && sqlite3_column_type(s, words) == SQLITE_NULL && sqlite3_column_type(s, blob) != SQLITE_NULL;
}

static wt_status story_said(wt_story_row *out, wt_arena *arena, wt_index *index, wt_oid blob, wt_error *err) {
  wt_story text;
  wt_status status = index->text_of(index->owner, &text, &out->words, arena, blob, err);
  if (status) return status;
  out->headline = text.fields[WT_FIELD_HEADLINE];
  out->canonical = text.fields[WT_FIELD_CANONICAL];
  out->language = text.fields[WT_FIELD_LANGUAGE];
  if (!out->url.len) out->url = text.fields[WT_FIELD_URL];
  out->status = text.status;
  return WT_OK;
}

static wt_status revision_said(wt_revision_row *out, wt_arena *arena, wt_index *index, wt_error *err) {
  wt_story text;
  wt_status status = index->text_of(index->owner, &text, &out->words, arena, out->blob, err);
  if (status) return status;
  out->headline = text.fields[WT_FIELD_HEADLINE];
  if (!out->url.len) out->url = text.fields[WT_FIELD_URL];
  out->key = text.key;
  out->folded = text.folded;
  out->status = text.status;
  return WT_OK;
}

/* Spans are SQLite's until the next step; what an unread text says lies in the arena. */
static wt_status read_story(wt_story_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *s, wt_error *err) {
  story_columns(out, s);
  return is_unread(index, s, 16, 18) ? story_said(out, arena, index, column_oid(s, 18), err) : WT_OK;
}

static wt_status read_revision(wt_revision_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *s, wt_error *err) {
  revision_columns(out, s);
  return is_unread(index, s, 18, 5) ? revision_said(out, arena, index, err) : WT_OK;
}

void wt_index_on_unread(wt_index *index, wt_index_text_of text_of, void *owner) {
  index->text_of = text_of;
  index->owner = owner;
}

/* ---- one, and each ---- */

static wt_status keep_story(wt_story_row *row, wt_arena *arena, wt_error *err) {
  wt_span *spans[] = {&row->path,      &row->outlet,   &row->headline, &row->url,
                      &row->canonical, &row->language, &row->moved_to};
  return keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
}

static wt_status keep_revision(wt_revision_row *row, wt_arena *arena, wt_error *err) {
  wt_span *spans[] = {&row->path, &row->subject, &row->url, &row->reason, &row->headline, &row->moved_to};
  return keep_spans(spans, sizeof spans / sizeof *spans, arena, err);
}

wt_status one_story(wt_story_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *statement, wt_error *err) {
  wt_status status = index_step_row(index, statement, "story", err);
  if (status) return status;
  status = read_story(out, arena, index, statement, err);
  if (status == WT_OK) status = keep_story(out, arena, err);
  sqlite3_reset(statement);
  return status;
}

wt_status one_revision(wt_revision_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *statement, wt_error *err) {
  wt_status status = index_step_row(index, statement, "revision", err);
  if (status) return status;
  status = read_revision(out, arena, index, statement, err);
  if (status == WT_OK) status = keep_revision(out, arena, err);
  sqlite3_reset(statement);
  return status;
}

wt_status each_story(wt_index *index, sqlite3_stmt *statement, bool whole, wt_story_each each, void *context,
                     wt_error *err) {
  wt_arena arena = {0};
  wt_status status = WT_OK;
  bool go_on = true;
  while (go_on && index_next_row(&status, index, statement, err)) {
    wt_story_row row;
    if (whole)
      status = read_story(&row, &arena, index, statement, err);
    else
      story_columns(&row, statement);
    go_on = status == WT_OK && each(context, &row);
    wt_arena_release(&arena);
  }
  sqlite3_finalize(statement);
  return status;
}

wt_status each_revision(wt_index *index, sqlite3_stmt *statement, bool whole, wt_revision_row_each each, void *context,
                        wt_error *err) {
  wt_arena arena = {0};
  wt_status status = WT_OK;
  bool go_on = true;
  while (go_on && index_next_row(&status, index, statement, err)) {
    wt_revision_row row;
    if (whole)
      status = read_revision(&row, &arena, index, statement, err);
    else
      revision_columns(&row, statement);
    go_on = status == WT_OK && each(context, &row);
    wt_arena_release(&arena);
  }
  sqlite3_finalize(statement);
  return status;
}
