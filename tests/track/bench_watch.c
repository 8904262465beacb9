/*
 * How many pages a second the watcher fetches, reads and keeps, from a server on loopback: bench_watch PAGES-FILE... Each file
 * (gzipped or not) is a page of each of 20 outlets. Prints one line.
 */
#include "support/server.h"
#include "wt/track.h"

#include <sys/resource.h>
#include <time.h>

enum { OUTLETS = 20, FILES = 400 };

static wt_buf pages[FILES];
static int page_count;
static char dir[256];

/* ---- the server ---- */

static void send_page(int fd, const char *type, const wt_buf *body) {
  wt_buf whole = {0};
  wt_buf_put_format(&whole, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, body->len);
  wt_buf_put_span(&whole, wt_buf_span(body));
  for (size_t at = 0; at < whole.len;) {
    ssize_t put = send(fd, whole.data + at, whole.len - at, MSG_NOSIGNAL);
    if (put <= 0) _exit(0);
    at += (size_t)put;
  }
  wt_buf_release(&whole);
}

static void answer_one(int fd, const char *request) {
  char path[200] = "/";
  int page = -1;
  wt_buf body = {0};
  sscanf(request, "%*s %199s", path);
  if (strcmp(path, "/feed") == 0) {
    wt_buf_put_text(&body, "<rss><channel>");
    for (int i = 0; i < page_count; i++) wt_buf_put_format(&body, "<item><link>/page-%d</link></item>", i);
    wt_buf_put_text(&body, "</channel></rss>");
    send_page(fd, "application/rss+xml", &body);
  } else if (sscanf(path, "/page-%d", &page) == 1 && page >= 0 && page < page_count) {
    send_page(fd, "text/html", &pages[page]);
  } else {
    send_page(fd, "text/plain", &body);
  }
  wt_buf_release(&body);
}

static void serve(int fd) {
  char request[16384];
  size_t len = 0;
  for (ssize_t got; (got = recv(fd, request + len, sizeof request - 1 - len, 0)) > 0;) {
    len += (size_t)got;
    request[len] = '\0';
    if (!strstr(request, "\r\n\r\n")) continue;
    answer_one(fd, request);
    len = 0;
  }
}

static int start_server(pid_t *child) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0) exit(2);
  getsockname(listener, (struct sockaddr *)&address, &size);
  *child = fork();
  if (*child != 0) return ntohs(address.sin_port);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGCHLD, SIG_IGN);
  for (int fd;; close(fd))
    if ((fd = accept(listener, NULL, NULL)) >= 0 && fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      serve(fd);
      _exit(0);
    }
}

/* ---- the watcher ---- */

static wt_instant clock_now(void *context) {
  (void)context;
  return 1718841600;
}

static double seconds(clockid_t which) {
  struct timespec now;
  clock_gettime(which, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void read_pages(char **files, int count, size_t *bytes) {
  for (int i = 0; i < count && page_count < FILES; i++) {
    wt_buf raw = {0};
    wt_error err;
    if (wt_file_read(&raw, files[i], (size_t)64 << 20, &err)) continue;
    wt_span span = wt_buf_span(&raw);
    if (wt_gzip_is(span))
      wt_gunzip(&pages[page_count], span, (size_t)64 << 20, &err);
    else
      wt_buf_put_span(&pages[page_count], span);
    *bytes += pages[page_count++].len;
    wt_buf_release(&raw);
  }
}

static void configure(wt_track *track, int port) {
  wt_error err;
  wt_buf conf = {0};
  wt_buf_put_text(&conf, "[writethru]\n\tformat = 1\n");
  for (int i = 0; i < OUTLETS; i++)
    wt_buf_put_format(&conf, "[source \"s%d\"]\n\turl = http://127.0.1.%d:%d/feed\n\toutlet = outlet%d.example\n", i,
                      i + 1, port, i);
  if (wt_track_configure(track, wt_buf_span(&conf), 1718841600, &err)) exit(2);
  wt_buf_release(&conf);
}

static void watch(wt_track *track, wt_watch_summary *sum) {
  wt_error err;
  wt_watch_options options = {
      .fetch = {.allow_private = true, .host_delay_ms = -1, .host_connections = 2}, .now = clock_now, .most = 1024};
  for (wt_watch_summary round = {.asked = 1}; round.asked;) {
    if (wt_track_watch(&round, track, &options, NULL, NULL, &err)) {
      fprintf(stderr, "%s: %s\n", err.where, err.what);
      exit(2);
    }
    sum->asked += round.asked;
    sum->revisions += round.revisions;
    sum->failed += round.failed;
  }
}

int main(int argc, char **argv) {
  wt_error err;
  wt_track *track;
  wt_track_options options = {.create = true, .bare = true};
  wt_watch_summary sum = {0};
  pid_t serving;
  size_t bytes = 0;
  char path[400];
  read_pages(argv + 1, argc - 1, &bytes);
  if (page_count == 0) return 2;
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/archive", dir);
  int port = start_server(&serving);
  if (wt_track_open(&track, path, &options, &err)) return 2;
  configure(track, port);
  double wall = seconds(CLOCK_MONOTONIC), own = seconds(CLOCK_PROCESS_CPUTIME_ID);
  watch(track, &sum);
  wall = seconds(CLOCK_MONOTONIC) - wall;
  own = seconds(CLOCK_PROCESS_CPUTIME_ID) - own;
  printf("watch: %llu fetches of %zu kB, %llu revisions, %llu failed: %.0f a second of wall time, %.0f a second of "
         "processor "
         "time\n",
         (unsigned long long)sum.asked, bytes / (size_t)page_count / 1000, (unsigned long long)sum.revisions,
         (unsigned long long)sum.failed, (double)sum.asked / wall, (double)sum.asked / own);
  wt_track_close(track);
  kill(serving, SIGKILL);
  check_remove_dir(dir);
  return 0;
}
