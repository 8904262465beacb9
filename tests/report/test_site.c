/* A static site over time: what is written again, what must be gone, and links that last. */
#include "support/track.h"

#include "wt/report.h"

#include <sys/stat.h>

#define STORY "a.example/2024/03/01/bridge.txt"
#define PAGES "story/a.example/2024/03/01/bridge"

static const char *const texts[] = {
    "The bridge closes\n\nThe bridge will close on Monday for three weeks. Buses take another way.\n\nDrivers were "
    "told "
    "late. The council met twice about it.\n",
    "The bridge closes\n\nThe bridge will close on Monday for nine weeks. Buses take another way.\n\nDrivers were told "
    "late. The council met twice about it.\n\nA secret word: xylophone stands in this one alone.\n",
    "The bridge closes\n\nThe bridge will close on Monday for ten weeks. Buses take another way.\n\nDrivers were told "
    "late. The council met twice about it.\n",
    "The bridge closes\n\nThe bridge will close on Monday for ten weeks. No bus takes another way.\n\nDrivers were "
    "told "
    "late. The council met twice about it.\n",
    "The bridge closes\n\nThe bridge will close on Monday for ten weeks. No bus takes another way.\n\nDrivers were "
    "told "
    "early. The council met twice about it.\n",
};

static void add(bench *b, unsigned number) {
  char at[32];
  snprintf(at, sizeof at, "2024-03-01T%02u:00:00Z", 6 + number);
  wt_added added = bench_add(b, "a.example", "https://a.example/bridge", at, texts[number - 1]);
  assert_int_equal(added.revision, number);
}

static wt_site_summary write_site(bench *b, const char *dir) {
  wt_error err;
  wt_site_summary sum;
  wt_site_options options = {.report = {.title = NULL}};
  assert_ok(wt_site_write(&sum, b->track, dir, &options, &err));
  return sum;
}

static bool there(const char *dir, const char *page) {
  char path[1024];
  struct stat st;
  snprintf(path, sizeof path, "%s/%s", dir, page);
  return stat(path, &st) == 0;
}

/* Does the file of that name hold the words? It must be there. */
static bool says(const char *dir, const char *page, const char *words) {
  char path[1024];
  wt_error err;
  wt_buf bytes = {0};
  snprintf(path, sizeof path, "%s/%s", dir, page);
  assert_ok(wt_file_read(&bytes, path, 1 << 20, &err));
  bool found = wt_span_find(wt_buf_span(&bytes), wt_span_of(words)) < bytes.len;
  wt_buf_release(&bytes);
  return found;
}

static bool any_file_says(const char *dir, const char *words) {
  char command[1200];
  snprintf(command, sizeof command, "grep -rqF '%s' '%s'", words, dir);
  return system(command) == 0;
}

static void open_all(bench *b, char *site, size_t size, unsigned revisions) {
  bench_open(b);
  snprintf(site, size, "%s/site", b->dir);
  for (unsigned i = 1; i <= revisions; i++) add(b, i);
}

static void a_second_run_writes_what_changed_alone(void **state) {
  (void)state;
  bench b;
  char site[300];
  open_all(&b, site, sizeof site, 3);
  assert_true(write_site(&b, site).written > 20);
  assert_int_equal(write_site(&b, site).written, 0);
  add(&b, 4);
  uint64_t written = write_site(&b, site).written;
  assert_true(written > 5 && written < 60);
  assert_true(says(site, PAGES ".html", "id=\"r4\""));
  bench_close(&b);
}

static uint64_t count_files(const char *dir) {
  char command[400], answer[32] = "";
  snprintf(command, sizeof command, "find '%s' -type f ! -name .writethru-site | wc -l", dir);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  assert_non_null(fgets(answer, sizeof answer, pipe));
  pclose(pipe);
  return strtoull(answer, NULL, 10);
}

static void each_file_is_counted_once(void **state) {
  (void)state;
  bench b;
  char site[300];
  wt_error err;
  wt_archive_erased erased;
  const wt_track_erase_in why = {.reason = WT_SPAN("by order")};
  open_all(&b, site, sizeof site, 5);
  wt_site_summary fresh = write_site(&b, site), again = write_site(&b, site);
  assert_int_equal(fresh.same, 0);
  assert_int_equal(fresh.written, count_files(site));
  assert_int_equal(again.written, 0);
  assert_int_equal(again.same, fresh.written);
  assert_ok(wt_track_erase(&erased, b.track, WT_SPAN(STORY "@2"), &why, &err));
  write_site(&b, site);
  assert_int_equal(write_site(&b, site).same, count_files(site));
  bench_close(&b);
}

/* A comparison with a text that was present once is linked no more, but it lies there. */
static void what_is_erased_is_in_no_file(void **state) {
  (void)state;
  bench b;
  char site[300];
  wt_error err;
  wt_archive_erased erased;
  const wt_track_erase_in why = {.reason = WT_SPAN("by order")};
  open_all(&b, site, sizeof site, 4);
  write_site(&b, site);
  add(&b, 5);
  write_site(&b, site);
  assert_true(there(site, PAGES "/2-3.html") && there(site, PAGES "/2-4.html") && there(site, PAGES "/1-2.svg"));
  assert_true(any_file_says(site, "xylophone"));
  assert_ok(wt_track_erase(&erased, b.track, WT_SPAN(STORY "@2"), &why, &err));
  write_site(&b, site);
  assert_false(any_file_says(site, "xylophone"));
  assert_true(says(site, PAGES "/2.html", "taken out"));
  assert_true(says(site, PAGES "/2-4.html", "taken out"));
  assert_true(says(site, PAGES "/2-3.html", "taken out"));
  assert_false(there(site, PAGES "/2-3.svg") || there(site, PAGES "/1-2.json"));
  assert_true(there(site, PAGES "/3-4.json"));
  assert_int_equal(write_site(&b, site).written, 0);
  bench_close(&b);
}

static void links_outlast_regroup(void **state) {
  (void)state;
  bench b;
  char site[300], fresh[300];
  wt_error err;
  wt_span made;
  uint32_t count;
  open_all(&b, site, sizeof site, 4);
  snprintf(fresh, sizeof fresh, "%s/fresh", b.dir);
  write_site(&b, site);
  assert_ok(wt_track_regroup(&made, &count, &b.arena, b.track, WT_SPAN(STORY "@3.."), WT_SPAN("new"), &err));
  assert_int_equal(count, 2);
  write_site(&b, site);
  write_site(&b, fresh);
  const char *const dirs[] = {site, fresh};
  for (size_t i = 0; i < 2; i++) {
    assert_true(says(dirs[i], PAGES "/3.html", "It counts as"));
    assert_true(there(dirs[i], PAGES "/3-4.html"));
    assert_false(says(dirs[i], PAGES "/2.html", "It counts as"));
  }
  /* All of it: the story's own address says where it went. */
  assert_ok(wt_track_regroup(&made, &count, &b.arena, b.track, WT_SPAN(STORY), made, &err));
  write_site(&b, site);
  for (size_t i = 0; i < 1; i++) {
    assert_true(says(dirs[i], PAGES ".html", "is part of"));
    assert_true(says(dirs[i], PAGES ".json", "\"moved_to\""));
    assert_true(says(dirs[i], PAGES "/1.html", "It counts as"));
  }
  bench_close(&b);
}

/* Somebody ran the story later: its page says so, though no capture of it came. */
static void who_else_ran_it_is_told_anew(void **state) {
  (void)state;
  bench b;
  char site[300];
  open_all(&b, site, sizeof site, 1);
  write_site(&b, site);
  assert_false(says(site, PAGES ".html", "b.example"));
  bench_add(&b, "b.example", "https://b.example/our-bridge", "2024-03-02T09:00:00Z", texts[0]);
  write_site(&b, site);
  assert_true(says(site, PAGES ".html", "b.example"));
  bench_close(&b);
}

/* Every file of a site made at once lies, byte for byte, in the one that grew: through another headline and a late capture. */
static void a_site_that_grew_is_the_site_made_at_once(void **state) {
  (void)state;
  bench b;
  char site[300], fresh[300], command[1000];
  open_all(&b, site, sizeof site, 2);
  write_site(&b, site);
  bench_add(
      &b, "a.example", "https://a.example/bridge", "2024-03-01T09:00:00Z",
      "The bridge stays open\n\nThe bridge will close on Monday for ten weeks. Buses take another way.\n\nDrivers "
      "were told late. The council met twice about it.\n");
  write_site(&b, site);
  wt_added late = bench_add(&b, "a.example", "https://a.example/bridge", "2024-03-01T08:30:00Z",
                            "The bridge closes\n\nThe bridge will close on Monday for eight weeks. Buses take another "
                            "way.\n\nDrivers were told late. The council met twice about it.\n");
  assert_int_equal(late.revision, 4);
  write_site(&b, site);
  snprintf(fresh, sizeof fresh, "%s/fresh", b.dir);
  write_site(&b, fresh);
  snprintf(command, sizeof command, "! diff -rq '%s' '%s' | grep -v '^Only in %s'", fresh, site, site);
  assert_int_equal(system(command), 0);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_second_run_writes_what_changed_alone),
      cmocka_unit_test(each_file_is_counted_once),
      cmocka_unit_test(what_is_erased_is_in_no_file),
      cmocka_unit_test(links_outlast_regroup),
      cmocka_unit_test(who_else_ran_it_is_told_anew),
      cmocka_unit_test(a_site_that_grew_is_the_site_made_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
