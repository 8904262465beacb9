/* sql: the handle, and SQLite's calls with our status, spans and hashes. */
#ifndef WT_INDEX_SQL_H
#define WT_INDEX_SQL_H

#include "wt/index.h"

#include <sqlite3.h>

/* Statements that are kept prepared. One is never used again before index_done. */
typedef enum index_query {
  Q_STORY_ID,
  Q_STORY_NEW,
  Q_STORY_GROWN,
  Q_STORY_CURRENT,
  Q_STORY_SEEN,
  Q_STORY_TO_LOAD,
  Q_STORY_LOADED,
  Q_STORY_BY_ID,
  Q_STORY_BY_PATH,
  Q_STORY_WAITS,
  Q_REVISION_PUT,
  Q_REVISION_SAID,
  Q_REVISION_FOLDED,
  Q_REVISION_BY_NUMBER,
  Q_IN_FORCE,
  Q_BEFORE,
  Q_BY_TEXT,
  Q_SIGHTING_PUT,
  Q_SEEN,
  Q_SIGHTING,
  Q_DECISION,
  Q_IDENTITY_PUT,
  Q_IDENTITY_ANY,
  Q_IDENTITY,
  Q_SAMPLE_PUT,
  Q_SAMPLE,
  Q_SPAN,
  Q_HEADLINE_PUT,
  Q_WORDS_PUT,
  Q_META_PUT,
  Q_META,
  Q_PLACES,
  Q_STORY_NOW,
  Q_WATCH_PUT,
  Q_WATCH,
  Q_IMPORTED_PUT,
  Q_IMPORTED,
  Q_COUNT
} index_query;

/* Words that wait for the commit: SQLite's full text writes out what it has gathered at every statement that follows. */
typedef struct index_words {
  wt_buf text;
  struct {
    int64_t row;
    size_t begin, end;
  } * items;
  size_t count, capacity;
} index_words;

struct wt_index {
  sqlite3 *db;
  char *path;
  bool read_only;
  bool open;                /* a transaction is */
  bool cleared;             /* in this transaction */
  uint64_t last, read;      /* of the transaction: places of the last revision, and of the last whose text was read */
  int64_t rank;             /* the last that an identity got; 0: not asked yet */
  wt_index_text_of text_of; /* of its owner; may be NULL */
  void *owner;
  sqlite3_stmt *kept[Q_COUNT];
  wt_buf text; /* scratch */
  index_words words;
};

wt_status index_fail(wt_index *index, const char *what, wt_error *err);
wt_status index_run(wt_index *index, const char *sql, wt_error *err);

/* A kept statement, reset and ready to bind. */
wt_status index_kept(sqlite3_stmt **out, wt_index *index, index_query query, const char *sql, wt_error *err);
/* A statement of one's own; finalize it. */
wt_status index_prepare(sqlite3_stmt **out, wt_index *index, const char *sql, wt_error *err);
/* Runs a kept statement that gives no row, and resets it. */
wt_status index_step_done(wt_index *index, sqlite3_stmt *statement, wt_error *err);
/* For a loop over rows: true at the next one. Else it is over, and *status is what went wrong, if anything did. While *status is
   a failure nothing is stepped. */
bool index_next_row(wt_status *status, wt_index *index, sqlite3_stmt *statement, wt_error *err);
/* WT_OK with a row, WT_ENOTFOUND without; the caller resets. `what` is named when there is none. */
wt_status index_step_row(wt_index *index, sqlite3_stmt *statement, const char *what, wt_error *err);

void bind_span(sqlite3_stmt *statement, int at, wt_span text); /* NULL when empty; the text must live until the step */
void bind_text(sqlite3_stmt *statement, int at, wt_span text); /* '' when empty */
void bind_int(sqlite3_stmt *statement, int at, int64_t value);
void bind_instant(sqlite3_stmt *statement, int at, wt_instant value);
void bind_oid(sqlite3_stmt *statement, int at, const wt_oid *oid);
void bind_hash(sqlite3_stmt *statement, int at, wt_hash hash);

wt_span column_span(sqlite3_stmt *statement, int at);
wt_instant column_instant(sqlite3_stmt *statement, int at);
wt_oid column_oid(sqlite3_stmt *statement, int at);
wt_hash column_hash(sqlite3_stmt *statement, int at);

/* Stories and revisions, with their columns in the order that the readers below take them. */
#define FROM_STORY                                                                                                     \
  "SELECT s.id, s.path, s.outlet, c.headline, c.url, c.canonical, c.language, s.first, s.last, s.seen, s.revisions, "  \
  "s.current, s.tip, s.tip_blob, c.status, s.quarantined, c.words, s.moved_to, c.blob "                                \
  "FROM story s LEFT JOIN revision c ON c.story = s.id AND c.number = s.current "
#define FROM_REVISION                                                                                                  \
  "SELECT r.place, r.story, s.path, r.number, r.id, r.blob, r.capture, r.previous, r.captured, r.subject, r.url, "     \
  "r.reason, r.headline, r.key, r.folded, r.classes, r.flags, r.status, r.words, r.moved_to "                          \
  "FROM revision r JOIN story s ON s.id = r.story "

/* The one row of a kept statement, all in the arena: WT_ENOTFOUND. Resets it. */
wt_status one_story(wt_story_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *statement, wt_error *err);
wt_status one_revision(wt_revision_row *out, wt_arena *arena, wt_index *index, sqlite3_stmt *statement, wt_error *err);
/* Each row of a statement until `each` says no; finalizes it. whole: with what unread texts say. */
wt_status each_story(wt_index *index, sqlite3_stmt *statement, bool whole, wt_story_each each, void *context,
                     wt_error *err);
wt_status each_revision(wt_index *index, sqlite3_stmt *statement, bool whole, wt_revision_row_each each, void *context,
                        wt_error *err);
wt_status keep_spans(wt_span **spans, size_t count, wt_arena *arena, wt_error *err);

/* Conditions of a query that is put together; values are bound in the order that they came. */
typedef struct index_where {
  wt_buf sql;
  struct {
    wt_span text;
    int64_t number;
    bool is_number;
  } values[12];
  int count;
} index_where;
void where_text(index_where *where, const char *condition, wt_span value);
void where_number(index_where *where, const char *condition, int64_t value);
void where_plain(index_where *where, const char *condition);
void where_span(index_where *where, const char *column, wt_instant since, wt_instant until);
/* `select` ... the conditions ... `order` with LIMIT, prepared and bound. Releases the buffer. */
wt_status where_prepare(sqlite3_stmt **out, index_where *where, wt_index *index, const char *select, const char *order,
                        uint32_t limit, wt_error *err);

/* Makes or drops the indexes of data/order.sql. WT_EEXISTS: two revisions have one number. */
wt_status index_order_make(wt_index *index, wt_error *err);
wt_status index_order_drop(wt_index *index, wt_error *err);

/* Parts of putting a revision. said: with what its text says (nothing, of a tombstone), or else unread. */
wt_span outlet_of(wt_span path);
wt_status put_row(wt_index *index, int64_t story, const wt_revision_row *row, const wt_story *text, bool said,
                  wt_error *err);
wt_status put_identities(wt_index *index, int64_t story, const wt_story *text, wt_error *err);
wt_status put_samples(wt_index *index, int64_t story, wt_span outlet, const wt_fingerprint *print,
                      const wt_fingerprint *before, wt_error *err);
wt_status put_headline(wt_index *index, int64_t story, wt_span headline, wt_error *err);
wt_status put_words(wt_index *index, int64_t story, uint32_t number, const wt_story *text, const wt_story *before,
                    wt_error *err);
wt_status flush_words(wt_index *index, wt_error *err);
void drop_words(wt_index *index);
/* The story that took all of this one, itself when none did. */
wt_status story_now(int64_t *story, wt_index *index, wt_error *err);
wt_status story_path(wt_span *out, wt_arena *arena, wt_index *index, int64_t story, wt_error *err);

#endif
