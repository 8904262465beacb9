/* index: opening, the stamp, transactions. */
#include "sql.h"

#include <string.h>

static const char schema[] = {
#include "index/data/schema.sql.inc"
};
static const char order[] = {
#include "index/data/order.sql.inc"
};
/* Hashes come in no order: after a clear their index is made last, by sorting. Nothing asks it in between. */
static const char inputs_index[] = "CREATE INDEX sighting_input ON sighting(input)";
enum { SCHEMA_VERSION = 4, WAIT_MS = 30000, NAP_MS = 5, CACHE_KB = 65536 };

/* ---- opening ---- */

static int64_t version_of(wt_index *index, wt_error *err, wt_status *status) {
  sqlite3_stmt *statement = NULL;
  int64_t version = 0;
  *status = index_prepare(&statement, index, "PRAGMA user_version", err);
  if (*status == WT_OK && sqlite3_step(statement) == SQLITE_ROW)
    version = sqlite3_column_int64(statement, 0);
  else if (*status == WT_OK)
    *status = index_fail(index, "open", err);
  sqlite3_finalize(statement);
  return version;
}

static wt_status make_schema(wt_index *index, wt_error *err) {
  char version[64];
  sqlite3_snprintf(sizeof version, version, "PRAGMA user_version = %d", SCHEMA_VERSION);
  wt_status status = index_run(index, schema, err);
  if (status == WT_OK) status = index_run(index, inputs_index, err);
  if (status == WT_OK) status = index_order_make(index, err);
  return status ? status : index_run(index, version, err);
}

/* Two processes may find the file empty at once: the schema is made inside a transaction, after a second look. */
static wt_status ensure_schema(wt_index *index, wt_error *err) {
  wt_status status;
  int64_t version = version_of(index, err, &status);
  if (status || version == SCHEMA_VERSION) return status;
  if (index->read_only) return wt_fail(err, WT_ENOTFOUND, index->path, -1, "index: not made yet");
  if ((status = index_run(index, "BEGIN IMMEDIATE", err))) return status;
  version = version_of(index, err, &status);
  if (status == WT_OK && version == 0)
    status = make_schema(index, err);
  else if (status == WT_OK && version != SCHEMA_VERSION)
    status = wt_fail(err, WT_ECORRUPT, index->path, -1, "index: made by another version (%lld)", (long long)version);
  if (status == WT_OK) status = index_run(index, "COMMIT", err);
  if (status) index_run(index, "ROLLBACK", NULL);
  return status;
}

/* A file that others are making too: SQLite refuses the change of its journal at once, whatever the busy timeout. */
static wt_status use_wal(wt_index *index, wt_error *err) {
  wt_status status;
  for (int waited = 0; (status = index_run(index, "PRAGMA journal_mode=WAL", err)) == WT_EBUSY; waited += NAP_MS) {
    if (waited >= WAIT_MS) break;
    sqlite3_sleep(NAP_MS);
  }
  return status;
}

static wt_status configure(wt_index *index, wt_error *err) {
  char sql[200];
  sqlite3_busy_timeout(index->db, WAIT_MS);
  sqlite3_snprintf(sizeof sql, sql, "PRAGMA cache_size=-%d; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456",
                   CACHE_KB);
  wt_status status = index_run(index, sql, err);
  if (status || index->read_only || (status = use_wal(index, err))) return status;
  /* NORMAL: a power cut may lose the last transactions, never the file; the stamp then shows what is missing. */
  return index_run(index, "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000", err);
}

static char *copy_path(const char *path) {
  char *copy = wt_alloc(strlen(path) + 1);
  if (copy) memcpy(copy, path, strlen(path) + 1);
  return copy;
}

wt_status wt_index_open(wt_index **out, const char *path, bool read_only, wt_error *err) {
  wt_index *index = wt_alloc_zero(1, sizeof *index);
  wt_status status = WT_OK;
  if (!index || !(index->path = copy_path(path))) {
    wt_free(index);
    return wt_fail(err, WT_ENOMEM, path, -1, "index: out of memory");
  }
  index->read_only = read_only;
  int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path, &index->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    status = index->db ? index_fail(index, "open", err) : wt_fail(err, WT_ENOMEM, path, -1, "index: out of memory");
  if (status == WT_OK) status = configure(index, err);
  if (status == WT_OK) status = ensure_schema(index, err);
  if (status)
    wt_index_close(index);
  else
    *out = index;
  return status;
}

void wt_index_close(wt_index *index) {
  if (!index) return;
  if (index->open) wt_index_rollback(index);
  for (size_t i = 0; i < Q_COUNT; i++) sqlite3_finalize(index->kept[i]);
  sqlite3_close(index->db);
  wt_buf_release(&index->text);
  drop_words(index);
  wt_free(index->path);
  wt_free(index);
}

wt_status wt_index_check(wt_buf *out, wt_index *index, wt_error *err) {
  sqlite3_stmt *s = NULL;
  wt_status status = index_prepare(&s, index, "PRAGMA integrity_check(20)", err);
  int code = SQLITE_DONE;
  while (status == WT_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
    wt_span line = column_span(s, 0);
    if (wt_span_equal(line, WT_SPAN("ok"))) continue;
    wt_buf_put_span(out, line);
    wt_buf_put_char(out, '\n');
  }
  if (status == WT_OK && code != SQLITE_DONE) status = index_fail(index, "check", err);
  sqlite3_finalize(s);
  return status ? status : wt_buf_status(out, index->path, err);
}

/* ---- stamp ---- */

static wt_status meta_get(sqlite3_stmt **out, wt_index *index, const char *name, wt_error *err) {
  wt_status status = index_kept(out, index, Q_META, "SELECT value FROM meta WHERE name = ?1", err);
  if (status) return status;
  bind_text(*out, 1, wt_span_of(name));
  return index_step_row(index, *out, "stamp", err);
}

wt_status wt_index_stamp_get(wt_index_stamp *out, wt_index *index, wt_error *err) {
  sqlite3_stmt *statement;
  *out = (wt_index_stamp){0};
  wt_status status = meta_get(&statement, index, "main", err);
  if (status == WT_OK) out->main = column_oid(statement, 0);
  if (status == WT_OK) status = meta_get(&statement, index, "journal", err);
  if (status == WT_OK) out->journal = (uint64_t)sqlite3_column_int64(statement, 0);
  if (status == WT_OK) sqlite3_reset(statement);
  return status == WT_ENOTFOUND ? WT_OK : status;
}

static wt_status meta_put(sqlite3_stmt **out, wt_index *index, const char *name, wt_error *err) {
  wt_status status = index_kept(out, index, Q_META_PUT, "INSERT OR REPLACE INTO meta VALUES(?1, ?2)", err);
  if (status == WT_OK) bind_text(*out, 1, wt_span_of(name));
  return status;
}

static wt_status stamp_put(wt_index *index, const wt_index_stamp *stamp, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = meta_put(&statement, index, "main", err);
  if (status) return status;
  bind_oid(statement, 2, &stamp->main);
  if ((status = index_step_done(index, statement, err))) return status;
  if ((status = meta_put(&statement, index, "journal", err))) return status;
  bind_int(statement, 2, (int64_t)stamp->journal);
  return index_step_done(index, statement, err);
}

wt_status wt_index_places(uint64_t *last, uint64_t *read, wt_index *index, wt_error *err) {
  sqlite3_stmt *s;
  wt_status status =
      index_kept(&s, index, Q_PLACES,
                 "SELECT ifnull(max(place), 0), ifnull((SELECT value FROM meta WHERE name = 'words'), 0) "
                 "FROM revision",
                 err);
  if (status == WT_OK) status = index_step_row(index, s, "place", err);
  if (status) return status;
  *last = (uint64_t)sqlite3_column_int64(s, 0);
  *read = (uint64_t)sqlite3_column_int64(s, 1);
  sqlite3_reset(s);
  return WT_OK;
}

static wt_status words_put(wt_index *index, wt_error *err) {
  sqlite3_stmt *statement;
  wt_status status = meta_put(&statement, index, "words", err);
  if (status) return status;
  bind_int(statement, 2, (int64_t)index->read);
  return index_step_done(index, statement, err);
}

/* ---- what finds and orders ---- */

wt_status index_order_make(wt_index *index, wt_error *err) {
  wt_status status = index_run(index, order, err);
  bool twice = status && (sqlite3_errcode(index->db) & 0xFF) == SQLITE_CONSTRAINT;
  return twice ? WT_EEXISTS : status;
}

wt_status index_order_drop(wt_index *index, wt_error *err) {
  return index_run(
      index,
      "DROP INDEX story_path; DROP INDEX story_order; DROP INDEX revision_number; DROP INDEX revision_when; "
      "DROP INDEX revision_text; DROP INDEX revision_time",
      err);
}

/* ---- transactions ---- */

wt_status wt_index_begin(wt_index *index, wt_error *err) {
  wt_status status = index_run(index, "BEGIN IMMEDIATE", err);
  index->open = status == WT_OK;
  if (status == WT_OK) status = wt_index_places(&index->last, &index->read, index, err);
  if (status && index->open) wt_index_rollback(index);
  return status;
}

wt_status wt_index_commit(wt_index *index, const wt_index_stamp *stamp, wt_error *err) {
  wt_status status = flush_words(index, err);
  if (status == WT_OK && index->cleared) status = index_run(index, inputs_index, err);
  if (status == WT_OK && stamp) status = stamp_put(index, stamp, err);
  if (status == WT_OK) status = words_put(index, err);
  if (status == WT_OK) status = index_run(index, "COMMIT", err);
  if (status) wt_index_rollback(index);
  index->open = index->cleared = false;
  return status;
}

void wt_index_rollback(wt_index *index) {
  index_run(index, "ROLLBACK", NULL);
  drop_words(index);
  index->open = index->cleared = false;
  index->rank = 0;
}

wt_status wt_index_clear(wt_index *index, wt_error *err) {
  index->rank = 0;
  index->last = index->read = 0;
  index->cleared = true;
  return index_run(
      index,
      "DROP INDEX IF EXISTS sighting_input;"
      "DELETE FROM meta; DELETE FROM story; DELETE FROM revision; DELETE FROM sighting; DELETE FROM identity;"
      "DELETE FROM watch; DELETE FROM imported;"
      "DELETE FROM sample; DELETE FROM headline; INSERT INTO words(words) VALUES('delete-all')",
      err);
}
