/* The vector path gives what the scalar one gives, on any bytes. */
#include "support/check.h"

#include "text/lower.h"

#include <string.h>

static void both_paths_agree(void **state) {
  (void)state;
  static const char parts[] = "abcXYZ019  -'`,.\t\"\xC3\xA9$AbCdEfGhIj klmno";
  uint64_t seed = 3;
  for (int round = 0; round < 200000; round++) {
    char text[80], one[80], two[80];
    size_t len = (size_t)(seed >> 40) % sizeof text;
    bool rare = round % 2 == 0;
    for (size_t i = 0; i < len; i++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      size_t pick = (seed >> 33) % (sizeof parts - 1);
      text[i] = rare && pick > 8 && pick < 20 ? 'q' : parts[pick];
    }
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    size_t fast = wt_lower_plain(one, (wt_span){text, len}), slow = wt_lower_plain_scalar(two, (wt_span){text, len});
    assert_int_equal(fast, slow);
    assert_memory_equal(one, two, slow);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(both_paths_agree)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
