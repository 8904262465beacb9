/* Stored captures read again: what our reader of an earlier day left out comes as a revision of its own, and stays quiet. */
#include "support/track.h"

static const char page[] = "Ferry Runs Again\n\nThe ferry runs again after a week in the dock, the company said on "
                           "Monday.\n\nThe crossing takes "
                           "fifty minutes and is the only daily link to the islands.\n\nTickets cost as much as "
                           "before, and dogs travel free.\n";

/* A revision as a reader that missed the last paragraph would have left it. */
static void put_as_an_older_reader(bench *b) {
  wt_error err;
  wt_arena arena = {0};
  wt_story story;
  wt_buf text = {0}, path = {0};
  wt_archive_batch *batch;
  wt_revision_ids ids;
  wt_source source = {.name = WT_SPAN("capture.txt"),
                      .url = WT_SPAN("https://fjord.example/ferry"),
                      .outlet = WT_SPAN("fjord.example"),
                      .captured = at_time("2024-06-20T10:00:00Z")};
  wt_story_init(&story, &arena);
  assert_ok(wt_ingest(&story, &arena, wt_span_of(page), &source, NULL, &err));
  story.block_count--;
  story.revision = 1;
  assert_ok(wt_story_seal(&story, &err));
  assert_ok(wt_story_print(&text, &story, &err));
  assert_ok(wt_archive_batch_open(&batch, wt_track_archive(b->track), &err));
  assert_ok(wt_archive_batch_name(&path, batch, source.outlet, source.captured, WT_SPAN("ferry"), story.key, &err));
  wt_revision_in in = {.path = wt_buf_span(&path),
                       .number = 1,
                       .text = wt_buf_span(&text),
                       .raw = wt_span_of(page),
                       .captured = source.captured,
                       .subject = WT_SPAN("Ferry Runs Again"),
                       .url = source.url,
                       .reason = WT_SPAN("new-story")};
  assert_ok(wt_archive_batch_put(&ids, batch, &in, &err));
  assert_ok(wt_archive_batch_commit(batch, &err));
  wt_archive_batch_close(batch);
  wt_buf_release(&text);
  wt_buf_release(&path);
  wt_arena_release(&arena);
}

static void our_reader_changed(void **state) {
  (void)state;
  bench b;
  wt_error err;
  wt_add_summary sum;
  wt_revision_row row;
  wt_story story;
  bench_open(&b);
  put_as_an_older_reader(&b);
  bench_reopen(&b);
  assert_ok(wt_track_reread(&sum, b.track, WT_SPAN("ferry"), true, &err));
  assert_int_equal(sum.by_reason[WT_REASON_EXTRACTOR_UPGRADE], 1);
  assert_int_equal(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("ferry@2"), &err), WT_ENOTFOUND);
  assert_ok(wt_track_reread(&sum, b.track, (wt_span){0}, false, &err));
  assert_int_equal(sum.by_reason[WT_REASON_EXTRACTOR_UPGRADE], 1);
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("ferry"), &err));
  assert_int_equal(row.number, 2);
  assert_span(row.reason, "extractor-upgrade");
  assert_true(row.flags & WT_REVISION_QUIET);
  assert_ok(wt_track_read(&story, &b.arena, b.track, &row, &err));
  assert_int_equal(story.block_count, 3);
  assert_ok(wt_track_reread(&sum, b.track, (wt_span){0}, false, &err));
  assert_int_equal(sum.by_reason[WT_REASON_EXTRACTOR_UPGRADE], 0);
  bench_close(&b);
}

/* Files of one mtime: the later one hid the earlier at once, and each reads as it did. */
static void captures_of_one_time(void **state) {
  (void)state;
  bench b;
  wt_error err;
  wt_add_summary sum;
  bench_open(&b);
  for (int dogs = 1; dogs <= 3; dogs++) {
    char text[sizeof page + 80];
    snprintf(text, sizeof text, "%s\nSo do cats, and up to %d hens in a basket.\n", page, dogs);
    wt_added a = bench_add(&b, "fjord.example", "https://fjord.example/ferry", "2024-06-20T10:00:00Z", text);
    assert_int_equal(a.revision, dogs);
  }
  assert_ok(wt_track_reread(&sum, b.track, (wt_span){0}, false, &err));
  assert_int_equal(sum.captures, 1);
  assert_int_equal(sum.by_reason[WT_REASON_EXTRACTOR_UPGRADE], 0);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(our_reader_changed), cmocka_unit_test(captures_of_one_time)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
