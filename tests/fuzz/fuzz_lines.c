/* Story lines of `copies --stream`: read, and what each shares with earlier ones told. */
#include "fuzz/fuzz.h"
#include "wt/track/copies.h"

static bool check_copy(void *context, const wt_copy *copy) {
  size_t story = *(const size_t *)context;
  fuzz_expect(copy->other < story, "a copy is of an earlier story");
  fuzz_expect(copy->contained <= 10000 && copy->contains <= 10000, "a share is at most all");
  fuzz_expect(copy->shared_words > 0, "a pair has words in common");
  return true;
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span rest = {(const char *)data, size}, line;
  wt_copies *set;
  wt_copies_options options = {.sample = 1, .limit = (size_t)256 << 20};
  wt_error err = {.byte = -1};
  wt_buf json = {0};
  if (wt_copies_open(&set, &options, &err) != WT_OK) fuzz_fail("no set", &err, rest);
  while (wt_span_line(&line, &rest))
    if (wt_copies_add_line(set, line, &err) != WT_OK) fuzz_expect(err.what[0] != '\0', "what is refused says why");
  if (wt_copies_learn(set, &err) != WT_OK) fuzz_fail("does not learn", &err, rest);
  for (size_t i = 0; i < wt_copies_count(set); i++) {
    if (wt_copies_of(set, i, check_copy, &i, &err) != WT_OK) fuzz_fail("does not tell", &err, rest);
    wt_buf_clear(&json);
    if (wt_copies_print_json(&json, set, i, &err) != WT_OK) fuzz_fail("does not print", &err, rest);
    fuzz_expect(wt_utf8_valid(wt_buf_span(&json)) == json.len, "JSON is UTF-8");
  }
  wt_buf_release(&json);
  wt_copies_close(set);
  return 0;
}
