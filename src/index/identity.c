/* identity: what names a story within its outlet. */
#include "sql.h"

/* ---- normal forms ---- */

static bool is_take_word(wt_span word) {
  static const char *const words[] = {"ld",     "lead",       "writethru", "write-thru", "take",
                                      "update", "correction", "kill",      "sub",        "urgent"};
  while (word.len > 0 && word.data[0] >= '0' && word.data[0] <= '9') word = wt_span_sub(word, 1, word.len);
  if (word.len == 0) return true;
  for (size_t i = 0; i < 4; i++) {
    static const char *const ordinals[] = {"st", "nd", "rd", "th"};
    if (wt_span_starts(word, wt_span_of(ordinals[i]))) {
      word = wt_span_sub(word, 2, word.len);
      break;
    }
  }
  if (word.len == 0) return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (wt_span_starts(word, wt_span_of(words[i]))) return true;
  return false;
}

/* A wire slug in lower case, without the words at its end that number its takes: "BC-BKN--Heat 1st Ld-Writethru". */
static void slug_normal(wt_buf *out, wt_span slug) {
  size_t begin = out->len;
  slug = wt_span_trim(slug);
  for (size_t i = 0; i < slug.len; i++) {
    char c = slug.data[i];
    wt_buf_put_char(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
  }
  for (;;) {
    size_t end = out->len, at = end;
    while (at > begin && out->data[at - 1] != ' ' && out->data[at - 1] != ',') at--;
    if (at == begin || !is_take_word((wt_span){out->data + at, end - at})) break;
    while (at > begin && (out->data[at - 1] == ' ' || out->data[at - 1] == ',')) at--;
    out->len = at;
  }
}

static wt_span normal(wt_index *index, wt_identity_kind kind, wt_span value) {
  wt_buf_clear(&index->text);
  if (kind == WT_IDENTITY_URL)
    wt_url_normal(&index->text, value);
  else if (kind == WT_IDENTITY_SLUG)
    slug_normal(&index->text, value);
  else
    wt_buf_put_span(&index->text, wt_span_trim(value));
  return wt_buf_span(&index->text);
}

/* ---- putting ---- */

/* Ranks go up with every put, over all openings: the highest in the table is asked once. */
static wt_status next_rank(wt_index *index, wt_error *err) {
  sqlite3_stmt *s = NULL;
  if (index->rank++) return WT_OK;
  wt_status status = index_prepare(&s, index, "SELECT ifnull(max(rank), 0) + 1 FROM identity", err);
  if (status == WT_OK && sqlite3_step(s) == SQLITE_ROW)
    index->rank = sqlite3_column_int64(s, 0);
  else if (status == WT_OK)
    status = index_fail(index, "read", err);
  sqlite3_finalize(s);
  return status;
}

wt_status wt_index_put_identity(wt_index *index, wt_identity_kind kind, wt_span outlet, wt_span value, int64_t story,
                                wt_error *err) {
  sqlite3_stmt *s;
  wt_span key = normal(index, kind, value);
  if (key.len == 0) return wt_buf_status(&index->text, index->path, err);
  wt_status status = next_rank(index, err);
  if (status == WT_OK)
    status = index_kept(
        &s, index, Q_IDENTITY_PUT,
        "INSERT INTO identity VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET rank = excluded.rank", err);
  if (status) return status;
  bind_int(s, 1, kind);
  bind_text(s, 2, key);
  bind_text(s, 3, outlet);
  bind_int(s, 4, story);
  bind_int(s, 5, index->rank);
  return index_step_done(index, s, err);
}

wt_status put_identities(wt_index *index, int64_t story, const wt_story *text, wt_error *err) {
  static const struct {
    wt_story_field field;
    wt_identity_kind kind;
  } from[] = {{WT_FIELD_URL, WT_IDENTITY_URL},
              {WT_FIELD_CANONICAL, WT_IDENTITY_URL},
              {WT_FIELD_EMBEDDED_ID, WT_IDENTITY_EMBEDDED},
              {WT_FIELD_SLUG, WT_IDENTITY_SLUG}};
  wt_span outlet = text->fields[WT_FIELD_OUTLET];
  for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
    wt_span value = text->fields[from[i].field];
    if (value.len == 0) continue;
    wt_status status = wt_index_put_identity(index, from[i].kind, outlet, value, story, err);
    if (status) return status;
  }
  return WT_OK;
}

/* ---- looking up ---- */

wt_status wt_index_identities(wt_index *index, wt_identity_kind kind, wt_span outlet, wt_span value, uint32_t limit,
                              wt_id_each each, void *context, wt_error *err) {
  enum { MOST = 64 };
  int64_t found[MOST];
  uint32_t count = 0;
  sqlite3_stmt *s;
  wt_span key = normal(index, kind, value);
  if (limit == 0 || limit > MOST) limit = MOST;
  const char *sql = outlet.len
                        ? "SELECT story FROM identity WHERE kind = ?1 AND value = ?2 AND outlet = ?3 ORDER BY rank DESC"
                        : "SELECT story FROM identity WHERE kind = ?1 AND value = ?2 ORDER BY rank DESC";
  wt_status status = index_kept(&s, index, outlet.len ? Q_IDENTITY : Q_IDENTITY_ANY, sql, err);
  if (status) return status;
  bind_int(s, 1, kind);
  bind_text(s, 2, key);
  if (outlet.len) bind_text(s, 3, outlet);
  while (count < limit && index_next_row(&status, index, s, err)) found[count++] = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  for (uint32_t i = 0; status == WT_OK && i < count && each(context, found[i]); i++) {
  }
  return status;
}

static bool take_first(void *context, int64_t story) {
  *(int64_t *)context = story;
  return false;
}

wt_status wt_index_story_by_identity(wt_story_row *out, wt_arena *arena, wt_index *index, wt_identity_kind kind,
                                     wt_span outlet, wt_span value, wt_error *err) {
  int64_t story = 0;
  wt_status status = wt_index_identities(index, kind, outlet, value, 1, take_first, &story, err);
  if (status) return status;
  if (!story) return wt_fail(err, WT_ENOTFOUND, NULL, -1, "no such story");
  return wt_index_story(out, arena, index, story, err);
}
