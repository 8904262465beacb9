/* Captures that are not what the story says: walled pages, texts that end open, texts that shrank. */
#include "support/track.h"

#define FERRY "https://wire.example/ferry"
#define HEAD "Ferry runs aground"
#define P1 "The ferry ran aground off the cape at dawn on Monday."
#define P2 "Its captain, Jan Lund, called for help."
#define P3 "A tug pulled it free before the tide came back in."
#define P4 "No service will run until Friday."
#define WALL "Subscribe to continue reading."

static void put_page(wt_buf *out, const char *const *paragraphs, size_t count) {
  wt_buf_put_text(out, "<html><head><title>" HEAD "</title></head><body><article><h1>" HEAD "</h1>");
  for (size_t i = 0; i < count; i++) wt_buf_put_format(out, "<p>%s</p>", paragraphs[i]);
  wt_buf_put_text(out, "</article></body></html>");
}

/* A page of these paragraphs, captured at this time, becomes this. */
static void expect(bench *b, const char *at, wt_reason reason, uint32_t revision, const char *const *paragraphs,
                   size_t count) {
  wt_buf page = {0};
  put_page(&page, paragraphs, count);
  wt_buf_put_char(&page, 0);
  assert_false(page.failed);
  wt_added added = bench_add(b, "wire.example", FERRY, at, page.data);
  assert_became(added, reason, revision);
  wt_buf_release(&page);
}

#define EXPECT(b, at, reason, revision, ...)                                                                           \
  expect(b, at, reason, revision, (const char *const[]){__VA_ARGS__},                                                  \
         sizeof(const char *[]){__VA_ARGS__} / sizeof(const char *))

static void a_walled_page_waits_however_short_the_story(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  EXPECT(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, P1, P2, P3, P4);
  EXPECT(&b, "2024-03-04T07:00:00Z", WT_REASON_PAYWALL, 0, P1, WALL);
  EXPECT(&b, "2024-03-04T09:00:00Z", WT_REASON_PAYWALL, 0, P1, WALL); /* it stays walled: nothing to believe */
  EXPECT(&b, "2024-03-04T10:00:00Z", WT_REASON_PAYWALL, 0, P1, P2, P3, WALL);
  EXPECT(&b, "2024-03-04T11:00:00Z", WT_REASON_UNCHANGED, 1, P1, P2, P3, P4);
  bench_close(&b);
}

/* Nothing is no text, and stays none however often it is seen. */
static void an_empty_page_waits_however_short_the_story(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  EXPECT(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, P1, P2);
  wt_added added = bench_add(&b, "wire.example", FERRY, "2024-03-04T07:00:00Z", "<html></html>");
  assert_became(added, WT_REASON_SHRUNK, 0);
  added = bench_add(&b, "wire.example", FERRY, "2024-03-04T09:00:00Z", "<html><body></body></html>");
  assert_became(added, WT_REASON_SHRUNK, 0);
  EXPECT(&b, "2024-03-04T10:00:00Z", WT_REASON_UNCHANGED, 1, P1, P2);
  bench_close(&b);
}

/* Plain git tells what was captured, and whose it is. */
static void what_waits_is_named_in_git(void **state) {
  (void)state;
  bench b;
  char command[800], said[300] = "";
  bench_open(&b);
  EXPECT(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, P1, P2, P3, P4);
  EXPECT(&b, "2024-03-04T07:00:00Z", WT_REASON_PAYWALL, 0, P1, WALL);
  snprintf(command, sizeof command,
           "git --git-dir='%s' log --format='%%(trailers:key=Url,valueonly)%%(trailers:key=Captured,valueonly)' "
           "refs/writethru/captures && git --git-dir='%s' log -1 --format=%%s refs/writethru/journal",
           b.archive, b.archive);
  FILE *git = popen(command, "r");
  assert_non_null(git);
  said[fread(said, 1, sizeof said - 1, git)] = '\0';
  assert_int_equal(pclose(git), 0);
  assert_string_equal(said, FERRY "\n2024-03-04T07:00:00Z\n\n" FERRY "\n2024-03-04T06:00:00Z\n\nJournal: 1 record\n");
  bench_close(&b);
}

static void a_text_that_ends_open_waits(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  EXPECT(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, P1, P2, P3, P4);
  EXPECT(&b, "2024-03-04T07:00:00Z", WT_REASON_PAYWALL, 0, P1, P2, "A tug pulled it free before the tide \xE2\x80\xA6");
  bench_close(&b);
}

static void a_first_capture_is_kept_walled_or_not(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  EXPECT(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, P1, WALL);
  EXPECT(&b, "2024-03-04T07:00:00Z", WT_REASON_REVISION, 2, P1, P2, P3, P4);
  bench_close(&b);
}

/* The same as plain text: a reader of pages would take short lines for furniture. */
static void expect_text(bench *b, const char *at, wt_reason reason, uint32_t revision, const char *text) {
  wt_added added = bench_add(b, "wire.example", FERRY, at, text);
  assert_became(added, reason, revision);
}

#define SHORT_12                                                                                                       \
  "Fog came in.\n\nHorns were heard.\n\nA tug left port.\n\nDivers went down.\n\nNo oil was seen.\n\nA bus came.\n\n"  \
  "The hall was warm.\n\nSoup was served.\n\nTwo dogs came.\n\nThe school closed.\n\nRoads stayed open.\n\n"           \
  "Trains ran late.\n\n"
#define FEW HEAD "\n\nThe ferry stopped.\n\nNobody was hurt.\n\n"

static void many_short_paragraphs_shrink_to_few(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  expect_text(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, FEW SHORT_12);
  expect_text(&b, "2024-03-04T07:00:00Z", WT_REASON_SHRUNK, 0, FEW);
  expect_text(&b, "2024-03-04T08:00:00Z", WT_REASON_REVISION, 2, FEW);
  bench_close(&b);
}

#define LONG                                                                                                           \
  HEAD "\n\nThe ferry, which carries most of the people who live on the island to their work on the mainland each "    \
       "morning, ran aground in thick fog off the cape at dawn.\n\nNobody was hurt.\n\n"

static void few_long_paragraphs_are_not_the_whole(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  expect_text(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, LONG SHORT_12);
  expect_text(&b, "2024-03-04T07:00:00Z", WT_REASON_SHRUNK, 0, LONG);
  expect_text(&b, "2024-03-04T07:10:00Z", WT_REASON_REVISION, 2,
              LONG "Correction: An earlier version of this story gave a wrong number of dogs.\n\n");
  bench_close(&b);
}

static void a_trim_is_an_edit(void **state) {
  (void)state;
  bench b;
  bench_open(&b);
  EXPECT(&b, "2024-03-04T06:00:00Z", WT_REASON_NEW_STORY, 1, P1, P2, P3, P4);
  EXPECT(&b, "2024-03-04T07:00:00Z", WT_REASON_REVISION, 2, P1, P2);
  bench_close(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_walled_page_waits_however_short_the_story),
      cmocka_unit_test(an_empty_page_waits_however_short_the_story),
      cmocka_unit_test(what_waits_is_named_in_git),
      cmocka_unit_test(a_text_that_ends_open_waits),
      cmocka_unit_test(a_first_capture_is_kept_walled_or_not),
      cmocka_unit_test(many_short_paragraphs_shrink_to_few),
      cmocka_unit_test(few_long_paragraphs_are_not_the_whole),
      cmocka_unit_test(a_trim_is_an_edit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
