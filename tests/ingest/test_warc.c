/* WARC files -> captures: our own small ones, and one that wget makes from a server on loopback. */
#include "support/ingest.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct pages {
  size_t count, troubles;
  char url[16][100], captured[16][40], headline[16][80];
  size_t blocks[16];
  int64_t byte[16];
  char trouble[16][120];
} pages;

static bool take(void *context, const wt_capture *capture) {
  pages *p = context;
  size_t i = p->count++;
  wt_buf time = {0};
  assert_true(i < 16);
  reading *r = read_bytes(capture->bytes, &capture->source);
  assert_read(r);
  wt_instant_put(&time, capture->source.captured);
  snprintf(p->url[i], sizeof p->url[i], "%.*s", (int)capture->source.url.len, capture->source.url.data);
  snprintf(p->captured[i], sizeof p->captured[i], "%s", time.data);
  wt_span headline = r->story.fields[WT_FIELD_HEADLINE];
  snprintf(p->headline[i], sizeof p->headline[i], "%.*s", (int)headline.len, headline.data);
  p->blocks[i] = r->story.block_count;
  wt_buf_release(&time);
  reading_done(r);
  return true;
}

static bool note(void *context, const wt_error *err) {
  pages *p = context;
  assert_true(p->troubles < 16);
  p->byte[p->troubles] = err->byte;
  snprintf(p->trouble[p->troubles++], sizeof p->trouble[0], "%.100s", err->what);
  return true;
}

static pages *split(wt_span bytes) {
  pages *p = calloc(1, sizeof *p);
  wt_error err;
  wt_source source = {.name = WT_SPAN("pages.warc"), .captured = WT_INSTANT_NONE};
  assert_non_null(p);
  assert_ok(wt_captures(bytes, &source, NULL, take, note, p, &err));
  return p;
}

static pages *split_file(const char *path) {
  wt_buf bytes = {0};
  wt_error err;
  assert_ok(wt_file_read(&bytes, path, (size_t)1 << 20, &err));
  pages *p = split(wt_buf_span(&bytes));
  wt_buf_release(&bytes);
  return p;
}

/* Plain, chunked and gzipped, deflated; a revisit with its own time; a text. Not the warcinfo, the 404 and the picture. */
static void check_fixture(const pages *p) {
  static const char *const urls[] = {"http://fjord.example/a", "http://fjord.example/b", "http://fjord.example/c",
                                     "http://fjord.example/a", "http://fjord.example/t"};
  static const char *const times[] = {"2024-06-20T10:00:00Z", "2024-06-20T10:00:01Z", "2024-06-20T10:00:02Z",
                                      "2024-06-21T10:00:00Z", "2024-06-21T10:00:00Z"};
  assert_int_equal(p->count, 5);
  for (size_t i = 0; i < 5; i++) {
    assert_string_equal(p->url[i], urls[i]);
    assert_string_equal(p->captured[i], times[i]);
    assert_string_equal(p->headline[i], i < 4 ? "Ferry line to close" : "Ferry");
    assert_int_equal(p->blocks[i], i < 4 ? 2 : 1);
  }
}

static void reads_a_plain_file(void **state) {
  (void)state;
  pages *p = split_file("fixtures/fuzz/warc/plain.warc");
  check_fixture(p);
  assert_int_equal(p->troubles, 0);
  free(p);
}

static void reads_gzipped_members(void **state) {
  (void)state;
  pages *p = split_file("fixtures/fuzz/warc/members.warc.gz");
  check_fixture(p);
  assert_int_equal(p->troubles, 0);
  free(p);
}

static void keeps_what_is_whole(void **state) {
  (void)state;
  pages *p = split_file("fixtures/fuzz/warc/cut.warc");
  assert_int_equal(p->count, 4);
  assert_int_equal(p->troubles, 1);
  assert_non_null(strstr(p->trouble[0], "cut short"));
  wt_buf bytes = {0};
  wt_error err;
  assert_ok(wt_file_read(&bytes, "fixtures/fuzz/warc/cut.warc", (size_t)1 << 20, &err));
  assert_int_equal(p->byte[0], bytes.len); /* the file ends where the record should go on */
  wt_buf_release(&bytes);
  free(p);
}

static void goes_on_after_a_broken_member(void **state) {
  (void)state;
  wt_buf bytes = {0};
  wt_error err;
  assert_ok(wt_file_read(&bytes, "fixtures/fuzz/warc/members.warc.gz", (size_t)1 << 20, &err));
  /* the second member is the first page: break its data */
  char *second = memmem(bytes.data + 3, bytes.len - 3, "\x1f\x8b\x08", 3);
  assert_non_null(second);
  memset(second + 20, 0xff, 40);
  pages *p = split(wt_buf_span(&bytes));
  assert_int_equal(p->count, 3); /* and its revisit has nothing to show */
  assert_int_equal(p->troubles, 2);
  assert_int_equal(p->byte[0], second - bytes.data);
  assert_string_equal(p->trouble[1], "a revisit of a record that is not in this file");
  free(p);
  wt_buf_release(&bytes);
}

static bool take_language(void *context, const wt_capture *capture) {
  char *languages = context;
  reading *r = read_bytes(capture->bytes, &capture->source);
  assert_read(r);
  wt_span language = r->story.fields[WT_FIELD_LANGUAGE];
  size_t length = strlen(languages);
  snprintf(languages + length, 64 - length, "%.*s ", (int)language.len, language.data);
  reading_done(r);
  return true;
}

/* The header's language counts where the page names none. */
static void takes_the_language_of_the_header(void **state) {
  (void)state;
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Language: de-AT, en\r\n\r\n";
  static const char *const opens[] = {"<html>", "<html lang=\"sv\">", "<html lang=\"utf-8\">"};
  wt_buf file = {0};
  wt_error err;
  wt_source source = {.name = WT_SPAN("pages.warc"), .captured = WT_INSTANT_NONE};
  char languages[64] = "";
  for (size_t i = 0; i < 3; i++) {
    static const char page[] = "<h1>Fähre</h1><p>Die Fähre legt am Montag nicht ab, sagte die Reederei am Freitag.</p>";
    wt_buf_put_format(&file,
                      "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://fjord.example/%zu\r\n"
                      "WARC-Date: 2024-06-20T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %zu\r\n\r\n"
                      "%s%s%s\r\n\r\n",
                      i, strlen(head) + strlen(opens[i]) + strlen(page), head, opens[i], page);
  }
  assert_ok(wt_captures(wt_buf_span(&file), &source, NULL, take_language, note, languages, &err));
  assert_string_equal(languages, "de-AT sv de-AT ");
  wt_buf_release(&file);
}

static void says_what_it_cannot_decode(void **state) {
  (void)state;
  pages *p =
      split(WT_SPAN("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://fjord.example/zstd\r\n"
                    "WARC-Date: 2024-06-20T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 72\r\n\r\n"
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zstd\r\n\r\nabc\r\n\r\n"));
  assert_int_equal(p->count, 0);
  assert_int_equal(p->troubles, 1);
  free(p);
}

/* "br", as browsers' crawlers store it; and a body that was decoded before, against its own headers. */
static void reads_brotli(void **state) {
  (void)state;
  static const unsigned char body[] = {
      0x1f, 0xc6, 0x00, 0x00, 0x04, 0xc2, 0xb5, 0xa5, 0x7a, 0x74, 0xf1, 0xb1, 0x8f, 0x85, 0xa4, 0xcd, 0x50, 0x44,
      0x27, 0x2f, 0x2f, 0x9b, 0x38, 0xe1, 0xd1, 0x96, 0x87, 0x1a, 0x00, 0x06, 0x75, 0xc1, 0x77, 0x59, 0x22, 0x09,
      0x75, 0x37, 0xd9, 0x6c, 0x37, 0xd4, 0xd1, 0xd4, 0xe6, 0x4e, 0x5c, 0xcf, 0x21, 0xc1, 0x6f, 0x11, 0x97, 0x84,
      0x50, 0xef, 0x37, 0x8d, 0xd5, 0x1c, 0x7b, 0x83, 0xb7, 0xa6, 0x1f, 0x43, 0x73, 0x0a, 0x9b, 0x45, 0x3b, 0x55,
      0x44, 0xa1, 0x37, 0x2a, 0x83, 0xac, 0x4b, 0x9d, 0x54, 0x1e, 0x5d, 0xab, 0xb1, 0x80, 0x13, 0x37, 0xeb, 0x8b,
      0x70, 0x96, 0xf0, 0x63, 0xfb, 0x07, 0x9e, 0x31, 0x85, 0xdd, 0x27, 0x3c, 0x9c, 0x6e, 0xd6, 0x92, 0x38, 0xe9,
      0xf1, 0x82, 0x38, 0xd7, 0x97, 0x30, 0xb6, 0x1c, 0x7f, 0x2c, 0xb5, 0xda, 0x5e, 0x7a, 0x41, 0x19, 0x02};
  static const char html[] = "<html><title>Lock opens again</title><h1>Lock opens again</h1><p>It opens on Monday, "
                             "after eleven weeks, at last.</p></html>";
  for (int decoded = 0; decoded < 2; decoded++) {
    wt_buf file = {0}, http = {0};
    wt_buf_put_text(&http, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n");
    if (decoded)
      wt_buf_put_text(&http, html);
    else
      wt_buf_put(&http, body, sizeof body);
    wt_buf_put_format(
        &file,
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://lock.example/\r\n"
        "WARC-Date: 2026-02-03T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %zu\r\n\r\n",
        http.len);
    wt_buf_put_span(&file, wt_buf_span(&http));
    wt_buf_put_text(&file, "\r\n\r\n");
    pages *p = split(wt_buf_span(&file));
    assert_int_equal(p->troubles, 0);
    assert_int_equal(p->count, 1);
    assert_string_equal(p->headline[0], "Lock opens again");
    assert_int_equal(p->blocks[0], 1);
    free(p);
    wt_buf_release(&file);
    wt_buf_release(&http);
  }
}

/* A record that says it is longer than anything, a length that is no number, a file of gzip heads. */
static void bears_hostile_files(void **state) {
  (void)state;
  pages *p = split(WT_SPAN("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999999999\r\n\r\nx"));
  assert_int_equal(p->troubles, 1);
  free(p);
  p = split(WT_SPAN("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\nx"));
  assert_int_equal(p->troubles, 1);
  free(p);
}

/* ---- wget ---- */

static bool have(const char *program) {
  char command[100];
  snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
  return system(command) == 0;
}

/* A server of the folder on a port that it chooses; gives the port. */
static pid_t serve(const char *folder, int *port) {
  static const char script[] = "import http.server, sys, os\n"
                               "os.chdir(sys.argv[1])\n"
                               "class Quiet(http.server.SimpleHTTPRequestHandler):\n"
                               "  def log_message(self, *a): pass\n"
                               "s = http.server.HTTPServer(('127.0.0.1', 0), Quiet)\n"
                               "os.write(3, (str(s.server_port) + '\\n').encode()); os.close(3)\n"
                               "s.serve_forever()\n";
  int ends[2];
  char line[20] = "";
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* a test that fails leaves no server behind */
    dup2(ends[1], 3);
    if (ends[0] != 3) close(ends[0]);
    execlp("python3", "python3", "-c", script, folder, (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  assert_true(read(ends[0], line, sizeof line - 1) > 0);
  close(ends[0]);
  *port = atoi(line);
  return child;
}

static void check_wget(const char *dir, int port, const char *options, const char *file) {
  char command[900], path[400], url[100];
  snprintf(command, sizeof command, "cd '%s' && wget -q -r -l1 -P got %s --warc-file=w http://127.0.0.1:%d/index.html",
           dir, options, port);
  assert_int_equal(system(command), 0);
  snprintf(path, sizeof path, "%s/%s", dir, file);
  pages *p = split_file(path);
  assert_int_equal(p->troubles, 0);
  assert_int_equal(p->count, 2);
  snprintf(url, sizeof url, "http://127.0.0.1:%d/two.html", port);
  assert_string_equal(p->url[1], url);
  assert_string_equal(p->headline[0], "Ferry line to close");
  assert_int_equal(p->blocks[0], 2);
  assert_true(p->captured[0][0] == '2');
  free(p);
}

static void reads_what_wget_writes(void **state) {
  (void)state;
  static const char page[] =
      "<html><head><title>Ferry line to close</title></head><body><article><h1>Ferry line to close</h1>"
      "<p>The last boat on the northern line sails on Friday, the company said on Monday.</p>"
      "<p>It has run for ninety years, and carried 40,000 people last year.</p></article>"
      "<a href=\"two.html\">Two</a></body></html>";
  char dir[300], folder[320], path[340];
  wt_error err;
  int port;
  if (!have("wget") || !have("python3")) {
    print_message("no wget or no python3\n");
    skip();
  }
  check_temp_dir(dir, sizeof dir);
  snprintf(folder, sizeof folder, "%s/site", dir);
  assert_ok(wt_dir_make(folder, &err));
  for (int i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, i == 0 ? "index.html" : "two.html");
    assert_ok(wt_file_write(path, wt_span_of(page), &err));
  }
  pid_t server = serve(folder, &port);
  check_wget(dir, port, "", "w.warc.gz");
  check_wget(dir, port, "--no-warc-compression", "w.warc");
  kill(server, SIGTERM);
  waitpid(server, NULL, 0);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_a_plain_file),
      cmocka_unit_test(reads_gzipped_members),
      cmocka_unit_test(keeps_what_is_whole),
      cmocka_unit_test(goes_on_after_a_broken_member),
      cmocka_unit_test(takes_the_language_of_the_header),
      cmocka_unit_test(says_what_it_cannot_decode),
      cmocka_unit_test(reads_brotli),
      cmocka_unit_test(bears_hostile_files),
      cmocka_unit_test(reads_what_wget_writes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
