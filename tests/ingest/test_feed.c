/* A feed of one item: RSS, Atom and JSON Feed, whole and thin, and those that hold no one story. */
#include "support/ingest.h"

#define FIRST "The lighthouse at Varn was lit again on Friday, eleven years after a storm had put it out."
#define SECOND "Boats from four harbours lay below the rock, and the keeper rang the old bell by hand."
#define RSS                                                                                                            \
  "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "                  \
  "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'><channel>"
#define END "</channel></rss>"

static void check_feed(const char *text, const char *headline, const char *url, const char *deck, unsigned bylines,
                       wt_capture_state state) {
  reading *r = read_text(text);
  assert_read(r);
  assert_field(r->story, WT_FIELD_HEADLINE, headline);
  assert_field(r->story, WT_FIELD_URL, url);
  assert_field(r->story, WT_FIELD_DECK, deck);
  assert_int_equal(r->story.lists[WT_LIST_BYLINES].count, bylines);
  assert_int_equal(r->story.state, state);
  assert_true(body_blocks(&r->story) > 0);
  reading_done(r);
}

static void reads_rss(void **state) {
  (void)state;
  check_feed(RSS "<language>en-GB</language><item><title>Caf&amp;eacute; by the &lt;b&gt;lighthouse&lt;/b&gt;</title>"
                 "<link>https://post.example/light</link><guid>17</guid><dc:creator>Ann Lee</dc:creator>"
                 "<author>Tom Ray</author><pubDate>Fri, 03 May 2024 08:00:00 GMT</pubDate>"
                 "<media:content url='a.jpg'><media:credit>Jo Holm/Harbour Pictures</media:credit></media:content>"
                 "<description>It burned again after eleven years.</description><content:encoded>&lt;p&gt;" FIRST
                 "&lt;/p&gt;&lt;p&gt;" SECOND "&lt;/p&gt;</content:encoded></item>" END,
             "Caf\u00E9 by the lighthouse", "https://post.example/light", "It burned again after eleven years.", 2,
             WT_CAPTURE_WHOLE);
  check_feed(RSS "<item><title>Lighthouse lit</title><link>javascript:alert(1)</link><description>" FIRST " [...]"
                 "</description></item>" END,
             "Lighthouse lit", "", "", 0, WT_CAPTURE_CUT);
  check_feed(RSS "<item><title>Lighthouse lit</title><description> </description><content:encoded>" FIRST
                 "</content:encoded></item>" END,
             "Lighthouse lit", "", "", 0, WT_CAPTURE_WHOLE);
}

static void reads_atom(void **state) {
  (void)state;
  check_feed("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry><title>Lighthouse lit</title>"
             "<link rel='self' href='https://post.example/feed'/><link rel='alternate' "
             "href='https://post.example/light'/><link href='https://post.example/other'/><id>tag:17</id>"
             "<published>2024-05-03T08:00:00Z</published><updated>2024-05-03T09:00:00Z</updated>"
             "<author><name>Ann Lee</name></author><summary type='html'>&lt;p&gt;Short.&lt;/p&gt;</summary>"
             "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>" FIRST "</p><p>" SECOND
             "</p></div></content></entry></feed>",
             "Lighthouse lit", "https://post.example/light", "", 1, WT_CAPTURE_WHOLE);
  check_feed("<entry xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Lighthouse lit</title><summary>" FIRST
             "</summary></entry>",
             "Lighthouse lit", "", "", 0, WT_CAPTURE_WHOLE);
}

#define JSON_FEED "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Post\","

static void reads_json_feed(void **state) {
  (void)state;
  check_feed(JSON_FEED "\"language\":\"en\",\"authors\":[{\"name\":\"Ann Lee\"},{\"url\":\"https://a.example\"}],"
                       "\"items\":[{\"id\":17,\"title\":\"Lighthouse lit\",\"external_url\":\"https://post.example/"
                       "light\",\"date_published\":\"2024-05-03T08:00:00Z\",\"content_text\":\"" FIRST
                       "\",\"summary\":\"It burned again.\"}]}",
             "Lighthouse lit", "https://post.example/light", "It burned again.", 1, WT_CAPTURE_WHOLE);
  check_feed(JSON_FEED "\"items\":[{\"id\":\"17\",\"title\":\"Lighthouse lit\",\"url\":\"https://post.example/light\","
                       "\"author\":{\"name\":\"Ann Lee\"},\"language\":\"en\",\"content_html\":\"<p>" FIRST "</p>\"}]}",
             "Lighthouse lit", "https://post.example/light", "", 1, WT_CAPTURE_WHOLE);
}

static void refuses_what_is_no_one_story(void **state) {
  (void)state;
  static const struct {
    const char *text;
    wt_status status;
  } cases[] = {
      {RSS "<title>Empty</title>" END, WT_EFORMAT},
      {RSS "<item><title>One</title></item><item><title>Two</title></item>" END, WT_EREFUSED},
      {JSON_FEED "\"items\":[]}", WT_EREFUSED},
      {JSON_FEED "\"items\":[{\"id\":\"1\"},{\"id\":\"2\"}]}", WT_EREFUSED},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    reading *r = read_text(cases[i].text);
    if (r->status != cases[i].status) fail_msg("case %zu: %d, %s", i, r->status, r->err.what);
    assert_true(strlen(r->err.what) > 0);
    reading_done(r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_rss),
      cmocka_unit_test(reads_atom),
      cmocka_unit_test(reads_json_feed),
      cmocka_unit_test(refuses_what_is_no_one_story),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
