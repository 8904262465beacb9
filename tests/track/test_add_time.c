/* When a capture was taken: names, and the order of the sources. */
#include "support/check.h"
#include "track/add.h"

static void times_in_names(void **state) {
  (void)state;
  static const struct {
    const char *pattern, *name, *time;
  } cases[] = {{"-%Y", "32271505-2020.html.gz", "2020-01-01T00:00:00Z"},
               {"%Y", "32271505-2020.html.gz", "2020-01-01T00:00:00Z"},
               {"%Y-%m-%d-%H%M", "ferry-2024-03-04-0610.html", "2024-03-04T06:10:00Z"},
               {"%Y%m%d%H%M%S", "20240304061005.warc", "2024-03-04T06:10:05Z"},
               {"%d.%m.%Y", "am 04.03.2024 um", "2024-03-04T00:00:00Z"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_instant at;
    wt_buf text = {0};
    assert_true(track_time_from_name(&at, cases[i].pattern, wt_span_of(cases[i].name)));
    wt_instant_put(&text, at);
    assert_buf(text, cases[i].time);
    wt_buf_release(&text);
  }
}

static void names_without_a_time(void **state) {
  (void)state;
  static const struct {
    const char *pattern, *name;
  } cases[] = {{"-%Y", "story.html"}, {"%Y", "32271505"}, {"%Y-%m", "2024-13"},
               {"%Q", "2024"},        {"%Y%m%d", "2024"}, {"", "2024"},
               {"x", "index.html"},   {"%m-%d", "03-04"}, {"%Y%m%d", "20240230"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_instant at;
    assert_false(track_time_from_name(&at, cases[i].pattern, wt_span_of(cases[i].name)));
  }
}

static void patterns(void **state) {
  (void)state;
  wt_error err;
  assert_ok(wt_add_pattern_check("%Y", &err));
  assert_ok(wt_add_pattern_check("100%%-%d.%m.%Y %H%M%S", &err));
  assert_int_equal(wt_add_pattern_check("%Y-%Q", &err), WT_EINVAL);
  assert_string_equal(err.what, "%Y %m %d %H %M %S and %% are known, not \"%Q\"");
  assert_int_equal(wt_add_pattern_check("%Y%", &err), WT_EINVAL);
  assert_int_equal(wt_add_pattern_check("%m-%d", &err), WT_EINVAL);
  assert_string_equal(err.what, "\"%m-%d\" has no year: %Y");
}

static void given_before_own_before_name_before_now(void **state) {
  (void)state;
  wt_error err;
  wt_instant at;
  bool assumed;
  wt_add_options options = {.at = 1, .at_from_name = "%Y", .now = 9};
  wt_source source = {.captured = 2};
  wt_span file = WT_SPAN("nowhere/1999.html");
  assert_ok(track_time_of(&at, &assumed, &options, &source, file, &err));
  assert_int_equal(at, 1);
  options.at = WT_INSTANT_NONE;
  assert_ok(track_time_of(&at, &assumed, &options, &source, file, &err));
  assert_int_equal(at, 2);
  source.captured = WT_INSTANT_NONE;
  assert_ok(track_time_of(&at, &assumed, &options, &source, file, &err));
  assert_int_equal(at, 915148800);
  assert_false(assumed);
  options.at_from_name = NULL;
  assert_ok(track_time_of(&at, &assumed, &options, &source, file, &err));
  assert_int_equal(at, 9);
  options.now = WT_INSTANT_NONE;
  assert_int_equal(track_time_of(&at, &assumed, &options, &source, file, &err), WT_EINVAL);
}

static void the_file_s_own_time_is_a_guess(void **state) {
  (void)state;
  wt_error err;
  wt_instant at;
  bool assumed;
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = 9};
  wt_source source = {.captured = WT_INSTANT_NONE};
  assert_ok(track_time_of(&at, &assumed, &options, &source, WT_SPAN("Makefile"), &err));
  assert_true(assumed);
  assert_true(at > 9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(times_in_names), cmocka_unit_test(names_without_a_time), cmocka_unit_test(patterns),
      cmocka_unit_test(given_before_own_before_name_before_now), cmocka_unit_test(the_file_s_own_time_is_a_guess)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
