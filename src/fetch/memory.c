/* What is known of hosts, from run to run. */
#include "memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY_MS = 86400 * 1000, ROBOTS_MAX = 512 * 1024 };

static bool path_of(wt_buf *out, const char *dir, wt_span key, const char *ending) {
  wt_buf_put_format(out, "%s/%016llx%s", dir, (unsigned long long)wt_hash64(key), ending);
  return !out->failed;
}

/* ---- files ---- */

static bool read_small(wt_buf *out, const char *dir, wt_span key, const char *ending) {
  wt_buf path = {0};
  wt_buf_init(out, ROBOTS_MAX + 256);
  bool ok = path_of(&path, dir, key, ending) && wt_file_read(out, path.data, ROBOTS_MAX + 128, NULL) == WT_OK;
  wt_buf_release(&path);
  return ok;
}

static bool write_all(int fd, wt_span bytes) {
  while (bytes.len > 0) {
    ssize_t put = write(fd, bytes.data, bytes.len);
    if (put <= 0) return false;
    bytes = wt_span_sub(bytes, (size_t)put, bytes.len);
  }
  return true;
}

static void write_small(wt_span bytes, const char *dir, wt_span key, const char *ending) {
  wt_buf path = {0}, fresh = {0};
  mkdir(dir, 0777);
  bool ok = path_of(&path, dir, key, ending);
  wt_buf_put_format(&fresh, "%s.%ld", ok ? path.data : "", (long)getpid());
  int fd = ok && !fresh.failed ? open(fresh.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
  if (fd >= 0) {
    ok = write_all(fd, bytes);
    if (close(fd) != 0 || !ok || rename(fresh.data, path.data) != 0) unlink(fresh.data);
  }
  wt_buf_release(&path);
  wt_buf_release(&fresh);
}

/* Reads "WORD MS" and leaves what follows. */
static bool read_time(int64_t *out, wt_span *text, const char *word) {
  size_t len = strlen(word);
  char *end;
  if (!wt_span_starts(*text, wt_span_of(word)) || text->len <= len) return false;
  *out = (int64_t)strtoll(text->data + len, &end, 10); /* a buffer ends with a NUL */
  *text = wt_span_sub(*text, (size_t)(end - text->data), text->len);
  return *out > 0;
}

/* ---- turns ---- */

/* A clock that was set back must not silence a host for longer than a day. */
static int64_t sane(int64_t at, int64_t now) {
  return at > now + DAY_MS ? now + DAY_MS : at;
}

void wt_memory_turn(wt_host *host, const char *dir, int64_t now_ms, int64_t ahead) {
  wt_buf text = {0};
  int64_t turn = 0, later = 0;
  if (!dir) return;
  if (read_small(&text, dir, wt_buf_span(&host->key), "")) {
    wt_span rest = wt_buf_span(&text);
    if (read_time(&turn, &rest, "turn ")) turn = sane(turn - ahead, now_ms);
    if (turn > host->next_start_ms) host->next_start_ms = turn;
    if (read_time(&later, &rest, " ")) later = sane(later - ahead, now_ms);
    if (later > host->later_until_ms) host->later_until_ms = later;
  }
  wt_buf_release(&text);
}

void wt_memory_keep_turn(const wt_host *host, const char *dir, int64_t ahead) {
  wt_buf text = {0};
  if (!dir) return;
  int64_t later = host->later_until_ms > 0 ? host->later_until_ms + ahead : 0;
  wt_buf_put_format(&text, "turn %lld %lld\n", (long long)host->next_start_ms + (long long)ahead, (long long)later);
  write_small(wt_buf_span(&text), dir, wt_buf_span(&host->key), "");
  wt_buf_release(&text);
}

/* ---- robots.txt ---- */

void wt_memory_robots(wt_origin *at, const char *dir, int64_t now_ms, int64_t ahead) {
  wt_buf text = {0};
  int64_t until;
  if (!dir || at->robots_state != ROBOTS_UNKNOWN) return;
  if (read_small(&text, dir, wt_buf_span(&at->key), ".robots")) {
    wt_span rest = wt_buf_span(&text), line;
    bool fresh = read_time(&until, &rest, "until ") && until - ahead > now_ms;
    if (fresh && wt_span_line(&line, &rest)) {
      bool none = wt_span_equal(line, WT_SPAN(" none"));
      wt_status status =
          none ? wt_robots_all(&at->robots, true, NULL) : wt_robots_parse(&at->robots, rest, wt_origin_token(), NULL);
      if (status == WT_OK) at->robots_state = ROBOTS_KNOWN;
      at->robots_until_ms = sane(until - ahead, now_ms);
    }
  }
  wt_buf_release(&text);
}

void wt_memory_keep_robots(const wt_origin *at, wt_span body, const char *dir, int64_t ahead) {
  wt_buf text = {0};
  if (!dir || at->robots_state != ROBOTS_KNOWN) return;
  wt_buf_put_format(&text, "until %lld %s\n", (long long)at->robots_until_ms + (long long)ahead,
                    body.data ? "text" : "none");
  wt_buf_put_span(&text, wt_span_sub(body, 0, ROBOTS_MAX - 4096));
  if (!text.failed) write_small(wt_buf_span(&text), dir, wt_buf_span(&at->key), ".robots");
  wt_buf_release(&text);
}
