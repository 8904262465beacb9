/* JSON out, without a tree (RFC 8259). */
#include "wt/base.h"

#include <assert.h>

void wt_json_init(wt_json *json, wt_buf *out) {
  *json = (wt_json){.out = out, .first = 1};
}

static void before_value(wt_json *json) {
  uint64_t bit = UINT64_C(1) << json->depth;
  if (json->after_key) {
    json->after_key = false;
  } else if (json->first & bit) {
    json->first &= ~bit;
  } else {
    wt_buf_put_char(json->out, ',');
  }
}

static void open_level(wt_json *json, char c) {
  before_value(json);
  wt_buf_put_char(json->out, c);
  json->depth++;
  assert(json->depth < 64);
  json->first |= UINT64_C(1) << json->depth;
}

static void close_level(wt_json *json, char c) {
  assert(json->depth > 0 && !json->after_key);
  json->depth--;
  wt_buf_put_char(json->out, c);
}

void wt_json_object(wt_json *json) {
  open_level(json, '{');
}

void wt_json_object_end(wt_json *json) {
  close_level(json, '}');
}

void wt_json_array(wt_json *json) {
  open_level(json, '[');
}

void wt_json_array_end(wt_json *json) {
  close_level(json, ']');
}

/* U+2028 and U+2029 end a line in JavaScript, and DEL and C1 move a terminal's cursor: escaped like controls. */
static bool must_escape(uint32_t c) {
  return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

static void put_escaped(wt_buf *out, uint32_t c) {
  switch (c) {
  case '"': wt_buf_put_text(out, "\\\""); return;
  case '\\': wt_buf_put_text(out, "\\\\"); return;
  case '\n': wt_buf_put_text(out, "\\n"); return;
  case '\r': wt_buf_put_text(out, "\\r"); return;
  case '\t': wt_buf_put_text(out, "\\t"); return;
  default: wt_buf_put_format(out, "\\u%04x", (unsigned)c);
  }
}

static void put_string(wt_buf *out, wt_span value) {
  wt_buf_put_char(out, '"');
  size_t run = 0;
  for (size_t at = 0; at < value.len;) {
    size_t start = at;
    uint32_t c = wt_utf8_next(value, &at);
    if (c != WT_NOT_UTF8 && !must_escape(c)) continue;
    wt_buf_put(out, value.data + run, start - run);
    if (c == WT_NOT_UTF8)
      wt_buf_put_code_point(out, 0xFFFD);
    else
      put_escaped(out, c);
    run = at;
  }
  if (run < value.len) wt_buf_put(out, value.data + run, value.len - run);
  wt_buf_put_char(out, '"');
}

void wt_json_key(wt_json *json, const char *key) {
  before_value(json);
  put_string(json->out, wt_span_of(key));
  wt_buf_put_char(json->out, ':');
  json->after_key = true;
}

void wt_json_span(wt_json *json, wt_span value) {
  before_value(json);
  put_string(json->out, value);
}

void wt_json_text(wt_json *json, const char *value) {
  if (value)
    wt_json_span(json, wt_span_of(value));
  else
    wt_json_null(json);
}

void wt_json_int(wt_json *json, int64_t value) {
  before_value(json);
  wt_buf_put_format(json->out, "%lld", (long long)value);
}

void wt_json_bool(wt_json *json, bool value) {
  before_value(json);
  wt_buf_put_text(json->out, value ? "true" : "false");
}

void wt_json_null(wt_json *json) {
  before_value(json);
  wt_buf_put_text(json->out, "null");
}

void wt_json_share(wt_json *json, int64_t parts) {
  before_value(json);
  const char *sign = parts < 0 ? "-" : "";
  long long size = parts < 0 ? -(long long)parts : (long long)parts;
  wt_buf_put_format(json->out, "%s%lld.%04lld", sign, size / 10000, size % 10000);
}

void wt_json_member(wt_json *json, const char *key, wt_span value) {
  wt_json_key(json, key);
  wt_json_span(json, value);
}

void wt_json_member_or_null(wt_json *json, const char *key, wt_span value) {
  wt_json_key(json, key);
  if (value.len)
    wt_json_span(json, value);
  else
    wt_json_null(json);
}

void wt_json_member_int(wt_json *json, const char *key, int64_t value) {
  wt_json_key(json, key);
  wt_json_int(json, value);
}

void wt_json_member_bool(wt_json *json, const char *key, bool value) {
  wt_json_key(json, key);
  wt_json_bool(json, value);
}

void wt_json_member_time(wt_json *json, const char *key, wt_instant at) {
  wt_buf text = {0};
  if (at != WT_INSTANT_NONE) wt_instant_put(&text, at);
  wt_json_member_or_null(json, key, wt_buf_span(&text));
  wt_buf_release_part(&text, json->out);
}

void wt_json_line_end(wt_json *json) {
  assert(json->depth == 0);
  wt_buf_put_char(json->out, '\n');
  json->first = 1;
}
