/* json_parse: good JSON that jansson has no room for is read, in its place; bad JSON is not. */
#include "ingest/json_parse.h"
#include "support/check.h"

#include <string.h>

static json_t *parse(const char *text, size_t flags, int *position) {
  json_error_t trouble;
  json_t *value = wt_json_parse(wt_span_of(text), flags, &trouble);
  *position = trouble.position;
  return value;
}

static void expect(const char *text, const char *wanted) {
  int position;
  json_t *value = parse(text, 0, &position);
  assert_non_null(value);
  char *written = json_dumps(value, JSON_COMPACT);
  assert_string_equal(written, wanted);
  free(written);
  json_decref(value);
}

static void large_numbers_are_null(void **state) {
  (void)state;
  expect("{\"id\":18446744073709551615,\"text\":\"x 18446744073709551615\"}",
         "{\"id\":null,\"text\":\"x 18446744073709551615\"}");
  expect("[-9223372036854775809,1e999,-1E+400,1e5,12]", "[null,null,null,100000.0,12]");
  expect("{\"a\\\"1\":99999999999999999999,\"b\":\"\\\\\",\"c\":99999999999999999999}",
         "{\"a\\\"1\":null,\"b\":\"\\\\\",\"c\":null}");
}

static void half_pairs_and_nul_are_replaced(void **state) {
  (void)state;
  expect("[\"a\\ud800b\",\"\\udc00\",\"\\ud83d\\ude00 \\ud83d\",\"\\\\ud800\"]",
         "[\"a\xef\xbf\xbd"
         "b\",\"\xef\xbf\xbd\",\"\xf0\x9f\x98\x80 \xef\xbf\xbd\",\"\\\\ud800\"]");
  expect("{\"a\\u0000\":\"\\u0000\"}", "{\"a\xef\xbf\xbd\":\"\xef\xbf\xbd\"}");
}

static void what_is_no_json_is_refused(void **state) {
  (void)state;
  static const char *const bad[] = {"[18446744073709551615", "[18446744073709551615 x]", "{\"a\":1e999e1}",
                                    "[\"\\ud800]",           "[\"\\ud800\\ud80\"]",      "[1-99999999999999999999]",
                                    "[00000000000000000001]"};
  int position;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (parse(bad[i], 0, &position) != NULL) fail_msg("%s", bad[i]);
}

/* A value in front of other text: what follows is not gone through, and the place behind it is told. */
static void a_value_at_the_front_ends_where_it_did(void **state) {
  (void)state;
  int position;
  const char *text = "{\"a\":[\"}\\ud800\",18446744073709551615]} \"[\\ud800";
  json_t *value = parse(text, JSON_DISABLE_EOF_CHECK, &position);
  assert_non_null(value);
  assert_int_equal(position, strchr(text, ' ') - text);
  json_decref(value);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(large_numbers_are_null),
      cmocka_unit_test(half_pairs_and_nul_are_replaced),
      cmocka_unit_test(what_is_no_json_is_refused),
      cmocka_unit_test(a_value_at_the_front_ends_where_it_did),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
