/* Links of feeds, sitemaps and section pages. */
#include "support/check.h"
#include "wt/ingest.h"

static bool put(void *context, const wt_link *link) {
  wt_buf *out = context;
  wt_buf_put_span(out, link->url);
  wt_buf_put_char(out, '|');
  wt_buf_put_span(out, link->title);
  wt_buf_put_char(out, '|');
  wt_time_put(out, link->published);
  wt_buf_put_text(out, link->is_index ? "|index\n" : "\n");
  return true;
}

static void check_links(const char *bytes, const char *want) {
  wt_error err;
  wt_buf out = {0};
  wt_source source = {.url = WT_SPAN("https://post.example/news/"), .captured = WT_INSTANT_NONE};
  assert_ok(wt_links(wt_span_of(bytes), &source, put, &out, &err));
  assert_buf(out, want);
  wt_buf_release(&out);
}

static void reads_feeds(void **state) {
  (void)state;
  check_links("<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><link>https://post.example/</link>"
              "<item><title>Quay &amp; tide</title><link> https://post.example/a#top </link>"
              "<pubDate>Thu, 20 Jun 2024 14:03:05 GMT</pubDate><guid isPermaLink='false'>x1</guid></item>"
              "<item><title><![CDATA[Two]]></title><guid>https://post.example/b</guid></item>"
              "<item><title>Script</title><link>javascript:alert(1)</link></item></channel></rss>",
              "https://post.example/a|Quay & tide|2024-06-20T14:03:05Z\nhttps://post.example/b|Two|\n");
  check_links(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><link href='/self' "
      "rel='self'/><entry><title>One</title>"
      "<link rel='edit' href='/edit'/><link rel='alternate' href='../c?x=1'/><updated>2024-06-20T14:03Z</updated>"
      "</entry></feed>",
      "https://post.example/c?x=1|One|2024-06-20T14:03Z\n");
  check_links(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
      "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel/><item><title>R</title><link>https://post.example/r</link>"
      "<dc:date>2024-06-20</dc:date></item></rdf:RDF>",
      "https://post.example/r|R|2024-06-20\n");
  check_links(
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"url\":\"/j\",\"title\":\"J\","
      "\"date_published\":\"2024-06-20T14:03:05+01:00\"},{\"id\":\"https://post.example/k\"},7]}",
      "https://post.example/j|J|2024-06-20T14:03:05+01:00\nhttps://post.example/k||\n");
  check_links("<rss><channel><item><link>HTTPs://post.example/Up</link></item></channel></rss>",
              "https://post.example/Up||\n");
}

static void reads_sitemaps(void **state) {
  (void)state;
  check_links(
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
      "<url><loc>https://post.example/s</loc><n:news><n:publication><n:name>Post</n:name></n:publication>"
      "<n:publication_date>2024-06-20T01:02:03Z</n:publication_date><n:title>Storm</n:title></n:news></url></urlset>",
      "https://post.example/s|Storm|2024-06-20T01:02:03Z\n");
  check_links("<sitemapindex><sitemap><loc>https://post.example/1.xml</loc><lastmod>2024-06-20</lastmod></sitemap></"
              "sitemapindex>",
              "https://post.example/1.xml||2024-06-20|index\n");
}

static void takes_the_stories_of_a_section_page(void **state) {
  (void)state;
  check_links(
      "<html><nav><a href='/x'>A very long menu entry indeed</a></nav><a href='a1'>Council backs new quay after "
      "<b>debate</b></a><a href='/sport'>Sport</a><a href='https://other.example/x'>A story of somebody else's page</a>"
      "<a href='//www.post.example/a2'>Five things to know today</a><a href='#c'>Jump to the comments right "
      "here</a></html>",
      "https://post.example/news/a1|Council backs new quay after debate|\n"
      "https://www.post.example/a2|Five things to know today|\n");
}

static void survives_what_is_broken(void **state) {
  (void)state;
  wt_error err;
  wt_buf out = {0};
  wt_source source = {.captured = WT_INSTANT_NONE};
  check_links("<rss><channel><item><title>Whole</title><link>https://post.example/w</link></item><item><title>Cut",
              "https://post.example/w|Whole|\n");
  assert_int_equal(wt_links(WT_SPAN("just words"), &source, put, &out, &err), WT_EFORMAT);
  assert_int_equal(wt_links(WT_SPAN(""), &source, put, &out, &err), WT_EFORMAT);
  assert_int_equal(wt_links(WT_SPAN("{\"items\":3}"), &source, put, &out, &err), WT_EFORMAT);
  assert_int_equal(out.len, 0);
  wt_buf_release(&out);
}

/* An entity that grows, and 20,000 open elements: bounded, and no crash. */
static void survives_what_is_hostile(void **state) {
  (void)state;
  wt_error err;
  wt_buf out = {0}, deep = {0};
  wt_source source = {.url = WT_SPAN("https://post.example/"), .captured = WT_INSTANT_NONE};
  const char *bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                     "\"&b;&b;&b;&b;&b;&b;\">"
                     "<!ENTITY x SYSTEM "
                     "\"file:///etc/hostname\">]><rss><channel><item><title>&c;&x;</title><link>https://post.example/e"
                     "</link></item></channel></rss>";
  wt_links(wt_span_of(bomb), &source, put, &out, &err);
  assert_true(out.len < 2000);
  wt_buf_put_text(&deep, "<html>");
  for (int i = 0; i < 20000; i++) wt_buf_put_text(&deep, "<div><a href=x>");
  wt_links(wt_buf_span(&deep), &source, put, &out, &err);
  wt_buf_release(&deep);
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_feeds),
      cmocka_unit_test(reads_sitemaps),
      cmocka_unit_test(takes_the_stories_of_a_section_page),
      cmocka_unit_test(survives_what_is_broken),
      cmocka_unit_test(survives_what_is_hostile),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
