/* Addresses, written and read back. */
#include "support/check.h"
#include "wt/report.h"

#include <string.h>

#define STORY "example.org/2024/06/20/ferry-fire"

static void expect(wt_address address, const char *text) {
  wt_buf out = {0};
  wt_address back;
  wt_address_put(&out, &address);
  assert_string_equal(out.data, text);
  out.len = strcspn(out.data, "#");
  assert_true(wt_address_parse(&back, wt_buf_span(&out)));
  assert_int_equal(back.page, address.page);
  assert_int_equal(back.form, address.form);
  assert_int_equal(back.old, address.old);
  assert_int_equal(back.newer, address.newer);
  assert_int_equal(back.number, address.number);
  wt_buf_release(&out);
}

static void every_page_reads_back(void **state) {
  (void)state;
  expect((wt_address){.page = WT_PAGE_FRONT, .form = WT_FORM_HTML}, "index.html");
  expect((wt_address){.page = WT_PAGE_FRONT, .form = WT_FORM_ATOM}, "index.atom");
  expect((wt_address){.page = WT_PAGE_DAYS, .form = WT_FORM_JSON}, "days.json");
  expect((wt_address){.page = WT_PAGE_DAY, .form = WT_FORM_HTML, .name = WT_SPAN("2024-06-20")}, "day/2024-06-20.html");
  expect((wt_address){.page = WT_PAGE_DAY, .form = WT_FORM_HTML, .name = WT_SPAN("2024-06-20"), .number = 2},
         "day/2024-06-20/2.html");
  expect((wt_address){.page = WT_PAGE_OUTLET, .form = WT_FORM_HTML, .name = WT_SPAN("example.org")},
         "outlet/example.org.html");
  expect((wt_address){.page = WT_PAGE_OUTLET, .name = WT_SPAN("example.org")}, "outlet/example.org");
  expect((wt_address){.page = WT_PAGE_STORY, .form = WT_FORM_HTML, .name = WT_SPAN(STORY ".txt")},
         "story/" STORY ".html");
  expect((wt_address){.page = WT_PAGE_STORY, .name = WT_SPAN(STORY)}, "story/" STORY);
  expect(
      (wt_address){.page = WT_PAGE_REVISION, .form = WT_FORM_HTML, .name = WT_SPAN(STORY), .newer = 3, .sentence = 12},
      "story/" STORY "/3.html#s12");
  expect((wt_address){.page = WT_PAGE_DIFF, .form = WT_FORM_SVG, .name = WT_SPAN(STORY), .old = 2, .newer = 13},
         "story/" STORY "/2-13.svg");
  expect((wt_address){.page = WT_PAGE_CLUSTER, .form = WT_FORM_HTML, .name = WT_SPAN(STORY)}, "copies/" STORY ".html");
  expect((wt_address){.page = WT_PAGE_STYLE, .form = WT_FORM_FILE}, "style.css");
}

static void the_root_is_the_front_in_any_form(void **state) {
  (void)state;
  wt_address address;
  assert_true(wt_address_parse(&address, WT_SPAN("/")));
  assert_int_equal(address.page, WT_PAGE_FRONT);
  assert_int_equal(address.form, WT_FORM_ANY);
}

/* A name may become a path on a disk. */
static void what_is_no_address_is_refused(void **state) {
  (void)state;
  static const char *const none[] = {"nothing",
                                     "story/",
                                     "story/a/b/c",
                                     "story/a/b/c/d/e/0.html",
                                     "story/a/b/c/d/e/03",
                                     "story/a/b/c/d/e/3-",
                                     "story/a/b/c/d/e/3-0",
                                     "story/a/b/c/d/e/-3",
                                     "story/a/b/c/d/e/3-4-5",
                                     "story/a/b/c/d/e/3/4",
                                     "story/../../../../etc/passwd",
                                     "story/a/../b/c/d",
                                     "story/a//b/c/d",
                                     "story/a/b/c/d/e/9999999999",
                                     "story/.git/2024/06/20/x",
                                     "outlet/",
                                     "outlet/..",
                                     "outlet/a/b",
                                     "class/../x",
                                     "copies/a/b/c/d/e/3",
                                     "day/2024-06-20/x",
                                     "index.html/",
                                     "style.css/x",
                                     ".html",
                                     "//"};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    wt_address address;
    if (wt_address_parse(&address, wt_span_of(none[i]))) fail_msg("%s was taken for an address", none[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_page_reads_back),
                                     cmocka_unit_test(the_root_is_the_front_in_any_form),
                                     cmocka_unit_test(what_is_no_address_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
