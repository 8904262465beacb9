/* A history, its versions parted by lines of `====`: blame gives the text of every revision back. */
#include "fuzz/fuzz.h"
#include "wt/track/blame.h"

enum { REVISIONS = 12 };

static void put_lines(wt_buf *out, const wt_units *units) {
  for (size_t i = 0; i < units->count; i++) {
    if (i > 0) wt_buf_put_text(out, units->items[i].paragraph != units->items[i - 1].paragraph ? "\n\n" : "\n");
    wt_buf_put_span(out, units->items[i].text);
  }
  if (units->count > 0) wt_buf_put_char(out, '\n');
}

static void check_units(const wt_blame *blame, size_t place) {
  for (size_t i = 0; i < wt_blame_count(blame); i++) {
    const wt_blame_unit *unit = wt_blame_at(blame, i);
    fuzz_expect(unit->origin >= 1 && unit->origin <= place, "a sentence's origin is a revision");
    fuzz_expect(unit->last_edit >= unit->origin && unit->last_edit <= place, "edited after it came");
    for (size_t w = 0; w < unit->word_count; w++) {
      fuzz_expect(unit->words[w].origin >= 1 && unit->words[w].origin <= place, "a word's origin is a revision");
      fuzz_expect(unit->words[w].begin < unit->words[w].end && unit->words[w].end <= unit->text.len, "words in the text");
    }
  }
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span rest = {(const char *)data, size}, part;
  wt_arena arena;
  wt_blame *blame;
  wt_units units;
  wt_error err = {.byte = -1};
  wt_buf texts[REVISIONS] = {{0}}, replayed = {0};
  size_t count = 0;
  if (size == 0) return 0;
  wt_arena_init(&arena, (size_t)256 << 20);
  if (wt_blame_open(&blame, 0, &err)) fuzz_fail("no blame", &err, rest);
  for (; count < REVISIONS && fuzz_part(&part, &rest, "===="); count++) {
    if (wt_units_of_lines(&units, &arena, part, &err)) fuzz_fail("no units", &err, part);
    put_lines(&texts[count], &units);
    if (wt_blame_add_units(blame, (uint32_t)count + 1, (wt_instant)count, &units, &err)) fuzz_fail("no revision", &err, part);
    check_units(blame, count + 1);
  }
  for (size_t i = 0; i < count; i++) {
    wt_buf_clear(&replayed);
    if (wt_blame_replay(&replayed, blame, i + 1, &err)) fuzz_fail("does not replay", &err, wt_buf_span(&texts[i]));
    if (!wt_span_equal(wt_buf_span(&replayed), wt_buf_span(&texts[i])))
      fuzz_fail("replays other bytes", &err, wt_buf_span(&replayed));
    wt_buf_release(&texts[i]);
  }
  wt_buf_release(&replayed);
  wt_blame_close(blame);
  wt_arena_release(&arena);
  return 0;
}
