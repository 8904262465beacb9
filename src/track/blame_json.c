/* Blame as one JSON object, schema 1. */
#include "wt/track/blame.h"

static void put_time(wt_json *json, const char *key, wt_instant instant) {
  wt_buf text = {0};
  if (instant != WT_INSTANT_NONE) wt_instant_put(&text, instant);
  wt_json_member_or_null(json, key, wt_buf_span(&text));
  wt_buf_release(&text);
}

static void put_revisions(wt_json *json, const wt_blame *blame) {
  wt_json_key(json, "revisions");
  wt_json_array(json);
  for (size_t i = 0; i < wt_blame_revisions(blame); i++) {
    wt_json_object(json);
    wt_json_member_int(json, "number", wt_blame_number(blame, i + 1));
    put_time(json, "captured", wt_blame_time(blame, i + 1));
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
}

static void put_unit(wt_json *json, const wt_blame *blame, const wt_blame_unit *unit) {
  wt_json_object(json);
  wt_json_member(json, "text", unit->text);
  wt_json_member_int(json, "paragraph", unit->paragraph);
  wt_json_member_int(json, "origin", wt_blame_number(blame, unit->origin));
  wt_json_member_int(json, "last_edit", wt_blame_number(blame, unit->last_edit));
  wt_json_member_int(json, "last_move", wt_blame_number(blame, unit->last_move));
  wt_json_member_int(json, "moves", unit->moves);
  wt_json_key(json, "words");
  wt_json_array(json);
  for (size_t i = 0; i < unit->word_count; i++) {
    wt_json_object(json);
    wt_json_member_int(json, "begin", unit->words[i].begin);
    wt_json_member_int(json, "end", unit->words[i].end);
    wt_json_member_int(json, "origin", wt_blame_number(blame, unit->words[i].origin));
    wt_json_object_end(json);
  }
  wt_json_array_end(json);
  wt_json_object_end(json);
}

wt_status wt_blame_print_json(wt_buf *out, const wt_blame *blame, wt_span story, wt_error *err) {
  wt_json json;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_member_or_null(&json, "story", story);
  wt_json_member_int(&json, "revision", wt_blame_number(blame, wt_blame_revisions(blame)));
  put_revisions(&json, blame);
  wt_json_key(&json, "units");
  wt_json_array(&json);
  for (size_t i = 0; i < wt_blame_count(blame); i++) put_unit(&json, blame, wt_blame_at(blame, i));
  wt_json_array_end(&json);
  wt_json_object_end(&json);
  return wt_buf_status(out, "blame as JSON", err);
}
