/* The object of `diff --json`, byte for byte. */
#include "classify/pair.h"

static void test_the_contract(void **state) {
  (void)state;
  pair p;
  wt_buf out = {0};
  wt_error err;
  pair_open(&p, "It has 5 tons.\n\nAll is well.", "It has 6 tons.\n\nAll is well.");
  assert_ok(wt_diff_print_json(&out, &p.diff, &p.found, &err));
  assert_buf(
      out,
      "{\"schema\":1,\"old\":{\"units\":[{\"text\":\"It has 5 tons.\",\"paragraph\":0},{\"text\":\"All is well.\","
      "\"paragraph\":1}]},\"new\":{\"units\":[{\"text\":\"It has 6 tons.\",\"paragraph\":0},{\"text\":\"All is "
      "well.\",\"paragraph\":1}]},\"fields\":[],\"edits\":[{\"kind\":\"edit\",\"old\":[0],\"new\":[0],\"moved\":false,"
      "\"classes\":[\"number\",\"lede\"],\"substantive\":true,\"developing\":false,\"why\":[\"number: 5 tons -> 6 "
      "tons\"],\"words\":[{\"op\":\"keep\",\"unit\":[0,0],\"old\":[0,7],\"new\":[0,7]},{\"op\":\"delete\",\"unit\":[0,"
      "0],"
      "\"old\":[7,8],\"new\":[7,7]},{\"op\":\"insert\",\"unit\":[0,0],\"old\":[8,8],\"new\":[7,8]},{\"op\":\"keep\","
      "\"unit\":[0,0],\"old\":[8,14],\"new\":[8,14]}]},{\"kind\":\"keep\",\"old\":[1],\"new\":[1],\"moved\":false,"
      "\"classes\":[],\"substantive\":false,\"developing\":false,\"why\":[],\"words\":[]}],\"classes\":{\"number\":1,"
      "\"lede\":1},\"substantive\":true,\"findings\":{\"unannounced\":true,\"notice_came\":false,\"notice_went\":false,"
      "\"unmatched_notices\":[],\"facts\":[{\"kind\":\"unannounced\",\"what\":\"number: 5 tons -> 6 tons\"}]}}");
  wt_buf_release(&out);
  pair_close(&p);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_the_contract)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
