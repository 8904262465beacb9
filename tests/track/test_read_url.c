/* A page that nobody tracks is read from its address; what is no page is told in a line. */
#include "support/server.h"
#include "wt/track.h"

static void answer(int fd, const char *path, const char *request) {
  (void)request;
  if (strcmp(path, "/page") == 0)
    server_send(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Language: "
                    "en-GB\r\nConnection: close\r\n\r\n"
                    "<html><head><title>Crane falls</title></head><body><article><h1>Crane falls into harbour</h1>"
                    "<p>A crane fell into the old harbour on Monday morning, the port authority said.</p>"
                    "<p>Nobody was hurt, and ferries will sail again before the weekend.</p></article></body></html>");
  else
    server_send(fd, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static wt_status read_page(wt_story *out, wt_arena *arena, int port, const char *path, bool allow, wt_error *err) {
  char url[100];
  wt_fetch_options options = {.allow_private = allow, .host_delay_ms = -1};
  snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
  return wt_track_read_url(out, arena, wt_span_of(url), &options, err);
}

static void a_page_is_read_and_trouble_is_told(void **state) {
  (void)state;
  server s = server_open(answer);
  wt_arena arena = {0};
  wt_story story;
  wt_error err;
  assert_ok(read_page(&story, &arena, s.port, "/page", true, &err));
  assert_span(story.fields[WT_FIELD_HEADLINE], "Crane falls into harbour");
  assert_span(story.fields[WT_FIELD_LANGUAGE], "en-GB");
  assert_true(story.block_count >= 2);
  assert_int_equal(read_page(&story, &arena, s.port, "/none", true, &err), WT_ENOTFOUND);
  assert_int_equal(read_page(&story, &arena, s.port, "/page", false, &err), WT_EREFUSED);
  wt_arena_release(&arena);
  server_close(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_page_is_read_and_trouble_is_told)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
