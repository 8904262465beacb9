/* Two versions of a story, parted by a line of `====`: what changed, said in every way that we say it. */
#include "fuzz/fuzz.h"
#include "wt/report.h"

static void read_side(wt_story *out, wt_arena *arena, wt_span text) {
  wt_error err = {.byte = -1};
  wt_buf sound = {0};
  wt_decoded how;
  wt_cuts cuts = {0};
  wt_decode_hints hints = {.http = WT_SPAN("utf-8")};
  wt_span line = {0}, rest;
  if (wt_decode(&sound, &how, text, &hints, &err)) fuzz_fail("does not decode", &err, text);
  rest = wt_buf_span(&sound);
  wt_story_init(out, arena);
  if (rest.len > 0 && wt_span_line(&line, &rest) && wt_story_set(out, WT_FIELD_HEADLINE, line, &err))
    fuzz_fail("no headline", &err, line);
  if (wt_paragraphs_cut(&cuts, rest, &err)) fuzz_fail("no paragraphs", &err, rest);
  for (size_t i = 0; i < cuts.count; i++) {
    wt_span block = wt_span_sub(rest, cuts.items[i].begin, cuts.items[i].end);
    wt_block_kind kind = wt_span_starts(block, WT_SPAN("Note:")) ? WT_BLOCK_NOTE : WT_BLOCK_PARAGRAPH;
    if (wt_story_add_block(out, kind, block, &err)) fuzz_fail("no block", &err, block);
  }
  if (wt_story_seal(out, &err)) fuzz_fail("does not seal", &err, text);
  wt_cuts_release(&cuts);
  wt_buf_release(&sound);
}

static void check_subject(wt_span subject) {
  wt_error err = {.byte = -1};
  if (wt_utf8_count(subject) > 72) fuzz_fail("a subject of more than 72 characters", &err, subject);
  if (wt_utf8_valid(subject) != subject.len) fuzz_fail("a subject that is no UTF-8", &err, subject);
  for (size_t i = 0; i < subject.len; i++)
    if ((unsigned char)subject.data[i] < 0x20) fuzz_fail("a subject with a control", &err, subject);
}

/* Text for a terminal never has ESC or another control but the line's end. */
static void check_terminal(wt_span text) {
  wt_error err = {.byte = -1};
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.data[i] < 0x20 && text.data[i] != '\n') fuzz_fail("a control for the terminal", &err, text);
}

static void say(const wt_diff *diff, const wt_classified *classified, const wt_story *new) {
  wt_error err = {.byte = -1};
  wt_buf out = {0};
  wt_term term = {.width = 100};
  wt_diff_text columns = {.all = true};
  wt_diff_view view = {.side_by_side = true};
  if (wt_subject(&out, classified, new, &err)) fuzz_fail("no subject", &err, (wt_span){0});
  check_subject(wt_buf_span(&out));
  wt_buf_clear(&out);
  if (wt_diff_print_json(&out, diff, classified, &err)) fuzz_fail("no JSON", &err, (wt_span){0});
  fuzz_expect(wt_utf8_valid(wt_buf_span(&out)) == out.len, "JSON is UTF-8");
  wt_buf_clear(&out);
  if (wt_report_diff_text(&out, diff, classified, &term, &columns, &err)) fuzz_fail("no text", &err, (wt_span){0});
  check_terminal(wt_buf_span(&out));
  term.width = 140;
  if (wt_report_diff_text(&out, diff, classified, &term, NULL, &err)) fuzz_fail("no columns", &err, (wt_span){0});
  check_terminal(wt_buf_span(&out));
  if (wt_report_diff_page(&out, diff, classified, &view, &err)) fuzz_fail("no page", &err, (wt_span){0});
  if (wt_report_diff_svg(&out, diff, NULL, &err)) fuzz_fail("no picture", &err, (wt_span){0});
  wt_buf_release(&out);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_span rest = {(const char *)data, size}, old_text = {0}, new_text = {0};
  wt_arena arena;
  wt_story old, new;
  wt_diff diff;
  wt_classified classified;
  wt_error err = {.byte = -1};
  if (size == 0 || !fuzz_part(&old_text, &rest, "====")) return 0;
  fuzz_part(&new_text, &rest, "====");
  wt_arena_init(&arena, (size_t)512 << 20);
  read_side(&old, &arena, old_text);
  read_side(&new, &arena, new_text);
  if (wt_diff_stories(&diff, &arena, &old, &new, NULL, &err)) fuzz_fail("no diff", &err, new_text);
  if (wt_classify(&classified, &arena, &diff, &old, &new, &err)) fuzz_fail("no classes", &err, new_text);
  fuzz_expect(!classified.substantive || classified.classes != 0, "what is substantive has a class");
  fuzz_expect(!diff.same_bytes || classified.classes == 0, "nothing changed and nothing is said");
  say(&diff, &classified, &new);
  wt_arena_release(&arena);
  return 0;
}
