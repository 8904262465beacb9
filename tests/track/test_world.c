/*
 * Watching a world of outlets over simulated days, by a process that is killed again and again: no capture that was told of is
 * lost, no host is asked faster than it allows, and what changed is found. WT_WORLD=full is `make soak-watch`.
 */
#include "track/world.h"

#include <fcntl.h>

#include "support/track.h"

static char dir[256];
static world *the_world;

/* ---- the watcher, a process of its own ---- */

static int64_t clock_ms(void *clock) {
  world *w = clock;
  return WORLD_START * INT64_C(1000) + atomic_load(&w->clock_ms);
}

static void sleep_ms(void *clock, int64_t ms) {
  world *w = clock;
  atomic_fetch_add(&w->clock_ms, ms > 0 ? ms : 1);
}

static wt_instant clock_now(void *clock) {
  return clock_ms(clock) / 1000;
}

/* What was told is on disk; the parent reads this file, which a kill cannot take back. */
static bool on_watched(void *context, const wt_watched *w) {
  char line[300];
  int len = snprintf(line, sizeof line, "%.*s %.*s %lld\n", (int)w->url.len, w->url.data,
                     (int)wt_span_find(w->state, WT_SPAN(":")), w->state.data, (long long)w->at);
  return len > 0 && write(*(int *)context, line, (size_t)len) == len;
}

static wt_track *open_archive(void) {
  char path[400];
  snprintf(path, sizeof path, "%s/archive", dir);
  return open_track(path);
}

static void watch_to_the_end(world *w, int told) {
  wt_error err;
  wt_track *track = open_archive();
  int64_t end = (int64_t)w->days * WORLD_DAY * 1000;
  wt_watch_options options = {.fetch = {.allow_private = true,
                                        .patience_ms = 20000,
                                        .timeout_ms = 10000,
                                        .clock_ms = clock_ms,
                                        .sleep_ms = sleep_ms,
                                        .clock = w},
                              .now = clock_now,
                              .now_context = w};
  while (atomic_load(&w->clock_ms) < end) {
    wt_watch_summary sum;
    wt_instant next;
    assert_ok(wt_track_watch(&sum, track, &options, on_watched, &told, &err));
    assert_ok(wt_track_watch_next(&next, track, &err));
    int64_t ahead = (next - WORLD_START) * 1000 - atomic_load(&w->clock_ms);
    if (sum.asked == 0) sleep_ms(w, next == WT_INSTANT_NONE ? end : ahead > 0 ? ahead : 1000);
  }
  wt_track_close(track);
}

static pid_t start_watcher(world *w, int told) {
  pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  watch_to_the_end(w, told);
  _exit(0);
}

/* Kills it when the clock has come so far, a few moments early or late; then starts it again. */
static int watch_with_kills(world *w, int kills) {
  char path[400];
  int killed = 0, ended = 0;
  uint64_t seed = 7;
  snprintf(path, sizeof path, "%s/told", dir);
  int told = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  assert_true(told >= 0);
  int64_t stretch = (int64_t)w->days * WORLD_DAY * 1000 / (kills + 1);
  for (pid_t child = start_watcher(w, told);;) {
    usleep(1000 + (unsigned)(world_random(&seed) % 4000));
    if (waitpid(child, &ended, WNOHANG) == child) break;
    if (killed >= kills || atomic_load(&w->clock_ms) < stretch * (killed + 1)) continue;
    usleep((unsigned)(world_random(&seed) % 30000));
    kill(child, SIGKILL);
    waitpid(child, &ended, 0);
    killed++;
    child = start_watcher(w, told);
  }
  close(told);
  assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
  return killed;
}

static void configure(const world *w) {
  wt_error err;
  wt_track *track = open_archive();
  wt_buf conf = {0};
  wt_buf_put_text(&conf, "[writethru]\n\tformat = 1\n");
  for (int i = 0; i < w->outlets; i++)
    wt_buf_put_format(&conf, "[source \"s%d\"]\n\turl = http://127.0.1.%d:%d/feed\n\toutlet = outlet%d.example\n", i,
                      i + 1, w->port, i);
  assert_ok(wt_track_configure(track, wt_buf_span(&conf), WORLD_START, &err));
  wt_buf_release(&conf);
  wt_track_close(track);
}

/* ---- was anybody asked too fast? ---- */

static int asked_too_fast(const world *w) {
  int64_t last[WORLD_OUTLETS], quiet_until[WORLD_OUTLETS];
  bool delayed[WORLD_OUTLETS] = {false};
  int bad = 0, count = atomic_load(&w->asked);
  assert_true(count < WORLD_LOG);
  for (int i = 0; i < WORLD_OUTLETS; i++) last[i] = quiet_until[i] = INT64_MIN / 2;
  for (int i = 0; i < count; i++) {
    const world_asked *a = &w->log[i];
    /* the first robots.txt says what the pace is */
    int64_t least = delayed[a->outlet] ? world_delay_ms(a->outlet) : 1000;
    bool fast = a->ms - last[a->outlet] < least || a->ms < quiet_until[a->outlet];
    if (fast && bad++ < 5)
      print_error("outlet %d: %lld ms after the last, %lld ms early\n", a->outlet, (long long)(a->ms - last[a->outlet]),
                  (long long)(quiet_until[a->outlet] - a->ms));
    last[a->outlet] = a->ms;
    if (a->answer == WORLD_ROBOTS) delayed[a->outlet] = true;
    if (a->answer == WORLD_LATER) quiet_until[a->outlet] = a->ms + 300 * 1000;
  }
  return bad;
}

/* ---- what is held ---- */

typedef struct holding {
  bool version[WORLD_PAGES][WORLD_CHANGES + 1];
  int page_of_story[WORLD_PAGES * 2];
  wt_track *track;
} holding;

static int number_after(wt_span text, const char *mark) {
  size_t at = wt_span_find(text, wt_span_of(mark)) + strlen(mark);
  int value = 0;
  for (; at < text.len && text.data[at] >= '0' && text.data[at] <= '9'; at++)
    value = value * 10 + (text.data[at] - '0');
  return value;
}

static bool on_revision(void *context, const wt_revision_row *row) {
  holding *h = context;
  wt_error err;
  wt_arena arena = {0};
  wt_story story;
  assert_ok(wt_track_read(&story, &arena, h->track, row, &err));
  int page = number_after(row->url, "/story-"), version = number_after(story.blocks[0].text, " that ") - 100;
  assert_in_range(page, 0, WORLD_PAGES - 1);
  assert_in_range(version, 0, WORLD_CHANGES);
  h->version[page][version] = true;
  wt_arena_release(&arena);
  return true;
}

static void read_all(holding *h) {
  wt_error err;
  wt_revision_filter filter = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  assert_ok(wt_index_revisions(wt_track_index(h->track), &filter, on_revision, h, &err));
}

/* Every version that was told of as taken in, or served at that second and not told of, by what the log says. */
static void count_lost(const world *w, const holding *h, int *told_lost, int *served_lost) {
  wt_error err;
  wt_buf told = {0};
  char path[400];
  wt_span line, rest;
  snprintf(path, sizeof path, "%s/told", dir);
  assert_ok(wt_file_read(&told, path, (size_t)64 << 20, &err));
  rest = wt_buf_span(&told);
  *told_lost = *served_lost = 0;
  while (wt_span_line(&line, &rest)) {
    bool taken = wt_span_find(line, WT_SPAN(" new ")) < line.len || wt_span_find(line, WT_SPAN(" changed ")) < line.len;
    if (!taken || wt_span_find(line, WT_SPAN("/story-")) == line.len) continue;
    int page = number_after(line, "/story-");
    size_t last = line.len;
    while (line.data[last - 1] != ' ') last--;
    int64_t at = strtoll(line.data + last, NULL, 10) - WORLD_START;
    *told_lost += !h->version[page][world_version(&w->page[page], at)];
  }
  for (int i = 0; i < atomic_load(&w->asked); i++)
    if (w->log[i].answer == WORLD_PAGE) *served_lost += !h->version[w->log[i].page][w->log[i].version];
  wt_buf_release(&told);
}

/* ---- against the best fixed interval ---- */

static int found_by(const world *w, int64_t interval, int *requests) {
  int found = 0;
  *requests = 0;
  for (int i = 0; i < w->pages; i++) {
    const world_page *p = &w->page[i];
    for (int64_t now = p->born, last = now; now < (int64_t)w->days * WORLD_DAY; last = now, now += interval) {
      ++*requests;
      found += world_version(p, now) > world_version(p, last);
    }
  }
  return found;
}

static int best_fixed(const world *w, int most) {
  int best = 0;
  for (int64_t interval = 5 * WORLD_MINUTE; interval < WORLD_DAY; interval += WORLD_MINUTE) {
    int requests, found = found_by(w, interval, &requests);
    if (requests <= most && found > best) best = found;
  }
  return best;
}

static int page_requests(const world *w) {
  int count = 0;
  for (int i = 0; i < atomic_load(&w->asked); i++) count += w->log[i].page >= 0;
  return count;
}

static int changes_held(const world *w, const holding *h) {
  int held = 0;
  for (int i = 0; i < w->pages; i++) {
    int versions = 0;
    for (int v = 0; v <= WORLD_CHANGES; v++) versions += h->version[i][v];
    held += versions > 0 ? versions - 1 : 0;
  }
  return held;
}

/* ---- the test ---- */

static void forget_index(void) {
  char command[600];
  snprintf(command, sizeof command, "rm -rf '%s/archive/writethru/'index* '%s/archive/writethru/hosts'", dir, dir);
  assert_int_equal(system(command), 0);
}

static void days_of_watching_with_kills(void **state) {
  (void)state;
  const char *size = getenv("WT_WORLD");
  bool full = size && strcmp(size, "full") == 0;
  world *w = the_world = full ? world_open(20, 500, 3) : world_open(4, 24, 1);
  holding *h = calloc(1, sizeof *h);
  wt_error err;
  uint64_t faults, revisions;
  int told_lost, served_lost;
  assert_non_null(h);
  if (access("/dev/shm", W_OK) == 0)
    setenv("TMPDIR", "/dev/shm", 1); /* a kill is no power failure: no need to wait for disks */
  check_temp_dir(dir, sizeof dir);
  server s = world_server(w);
  configure(w);
  int kills = watch_with_kills(w, full ? 20 : 4);
  server_close(&s);

  forget_index(); /* nothing is lost with it */
  h->track = open_archive();
  assert_ok(wt_track_verify(&faults, &revisions, h->track, &err));
  read_all(h);
  count_lost(w, h, &told_lost, &served_lost);
  int found = changes_held(w, h), requests = page_requests(w), best = best_fixed(w, requests);
  int fast = asked_too_fast(w), asked = atomic_load(&w->asked);
  print_message(
      "world: %d pages of %d outlets, %d days, %d kills: %d requests (%d of pages), %d too fast, %d told and %d "
      "served versions lost, %d changes found; the best fixed interval finds %d\n",
      w->pages, w->outlets, w->days, kills, asked, requests, fast, told_lost, served_lost, found, best);
  assert_int_equal(kills, full ? 20 : 4);
  assert_int_equal(faults, 0);
  assert_int_equal(fast, 0);
  assert_int_equal(told_lost, 0);
  assert_int_equal(served_lost, 0);
  assert_false(atomic_load(&w->wrong));
  assert_true(found * 10 >= best * 9);
  wt_track_close(h->track);
  free(h);
  munmap(w, sizeof *w);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(days_of_watching_with_kills)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
