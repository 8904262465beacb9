/* Reads revisions (a sentence a line, an empty line between paragraphs, a line of U+001D after each) and prints for each one
   a line of JSON: {"ns":time of the blame step,"diff_ns":..,"replay":true when all replays so far hold,"units":[[text,
   [begin,end,origin]...]...]}. For tests/track/histories.py. */
#include "wt/track/blame.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void put_units(wt_json *json, const wt_blame *blame) {
  wt_json_key(json, "units");
  wt_json_array(json);
  for (size_t i = 0; i < wt_blame_count(blame); i++) {
    const wt_blame_unit *unit = wt_blame_at(blame, i);
    wt_json_array(json);
    wt_json_span(json, unit->text);
    for (size_t k = 0; k < unit->word_count; k++) {
      wt_json_array(json);
      wt_json_int(json, unit->words[k].begin);
      wt_json_int(json, unit->words[k].end);
      wt_json_int(json, unit->words[k].origin);
      wt_json_array_end(json);
    }
    wt_json_array_end(json);
  }
  wt_json_array_end(json);
}

/* One more revision. *old are the units of the one before, which live in their own arena. */
static wt_status add(wt_blame *blame, uint32_t number, wt_units *old, wt_span text, wt_buf *out, wt_error *err) {
  static wt_arena arenas[2];
  wt_arena *arena = &arenas[number % 2];
  wt_arena_release(arena);
  wt_units new;
  wt_diff diff;
  wt_status status = wt_units_of_lines(&new, arena, text, err);
  int64_t start = now();
  if (status == WT_OK) status = wt_diff_units(&diff, arena, old, &new, NULL, err);
  int64_t middle = now();
  if (status == WT_OK) status = wt_blame_add_diff(blame, number, number, &diff, err);
  int64_t end = now();
  if (status != WT_OK) return status;
  *old = new;
  wt_buf replay = {0};
  status = wt_blame_replay(&replay, blame, number, err);
  wt_json json;
  wt_json_init(&json, out);
  wt_json_object(&json);
  wt_json_member_int(&json, "ns", end - middle);
  wt_json_member_int(&json, "diff_ns", middle - start);
  wt_json_member_bool(&json, "replay", wt_span_equal(wt_buf_span(&replay), text));
  put_units(&json, blame);
  wt_json_object_end(&json);
  wt_json_line_end(&json);
  wt_buf_release(&replay);
  return status;
}

int main(void) {
  wt_error err = {0};
  wt_buf in = {0}, out = {0};
  wt_blame *blame = NULL;
  wt_units old = {0};
  uint32_t number = 0;
  wt_status status = wt_file_read(&in, "-", (size_t)1 << 30, &err);
  if (status == WT_OK) status = wt_blame_open(&blame, 0, &err);
  wt_span rest = wt_buf_span(&in);
  while (status == WT_OK && rest.len) {
    size_t len = wt_span_find(rest, WT_SPAN("\x1d\n"));
    status = add(blame, ++number, &old, wt_span_sub(rest, 0, len), &out, &err);
    rest = wt_span_sub(rest, len + 2, rest.len);
    fwrite(out.data, 1, out.len, stdout);
    wt_buf_clear(&out);
  }
  if (status != WT_OK) fprintf(stderr, "%s: %s\n", err.where, err.what);
  wt_blame_close(blame);
  wt_buf_release(&in);
  wt_buf_release(&out);
  return status == WT_OK ? 0 : 2;
}
