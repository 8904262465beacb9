/* Two archives whose mains have diverged: what the other was given comes in; and verify names what is broken. */
#include "support/track.h"

static const char *const texts[] = {"The ferry ran aground near the harbour on Monday, and 12 people were brought "
                                    "ashore.\n\nNobody was hurt, the police "
                                    "said in the evening.\n",
                                    "The ferry ran aground near the harbour on Monday, and 14 people were brought "
                                    "ashore.\n\nNobody was hurt, the police "
                                    "said in the evening.\n",
                                    "The ferry ran aground near the harbour on Monday, and 17 people were brought "
                                    "ashore.\n\nNobody was hurt, the police "
                                    "said in the evening.\n"};

static wt_added add(bench *b, const char *at, const char *text) {
  return bench_add(b, "north.example", "https://north.example/news/ferry", at, text);
}

static void what_the_other_was_given(void **state) {
  (void)state;
  bench here, there;
  wt_add_summary sum;
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  wt_revision_row row;
  wt_story held;
  wt_error err;
  bench_open(&here);
  bench_open(&there);
  add(&here, "2024-06-20T10:00:00Z", texts[0]);
  add(&there, "2024-06-20T10:00:00Z", texts[0]);
  add(&here, "2024-06-20T11:00:00Z", texts[1]);
  add(&there, "2024-06-20T12:00:00Z", texts[2]);
  assert_ok(wt_track_add_from(&sum, here.track, there.archive, &options, &err));
  assert_int_equal(sum.captures, 2);
  assert_int_equal(sum.by_reason[WT_REASON_UNCHANGED], 1);
  assert_int_equal(sum.by_reason[WT_REASON_REVISION], 1);
  assert_ok(wt_track_revision(&row, NULL, &here.arena, here.track, WT_SPAN("ferry@3"), &err));
  assert_ok(wt_track_read(&held, &here.arena, here.track, &row, &err));
  assert_true(wt_span_find(held.blocks[0].text, WT_SPAN("17 people")) < held.blocks[0].text.len);
  assert_ok(wt_track_add_from(&sum, here.track, there.archive, &options, &err)); /* again: nothing */
  assert_int_equal(sum.by_reason[WT_REASON_UNCHANGED], 2);
  assert_int_equal(wt_track_add_from(&sum, here.track, "/nowhere", &options, &err), WT_ENOTFOUND);
  bench_close(&here);
  bench_close(&there);
}

typedef struct taker {
  bench *there;
  bool erased;
} taker;

/* While the first capture goes in, somebody erases the other story there. */
static void erase_the_second(void *context, const char *what, uint64_t done, uint64_t total) {
  taker *t = context;
  wt_track_erase_in in = {.reason = WT_SPAN("asked for")};
  wt_archive_erased out;
  wt_error err;
  (void)what, (void)done, (void)total;
  if (t->erased) return;
  t->erased = true;
  assert_ok(wt_track_erase(&out, t->there->track, WT_SPAN("bridge"), &in, &err));
}

static void what_goes_meanwhile_is_told(void **state) {
  (void)state;
  bench here, there;
  taker t = {.there = &there};
  wt_add_summary sum;
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  wt_track_options handle = {.create = true, .bare = true, .calls = {.progress = erase_the_second, .context = &t}};
  wt_error err;
  bench_open(&here);
  bench_open(&there);
  wt_track_close(here.track);
  assert_ok(wt_track_open(&here.track, here.archive, &handle, &err));
  add(&there, "2024-06-20T10:00:00Z", texts[0]);
  bench_add(&there, "north.example", "https://north.example/news/bridge", "2024-06-20T11:00:00Z",
            "The old bridge\n\nThe old bridge over the river is closed to lorries from Friday, the council said.\n");
  assert_ok(wt_track_add_from(&sum, here.track, there.archive, &options, &err));
  assert_true(t.erased);
  assert_int_equal(sum.by_reason[WT_REASON_NEW_STORY], 1);
  assert_int_equal(sum.by_reason[WT_REASON_TROUBLE], 1);
  bench_close(&here);
  bench_close(&there);
}

static void broken_refs_are_faults(void **state) {
  (void)state;
  static const char *const refs[] = {"heads/main", "writethru/captures", "writethru/journal"};
  for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
    bench b;
    char path[400];
    uint64_t faults, revisions;
    wt_error err;
    wt_track_options options = {.as_it_is = true};
    bench_open(&b);
    add(&b, "2024-06-20T10:00:00Z", texts[0]);
    add(&b, "2024-06-20T11:00:00Z", texts[1]);
    wt_track_close(b.track);
    snprintf(path, sizeof path, "%s/refs/%s", b.archive, refs[i]);
    assert_ok(wt_file_write(path, WT_SPAN("0123456789012345678901234567890123456789\n"), &err));
    assert_ok(wt_track_open(&b.track, b.archive, &options, &err));
    assert_ok(wt_track_verify(&faults, &revisions, b.track, &err));
    assert_true(faults > 0);
    bench_close(&b);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_the_other_was_given),
                                     cmocka_unit_test(what_goes_meanwhile_is_told),
                                     cmocka_unit_test(broken_refs_are_faults)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
