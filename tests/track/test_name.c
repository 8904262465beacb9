/* STORY, STORY@N, STORY@DATE. */
#include "support/track.h"

static void cutting(void **state) {
  (void)state;
  static const struct {
    const char *name, *story, *at;
  } cases[] = {{"a/b", "a/b", ""},
               {"a/b@3", "a/b", "3"},
               {"a/b@-1", "a/b", "-1"},
               {"a/b@2024-06-20", "a/b", "2024-06-20"},
               {"a/b@2024-06-20T14:03:00Z", "a/b", "2024-06-20T14:03:00Z"},
               {"https://medium.example/@ann/story", "https://medium.example/@ann/story", ""},
               {"https://medium.example/@ann/story@2", "https://medium.example/@ann/story", "2"},
               {"@", "@", ""},
               {"a@b", "a@b", ""},
               {"", "", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_span story, at;
    wt_name_cut(&story, &at, wt_span_of(cases[i].name));
    assert_span(story, cases[i].story);
    assert_span(at, cases[i].at);
  }
}

#define TEXT                                                                                                           \
  "The quay is to be rebuilt\n\nThe council voted for the new quay after a debate of six hours in the old town "       \
  "hall.\n\n"

static void finding(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  wt_error err;
  wt_story_row story;
  wt_revision_row row;
  bench_add(&b, "post.example", "https://post.example/quay", "2024-03-04T06:00:00Z", TEXT);
  bench_add(&b, "post.example", "https://post.example/quay", "2024-03-05T06:00:00Z", TEXT "Work begins in May.\n");
  bench_add(
      &b, "post.example", "https://post.example/market", "2024-03-05T06:00:00Z",
      "Fish market moves\n\nThe fish market moves to the north side while the builders are at work on the harbour.\n");
  static const char *const good[] = {"post.example/2024/03/04/quay.txt",
                                     "post.example/2024/03/04/quay",
                                     "https://post.example/quay",
                                     "http://www.post.example/quay/?utm_source=x",
                                     "QUAY",
                                     "to be rebuilt"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_ok(wt_track_story(&story, &b.arena, b.track, wt_span_of(good[i]), &err));
    assert_span(story.path, "post.example/2024/03/04/quay.txt");
  }
  assert_int_equal(wt_track_story(&story, &b.arena, b.track, WT_SPAN("post.example"), &err), WT_EAMBIGUOUS);
  static const char *const bad[] = {"nothing", "", " ", "../../x", "a\nb\x1b[31m", "quay' OR 1=1 --", "%", "_uay"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_int_equal(wt_track_story(&story, &b.arena, b.track, wt_span_of(bad[i]), &err), WT_ENOTFOUND);
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("quay"), &err));
  assert_int_equal(row.number, 2);
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("quay@-1"), &err));
  assert_int_equal(row.number, 1);
  assert_ok(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("quay@2024-03-04"), &err));
  assert_int_equal(row.number, 1);
  assert_int_equal(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("quay@3"), &err), WT_ENOTFOUND);
  assert_non_null(strstr(err.what, "the story has 1 to 2"));
  assert_int_equal(wt_track_revision(&row, NULL, &b.arena, b.track, WT_SPAN("quay@2024-03-03"), &err), WT_ENOTFOUND);
  assert_non_null(strstr(err.what, "the first is of 2024-03-04T06:00:00Z"));
  static const char *const odd[] = {"quay@x", "quay@", "quay@2024-13-01", "quay@2024-03-04T07"};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    assert_int_equal(wt_track_revision(&row, NULL, &b.arena, b.track, wt_span_of(odd[i]), &err), WT_ENOTFOUND);
    assert_non_null(strstr(err.what, "a revision of post.example/2024/03/04/quay.txt is @3"));
    assert_int_equal(wt_track_story(&story, &b.arena, b.track, wt_span_of(odd[i]), &err), WT_ENOTFOUND);
    assert_non_null(strstr(err.what, "a revision of post.example/2024/03/04/quay.txt is @3"));
  }
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(cutting), cmocka_unit_test(finding)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
