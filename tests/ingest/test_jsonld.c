/* schema.org articles, as pages write them. */
#include "support/check.h"

#include "ingest/jsonld.h"

static wt_jsonld read_one(wt_arena *arena, const char *json) {
  wt_jsonld ld;
  wt_error err;
  *arena = (wt_arena){0};
  wt_jsonld_init(&ld);
  assert_ok(wt_jsonld_read(&ld, arena, wt_span_of(json), &err));
  return ld;
}

static void an_article_is_found(void **state) {
  (void)state;
  static const char *const shapes[] = {
      "{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"author\":\"Ann Lee\"}",
      "[{\"@type\":\"WebSite\",\"headline\":\"no\"},{\"@type\":[\"Thing\",\"ReportageNewsArticle\"],\"headline\":\"A\","
      "\"author\":[\"Ann Lee\"]}]",
      "{\"@graph\":[{\"@type\":\"Article\",\"headline\":\"A\",\"author\":{\"@id\":\"#p\"}},{\"@type\":\"Person\",\"@"
      "id\":\"#p\",\"name\":\"Ann Lee\"}]}",
      "{\"@type\":\"Article\",\"headline\":\"A\",\"author\":{\"givenName\":\"Ann\",\"familyName\":\"Lee\"}}",
      "{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"https://schema.org/"
      "NewsArticle\",\"headline\":\"A\",\"author\":{\"name\":[\"Ann Lee\"]}}}",
      "<!-- //<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"author\":{\"name\":\"Ann Lee\"},}\n//]]> -->",
      "{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"x\":\"a\nb\tc\\d\",\"author\":\"Ann Lee\"};"};
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
    wt_arena arena;
    wt_jsonld ld = read_one(&arena, shapes[i]);
    assert_true(ld.found);
    assert_span(ld.headline, "A");
    assert_int_equal(ld.authors.count, 1);
    assert_span(ld.authors.items[0], "Ann Lee");
    wt_arena_release(&arena);
  }
}

static void what_is_no_article(void **state) {
  (void)state;
  static const char *const shapes[] = {
      "",
      "{}",
      "[]",
      "null",
      "{\"@type\":\"Product\",\"headline\":\"no\"}",
      "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"no\"}]}"};
  for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
    wt_arena arena;
    wt_jsonld ld = read_one(&arena, shapes[i]);
    assert_false(ld.found);
    wt_arena_release(&arena);
  }
}

static void broken_json_is_said(void **state) {
  (void)state;
  wt_arena arena = {0};
  wt_jsonld ld;
  wt_error err;
  wt_jsonld_init(&ld);
  assert_int_equal(wt_jsonld_read(&ld, &arena, WT_SPAN("{\"@type\": NewsArticle}"), &err), WT_EFORMAT);
  assert_true(err.byte > 0);
  assert_false(ld.found);
  wt_arena_release(&arena);
}

static void a_story_is_filled(void **state) {
  (void)state;
  wt_arena arena;
  wt_story story;
  wt_error err;
  wt_jsonld ld = read_one(&arena, "{\"@type\":\"NewsArticle\",\"headline\":\"Rain &amp; "
                                  "wind\",\"articleBody\":\"One.\\n\\nTwo.\",\"datePublished\":"
                                  "\"2024-01-02T03:04:05Z\",\"author\":[{\"name\":\"Ann Lee\"},{\"name\":\"Bo "
                                  "Ek\"}],\"correction\":\"It was not Monday.\","
                                  "\"isAccessibleForFree\":\"False\"}");
  assert_int_equal(ld.free, 0);
  wt_story_init(&story, &arena);
  assert_ok(wt_jsonld_story(&story, &ld, &err));
  assert_span(story.fields[WT_FIELD_HEADLINE], "Rain & wind");
  assert_span(story.fields[WT_FIELD_PUBLISHED], "2024-01-02T03:04:05Z");
  assert_int_equal(story.lists[WT_LIST_BYLINES].count, 2);
  assert_int_equal(story.block_count, 3);
  assert_int_equal(story.blocks[0].kind, WT_BLOCK_NOTE);
  assert_span(story.blocks[2].text, "Two.");
  assert_int_equal(story.status, WT_STATUS_CORRECTED);
  wt_arena_release(&arena);
}

static void depth_is_bounded(void **state) {
  (void)state;
  wt_buf json = {0};
  wt_arena arena = {0};
  wt_jsonld ld;
  wt_error err;
  for (int i = 0; i < 100000; i++) wt_buf_put_text(&json, "[");
  wt_jsonld_init(&ld);
  assert_int_equal(wt_jsonld_read(&ld, &arena, wt_buf_span(&json), &err) == WT_ENOMEM, 0);
  wt_buf_release(&json);
  wt_arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(an_article_is_found), cmocka_unit_test(what_is_no_article),
                                     cmocka_unit_test(broken_json_is_said), cmocka_unit_test(a_story_is_filled),
                                     cmocka_unit_test(depth_is_bounded)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
