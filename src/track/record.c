/* record: printing and reading lines of the journal. */
#include "track/record.h"

#include <string.h>

/* ---- printing ---- */

static void put_hash(wt_json *json, const char *key, wt_hash hash) {
  char hex[33];
  wt_hash_hex(hex, hash);
  wt_json_member(json, key, wt_span_of(hex));
}

void record_put_time(wt_json *json, const char *key, wt_instant at) {
  if (at != WT_INSTANT_NONE) wt_json_member_time(json, key, at);
}

void record_begin(wt_json *json, wt_buf *out, const char *kind) {
  wt_json_init(json, out);
  wt_json_object(json);
  wt_json_member(json, "kind", wt_span_of(kind));
}

void record_put_seen(wt_buf *out, const wt_sighting_row *row) {
  wt_json json;
  record_begin(&json, out, "seen");
  record_put_time(&json, "at", row->at);
  wt_json_member(&json, "state", row->state);
  wt_json_member(&json, "story", row->path);
  wt_json_member_int(&json, "revision", row->revision);
  put_hash(&json, "input", row->input);
  put_hash(&json, "text", row->folded);
  if (row->assumed) wt_json_member_bool(&json, "assumed", true);
  if (row->url.len) wt_json_member(&json, "url", row->url);
  if (row->file.len) wt_json_member(&json, "file", row->file);
  if (row->given_headline.len) wt_json_member(&json, "headline", row->given_headline);
  if (row->given_published.len) wt_json_member(&json, "published", row->given_published);
  if (!wt_oid_is_none(row->capture)) {
    char hex[41];
    wt_oid_hex(hex, row->capture);
    wt_json_member(&json, "capture", wt_span_of(hex));
  }
  wt_json_object_end(&json);
}

void record_put_erased(wt_buf *out, const record *seen) {
  wt_json json;
  record_begin(&json, out, "seen");
  wt_json_member(&json, "at", record_get(seen, "at"));
  wt_json_member(&json, "state", wt_span_of(wt_reason_name(WT_REASON_ERASED)));
  wt_json_member(&json, "story", record_get(seen, "story"));
  wt_json_member_int(&json, "revision", (int64_t)record_number(seen, "revision"));
  wt_json_member(&json, "input", record_get(seen, "input"));
  wt_json_object_end(&json);
}

void record_put_decided(wt_buf *out, uint64_t capture, const char *decision) {
  wt_json json;
  record_begin(&json, out, "decided");
  wt_json_member_int(&json, "capture", (int64_t)capture);
  wt_json_member(&json, "decision", wt_span_of(decision));
  wt_json_object_end(&json);
}

void record_put_named(wt_buf *out, wt_span name, wt_span outlet, wt_span story) {
  wt_json json;
  record_begin(&json, out, "named");
  wt_json_member(&json, "name", name);
  wt_json_member(&json, "outlet", outlet);
  wt_json_member(&json, "story", story);
  wt_json_object_end(&json);
}

void record_put_regroup(wt_buf *out, wt_span from, uint32_t number, wt_span into, uint32_t became) {
  wt_json json;
  record_begin(&json, out, "regroup");
  wt_json_member(&json, "from", from);
  wt_json_member_int(&json, "number", number);
  wt_json_member(&json, "into", into);
  wt_json_member_int(&json, "became", became);
  wt_json_object_end(&json);
}

/* ---- reading ---- */

typedef struct scan {
  wt_span line;
  size_t at;
  wt_arena *arena;
} scan;

static bool eat(scan *s, char c) {
  if (s->at >= s->line.len || s->line.data[s->at] != c) return false;
  s->at++;
  return true;
}

static bool hex4(uint32_t *out, scan *s) {
  *out = 0;
  for (int i = 0; i < 4; i++) {
    if (s->at >= s->line.len) return false;
    char c = s->line.data[s->at++];
    uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
    if (digit == 16) return false;
    *out = *out << 4 | digit;
  }
  return true;
}

/* What wt_json writes: \" \\ \n \r \t and \uXXXX of the basic plane. */
static bool escape(wt_buf *out, scan *s) {
  static const char from[] = "\"\\/nrtbf", to[] = "\"\\/\n\r\t\b\f";
  if (s->at >= s->line.len) return false;
  char c = s->line.data[s->at++];
  const char *known = c ? strchr(from, c) : NULL;
  uint32_t code;
  if (known)
    wt_buf_put_char(out, to[known - from]);
  else if (c != 'u' || !hex4(&code, s))
    return false;
  else
    wt_buf_put_code_point(out, code);
  return true;
}

/* A string without an escape is copied as it stands. */
static bool plain_string(wt_span *out, scan *s) {
  wt_span rest = wt_span_sub(s->line, s->at, s->line.len);
  size_t len =
      rest.len > 1 && rest.data[0] == '"' ? wt_span_find(wt_span_sub(rest, 1, rest.len), WT_SPAN("\"")) : rest.len;
  if (len + 1 >= rest.len || memchr(rest.data + 1, '\\', len)) return false;
  *out = wt_span_keep(s->arena, wt_span_sub(rest, 1, len + 1));
  s->at += len + 2;
  return out->data != NULL;
}

static bool string(wt_span *out, scan *s) {
  if (plain_string(out, s)) return true;
  wt_buf text = {0};
  bool ok = eat(s, '"');
  while (ok && s->at < s->line.len && s->line.data[s->at] != '"') {
    if (eat(s, '\\'))
      ok = escape(&text, s);
    else
      wt_buf_put_char(&text, s->line.data[s->at++]);
  }
  ok = ok && eat(s, '"') && !text.failed;
  if (ok) *out = wt_span_keep(s->arena, wt_buf_span(&text));
  wt_buf_release(&text);
  return ok && out->data;
}

static bool bare(wt_span *out, scan *s) {
  size_t begin_at = s->at;
  while (s->at < s->line.len && s->line.data[s->at] != ',' && s->line.data[s->at] != '}') s->at++;
  *out = wt_span_keep(s->arena, wt_span_sub(s->line, begin_at, s->at));
  return out->len > 0;
}

static bool member(record *out, scan *s) {
  wt_span name, value;
  if (!string(&name, s) || !eat(s, ':')) return false;
  bool quoted = s->at < s->line.len && s->line.data[s->at] == '"';
  if (!(quoted ? string(&value, s) : bare(&value, s))) return false;
  if (out->count < RECORD_MEMBERS) {
    out->members[out->count].name = name;
    out->members[out->count++].value = value;
  }
  return true;
}

wt_status record_parse(record *out, wt_arena *arena, wt_span line, wt_error *err) {
  scan s = {.line = line, .arena = arena};
  out->count = 0;
  bool ok = eat(&s, '{');
  while (ok && !eat(&s, '}')) {
    ok = member(out, &s);
    if (ok && !eat(&s, ',') && !(s.at < line.len && line.data[s.at] == '}')) ok = false;
  }
  if (ok && s.at == line.len) return WT_OK;
  return wt_fail(err, WT_EFORMAT, "journal", (int64_t)s.at, "a record is no flat JSON object");
}

wt_span record_get(const record *in, const char *name) {
  for (size_t i = 0; i < in->count; i++)
    if (wt_span_equal(in->members[i].name, wt_span_of(name))) return in->members[i].value;
  return (wt_span){0};
}

uint64_t record_number(const record *in, const char *name) {
  wt_span digits = record_get(in, name);
  uint64_t value = 0;
  for (size_t i = 0; i < digits.len && i < 18; i++) {
    if (digits.data[i] < '0' || digits.data[i] > '9') return 0;
    value = value * 10 + (uint64_t)(digits.data[i] - '0');
  }
  return value;
}

wt_instant record_time(const record *in, const char *name) {
  wt_instant at;
  return wt_instant_parse(&at, record_get(in, name)) ? at : WT_INSTANT_NONE;
}
