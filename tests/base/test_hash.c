/* Keys that other programs can compute too. */
#include "support/check.h"

static void agrees_with_xxhsum_and_sha256sum(void **state) {
  (void)state;
  char hex[33], sha[65];
  wt_hash_hex(hex, wt_hash_bytes(WT_SPAN("")));
  assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
  wt_sha256_hex(sha, WT_SPAN("abc"));
  assert_string_equal(sha, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  wt_sha256_hex(sha, (wt_span){NULL, 0});
  assert_string_equal(sha, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void hex_returns(void **state) {
  (void)state;
  wt_hash hash = wt_hash_bytes(WT_SPAN("kill")), again;
  char hex[33];
  wt_hash_hex(hex, hash);
  assert_true(wt_hash_parse(&again, wt_span_of(hex)));
  assert_true(wt_hash_equal(hash, again));
  assert_int_equal(wt_hash_compare(hash, again), 0);
  hex[5] = 'G';
  assert_false(wt_hash_parse(&again, wt_span_of(hex)));
  assert_false(wt_hash_parse(&again, WT_SPAN("99aa")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(agrees_with_xxhsum_and_sha256sum),
      cmocka_unit_test(hex_returns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
