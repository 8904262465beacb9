/* extract --json: the contract of schema 1, to the byte. */
#include "support/check.h"
#include "wt/story.h"

static void prints_the_contract(void **state) {
  (void)state;
  wt_error err;
  wt_arena arena = {0};
  wt_story story;
  wt_buf out = {0};
  wt_story_init(&story, &arena);
  assert_ok(wt_story_set(&story, WT_FIELD_HEADLINE, WT_SPAN("A \"quay\""), &err));
  assert_ok(wt_story_add(&story, WT_LIST_BYLINES, WT_SPAN("Tuva Lind"), &err));
  assert_ok(wt_story_add_block(&story, WT_BLOCK_ITEM, WT_SPAN("Text"), &err));
  assert_ok(wt_story_drop(&story, WT_SPAN("Share"), "share-bar", &err));
  story.state = WT_CAPTURE_PAYWALL;
  assert_ok(wt_story_seal(&story, &err));
  assert_ok(wt_story_print_json(&out, &story, &(wt_story_origin){.file = WT_SPAN("a.html"), .captured = WT_INSTANT_NONE}, &err));
  assert_buf(out, "{\"schema\":1,\"file\":\"a.html\",\"outlet\":null,\"headline\":\"A \\\"quay\\\"\",\"deck\":null,"
                  "\"bylines\":[\"Tuva Lind\"],\"dateline\":null,\"credit\":null,\"picture_credits\":[],\"published\":null,"
                  "\"modified\":null,\"url\":null,\"canonical\":null,\"language\":null,\"kicker\":null,\"embedded_id\":null,"
                  "\"slug\":null,\"take\":null,\"version\":null,\"priority\":null,\"urgency\":null,\"embargo\":null,"
                  "\"charset\":null,\"notes\":[],\"status\":\"paywall\",\"paragraphs\":[{\"kind\":\"item\",\"text\":\"Text\","
                  "\"key\":\"727cdc398e624e78e14ad20e98c98695\",\"folded\":\"c5a64efff9224e392680525687aac7c5\"}],"
                  "\"dropped\":[{\"text\":\"Share\",\"reason\":\"share-bar\"}]}");
  wt_buf_release(&out);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(prints_the_contract)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
