/* Fetching from a server that misbehaves on cue: every end has its state, nothing hangs, nobody is asked too fast. */
#include "support/check.h"
#include "support/server.h"

#include <time.h>

#include "wt/fetch.h"

static void put_bomb(int fd) {
  wt_buf zeros = {0}, packed = {0};
  wt_buf_reserve(&zeros, 3 << 20);
  memset(zeros.data, ' ', 3 << 20);
  zeros.len = 3 << 20;
  wt_gzip(&packed, wt_buf_span(&zeros), NULL);
  char head[200];
  snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", packed.len);
  server_send(fd, head);
  send(fd, packed.data, packed.len, MSG_NOSIGNAL);
}

static void put_endless(int fd) {
  server_send(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
  for (;;)
    server_send(fd, "more and more and more and more and more and more and more and more and more and more and ");
}

static void answer(int fd, const char *path, const char *request) {
  static const struct {
    const char *path, *answer;
  } fixed[] = {
      {"/robots.txt",
       "HTTP/1.1 200 OK\r\n\r\nUser-agent: writethru\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"},
      {"/short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"},
      {"/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"},
      {"/moved", "HTTP/1.1 301 Moved\r\nLocation: /moved2\r\nContent-Length: 0\r\n\r\n"},
      {"/moved2", "HTTP/1.1 308 Moved\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"},
      {"/to-file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n"},
      {"/to-private", "HTTP/1.1 302 Found\r\nLocation: /private/x\r\nContent-Length: 0\r\n\r\n"},
      {"/later", "HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"},
      {"/later-ever", "HTTP/1.1 503 Busy\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"},
      {"/for-now", "HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"},
      {"/later-date",
       "HTTP/1.1 503 Busy\r\nDate: Thu, 20 Jun 2024 14:00:00 GMT\r\nRetry-After: Thu, 20 Jun 2024 14:02:00 "
       "GMT\r\nContent-Length: 0\r\n\r\n"},
      {"/broken", "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"},
      {"/gone", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"},
      {"/garbage", "\x01\x02\x03 not http at all\r\n\r\n"},
      {"/empty", ""},
  };
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
    if (strcmp(path, fixed[i].path) == 0) {
      server_send(fd, fixed[i].answer);
      return;
    }
  if (strcmp(path, "/bomb") == 0)
    put_bomb(fd);
  else if (strcmp(path, "/endless") == 0)
    put_endless(fd);
  else if (strcmp(path, "/slow") == 0)
    sleep(20);
  else if (strstr(request, "If-None-Match: \"v1\""))
    server_send(fd, "HTTP/1.1 304 Same\r\nETag: \"v1\"\r\n\r\n");
  else
    server_send(
        fd, "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Type: text/html; charset=utf-8\r\nLast-Modified: Thu, 20 Jun "
            "2024 14:00:00 GMT\r\nContent-Length: 5\r\n\r\nstory");
}

typedef struct kept {
  wt_fetch_state state;
  int code;
  size_t body, hops;
  bool moved;
  int64_t retry;
  char url[200], why[256], etag[32];
  unsigned calls;
} kept;

static bool keep(void *context, size_t index, const wt_fetch_result *result) {
  kept *k = (kept *)context + index;
  *k = (kept){.state = result->state,
              .code = result->code,
              .body = result->body.len,
              .hops = result->hop_count,
              .moved = result->moved_for_good,
              .retry = result->retry_after_ms,
              .calls = k->calls + 1};
  snprintf(k->url, sizeof k->url, "%.*s", (int)result->url.len, result->url.data ? result->url.data : "");
  snprintf(k->why, sizeof k->why, "%s", result->why);
  snprintf(k->etag, sizeof k->etag, "%.*s", (int)result->etag.len, result->etag.data ? result->etag.data : "");
  return true;
}

static void fetch_one(kept *out, int port, const char *path, const char *etag, const wt_fetch_options *options) {
  wt_error err;
  wt_fetcher *fetcher;
  char url[300];
  snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
  *out = (kept){0};
  assert_ok(wt_fetcher_open(&fetcher, options, &err));
  wt_fetch_request request = {.url = wt_span_of(url), .etag = wt_span_of(etag)};
  assert_ok(wt_fetch_all(fetcher, &request, 1, keep, out, &err));
  assert_int_equal(out->calls, 1);
  wt_fetcher_close(fetcher);
}

static const wt_fetch_options quick = {
    .allow_private = true, .host_delay_ms = -1, .timeout_ms = 700, .max_bytes = 1 << 20};

static void each_end_has_its_state(void **state) {
  (void)state;
  static const struct {
    const char *path, *etag;
    wt_fetch_state state;
    int code;
    const char *why;
  } cases[] = {
      {"/page", "", WT_FETCH_OK, 200, ""},
      {"/page", "\"v1\"", WT_FETCH_NOT_MODIFIED, 304, ""},
      {"/page", "\"v0\"\r\nX-Injected: 1", WT_FETCH_OK, 200, ""},
      {"/short", "", WT_FETCH_FAILED, 200, "the answer ended before its length"},
      {"/loop", "", WT_FETCH_FAILED, 0, "too many redirects"},
      {"/to-file", "", WT_FETCH_FORBIDDEN, 0, "redirects to what is neither http nor https"},
      {"/to-private", "", WT_FETCH_FORBIDDEN, 0, "robots.txt forbids it"},
      {"/private/x?y=1", "", WT_FETCH_FORBIDDEN, 0, "robots.txt forbids it"},
      {"/later", "", WT_FETCH_LATER, 429, ""},
      {"/later-date", "", WT_FETCH_LATER, 503, ""},
      {"/broken", "", WT_FETCH_FAILED, 500, "the server answered 500"},
      {"/gone", "", WT_FETCH_GONE, 410, ""},
      {"/bomb", "", WT_FETCH_FAILED, 200, "the answer is larger than 1048576 bytes"},
      {"/endless", "", WT_FETCH_FAILED, 200, "the answer is larger than 1048576 bytes"},
      {"/garbage", "", WT_FETCH_FAILED, 0, NULL},
      {"/empty", "", WT_FETCH_FAILED, 0, NULL},
      {"/slow", "", WT_FETCH_FAILED, 0, NULL},
  };
  server s = server_open(answer);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kept k;
    fetch_one(&k, s.port, cases[i].path, cases[i].etag, &quick);
    if (k.state != cases[i].state) print_error("%s: %s (%s)\n", cases[i].path, wt_fetch_state_name(k.state), k.why);
    assert_int_equal(k.state, cases[i].state);
    assert_int_equal(k.code, cases[i].code);
    if (cases[i].why)
      assert_string_equal(k.why, cases[i].why);
    else
      assert_true(k.why[0] != '\0');
    if (k.state == WT_FETCH_LATER) assert_int_equal(k.retry, 120000);
  }
  server_close(&s);
}

static void a_move_for_good_is_told_with_its_hops(void **state) {
  (void)state;
  server s = server_open(answer);
  kept k;
  char want[200];
  fetch_one(&k, s.port, "/moved#part", "", &quick);
  snprintf(want, sizeof want, "http://127.0.0.1:%d/page", s.port);
  assert_int_equal(k.state, WT_FETCH_OK);
  assert_int_equal(k.hops, 2);
  assert_true(k.moved);
  assert_string_equal(k.url, want);
  assert_string_equal(k.etag, "\"v1\"");
  server_close(&s);
}

/* A redirect for this time may lead elsewhere next time: what marks its page is not asked about, and not handed out as ours. */
static void marks_belong_to_one_address(void **state) {
  (void)state;
  server s = server_open(answer);
  kept k;
  fetch_one(&k, s.port, "/moved", "\"v1\"", &quick);
  assert_int_equal(k.state, WT_FETCH_NOT_MODIFIED);
  fetch_one(&k, s.port, "/for-now", "\"v1\"", &quick);
  assert_int_equal(k.state, WT_FETCH_OK);
  assert_int_equal(k.hops, 1);
  assert_false(k.moved);
  assert_string_equal(k.etag, "");
  server_close(&s);
}

static void who_says_for_ever_is_left_alone(void **state) {
  (void)state;
  server s = server_open(answer);
  kept k;
  fetch_one(&k, s.port, "/later-ever", "", &quick);
  assert_int_equal(k.state, WT_FETCH_LATER);
  assert_true(k.retry >= (int64_t)365 * 86400 * 1000);
  server_close(&s);
}

static void what_is_too_long_is_no_address(void **state) {
  (void)state;
  kept k;
  wt_error err;
  wt_fetcher *fetcher;
  wt_buf url = {0};
  wt_buf_put_text(&url, "http://127.0.0.1:1/");
  while (url.len < 8193) wt_buf_put_char(&url, 'a');
  wt_fetch_request request = {.url = wt_buf_span(&url)};
  k = (kept){0};
  assert_ok(wt_fetcher_open(&fetcher, &quick, &err));
  assert_ok(wt_fetch_all(fetcher, &request, 1, keep, &k, &err));
  assert_int_equal(k.state, WT_FETCH_FORBIDDEN);
  assert_string_equal(k.why, "is longer than a server reads");
  wt_fetcher_close(fetcher);
  wt_buf_release(&url);
}

static void addresses_that_are_not_public_are_refused(void **state) {
  (void)state;
  server s = server_open(answer);
  static const char *const hosts[] = {
      "127.0.0.1", "localhost",  "[::1]", "[::ffff:127.0.0.1]", "0x7f.1",         "2130706433", "0", "0177.0.0.1",
      "127.1",     "localhost.", "[::]",  "[::127.0.0.1]",      "%31%32%37.0.0.1"};
  wt_fetch_options closed = quick;
  closed.allow_private = false;
  for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
    wt_error err;
    wt_fetcher *fetcher;
    kept k = {0};
    char url[200];
    snprintf(url, sizeof url, "http://%s:%d/page", hosts[i], s.port);
    assert_ok(wt_fetcher_open(&fetcher, &closed, &err));
    wt_fetch_request request = {.url = wt_span_of(url)};
    assert_ok(wt_fetch_all(fetcher, &request, 1, keep, &k, &err));
    if (k.state != WT_FETCH_FORBIDDEN) print_error("%s: %s %s\n", url, wt_fetch_state_name(k.state), k.why);
    assert_int_equal(k.state, WT_FETCH_FORBIDDEN);
    wt_fetcher_close(fetcher);
  }
  server_close(&s);
}

static void what_is_no_web_address_is_refused(void **state) {
  (void)state;
  static const char *const urls[] = {
      "",        "file:///etc/passwd", "gopher://a/",        "ftp://a/", "http://user:secret@a.example/",
      "http://", "no url at all",      "javascript:alert(1)"};
  for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
    wt_error err;
    wt_fetcher *fetcher;
    kept k = {0};
    assert_ok(wt_fetcher_open(&fetcher, &quick, &err));
    wt_fetch_request request = {.url = wt_span_of(urls[i])};
    assert_ok(wt_fetch_all(fetcher, &request, 1, keep, &k, &err));
    if (k.state == WT_FETCH_OK) print_error("%s\n", urls[i]);
    assert_true(k.state == WT_FETCH_FORBIDDEN || k.state == WT_FETCH_FAILED);
    assert_int_equal(k.calls, 1);
    wt_fetcher_close(fetcher);
  }
}

static int64_t clock_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void an_origin_is_not_asked_faster_than_its_limit(void **state) {
  (void)state;
  server s = server_open(answer);
  wt_error err;
  wt_fetcher *fetcher;
  wt_fetch_options paced = quick;
  paced.host_delay_ms = 150;
  paced.host_connections = 4;
  char url[100];
  snprintf(url, sizeof url, "http://127.0.0.1:%d/page", s.port);
  wt_fetch_request requests[4];
  kept k[4] = {{0}};
  for (size_t i = 0; i < 4; i++) requests[i] = (wt_fetch_request){.url = wt_span_of(url)};
  assert_ok(wt_fetcher_open(&fetcher, &paced, &err));
  int64_t begin = clock_ms();
  assert_ok(wt_fetch_all(fetcher, requests, 4, keep, k, &err));
  assert_true(clock_ms() - begin >= 4 * 150); /* robots.txt and four pages: four gaps */
  for (size_t i = 0; i < 4; i++) assert_int_equal(k[i].state, WT_FETCH_OK);
  wt_fetcher_close(fetcher);
  server_close(&s);
}

static void an_origin_that_asks_for_patience_gets_it(void **state) {
  (void)state;
  server s = server_open(answer);
  wt_error err;
  wt_fetcher *fetcher;
  char later[100], page[100];
  snprintf(later, sizeof later, "http://127.0.0.1:%d/later", s.port);
  snprintf(page, sizeof page, "http://127.0.0.1:%d/page", s.port);
  wt_fetch_request requests[] = {{.url = wt_span_of(later)}, {.url = wt_span_of(page)}};
  kept k[2] = {{0}};
  assert_ok(wt_fetcher_open(&fetcher, &quick, &err));
  assert_ok(wt_fetch_all(fetcher, requests, 2, keep, k, &err));
  assert_int_equal(k[0].state, WT_FETCH_LATER);
  assert_int_equal(k[1].state, WT_FETCH_LATER);
  assert_int_equal(k[1].code, 0);
  assert_true(k[1].retry > 100000);
  wt_fetcher_close(fetcher);
  server_close(&s);
}

/* ---- under a simulated clock ---- */

static char dir[256];

static int64_t clock_of(void *clock) {
  return *(int64_t *)clock;
}

static void sleep_of(void *clock, int64_t ms) {
  *(int64_t *)clock += ms > 0 ? ms : 1;
}

/* Writes down what it is asked; one robots.txt wants two minutes between two requests. */
static void note_asked(const char *path) {
  char name[400];
  snprintf(name, sizeof name, "%s/asked", dir);
  FILE *log = fopen(name, "a");
  if (log) fprintf(log, "%s ", path), fclose(log);
}

static void answer_and_log(int fd, const char *path, const char *request) {
  char name[400];
  (void)request;
  note_asked(path);
  snprintf(name, sizeof name, "%s/slow", dir);
  if (strcmp(path, "/robots.txt") == 0)
    server_send(fd, access(name, F_OK) == 0 ? "HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nCrawl-delay: 120\n"
                                            : "HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /private\n");
  else
    server_send(fd, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstory");
}

static void assert_asked(const char *want) {
  wt_error err;
  wt_buf log = {0};
  char name[400];
  snprintf(name, sizeof name, "%s/asked", dir);
  assert_ok(wt_file_read(&log, name, 10000, &err));
  assert_buf(log, want);
  wt_buf_release(&log);
}

static void fetch_some(kept *out, int port, const char *path, size_t count, const wt_fetch_options *options) {
  wt_error err;
  wt_fetcher *fetcher;
  wt_fetch_request requests[4];
  char url[300];
  snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, path);
  for (size_t i = 0; i < count; i++) requests[i] = (wt_fetch_request){.url = wt_span_of(url)}, out[i] = (kept){0};
  assert_ok(wt_fetcher_open(&fetcher, options, &err));
  assert_ok(wt_fetch_all(fetcher, requests, count, keep, out, &err));
  wt_fetcher_close(fetcher);
}

static void another_run_keeps_to_the_turns_and_the_rules(void **state) {
  (void)state;
  int64_t now = 1718841600000;
  kept k[4];
  char memory[300];
  check_temp_dir(dir, sizeof dir);
  snprintf(memory, sizeof memory, "%s/hosts", dir);
  server s = server_open(answer_and_log);
  wt_fetch_options options = {.allow_private = true,
                              .timeout_ms = 5000,
                              .memory_dir = memory,
                              .clock_ms = clock_of,
                              .sleep_ms = sleep_of,
                              .clock = &now};
  fetch_some(k, s.port, "/a", 1, &options);
  assert_int_equal(k[0].state, WT_FETCH_OK);
  assert_int_equal(now, 1718841600000 + 1000);
  fetch_some(k, s.port, "/b", 1, &options);
  assert_int_equal(k[0].state, WT_FETCH_OK);
  assert_int_equal(now, 1718841600000 + 2000); /* the other run's turn counts */
  assert_asked("/robots.txt /a /b ");
  fetch_some(k, s.port, "/private/c", 1, &options);
  assert_int_equal(k[0].state, WT_FETCH_FORBIDDEN);
  assert_asked("/robots.txt /a /b ");
  now += 86400 * 1000;
  fetch_some(k, s.port, "/d", 1, &options); /* after a day it is asked anew */
  assert_asked("/robots.txt /a /b /robots.txt /d ");
  server_close(&s);
  check_remove_dir(dir);
}

static void who_wants_two_minutes_gets_them(void **state) {
  (void)state;
  int64_t now = 1718841600000;
  kept k[4];
  char name[400];
  wt_error err;
  check_temp_dir(dir, sizeof dir);
  snprintf(name, sizeof name, "%s/slow", dir);
  assert_ok(wt_file_write(name, WT_SPAN("x"), &err));
  server s = server_open(answer_and_log);
  snprintf(name, sizeof name, "%s/hosts", dir);
  wt_fetch_options options = {.allow_private = true,
                              .timeout_ms = 5000,
                              .memory_dir = name,
                              .clock_ms = clock_of,
                              .sleep_ms = sleep_of,
                              .clock = &now};
  fetch_some(k, s.port, "/a", 3, &options);
  for (size_t i = 0; i < 3; i++)
    assert_int_equal(k[i].state, WT_FETCH_STOPPED); /* left for another run, and no failure */
  assert_asked("/robots.txt ");
  now += 119 * 1000;
  fetch_some(k, s.port, "/a", 3, &options);
  assert_int_equal(now, 1718841600000 + 120 * 1000);
  assert_int_equal(k[0].state, WT_FETCH_OK);
  assert_int_equal(k[1].state, WT_FETCH_STOPPED);
  assert_asked("/robots.txt /a ");
  server_close(&s);
  check_remove_dir(dir);
}

static void patience_ends_what_has_not_begun(void **state) {
  (void)state;
  int64_t now = 1718841600000;
  kept k[4];
  check_temp_dir(dir, sizeof dir);
  server s = server_open(answer_and_log);
  wt_fetch_options options = {.allow_private = true,
                              .timeout_ms = 5000,
                              .host_delay_ms = 10000,
                              .patience_ms = 25000,
                              .clock_ms = clock_of,
                              .sleep_ms = sleep_of,
                              .clock = &now};
  fetch_some(k, s.port, "/a", 4, &options);
  assert_int_equal(k[0].state, WT_FETCH_OK);
  assert_int_equal(k[1].state, WT_FETCH_OK);
  assert_int_equal(k[2].state, WT_FETCH_STOPPED);
  assert_int_equal(k[3].state, WT_FETCH_STOPPED);
  assert_asked("/robots.txt /a /a ");
  server_close(&s);
  check_remove_dir(dir);
}

/* A robots.txt that never ends counts as far as it need be read; its rules stand at the top. */
static void answer_endless_robots(int fd, const char *path, const char *request) {
  (void)request;
  if (strcmp(path, "/robots.txt") != 0) {
    server_send(fd, "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  server_send(fd, "HTTP/1.1 200 OK\r\n\r\n\xef\xbb\xbfUser-agent: *\r\nDisallow: /private\r\n");
  for (;;)
    server_send(fd, "Disallow: /another-place-that-is-not-for-robots-but-for-people-who-read-on-and-on-and-on\r\n");
}

static void an_endless_robots_txt_is_obeyed(void **state) {
  (void)state;
  kept k[4];
  server s = server_open(answer_endless_robots);
  fetch_some(k, s.port, "/private/a", 1, &quick);
  assert_int_equal(k[0].state, WT_FETCH_FORBIDDEN);
  assert_string_equal(k[0].why, "robots.txt forbids it");
  /* who says "slow" and not how long is left alone for a minute, by all who wait */
  fetch_some(k, s.port, "/a", 3, &quick);
  assert_int_equal(k[0].code, 429);
  for (size_t i = 0; i < 3; i++) assert_int_equal(k[i].state, WT_FETCH_LATER);
  assert_int_equal(k[0].retry, -1);
  assert_true(k[1].code == 0 && k[1].retry > 50000 && k[2].retry > 50000);
  server_close(&s);
}

static void answer_empty_robots(int fd, const char *path, const char *request) {
  (void)request;
  server_send(fd, strcmp(path, "/robots.txt") == 0 ? "HTTP/1.1 204 No Content\r\n\r\n"
                                                   : "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstory");
}

/* RFC 9309, 2.3.1.1: a robots.txt that came is obeyed; one of nothing forbids nothing. */
static void an_empty_robots_txt_forbids_nothing(void **state) {
  (void)state;
  kept k;
  server s = server_open(answer_empty_robots);
  fetch_one(&k, s.port, "/a", "", &quick);
  assert_string_equal(k.why, "");
  assert_int_equal(k.state, WT_FETCH_OK);
  server_close(&s);
}

static bool count_stop(void *context) {
  ++*(unsigned *)context;
  return false;
}

/* All connections are taken and others wait: the loop sleeps until an answer comes, and does not spin. */
static void who_waits_for_a_connection_waits_asleep(void **state) {
  (void)state;
  server busy = server_open(answer), idle = server_open(answer);
  wt_error err;
  wt_fetcher *fetcher;
  unsigned asked = 0;
  kept k[2] = {{0}};
  char url[2][100];
  wt_fetch_options one = quick;
  one.connections = 1;
  one.ignore_robots = true;
  one.stop = count_stop;
  one.context = &asked;
  snprintf(url[0], sizeof url[0], "http://127.0.0.1:%d/slow", busy.port);
  snprintf(url[1], sizeof url[1], "http://127.0.0.1:%d/page", idle.port);
  wt_fetch_request requests[] = {{.url = wt_span_of(url[0])}, {.url = wt_span_of(url[1])}};
  assert_ok(wt_fetcher_open(&fetcher, &one, &err));
  assert_ok(wt_fetch_all(fetcher, requests, 2, keep, k, &err));
  assert_true(k[0].calls == 1 && k[1].calls == 1);
  if (asked > 60) fail_msg("went round %u times", asked);
  wt_fetcher_close(fetcher);
  server_close(&busy);
  server_close(&idle);
}

/* Memory that gives out at any place ends a run; the fetcher is as good as before in the next. */
static void a_run_without_memory_leaves_a_fetcher_whole(void **state) {
  (void)state;
  server s = server_open(answer);
  wt_error err;
  wt_fetcher *fetcher;
  char url[100];
  snprintf(url, sizeof url, "http://127.0.0.1:%d/page", s.port);
  wt_fetch_request request = {.url = wt_span_of(url)};
  bool failed = true;
  for (int64_t n = 0; failed && n < 300; n++) {
    kept k = {0};
    assert_ok(wt_fetcher_open(&fetcher, &quick, &err));
    wt_alloc_fail_after(n);
    failed = wt_fetch_all(fetcher, &request, 1, keep, &k, &err) != WT_OK || k.state != WT_FETCH_OK;
    wt_alloc_fail_after(-1);
    k = (kept){0};
    assert_ok(wt_fetch_all(fetcher, &request, 1, keep, &k, &err));
    if (k.state != WT_FETCH_OK) fail_msg("after %d allocations: %s", (int)n, k.why);
    wt_fetcher_close(fetcher);
  }
  assert_false(failed);
  server_close(&s);
}

/* Nearly as long as one is read: kept and read again all the same. */
static void answer_long_robots(int fd, const char *path, const char *request) {
  if (strcmp(path, "/robots.txt") != 0) {
    answer_and_log(fd, path, request);
    return;
  }
  note_asked(path);
  server_send(fd, "HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /private\n");
  for (int i = 0; i < 499 * 1024 / 16; i++) server_send(fd, &"# nothing but it\n"[i % 2]);
}

static void a_long_robots_txt_is_remembered(void **state) {
  (void)state;
  kept k[4];
  char memory[300];
  check_temp_dir(dir, sizeof dir);
  snprintf(memory, sizeof memory, "%s/hosts", dir);
  server s = server_open(answer_long_robots);
  wt_fetch_options options = quick;
  options.memory_dir = memory;
  options.timeout_ms = 5000;
  fetch_some(k, s.port, "/a", 1, &options);
  assert_int_equal(k[0].state, WT_FETCH_OK);
  fetch_some(k, s.port, "/private/b", 1, &options);
  assert_int_equal(k[0].state, WT_FETCH_FORBIDDEN);
  assert_asked("/robots.txt /a ");
  server_close(&s);
  check_remove_dir(dir);
}

static bool stop_now(void *context) {
  return ++*(int *)context > 2;
}

static void a_stop_is_obeyed_within_a_second(void **state) {
  (void)state;
  server s = server_open(answer);
  wt_error err;
  wt_fetcher *fetcher;
  int asked = 0;
  wt_fetch_options stopping = quick;
  stopping.timeout_ms = 20000;
  stopping.ignore_robots = true;
  stopping.stop = stop_now;
  stopping.context = &asked;
  char url[100];
  snprintf(url, sizeof url, "http://127.0.0.1:%d/slow", s.port);
  wt_fetch_request requests[] = {{.url = wt_span_of(url)}, {.url = wt_span_of(url)}};
  kept k[2] = {{0}};
  assert_ok(wt_fetcher_open(&fetcher, &stopping, &err));
  int64_t begin = clock_ms();
  assert_ok(wt_fetch_all(fetcher, requests, 2, keep, k, &err));
  assert_true(clock_ms() - begin < 1500);
  assert_int_equal(k[0].state, WT_FETCH_STOPPED);
  assert_int_equal(k[1].state, WT_FETCH_STOPPED);
  wt_fetcher_close(fetcher);
  server_close(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_end_has_its_state),
      cmocka_unit_test(a_move_for_good_is_told_with_its_hops),
      cmocka_unit_test(marks_belong_to_one_address),
      cmocka_unit_test(who_says_for_ever_is_left_alone),
      cmocka_unit_test(what_is_too_long_is_no_address),
      cmocka_unit_test(addresses_that_are_not_public_are_refused),
      cmocka_unit_test(what_is_no_web_address_is_refused),
      cmocka_unit_test(an_origin_is_not_asked_faster_than_its_limit),
      cmocka_unit_test(an_origin_that_asks_for_patience_gets_it),
      cmocka_unit_test(another_run_keeps_to_the_turns_and_the_rules),
      cmocka_unit_test(who_wants_two_minutes_gets_them),
      cmocka_unit_test(patience_ends_what_has_not_begun),
      cmocka_unit_test(an_endless_robots_txt_is_obeyed),
      cmocka_unit_test(an_empty_robots_txt_forbids_nothing),
      cmocka_unit_test(who_waits_for_a_connection_waits_asleep),
      cmocka_unit_test(a_run_without_memory_leaves_a_fetcher_whole),
      cmocka_unit_test(a_long_robots_txt_is_remembered),
      cmocka_unit_test(a_stop_is_obeyed_within_a_second),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
