/*
 * kill -9 at random points of two bulk `add`s that write to one archive at the same time, each with stories of its own and
 * with revisions of stories that both have. Every line that either of them had printed names a revision that is held after
 * it, git and `verify` find nothing, the next `add` takes what was left.
 *
 * WT_KILLS is how many times (6), WT_SEED which points.
 */
#include "support/sound.h"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { STORIES = 40, VERSIONS = 3, ARCHIVE_LIVES = 10 };

static uint64_t seed;

static unsigned random_below(unsigned n) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (unsigned)(seed >> 20) % n;
}

/* ---- what is added ---- */

static const char *const who[] = {"The harbour board", "A ferry owner", "The school council", "Two painters",
                                  "The night mail"};
static const char *const did[] = {"opened the north quay", "sold a brick warehouse", "asked for a second bridge",
                                  "lost a case about bread", "moved the old market clock"};
static const char *const why[] = {"after a vote of nine to four", "before the winter storms came",
                                  "since nobody had objected", "on the advice of its engineers",
                                  "against the wish of the mayor"};

static void put_capture(FILE *file, unsigned round, const char *owner, unsigned story, unsigned version) {
  fprintf(file,
          "{\"url\":\"https://%s.example/r%u/"
          "story-%u\",\"outlet\":\"%s.example\",\"captured\":\"2024-%02u-%02uT%02u:%02u:00Z\","
          "\"headline\":\"Case %u of round %u, which %s tells\",\"text\":\"",
          owner, round, story, owner, 1 + round % 12, 1 + round / 12 % 28, version, story % 60, story, round, owner);
  for (unsigned n = 0; n < 6; n++)
    fprintf(file, "%s %s %s, number %u of lot %u.%s", who[(story + n) % 5], did[(story * 3 + n) % 5],
            why[(story + n * 2 + version) % 5], 100 + story * 7 + n + (n == version ? version : 0), story,
            n % 2 ? "\\n\\n" : " ");
  fprintf(file, "\"}\n");
}

/* A list of captures for one writer: its own stories, and every fourth one of those that both have. */
static void put_list(const char *name, unsigned round, const char *owner) {
  char path[300];
  snprintf(path, sizeof path, "%s/%s.jsonl", sound_dir, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  for (unsigned version = 0; version < VERSIONS; version++)
    for (unsigned story = 0; story < STORIES; story++)
      put_capture(file, round, story % 4 ? owner : "both", story, version * 2 + (owner[0] == 'e'));
  assert_int_equal(fclose(file), 0);
}

/* ---- the writers ---- */

static pid_t start(const char *name) {
  char list[300], said[300], archive[300];
  snprintf(list, sizeof list, "%s/%s.jsonl", sound_dir, name);
  snprintf(said, sizeof said, "%s/%s.said", sound_dir, name);
  snprintf(archive, sizeof archive, "%s/a", sound_dir);
  fflush(NULL);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child > 0) return child;
  int out = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  setpgid(0, 0); /* its children go with it */
  if (out < 0 || dup2(out, 1) < 0) _exit(3);
  execl(program_path(), "writethru", "-C", archive, "add", "--json", "-q", list, (char *)NULL);
  _exit(4);
}

/* True when it was still running. */
static bool end(pid_t child) {
  int how;
  kill(-child, SIGKILL);
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, &how, 0), child);
  if (WIFEXITED(how) && WEXITSTATUS(how) != 0) fail_msg("a writer ended with %d", WEXITSTATUS(how));
  return WIFSIGNALED(how);
}

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How long the two take when nobody kills them: points are drawn from that. */
static unsigned whole_time(wt_buf *out) {
  long from = milliseconds();
  put_list("east", 9999, "east");
  put_list("west", 9999, "west");
  pid_t east = start("east"), west = start("west");
  int how;
  assert_int_equal(waitpid(east, &how, 0), east);
  assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
  assert_int_equal(waitpid(west, &how, 0), west);
  assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
  long took = milliseconds() - from;
  sound_wants(out, "cat \"$D/east.said\" \"$D/west.said\" >\"$D/said\"; [ $(wc -l <\"$D/said\") -ge 200 ]");
  sound_check(out, "\"$D/a\"", "\"$D/west.jsonl\"");
  return (unsigned)(took > 2 ? took : 2);
}

static void wait_for(unsigned microseconds) {
  struct timespec pause = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
  nanosleep(&pause, NULL);
}

static void two_writers_are_killed(void **state) {
  (void)state;
  const char *asked = getenv("WT_KILLS"), *given = getenv("WT_SEED");
  unsigned kills = asked ? (unsigned)atoi(asked) : 6, running = 0;
  wt_buf out = {0};
  check_temp_dir(sound_dir, sizeof sound_dir);
  seed = given ? strtoull(given, NULL, 10) + 1 : 20240620;
  unsigned span = whole_time(&out);
  for (unsigned round = 0; round < kills; round++) {
    if (round % ARCHIVE_LIVES == 0) sound_wants(&out, "rm -rf \"$D/a\"");
    put_list("east", round, "east");
    put_list("west", round, "west");
    pid_t east = start("east"), west = start("west");
    wait_for(random_below(span * 1000));
    bool first = random_below(2);
    running += end(first ? east : west);
    if (random_below(2)) wait_for(random_below(span * 200)); /* at times the other one goes on for a while */
    running += end(first ? west : east);
    sound_wants(&out, "cat \"$D/east.said\" \"$D/west.said\" >\"$D/said\"");
    const char *next = random_below(2) ? "\"$D/east.jsonl\"" : "\"$D/west.jsonl\"";
    /* what the next `add` may spoil shows in the round after it, and in the last round of an archive at once */
    bool last = round % ARCHIVE_LIVES == ARCHIVE_LIVES - 1 || round + 1 == kills;
    (last ? sound_check : sound_go_on)(&out, "\"$D/a\"", next);
    if (round % 100 == 99) print_message("%u rounds\n", round + 1);
  }
  print_message("%u kills over %u ms, %u of %u writers still running\n", kills, span, running, 2 * kills);
  assert_true(running > kills / 2);
  wt_buf_release(&out);
  check_remove_dir(sound_dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(two_writers_are_killed)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
