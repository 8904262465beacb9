/* words: full text. A revision is searched for by the blocks that the text before it had not; the words of a text are then
   all among those of its revisions up to it, and the caller verifies. */
#include "sql.h"

enum { NUMBER_BITS = 20, TERMS = 16, WAITING_MOST = 2 << 20 };

/* ---- putting ---- */

static bool held(const wt_story *before, wt_hash folded) {
  for (size_t i = 0; before && i < before->block_count; i++)
    if (wt_hash_equal(before->blocks[i].folded, folded)) return true;
  return false;
}

/* The k-th block is looked for at the k-th place first: texts mostly agree, and then nothing is quadratic. */
static bool held_near(const wt_story *before, wt_hash folded, size_t *at) {
  if (!before) return false;
  for (size_t tries = 0; tries < 4 && *at < before->block_count; tries++)
    if (wt_hash_equal(before->blocks[*at + tries < before->block_count ? *at + tries : *at].folded, folded)) {
      *at += tries + 1;
      return true;
    }
  return before->block_count <= 256 && held(before, folded);
}

static void gather(wt_buf *out, const wt_story *text, const wt_story *before) {
  static const wt_story_field fields[] = {WT_FIELD_HEADLINE, WT_FIELD_KICKER, WT_FIELD_DECK, WT_FIELD_DATELINE};
  size_t at = 0;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    wt_span value = text->fields[fields[i]];
    if (before && wt_span_equal(value, before->fields[fields[i]])) continue;
    wt_buf_put_span(out, value);
    wt_buf_put_char(out, '\n');
  }
  for (size_t i = 0; i < text->block_count; i++) {
    if (held_near(before, text->blocks[i].folded, &at)) continue;
    wt_buf_put_span(out, text->blocks[i].text);
    wt_buf_put_char(out, '\n');
  }
  for (size_t l = 0; l < WT_LISTS; l++)
    for (size_t i = 0; i < text->lists[l].count; i++) {
      wt_buf_put_span(out, text->lists[l].items[i]);
      wt_buf_put_char(out, '\n');
    }
}

static bool is_ascii(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.data[i] >= 0x80) return false;
  return true;
}

/* Words apart by spaces, so that SQLite cuts scripts without spaces as we do; ASCII is cut alike as it stands. */
static wt_status spaced(wt_buf *out, wt_span text, wt_error *err) {
  wt_buf folded = {0};
  wt_words words = {0};
  wt_status status = wt_fold(&folded, text, err);
  if (status == WT_OK) status = wt_words_cut(&words, wt_buf_span(&folded), err);
  for (size_t i = 0; status == WT_OK && i < words.count; i++) {
    wt_word word = words.items[i];
    if (word.kind == WT_WORD_SPACE || word.kind == WT_WORD_MARK) continue;
    wt_buf_put(out, folded.data + word.begin, word.end - word.begin);
    wt_buf_put_char(out, ' ');
  }
  wt_words_release(&words);
  wt_buf_release(&folded);
  return status ? status : wt_buf_status(out, NULL, err);
}

static wt_status wait_for_commit(wt_index *index, int64_t row, wt_span searched, wt_error *err) {
  index_words *w = &index->words;
  if (!wt_grow(&w->items, &w->capacity, w->count + 1, sizeof *w->items))
    return wt_fail(err, WT_ENOMEM, index->path, -1, "out of memory");
  w->items[w->count].row = row;
  w->items[w->count].begin = w->text.len;
  wt_buf_put_span(&w->text, searched);
  w->items[w->count++].end = w->text.len;
  return wt_buf_status(&w->text, index->path, err);
}

wt_status put_words(wt_index *index, int64_t story, uint32_t number, const wt_story *text, const wt_story *before,
                    wt_error *err) {
  wt_buf plain = {0}, cut = {0};
  gather(&plain, text, before);
  wt_status status = wt_buf_status(&plain, index->path, err);
  wt_span searched = wt_span_trim(wt_buf_span(&plain));
  if (searched.len && !is_ascii(searched)) {
    status = spaced(&cut, searched, err);
    searched = wt_buf_span(&cut);
  }
  int64_t row = story << NUMBER_BITS | (number & ((1 << NUMBER_BITS) - 1));
  if (status == WT_OK && searched.len) status = wait_for_commit(index, row, searched, err);
  wt_buf_release(&plain);
  wt_buf_release(&cut);
  return status ? status : index->words.text.len > WAITING_MOST ? flush_words(index, err) : WT_OK;
}

wt_status flush_words(wt_index *index, wt_error *err) {
  index_words *w = &index->words;
  sqlite3_stmt *s;
  wt_status status = WT_OK;
  if (w->count) status = index_kept(&s, index, Q_WORDS_PUT, "INSERT INTO words(rowid, text) VALUES(?1, ?2)", err);
  for (size_t i = 0; status == WT_OK && i < w->count; i++) {
    bind_int(s, 1, w->items[i].row);
    bind_text(s, 2, wt_span_sub(wt_buf_span(&w->text), w->items[i].begin, w->items[i].end));
    status = index_step_done(index, s, err);
  }
  w->count = 0;
  wt_buf_clear(&w->text);
  return status;
}

void drop_words(wt_index *index) {
  wt_buf_release(&index->words.text);
  wt_free(index->words.items);
  index->words = (index_words){.count = 0};
}

/* ---- asking ---- */

static bool is_word(unsigned char c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The query's words as FTS5 strings; punctuation inside them splits, as the tokenizer does. */
static size_t terms_of(wt_span out[TERMS], wt_span text) {
  size_t count = 0;
  for (size_t at = 0; at < text.len && count < TERMS;) {
    while (at < text.len && !is_word((unsigned char)text.data[at])) at++;
    size_t begin = at;
    while (at < text.len && is_word((unsigned char)text.data[at])) at++;
    if (at > begin) out[count++] = wt_span_sub(text, begin, at);
  }
  return count;
}

/* Stories that have each term in some row. A word that SQLite sees as none (all marks) is not asked for. */
static wt_status search_sql(wt_buf *sql, const wt_span *terms, size_t count, wt_span outlet, uint32_t limit,
                            wt_error *err) {
  wt_buf_put_text(sql, FROM_STORY "WHERE s.moved_to IS NULL");
  for (size_t i = 0; i < count; i++)
    wt_buf_put_format(sql, " AND s.id IN (SELECT rowid >> %d FROM words WHERE words MATCH ?%d)", (int)NUMBER_BITS,
                      (int)i + 1);
  if (outlet.len) wt_buf_put_format(sql, " AND s.outlet = ?%d", (int)count + 1);
  wt_buf_put_text(sql, " ORDER BY s.last DESC, s.path");
  if (limit) wt_buf_put_format(sql, " LIMIT %u", (unsigned)limit);
  (void)terms;
  return wt_buf_status(sql, "search", err);
}

static wt_status bind_terms(sqlite3_stmt *s, wt_buf *quoted, const wt_span *terms, size_t count, wt_error *err) {
  for (size_t i = 0; i < count; i++) {
    wt_buf_clear(quoted);
    wt_buf_put_char(quoted, '"');
    wt_buf_put_span(quoted, terms[i]);
    wt_buf_put_char(quoted, '"');
    wt_status status = wt_buf_status(quoted, "search", err);
    if (status) return status;
    sqlite3_bind_text64(s, (int)i + 1, quoted->data, quoted->len, SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  return WT_OK;
}

wt_status wt_index_search(wt_index *index, wt_span query, wt_span outlet, uint32_t limit, wt_story_each each,
                          void *context, wt_error *err) {
  wt_span terms[TERMS];
  wt_buf cut = {0}, sql = {0}, quoted = {0};
  sqlite3_stmt *s = NULL;
  wt_status status = spaced(&cut, query, err);
  size_t count = status == WT_OK ? terms_of(terms, wt_buf_span(&cut)) : 0;
  if (status == WT_OK && count == 0) status = wt_fail(err, WT_EINVAL, NULL, -1, "the query has no word in it");
  if (status == WT_OK) status = search_sql(&sql, terms, count, outlet, limit, err);
  if (status == WT_OK) status = index_prepare(&s, index, sql.data, err);
  if (status == WT_OK) status = bind_terms(s, &quoted, terms, count, err);
  if (status == WT_OK && outlet.len) bind_text(s, (int)count + 1, outlet);
  if (status == WT_OK)
    status = each_story(index, s, true, each, context, err);
  else
    sqlite3_finalize(s);
  wt_buf_release(&cut);
  wt_buf_release(&sql);
  wt_buf_release(&quoted);
  return status;
}
