/* Times, numbers and classes in a page, and where a list of revisions leads. */
#include "report/html.h"
#include "report/rows.h"
#include "support/check.h"

static const wt_report_options options = {.title = NULL};

static void times_are_words(void **state) {
  (void)state;
  wt_buf out = {0};
  html_when_text(&out, 1718892180);
  assert_buf(out, "20 June 2024, 14:03 UTC");
  wt_buf_clear(&out);
  html_day_iso(&out, -1);
  assert_buf(out, "1969-12-31");
  wt_buf_release(&out);
}

static void expect_lasted(int64_t seconds, const char *words) {
  wt_buf out = {0};
  html_lasted_text(&out, seconds);
  assert_buf(out, words);
  wt_buf_release(&out);
}

static void spans_have_at_most_two_parts(void **state) {
  (void)state;
  expect_lasted(-5, "0 s");
  expect_lasted(59, "59 s");
  expect_lasted(61, "1 min");
  expect_lasted(3600, "1 h");
  expect_lasted(3600 * 3 + 300, "3 h 5 min");
  expect_lasted(86400, "1 day");
  expect_lasted(86400 * 2 + 3600 * 4, "2 days 4 h");
  expect_lasted(86400 * 40 + 3600, "40 days");
  expect_lasted(INT64_C(86400) * 365 * 3, "3 years");
}

static void numbers_are_grouped(void **state) {
  (void)state;
  wt_buf out = {0};
  html page = {.out = &out, .options = &options};
  html_number(&page, 0);
  html_raw(&page, " ");
  html_count(&page, 1, "revision", "revisions");
  html_raw(&page, " ");
  html_count(&page, 1002003, "revision", "revisions");
  assert_buf(out, "0 1 revision 1,002,003 revisions");
  wt_buf_release(&out);
}

/* Links are relative: a site may lie anywhere. */
static void links_lead_up_to_the_root(void **state) {
  (void)state;
  wt_buf out = {0};
  html page;
  wt_address self = {
      .page = WT_PAGE_REVISION, .name = WT_SPAN("a.example/2024/06/20/x.txt"), .newer = 2, .form = WT_FORM_HTML};
  html_init(&page, &out, &self, &options);
  html_href(&page, &(wt_address){.page = WT_PAGE_OUTLET, .name = WT_SPAN("a \"b\"")});
  assert_buf(out, " href=\"../../../../../../outlet/a%20%22b%22.html\"");
  wt_buf_release(&out);
}

static void the_foremost_class_gives_the_group(void **state) {
  (void)state;
  assert_string_equal(html_group(1u << WT_CLASS_WORDING), "word");
  assert_string_equal(html_group(1u << WT_CLASS_MOVED | 1u << WT_CLASS_NUMBER), "fact");
  assert_string_equal(html_group(1u << WT_CLASS_NUMBER | 1u << WT_CLASS_CORRECTION), "fix");
  assert_string_equal(html_group(1u << WT_CLASS_HEDGE), "said");
  assert_string_equal(html_group(0), "word");
}

static void text_is_escaped_wherever_it_goes(void **state) {
  (void)state;
  wt_buf out = {0};
  html page = {.out = &out, .options = &options};
  html_text(&page, WT_SPAN("<b>"));
  html_attribute(&page, "value", WT_SPAN("\"><script>"));
  html_outside(&page, WT_SPAN("javascript:alert(1)"), WT_SPAN("a&b"));
  html_outside(&page, WT_SPAN("https://x.example/?a=\"b"), WT_SPAN("x"));
  assert_buf(out, "<bdi>&lt;b&gt;</bdi> value=\"&quot;&gt;&lt;script&gt;\"<bdi>a&amp;b</bdi>"
                  "<a rel=\"external noreferrer nofollow\" href=\"https://x.example/?a=&quot;b\"><bdi>x</bdi></a>");
  wt_buf_release(&out);
}

/* The ids of a feed hold neither the base URL nor a commit; titles are escaped; relative without a base. */
/* "42 -> 45 million" in Arabic: in one run of text the two numbers would change places around the arrow. */
static void old_stands_before_new_in_any_script(void **state) {
  (void)state;
  wt_buf out = {0};
  const wt_report_options live = {.live = true};
  html page;
  html_init(&page, &out, &(wt_address){.page = WT_PAGE_FRONT}, &live);
  html_subject(&page, WT_SPAN("42 -> 45 \xd9\x85; quote altered: \xd8\xb5 -> \xd8\xb6; 1 more"));
  assert_buf(out, "42 \xE2\x86\x92 <bdi>45 \xd9\x85</bdi>; <bdi>quote altered: \xd8\xb5</bdi> \xE2\x86\x92 "
                  "<bdi>\xd8\xb6</bdi>; 1 more");
  wt_buf_clear(&out);
  html_subject(&page, WT_SPAN("a <b> -> c; "));
  assert_buf(out, "a &lt;b&gt; \xE2\x86\x92 c; ");
  wt_buf_release(&out);
}

static void a_feed_is_made_of_rows(void **state) {
  (void)state;
  wt_buf with = {0}, without = {0};
  change item = {.revision = {.path = WT_SPAN("a.example/2024/06/20/x.txt"),
                              .number = 2,
                              .captured = 1718892180,
                              .headline = WT_SPAN("A <b> & c"),
                              .subject = WT_SPAN("12 -> 15"),
                              .classes = 1u << WT_CLASS_NUMBER},
                 .outlet = WT_SPAN("a.example"),
                 .old = 1};
  rows list = {.items = &item, .count = 1};
  wt_address self = {.page = WT_PAGE_OUTLET, .name = WT_SPAN("a.example")};
  rows_put_atom(&with, &list, &self, WT_SPAN("a.example"),
                &(wt_report_options){.base_url = "https://site.example/news/"});
  rows_put_atom(&without, &list, &self, WT_SPAN("a.example"), &options);
  const char *entry = strstr(with.data, "<entry>"), *id = strstr(entry, "<id>urn:uuid:");
  assert_non_null(id);
  assert_memory_equal(id, strstr(strstr(without.data, "<entry>"), "<id>"), 54);
  assert_int_equal(id[4 + 9 + 14], '8'); /* version 8 */
  assert_non_null(strstr(with.data, "<title>A &lt;b&gt; &amp; c</title>"));
  assert_non_null(strstr(with.data, "href=\"https://site.example/news/story/a.example/2024/06/20/x/1-2.html\""));
  assert_non_null(strstr(without.data, "href=\"../story/a.example/2024/06/20/x/1-2.html\""));
  assert_non_null(strstr(with.data, "<category term=\"number\"/>"));
  wt_buf_release(&with);
  wt_buf_release(&without);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(times_are_words),
                                     cmocka_unit_test(spans_have_at_most_two_parts),
                                     cmocka_unit_test(numbers_are_grouped),
                                     cmocka_unit_test(links_lead_up_to_the_root),
                                     cmocka_unit_test(the_foremost_class_gives_the_group),
                                     cmocka_unit_test(text_is_escaped_wherever_it_goes),
                                     cmocka_unit_test(old_stands_before_new_in_any_script),
                                     cmocka_unit_test(a_feed_is_made_of_rows)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
