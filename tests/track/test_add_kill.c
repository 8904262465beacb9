/* A kill without a text: the text that it kills stands, under its new status. */
#include "support/check.h"

#include "wt/track.h"

static void take(wt_added *added, wt_track *track, const char *path, const char *at) {
  wt_buf bytes = {0};
  wt_error err;
  wt_add_options options = {0};
  wt_capture capture = {.source = {.name = wt_span_of(path), .outlet = WT_SPAN("nnw.example")},
                        .format = WT_FORMAT_ANPA};
  assert_true(wt_instant_parse(&capture.source.captured, wt_span_of(at)));
  assert_ok(wt_file_read(&bytes, path, (size_t)1 << 20, &err));
  capture.bytes = wt_buf_span(&bytes);
  options.at = capture.source.captured;
  assert_ok(wt_track_add_capture(added, track, &capture, &options, &err));
  wt_buf_release(&bytes);
}

static void a_kill_keeps_the_text(void **state) {
  (void)state;
  char dir[300];
  wt_track_options options = {.create = true};
  wt_track *track;
  wt_added added;
  wt_revision_row row;
  wt_story first, killed;
  wt_arena arena = {0};
  wt_error err;
  check_temp_dir(dir, sizeof dir);
  assert_ok(wt_track_open(&track, dir, &options, &err));
  take(&added, track, "fixtures/fuzz/anpa/writethru.anpa", "2024-06-20T14:03:00Z");
  assert_int_equal(added.reason, WT_REASON_NEW_STORY);
  take(&added, track, "fixtures/fuzz/anpa/kill.anpa", "2024-06-20T15:03:00Z");
  assert_int_equal(added.reason, WT_REASON_REVISION);
  assert_ok(wt_track_revision(&row, NULL, &arena, track, WT_SPAN("ferry@1"), &err));
  assert_ok(wt_track_read(&first, &arena, track, &row, &err));
  assert_ok(wt_track_revision(&row, NULL, &arena, track, WT_SPAN("ferry@2"), &err));
  assert_ok(wt_track_read(&killed, &arena, track, &row, &err));
  assert_int_equal(killed.status, WT_STATUS_CANCELED);
  assert_int_equal(killed.block_count, first.block_count);
  assert_true(wt_hash_equal(killed.folded, first.folded));
  assert_span(killed.fields[WT_FIELD_TAKE], "Kill");
  wt_arena_release(&arena);
  wt_track_close(track);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_kill_keeps_the_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
