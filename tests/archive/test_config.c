/* writethru.conf: git's syntax, and somebody else's text. */
#include "made.h"

static char dir[256];
static wt_archive *archive;

static int setup(void **state) {
  (void)state;
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  return 0;
}

static int teardown(void **state) {
  (void)state;
  wt_archive_close(archive);
  made_remove(dir);
  return 0;
}

static bool note(void *context, wt_span name, wt_span value) {
  wt_buf_put_format(context, "%.*s=%.*s|", (int)name.len, name.data, (int)value.len, value.data);
  return true;
}

static void put(const char *text) {
  wt_archive_batch *batch;
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  MADE_OK(wt_archive_batch_configure(batch, wt_span_of(text), MADE_DAY, ERR));
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  wt_archive_batch_close(batch);
}

static void expect(const char *text, const char *read) {
  wt_buf out = {0};
  wt_buf_put_text(&out, "");
  put(text);
  MADE_OK(wt_archive_config_each(archive, note, &out, ERR));
  assert_string_equal(out.data, read);
  wt_buf_release(&out);
}

static void names_and_values_are_as_git_reads_them(void **state) {
  (void)state;
  expect("[outlet \"o.Org\"]\n\thost = o.org ; its own\n\tHOST=www.o.org # too\n\tname = \"The \\\"O\\\" \"  \n flag\n",
         "outlet.o.Org.host=o.org|outlet.o.Org.host=www.o.org|outlet.o.Org.name=The \"O\" |outlet.o.Org.flag=true|");
  expect("[captures] keep = 90 days\n[a.b]c=1\\\n2\n", "captures.keep=90 days|a.b.c=12|");
  expect("", "");
  wt_buf out = {0};
  assert_int_equal(made_run(&out, "cd %s && git log --format=%%s main && git fsck --strict", dir), 0);
  assert_string_equal(out.data, "Set writethru.conf\nSet writethru.conf\nSet writethru.conf\nBegin the archive\n");
  wt_buf_release(&out);
}

static void nothing_is_included(void **state) {
  (void)state;
  expect("[include]\n\tpath = /etc/passwd\n", "include.path=/etc/passwd|");
}

static void what_is_wrong_is_said_with_its_byte(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t byte;
  } wrong[] = {{"a = 1\n", 0},         {"[x\n", 2},     {"[x]\n= 1\n", 4},    {"[x]\na b\n", 6},
               {"[x]\na = \"b\n", 10}, {"[x \"y\n", 5}, {"[x]\na = \\q\n", 9}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    wt_buf out = {0};
    wt_error err = {0};
    put(wrong[i].text);
    assert_int_equal(wt_archive_config_each(archive, note, &out, &err), WT_EFORMAT);
    if (err.byte != wrong[i].byte) fail_msg("%s: byte %lld: %s", wrong[i].text, (long long)err.byte, err.what);
    wt_buf_release(&out);
  }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(names_and_values_are_as_git_reads_them),
      CASE(nothing_is_included),
      CASE(what_is_wrong_is_said_with_its_byte),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
