/*
 * kill -9 at random points over single adds, batches, compaction and two writers at once. After each: the next batch opens
 * at once, nothing that was acknowledged is missing, and git fsck --strict has nothing to say.
 * WT_KILLS says how many (100); WT_SEED which ones.
 */
#include "made.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { STORIES = 12 };

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* ---- the writer that is killed ---- */

typedef struct known {
  made_story stories[STORIES];
  wt_oid tip;
} known;

static bool learn(void *context, const wt_revision *revision) {
  known *k = context;
  wt_span path = revision->path;
  size_t at = wt_span_find(path, WT_SPAN("number-"));
  unsigned index = (unsigned)atoi(path.data + at + 7);
  if (index >= STORIES) return true;
  made_story *story = &k->stories[index];
  wt_buf_clear(&story->path);
  wt_buf_put_span(&story->path, path);
  story->number = revision->number;
  story->ids.commit = revision->commit;
  story->ids.blob = revision->blob;
  return true;
}

static void write_for_ever(const char *dir, int acks, uint64_t seed) {
  wt_archive *archive;
  known k = {.tip = {{0}}};
  if (wt_archive_open(&archive, dir, NULL, NULL)) _exit(3);
  for (unsigned round = 0;; round++) {
    wt_archive_batch *batch;
    unsigned size = next_random(&seed) % 4 ? 1 : (unsigned)(next_random(&seed) % 40);
    if (wt_archive_batch_open(&batch, archive, NULL)) _exit(4);
    if (wt_archive_walk(archive, k.tip, learn, &k, NULL)) _exit(5); /* what the other writer has added */
    for (unsigned i = 0; i < size; i++)
      made_put(&k.stories[next_random(&seed) % STORIES], batch, (unsigned)(next_random(&seed) % STORIES), round % 1000,
               i % 2);
    char record[60];
    snprintf(record, sizeof record, "{\"round\":%u}", round);
    if (wt_archive_batch_record(batch, wt_span_of(record), NULL) || wt_archive_batch_commit(batch, NULL)) _exit(6);
    if (wt_archive_tip(&k.tip, archive, NULL)) _exit(7);
    if (write(acks, &k.tip, sizeof k.tip) != (ssize_t)sizeof k.tip) _exit(8);
    wt_archive_batch_close(batch);
  }
}

static pid_t start_writer(const char *dir, int acks, uint64_t seed) {
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    close(2);
    write_for_ever(dir, acks, seed);
  }
  return child;
}

static void end_writer(pid_t child) {
  int how;
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, &how, 0), child);
  if (!WIFSIGNALED(how)) fail_msg("the writer ended by itself: %d", WEXITSTATUS(how));
}

/* ---- the driver ---- */

typedef struct looking {
  wt_oid oid;
  bool found;
} looking;

static bool look(void *context, const wt_revision *revision) {
  looking *l = context;
  if (memcmp(&revision->commit, &l->oid, sizeof l->oid) == 0) l->found = true;
  return true;
}

static bool tell(void *context, const wt_error *fault) {
  (void)context;
  print_error("%s: %s\n", fault->where, fault->what);
  return true;
}

static void check(const char *dir, wt_oid acknowledged, bool whole) {
  wt_archive *archive;
  wt_archive_batch *batch;
  wt_archive_verified seen;
  wt_oid tip;
  looking l = {acknowledged, false};
  wt_archive_options options = {.wait_ms = 2000};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  wt_archive_batch_close(batch);
  MADE_OK(wt_archive_tip(&tip, archive, ERR));
  if (memcmp(&tip, &acknowledged, sizeof tip) == 0) l.found = true;
  if (!l.found) MADE_OK(wt_archive_walk(archive, acknowledged, look, &l, ERR)); /* fails when main does not hold it */
  if (whole) {
    MADE_OK(wt_archive_verify(&seen, archive, tell, NULL, ERR));
    assert_int_equal(seen.faults, 0);
    made_fsck(dir);
  }
  wt_archive_close(archive);
}

static wt_oid last_ack(int acks, wt_oid last) {
  wt_oid oid;
  while (read(acks, &oid, sizeof oid) == (ssize_t)sizeof oid) last = oid;
  return last;
}

static void nothing_acknowledged_is_lost(void **state) {
  (void)state;
  char dir[256];
  const char *kills_text = getenv("WT_KILLS"), *seed_text = getenv("WT_SEED");
  int kills = kills_text ? atoi(kills_text) : 100, acks[2];
  uint64_t seed = seed_text ? strtoull(seed_text, NULL, 10) | 1 : 4711;
  wt_archive *archive;
  wt_archive_options options = {.create = true, .bare = true};
  made_folder(dir);
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  made_fill(archive, STORIES, 1, 100, true);
  wt_oid acknowledged;
  MADE_OK(wt_archive_tip(&acknowledged, archive, ERR));
  wt_archive_close(archive);
  assert_int_equal(pipe2(acks, O_NONBLOCK), 0);
  for (int i = 0; i < kills; i++) {
    pid_t one = start_writer(dir, acks[1], next_random(&seed) | 1), two = 0;
    if (i % 3 == 0) two = start_writer(dir, acks[1], next_random(&seed) | 1);
    struct timespec time = {0, (long)(next_random(&seed) % 60000) * 1000};
    nanosleep(&time, NULL);
    end_writer(one);
    if (two) end_writer(two);
    acknowledged = last_ack(acks[0], acknowledged);
    check(dir, acknowledged, i % 10 == 9 || i == kills - 1);
  }
  close(acks[0]);
  close(acks[1]);
  made_remove(dir);
}

static void a_second_writer_waits_and_says_so(void **state) {
  (void)state;
  char dir[256];
  wt_archive *first, *second;
  wt_archive_batch *batch, *other;
  wt_error err = {0};
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true, .wait_ms = 50};
  MADE_OK(wt_archive_open(&first, dir, &options, ERR));
  MADE_OK(wt_archive_open(&second, dir, &options, ERR));
  MADE_OK(wt_archive_batch_open(&batch, first, ERR));
  assert_int_equal(wt_archive_batch_open(&other, second, &err), WT_EBUSY);
  char who[40];
  snprintf(who, sizeof who, "process %ld", (long)getpid());
  assert_non_null(strstr(err.what, who));
  wt_archive_batch_close(batch);
  MADE_OK(wt_archive_batch_open(&other, second, ERR));
  wt_archive_batch_close(other);
  wt_archive_close(first);
  wt_archive_close(second);
  made_remove(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_second_writer_waits_and_says_so),
      cmocka_unit_test(nothing_acknowledged_is_lost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
