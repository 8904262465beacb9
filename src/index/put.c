/* put: a revision into the catalogue, with all that hangs on it. */
#include "sql.h"

/* ---- the story's row ---- */

/* The first segment of a path is the outlet. */
wt_span outlet_of(wt_span path) {
  return wt_span_sub(path, 0, wt_span_find(path, WT_SPAN("/")));
}

static wt_status story_new(int64_t *out, wt_index *index, const wt_revision_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_STORY_NEW,
                                "INSERT INTO story(path, outlet, first, last, seen, revisions, current) "
                                "VALUES(?1, ?2, ?3, NULL, ?3, 0, 0)",
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
static wt_status story_current(wt_index *index, int64_t story, const wt_revision_row *row, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status =
      index_kept(&s, index, Q_STORY_CURRENT,
                 "UPDATE story SET current = ?2, last = ?3 WHERE id = ?1 AND (last IS NULL OR last <= ?3)", err);
  if (status) return status;
  bind_int(s, 1, story);
  bind_int(s, 2, row->number);
  bind_int(s, 3, row->captured);
  return index_step_done(index, s, err);
}

/* ---- the revision's row ---- */

/* What its text says, from column `at` on; a tombstone has nothing to read. */
static void bind_said(sqlite3_stmt *s, int at, const wt_revision_row *row, const wt_story *text, wt_span url) {
  wt_span canonical = text ? text->fields[WT_FIELD_CANONICAL] : (wt_span){0};
  bind_int(s, at, row->words);
  bind_int(s, at + 1, row->status);
  bind_hash(s, at + 2, row->key);
  bind_span(s, at + 3, row->headline);
  bind_span(s, at + 4, text ? text->fields[WT_FIELD_LANGUAGE] : (wt_span){0});
  if (canonical.len && wt_span_equal(canonical, url))
    bind_int(s, at + 5, 1);
  else
    bind_span(s, at + 5, canonical);
}

wt_status put_row(wt_index *index, int64_t story, const wt_revision_row *row, const wt_story *text, bool said,
                  wt_error *err) {
  sqlite3_stmt *s;
  wt_status status =
      index_kept(&s, index, Q_REVISION_PUT,
                 "INSERT OR REPLACE INTO revision VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
                 "?14, NULL, ?15, ?16, ?17, ?18, ?19, ?20)",
                 err);
  if (status) return status;
  bind_int(s, 1, (int64_t)++index->last);
  bind_int(s, 2, story);
  bind_int(s, 3, row->number);
  bind_oid(s, 4, &row->commit);
  bind_oid(s, 5, &row->blob);
  bind_oid(s, 6, &row->capture);
  bind_oid(s, 7, &row->previous);
  bind_int(s, 8, row->captured);
  bind_span(s, 9, row->subject);
  bind_span(s, 10, row->url);
  bind_span(s, 11, row->reason);
  bind_hash(s, 12, row->folded);
  bind_int(s, 13, row->classes);
  bind_int(s, 14, row->flags);
  if (said)
    bind_said(s, 15, row, text, row->url);
  else
    for (int i = 15; i <= 20; i++) sqlite3_bind_null(s, i);
  return index_step_done(index, s, err);
}

/* What comes from the text rather than from the commit. */
static wt_revision_row with_text(const wt_revision_row *row, const wt_index_text *text) {
  wt_revision_row full = *row;
  if (!text) return full;
  full.headline = text->story->fields[WT_FIELD_HEADLINE];
  full.key = text->story->key;
  full.folded = text->story->folded;
  full.status = text->story->status;
  full.words = text->print->words;
  if (!full.url.len) full.url = text->story->fields[WT_FIELD_URL];
  return full;
}

/* What finds the text; of a story that regroup emptied it finds the one that took it. */
static wt_status put_text(wt_index *index, int64_t story, const wt_revision_row *row, const wt_index_text *text,
                          const wt_index_text *before, wt_error *err) {
  int64_t now = story;
  wt_status status = story_now(&now, index, err);
  if (status == WT_OK) status = put_identities(index, now, text->story, err);
  if (status == WT_OK)
    status = put_samples(index, now, outlet_of(row->path), text->print, before ? before->print : NULL, err);
  if (status == WT_OK) status = put_headline(index, now, row->headline, err);
  if (status == WT_OK) status = put_words(index, story, row->number, text->story, before ? before->story : NULL, err);
  return status;
}

wt_status wt_index_put_revision(int64_t *story, wt_index *index, const wt_revision_row *row, const wt_index_text *text,
                                const wt_index_text *before, wt_error *err) {
  bool in_turn = index->read == index->last; /* else its text waits for those before it */
  if (!in_turn) text = NULL;
  bool said = text || (row->flags & WT_REVISION_ERASED);
  wt_revision_row full = with_text(row, text);
  wt_status status = wt_index_story_id(story, index, row->path, err);
  if (status == WT_ENOTFOUND) status = story_new(story, index, row, err);
  if (status == WT_OK) status = put_row(index, *story, &full, text ? text->story : NULL, said, err);
  if (status == WT_OK) status = story_grown(index, *story, &full, err);
  if (status == WT_OK) status = story_current(index, *story, &full, err);
  if (status == WT_OK && text) status = put_text(index, *story, &full, text, before, err);
  if (status == WT_OK && in_turn && said) index->read = index->last;
  return status;
}

/* ---- a text whose revision is held ---- */

/* The commit said the key of the text: it is wrong only where somebody wrote it by hand. */
static wt_status mend_folded(wt_index *index, uint64_t place, wt_hash folded, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_REVISION_FOLDED, "UPDATE revision SET folded = ?2 WHERE place = ?1", err);
  if (status) return status;
  bind_int(s, 1, (int64_t)place);
  bind_hash(s, 2, folded);
  return index_step_done(index, s, err);
}

static wt_status said_now(wt_index *index, const wt_revision_row *row, const wt_story *text, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status = index_kept(&s, index, Q_REVISION_SAID,
                                "UPDATE revision SET words = ?1, status = ?2, key = ?3, headline = ?4, language = ?5, "
                                "canonical = ?6, url = ?7 WHERE place = ?8",
                                err);
  if (status) return status;
  bind_said(s, 1, row, text, row->url);
  bind_span(s, 7, row->url);
  bind_int(s, 8, (int64_t)row->place);
  return index_step_done(index, s, err);
}

wt_status wt_index_put_text(wt_index *index, const wt_revision_row *row, const wt_index_text *text,
                            const wt_index_text *before, wt_error *err) {
  wt_revision_row full = with_text(row, text);
  wt_status status = said_now(index, &full, text ? text->story : NULL, err);
  if (status == WT_OK && !wt_hash_equal(full.folded, row->folded))
    status = mend_folded(index, row->place, full.folded, err);
  if (status == WT_OK && text) status = put_text(index, row->story, &full, text, before, err);
  if (status == WT_OK) index->read = row->place;
  return status;
}
