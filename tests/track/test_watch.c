/* Watching a server under a simulated clock: every end has its state, nothing is lost with the index, a move is one story. */
#include "support/check.h"
#include "support/server.h"

#include "support/track.h"

static char dir[256];

/* What the server says depends on a file that the test writes: the child sees the test's world that way. */
static int phase(void) {
  char path[400], digit = '0';
  snprintf(path, sizeof path, "%s/phase", dir);
  FILE *file = fopen(path, "r");
  if (file) {
    digit = (char)fgetc(file);
    fclose(file);
  }
  return digit - '0';
}

static void set_phase(int n) {
  wt_error err;
  char path[400], digit = (char)('0' + n);
  snprintf(path, sizeof path, "%s/phase", dir);
  assert_ok(wt_file_write(path, (wt_span){&digit, 1}, &err));
}

static void send_page(int fd, const char *toll, const char *etag) {
  char body[2000], head[300];
  int len = snprintf(
      body, sizeof body,
      "<html><head><title>Ferry aground off Skarholm - Post</title></head><body><article><h1>Ferry aground off Skarholm"
      "</h1><p>A ferry with 212 people on board ran aground in fog on Monday and %s people were hurt, officials said "
      "in the afternoon.</p><p>Lifeboats and two fishing vessels took the passengers ashore, where the school was "
      "opened to receive them for the night.</p><p>The operator said it was too early to name a cause, and that the "
      "captain had served on the route for many years.</p></article></body></html>",
      toll);
  snprintf(head, sizeof head,
           "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"%s\"\r\nContent-Length: %d\r\n\r\n", etag, len);
  server_send(fd, head);
  server_send(fd, body);
}

/* One paragraph stays; less than half of what it says is what it said. */
static void send_rewritten(int fd) {
  static const char body[] =
      "<html><head><title>Ferry towed to Skarholm - Post</title></head><body><article><h1>Ferry aground off Skarholm "
      "is "
      "towed</h1><p>Lifeboats and two fishing vessels took the passengers ashore, where the school was opened to "
      "receive "
      "them for the night.</p><p>Two tugs pulled the ship off the rocks at high water this morning and brought it to "
      "the "
      "yard in Skarholm, where divers will look at the hull before the week is out.</p><p>The coast guard lifted its "
      "warning at noon and the route is served by a smaller vessel from Wednesday, with fewer sailings and no lorries "
      "until the summer timetable begins.</p></article></body></html>";
  char head[200];
  snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n",
           sizeof body - 1);
  server_send(fd, head);
  server_send(fd, body);
}

static void answer(int fd, const char *path, const char *request) {
  int now = phase();
  if (strcmp(path, "/feed") == 0)
    server_send(
        fd, "HTTP/1.1 200 "
            "OK\r\n\r\n<rss><channel><item><link>/story</link></item><item><link>/gone</link></item></channel></rss>");
  else if (strcmp(path, "/story") == 0 && now == 3)
    server_send(fd, "HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
  else if (strcmp(path, "/story") == 0 && now == 2)
    server_send(fd, "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
  else if (strcmp(path, "/story") == 0 && strstr(request, "If-None-Match: \"v12\"") && now == 0)
    server_send(fd, "HTTP/1.1 304 Same\r\n\r\n");
  else if (strcmp(path, "/story") == 0)
    send_page(fd, now == 0 ? "12" : "15", now == 0 ? "v12" : "v15");
  else if (strcmp(path, "/elsewhere") == 0 && now == 4)
    send_rewritten(fd);
  else if (strcmp(path, "/elsewhere") == 0 && now == 5)
    server_send(fd, "HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
  else if (strcmp(path, "/") == 0)
    server_send(fd,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><h1>Post</h1><p>The newspaper of the "
                "islands since 1887, with news of the day.</p></body></html>");
  else if (strcmp(path, "/elsewhere") == 0)
    send_page(fd, "17", "v17");
  else
    server_send(fd, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
}

/* ---- the watcher ---- */

static wt_instant clock_now(void *context) {
  return *(wt_instant *)context;
}

static bool on_watched(void *context, const wt_watched *w) {
  wt_buf *out = context;
  const char *slash = NULL;
  for (size_t i = 0; i < w->url.len; i++)
    if (w->url.data[i] == '/') slash = w->url.data + i;
  wt_buf_put(out, slash, (size_t)(w->url.data + w->url.len - slash));
  wt_buf_put_char(out, ' ');
  wt_buf_put_span(out, wt_span_sub(w->state, 0, wt_span_find(w->state, WT_SPAN(" http"))));
  if (w->links) wt_buf_put_format(out, " %u", (unsigned)w->links);
  if (w->revision) wt_buf_put_format(out, " @%u", (unsigned)w->revision);
  wt_buf_put_char(out, '\n');
  return true;
}

static void watch_at(wt_track *track, wt_instant now, const char *want) {
  wt_error err;
  wt_buf told = {0};
  wt_watch_summary sum;
  wt_watch_options options = {
      .fetch = {.allow_private = true, .host_delay_ms = -1, .timeout_ms = 2000}, .now = clock_now, .now_context = &now};
  assert_ok(wt_track_watch(&sum, track, &options, on_watched, &told, &err));
  assert_buf(told, want);
  wt_buf_release(&told);
}

static wt_track *open_archive(void) {
  char path[400];
  snprintf(path, sizeof path, "%s/archive", dir);
  return open_track(path);
}

static void configure(wt_track *track, const char *conf) {
  wt_error err;
  wt_archive_batch *batch;
  assert_ok(wt_archive_batch_open(&batch, wt_track_archive(track), &err));
  assert_ok(wt_archive_batch_configure(batch, wt_span_of(conf), 1718841600, &err));
  assert_ok(wt_archive_batch_commit(batch, &err));
  wt_archive_batch_close(batch);
}

static uint32_t revisions(wt_track *track, const char *part) {
  wt_error err;
  wt_arena arena = {0};
  wt_story_row row;
  assert_ok(wt_track_story(&row, &arena, track, wt_span_of(part), &err));
  uint32_t count = row.revisions;
  wt_arena_release(&arena);
  return count;
}

static void a_story_through_its_days(void **state) {
  (void)state;
  const wt_instant start = 1718841600, hour = 3600, day = 86400;
  char conf[300];
  check_temp_dir(dir, sizeof dir);
  set_phase(0);
  server s = server_open(answer);
  wt_track *track = open_archive();
  snprintf(conf, sizeof conf,
           "[writethru]\n\tformat = 1\n[source \"post\"]\n\turl = http://127.0.0.1:%d/feed\n\toutlet = "
           "post.example\n\tevery = 365d\n",
           s.port);
  configure(track, conf);
  watch_at(track, start, "/feed links 2\n");
  watch_at(track, start, "/gone gone\n/story new @1\n");
  watch_at(track, start, "");
  watch_at(track, start + hour / 2, "/story not-modified\n");
  set_phase(1);
  watch_at(track, start + 2 * hour, "/story changed @2\n/gone gone\n");
  set_phase(2);
  watch_at(track, start + 5 * hour, "/story failed: the server answered 500\n");

  /* the index is lost, and with it nothing */
  wt_track_close(track);
  char command[600];
  snprintf(command, sizeof command, "rm -rf '%s/archive/writethru/'index*", dir);
  assert_int_equal(system(command), 0);
  track = open_archive();
  assert_int_equal(revisions(track, "story"), 2);
  watch_at(track, start + 5 * hour, "");

  set_phase(3);
  watch_at(track, start + 6 * hour, "/story moved to @3\n");
  watch_at(track, start + 2 * day, "/elsewhere unchanged\n/gone gone\n");
  assert_int_equal(revisions(track, "story"), 3);

  /* written anew at its new place, it is the same story; led to the front, it is gone and keeps its text */
  set_phase(4);
  watch_at(track, start + 4 * day, "/elsewhere changed @4\n");
  set_phase(5);
  watch_at(track, start + 8 * day, "/elsewhere soft-404\n");
  watch_at(track, start + 8 * day + hour, "/elsewhere soft-404\n");
  assert_int_equal(revisions(track, "story"), 4);
  wt_track_close(track);
  server_close(&s);
  check_remove_dir(dir);
}

static void a_source_that_is_wrong_is_named(void **state) {
  (void)state;
  static const struct {
    const char *conf, *where;
  } cases[] = {
      {"[source \"a\"]\n\toutlet = x\n", "source.a"},
      {"[source \"b\"]\n\turl = http://a/\n\tevery = soon\n", "source.b"},
      {"[source \"b\"]\n\turl = http://a/\n\tevery = 5s\n", "source.b"},
      {"[source \"c\"]\n\turl = http://a/\n\tkind = blog\n", "source.c"},
      {"[source \"d\"]\n\turl = http://a/\n\tfetch = rm -rf /\n", "source.d"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_error err = {0};
    wt_watch_summary sum;
    wt_instant now = 1718841600;
    wt_watch_options options = {.now = clock_now, .now_context = &now};
    check_temp_dir(dir, sizeof dir);
    wt_track *track = open_archive();
    configure(track, cases[i].conf);
    assert_int_equal(wt_track_watch(&sum, track, &options, NULL, NULL, &err), WT_EINVAL);
    assert_string_equal(err.where, cases[i].where);
    wt_track_close(track);
    check_remove_dir(dir);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_story_through_its_days),
      cmocka_unit_test(a_source_that_is_wrong_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
