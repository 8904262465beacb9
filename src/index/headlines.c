/* headlines: which headline a story showed when, and which more than one story carried. */
#include "sql.h"

static wt_status hash_of(uint64_t *out, wt_index *index, wt_span headline, wt_error *err) {
  wt_buf_clear(&index->text);
  wt_status status = wt_fold(&index->text, headline, err);
  if (status == WT_OK) *out = wt_hash64(wt_buf_span(&index->text));
  return status;
}

wt_status put_headline(wt_index *index, int64_t story, wt_span headline, wt_error *err) {
  sqlite3_stmt *s;
  uint64_t hash;
  if (headline.len == 0) return WT_OK;
  wt_status status = hash_of(&hash, index, headline, err);
  if (status == WT_OK)
    status = index_kept(&s, index, Q_HEADLINE_PUT, "INSERT OR IGNORE INTO headline VALUES(?1, ?2)", err);
  if (status) return status;
  bind_int(s, 1, (int64_t)hash);
  bind_int(s, 2, story);
  return index_step_done(index, s, err);
}

/* ---- runs ---- */

/* A run that is still open: told when the next begins. */
typedef struct runs {
  wt_index *index;
  wt_headline_each each;
  void *context;
  wt_headline_row row;
  wt_buf path, headline;
  uint64_t only; /* tell only runs of this folded hash; 0: all */
  bool open, stopped;
  wt_status status;
  wt_error *err;
} runs;

static void tell(runs *r, wt_instant until) {
  if (!r->open || r->stopped) return;
  r->row.until = until;
  r->row.path = wt_buf_span(&r->path);
  r->row.outlet = wt_span_sub(r->row.path, 0, wt_span_find(r->row.path, WT_SPAN("/")));
  r->row.headline = wt_buf_span(&r->headline);
  if (!r->only || r->row.folded.low == r->only) r->stopped = !r->each(r->context, &r->row);
}

static bool on_revision(void *context, const wt_revision_row *row) {
  runs *r = context;
  wt_hash hash = {0, 0};
  if (row->flags & WT_REVISION_ERASED) return true;
  if ((r->status = hash_of(&hash.low, r->index, row->headline, r->err))) return false;
  if (r->open && wt_hash_equal(hash, r->row.folded)) return true;
  tell(r, row->captured);
  r->row = (wt_headline_row){.story = row->story, .number = row->number, .from = row->captured, .folded = hash};
  r->open = true;
  wt_buf_clear(&r->path);
  wt_buf_clear(&r->headline);
  wt_buf_put_span(&r->path, row->path);
  wt_buf_put_span(&r->headline, row->headline);
  r->status = wt_buf_status(&r->headline, NULL, r->err);
  return r->status == WT_OK && !r->stopped;
}

static wt_status runs_of(runs *r, int64_t story, wt_error *err) {
  wt_revision_filter filter = {.story = story, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  r->open = false;
  wt_status status = wt_index_revisions(r->index, &filter, on_revision, r, err);
  if (status == WT_OK) status = r->status;
  if (status == WT_OK) tell(r, WT_INSTANT_NONE);
  return status;
}

/* Headlines of several stories, each with its stories in the order of their first sight. */
static wt_status shared(runs *r, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_status status =
      index_prepare(&s, r->index,
                    "SELECT h.hash, h.story FROM headline h JOIN story s ON s.id = h.story WHERE s.moved_to IS NULL "
                    "AND h.hash IN (SELECT k.hash FROM headline k JOIN story t ON t.id = k.story "
                    "WHERE t.moved_to IS NULL GROUP BY k.hash HAVING count(*) > 1) "
                    "ORDER BY min(s.first) OVER (PARTITION BY h.hash), h.hash, s.first, s.path",
                    err);
  while (!r->stopped && index_next_row(&status, r->index, s, err)) {
    r->only = (uint64_t)sqlite3_column_int64(s, 0);
    status = runs_of(r, sqlite3_column_int64(s, 1), err);
  }
  sqlite3_finalize(s);
  return status;
}

wt_status wt_index_headlines(wt_index *index, int64_t story, wt_headline_each each, void *context, wt_error *err) {
  runs r = {.index = index, .each = each, .context = context, .err = err};
  wt_status status = story ? runs_of(&r, story, err) : shared(&r, err);
  wt_buf_release(&r.path);
  wt_buf_release(&r.headline);
  return status;
}
