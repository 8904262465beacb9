/* put: a revision into the catalogue, with all that hangs on it. */
#include "sql.h"

/* ---- the story's row ---- */

static wt_status story_id(int64_t *out, wt_index *index, wt_span path, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_ID, "SELECT id FROM story WHERE path = ?1", err);
  if (status) return status;
  bind_text(s, 1, path);
  status = index_step_row(index, s, "story", err);
  if (status == WT_OK) *out = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return status;
}

/* The first segment of a path is the outlet. */
static wt_span outlet_of(wt_span path) {
  return wt_span_sub(path, 0, wt_span_find(path, WT_SPAN("/")));
}

static wt_status story_new(int64_t *out, wt_index *index, const wt_revision_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_NEW,
                                "INSERT INTO story(path, outlet, first, last, seen, revisions, current, status, words) "
                                "VALUES(?1, ?2, ?3, NULL, ?3, 0, 0, 0, 0)",
                                err);
  if (status) return status;
  bind_text(s, 1, row->path);
  bind_text(s, 2, outlet_of(row->path));
  bind_int(s, 3, row->captured);
  status = index_step_done(index, s, err);
  *out = sqlite3_last_insert_rowid(index->db);
  return status;
}

static wt_status story_grown(wt_index *index, int64_t story, const wt_revision_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_GROWN,
                                "UPDATE story SET revisions = max(revisions, ?2), tip = ?3, tip_blob = ?4, "
                                "first = min(first, ?5), seen = max(seen, ?5) WHERE id = ?1",
                                err);
  if (status) return status;
  bind_int(s, 1, story);
  bind_int(s, 2, row->number);
  bind_oid(s, 3, &row->commit);
  bind_oid(s, 4, &row->blob);
  bind_int(s, 5, row->captured);
  return index_step_done(index, s, err);
}

/* Becomes the current text unless a later capture is held. */
static wt_status story_current(wt_index *index, int64_t story, const wt_revision_row *row, const wt_story *text,
                               wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_CURRENT,
                                "UPDATE story SET current = ?2, last = ?3, headline = ?4, url = ?5, canonical = ?6, "
                                "language = ?7, status = ?8, words = ?9 WHERE id = ?1 AND (last IS NULL OR last <= ?3)",
                                err);
  if (status) return status;
  bind_int(s, 1, story);
  bind_int(s, 2, row->number);
  bind_int(s, 3, row->captured);
  bind_span(s, 4, row->headline);
  bind_span(s, 5, row->url);
  bind_span(s, 6, text ? text->fields[WT_FIELD_CANONICAL] : (wt_span){0});
  bind_span(s, 7, text ? text->fields[WT_FIELD_LANGUAGE] : (wt_span){0});
  bind_int(s, 8, row->status);
  bind_int(s, 9, row->words);
  return index_step_done(index, s, err);
}

/* ---- the revision's row ---- */

static wt_status put_row(wt_index *index, int64_t story, const wt_revision_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status =
      index_kept(&s, index, Q_REVISION_PUT,
                 "INSERT OR REPLACE INTO revision VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
                 "?14, ?15, ?16, ?17, NULL)",
                 err);
  if (status) return status;
  bind_int(s, 1, story);
  bind_int(s, 2, row->number);
  bind_oid(s, 3, &row->commit);
  bind_oid(s, 4, &row->blob);
  bind_oid(s, 5, &row->capture);
  bind_oid(s, 6, &row->previous);
  bind_int(s, 7, row->captured);
  bind_span(s, 8, row->subject);
  bind_span(s, 9, row->url);
  bind_span(s, 10, row->reason);
  bind_span(s, 11, row->headline);
  bind_hash(s, 12, row->key);
  bind_hash(s, 13, row->folded);
  bind_int(s, 14, row->classes);
  bind_int(s, 15, row->flags);
  bind_int(s, 16, row->status);
  bind_int(s, 17, row->words);
  return index_step_done(index, s, err);
}

/* What comes from the text rather than from the commit. */
static wt_revision_row with_text(const wt_revision_row *row, const wt_story *text, const wt_fingerprint *print) {
  wt_revision_row full = *row;
  if (!text) return full;
  full.headline = text->fields[WT_FIELD_HEADLINE];
  full.key = text->key;
  full.folded = text->folded;
  full.status = text->status;
  if (!full.url.len) full.url = text->fields[WT_FIELD_URL];
  if (print) full.words = print->words;
  return full;
}

static wt_status put_text(wt_index *index, int64_t story, const wt_revision_row *row, const wt_story *text,
                          const wt_story *before, const wt_fingerprint *print, wt_error *err) {
  wt_status status = put_identities(index, story, text, err);
  if (status == WT_OK) status = put_samples(index, story, outlet_of(row->path), print, err);
  if (status == WT_OK) status = put_headline(index, story, row->headline, err);
  if (status == WT_OK) status = put_words(index, story, row->number, text, before, err);
  return status;
}

wt_status wt_index_put_revision(int64_t *story, wt_index *index, const wt_revision_row *row, const wt_story *text,
                                const wt_story *before, const wt_fingerprint *print, wt_error *err) {
  wt_revision_row full = with_text(row, text, print);
  wt_status status = story_id(story, index, row->path, err);
  if (status == WT_ENOTFOUND) status = story_new(story, index, row, err);
  if (status == WT_OK) status = put_row(index, *story, &full, err);
  if (status == WT_OK) status = story_grown(index, *story, &full, err);
  if (status == WT_OK) status = story_current(index, *story, &full, text, err);
  if (status == WT_OK && text) status = put_text(index, *story, &full, text, before, print, err);
  return status;
}
