/* Compaction: what it leaves, and what it saves. */
#include "made.h"

#include "archive/packs.h"

#include <fcntl.h>
#include <sys/stat.h>

static unsigned count_packs(wt_archive *archive, uint64_t *bytes) {
  wt_packs packs;
  MADE_OK(wt_packs_list(&packs, archive, ERR));
  unsigned count = (unsigned)packs.count;
  *bytes = 0;
  for (size_t i = 0; i < packs.count; i++) *bytes += packs.items[i].size;
  wt_packs_release(&packs);
  return count;
}

static bool read_text(void *context, const wt_revision *revision) {
  wt_buf text = {0};
  MADE_OK(wt_archive_read(&text, context, revision->blob, ERR));
  char expected[40];
  snprintf(expected, sizeof expected, "\nrevision: %u\n", (unsigned)revision->number);
  assert_non_null(strstr(text.data, expected));
  wt_buf_release(&text);
  return true;
}

static void many_single_adds_become_few_packs(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive, *reader;
  uint64_t bytes;
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  MADE_OK(wt_archive_open(&reader, dir, NULL, ERR));
  for (int i = 0; i < 3; i++) {
    made_fill(archive, 10, 9, 1, true);
    assert_true(count_packs(archive, &bytes) <= 20);
    made_fsck(dir);
    MADE_OK(wt_archive_walk(archive, (wt_oid){{0}}, read_text, archive, ERR));
    MADE_OK(wt_archive_walk(reader, (wt_oid){{0}}, read_text, reader, ERR)); /* whose packs went away under it */
  }
  print_message("270 single adds: %u packs, %llu bytes\n", count_packs(archive, &bytes), (unsigned long long)bytes);
  assert_true(bytes < 270 * 1500); /* whole texts, folders, commits and captures would take 2,500 each */
  wt_archive_close(reader);
  wt_archive_close(archive);
  made_remove(dir);
}

/* All packs as old as one another, as on a clock that ticks slowly. */
static void level_times(wt_archive *archive) {
  wt_packs packs;
  MADE_OK(wt_packs_list(&packs, archive, ERR));
  for (size_t i = 0; i < packs.count; i++) {
    char path[4400];
    struct timespec times[2] = {{1718841600, 0}, {1718841600, 0}};
    snprintf(path, sizeof path, "%s/pack-%s.pack", archive->pack_dir, packs.items[i].name);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
  }
  wt_packs_release(&packs);
}

/* 90 batches of one capture; the names of the packs, which say what they hold, in out. */
static void fill_one_by_one(wt_buf *out, bool level) {
  char dir[256];
  wt_archive *archive;
  wt_archive_batch *batch;
  made_story stories[3] = {{.number = 0}};
  wt_packs packs;
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  MADE_OK(wt_archive_batch_open(&batch, archive, ERR));
  for (unsigned i = 0; i < 90; i++) {
    made_put(&stories[i % 3], batch, i % 3, 0, true); /* all captured at one time */
    MADE_OK(wt_archive_batch_commit(batch, ERR));
    if (level) level_times(archive);
  }
  wt_archive_batch_close(batch);
  MADE_OK(wt_packs_list(&packs, archive, ERR));
  for (size_t i = 0; i < packs.count; i++)
    wt_buf_put_format(out, "%s %zu\n", packs.items[i].name, packs.items[i].count);
  wt_packs_release(&packs);
  made_fsck(dir);
  for (unsigned s = 0; s < 3; s++) wt_buf_release(&stories[s].path);
  wt_archive_close(archive);
  made_remove(dir);
}

static void the_same_packs_whatever_the_clock(void **state) {
  (void)state;
  wt_buf as_it_is = {0}, level = {0};
  fill_one_by_one(&as_it_is, false);
  fill_one_by_one(&level, true);
  assert_string_equal(as_it_is.data, level.data);
  wt_buf_release(&as_it_is);
  wt_buf_release(&level);
}

static void chains_stay_within_bounds(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  wt_buf out = {0};
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  made_fill(archive, 2, 100, 7, true);
  assert_int_equal(
      made_run(&out,
               "cd %s && for i in objects/pack/*.idx; do git verify-pack -v $i; done | awk 'NF == 7 && $6 > d {d = $6} "
               "END {print d + 0}'",
               dir),
      0);
  int depth = atoi(out.data);
  if (depth < 5 || depth > 25) fail_msg("the deepest chain is %d", depth);
  wt_buf_release(&out);
  wt_archive_close(archive);
  made_remove(dir);
}

static void a_pack_of_gits_own_making_is_merged_too(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  uint64_t bytes;
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  made_fill(archive, 5, 20, 10, true);
  assert_int_equal(made_run(NULL, "git -C %s -c pack.depth=200 repack -adfq", dir), 0);
  assert_int_equal(count_packs(archive, &bytes), 1);
  made_fill(archive, 5, 20, 1, true);
  assert_true(count_packs(archive, &bytes) <= 20);
  made_fsck(dir);
  MADE_OK(wt_archive_walk(archive, (wt_oid){{0}}, read_text, archive, ERR));
  wt_archive_close(archive);
  made_remove(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(many_single_adds_become_few_packs),
      cmocka_unit_test(the_same_packs_whatever_the_clock),
      cmocka_unit_test(chains_stay_within_bounds),
      cmocka_unit_test(a_pack_of_gits_own_making_is_merged_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
