/* Times: as precise as they came. */
#include "support/check.h"

static void prints_what_it_read(void **state) {
  (void)state;
  static const struct {
    const char *in, *out;
    int64_t instant;
  } cases[] = {
      {"2024", "2024", 1704067200},
      {"2024-06", "2024-06", 1717200000},
      {"2024-06-20", "2024-06-20", 1718841600},
      {"20240620", "2024-06-20", 1718841600},
      {"2024-06-20T14:03Z", "2024-06-20T14:03Z", 1718892180},
      {"2024-06-20T24:00Z", "2024-06-21T00:00Z", 1718928000},
      {"2024-06-20 14:03:05", "2024-06-20T14:03:05", 1718892185},
      {"2024-06-20T14:03:05.123+01:00", "2024-06-20T14:03:05+01:00", 1718888585},
      {"2024-06-20T14:03:05-0330", "2024-06-20T14:03:05-03:30", 1718904785},
      {"20240620T140305Z", "2024-06-20T14:03:05Z", 1718892185},
      {"Thu, 20 Jun 2024 14:03:05 GMT", "2024-06-20T14:03:05Z", 1718892185},
      {"20 Jun 2024 14:03 EDT", "2024-06-20T14:03-04:00", 1718906580},
      {"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z", 784111777},
      {"1900-02-28", "1900-02-28", -2203977600},
      {"2000-02-29", "2000-02-29", 951782400},
  };
  wt_buf buf = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_time time;
    assert_true(wt_time_parse(&time, wt_span_of(cases[i].in)));
    wt_buf_clear(&buf);
    wt_time_put(&buf, time);
    assert_buf(buf, cases[i].out);
    assert_int_equal(time.instant, cases[i].instant);
  }
  wt_buf_release(&buf);
}

static void no_time_is_nothing(void **state) {
  (void)state;
  wt_buf buf = {0};
  wt_instant_put(&buf, WT_INSTANT_NONE);
  wt_time_put(&buf, (wt_time){.instant = WT_INSTANT_NONE, .offset = -60, .has_offset = true, .precision = WT_TIME_DAY});
  assert_int_equal(buf.len, 0);
}

static void refuses_what_is_no_time(void **state) {
  (void)state;
  static const char *const cases[] = {"",
                                      "yesterday",
                                      "2024-13-01",
                                      "2023-02-29",
                                      "2024-06-20T25:00",
                                      "2024-06-20T24:30",
                                      "2024-06-20T24:00:01",
                                      "202406",
                                      "2024-06-2",
                                      "2024-06-20Tx",
                                      "12/11/2024",
                                      "2024-06-20T14:03+25:00",
                                      "1 Foo 2024",
                                      "2024-06-20 and more"};
  wt_time time;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_false(wt_time_parse(&time, wt_span_of(cases[i])));
}

static void days_return_over_a_thousand_years(void **state) {
  (void)state;
  for (int64_t day = -200000; day < 200000; day += 13) {
    int64_t year;
    unsigned month, of_month;
    wt_civil_from_days(day, &year, &month, &of_month);
    assert_int_equal(wt_days_from_civil(year, month, of_month), day);
  }
}

static void an_instant_is_utc(void **state) {
  (void)state;
  wt_buf buf = {0};
  wt_instant instant;
  assert_true(wt_instant_parse(&instant, WT_SPAN("2024-06-20T14:03:05+01:00")));
  wt_instant_put(&buf, instant);
  wt_instant_put(&buf, -1);
  assert_buf(buf, "2024-06-20T13:03:05Z1969-12-31T23:59:59Z");
  wt_buf_release(&buf);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(prints_what_it_read),     cmocka_unit_test(no_time_is_nothing),
      cmocka_unit_test(refuses_what_is_no_time), cmocka_unit_test(days_return_over_a_thousand_years),
      cmocka_unit_test(an_instant_is_utc),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
