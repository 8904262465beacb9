/* The canonical form: what parses prints, parses back to itself, and prints the same bytes again. */
#include "fuzz/ingest.h"

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_arena arena;
  wt_story story, again;
  wt_error err = {.byte = -1};
  wt_buf form = {0}, second = {0};
  wt_arena_init(&arena, (size_t)256 << 20);
  if (wt_story_parse(&story, &arena, (wt_span){(const char *)data, size}, &err) == WT_OK) {
    if (wt_story_print(&form, &story, &err) != WT_OK) fuzz_fail("does not print", &err, wt_buf_span(&form));
    if (wt_story_parse(&again, &arena, wt_buf_span(&form), &err) != WT_OK)
      fuzz_fail("does not parse", &err, wt_buf_span(&form));
    if (!wt_story_equal(&story, &again)) fuzz_fail("is another story when read back", &err, wt_buf_span(&form));
    if (!wt_hash_equal(story.key, again.key) || !wt_hash_equal(story.folded, again.folded))
      fuzz_fail("has other keys when read back", &err, wt_buf_span(&form));
    if (wt_story_print(&second, &again, &err) != WT_OK || !wt_span_equal(wt_buf_span(&form), wt_buf_span(&second)))
      fuzz_fail("prints other bytes the second time", &err, wt_buf_span(&second));
  }
  wt_buf_release(&form);
  wt_buf_release(&second);
  wt_arena_release(&arena);
  return 0;
}
