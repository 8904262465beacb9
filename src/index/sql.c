/* sql: SQLite's calls with our status, spans and hashes. */
#include "sql.h"

#include <string.h>

wt_status index_fail(wt_index *index, const char *what, wt_error *err) {
  int code = sqlite3_errcode(index->db) & 0xFF;
  wt_status status = WT_EIO;
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) status = WT_ECORRUPT;
  if (code == SQLITE_NOMEM) status = WT_ENOMEM;
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) status = WT_EBUSY;
  int error = code == SQLITE_IOERR ? sqlite3_system_errno(index->db) : 0;
  return wt_fail(err, status, index->path, -1, "index: %s: %s%s%s", what, sqlite3_errmsg(index->db), error ? ": " : "",
                 error ? strerror(error) : "");
}

wt_status index_run(wt_index *index, const char *sql, wt_error *err) {
  return sqlite3_exec(index->db, sql, NULL, NULL, NULL) == SQLITE_OK ? WT_OK : index_fail(index, "statement", err);
}

wt_status index_prepare(sqlite3_stmt **out, wt_index *index, const char *sql, wt_error *err) {
  return sqlite3_prepare_v2(index->db, sql, -1, out, NULL) == SQLITE_OK ? WT_OK : index_fail(index, "prepare", err);
}

wt_status index_kept(sqlite3_stmt **out, wt_index *index, index_query query, const char *sql, wt_error *err) {
  sqlite3_stmt **kept = &index->kept[query];
  if (!*kept && sqlite3_prepare_v3(index->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL) != SQLITE_OK)
    return index_fail(index, "prepare", err);
  sqlite3_reset(*kept);
  *out = *kept;
  return WT_OK;
}

wt_status index_step_done(wt_index *index, sqlite3_stmt *statement, wt_error *err) {
  int code = sqlite3_step(statement);
  wt_status status = code == SQLITE_DONE || code == SQLITE_ROW ? WT_OK : index_fail(index, "write", err);
  sqlite3_reset(statement);
  return status;
}

bool index_next_row(wt_status *status, wt_index *index, sqlite3_stmt *statement, wt_error *err) {
  if (*status != WT_OK) return false;
  int code = sqlite3_step(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) *status = index_fail(index, "read", err);
  return code == SQLITE_ROW;
}

wt_status index_step_row(wt_index *index, sqlite3_stmt *statement, const char *what, wt_error *err) {
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) return WT_OK;
  wt_status status =
      code == SQLITE_DONE ? wt_fail(err, WT_ENOTFOUND, NULL, -1, "no such %s", what) : index_fail(index, "read", err);
  sqlite3_reset(statement);
  return status;
}

/* ---- binding ---- */

/* A failed bind leaves NULL, which the schema's NOT NULL or the answer shows; sizes past SQLite's limit are our fault. */
void bind_text(sqlite3_stmt *statement, int at, wt_span text) {
  sqlite3_bind_text64(statement, at, text.len ? text.data : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

void bind_span(sqlite3_stmt *statement, int at, wt_span text) {
  if (text.len)
    bind_text(statement, at, text);
  else
    sqlite3_bind_null(statement, at);
}

void bind_int(sqlite3_stmt *statement, int at, int64_t value) {
  sqlite3_bind_int64(statement, at, value);
}

void bind_instant(sqlite3_stmt *statement, int at, wt_instant value) {
  if (value == WT_INSTANT_NONE)
    sqlite3_bind_null(statement, at);
  else
    sqlite3_bind_int64(statement, at, value);
}

void bind_oid(sqlite3_stmt *statement, int at, const wt_oid *oid) {
  if (wt_oid_is_none(*oid))
    sqlite3_bind_null(statement, at);
  else
    sqlite3_bind_blob(statement, at, oid->bytes, sizeof oid->bytes, SQLITE_STATIC);
}

static void put64(unsigned char *out, uint64_t value) {
  for (int i = 7; i >= 0; i--, value >>= 8) out[i] = (unsigned char)(value & 0xFF);
}

static uint64_t get64(const unsigned char *in) {
  uint64_t value = 0;
  for (int i = 0; i < 8; i++) value = value << 8 | in[i];
  return value;
}

void bind_hash(sqlite3_stmt *statement, int at, wt_hash hash) {
  unsigned char bytes[16];
  put64(bytes, hash.high);
  put64(bytes + 8, hash.low);
  sqlite3_bind_blob(statement, at, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

/* ---- columns ---- */

wt_span column_span(sqlite3_stmt *statement, int at) {
  const char *text = (const char *)sqlite3_column_text(statement, at);
  return (wt_span){text ? text : "", (size_t)sqlite3_column_bytes(statement, at)};
}

wt_instant column_instant(sqlite3_stmt *statement, int at) {
  return sqlite3_column_type(statement, at) == SQLITE_NULL ? WT_INSTANT_NONE : sqlite3_column_int64(statement, at);
}

wt_oid column_oid(sqlite3_stmt *statement, int at) {
  wt_oid oid = {{0}};
  const void *bytes = sqlite3_column_blob(statement, at);
  if (bytes && sqlite3_column_bytes(statement, at) == (int)sizeof oid.bytes) memcpy(oid.bytes, bytes, sizeof oid.bytes);
  return oid;
}

wt_hash column_hash(sqlite3_stmt *statement, int at) {
  const unsigned char *bytes = sqlite3_column_blob(statement, at);
  if (!bytes || sqlite3_column_bytes(statement, at) != 16) return (wt_hash){0, 0};
  return (wt_hash){get64(bytes), get64(bytes + 8)};
}

wt_status keep_spans(wt_span **spans, size_t count, wt_arena *arena, wt_error *err) {
  for (size_t i = 0; i < count; i++) {
    *spans[i] = wt_span_keep(arena, *spans[i]);
    if (!spans[i]->data) return wt_fail(err, WT_ENOMEM, NULL, -1, "index: a row passed the ceiling of its arena");
  }
  return WT_OK;
}

/* ---- conditions ---- */

void where_plain(index_where *where, const char *condition) {
  wt_buf_put_text(&where->sql, where->sql.len ? " AND " : " WHERE ");
  wt_buf_put_text(&where->sql, condition);
}

void where_text(index_where *where, const char *condition, wt_span value) {
  where_plain(where, condition);
  where->values[where->count++].text = value;
}

void where_number(index_where *where, const char *condition, int64_t value) {
  where_plain(where, condition);
  where->values[where->count].number = value;
  where->values[where->count++].is_number = true;
}

void where_span(index_where *where, const char *column, wt_instant since, wt_instant until) {
  char condition[64];
  sqlite3_snprintf(sizeof condition, condition, "%s >= ?", column);
  if (since != WT_INSTANT_NONE) where_number(where, condition, since);
  sqlite3_snprintf(sizeof condition, condition, "%s < ?", column);
  if (until != WT_INSTANT_NONE) where_number(where, condition, until);
}

wt_status where_prepare(sqlite3_stmt **out, index_where *where, wt_index *index, const char *select, const char *order,
                        uint32_t limit, wt_error *err) {
  wt_buf sql = {0};
  wt_buf_put_text(&sql, select);
  wt_buf_put_span(&sql, wt_buf_span(&where->sql));
  wt_buf_put_text(&sql, order);
  if (limit) wt_buf_put_format(&sql, " LIMIT %u", (unsigned)limit);
  wt_status status = wt_buf_status(&sql, index->path, err);
  if (status == WT_OK) status = index_prepare(out, index, sql.data, err);
  for (int i = 0; status == WT_OK && i < where->count; i++) {
    if (where->values[i].is_number)
      bind_int(*out, i + 1, where->values[i].number);
    else
      bind_text(*out, i + 1, where->values[i].text);
  }
  wt_buf_release(&sql);
  wt_buf_release(&where->sql);
  return status;
}
