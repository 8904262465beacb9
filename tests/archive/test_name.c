/* Names of stories. */
#include "made.h"

#include "archive/name.h"

static void expect_slug(const char *source, const char *slug) {
  wt_buf out = {0};
  wt_buf_put_text(&out, "");
  wt_name_put_slug(&out, wt_span_of(source));
  assert_string_equal(out.data, slug);
  wt_buf_release(&out);
}

static void expect_outlet(const char *source, const char *outlet) {
  wt_buf out = {0};
  wt_name_put_outlet(&out, wt_span_of(source));
  assert_string_equal(out.data, outlet);
  wt_buf_release(&out);
}

static void slugs_are_plain(void **state) {
  (void)state;
  expect_slug("Twelve hurt in harbour fire", "twelve-hurt-in-harbour-fire");
  expect_slug("idUSKBN1234.html", "iduskbn1234");
  expect_slug("  It's \"over\": Fran\xc3\xa7ois \xc3\x98"
              "degaard -- goes! ",
              "its-over-francois-odegaard-goes");
  expect_slug("caf%C3%A9-%2e%2e%2fetc", "cafe-etc");
  expect_slug("\xd0\x9c\xd0\xb8\xd1\x80", "");
  expect_slug("../../.git/config", "git-config");
  expect_slug("con", "con-story");
  expect_slug("COM7.txt", "com7-story");
  expect_slug("one-very-long-headline-that-goes-on-and-on-and-on-and-never-seems-to-end-at-all",
              "one-very-long-headline-that-goes-on-and-on-and-on-and-never");
  expect_slug("\xff\xfe\x01", "");
}

static void outlets_are_plain(void **state) {
  (void)state;
  expect_outlet("www.Example.ORG", "www.example.org");
  expect_outlet("", "unknown");
  expect_outlet("../x", "x");
  expect_outlet(".git", "git");
  expect_outlet("a..b//c", "a.b-c");
  expect_outlet("The Daily", "the-daily");
  expect_outlet("\xe2\x98\x83", "unknown");
  expect_outlet("a.lock", "a-lock");
  expect_outlet("Writethru.conf", "writethru-conf"); /* the archive has a file of that name */
}

static void paths_are_told_from_others(void **state) {
  (void)state;
  static const char *const good[] = {"a.org/2024/06/20/x.txt", "a.org/0001/01/01/x-y.txt", "a/2024/06/20.2/x.txt",
                                     "a/2024/06/20.17/x.txt"};
  static const char *const bad[] = {"",
                                    "x.txt",
                                    "a.org/2024/06/x.txt",
                                    "a.org/2024/6/20/x.txt",
                                    "a.org/2024/06/20/x",
                                    "a.org/2024/06/20/y/x.txt",
                                    "/2024/06/20/x.txt",
                                    "a.org/2024/06/20.x/x.txt",
                                    "a.org/2024/06/20/.txt",
                                    "a.org/2024/06/20.2"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    if (!wt_name_is_story(wt_span_of(good[i]))) fail_msg("%s is a story", good[i]);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (wt_name_is_story(wt_span_of(bad[i]))) fail_msg("%s is no story", bad[i]);
}

static void name_one(wt_buf *out, wt_archive_batch *batch, const char *title, uint64_t identity) {
  wt_buf_clear(out);
  MADE_OK(wt_archive_batch_name(out, batch, WT_SPAN("example.org"), MADE_DAY, wt_span_of(title),
                                (wt_hash){identity << 40, identity}, ERR));
}

/* Names are given out once, whether or not they are put; a folder takes 1,024. */
static void names_are_given_once_and_folders_fill(void **state) {
  (void)state;
  char dir[256], title[40];
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_buf path = {0}, first = {0};
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  name_one(&first, batch, "Same", 1);
  name_one(&path, batch, "Same", 0xabcdef);
  assert_string_equal(first.data, "example.org/2024/06/20/same.txt");
  assert_string_equal(path.data, "example.org/2024/06/20/same-abcdef.txt");
  name_one(&path, batch, "\xd0\x9c", 0x123456);
  assert_string_equal(path.data, "example.org/2024/06/20/story-123456.txt");
  for (unsigned i = 3; i < 1025; i++) {
    snprintf(title, sizeof title, "title %u", i);
    name_one(&path, batch, title, i);
  }
  assert_string_equal(path.data, "example.org/2024/06/20.2/title-1024.txt");
  for (int i = 0; i < 40; i++) { /* one identity that many stories have, as a URL that is used again */
    name_one(&first, batch, "Same", 0xabcdef);
    assert_true(wt_name_is_story(wt_buf_span(&first)));
  }
  wt_archive_batch_close(batch);
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR)); /* what was not put is free again */
  name_one(&path, batch, "Same", 7);
  assert_string_equal(path.data, "example.org/2024/06/20/same.txt");
  wt_archive_batch_close(batch);
  wt_archive_close(archive);
  wt_buf_release(&path);
  wt_buf_release(&first);
  made_remove(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(slugs_are_plain),
      cmocka_unit_test(outlets_are_plain),
      cmocka_unit_test(paths_are_told_from_others),
      cmocka_unit_test(names_are_given_once_and_folders_fill),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
