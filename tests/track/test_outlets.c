/* From hosts to configured outlets. */
#include "support/check.h"
#include "track/outlets.h"

static void the_longest_host_wins(void **state) {
  (void)state;
  track_outlets o = {0};
  assert_true(track_outlets_note(&o, WT_SPAN("outlet.bbc.host"), WT_SPAN("bbc.co.uk")));
  assert_true(track_outlets_note(&o, WT_SPAN("outlet.bbc.host"), WT_SPAN("bbc.com")));
  assert_true(track_outlets_note(&o, WT_SPAN("outlet.bbc-sport.host"), WT_SPAN("sport.bbc.co.uk")));
  assert_true(track_outlets_note(&o, WT_SPAN("outlet.bbc.name"), WT_SPAN("BBC")));
  assert_true(track_outlets_note(&o, WT_SPAN("outlet.host"), WT_SPAN("x.example")));
  assert_int_equal(o.count, 3);
  assert_span(track_outlet_of_host(&o, WT_SPAN("news.BBC.co.uk")), "bbc");
  assert_span(track_outlet_of_host(&o, WT_SPAN("bbc.com")), "bbc");
  assert_span(track_outlet_of_host(&o, WT_SPAN("sport.bbc.co.uk")), "bbc-sport");
  assert_span(track_outlet_of_host(&o, WT_SPAN("notbbc.com")), "notbbc.com");
  track_outlets_release(&o);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_longest_host_wins)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
