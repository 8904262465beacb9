/* Packs: the same with a thread and without, an index that git reads, and damage that no merging passes on. */
#include "made.h"

#include "archive/compact.h"
#include "archive/delta.h"
#include "archive/install.h"
#include "archive/pack.h"

#include <fcntl.h>

/* Some megabytes, so that the thread has its share: texts like those before them, and some that are like nothing. */
static void fill(char name[41], const char *dir, bool one_thread) {
  wt_pack *pack;
  wt_io io = {.hook = NULL};
  wt_oid oid;
  wt_buf text = {0}, before = {0};
  uint32_t number = 0, last = 0;
  MADE_OK(wt_pack_open(&pack, &io, dir, 7, one_thread, ERR));
  for (unsigned i = 0; i < 3000; i++) {
    wt_buf_clear(&text);
    made_text(&text, i % 100 ? 1 : i, i);
    if (i % 50 == 49)
      for (unsigned j = 0; j < 20000; j++) wt_buf_put_char(&text, (char)(j * j % 251 * i));
    MADE_OK(wt_pack_put_like(&oid, &number, pack, WT_OBJECT_BLOB, wt_buf_span(&text), last, wt_buf_span(&before), ERR));
    assert_int_equal(number, wt_pack_number(pack, oid));
    last = number;
    wt_buf_clear(&before);
    wt_buf_put_span(&before, wt_buf_span(&text));
  }
  assert_int_equal(wt_pack_count(pack), 3000);
  MADE_OK(wt_pack_put(&oid, &number, pack, WT_OBJECT_BLOB, wt_buf_span(&text), ERR));
  assert_int_equal(number, 3000); /* it is here already */
  MADE_OK(wt_pack_install(name, pack, dir, ERR));
  assert_int_equal(wt_pack_count(pack), 0);
  wt_pack_close(pack);
  wt_buf_release(&text);
  wt_buf_release(&before);
}

static void the_thread_changes_nothing(void **state) {
  (void)state;
  char one[256], two[256], one_name[41], two_name[41];
  wt_buf out = {0};
  made_folder(one);
  made_folder(two);
  fill(one_name, one, true);
  fill(two_name, two, false);
  assert_string_equal(one_name, two_name); /* the checksum of all of it */
  assert_int_equal(made_run(NULL, "cmp %s/pack-%s.idx %s/pack-%s.idx", one, one_name, two, two_name), 0);
  assert_int_equal(
      made_run(&out,
               "git init -q %s/git && cd %s/git && git index-pack --strict -o x.idx ../*.pack && cmp x.idx ../*.idx",
               one, one),
      0);
  wt_buf_release(&out);
  made_remove(one);
  made_remove(two);
}

static void a_delta_that_gives_something_else_is_not_written(void **state) {
  (void)state;
  wt_buf delta = {0};
  wt_span old = WT_SPAN("one two three"), new = WT_SPAN("one 2 three");
  wt_delta_start(&delta, old.len, new.len);
  wt_delta_copy(&delta, 0, 4);
  wt_delta_insert(&delta, WT_SPAN("2"));
  wt_delta_copy(&delta, 7, 6);
  assert_true(wt_delta_gives(wt_buf_span(&delta), old, new));
  assert_false(wt_delta_gives(wt_buf_span(&delta), WT_SPAN("one two throe"), new));
  assert_false(wt_delta_gives(wt_buf_span(&delta), WT_SPAN("one two"), new));
  assert_false(wt_delta_gives(wt_buf_span(&delta), old, WT_SPAN("one 3 three")));
  for (size_t cut = 0; cut < delta.len; cut++) assert_false(wt_delta_gives((wt_span){delta.data, cut}, old, new));

  /* handed in, it is found wrong, and the object goes in whole */
  char dir[256], name[41];
  wt_pack *pack;
  wt_io io = {.hook = NULL};
  wt_oid oid;
  uint32_t first, second;
  bool room;
  made_folder(dir);
  MADE_OK(wt_pack_open(&pack, &io, dir, 1, false, ERR));
  MADE_OK(wt_pack_put_delta(&oid, &first, pack, WT_OBJECT_BLOB, WT_SPAN("one two throe"), 0, (wt_span){0}, ERR));
  MADE_OK(wt_pack_put_delta(&oid, &second, pack, WT_OBJECT_BLOB, new, first, wt_buf_span(&delta), ERR));
  MADE_OK(wt_pack_has_room(&room, pack, second, ERR));
  assert_true(room);
  MADE_OK(wt_pack_install(name, pack, dir, ERR));
  wt_pack_close(pack);
  assert_int_equal(made_run(NULL,
                            "git init -q %s/git && cd %s/git && mv ../*.pack ../*.idx .git/objects/pack && test "
                            "\"$(git cat-file blob $(printf '%s' | git hash-object --stdin))\" = '%s'",
                            dir, dir, new.data, new.data),
                   0);
  made_remove(dir);
  wt_buf_release(&delta);
}

/* 8 GB away: offsets that need more than 31 bits stand in a table of their own. */
static void git_reads_large_offsets(void **state) {
  (void)state;
  char dir[256], path[300];
  wt_buf index = {0}, out = {0};
  wt_spot spots[300];
  unsigned char sum[20] = {1};
  for (unsigned i = 0; i < 300; i++) {
    wt_span text = {(const char *)&i, sizeof i};
    spots[i] = (wt_spot){wt_oid_of(WT_OBJECT_BLOB, text), i, 12 + (uint64_t)i * 100000000, 0};
  }
  MADE_OK(wt_pack_index(&index, spots, 300, sum, ERR));
  made_folder(dir);
  snprintf(path, sizeof path, "%s/x.idx", dir);
  MADE_OK(wt_file_write(path, wt_buf_span(&index), ERR));
  assert_int_equal(made_run(&out,
                            "git show-index --object-format=sha1 < %s | sort -n | awk '$1 != 12 + (NR - 1) * 100000000 "
                            "|| $3 != sprintf(\"(%%08x)\", NR - 1)' | head -3; git show-index < %s | wc -l",
                            path, path),
                   0);
  assert_string_equal(out.data, "300\n");
  spots[1].oid = spots[0].oid;
  wt_buf_clear(&index);
  wt_error err;
  assert_int_equal(wt_pack_index(&index, spots, 300, sum, &err), WT_ECORRUPT);
  wt_buf_release(&index);
  wt_buf_release(&out);
  made_remove(dir);
}

static void flip(const char *dir, const char *name, long place) {
  char path[400], byte;
  snprintf(path, sizeof path, "%s/objects/pack/pack-%s.pack", dir, name);
  assert_int_equal(made_run(NULL, "chmod u+w %s", path), 0);
  int fd = open(path, O_RDWR);
  assert_int_equal(pread(fd, &byte, 1, place), 1);
  byte ^= 1;
  assert_int_equal(pwrite(fd, &byte, 1, place), 1);
  close(fd);
}

/* A copy of damaged bytes would bear a checksum that says all is well. */
static void merging_refuses_a_flipped_bit(void **state) {
  (void)state;
  char dir[256];
  wt_archive *archive;
  wt_packs packs;
  wt_error err = {0};
  made_folder(dir);
  wt_archive_options options = {.create = true, .bare = true};
  MADE_OK(wt_archive_open(&archive, dir, &options, ERR));
  made_fill(archive, 4, 4, 8, true);
  MADE_OK(wt_packs_list(&packs, archive, ERR));
  assert_int_equal(packs.count, 2);
  flip(dir, packs.items[0].name, (long)packs.items[0].size / 2);
  assert_int_not_equal(wt_compact_all(archive, &err), WT_OK);
  MADE_OK(wt_pack_file_open(&packs.items[0], archive, ERR));
  unsigned damaged = 0;
  for (size_t i = 0; i < packs.items[0].count; i++) damaged += wt_pack_file_check(&packs.items[0], i, &err) != WT_OK;
  assert_int_equal(damaged, 1);
  wt_packs_release(&packs);
  MADE_OK(wt_packs_list(&packs, archive, ERR));
  assert_int_equal(packs.count, 2); /* as they were: git still says which one is damaged */
  wt_packs_release(&packs);
  wt_archive_close(archive);
  made_remove(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_thread_changes_nothing), cmocka_unit_test(a_delta_that_gives_something_else_is_not_written),
      cmocka_unit_test(git_reads_large_offsets), cmocka_unit_test(merging_refuses_a_flipped_bit)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
