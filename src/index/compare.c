/*
 * Comparing two indexes, table by table, in lockstep by their primary keys: one as it lies, and one made anew from git. Of
 * the words a story is to be found by the same ones in both; which revision brought them may differ, since a catch-up does
 * not know the text before.
 */
#include "sql.h"

#include <string.h>

typedef struct table {
  const char *name, *sql;
  int keys;  /* columns at the front that say which row it is */
  bool once; /* rows of the same keys count as one: a word's several revisions of one story */
} table;

static const table tables[] = {
    {"story",
     "SELECT path, id, outlet, first, last, seen, revisions, current, tip, tip_blob, quarantined, moved_to FROM story "
     "ORDER BY id",
     1, false},
    {"revision",
     "SELECT story, number, place, id, blob, capture, previous, captured, subject, url, reason, folded, classes, "
     "flags, "
     "moved_to, words, status, key, headline, language, canonical FROM revision ORDER BY story, number",
     2, false},
    {"sighting",
     "SELECT record, story, at, assumed, state, revision, url, file, capture, input, folded, decision, "
     "given_headline, given_published FROM sighting ORDER BY record",
     1, false},
    {"identity", "SELECT kind, value, outlet, story FROM identity ORDER BY kind, value, outlet, rank, story", 3, false},
    {"sample", "SELECT hash, story FROM sample ORDER BY hash, story", 2, false},
    {"headline", "SELECT hash, story FROM headline ORDER BY hash, story", 2, false},
    {"watch", "SELECT * FROM watch ORDER BY url", 1, false},
    {"imported", "SELECT * FROM imported ORDER BY leader, member", 2, false},
    {"words", "SELECT term, doc >> 20 FROM temp.word_list", 2, true},
};

typedef struct side {
  wt_index *index;
  sqlite3_stmt *rows;
  int code; /* of the last step */
} side;

static wt_status begin(side *s, const table *t, wt_error *err) {
  s->rows = NULL;
  return index_prepare(&s->rows, s->index, t->sql, err);
}

static wt_status next(side *s, wt_error *err) {
  s->code = sqlite3_step(s->rows);
  return s->code == SQLITE_ROW || s->code == SQLITE_DONE ? WT_OK : index_fail(s->index, "read", err);
}

static bool same_value(sqlite3_stmt *a, sqlite3_stmt *b, int column) {
  int type = sqlite3_column_type(a, column);
  if (type != sqlite3_column_type(b, column)) return false;
  if (type == SQLITE_INTEGER) return sqlite3_column_int64(a, column) == sqlite3_column_int64(b, column);
  return wt_span_equal(column_span(a, column), column_span(b, column));
}

/* The number of the first column in which they differ; the count of columns when they do not. */
static int first_other(const side *a, const side *b) {
  int count = sqlite3_column_count(a->rows), i = 0;
  while (i < count && same_value(a->rows, b->rows, i)) i++;
  return i;
}

/* "row 5, 1: the column subject is not what git says" */
static void tell(wt_buf *out, const table *t, const side *held, const side *made) {
  const side *here = held->code == SQLITE_ROW ? held : made;
  int other = held->code == made->code ? first_other(held, made) : 0;
  wt_buf_put_format(out, "table %s, row", t->name);
  for (int i = 0; i < t->keys; i++) {
    wt_span key = column_span(here->rows, i);
    wt_buf_put_text(out, i ? ", " : " ");
    wt_buf_put_span(out, wt_span_sub(key, 0, key.len < 100 ? key.len : 100));
  }
  if (held->code != made->code)
    wt_buf_put_text(out, held->code == SQLITE_ROW ? ": git does not have it" : ": it is missing");
  else
    wt_buf_put_format(out, ": %s is not what git says", sqlite3_column_name(held->rows, other));
  wt_buf_put_char(out, '\n');
}

/* Rows with the same term and story as the last one are passed over. */
static wt_status next_other(side *s, wt_buf *last, wt_error *err) {
  wt_status status;
  while ((status = next(s, err)) == WT_OK && s->code == SQLITE_ROW) {
    wt_span term = column_span(s->rows, 0);
    int64_t story = sqlite3_column_int64(s->rows, 1);
    size_t head = sizeof story;
    bool again = last->len == head + term.len && memcmp(last->data, &story, head) == 0 &&
                 wt_span_equal(wt_span_sub(wt_buf_span(last), head, last->len), term);
    if (again) continue;
    wt_buf_clear(last);
    wt_buf_put(last, &story, head);
    wt_buf_put_span(last, term);
    return wt_buf_status(last, s->index->path, err);
  }
  return status;
}

/* Ends at the first row that differs: what follows would be out of step. */
static wt_status compare(wt_buf *out, const table *t, side *held, side *made, wt_error *err) {
  wt_buf last[2] = {{0}, {0}};
  wt_error why = {0};
  wt_status status = begin(made, t, err), damage = WT_OK;
  if (status == WT_OK) damage = begin(held, t, &why);
  while (status == WT_OK && damage == WT_OK) {
    status = t->once ? next_other(made, &last[0], err) : next(made, err);
    if (status == WT_OK) damage = t->once ? next_other(held, &last[1], &why) : next(held, &why);
    if (status || damage) break;
    bool differ = held->code != made->code ||
                  (held->code == SQLITE_ROW && first_other(held, made) < sqlite3_column_count(held->rows));
    if (differ) tell(out, t, held, made);
    if (differ || held->code == SQLITE_DONE) break;
  }
  if (damage == WT_ENOMEM || damage == WT_EBUSY) {
    status = damage;
    if (err) *err = why;
  } else if (damage) {
    wt_buf_put_format(out, "table %s: %s\n", t->name, why.what);
  }
  sqlite3_finalize(held->rows);
  sqlite3_finalize(made->rows);
  for (size_t i = 0; i < 2; i++) wt_buf_release(&last[i]);
  return status;
}

static wt_status list_words(wt_index *index, wt_error *err) {
  return index_run(index,
                   "DROP TABLE IF EXISTS temp.word_list; "
                   "CREATE VIRTUAL TABLE temp.word_list USING fts5vocab(main, words, instance)",
                   err);
}

static wt_status compare_all(wt_buf *out, wt_index *held, wt_index *made, wt_error *err) {
  side sides[2] = {{.index = held}, {.index = made}};
  wt_index_stamp stamps[2];
  uint64_t last[2], read[2];
  wt_error why = {0};
  wt_status status = wt_index_stamp_get(&stamps[0], held, err);
  if (status == WT_OK) status = wt_index_stamp_get(&stamps[1], made, err);
  if (status == WT_OK) status = wt_index_places(&last[0], &read[0], held, err);
  if (status == WT_OK) status = wt_index_places(&last[1], &read[1], made, err);
  if (status) return status;
  if (memcmp(&stamps[0], &stamps[1], sizeof stamps[0]) != 0 || read[0] != read[1])
    return wt_fail(err, WT_EBUSY, held->path, -1, "index: it stands elsewhere than the one made anew");
  status = list_words(made, err);
  if (status == WT_OK && list_words(held, &why)) wt_buf_put_format(out, "table words: %s\n", why.what);
  for (size_t i = 0; status == WT_OK && i < sizeof tables / sizeof *tables; i++)
    status = compare(out, &tables[i], &sides[0], &sides[1], err);
  return status ? status : wt_buf_status(out, held->path, err);
}

wt_status wt_index_compare(wt_buf *out, wt_index *held, wt_index *made, wt_error *err) {
  wt_status status = index_run(held, "BEGIN", err); /* one state of it, whoever writes meanwhile */
  if (status == WT_OK) status = compare_all(out, held, made, err);
  index_run(held, "DROP TABLE IF EXISTS temp.word_list; ROLLBACK", NULL);
  index_run(made, "DROP TABLE IF EXISTS temp.word_list", NULL);
  return status;
}
