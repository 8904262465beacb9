/* One line of JSON as a story: what `copies --stream` and `fingerprint` read. A line of `extract --json` is one too. */
#include "ingest/json_line.h"
#include "ingest/read.h"

#include <stdio.h>
#include <string.h>

static bool is_body(const json_t *paragraph) {
  const json_t *kind = json_object_get(paragraph, "kind");
  wt_span name = {json_string_value(kind), json_string_length(kind)};
  for (wt_block_kind k = 0; k < WT_BLOCK_KINDS; k++)
    if (wt_span_equal(name, wt_span_of(wt_block_kind_name(k)))) return wt_block_is_body(k);
  return false;
}

/* The text, or the body's paragraphs, an LF after each. */
static bool take_text(wt_span *out, wt_arena *arena, const json_t *object) {
  const json_t *paragraphs = json_object_get(object, "paragraphs"), *paragraph;
  wt_buf text = {0};
  size_t i;
  if (json_object_get(object, "text") != NULL || !json_is_array(paragraphs))
    return wt_json_line_take(out, arena, object, "text");
  json_array_foreach(paragraphs, i, paragraph) {
    const json_t *value = json_object_get(paragraph, "text");
    if (!is_body(paragraph)) continue;
    wt_buf_put(&text, json_string_value(value), json_string_length(value));
    wt_buf_put_char(&text, '\n');
  }
  *out = wt_span_keep(arena, wt_buf_span(&text));
  bool fits = !text.failed && out->data != NULL;
  wt_buf_release(&text);
  return fits;
}

/* The byte of the name; that of the line where the name is written with an escape. */
static int64_t place_of(wt_span line, const char *name) {
  char quoted[16];
  snprintf(quoted, sizeof quoted, "\"%s\"", name);
  size_t at = wt_span_find(line, wt_span_of(quoted));
  return at < line.len ? (int64_t)at : 0;
}

/* A member that is there and is no string is a mistake of whoever wrote the line: read as empty, it would go unseen. */
static wt_status check_members(const json_t *object, wt_span line, wt_error *err) {
  static const char *const names[] = {"url", "outlet", "headline", "published", "text"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const json_t *value = json_object_get(object, names[i]);
    bool seconds = strcmp(names[i], "published") == 0 && json_is_number(value);
    if (value != NULL && !json_is_string(value) && !json_is_null(value) && !seconds)
      return wt_fail(err, WT_EFORMAT, NULL, place_of(line, names[i]), "\"%s\" is no string", names[i]);
  }
  return WT_OK;
}

/* The host of the address names the outlet that the line does not name. */
static bool take_outlet(wt_span *out, wt_arena *arena, const json_t *object, wt_span url) {
  if (!wt_json_line_take(out, arena, object, "outlet")) return false;
  wt_span host = wt_url_host(url);
  if (out->len > 0 || host.len == 0) return true;
  if (wt_span_equal_ascii_case(wt_span_sub(host, 0, 4), WT_SPAN("www."))) host = wt_span_sub(host, 4, host.len);
  *out = wt_span_keep(arena, host);
  char *lower = (char *)out->data;
  for (size_t i = 0; lower != NULL && i < out->len; i++)
    if (lower[i] >= 'A' && lower[i] <= 'Z') lower[i] = (char)(lower[i] | 0x20);
  return lower != NULL;
}

/* A story without a time of its own has that of its capture. */
static wt_instant time_of(const json_t *object, wt_span published) {
  wt_instant at;
  const json_t *number = json_object_get(object, "published"), *captured = json_object_get(object, "captured");
  if (wt_instant_parse(&at, published)) return at;
  if (json_is_integer(number)) return (wt_instant)json_integer_value(number);
  if (json_is_real(number) && json_real_value(number) > -1e15 && json_real_value(number) < 1e15)
    return (wt_instant)json_real_value(number);
  wt_span when = {json_string_value(captured), json_string_length(captured)};
  return wt_instant_parse(&at, when) ? at : WT_INSTANT_NONE;
}

wt_status wt_story_line_parse(wt_story_line *out, wt_arena *arena, wt_span line, wt_error *err) {
  json_t *object;
  *out = (wt_story_line){0};
  wt_status status = wt_json_line_load(&object, line, err);
  if (status != WT_OK) return status;
  status = check_members(object, line, err);
  if (status != WT_OK) {
    json_decref(object);
    return status;
  }
  bool fits = wt_json_line_take(&out->url, arena, object, "url") &&
              take_outlet(&out->outlet, arena, object, out->url) &&
              wt_json_line_take(&out->headline, arena, object, "headline") &&
              wt_json_line_take(&out->published, arena, object, "published") && take_text(&out->text, arena, object);
  out->instant = time_of(object, out->published);
  json_decref(object);
  return fits ? WT_OK : wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
}
