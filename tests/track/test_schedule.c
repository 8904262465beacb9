/* The schedule under a simulated clock: a year of a page, and 500 pages against the best fixed interval. */
#include "support/check.h"
#include "track/schedule.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static uint64_t random_next(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return *seed >> 33;
}

static void a_quiet_page_is_asked_ever_more_seldom_and_then_never(void **state) {
  (void)state;
  wt_schedule s = wt_schedule_page(0);
  int checks = 0, first_day = 0;
  int64_t last_gap = 0;
  while (s.next != WT_INSTANT_NONE && checks < 10000) {
    wt_instant now = s.next;
    wt_schedule_page_checked(&s, now, WT_CHECK_UNCHANGED, -1);
    checks++;
    if (now < DAY) first_day++;
    if (s.next == WT_INSTANT_NONE) break;
    assert_true(s.next - now >= last_gap || s.next - now >= 30 * (int64_t)DAY);
    last_gap = s.next - now;
  }
  assert_int_equal(s.next, WT_INSTANT_NONE);
  assert_in_range(first_day, 10, 40);
  assert_in_range(checks, 20, 80);
}

static void a_story_that_wakes_up_is_fresh_again(void **state) {
  (void)state;
  wt_schedule s = wt_schedule_page(0);
  wt_schedule_page_checked(&s, 40 * (int64_t)DAY, WT_CHECK_UNCHANGED, -1);
  assert_true(s.next - 40 * (int64_t)DAY > 3 * (int64_t)DAY);
  wt_schedule_page_checked(&s, 50 * (int64_t)DAY, WT_CHECK_CHANGED, -1);
  assert_true(s.next - 50 * (int64_t)DAY <= HOUR / 2);
}

static void failures_back_off_and_tell_nothing_of_the_page(void **state) {
  (void)state;
  wt_schedule s = wt_schedule_page(0);
  const int64_t waits[] = {MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE};
  for (size_t i = 0; i < 4; i++) {
    wt_schedule_page_checked(&s, 1000, WT_CHECK_FAILED, -1);
    assert_int_equal(s.next, 1000 + waits[i]);
  }
  for (int i = 0; i < 100; i++) wt_schedule_page_checked(&s, 1000, WT_CHECK_FAILED, -1);
  assert_int_equal(s.next, 1000 + DAY);
  assert_int_equal(s.factor, 64);
  wt_schedule_page_checked(&s, 2000, WT_CHECK_UNCHANGED, -1);
  assert_int_equal(s.trouble, 0);
}

static void later_waits_as_long_as_the_server_asks(void **state) {
  (void)state;
  wt_schedule s = wt_schedule_page(0);
  wt_schedule_page_checked(&s, 0, WT_CHECK_LATER, 7200 * 1000);
  assert_in_range(s.next, 7200, 7201);
  wt_schedule_page_checked(&s, 8000, WT_CHECK_LATER, -1);
  assert_int_equal(s.next, 8000 + 2 * MINUTE);
  wt_schedule_page_checked(&s, 9000, WT_CHECK_LATER, INT64_MAX);
  assert_int_equal(s.next, 9000 + 30 * (int64_t)DAY);
}

static void what_is_gone_is_asked_thrice_more(void **state) {
  (void)state;
  wt_schedule s = wt_schedule_page(0);
  int checks = 0;
  while (s.next != WT_INSTANT_NONE) {
    wt_schedule_page_checked(&s, s.next, WT_CHECK_GONE, -1);
    checks++;
  }
  assert_int_equal(checks, 4);
}

static void a_source_follows_its_own_pace(void **state) {
  (void)state;
  wt_schedule s = wt_schedule_source(0);
  for (int i = 0; i < 10; i++) wt_schedule_source_checked(&s, 0, WT_CHECK_CHANGED, -1, 0);
  assert_int_equal(s.next, 5 * MINUTE);
  for (int i = 0; i < 20; i++) wt_schedule_source_checked(&s, 0, WT_CHECK_UNCHANGED, -1, 0);
  assert_int_equal(s.next, HOUR);
  wt_schedule_source_checked(&s, 0, WT_CHECK_CHANGED, -1, 90);
  assert_int_equal(s.next, 90);
}

/* ---- against the best fixed interval ---- */

enum { PAGES = 500, MOST_CHANGES = 64, DAYS = 3 };

typedef struct page {
  int64_t born, changes[MOST_CHANGES];
  int count;
} page;

/* Times of edits after publishing fall off as one over the age, as measured on news: the log of the age is even. */
static void make_page(page *p, uint64_t *seed) {
  static const int64_t scales[] = {10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 80 * MINUTE, 160 * MINUTE,
                                   5 * HOUR,    10 * HOUR,   20 * HOUR,   40 * HOUR,   60 * HOUR};
  p->born = (int64_t)(random_next(seed) % (2 * DAY));
  p->count = 0;
  int wanted = (int)(random_next(seed) % 6);
  for (int i = 0; i < wanted; i++) {
    int64_t scale = scales[random_next(seed) % 10];
    p->changes[p->count++] = p->born + scale / 2 + (int64_t)(random_next(seed) % (uint64_t)scale);
  }
}

/* Was there a change in (from, to]? A fetch sees the page as it stands: changes that fell between two fetches are one. */
static bool changed(const page *p, int64_t from, int64_t to) {
  for (int i = 0; i < p->count; i++)
    if (p->changes[i] > from && p->changes[i] <= to) return true;
  return false;
}

static void run_ours(const page *pages, int64_t end, int *requests, int *found) {
  *requests = *found = 0;
  for (int i = 0; i < PAGES; i++) {
    wt_schedule s = wt_schedule_page(pages[i].born);
    int64_t last = pages[i].born;
    while (s.next != WT_INSTANT_NONE && s.next < end) {
      int64_t now = s.next;
      bool seen = changed(&pages[i], last, now);
      ++*requests;
      *found += seen;
      wt_schedule_page_checked(&s, now, seen ? WT_CHECK_CHANGED : WT_CHECK_UNCHANGED, -1);
      last = now;
    }
  }
}

static void run_fixed(const page *pages, int64_t end, int64_t interval, int *requests, int *found) {
  *requests = *found = 0;
  for (int i = 0; i < PAGES; i++)
    for (int64_t now = pages[i].born, last = now; now < end; last = now, now += interval) {
      ++*requests;
      *found += changed(&pages[i], last, now);
    }
}

static void finds_nine_tenths_of_what_the_best_fixed_interval_finds(void **state) {
  (void)state;
  static page pages[PAGES];
  uint64_t seed = 2024;
  int requests, found, fixed_requests = 0, fixed_found = 0, best = 0;
  for (int i = 0; i < PAGES; i++) make_page(&pages[i], &seed);
  run_ours(pages, DAYS * DAY, &requests, &found);
  for (int64_t interval = 5 * MINUTE; interval < DAY; interval += MINUTE) {
    run_fixed(pages, DAYS * DAY, interval, &fixed_requests, &fixed_found);
    if (fixed_requests <= requests && fixed_found > best) best = fixed_found;
  }
  print_message("schedule: %d requests found %d changes; the best fixed interval %d\n", requests, found, best);
  assert_true(best > 0);
  assert_true(found * 10 >= best * 9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_quiet_page_is_asked_ever_more_seldom_and_then_never),
      cmocka_unit_test(a_story_that_wakes_up_is_fresh_again),
      cmocka_unit_test(failures_back_off_and_tell_nothing_of_the_page),
      cmocka_unit_test(later_waits_as_long_as_the_server_asks),
      cmocka_unit_test(what_is_gone_is_asked_thrice_more),
      cmocka_unit_test(a_source_follows_its_own_pace),
      cmocka_unit_test(finds_nine_tenths_of_what_the_best_fixed_interval_finds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
