/* The server as a browser meets it: the program runs, and requests go over loopback, byte for byte. */
#include "support/program.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#define STORY "/story/harbourpost.example/2024/05/14/council-backs-new-quay"

typedef struct served {
  char dir[256], log[300];
  pid_t pid;
  unsigned port;
  wt_buf answer; /* the last one: status line, headers, body */
} served;

static bool take_port(served *s) {
  wt_buf log = {0};
  const char *at = NULL;
  if (wt_file_read(&log, s->log, 1 << 16, NULL) == WT_OK && log.data) at = strstr(log.data, "127.0.0.1:");
  s->port = at != NULL && strchr(at, '/') != NULL ? (unsigned)atoi(at + 10) : 0;
  wt_buf_release(&log);
  return s->port != 0;
}

static pid_t start_program(const served *s, const char *archive) {
  pid_t pid = fork();
  assert_true(pid >= 0);
  if (pid > 0) return pid;
  if (freopen(s->log, "w", stdout) == NULL) _exit(9);
  execl(program_path(), "writethru", "-C", archive, "serve", "--port", "0", "--json", "--title", "Tests <&>",
        "--threads", "2", "--public-host", "news.example", (char *)NULL);
  _exit(9);
}

static int start(void **state) {
  static served s;
  char archive[300], command[1024];
  wt_buf out = {0};
  check_temp_dir(s.dir, sizeof s.dir);
  snprintf(archive, sizeof archive, "%s/archive.git", s.dir);
  snprintf(s.log, sizeof s.log, "%s/log", s.dir);
  snprintf(command, sizeof command, "$W -C '%s' add -q fixtures/stories/captures.csv 2>&1", archive);
  assert_int_equal(program_run(&out, command), 0);
  wt_buf_release(&out);
  s.pid = start_program(&s, archive);
  for (int i = 0; i < 600 && !take_port(&s); i++) usleep(50000);
  assert_int_not_equal(s.port, 0);
  *state = &s;
  return 0;
}

static int end(void **state) {
  served *s = *state;
  int how = 0;
  kill(s->pid, SIGTERM);
  waitpid(s->pid, &how, 0);
  wt_buf_release(&s->answer);
  check_remove_dir(s->dir);
  return WIFEXITED(how) && WEXITSTATUS(how) == 0 ? 0 : -1; /* it ends by itself, and well */
}

/* Sends the bytes, reads to the end, gives the status. */
static int ask_raw(served *s, const char *request) {
  char chunk[8192];
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)s->port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
  assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), (ssize_t)strlen(request));
  wt_buf_clear(&s->answer);
  for (ssize_t got; (got = recv(fd, chunk, sizeof chunk, 0)) > 0;) wt_buf_put(&s->answer, chunk, (size_t)got);
  close(fd);
  return s->answer.len > 12 ? atoi(s->answer.data + 9) : 0;
}

static int ask(served *s, const char *path, const char *headers) {
  char request[2048];
  snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n%s\r\n", path,
           s->port, headers);
  return ask_raw(s, request);
}

static const char *body_of(const served *s) {
  const char *at = s->answer.data != NULL ? strstr(s->answer.data, "\r\n\r\n") : NULL;
  return at != NULL ? at + 4 : "";
}

/* The value of a header, or "" . */
static wt_span header(const served *s, const char *name) {
  wt_span rest = wt_buf_span(&s->answer), line;
  size_t len = strlen(name);
  while (wt_span_line(&line, &rest) && line.len > 0)
    if (line.len > len + 2 && line.data[len] == ':' &&
        wt_span_equal_ascii_case(wt_span_sub(line, 0, len), wt_span_of(name)))
      return wt_span_trim(wt_span_sub(line, len + 1, line.len));
  return WT_SPAN("");
}

static void every_page_is_there(void **state) {
  served *s = *state;
  static const char *const pages[] = {"/",
                                      "/index.html",
                                      "/index.atom",
                                      "/index.json",
                                      "/days.html",
                                      "/days.json",
                                      "/day/2024-05-14.html",
                                      "/day/2024-05-14.json",
                                      "/substantive.html",
                                      "/unannounced.html",
                                      "/unannounced.json",
                                      "/class/number.html",
                                      "/outlets.html",
                                      "/outlets.json",
                                      "/outlet/harbourpost.example.html",
                                      "/outlet/harbourpost.example.json",
                                      "/outlet/harbourpost.example.atom",
                                      "/clusters.html",
                                      "/clusters.json",
                                      STORY ".html",
                                      STORY ".json",
                                      STORY ".atom",
                                      STORY "/2.html",
                                      STORY "/2.json",
                                      STORY "/1-3.html",
                                      STORY "/1-3.json",
                                      STORY "/1-3.svg",
                                      "/copies/northwire.example/2024/03/04/ferry-runs-aground-off-skarholm.html",
                                      "/copies/northwire.example/2024/03/04/ferry-runs-aground-off-skarholm.json",
                                      "/search.html?q=council",
                                      "/search.html",
                                      "/search.json?q=%22new+quay%22",
                                      "/index.html?outlet=harbourpost.example&class=number&substantive=1",
                                      "/index.json?since=2024-05-01&until=2024-05-31&unannounced=1",
                                      "/style.css",
                                      "/robots.txt"};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    int status = ask(s, pages[i], "");
    if (status != 200) fail_msg("%s: %d", pages[i], status);
    if (strlen(body_of(s)) < 10) fail_msg("%s: no body", pages[i]);
    assert_span(header(s, "X-Content-Type-Options"), "nosniff");
    assert_true(header(s, "Content-Security-Policy").len > 0);
  }
}

static void json_is_json_and_a_page_escapes(void **state) {
  served *s = *state;
  assert_int_equal(ask(s, STORY ".json", ""), 200);
  assert_span(header(s, "Content-Type"), "application/json");
  assert_true(body_of(s)[0] == '{');
  assert_int_equal(ask(s, "/index.html", ""), 200);
  assert_non_null(strstr(body_of(s), "Tests &lt;&amp;&gt;"));
  assert_null(strstr(body_of(s), "Tests <&>"));
  assert_int_equal(ask(s, "/search.html?q=%3Cscript%3Ealert(1)%3C/script%3E", ""), 200);
  assert_null(strstr(body_of(s), "<script>alert"));
}

static void the_accept_header_chooses(void **state) {
  served *s = *state;
  assert_int_equal(ask(s, STORY, "Accept: application/json\r\n"), 200);
  assert_true(body_of(s)[0] == '{');
  assert_span(header(s, "Vary"), "Accept");
  assert_int_equal(ask(s, STORY, "Accept: text/html\r\n"), 200);
  assert_true(body_of(s)[0] == '<');
}

static void what_is_known_is_not_sent_again(void **state) {
  served *s = *state;
  char line[200];
  assert_int_equal(ask(s, STORY "/2.html", ""), 200);
  wt_span tag = header(s, "ETag");
  assert_true(tag.len > 10);
  assert_span(header(s, "Cache-Control"), "no-cache");
  snprintf(line, sizeof line, "If-None-Match: %.*s\r\n", (int)tag.len, tag.data);
  assert_int_equal(ask(s, STORY "/2.html", line), 304);
  assert_int_equal(strlen(body_of(s)), 0);
  assert_int_equal(ask(s, STORY "/2.html", "If-None-Match: \"other\"\r\n"), 200);
}

static void a_comparison_asked_by_a_form_has_an_address(void **state) {
  served *s = *state;
  assert_int_equal(ask(s, "/compare.html?story=harbourpost.example/2024/05/14/council-backs-new-quay&old=3&new=1", ""),
                   303);
  assert_span(header(s, "Location"), "story/harbourpost.example/2024/05/14/council-backs-new-quay/1-3.html");
  assert_int_equal(ask(s, "/compare.html?story=nothing&old=1", ""), 404);
}

static void what_is_not_there_is_said(void **state) {
  served *s = *state;
  static const char *const absent[] = {"/nothing",
                                       "/story/a.example/2024/01/01/b.html",
                                       STORY "/99.html",
                                       STORY "/1-99.html",
                                       "/class/nonsense.html",
                                       "/outlet/nobody.example.html",
                                       "/../etc/passwd",
                                       "/%2e%2e/%2e%2e/etc/passwd",
                                       "/day/2024-13-45.html",
                                       "/index.html?since=yesterday"};
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
    int status = ask(s, absent[i], "");
    if (status != 404 && status != 400) fail_msg("%s: %d", absent[i], status);
    if (strstr(body_of(s), "root:") != NULL) fail_msg("%s: a file of the machine", absent[i]);
  }
}

/* An address that is a thousand folders deep gets no page of a thousand steps up in each link. */
static void a_deep_address_costs_little(void **state) {
  served *s = *state;
  char path[1502];
  memset(path, '/', sizeof path - 1);
  path[sizeof path - 1] = 0;
  assert_int_equal(ask(s, path, ""), 404);
  assert_true(strlen(body_of(s)) < 8192);
}

static void nobody_else_is_answered(void **state) {
  served *s = *state;
  char request[400];
  assert_int_equal(ask_raw(s, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), 421);
  assert_int_equal(ask_raw(s, "GET / HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n"), 200);
  snprintf(request, sizeof request,
           "POST / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", s->port);
  assert_int_equal(ask_raw(s, request), 405);
  snprintf(request, sizeof request, "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n\r\n", s->port);
  assert_int_equal(ask_raw(s, request), 200);
  assert_int_equal(strlen(body_of(s)), 0);
}

/* What a proxy in front of us may read otherwise than we do is not answered, and what follows it is not read. */
static void doubtful_heads_are_refused(void **state) {
  served *s = *state;
  static const char *const heads[] = {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                                      "Transfer-Encoding: chunked\r\n",
                                      "Content-Length: 5\r\n",
                                      "Content-Length: 0\r\nContent-Length: 0\r\n",
                                      "Content-Length: 0\r\nContent-Length: 5\r\n",
                                      "Content-Length : 5\r\n",
                                      "Host: localhost\r\n"};
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
    char request[600];
    snprintf(request, sizeof request,
             "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n0\r\n\r\nGET /style.css HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
             "Connection: close\r\n\r\n",
             s->port, heads[i], s->port);
    int status = ask_raw(s, request);
    if (status != 400) fail_msg("%s: %d", heads[i], status);
    if (strstr(body_of(s), "HTTP/1.1 200") != NULL) fail_msg("%s: what follows was answered", heads[i]);
  }
  assert_int_equal(ask(s, "/", "Content-Length: 0\r\n"), 200);
}

static void nonsense_is_survived(void **state) {
  served *s = *state;
  static const char *const bad[] = {"\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                                    "GET / HTTP/1.1\r\n: x\r\n\r\n"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_not_equal(ask_raw(s, bad[i]), 200);
  assert_int_equal(ask(s, "/", ""), 200);
}

static void a_new_capture_is_seen(void **state) {
  served *s = *state;
  char command[1024];
  wt_buf out = {0};
  assert_int_equal(ask(s, "/index.json", ""), 200);
  assert_null(strstr(body_of(s), "lighthouse"));
  snprintf(
      command, sizeof command,
      "printf 'The lighthouse is sold\\n\\nThe lighthouse on the point was sold on Monday to a family of painters, the "
      "coast office said.\\n' | $W -C '%s/archive.git' add -q --at 2026-01-02T03:04:05Z --url "
      "https://harbourpost.example/lighthouse - 2>&1",
      s->dir);
  assert_int_equal(program_run(&out, command), 0);
  bool seen = false;
  for (int i = 0; i < 100 && !seen; i++) {
    usleep(100000);
    assert_int_equal(ask(s, "/index.json", ""), 200);
    seen = strstr(body_of(s), "lighthouse") != NULL;
  }
  assert_true(seen);
  wt_buf_release(&out);
}

/* What a browser has kept of a text that is taken out is not shown again: it asks, and is told. */
static void what_was_taken_out_is_not_the_same(void **state) {
  served *s = *state;
  char line[2][200], command[1024];
  const char *const pages[] = {STORY "/2.html", STORY "/1-2.html"};
  wt_buf out = {0};
  for (size_t i = 0; i < 2; i++) {
    assert_int_equal(ask(s, pages[i], ""), 200);
    assert_null(strstr(body_of(s), "taken out"));
    wt_span tag = header(s, "ETag");
    snprintf(line[i], sizeof line[i], "If-None-Match: %.*s\r\n", (int)tag.len, tag.data);
  }
  snprintf(command, sizeof command, "$W -C '%s/archive.git' erase '%s@2' --reason 'by order' 2>&1", s->dir,
           &STORY[strlen("/story/")]);
  int code = program_run(&out, command);
  if (code != 0) fail_msg("erase: %d: %s", code, out.data);
  for (size_t i = 0; i < 2; i++) {
    bool gone = false;
    for (int k = 0; k < 100 && !gone; k++) {
      usleep(100000);
      int status = ask(s, pages[i], line[i]);
      gone = status == 200 && strstr(body_of(s), "taken out") != NULL;
    }
    if (!gone) fail_msg("%s is served as it was", pages[i]);
  }
  wt_buf_release(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_page_is_there),
      cmocka_unit_test(json_is_json_and_a_page_escapes),
      cmocka_unit_test(the_accept_header_chooses),
      cmocka_unit_test(what_is_known_is_not_sent_again),
      cmocka_unit_test(a_comparison_asked_by_a_form_has_an_address),
      cmocka_unit_test(what_is_not_there_is_said),
      cmocka_unit_test(a_deep_address_costs_little),
      cmocka_unit_test(nobody_else_is_answered),
      cmocka_unit_test(doubtful_heads_are_refused),
      cmocka_unit_test(nonsense_is_survived),
      cmocka_unit_test(a_new_capture_is_seen),
      cmocka_unit_test(what_was_taken_out_is_not_the_same),
  };
  return cmocka_run_group_tests(tests, start, end);
}
