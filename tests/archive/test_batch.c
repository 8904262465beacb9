/* Batches: what plain git sees of them. */
#include "made.h"

#include "archive/batch.h"

#include <time.h>

typedef struct place {
  char dir[256];
  wt_archive *archive;
} place;

static int setup(void **state) {
  place *p = calloc(1, sizeof *p);
  made_folder(p->dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&p->archive, p->dir, &options, ERR));
  *state = p;
  return 0;
}

static int teardown(void **state) {
  place *p = *state;
  wt_archive_close(p->archive);
  made_remove(p->dir);
  free(p);
  return 0;
}

static void expect_lines(const char *dir, const char *command, size_t lines) {
  wt_buf out = {0};
  assert_int_equal(made_run(&out, "git -C %s %s", dir, command), 0);
  size_t count = 0;
  for (size_t i = 0; i < out.len; i++) count += out.data[i] == '\n';
  if (count != lines) fail_msg("git %s: %zu lines, not %zu:\n%s", command, count, lines, out.data);
  wt_buf_release(&out);
}

static void one_revision_is_a_commit_that_git_reads(void **state) {
  place *p = *state;
  made_fill(p->archive, 1, 1, 1, true);
  made_fsck(p->dir);
  expect_lines(p->dir, "log --format=%h main", 2);
  expect_lines(p->dir, "log --format=%h refs/writethru/captures", 1);
  wt_buf out = {0};
  assert_int_equal(made_run(&out, "git -C %s log -1 --format='%%an|%%cn|%%ad|%%s|%%(trailers:key=Story)' main", p->dir),
                   0);
  assert_string_equal(out.data, "writethru|writethru|Thu Jun 20 00:00:00 2024 +0000|Story 0, change 0|"
                                "Story: example.org/2024/06/20/a-story-of-number-0.txt\n\n");
  wt_buf_release(&out);
}

static void a_history_climbs_the_ladder(void **state) {
  place *p = *state;
  made_fill(p->archive, 50, 100, 700, false); /* 5,000 revisions: 78 rungs of level 1, one of level 2 */
  made_fsck(p->dir);
  expect_lines(p->dir, "log --format=%h --no-merges main", 5001);
  expect_lines(p->dir, "log --format=%h --merges main", 79);
  expect_lines(p->dir, "log --format=%h main -- example.org/2024/06/20/a-story-of-number-7.txt", 100);
  expect_lines(p->dir, "blame -s main -- example.org/2024/06/20/a-story-of-number-7.txt", 20);
}

static void batches_leave_no_trace_in_the_ids(void **state) {
  place *p = *state, other;
  wt_oid a, b;
  made_folder(other.dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&other.archive, other.dir, &options, ERR));
  made_fill(p->archive, 20, 8, 1, true);
  made_fill(other.archive, 20, 8, 1000, true);
  MADE_OK(wt_archive_tip(&a, p->archive, ERR));
  MADE_OK(wt_archive_tip(&b, other.archive, ERR));
  assert_memory_equal(&a, &b, sizeof a);
  wt_archive_close(other.archive);
  made_remove(other.dir);
}

static int slow_disk(void *context, const wt_io_event *event) {
  (void)context;
  if (event->op == WT_IO_SYNC) nanosleep(&(struct timespec){0, 200 * 1000000L}, NULL);
  return 0;
}

/* A long batch goes on with the next pack while a thread takes in the last: what that one holds can be read all the while. */
static void a_text_can_be_read_while_its_pack_is_taken_in(void **state) {
  place *p = *state;
  wt_archive_batch *batch;
  made_story story = {.number = 0};
  MADE_OK(wt_archive_batch_open(&batch, p->archive, ERR));
  batch->roll_at = 20;
  p->archive->io.hook = slow_disk;
  bool rolled = false;
  for (unsigned i = 0; i < 12 && !rolled; i++) {
    wt_buf text = {0};
    wt_oid last = story.ids.blob;
    made_put(&story, batch, 1, i, true);
    rolled = batch->installing.pack != NULL;
    if (i) MADE_OK(wt_archive_batch_read(&text, batch, last, ERR));
    wt_buf_release(&text);
  }
  assert_true(rolled);
  p->archive->io.hook = NULL;
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  wt_archive_batch_close(batch);
  wt_buf_release(&story.path);
  made_fsck(p->dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(one_revision_is_a_commit_that_git_reads, setup, teardown),
      cmocka_unit_test_setup_teardown(a_history_climbs_the_ladder, setup, teardown),
      cmocka_unit_test_setup_teardown(a_text_can_be_read_while_its_pack_is_taken_in, setup, teardown),
      cmocka_unit_test_setup_teardown(batches_leave_no_trace_in_the_ids, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
