/* The object of `extract --json`, schema 1. */
#include "wt/story.h"

static void put_list(wt_json *json, const char *key, const wt_list *list) {
  wt_json_key(json, key);
  wt_json_array(json);
  for (size_t i = 0; i < list->count; i++) wt_json_span(json, list->items[i]);
  wt_json_array_end(json);
}

static void put_block(wt_json *json, const wt_block *block) {
  char hex[33];
  wt_json_object(json);
  wt_json_member(json, "kind", wt_span_of(wt_block_kind_name(block->kind)));
  wt_json_member(json, "text", block->text);
  wt_hash_hex(hex, block->key);
  wt_json_member(json, "key", wt_span_of(hex));
  wt_hash_hex(hex, block->folded);
  wt_json_member(json, "folded", wt_span_of(hex));
  if (block->id.len) wt_json_member(json, "id", block->id);
  if (block->time.len) wt_json_member(json, "time", block->time);
  wt_json_object_end(json);
}

/* A page that is no whole story says so first: what an editor says of it was not there to be read. */
static const char *status_of(const wt_story *story) {
  return story->state != WT_CAPTURE_WHOLE ? wt_capture_state_name(story->state) : wt_story_status_name(story->status);
}

static void put_fields(wt_json *json, const wt_story *story) {
  static const struct {
    const char *key;
    wt_story_field field;
  } more[] = {{"published", WT_FIELD_PUBLISHED},     {"modified", WT_FIELD_MODIFIED}, {"url", WT_FIELD_URL},
              {"canonical", WT_FIELD_CANONICAL},     {"language", WT_FIELD_LANGUAGE}, {"kicker", WT_FIELD_KICKER},
              {"embedded_id", WT_FIELD_EMBEDDED_ID}, {"slug", WT_FIELD_SLUG},         {"take", WT_FIELD_TAKE},
              {"version", WT_FIELD_VERSION},         {"priority", WT_FIELD_PRIORITY}, {"urgency", WT_FIELD_URGENCY},
              {"embargo", WT_FIELD_EMBARGO},         {"charset", WT_FIELD_CHARSET}};
  wt_json_member_or_null(json, "outlet", story->fields[WT_FIELD_OUTLET]);
  wt_json_member_or_null(json, "headline", story->fields[WT_FIELD_HEADLINE]);
  wt_json_member_or_null(json, "deck", story->fields[WT_FIELD_DECK]);
  put_list(json, "bylines", &story->lists[WT_LIST_BYLINES]);
  wt_json_member_or_null(json, "dateline", story->fields[WT_FIELD_DATELINE]);
  wt_json_member_or_null(json, "credit", story->fields[WT_FIELD_CREDIT]);
  put_list(json, "picture_credits", &story->lists[WT_LIST_PICTURE_CREDITS]);
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    wt_json_member_or_null(json, more[i].key, story->fields[more[i].field]);
  put_list(json, "notes", &story->lists[WT_LIST_NOTES]);
  wt_json_member(json, "status", wt_span_of(status_of(story)));
}

static void put_origin(wt_json *json, const wt_story_origin *origin) {
  wt_json_member_or_null(json, "file", origin->file);
  if (origin->story.len) {
    wt_json_member(json, "story", origin->story);
    wt_json_member_int(json, "revision", origin->revision);
  }
  if (origin->captured != WT_INSTANT_NONE) wt_json_member_time(json, "captured", origin->captured);
}

wt_status wt_story_print_json(wt_buf *out, const wt_story *story, const wt_story_origin *origin, wt_error *err) {
  wt_json json;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  put_origin(&json, origin);
  put_fields(&json, story);
  wt_json_key(&json, "paragraphs");
  wt_json_array(&json);
  for (size_t i = 0; i < story->block_count; i++) put_block(&json, &story->blocks[i]);
  wt_json_array_end(&json);
  wt_json_key(&json, "dropped");
  wt_json_array(&json);
  for (size_t i = 0; i < story->dropped_count; i++) {
    wt_json_object(&json);
    wt_json_member(&json, "text", story->dropped[i].text);
    wt_json_member(&json, "reason", story->dropped[i].reason);
    wt_json_object_end(&json);
  }
  wt_json_array_end(&json);
  wt_json_object_end(&json);
  return wt_buf_status(out, "story", err);
}
