/*
 * A story as ninjs 3.0 (IPTC, https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json).
 *
 * The body is one HTML fragment whose elements are the kinds of the blocks. What ninjs has no place for stands in
 * descriptions whose role begins with "writethru:"; profile says that it does.
 */
#include "ingest/ninjs.h"
#include "report/interchange.h"
#include "wt/report.h"

#include <string.h>

/* ---- the body ---- */

static void put_escaped(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len; i++) {
    switch (text.data[i]) {
    case '&': wt_buf_put_text(out, "&amp;"); break;
    case '<': wt_buf_put_text(out, "&lt;"); break;
    case '>': wt_buf_put_text(out, "&gt;"); break;
    case '"': wt_buf_put_text(out, "&quot;"); break;
    default: wt_buf_put_char(out, text.data[i]);
    }
  }
}

static void put_attribute(wt_buf *out, const char *name, wt_span value) {
  if (value.len == 0) return;
  wt_buf_put_format(out, " %s=\"", name);
  put_escaped(out, value);
  wt_buf_put_char(out, '"');
}

static void put_block(wt_buf *out, const wt_block *block) {
  static const struct {
    const char *before, *open, *close;
  } marks[WT_BLOCK_KINDS] = {
      [WT_BLOCK_PARAGRAPH] = {"", "<p", "</p>"},
      [WT_BLOCK_SUBHEAD] = {"", "<h2", "</h2>"},
      [WT_BLOCK_QUOTE] = {"<blockquote>", "<p", "</p></blockquote>"},
      [WT_BLOCK_ITEM] = {"<ul>", "<li", "</li></ul>"},
      [WT_BLOCK_CAPTION] = {"<figure>", "<figcaption", "</figcaption></figure>"},
      [WT_BLOCK_NOTE] = {"", "<p class=\"wt-note\"", "</p>"},
  };
  wt_buf_put_text(out, marks[block->kind].before);
  wt_buf_put_text(out, marks[block->kind].open);
  put_attribute(out, "id", block->id);
  put_attribute(out, "data-time", block->time);
  wt_buf_put_char(out, '>');
  put_escaped(out, block->text);
  wt_buf_put_text(out, marks[block->kind].close);
}

static wt_status put_bodies(wt_json *json, const wt_story *story, wt_error *err) {
  wt_buf html = {0};
  size_t words = 0;
  wt_status status = wt_story_word_count(&words, story, err);
  for (size_t i = 0; i < story->block_count; i++) put_block(&html, &story->blocks[i]);
  if (status == WT_OK) status = wt_buf_status(&html, "ninjs", err);
  if (status == WT_OK) {
    wt_json_key(json, "bodies");
    wt_json_array(json);
    wt_json_object(json);
    wt_json_member(json, "role", WT_SPAN("main"));
    wt_json_member(json, "contentType", WT_SPAN("text/html"));
    wt_json_member_int(json, "wordCount", (int64_t)words);
    wt_json_member(json, "value", wt_buf_span(&html));
    wt_json_object_end(json);
    wt_json_array_end(json);
  }
  wt_buf_release(&html);
  return status;
}

/* ---- the rest ---- */

static bool is_uri(wt_span text) {
  size_t colon = wt_span_find(text, WT_SPAN(":"));
  if (colon < 2 || colon >= text.len - 1 || wt_span_has(text, ' ')) return false;
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.data[i] <= 0x20 || (unsigned char)text.data[i] >= 0x7f ||
        strchr("<>\"{}|\\^`", text.data[i]) != NULL)
      return false;
  for (size_t i = 0; i < colon; i++) {
    char c = (char)(text.data[i] | 0x20);
    if (!(c >= 'a' && c <= 'z') && (i == 0 || strchr("0123456789+-.", text.data[i]) == NULL)) return false;
  }
  return true;
}

/* The source's own id, else where it stands, else its text's key. */
static void put_uri(wt_json *json, const wt_story *story) {
  static const wt_story_field candidates[] = {WT_FIELD_EMBEDDED_ID, WT_FIELD_CANONICAL, WT_FIELD_URL};
  char hex[33], urn[64] = "urn:writethru:";
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
    if (story->fields[candidates[i]].len > 2 && is_uri(story->fields[candidates[i]])) {
      wt_json_member(json, "uri", story->fields[candidates[i]]);
      return;
    }
  wt_hash_hex(hex, story->folded);
  memcpy(urn + 14, hex, sizeof hex);
  wt_json_member(json, "uri", wt_span_of(urn));
}

static void put_pair(wt_json *json, const char *name, wt_span value) {
  wt_buf role = {0};
  wt_buf_put_text(&role, WT_NINJS_ROLE);
  wt_buf_put_text(&role, name);
  wt_json_object(json);
  wt_json_member(json, "role", wt_buf_span(&role));
  wt_json_member(json, "contentType", WT_SPAN("text/plain"));
  wt_json_member(json, "value", value);
  wt_json_object_end(json);
  wt_buf_release_part(&role, json->out);
}

/* Writes a member when there is a value, and marks the field as placed. */
static void place(wt_json *json, const wt_story *story, wt_story_field field, const char *name, uint64_t *placed) {
  if (story->fields[field].len == 0) return;
  wt_json_member(json, name, story->fields[field]);
  *placed |= WT_PLACED(field);
}

static void place_time(wt_json *json, const wt_story *story, wt_story_field field, const char *name, uint64_t *placed) {
  if (wt_interchange_is_date_time(story->fields[field])) place(json, story, field, name, placed);
}

static void place_urgency(wt_json *json, const wt_story *story, uint64_t *placed) {
  wt_span urgency = story->fields[WT_FIELD_URGENCY];
  if (urgency.len != 1 || urgency.data[0] < '1' || urgency.data[0] > '9') return;
  wt_json_member_int(json, "urgency", urgency.data[0] - '0');
  *placed |= WT_PLACED(WT_FIELD_URGENCY);
}

static void put_headline(wt_json *json, const wt_story *story, uint64_t *placed) {
  if (story->fields[WT_FIELD_HEADLINE].len == 0) return;
  wt_json_key(json, "headlines");
  wt_json_array(json);
  wt_json_object(json);
  wt_json_member(json, "role", WT_SPAN("main"));
  place(json, story, WT_FIELD_HEADLINE, "value", placed);
  wt_json_object_end(json);
  wt_json_array_end(json);
}

/* For readers of ninjs at large; ours takes the entries of the list. */
static wt_status put_joined(wt_json *json, const char *name, const wt_list *list, const char *between, wt_error *err) {
  wt_buf text = {0};
  if (list->count == 0) return WT_OK;
  for (size_t i = 0; i < list->count; i++) {
    wt_buf_put_text(&text, i > 0 ? between : "");
    wt_buf_put_span(&text, list->items[i]);
  }
  wt_status status = wt_buf_status(&text, "ninjs", err);
  if (status == WT_OK) wt_json_member(json, name, wt_buf_span(&text));
  wt_buf_release(&text);
  return status;
}

static void put_credit(wt_json *json, const wt_story *story) {
  if (story->fields[WT_FIELD_DATELINE].len > 0) wt_json_member(json, "located", story->fields[WT_FIELD_DATELINE]);
  if (story->fields[WT_FIELD_CREDIT].len == 0) return;
  wt_json_key(json, "infoSources");
  wt_json_array(json);
  wt_json_object(json);
  wt_json_member(json, "name", story->fields[WT_FIELD_CREDIT]);
  wt_json_object_end(json);
  wt_json_array_end(json);
}

static void put_standard(wt_json *json) {
  wt_json_key(json, "standard");
  wt_json_object(json);
  wt_json_member(json, "name", WT_SPAN("ninjs"));
  wt_json_member(json, "version", WT_SPAN("3.0"));
  wt_json_member(json, "schema", WT_SPAN("http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"));
  wt_json_object_end(json);
}

static const char *pub_status(wt_story_status status) {
  return status == WT_STATUS_CORRECTED ? "usable" : wt_story_status_name(status);
}

static void put_fields(wt_json *json, const wt_story *story, uint64_t *placed) {
  put_uri(json, story);
  put_standard(json);
  wt_json_member(json, "type", WT_SPAN("text"));
  wt_json_member(json, "representationType", story->state == WT_CAPTURE_WHOLE ? WT_SPAN("full") : WT_SPAN("partial"));
  wt_json_member(json, "profile", WT_SPAN(WT_NINJS_PROFILE));
  place(json, story, WT_FIELD_VERSION, "version", placed);
  place_time(json, story, WT_FIELD_PUBLISHED, "firstCreated", placed);
  place_time(json, story, WT_FIELD_MODIFIED, "versionCreated", placed);
  place_time(json, story, WT_FIELD_EMBARGO, "embargoed", placed);
  wt_json_member(json, "pubStatus", wt_span_of(pub_status(story->status)));
  place_urgency(json, story, placed);
  place(json, story, WT_FIELD_LANGUAGE, "language", placed);
  place(json, story, WT_FIELD_SLUG, "slugline", placed);
  put_headline(json, story, placed);
  put_credit(json, story);
}

wt_status wt_report_ninjs(wt_buf *out, const wt_story *story, wt_error *err) {
  wt_json json;
  uint64_t placed = 0;
  wt_json_init(&json, out);
  wt_json_object(&json);
  put_fields(&json, story, &placed);
  wt_status status = put_joined(&json, "by", &story->lists[WT_LIST_BYLINES], ", ", err);
  if (status == WT_OK) status = put_joined(&json, "edNote", &story->lists[WT_LIST_NOTES], "\n", err);
  wt_json_key(&json, "descriptions");
  wt_json_array(&json);
  wt_interchange_rest(&json, story, placed, true, put_pair);
  wt_json_array_end(&json);
  if (status == WT_OK) status = put_bodies(&json, story, err);
  wt_json_object_end(&json);
  return status == WT_OK ? wt_buf_status(out, "ninjs", err) : status;
}
