/* Captures that came from elsewhere: whatever the order of the files, the history is in order of time and has the same commit
   ids as if they had come one by one; a web archive is asked for what is not held, and for that once. */
#include "support/server.h"
#include "support/track.h"

#include <sys/stat.h>

enum { CAPTURES = 9 };

static char dir[256];
static const char *const stamps[CAPTURES] = {"20240620100000", "20240620101500", "20240620110000",
                                             "20240620120000", "20240620130000", "20240620140000",
                                             "20240620150000", "20240620160000", "20240620170000"};

static void put_page(wt_buf *out, int n) {
  static const char *const tolls[] = {"12", "15", "15", "17", "17", "19", "21", "21", "22"};
  wt_buf_put_format(
      out,
      "<html><head><title>Ferry aground off Skarholm</title></head><body><article><h1>Ferry aground off Skarholm</h1>"
      "<p>A ferry with 212 people on board ran aground in fog on Monday and %s people were hurt, officials said in the "
      "afternoon.</p><p>Lifeboats and two fishing vessels took the passengers ashore, where the school was opened to "
      "receive them for the night.</p></article></body></html>",
      tolls[n]);
}

static void put_date(wt_buf *out, const char *s) {
  wt_buf_put_format(out, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", s, s + 4, s + 6, s + 8, s + 10, s + 12);
}

static void write_file(const char *name, wt_span bytes) {
  wt_error err;
  char path[600];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  assert_ok(wt_file_write(path, bytes, &err));
}

/* digest NULL: the page's own record; else a revisit of the one that has it. */
static void put_record(wt_buf *out, int n, const char *digest, bool revisit) {
  wt_buf page = {0}, http = {0};
  put_page(&page, n);
  if (!revisit) wt_buf_put_format(&http, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s", page.data);
  wt_buf_put_format(out, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://post.example/ferry\r\nWARC-Date: ",
                    revisit ? "revisit" : "response");
  put_date(out, stamps[n]);
  if (digest) wt_buf_put_format(out, "\r\nWARC-Payload-Digest: sha1:%s", digest);
  wt_buf_put_format(out, "\r\nContent-Type: application/http\r\nContent-Length: %zu\r\n\r\n", http.len);
  wt_buf_put_span(out, wt_buf_span(&http));
  wt_buf_put_text(out, "\r\n\r\n");
  wt_buf_release(&page);
  wt_buf_release(&http);
}

/* ---- archives ---- */

static wt_track *open_archive(const char *name) {
  wt_error err;
  wt_track *track;
  char path[400];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  wt_track_options options = {.create = true, .bare = true};
  assert_ok(wt_track_open(&track, path, &options, &err));
  return track;
}

static wt_add_summary add(wt_track *track, const char *const *names, size_t count, const wt_add_options *given) {
  wt_error err;
  wt_add_summary sum;
  char paths[8][600];
  const char *files[8];
  wt_add_options options = given ? *given : (wt_add_options){.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
  for (size_t i = 0; i < count; i++) {
    snprintf(paths[i], sizeof paths[i], "%s/%s", dir, names[i]);
    files[i] = paths[i];
  }
  assert_ok(wt_track_add(&sum, track, files, count, &options, &err));
  return sum;
}

static wt_oid tip_of(wt_track *track) {
  wt_error err;
  wt_oid tip;
  assert_ok(wt_archive_tip(&tip, wt_track_archive(track), &err));
  return tip;
}

static void assert_tip(wt_track *track, wt_oid want) {
  char have_hex[41], want_hex[41];
  wt_oid_hex(have_hex, tip_of(track));
  wt_oid_hex(want_hex, want);
  assert_string_equal(have_hex, want_hex);
}

/* What the history is when each capture comes alone, in its time. */
static wt_oid one_by_one(void) {
  wt_error err;
  wt_track *track = open_archive("one-by-one");
  for (int n = 0; n < CAPTURES; n++) {
    wt_buf page = {0}, date = {0};
    wt_added added;
    wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE};
    put_page(&page, n);
    put_date(&date, stamps[n]);
    wt_capture capture = {.source = {.url = WT_SPAN("https://post.example/ferry"),
                                     .content_type = WT_SPAN("text/html"),
                                     .captured = at_time(date.data)},
                          .bytes = wt_buf_span(&page),
                          .format = WT_FORMAT_HTML};
    assert_ok(wt_track_add_capture(&added, track, &capture, &options, &err));
    assert_int_not_equal(added.reason, WT_REASON_TROUBLE);
    wt_buf_release(&page);
    wt_buf_release(&date);
  }
  wt_oid tip = tip_of(track);
  wt_track_close(track);
  return tip;
}

/* ---- WARC files ---- */

static const char *const warcs[] = {"c.warc", "a.warc", "b.warc.gz"};

/* Captures 0, 3, 6 in a, 1, 4, 7 in b and 2, 5, 8 in c, the last first; 2, 4 and 7 are revisits of what stands elsewhere. */
static void write_warcs(void) {
  static const int places[3][3] = {{8, 5, 2}, {6, 3, 0}, {7, 4, 1}};
  static const char *const digests[CAPTURES] = {NULL, "D1", "D1", "D3", "D3", NULL, "D6", "D6", NULL};
  wt_error err;
  for (size_t f = 0; f < 3; f++) {
    wt_buf file = {0};
    for (size_t i = 0; i < 3; i++) {
      wt_buf record = {0};
      int n = places[f][i];
      put_record(&record, n, digests[n], n == 2 || n == 4 || n == 7);
      if (f == 2)
        assert_ok(wt_gzip(&file, wt_buf_span(&record), &err));
      else
        wt_buf_put_span(&file, wt_buf_span(&record));
      wt_buf_release(&record);
    }
    write_file(warcs[f], wt_buf_span(&file));
    wt_buf_release(&file);
  }
}

static void warc_files_in_any_order_are_one_history(void **state) {
  (void)state;
  static const char *const orders[][3] = {
      {"a.warc", "b.warc.gz", "c.warc"}, {"c.warc", "b.warc.gz", "a.warc"}, {"b.warc.gz", "a.warc", "c.warc"}};
  check_temp_dir(dir, sizeof dir);
  write_warcs();
  wt_oid want = one_by_one();
  for (size_t i = 0; i < 3; i++) {
    char name[20];
    snprintf(name, sizeof name, "archive%zu", i);
    wt_track *track = open_archive(name);
    wt_add_summary sum = add(track, orders[i], 3, NULL);
    assert_int_equal(sum.captures, CAPTURES);
    assert_int_equal(sum.by_reason[WT_REASON_TROUBLE], 0);
    assert_int_equal(sum.by_reason[WT_REASON_UNCHANGED], 3);
    assert_tip(track, want);
    sum = add(track, orders[i], 3, NULL);
    assert_int_equal(sum.by_reason[WT_REASON_UNCHANGED], CAPTURES);
    assert_tip(track, want);
    wt_track_close(track);
  }
  wt_track *track = open_archive("alone");
  wt_add_summary sum = add(track, (const char *const[]){"c.warc"}, 1, NULL);
  assert_int_equal(sum.by_reason[WT_REASON_TROUBLE], 1); /* the revisit whose original is in another file */
  wt_track_close(track);
  check_remove_dir(dir);
}

/* ---- a web archive ---- */

/* Answers /news/STAMPid_/URL; the first request of 20240620120000 fails; what is not there leads on to its neighbour. */
static void answer(int fd, const char *path, const char *request) {
  (void)request;
  char line[400];
  snprintf(line, sizeof line, "%s/asked", dir);
  FILE *log = fopen(line, "a");
  if (log) fprintf(log, "%s\n", path), fclose(log);
  snprintf(line, sizeof line, "%s/failed", dir);
  if (strstr(path, "20240620120000") && access(line, F_OK) != 0) {
    fclose(fopen(line, "w"));
    server_send(fd, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  if (strstr(path, "/20240620235900id_/")) {
    server_send(fd, "HTTP/1.1 302 Found\r\nLocation: /news/20240620170000id_/https://post.example/"
                    "ferry\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  for (int n = 0; n < CAPTURES; n++) {
    wt_buf page = {0};
    if (!strstr(path, stamps[n])) continue;
    put_page(&page, n);
    snprintf(line, sizeof line, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n", page.len);
    server_send(fd, line);
    server_send(fd, page.data);
    return;
  }
  server_send(fd, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
}

/* The archive is asked under a simulated clock, at the usual pace. */
static int64_t now_ms = 1718841600000;

static int64_t clock_of(void *clock) {
  return *(int64_t *)clock;
}

static void sleep_of(void *clock, int64_t ms) {
  *(int64_t *)clock += ms > 0 ? ms : 1;
}

static const wt_fetch_options fetch = {
    .allow_private = true, .timeout_ms = 5000, .clock_ms = clock_of, .sleep_ms = sleep_of, .clock = &now_ms};

static size_t times_asked(void) {
  wt_error err;
  wt_buf log = {0};
  char path[400];
  wt_span line, rest;
  size_t count = 0;
  snprintf(path, sizeof path, "%s/asked", dir);
  assert_ok(wt_file_read(&log, path, 1 << 20, &err));
  rest = wt_buf_span(&log);
  while (wt_span_line(&line, &rest)) count += wt_span_starts(line, WT_SPAN("/news/"));
  wt_buf_release(&log);
  return count;
}

/* Rows from the last to the first; two pairs have one digest. */
static void write_list(void) {
  static const char *const digests[CAPTURES] = {"X0", "D1", "D1", "D3", "D3", "X5", "D6", "D6", "X8"};
  wt_buf list = {0};
  for (int n = CAPTURES - 1; n >= 0; n--)
    wt_buf_put_format(&list, "example,post)/ferry %s https://post.example/ferry text/html 200 %s 900\n", stamps[n],
                      digests[n]);
  write_file("list.cdx", wt_buf_span(&list));
  wt_buf_clear(&list);
  wt_buf_put_text(&list, "example,post)/ferry 20240620235900 https://post.example/ferry text/html 200 X 900\n"
                         "example,post)/gone 20240620235901 https://post.example/gone text/html 200 Y 900\n");
  write_file("bad.cdx", wt_buf_span(&list));
  wt_buf_release(&list);
}

static void a_list_is_fetched_in_order_of_time_and_once(void **state) {
  (void)state;
  check_temp_dir(dir, sizeof dir);
  write_list();
  server s = server_open(answer);
  char base[100];
  snprintf(base, sizeof base, "http://127.0.0.1:%d/news/", s.port);
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE, .fetch = &fetch, .archive = base};
  wt_oid want = one_by_one();
  wt_track *track = open_archive("fetched");
  wt_add_summary sum = add(track, (const char *const[]){"list.cdx"}, 1, &options);
  assert_int_equal(sum.captures, CAPTURES);
  assert_int_equal(sum.by_reason[WT_REASON_TROUBLE], 0);
  assert_tip(track, want);
  size_t asked = times_asked();
  assert_int_equal(asked, 6 + 1);                              /* one a digest, and one again after 503 */
  assert_true(now_ms - 1718841600000 >= 61 * 1000 + 6 * 1000); /* a minute of patience, and a second for each */
  sum = add(track, (const char *const[]){"list.cdx"}, 1, &options);
  assert_int_equal(sum.by_reason[WT_REASON_UNCHANGED], CAPTURES);
  assert_int_equal(times_asked(), asked); /* nothing that is held is asked for again */
  sum = add(track, (const char *const[]){"bad.cdx"}, 1, &options);
  assert_int_equal(sum.by_reason[WT_REASON_TROUBLE], 2);
  assert_tip(track, want);
  wt_track_close(track);
  server_close(&s);
  check_remove_dir(dir);
}

/* Half of the captures in WARC files, half from an archive: still one history. */
static void files_and_lists_mix(void **state) {
  (void)state;
  check_temp_dir(dir, sizeof dir);
  write_warcs();
  write_list();
  server s = server_open(answer);
  char base[100];
  snprintf(base, sizeof base, "http://127.0.0.1:%d/news/", s.port);
  wt_add_options options = {.at = WT_INSTANT_NONE, .now = WT_INSTANT_NONE, .fetch = &fetch, .archive = base};
  wt_oid want = one_by_one();
  wt_track *track = open_archive("mixed");
  wt_add_summary sum = add(track, (const char *const[]){"c.warc", "list.cdx", "b.warc.gz"}, 3, &options);
  assert_int_equal(sum.by_reason[WT_REASON_TROUBLE], 0);
  assert_int_equal(sum.captures, CAPTURES + 6);
  assert_tip(track, want);
  wt_track_close(track);
  server_close(&s);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(warc_files_in_any_order_are_one_history),
      cmocka_unit_test(a_list_is_fetched_in_order_of_time_and_once),
      cmocka_unit_test(files_and_lists_mix),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
