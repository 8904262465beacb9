/* JSON-LD out: what it says, and that it reads back to the same story. */
#include "support/roundtrip.h"
#include "wt/report.h"

static void reads_back(void **state) {
  (void)state;
  check_roundtrip_full(wt_report_jsonld);
}

static void reads_wire_stories_back(void **state) {
  (void)state;
  check_roundtrip_wire(wt_report_jsonld);
}

static void says_what_was_corrected(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_story story;
  wt_buf out = {0};
  wt_error err;
  wt_story_init(&story, &arena);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE, WT_SPAN("Ferry"), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_PARAGRAPH, WT_SPAN("It sails."), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_NOTE, WT_SPAN("Update: the harbour has spoken."), &err));
  assert_ok(wt_story_seal(&story, &err));
  assert_ok(wt_report_jsonld(&out, &story, &err));
  assert_null(strstr(out.data, "\"correction\""));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_NOTE, WT_SPAN("Correction: it sails."), &err));
  assert_ok(wt_story_seal(&story, &err));
  wt_buf_clear(&out);
  assert_ok(wt_report_jsonld(&out, &story, &err));
  assert_non_null(strstr(out.data, "\"@type\":\"NewsArticle\""));
  assert_non_null(
      strstr(out.data, "\"correction\":[{\"@type\":\"CorrectionComment\",\"text\":\"Correction: it sails.\"}]"));
  assert_non_null(strstr(out.data, "\"articleBody\":\"It sails.\""));
  story.status = WT_STATUS_CORRECTED;
  assert_ok(wt_story_add(&story, WT_LIST_NOTES, WT_SPAN("It does not fly."), &err));
  assert_ok(wt_story_seal(&story, &err));
  wt_buf_clear(&out);
  assert_ok(wt_report_jsonld(&out, &story, &err));
  assert_non_null(strstr(out.data, "{\"@type\":\"CorrectionComment\",\"text\":\"It does not fly.\"}]"));
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_back),
      cmocka_unit_test(reads_wire_stories_back),
      cmocka_unit_test(says_what_was_corrected),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
