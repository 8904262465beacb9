/* ninjs out: what it says, and that it reads back to the same story. */
#include "support/roundtrip.h"
#include "wt/report.h"

static void reads_back(void **state) {
  (void)state;
  check_roundtrip_full(wt_report_ninjs);
}

static void reads_wire_stories_back(void **state) {
  (void)state;
  check_roundtrip_wire(wt_report_ninjs);
}

static void has_what_ninjs_asks_for(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_buf out = {0};
  wt_error err;
  wt_story_init(&story, &arena);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE, WT_SPAN("Ferry"), &err));
  assert_ok(wt_story_set(&story, WT_FIELD_PUBLISHED, WT_SPAN("2024-06-20T10:00:00Z"), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, WT_SPAN("It <sails> & waits."), &err));
  assert_ok(wt_story_seal(&story, &err));
  assert_ok(wt_report_ninjs(&out, &story, &err));
  assert_non_null(strstr(out.data, "\"uri\":\"urn:writethru:"));
  assert_non_null(strstr(out.data, "\"pubStatus\":\"usable\""));
  assert_non_null(strstr(out.data, "\"firstCreated\":\"2024-06-20T10:00:00Z\""));
  assert_non_null(strstr(out.data, "\"headlines\":[{\"role\":\"main\",\"value\":\"Ferry\"}]"));
  assert_non_null(strstr(out.data, "<p>It &lt;sails&gt; &amp; waits.</p>"));
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_back),
      cmocka_unit_test(reads_wire_stories_back),
      cmocka_unit_test(has_what_ninjs_asks_for),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
