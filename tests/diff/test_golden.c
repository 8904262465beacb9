/* Every folder of fixtures/diff: old, new, and what is expected as a script, on a terminal and as HTML. WT_ACCEPT=1 rewrites. */
#include "support/check.h"

#include "generate.c"
#include "invariants.h"
#include "wt/report.h"

#include <dirent.h>

static void put_script(wt_buf *out, const wt_diff *diff) {
  static const char *const ops[] = {"keep", "insert", "delete", "move"};
  for (size_t e = 0; e < diff->count; e++) {
    const wt_edit *edit = &diff->edits[e];
    wt_buf_put_format(out, "%s%s%s", wt_edit_kind_name(edit->kind),
                      edit->moved && edit->kind != WT_EDIT_MOVE ? " moved" : "", edit->typography ? " typography" : "");
    wt_buf_put_format(out, " old %u+%u new %u+%u\n", edit->old, edit->old_count, edit->newer, edit->new_count);
    for (size_t w = 0; w < edit->word_count; w++) {
      const wt_word_edit *word = &edit->words[w];
      wt_span old = wt_span_sub(diff->old.items[word->old_unit].text, word->old_begin, word->old_end);
      wt_span new = wt_span_sub(diff->newer.items[word->new_unit].text, word->new_begin, word->new_end);
      wt_buf_put_format(out, "  %s %u:%u-%u %u:%u-%u", ops[word->op], word->old_unit, word->old_begin, word->old_end,
                        word->new_unit, word->new_begin, word->new_end);
      wt_buf_put_text(out, " [");
      wt_buf_put_span(out, word->op == WT_WORD_INSERT ? new : old);
      if (word->op == WT_WORD_KEEP && !wt_span_equal(old, new)) {
        wt_buf_put_text(out, "] as [");
        wt_buf_put_span(out, new);
      }
      wt_buf_put_text(out, "]\n");
    }
  }
}

static void read_file(wt_buf *out, const char *folder, const char *name, bool must) {
  char path[1024];
  wt_error err = {0};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  wt_buf_clear(out);
  wt_status status = wt_file_read(out, path, 1 << 24, &err);
  if (must || status != WT_ENOTFOUND) check_ok(status, &err, __FILE__, __LINE__);
}

static void expect(const char *folder, const char *name, const wt_buf *have) {
  char path[1024];
  wt_buf want = {0};
  wt_error err = {0};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  if (getenv("WT_ACCEPT")) assert_ok(wt_file_write(path, wt_buf_span(have), &err));
  read_file(&want, folder, name, true);
  if (!wt_span_equal(wt_buf_span(have), wt_buf_span(&want))) {
    print_error("%s\n--- have\n%.*s\n--- want\n%.*s\n", path, (int)have->len, have->data ? have->data : "",
                (int)want.len, want.data ? want.data : "");
    fail();
  }
  wt_buf_release(&want);
}

static void check_case(const char *folder) {
  wt_buf old = {0}, new = {0}, out = {0};
  wt_arena arena = {0};
  wt_units olds, news;
  wt_diff diff;
  wt_error err = {0};
  read_file(&old, folder, "old", true);
  read_file(&new, folder, "new", true);
  assert_ok(wt_units_of_lines(&olds, &arena, wt_buf_span(&old), &err));
  assert_ok(wt_units_of_lines(&news, &arena, wt_buf_span(&new), &err));
  assert_ok(wt_diff_units(&diff, &arena, &olds, &news, NULL, &err));
  const char *wrong = invariants_broken(wt_buf_span(&old), wt_buf_span(&new), 0, NULL);
  if (wrong) print_error("%s: %s\n", folder, wrong);
  assert_null(wrong);
  put_script(&out, &diff);
  expect(folder, "expect.script", &out);
  wt_buf_clear(&out);
  assert_ok(wt_report_diff_text(&out, &diff, NULL, &(wt_term){.width = 80},
                                &(wt_diff_text){.old_name = "old", .new_name = "new"}, &err));
  wt_buf_put_text(&out, "\n");
  assert_ok(wt_report_diff_text(&out, &diff, NULL, &(wt_term){.width = 120, .color = true},
                                &(wt_diff_text){.all = true}, &err));
  expect(folder, "expect.text", &out);
  wt_buf_clear(&out);
  assert_ok(wt_report_diff_html(&out, &diff, NULL, &(wt_diff_view){.changed_only = true, .id_prefix = "a-"}, &err));
  assert_ok(wt_report_diff_html(&out, &diff, NULL, &(wt_diff_view){.side_by_side = true, .id_prefix = "b-"}, &err));
  expect(folder, "expect.html", &out);
  wt_arena_release(&arena);
  wt_buf_release(&old);
  wt_buf_release(&new);
  wt_buf_release(&out);
}

static void every_folder_is_a_case(void **state) {
  (void)state;
  DIR *dir = opendir("fixtures/diff");
  assert_non_null(dir);
  unsigned cases = 0;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    char folder[512];
    if (entry->d_name[0] == '.') continue;
    snprintf(folder, sizeof folder, "fixtures/diff/%s", entry->d_name);
    check_case(folder);
    cases++;
  }
  closedir(dir);
  assert_true(cases >= 20);
}

/* Nothing of a page gets to a terminal or a browser as a command. */
static void hostile_text_is_escaped(void **state) {
  (void)state;
  wt_buf text = {0};
  read_file(&text, "fixtures/diff/hostile", "expect.html", true);
  assert_int_equal(wt_span_find(wt_buf_span(&text), WT_SPAN("<script")), text.len);
  assert_int_equal(wt_span_find(wt_buf_span(&text), WT_SPAN("\033")), text.len);
  read_file(&text, "fixtures/diff/hostile", "expect.text", true);
  size_t end = wt_span_find(wt_buf_span(&text), WT_SPAN("\n\n\n"));
  assert_true(wt_span_find(wt_span_sub(wt_buf_span(&text), 0, end), WT_SPAN("\033")) ==
                  (end < text.len ? end : text.len) ||
              end == text.len);
  assert_int_equal(wt_span_find(wt_buf_span(&text), WT_SPAN("\033]0;")), text.len);
  assert_int_equal(wt_span_find(wt_buf_span(&text), WT_SPAN("\033[31mred")), text.len);
  wt_buf_release(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_folder_is_a_case),
                                     cmocka_unit_test(hostile_text_is_escaped)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
