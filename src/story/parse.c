/* The canonical form in. Every refusal names the byte. */
#include "wt/story.h"

#include <string.h>

typedef struct parser {
  wt_story *story;
  wt_span bytes, rest;
  wt_error *err;
} parser;

static int64_t offset_of(const parser *p, wt_span at) {
  return at.data ? at.data - p->bytes.data : (int64_t)p->bytes.len;
}

static wt_status refuse(const parser *p, wt_span at, const char *what) {
  return wt_fail(p->err, WT_EFORMAT, "story", offset_of(p, at), "%s", what);
}

/* ---- front matter ---- */

/* What stands from `at` to the next backslash goes in as it is. */
static size_t put_plain(wt_buf *out, wt_span text, size_t at) {
  size_t end = at + wt_span_find(wt_span_sub(text, at, text.len), WT_SPAN("\\"));
  wt_buf_put_span(out, wt_span_sub(text, at, end));
  return end;
}

static wt_status unescape_value(const parser *p, wt_buf *out, wt_span value) {
  for (size_t i = put_plain(out, value, 0); i < value.len; i = put_plain(out, value, i + 1)) {
    char next = ++i < value.len ? value.data[i] : '\0';
    if (next != '\\' && next != 'n')
      return refuse(p, wt_span_sub(value, i - 1, i), "a \\ that is neither \\\\ nor \\n");
    wt_buf_put_char(out, next == 'n' ? '\n' : '\\');
  }
  return wt_buf_status(out, "story", p->err);
}

static wt_status parse_revision(parser *p, wt_span value) {
  uint64_t number = 0;
  for (size_t i = 0; i < value.len; i++) {
    if (value.data[i] < '0' || value.data[i] > '9') return refuse(p, value, "a revision that is no number");
    number = number * 10 + (uint64_t)(value.data[i] - '0');
    if (number > UINT32_MAX) return refuse(p, value, "a revision number that is too large");
  }
  p->story->revision = (uint32_t)number;
  return WT_OK;
}

static wt_status parse_status(parser *p, wt_span value) {
  for (int s = WT_STATUS_USABLE; s <= WT_STATUS_CANCELED; s++)
    if (wt_span_equal(value, wt_span_of(wt_story_status_name((wt_story_status)s)))) {
      p->story->status = (wt_story_status)s;
      return WT_OK;
    }
  return refuse(p, value, "an unknown status");
}

static wt_status parse_state(parser *p, wt_span value) {
  for (int s = WT_CAPTURE_WHOLE; s <= WT_CAPTURE_NOT_FOUND; s++)
    if (wt_span_equal(value, wt_span_of(wt_capture_state_name((wt_capture_state)s)))) {
      p->story->state = (wt_capture_state)s;
      return WT_OK;
    }
  return refuse(p, value, "an unknown state");
}

static wt_status set_named(parser *p, wt_span line, wt_span name, wt_span value) {
  for (int f = 0; f < WT_FIELDS; f++)
    if (wt_span_equal(name, wt_span_of(wt_story_field_name((wt_story_field)f)))) {
      if (p->story->fields[f].len) return refuse(p, line, "a field that stands twice");
      return wt_story_set(p->story, (wt_story_field)f, value, p->err);
    }
  for (int l = 0; l < WT_LISTS; l++)
    if (wt_span_equal(name, wt_span_of(wt_story_list_name((wt_story_list)l))))
      return wt_story_add(p->story, (wt_story_list)l, value, p->err);
  return refuse(p, line, "an unknown field");
}

static wt_status parse_field(parser *p, wt_span line) {
  size_t colon = wt_span_find(line, WT_SPAN(": "));
  if (colon == line.len) return refuse(p, line, "a line of the front matter without \": \"");
  wt_span name = wt_span_sub(line, 0, colon), value = wt_span_sub(line, colon + 2, line.len);
  if (wt_span_equal(name, WT_SPAN("revision"))) return parse_revision(p, value);
  if (wt_span_equal(name, WT_SPAN("status"))) return parse_status(p, value);
  if (wt_span_equal(name, WT_SPAN("state"))) return parse_state(p, value);
  wt_buf unescaped = {0};
  wt_status status = unescape_value(p, &unescaped, value);
  if (status == WT_OK) status = set_named(p, line, name, wt_buf_span(&unescaped));
  wt_buf_release(&unescaped);
  return status;
}

static wt_status parse_front_matter(parser *p) {
  wt_span line;
  if (!wt_span_line(&line, &p->rest) || !wt_span_equal(line, WT_SPAN("writethru: 1")))
    return refuse(p, wt_span_sub(p->bytes, 0, 1), "the first line is not \"writethru: 1\"");
  while (wt_span_line(&line, &p->rest) && line.len) {
    wt_status status = parse_field(p, line);
    if (status) return status;
  }
  return WT_OK;
}

/* ---- blocks ---- */

typedef struct marker {
  bool dropped;
  wt_block_kind kind;
  wt_span reason, id, time; /* in the arena */
} marker;

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

static wt_status parse_marker_value(parser *p, wt_span *out, wt_span value) {
  wt_buf plain = {0};
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < value.len; i++) {
    if (value.data[i] != '%') {
      wt_buf_put_char(&plain, value.data[i]);
      continue;
    }
    bool room = i + 2 < value.len;
    int high = room ? hex_value(value.data[i + 1]) : -1, low = room ? hex_value(value.data[i + 2]) : -1;
    if (high < 0 || low < 0)
      status = refuse(p, value, "a % without two digits");
    else
      wt_buf_put_char(&plain, (char)(high * 16 + low));
    i += 2;
  }
  if (status == WT_OK) status = wt_buf_status(&plain, "story", p->err);
  if (status == WT_OK) {
    *out = wt_span_keep(p->story->arena, wt_buf_span(&plain));
    if (!out->data) status = wt_fail(p->err, WT_ENOMEM, "story", -1, "out of memory");
  }
  wt_buf_release(&plain);
  return status;
}

static bool next_word(wt_span *word, wt_span *rest) {
  *rest = wt_span_trim(*rest);
  if (rest->len == 0) return false;
  size_t end = wt_span_find(*rest, WT_SPAN(" "));
  *word = wt_span_sub(*rest, 0, end);
  *rest = wt_span_sub(*rest, end, rest->len);
  return true;
}

static bool kind_named(wt_block_kind *out, wt_span name) {
  for (int k = 0; k < WT_BLOCK_KINDS; k++)
    if (wt_span_equal(name, wt_span_of(wt_block_kind_name((wt_block_kind)k)))) {
      *out = (wt_block_kind)k;
      return true;
    }
  return false;
}

static wt_status parse_attributes(parser *p, marker *m, wt_span rest) {
  wt_span word;
  wt_status status = WT_OK;
  while (status == WT_OK && next_word(&word, &rest)) {
    if (wt_span_starts(word, WT_SPAN("id=")))
      status = parse_marker_value(p, &m->id, wt_span_sub(word, 3, word.len));
    else if (wt_span_starts(word, WT_SPAN("time=")))
      status = parse_marker_value(p, &m->time, wt_span_sub(word, 5, word.len));
    else
      status = refuse(p, word, "an unknown attribute of a block");
  }
  return status;
}

static wt_status parse_marker(parser *p, marker *m, wt_span line) {
  if (line.data[line.len - 1] != ']') return refuse(p, line, "a block's marker without its ]");
  wt_span rest = wt_span_sub(line, 1, line.len - 1), word;
  if (!next_word(&word, &rest)) return refuse(p, line, "an empty marker");
  if (wt_span_equal(word, WT_SPAN("dropped"))) {
    m->dropped = true;
    if (!next_word(&word, &rest)) return refuse(p, line, "something dropped without a reason");
    rest = wt_span_trim(rest);
    if (rest.len) return refuse(p, rest, "something behind the reason of what was dropped");
    return parse_marker_value(p, &m->reason, word);
  }
  if (!kind_named(&m->kind, word)) return refuse(p, line, "an unknown kind of block");
  return parse_attributes(p, m, rest);
}

/* One line of text, unescaped; *joins when it ends in a single backslash. */
static wt_status parse_text_line(const parser *p, wt_buf *out, bool *joins, wt_span line) {
  *joins = false;
  for (size_t i = put_plain(out, line, 0); i < line.len; i = put_plain(out, line, i + 1)) {
    char next = i + 1 < line.len ? line.data[i + 1] : '\0';
    if (i + 1 == line.len)
      *joins = true;
    else if (next == '\\' || (next == '[' && i == 0))
      wt_buf_put_char(out, next);
    else
      return refuse(p, wt_span_sub(line, i, i + 1), "a \\ that escapes nothing");
    i++;
  }
  return WT_OK;
}

static wt_status store_block(parser *p, const marker *m, wt_span text) {
  if (m->dropped) return wt_story_drop(p->story, text, m->reason.data, p->err);
  size_t before = p->story->block_count;
  wt_status status = wt_story_add_block(p->story, m->kind, text, p->err);
  if (status == WT_OK && p->story->block_count > before) {
    p->story->blocks[before].id = m->id;
    p->story->blocks[before].time = m->time;
  }
  return status;
}

/* A block whose first line is `line`; reads on to an empty line or the end. */
static wt_status parse_block(parser *p, wt_span line) {
  marker m = {.kind = WT_BLOCK_PARAGRAPH};
  wt_buf text = {0};
  bool joins = true, more = true;
  wt_status status = WT_OK;
  if (line.data[0] == '[') {
    status = parse_marker(p, &m, line);
    more = wt_span_line(&line, &p->rest) && line.len;
  }
  while (status == WT_OK && more) {
    if (!joins) wt_buf_put_char(&text, ' ');
    status = parse_text_line(p, &text, &joins, line);
    more = wt_span_line(&line, &p->rest) && line.len;
  }
  if (status == WT_OK) status = wt_buf_status(&text, "story", p->err);
  if (status == WT_OK) status = store_block(p, &m, wt_buf_span(&text));
  wt_buf_release(&text);
  return status;
}

wt_status wt_story_parse(wt_story *out, wt_arena *arena, wt_span bytes, wt_error *err) {
  parser p = {.story = out, .bytes = bytes, .rest = bytes, .err = err};
  wt_story_init(out, arena);
  size_t valid = wt_utf8_valid(bytes);
  if (valid < bytes.len) return refuse(&p, wt_span_sub(bytes, valid, valid + 1), "not UTF-8");
  const char *nul = bytes.len ? memchr(bytes.data, '\0', bytes.len) : NULL;
  if (nul) return refuse(&p, (wt_span){nul, 1}, "a NUL byte");
  wt_status status = parse_front_matter(&p);
  wt_span line;
  while (status == WT_OK && wt_span_line(&line, &p.rest))
    if (line.len) status = parse_block(&p, line);
  return status ? status : wt_story_seal(out, err);
}
