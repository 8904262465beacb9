/*
 * A small world of news under a simulated clock, and a web server on loopback that serves it: outlets on 127.0.1.1, .2, ...,
 * each with a feed, a robots.txt and pages that are published and edited over the days. What a page says is a function of its
 * number and the time; the server's log says what was asked of whom, and when. Clock and log are shared with the watcher, which
 * is another process and may be killed at any point.
 */
#ifndef WT_TESTS_TRACK_WORLD_H
#define WT_TESTS_TRACK_WORLD_H

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "support/check.h"
#include "support/server.h"

enum {
  WORLD_MINUTE = 60,
  WORLD_HOUR = 3600,
  WORLD_DAY = 86400,
  WORLD_PAGES = 500,
  WORLD_OUTLETS = 20,
  WORLD_CHANGES = 8,
  WORLD_LOG = 200000,
  WORLD_START = 1718841600
};

typedef enum world_answer { WORLD_ROBOTS, WORLD_FEED, WORLD_PAGE, WORLD_SAME, WORLD_ERROR, WORLD_LATER } world_answer;

typedef struct world_asked {
  int64_t ms;
  int16_t outlet, page, version, answer;
} world_asked;

typedef struct world_page {
  int64_t born, changes[WORLD_CHANGES]; /* seconds after the start, in order */
  int count;
} world_page;

typedef struct world {
  _Atomic int64_t clock_ms; /* after the start */
  _Atomic int asked;
  _Atomic bool wrong; /* a page was asked for that is not published yet */
  int outlets, pages, days, port;
  world_page page[WORLD_PAGES];
  world_asked log[WORLD_LOG];
} world;

/* ---- what happens ---- */

static inline uint64_t world_random(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return *seed >> 33;
}

static inline int world_by_time(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* Times of edits after publishing fall off as one over the age, as measured on news: the log of the age is even. */
static inline void world_make_page(world_page *p, int days, uint64_t *seed) {
  static const int64_t scales[] = {10 * WORLD_MINUTE,  20 * WORLD_MINUTE, 40 * WORLD_MINUTE, 80 * WORLD_MINUTE,
                                   160 * WORLD_MINUTE, 5 * WORLD_HOUR,    10 * WORLD_HOUR,   20 * WORLD_HOUR,
                                   40 * WORLD_HOUR,    60 * WORLD_HOUR};
  p->born = (int64_t)(world_random(seed) % (uint64_t)(days * 2 * WORLD_DAY / 3));
  p->count = (int)(world_random(seed) % 6);
  for (int i = 0; i < p->count; i++) {
    int64_t scale = scales[world_random(seed) % 10];
    p->changes[i] = p->born + scale / 2 + (int64_t)(world_random(seed) % (uint64_t)scale);
  }
  qsort(p->changes, (size_t)p->count, sizeof *p->changes, world_by_time);
}

static inline world *world_open(int outlets, int pages, int days) {
  world *w = mmap(NULL, sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  uint64_t seed = 2024;
  assert_true(w != MAP_FAILED);
  w->outlets = outlets;
  w->pages = pages;
  w->days = days;
  for (int i = 0; i < pages; i++) world_make_page(&w->page[i], days, &seed);
  return w;
}

static inline int world_version(const world_page *p, int64_t now) {
  int version = 0;
  while (version < p->count && p->changes[version] <= now) version++;
  return version;
}

/* Every fourth outlet asks for ten seconds between two requests; the others for none, and get the default. */
static inline int64_t world_delay_ms(int outlet) {
  return outlet % 4 == 0 ? 10000 : 1000;
}

/* ---- what is served ---- */

static inline void world_put_words(wt_buf *out, uint64_t seed, int count) {
  static const char *const syllables[] = {"ka", "lo",  "mi",  "ren", "sta", "vo",
                                          "tu", "ber", "dan", "fel", "gor", "hin"};
  for (int i = 0; i < count; i++) {
    wt_buf_put_char(out, ' ');
    for (int s = 0; s < 3; s++) wt_buf_put_text(out, syllables[world_random(&seed) % 12]);
  }
}

static inline void world_put_page(wt_buf *out, int page, int version) {
  uint64_t seed = (uint64_t)page * 7919 + 1;
  wt_buf_put_format(out, "<html><head><title>Story %d</title></head><body><article><h1>Story", page);
  world_put_words(out, seed, 5);
  wt_buf_put_format(out, "</h1><p>Officials said on Monday that %d people were hurt in", 100 + version);
  world_put_words(out, seed + 1, 30);
  for (uint64_t p = 2; p < 5; p++) {
    wt_buf_put_text(out, ".</p><p>The");
    world_put_words(out, seed + p, 40);
  }
  wt_buf_put_text(out, ".</p></article></body></html>");
}

static inline void world_put_feed(wt_buf *out, const world *w, int outlet, int64_t now) {
  wt_buf_put_text(out, "<rss><channel>");
  for (int i = outlet; i < w->pages; i += w->outlets)
    if (w->page[i].born <= now) {
      wt_buf_put_format(out, "<item><link>/story-%d</link><pubDate>", i);
      wt_instant_put(out, WORLD_START + w->page[i].born);
      wt_buf_put_text(out, "</pubDate></item>");
    }
  wt_buf_put_text(out, "</channel></rss>");
}

/* The same question at the same minute has the same answer: one in fifty fails, one in four hundred asks for patience. */
static inline world_answer world_mood(int page, int64_t now) {
  uint64_t seed = (uint64_t)page * 131 + (uint64_t)(now / WORLD_MINUTE) * 7;
  world_random(&seed);
  uint64_t chance = world_random(&seed) % 400;
  return chance == 0 ? WORLD_LATER : chance <= 8 ? WORLD_ERROR : WORLD_PAGE;
}

static inline void world_log(world *w, int outlet, int page, int version, world_answer answer) {
  int at = atomic_fetch_add(&w->asked, 1);
  if (at < WORLD_LOG)
    w->log[at] = (world_asked){.ms = atomic_load(&w->clock_ms),
                               .outlet = (int16_t)outlet,
                               .page = (int16_t)page,
                               .version = (int16_t)version,
                               .answer = (int16_t)answer};
}

static inline void world_send(int fd, const char *head, const wt_buf *body) {
  wt_buf whole = {0}; /* in one piece: two would wait for one another */
  wt_buf_put_format(&whole, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n", head, body->len);
  wt_buf_put_span(&whole, wt_buf_span(body));
  server_send(fd, whole.data);
  wt_buf_release(&whole);
}

static inline void world_answer_page(world *w, int fd, int outlet, int page, const char *request) {
  int64_t now = atomic_load(&w->clock_ms) / 1000;
  wt_buf body = {0};
  char head[200], etag[40];
  world_answer mood = page >= 0 && page < w->pages ? world_mood(page, now) : WORLD_ERROR;
  if (mood == WORLD_ERROR || mood == WORLD_LATER) {
    world_log(w, outlet, page, 0, mood);
    world_send(fd, mood == WORLD_ERROR ? "500 Oh" : "503 Busy\r\nRetry-After: 300", &body);
    return;
  }
  if (w->page[page].born > now) atomic_store(&w->wrong, true);
  int version = world_version(&w->page[page], now);
  snprintf(etag, sizeof etag, "\"v%d\"", version);
  bool same = strstr(request, etag) != NULL;
  world_log(w, outlet, page, version, same ? WORLD_SAME : WORLD_PAGE);
  if (!same) world_put_page(&body, page, version);
  snprintf(head, sizeof head, "%s\r\nContent-Type: text/html\r\nETag: %s", same ? "304 Same" : "200 OK", etag);
  world_send(fd, head, &body);
  wt_buf_release(&body);
}

static inline void world_answer_one(world *w, int fd, int outlet, const char *request) {
  char path[200] = "/";
  int page = -1;
  wt_buf body = {0};
  sscanf(request, "%*s %199s", path);
  if (strcmp(path, "/robots.txt") == 0) {
    world_log(w, outlet, -1, 0, WORLD_ROBOTS);
    wt_buf_put_text(&body, "User-agent: *\nDisallow: /private\n");
    if (world_delay_ms(outlet) > 1000) wt_buf_put_text(&body, "Crawl-delay: 10\n");
    world_send(fd, "200 OK", &body);
  } else if (strcmp(path, "/feed") == 0) {
    world_log(w, outlet, -1, 0, WORLD_FEED);
    world_put_feed(&body, w, outlet, atomic_load(&w->clock_ms) / 1000);
    world_send(fd, "200 OK\r\nContent-Type: application/rss+xml", &body);
  } else {
    sscanf(path, "/story-%d", &page);
    world_answer_page(w, fd, outlet, page, request);
  }
  wt_buf_release(&body);
}

/* One connection, kept alive; the host that was asked says which outlet it is. */
static inline void world_serve(world *w, int fd) {
  struct sockaddr_in here;
  socklen_t size = sizeof here;
  char request[16384];
  size_t len = 0;
  if (getsockname(fd, (struct sockaddr *)&here, &size) != 0) return;
  int outlet = (int)(ntohl(here.sin_addr.s_addr) & 0xFF) - 1;
  for (ssize_t got; (got = recv(fd, request + len, sizeof request - 1 - len, 0)) > 0;) {
    len += (size_t)got;
    request[len] = '\0';
    if (!strstr(request, "\r\n\r\n")) continue;
    world_answer_one(w, fd, outlet, request);
    len = 0;
  }
}

static inline server world_server(world *w) {
  server made = {0};
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
  socklen_t size = sizeof address;
  assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
  assert_int_equal(listen(listener, 64), 0);
  assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
  w->port = made.port = ntohs(address.sin_port);
  made.pid = fork();
  if (made.pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    for (int fd; (fd = accept(listener, NULL, NULL)) >= 0 || errno == EINTR; close(fd))
      if (fd >= 0 && fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        world_serve(w, fd);
        _exit(0);
      }
    _exit(1);
  }
  close(listener);
  return made;
}

#endif
