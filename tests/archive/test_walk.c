/* Walking main from any point, the histories of stories, and the journal. */
#include "made.h"

typedef struct walked {
  wt_oid *commits;
  size_t count, capacity;
  size_t stop_at; /* 0: never */
} walked;

static bool note(void *context, const wt_revision *revision) {
  walked *w = context;
  assert_true(wt_grow(&w->commits, &w->capacity, w->count + 1, sizeof *w->commits));
  w->commits[w->count++] = revision->commit;
  assert_true(wt_span_ends(revision->path, WT_SPAN(".txt")));
  assert_int_equal(revision->key.len, 32);
  assert_true(wt_span_equal(revision->url, WT_SPAN("https://example.org/a")));
  return w->count != w->stop_at;
}

static char dir[256];
static wt_archive *archive;

static int setup(void **state) {
  (void)state;
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  return 0;
}

static int teardown(void **state) {
  (void)state;
  wt_archive_close(archive);
  made_remove(dir);
  return 0;
}

/* Every commit of main in git's own order, rungs and root too: from each of them the walk gives just what follows. */
static void a_walk_begins_anywhere(void **state) {
  (void)state;
  made_fill(archive, 47, 100, 1000, false); /* 4,700: past a rung of level 2 */
  walked all = {.count = 0};
  MADE_OK(wt_archive_walk(archive, (wt_oid){{0}}, note, &all, ERR));
  assert_int_equal(all.count, 4700);
  wt_buf out = {0};
  assert_int_equal(made_run(&out, "git -C %s log --topo-order --reverse --format='%%H %%p' main", dir), 0);
  wt_span rest = wt_buf_span(&out), line;
  size_t seen = 0, lines = 0;
  while (wt_span_line(&line, &rest)) {
    wt_oid at;
    assert_true(wt_oid_parse(&at, wt_span_sub(line, 0, 40)));
    if (seen < all.count && memcmp(&at, &all.commits[seen], sizeof at) == 0) seen++;
    bool near_a_rung = (seen % 64 < 2 && seen / 64 % 12 < 2) || seen > 4690 || lines % 397 == 0;
    lines++;
    if (!near_a_rung) continue;
    walked after = {.count = 0};
    MADE_OK(wt_archive_walk(archive, at, note, &after, ERR));
    if (after.count != all.count - seen)
      fail_msg("after %.*s: %zu revisions, not %zu", 40, line.data, after.count, all.count - seen);
    if (after.count) assert_memory_equal(&after.commits[0], &all.commits[seen], sizeof at);
    wt_free(after.commits);
  }
  assert_int_equal(lines, 4700 + 1 + 73 + 1); /* the root, 73 rungs of level 1, one of level 2 */
  wt_free(all.commits);
  wt_buf_release(&out);
}

static void a_walk_from_a_stranger_is_refused(void **state) {
  (void)state;
  made_fill(archive, 5, 40, 1000, false);
  walked w = {.count = 0};
  wt_error err;
  wt_oid stranger = {{1, 2, 3}};
  assert_int_equal(wt_archive_walk(archive, stranger, note, &w, &err), WT_ENOTFOUND);
  wt_buf out = {0};
  assert_int_equal(
      made_run(&out, "cd %s && git -c user.name=A -c user.email=a@b commit-tree -m x -p main~3 main^{tree}", dir), 0);
  assert_true(wt_oid_parse(&stranger, wt_span_sub(wt_buf_span(&out), 0, 40)));
  assert_int_equal(wt_archive_walk(archive, stranger, note, &w, &err), WT_ENOTFOUND);
  w.stop_at = w.count + 3;
  assert_int_equal(wt_archive_walk(archive, (wt_oid){{0}}, note, &w, &err), WT_ECANCELED);
  wt_free(w.commits);
  wt_buf_release(&out);
}

static void a_history_goes_back_by_previous(void **state) {
  (void)state;
  made_fill(archive, 3, 20, 7, false);
  walked all = {.count = 0}, one = {.count = 0};
  MADE_OK(wt_archive_walk(archive, (wt_oid){{0}}, note, &all, ERR));
  MADE_OK(wt_archive_history(archive, all.commits[all.count - 1], note, &one, ERR));
  assert_int_equal(one.count, 20);
  for (size_t i = 0; i < 20; i++)
    assert_memory_equal(&one.commits[i], &all.commits[all.count - 1 - 3 * i], sizeof(wt_oid));
  wt_free(all.commits);
  wt_free(one.commits);
}

static bool note_record(void *context, uint64_t number, wt_span record) {
  wt_buf_put_format(context, "%llu:%.*s ", (unsigned long long)number, (int)record.len, record.data);
  return true;
}

static void the_journal_gives_back_every_record_in_order(void **state) {
  (void)state;
  wt_archive_batch *batch;
  wt_error err;
  uint64_t count;
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  for (unsigned i = 0; i < 10; i++) {
    char record[20];
    snprintf(record, sizeof record, "r%u", i);
    MADE_OK(wt_archive_batch_record(batch, wt_span_of(record), ERR));
    if (i % 4 == 3) MADE_OK(wt_archive_batch_commit(batch, ERR));
  }
  assert_int_equal(wt_archive_batch_record(batch, WT_SPAN("a\nb"), &err), WT_EINVAL);
  MADE_OK(wt_archive_batch_commit(batch, ERR));
  MADE_OK(wt_archive_batch_record(batch, WT_SPAN("lost"), ERR)); /* not committed */
  wt_archive_batch_close(batch);
  wt_buf out = {0};
  MADE_OK(wt_archive_journal(archive, 3, note_record, &out, ERR));
  assert_string_equal(out.data, "3:r3 4:r4 5:r5 6:r6 7:r7 8:r8 9:r9 ");
  MADE_OK(wt_archive_journal_count(&count, archive, ERR));
  assert_int_equal(count, 10);
  wt_buf_release(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(a_walk_begins_anywhere),
      CASE(a_walk_from_a_stranger_is_refused),
      CASE(a_history_goes_back_by_previous),
      CASE(the_journal_gives_back_every_record_in_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
