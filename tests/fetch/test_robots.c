/* robots.txt: the cases of RFC 9309 and those that sites write. */
#include "support/check.h"
#include "wt/fetch.h"

static bool allows(const char *text, const char *path) {
  wt_error err;
  wt_robots *robots;
  assert_ok(wt_robots_parse(&robots, wt_span_of(text), WT_SPAN("writethru"), &err));
  bool yes = wt_robots_allows(robots, wt_span_of(path));
  wt_robots_close(robots);
  return yes;
}

static void rules(void **state) {
  (void)state;
  static const struct {
    const char *text, *path;
    bool allowed;
  } cases[] = {
      {"", "/a", true},
      {"User-agent: *\nDisallow:\n", "/a", true},
      {"User-agent: *\nDisallow: /\n", "/a", false},
      {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
      {"User-agent: *\nDisallow: /\nAllow: /news\n", "/news/1", true},
      {"User-agent: *\nDisallow: /news\nAllow: /news\n", "/news", true},
      {"User-agent: *\nAllow: /n\nDisallow: /news/old\n", "/news/old/1", false},
      {"User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf", false},
      {"User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf?x", true},
      {"User-agent: *\nDisallow: /*?print=\n", "/a?print=1", false},
      {"User-agent: *\nDisallow: /a%3cd\n", "/a%3Cd", false},
      {"User-agent: *\nDisallow: /a<d\n", "/a%3Cd", false},
      {"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /x\n", "/a", true},
      {"User-agent: WriteThru/1.0\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n", "/a", true},
      {"User-agent: *\nDisallow: /\nUser-agent: writethru\nDisallow: /x\n", "/a", true},
      {"User-agent: a\nUser-agent: writethru\nDisallow: /x\n", "/x", false},
      {"user-AGENT : writethru # us\rDISALLOW:/x # no\r\n", "/x", false},
      {"\xef\xbb\xbfUser-agent: *\nDisallow: /x\n", "/x", false},
      {"Disallow: /\n", "/a", true},
      {"User-agent: *\nSitemap: /s\nDisallow: /x\n", "/x", false},
      {"\xff\xfe\x00nonsense", "/x", true},
      {"User-agent: *\nDisallow: *\n", "/x", false},
      {"User-agent: *\nDisallow: /$\n", "/", false},
      {"User-agent: *\nDisallow: /$\n", "/x", true},
      {"User-agent: *\nDisallow: /a*\n", "/a", false},
      {"User-agent: *\nDisallow: /a*$\n", "/ab", false},
      {"User-agent: *\nDisallow: /a**b\n", "/ab", false},
      {"User-agent: *\nDisallow: /*ab*ab\n", "/ab", true},
      {"User-agent: *\nDisallow: /*ab*ab\n", "/abab", false},
      {"User-agent: *\nDisallow: /*ab$\n", "/abcab", false},
      {"User-agent: *\nDisallow: /*ab*b$\n", "/ab", true},
      {"User-agent: *\nDisallow: /a%2Ab\n", "/a*b", false},
      {"User-agent: *\nDisallow: /a%2Ab\n", "/axb", true},
      {"User-agent: *\nDisallow: /a%24\n", "/a$b", false},
      {"User-agent: *\nDisallow: /a%\n", "/a%", false},
      {"User-agent: *\nDisallow: /a%4\n", "/a%4", false},
      {"User-agent: *\nDisallow: /%C3%A9\n", "/\xc3\xa9t\xc3\xa9", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (allows(cases[i].text, cases[i].path) != cases[i].allowed) print_error("case %zu\n", i);
    assert_int_equal(allows(cases[i].text, cases[i].path), cases[i].allowed);
  }
}

static void delays(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t ms;
  } cases[] = {
      {"User-agent: *\nCrawl-delay: 10\n", 10000}, {"User-agent: *\nCrawl-delay: 1.5\n", 1500},
      {"User-agent: *\nCrawl-delay: soon\n", 0},   {"User-agent: *\nCrawl-delay: 99999999999999999999\n", 86400000},
      {"User-agent: other\nCrawl-delay: 10\n", 0}, {"User-agent: *\nCrawl-delay: 0.25x\n", 250},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_error err;
    wt_robots *robots;
    assert_ok(wt_robots_parse(&robots, wt_span_of(cases[i].text), WT_SPAN("writethru"), &err));
    assert_int_equal(wt_robots_delay_ms(robots), cases[i].ms);
    wt_robots_close(robots);
  }
}

/* Many stars against a long path of the same letter: what makes a naive matcher hang. */
static void stars_do_not_explode(void **state) {
  (void)state;
  wt_buf text = {0}, path = {0};
  wt_buf_put_text(&text, "User-agent: *\nDisallow: /");
  for (int i = 0; i < 300; i++) wt_buf_put_text(&text, "*a");
  wt_buf_put_text(&text, "b$\n");
  wt_buf_put_char(&path, '/');
  for (int i = 0; i < 5000; i++) wt_buf_put_char(&path, 'a');
  assert_true(allows(text.data, path.data));
  wt_buf_release(&text);
  wt_buf_release(&path);
}

/* As large a file as is read, of rules that each look for what nearly stands everywhere: the cost is rules times path, not bytes
   of rules times path, which took seconds for one URL. */
static void long_rules_do_not_explode(void **state) {
  (void)state;
  wt_error err;
  wt_robots *robots;
  wt_buf text = {0}, path = {0};
  wt_buf_put_text(&text, "User-agent: *\n");
  while (text.len < 499 * 1024) {
    wt_buf_put_text(&text, "Disallow: *");
    for (int i = 0; i < 50; i++) wt_buf_put_char(&text, 'a');
    wt_buf_put_text(&text, "b\n");
  }
  wt_buf_put_char(&path, '/');
  for (int i = 0; i < 8000; i++) wt_buf_put_char(&path, 'a');
  assert_ok(wt_robots_parse(&robots, wt_buf_span(&text), WT_SPAN("writethru"), &err));
  for (int i = 0; i < 4; i++) assert_true(wt_robots_allows(robots, wt_buf_span(&path)));
  wt_buf_put_char(&path, 'b');
  assert_false(wt_robots_allows(robots, wt_buf_span(&path)));
  wt_robots_close(robots);
  wt_buf_release(&text);
  wt_buf_release(&path);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rules), cmocka_unit_test(delays),
                                     cmocka_unit_test(stars_do_not_explode),
                                     cmocka_unit_test(long_rules_do_not_explode)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
