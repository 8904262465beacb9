/* JSON out: commas by themselves, everything escaped. */
#include "support/check.h"

static void puts_commas_where_they_belong(void **state) {
  (void)state;
  wt_buf buf = {0};
  wt_json json;
  wt_json_init(&json, &buf);
  wt_json_object(&json);
  wt_json_member_int(&json, "schema", 1);
  wt_json_key(&json, "list");
  wt_json_array(&json);
  wt_json_int(&json, -2);
  wt_json_array(&json);
  wt_json_array_end(&json);
  wt_json_bool(&json, true);
  wt_json_null(&json);
  wt_json_share(&json, 8734);
  wt_json_share(&json, -10001);
  wt_json_array_end(&json);
  wt_json_member_or_null(&json, "deck", (wt_span){NULL, 0});
  wt_json_object_end(&json);
  wt_json_line_end(&json);
  wt_json_array(&json);
  wt_json_array_end(&json);
  assert_buf(buf, "{\"schema\":1,\"list\":[-2,[],true,null,0.8734,-1.0001],\"deck\":null}\n[]");
  wt_buf_release(&buf);
}

static void escapes_what_harms(void **state) {
  (void)state;
  wt_buf buf = {0};
  wt_json json;
  wt_json_init(&json, &buf);
  wt_json_span(&json, WT_SPAN("\"\\\n\r\t\x1b[31m\x7f\xc2\x9b\xe2\x80\xa8\xff\xc3\xa9\0"));
  assert_buf(buf, "\"\\\"\\\\\\n\\r\\t\\u001b[31m\\u007f\\u009b\\u2028\xef\xbf\xbd\xc3\xa9\\u0000\"");
  wt_buf_release(&buf);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(puts_commas_where_they_belong),
      cmocka_unit_test(escapes_what_harms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
