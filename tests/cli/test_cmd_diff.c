/* `writethru diff` as people, programs and git call it. */
#include "support/check.h"

#include <sys/wait.h>
#include <unistd.h>

static char dir[256];

static const char *program(void) {
  const char *given = getenv("WT_PROGRAM");
  return given ? given : "build/writethru";
}

static void put_file(const char *name, const char *text) {
  char path[512];
  wt_error err = {0};
  snprintf(path, sizeof path, "%s/%s", dir, name);
  assert_ok(wt_file_write(path, wt_span_of(text), &err));
}

/* Runs `diff ARGUMENTS` in the folder; the output in out, the exit code returned. */
static int run(wt_buf *out, const char *arguments) {
  char command[2048], path[512];
  wt_error err = {0};
  char *full = realpath(program(), NULL);
  assert_non_null(full);
  snprintf(command, sizeof command, "cd '%s' && '%s' diff %s >out 2>err </dev/null", dir, full, arguments);
  free(full);
  int status = system(command);
  snprintf(path, sizeof path, "%s/out", dir);
  wt_buf_clear(out);
  assert_ok(wt_file_read(out, path, 1 << 24, &err));
  assert_true(WIFEXITED(status));
  return WEXITSTATUS(status);
}

static bool holds(const wt_buf *out, const char *text) {
  return wt_span_find(wt_buf_span(out), wt_span_of(text)) < out->len;
}

static int set_up(void **state) {
  (void)state;
  check_temp_dir(dir, sizeof dir);
  put_file("old.txt", "The bridge fell on Monday night.\n\nTwelve people were killed, police said.\n");
  put_file("new.txt", "The bridge fell on Monday night.\n\nFifteen people were killed, police said.\n");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  check_remove_dir(dir);
  return 0;
}

static void the_exit_code_says_whether_anything_differs(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(run(&out, "old.txt new.txt"), 1);
  assert_true(holds(&out, "[-Twelve-]{+Fifteen+} people"));
  assert_int_equal(run(&out, "old.txt old.txt"), 0);
  assert_int_equal(out.len, 0);
  assert_int_equal(run(&out, "old.txt absent.txt"), 2);
  put_file("crlf.txt", "The bridge fell on Monday night.\r\n\r\nTwelve people were killed, police said.");
  put_file("mark.txt", "\xEF\xBB\xBFThe bridge fell on Monday night.\n\nTwelve people were killed, police said.\n");
  assert_int_equal(run(&out, "old.txt crlf.txt"), 1); /* bytes differ, what is read of them does not */
  assert_true(holds(&out, "The story is the same"));
  assert_int_equal(run(&out, "--sentences old.txt crlf.txt"), 1);
  assert_true(holds(&out, "The sentences are the same"));
  assert_int_equal(run(&out, "--sentences mark.txt old.txt"), 1);
  assert_int_equal(run(&out, "--json --sentences mark.txt mark.txt"), 0);
  assert_int_equal(run(&out, "story.txt old.txt 0123 100644 crlf.txt 4567 100644"), 0);
  assert_true(holds(&out, "+++ story.txt\n\nThe story is the same"));
  wt_buf_release(&out);
}

static void the_machine_form_numbers_units_and_words(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(run(&out, "--json --sentences old.txt new.txt"), 1);
  assert_true(holds(
      &out, "{\"schema\":1,\"old\":{\"units\":[{\"text\":\"The bridge fell on Monday night.\",\"paragraph\":0},"));
  assert_true(holds(&out, "\"kind\":\"keep\",\"old\":[0],\"new\":[0],\"moved\":false"));
  assert_true(holds(&out, "{\"op\":\"delete\",\"unit\":[1,1],\"old\":[0,6],\"new\":[0,0]}"));
  assert_true(holds(&out, "{\"op\":\"insert\",\"unit\":[1,1],\"old\":[6,6],\"new\":[0,7]}"));
  assert_int_equal(run(&out, "--json --sentences old.txt old.txt"), 0);
  assert_int_equal(run(&out, "--format json --sentences old.txt new.txt"), 1);
  assert_true(wt_span_starts(wt_buf_span(&out), WT_SPAN("{\"schema\":1,")));
  wt_buf_release(&out);
}

static void git_may_call_it_as_its_own_diff(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(run(&out, "story.txt old.txt 0123 100644 new.txt 4567 100644"), 0);
  assert_true(holds(&out, "--- story.txt\n+++ story.txt\n"));
  assert_true(holds(&out, "[-Twelve-]{+Fifteen+}"));
  assert_int_equal(run(&out, "story.txt /dev/null . . new.txt 4567 100644"), 0);
  assert_true(holds(&out, "--- /dev/null"));
  assert_true(holds(&out, "{+Fifteen people were killed, police said.+}"));
  assert_int_equal(run(&out, "a.txt old.txt 01 100644 new.txt 02 100644 b.txt 'similarity index 90%'"), 0);
  assert_true(holds(&out, "--- a.txt\n+++ b.txt\n"));
  assert_int_equal(run(&out, "a.txt old.txt 01 100644 old.txt 01 100644 b.txt 'similarity index 100%'"), 0);
  assert_true(holds(&out, "+++ b.txt\n\nThe file is the same under another name.\n"));
  assert_int_equal(run(&out, "a.txt old.txt 01 100644 old.txt 01 100644"), 0);
  assert_int_equal(out.len, 0);
  assert_int_equal(run(&out, "a.txt old.txt 01 100644 old.txt 01 100755"), 0);
  assert_string_equal(out.data, "--- a.txt\n+++ a.txt\n\nold mode 100644, new mode 100755\n\n");
  assert_int_equal(run(&out, "a.txt old.txt 01 100644 new.txt 02 100755"), 0);
  assert_true(holds(&out, "[-Twelve-]{+Fifteen+}"));
  assert_true(holds(&out, "\n\nold mode 100644, new mode 100755\n\n"));
  assert_int_equal(run(&out, "a.txt /dev/null . . new.txt 02 100755"), 0);
  assert_false(holds(&out, "mode"));
  put_file("blank.txt", "\n\n");
  put_file("odd.json", "{\"nothing\":1}\n");
  assert_int_equal(run(&out, "blank.txt blank.txt 01 100644 new.txt 02 100644"),
                   0); /* no story: git must not stop there */
  assert_true(holds(&out, "{+Fifteen people were killed, police said.+}"));
  assert_int_equal(run(&out, "odd.json odd.json 01 100644 /dev/null . ."), 0);
  assert_true(holds(&out, "[-{\"nothing\":1}-]"));
  wt_buf_release(&out);
}

static void a_file_without_text_is_no_trouble(void **state) {
  (void)state;
  wt_buf out = {0}, said = {0};
  char path[512];
  put_file("blank.txt", " \n\n");
  put_file("empty.txt", "");
  snprintf(path, sizeof path, "%s/err", dir);
  static const struct {
    const char *arguments, *said;
    int code;
  } rows[] = {{"blank.txt blank.txt", "blank.txt: no text in it\n", 0},
              {"blank.txt empty.txt", "empty.txt: no text in it\n", 1},
              {"--json new.txt blank.txt", "blank.txt: no text in it\n", 1},
              {"--sentences blank.txt new.txt", "", 1},
              {"/dev/null new.txt", "", 1}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wt_error err = {0};
    assert_int_equal(run(&out, rows[i].arguments), rows[i].code);
    wt_buf_clear(&said);
    assert_ok(wt_file_read(&said, path, 1 << 20, &err));
    assert_true(wt_span_ends(wt_buf_span(&said), wt_span_of(rows[i].said)));
    assert_int_equal(said.len > 0, rows[i].said[0] != 0);
  }
  wt_buf_release(&out);
  wt_buf_release(&said);
}

static void html_is_a_page_or_a_fragment(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(run(&out, "--format html --sentences old.txt new.txt"), 1);
  assert_true(wt_span_starts(wt_buf_span(&out), WT_SPAN("<!doctype html>")));
  assert_true(holds(&out, "<del>Twelve</del><ins>Fifteen</ins>"));
  assert_int_equal(run(&out, "--format html --fragment --sentences old.txt new.txt"), 1);
  assert_true(wt_span_starts(wt_buf_span(&out), WT_SPAN("<div class=\"wt-diff\">")));
  assert_false(holds(&out, "<style>"));
  wt_buf_release(&out);
}

static void colour_context_and_columns_do_what_they_say(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(run(&out, "--context 0 old.txt new.txt"), 1);
  assert_true(holds(&out, "1 paragraph unchanged"));
  assert_int_equal(run(&out, "--all old.txt new.txt"), 1);
  assert_true(holds(&out, "The bridge fell"));
  assert_int_equal(run(&out, "--color always --color-words old.txt new.txt"), 1);
  assert_true(holds(&out, "\033["));
  assert_false(holds(&out, "{+"));
  assert_int_equal(run(&out, "--color never --side-by-side old.txt new.txt"), 1);
  assert_true(holds(&out, "\xE2\x94\x82 {+Fifteen+}"));
  wt_buf_release(&out);
}

static void what_contradicts_itself_is_refused(void **state) {
  (void)state;
  wt_buf out = {0};
  assert_int_equal(run(&out, "--format pdf old.txt new.txt"), 2);
  assert_int_equal(run(&out, "--json --format html old.txt new.txt"), 2);
  assert_int_equal(run(&out, "--fragment old.txt new.txt"), 2);
  assert_int_equal(run(&out, "--sentences old.txt"), 2);
  assert_int_equal(run(&out, ""), 2);
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_exit_code_says_whether_anything_differs),
      cmocka_unit_test(the_machine_form_numbers_units_and_words),
      cmocka_unit_test(git_may_call_it_as_its_own_diff),
      cmocka_unit_test(a_file_without_text_is_no_trouble),
      cmocka_unit_test(html_is_a_page_or_a_fragment),
      cmocka_unit_test(colour_context_and_columns_do_what_they_say),
      cmocka_unit_test(what_contradicts_itself_is_refused),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
