/* Finished answers: kept within a ceiling, dropped when the archive changes, alive as long as somebody holds them. */
#include "support/check.h"
#include "web/cache.h"

static web_answer *made(const char *text) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
  web_answer *answer = web_answer_new(response, MHD_HTTP_OK, strlen(text), "\"tag\"");
  assert_non_null(answer);
  return answer;
}

/* Keeps one and lets go of it. */
static void keep(web_cache *cache, const char *key, const char *text) {
  web_answer *answer = made(text);
  web_cache_keep(cache, wt_span_of(key), answer, web_cache_generation(cache));
  web_answer_drop(answer);
}

static bool has(web_cache *cache, const char *key) {
  web_answer *answer = web_cache_find(cache, wt_span_of(key));
  web_answer_drop(answer);
  return answer != NULL;
}

static void what_is_held_outlives_the_cache(void **state) {
  (void)state;
  web_cache *cache = web_cache_open(1 << 20);
  keep(cache, "a", "text");
  web_answer *held = web_cache_find(cache, WT_SPAN("a"));
  assert_non_null(held);
  web_cache_renew(cache);
  assert_false(has(cache, "a"));
  web_cache_close(cache);
  web_answer_drop(web_answer_hold(held));
  web_answer_drop(held);
}

static void an_answer_of_an_older_state_is_not_kept(void **state) {
  (void)state;
  web_cache *cache = web_cache_open(1 << 20);
  uint64_t before = web_cache_generation(cache);
  web_answer *answer = made("text");
  web_cache_renew(cache);
  web_cache_keep(cache, WT_SPAN("a"), answer, before);
  assert_false(has(cache, "a"));
  web_answer_drop(answer);
  web_cache_close(cache);
}

static void the_longest_unused_goes_first(void **state) {
  (void)state;
  char text[401] = {0}, key[] = "a";
  memset(text, 'x', sizeof text - 1);
  web_cache *cache = web_cache_open(4000);
  for (key[0] = 'a'; key[0] <= 'f'; key[0]++) keep(cache, key, text);
  assert_true(has(cache, "a"));
  for (key[0] = 'g'; key[0] <= 'k'; key[0]++) {
    keep(cache, key, text);
    assert_true(has(cache, "a")); /* asked for all the while */
  }
  assert_false(has(cache, "b"));
  assert_true(has(cache, "k"));
  web_cache_close(cache);
}

static void what_is_too_large_is_not_kept(void **state) {
  (void)state;
  char text[1001] = {0};
  memset(text, 'x', sizeof text - 1);
  web_cache *cache = web_cache_open(4000);
  keep(cache, "a", text);
  assert_false(has(cache, "a"));
  web_cache_close(cache);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_held_outlives_the_cache),
      cmocka_unit_test(an_answer_of_an_older_state_is_not_kept),
      cmocka_unit_test(the_longest_unused_goes_first),
      cmocka_unit_test(what_is_too_large_is_not_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
