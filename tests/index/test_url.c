/* What two addresses of one page have in common. */
#include "support/check.h"
#include "wt/index.h"

static void same_page(void **state) {
  (void)state;
  static const struct {
    const char *url, *normal;
  } cases[] = {{"https://www.Post.example/Quay/", "post.example/Quay"},
               {"http://post.example/Quay#top", "post.example/Quay"},
               {"//m.post.example:443/quay?utm_source=a&utm_medium=b", "post.example/quay"},
               {"https://amp.post.example/quay/amp", "post.example/quay"},
               {"https://post.example/quay?id=7&fbclid=x", "post.example/quay?id=7"},
               {"https://post.example/quay?b=2&a=1", "post.example/quay?b=2&a=1"},
               {"https://post.example/", "post.example"},
               {"https://www.example", "www.example"},
               {"https://post.example/a/index.html", "post.example/a"},
               {"", ""},
               {"?", ""},
               {"https://", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_buf out = {0};
    wt_url_normal(&out, wt_span_of(cases[i].url));
    assert_span(wt_buf_span(&out), cases[i].normal);
    wt_buf_release(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(same_page)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
