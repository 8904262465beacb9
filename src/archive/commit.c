/* Writing and reading the text of commits. */
#include "archive/commit.h"

#include <string.h>

static const char author[] = "writethru <archive@writethru.invalid>";
enum { SUBJECT_MOST = 1000 };

static const wt_span trailer_names[WT_TRAILERS] = {
    [WT_TRAILER_STORY] = {"Story", sizeof "Story" - 1},
    [WT_TRAILER_REVISION] = {"Revision", sizeof "Revision" - 1},
    [WT_TRAILER_URL] = {"Url", sizeof "Url" - 1},
    [WT_TRAILER_CAPTURED] = {"Captured", sizeof "Captured" - 1},
    [WT_TRAILER_CAPTURE] = {"Capture", sizeof "Capture" - 1},
    [WT_TRAILER_CAPTURE_SHA256] = {"Capture-SHA256", sizeof "Capture-SHA256" - 1},
    [WT_TRAILER_TEXT] = {"Text", sizeof "Text" - 1},
    [WT_TRAILER_KEY] = {"Key", sizeof "Key" - 1},
    [WT_TRAILER_CLASSES] = {"Classes", sizeof "Classes" - 1},
    [WT_TRAILER_REASON] = {"Reason", sizeof "Reason" - 1},
    [WT_TRAILER_PREVIOUS] = {"Previous", sizeof "Previous" - 1},
    [WT_TRAILER_ERASED] = {"Erased", sizeof "Erased" - 1},
    [WT_TRAILER_LADDER_LEVEL] = {"Ladder-Level", sizeof "Ladder-Level" - 1},
    [WT_TRAILER_LADDER_COUNT] = {"Ladder-Count", sizeof "Ladder-Count" - 1},
    [WT_TRAILER_JOURNAL_FIRST] = {"Journal-First", sizeof "Journal-First" - 1},
    [WT_TRAILER_JOURNAL_COUNT] = {"Journal-Count", sizeof "Journal-Count" - 1},
    [WT_TRAILER_READER] = {"Reader", sizeof "Reader" - 1},
};

const char *wt_trailer_name(wt_trailer trailer) {
  return trailer_names[trailer].data;
}

/* ---- writing ---- */

static void put_person(wt_buf *out, const char *role, int64_t time) {
  wt_buf_put_format(out, "%s %s %lld +0000\n", role, author, (long long)(time < 0 ? 0 : time));
}

static void put_oid_line(wt_buf *out, const char *name, const char *between, wt_oid oid) {
  char hex[41];
  wt_oid_hex(hex, oid);
  wt_buf_put_format(out, "%s%s%s\n", name, between, hex);
}

void wt_commit_put_head(wt_buf *out, wt_oid tree, const wt_oid *parents, size_t parent_count, int64_t author_time,
                        int64_t committer_time) {
  put_oid_line(out, "tree", " ", tree);
  for (size_t i = 0; i < parent_count; i++) put_oid_line(out, "parent", " ", parents[i]);
  put_person(out, "author", author_time);
  put_person(out, "committer", committer_time);
  wt_buf_put_char(out, '\n');
}

/* What must not reach a terminal or a browser as it is: controls, line and paragraph separators, marks of direction. */
static bool is_unsafe(uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0x200e || c == 0x200f ||
         c == 0x61c || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == WT_NOT_UTF8;
}

static void put_hex(wt_buf *out, wt_span bytes) {
  for (size_t i = 0; i < bytes.len; i++) wt_buf_put_format(out, "\\x%02x", (unsigned)(unsigned char)bytes.data[i]);
}

static void put_escaped(wt_buf *out, wt_span text, bool double_backslash, size_t most) {
  size_t at = 0, start = out->len;
  while (at < text.len && out->len - start < most) {
    size_t from = at;
    while (at < text.len && text.data[at] >= 0x20 && text.data[at] < 0x7f && text.data[at] != '\\') at++;
    if (at - from > most - (out->len - start)) at = from + (most - (out->len - start));
    wt_buf_put_span(out, wt_span_sub(text, from, at));
    if (at > from) continue;
    uint32_t c = wt_utf8_next(text, &at);
    if (is_unsafe(c))
      put_hex(out, wt_span_sub(text, from, at));
    else if (c == '\\' && double_backslash)
      wt_buf_put_text(out, "\\\\");
    else
      wt_buf_put_span(out, wt_span_sub(text, from, at));
  }
}

void wt_archive_put_subject(wt_buf *out, wt_span subject) {
  put_escaped(out, wt_span_trim(subject), false, SUBJECT_MOST);
}

void wt_commit_put_subject(wt_buf *out, wt_span subject) {
  wt_archive_put_subject(out, subject);
  wt_buf_put_char(out, '\n');
}

void wt_commit_put_trailer(wt_buf *out, wt_trailer trailer, wt_span value) {
  if (value.len == 0) return;
  wt_buf_put_format(out, "%s: ", trailer_names[trailer].data);
  put_escaped(out, value, true, SIZE_MAX);
  wt_buf_put_char(out, '\n');
}

void wt_commit_put_trailer_oid(wt_buf *out, wt_trailer trailer, wt_oid oid) {
  if (!wt_oid_is_none(oid)) put_oid_line(out, trailer_names[trailer].data, ": ", oid);
}

void wt_commit_put_trailer_number(wt_buf *out, wt_trailer trailer, uint64_t number) {
  wt_buf_put_format(out, "%s: %llu\n", trailer_names[trailer].data, (unsigned long long)number);
}

/* ---- reading ---- */

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

wt_span wt_trailer_value(wt_buf *room, wt_span escaped) {
  size_t start = room->len;
  if (!wt_span_has(escaped, '\\')) return escaped;
  for (size_t i = 0; i < escaped.len; i++) {
    char c = escaped.data[i];
    bool hex = c == '\\' && i + 3 < escaped.len && escaped.data[i + 1] == 'x' &&
               digit_value(escaped.data[i + 2]) >= 0 && digit_value(escaped.data[i + 3]) >= 0;
    if (hex) {
      c = (char)(digit_value(escaped.data[i + 2]) << 4 | digit_value(escaped.data[i + 3]));
      i += 3;
    } else if (c == '\\' && i + 1 < escaped.len && escaped.data[i + 1] == '\\') {
      i++;
    }
    wt_buf_put_char(room, c);
  }
  return (wt_span){room->data + start, room->len - start};
}

bool wt_number_parse(uint64_t *out, wt_span text) {
  if (text.len == 0 || text.len > 19 || (text.data[0] == '0' && text.len > 1)) return false;
  uint64_t number = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return false;
    number = number * 10 + (uint64_t)(text.data[i] - '0');
  }
  *out = number;
  return true;
}

static wt_status broken(wt_error *err, wt_span all, wt_span rest, const char *what) {
  return wt_fail(err, WT_ECORRUPT, "commit", (int64_t)(all.len - rest.len), "%s", what);
}

static bool header(wt_span *value, wt_span *rest, const char *name) {
  wt_span line, after = *rest;
  size_t len = strlen(name);
  if (!wt_span_line(&line, &after) || line.len <= len || memcmp(line.data, name, len) != 0 || line.data[len] != ' ')
    return false;
  *value = wt_span_sub(line, len + 1, line.len);
  *rest = after;
  return true;
}

/* The seconds of "Name <mail> 1718888585 +0000". */
static bool person_time(int64_t *out, wt_span person) {
  size_t end = person.len;
  while (end > 0 && person.data[end - 1] != ' ') end--;
  if (end < 2) return false;
  size_t begin = --end;
  while (begin > 0 && person.data[begin - 1] != ' ') begin--;
  uint64_t seconds;
  if (!wt_number_parse(&seconds, wt_span_sub(person, begin, end)) || seconds > INT64_MAX) return false;
  *out = (int64_t)seconds;
  return true;
}

/* Trailers mostly come in the order that we write them in: one is looked for after the last, and *next is its follower. */
static void trailer_line(wt_commit *out, size_t *next, wt_span line) {
  const char *colon = memchr(line.data, ':', line.len);
  size_t len = colon ? (size_t)(colon - line.data) : line.len;
  if (len + 1 >= line.len || line.data[len + 1] != ' ') return;
  wt_span name = wt_span_sub(line, 0, len);
  for (size_t k = 0; k < WT_TRAILERS; k++) {
    size_t i = (*next + k) % WT_TRAILERS;
    if (!wt_span_equal(trailer_names[i], name)) continue;
    out->trailers[i] = wt_span_sub(line, len + 2, line.len);
    *next = i + 1;
    return;
  }
}

/* The subject is the first line, the trailers the last paragraph, which is not the first. */
static void read_message(wt_commit *out) {
  wt_span rest = out->message, line;
  size_t next = 0;
  if (!wt_span_line(&out->subject, &rest)) return;
  while (rest.len && rest.data[rest.len - 1] == '\n') rest.len--;
  size_t begin = rest.len;
  while (begin > 1 && !(rest.data[begin - 1] == '\n' && rest.data[begin - 2] == '\n')) begin--;
  if (begin == 1 && rest.data[0] != '\n') return;
  rest = wt_span_sub(rest, begin, rest.len);
  while (wt_span_line(&line, &rest)) trailer_line(out, &next, line);
}

wt_status wt_commit_parse(wt_commit *out, wt_span bytes, wt_error *err) {
  *out = (wt_commit){.parent_count = 0};
  wt_span rest = bytes, value, line;
  wt_oid parent;
  if (!header(&value, &rest, "tree") || !wt_oid_parse(&out->tree, value))
    return broken(err, bytes, rest, "no tree line");
  while (header(&value, &rest, "parent")) {
    if (!wt_oid_parse(&parent, value)) return broken(err, bytes, rest, "a parent that is no object id");
    if (out->parent_count < 2) out->parents[out->parent_count] = parent;
    out->parent_count++;
  }
  if (!header(&value, &rest, "author") || !person_time(&out->author_time, value))
    return broken(err, bytes, rest, "no author, or no time");
  if (!header(&value, &rest, "committer") || !person_time(&out->committer_time, value))
    return broken(err, bytes, rest, "no committer, or no time");
  while (wt_span_line(&line, &rest) && line.len > 0) continue; /* signatures, encodings of hand-made commits */
  out->message = rest;
  read_message(out);
  return WT_OK;
}

bool wt_commit_is_revision(const wt_commit *commit) {
  return commit->trailers[WT_TRAILER_STORY].len && commit->trailers[WT_TRAILER_REVISION].len &&
         commit->trailers[WT_TRAILER_TEXT].len;
}

bool wt_commit_is_rung(const wt_commit *commit) {
  return commit->parent_count == 2 && commit->trailers[WT_TRAILER_LADDER_LEVEL].len &&
         commit->trailers[WT_TRAILER_LADDER_COUNT].len;
}
