/* The day and the names, as a page says them where its data does not. */
#include "support/ingest.h"

static reading *read_with(const char *head, const char *above, const char *below) {
  char page[4096];
  snprintf(page, sizeof page,
           "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Town council halts sale of ferry "
           "landing | "
           "Norwick Courier</title><meta property=\"og:site_name\" content=\"Norwick Courier\">%s</head><body><article>"
           "<h1>Town council halts sale of ferry landing</h1>%s<p>The town council voted on Monday night to halt the "
           "sale of "
           "the landing, after five hours of talk.</p><p>The vote was 7 to 4, and it leaves the town without a buyer "
           "for the "
           "site.</p>%s</article></body></html>",
           head, above, below);
  reading *r = read_text(page);
  assert_read(r);
  assert_int_equal(r->story.block_count, 2);
  return r;
}

static void days_of_many_manners(void **state) {
  (void)state;
  static const struct {
    const char *head, *above, *below, *published;
  } rows[] = {
      {"<meta name=\"article_date_original\" content=\"2026-05-26\">", "", "", "2026-05-26"},
      {"<meta property=\"article:published_time\" content=\"1779786840\">", "", "", "2026-05-26T09:14:00Z"},
      {"<meta property=\"article:published_time\" content=\"1779786840000\">", "", "", "2026-05-26T09:14:00Z"},
      {"<meta property=\"article:published_time\" content=\"05/26/2026 09:14 AM\">", "", "", "2026-05-26T09:14"},
      {"", "<time datetime=\"May 26, 2026 9:14 AM\">Tuesday</time>", "", "2026-05-26T09:14"},
      {"", "<div>Updated: May 27, 2026; Published: May 26, 2026</div>", "", "2026-05-26"},
      {"", "", "<p class=\"footer\">Posted on May 26, 2026 in News</p>", "2026-05-26"},
      {"<link rel=\"canonical\" href=\"https://norwick.example/2026/05/26/ferry.html\">", "", "", "2026-05-26"},
      {"<link rel=\"canonical\" href=\"https://norwick.example/news/2026-05-26-ferry\">", "", "", "2026-05-26"},
      {"<link rel=\"canonical\" href=\"https://norwick.example/2026/05/99/ferry.html\">", "", "", ""},
      {"<link rel=\"canonical\" href=\"https://norwick.example/item-2026/05/26\">", "", "", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    reading *r = read_with(rows[i].head, rows[i].above, rows[i].below);
    assert_span(r->story.fields[WT_FIELD_PUBLISHED], rows[i].published);
    reading_done(r);
  }
}

static void names_of_many_manners(void **state) {
  (void)state;
  static const char *const lines[] = {
      "<div>By Ann Lee, Norwick Courier</div>",
      "<div>By Ann Lee | Norwick Courier</div>",
      "<div>By Ann Lee / Norwick Courier</div>",
      "<div>By Ann Lee | Updated 5 hours ago</div>",
      "<div>Submitted by Ann Lee on Tue, 05/26/2026 - 09:14</div>",
      "<div>Ann Lee \xE2\x80\xA2 May 26, 2026 \xE2\x80\xA2 4 min read</div>",
      "<div>ANN LEE</div><div>May 26, 2026</div>",
      "<div>By Ann Lee <a href=\"/author/lee\">View Author Page</a></div>",
      "<div class=\"author\"><a href=\"/author/lee\">Ann Lee</a></div><div class=\"author\"><a "
      "href=\"/author/lee\">View Author "
      "Page</a></div>",
      "<div class=\"author\"><div>Ann Lee</div><div>River reporter</div></div>",
      "<meta name=\"author\" content=\"admin\"><div>By Ann Lee</div>",
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    reading *r = read_with("", lines[i], "");
    const wt_list *bylines = &r->story.lists[WT_LIST_BYLINES];
    if (bylines->count != 1) print_error("row %zu\n", i);
    assert_int_equal(bylines->count, 1);
    assert_true(wt_span_equal_ascii_case(bylines->items[0], WT_SPAN("Ann Lee")));
    reading_done(r);
  }
}

/* Points between headline and text are the text's, without a stop too; who and when in a list of the same kind are not. */
static void points_that_sum_up(void **state) {
  (void)state;
  static const char above[] = "<ul><li>By Ann Lee</li><li>May 26, 2026</li><li>3 comments</li></ul>"
                              "<ul><li>Council stops sale after a night of talk</li>"
                              "<li>Seawall behind the landing needs repairs (see below)</li></ul>";
  char page[4096];
  snprintf(
      page, sizeof page,
      "<html lang=\"en\"><title>Council halts sale of ferry landing</title><body><article><h1>Council halts sale of "
      "ferry "
      "landing</h1>%s<p>The town council voted on Monday night to halt the sale of the landing, after five hours of "
      "talk.</p><p>The vote was 7 to 4, and it leaves the town without a buyer for the site.</p></article></html>",
      above);
  reading *r = read_text(page);
  assert_read(r);
  assert_int_equal(blocks_of(&r->story, WT_BLOCK_ITEM), 2);
  assert_int_equal(r->story.block_count, 4);
  reading_done(r);
}

/* What stands beside the day without being anybody's name. */
static void what_is_no_name_beside_the_day(void **state) {
  (void)state;
  static const char *const lines[] = {
      "<div>Local News</div><div>May 26, 2026</div>", "<div>New York</div><div>May 26, 2026</div>",
      "<div>Norwick Courier</div><div>May 26, 2026</div>", "<div>Breaking News \xE2\x80\xA2 May 26, 2026</div>"};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    reading *r = read_with("", lines[i], "");
    assert_int_equal(r->story.lists[WT_LIST_BYLINES].count, 0);
    assert_span(r->story.fields[WT_FIELD_PUBLISHED], "2026-05-26");
    reading_done(r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(days_of_many_manners), cmocka_unit_test(names_of_many_manners),
                                     cmocka_unit_test(points_that_sum_up),
                                     cmocka_unit_test(what_is_no_name_beside_the_day)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
