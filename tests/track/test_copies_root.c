/* Which of several copies was first, from evidence that is made up. */
#include "support/check.h"

#include "track/copies_kin.h"

typedef struct family {
  track_copies_row rows[KIN_MOST];
  track_kin kin;
  track_kin_table table;
} family;

/* Members in a row of time, `minutes` apart; every two are as far apart in words as their numbers are. */
static void begin(family *f, size_t count, int minutes) {
  *f = (family){.kin.count = count};
  for (size_t a = 0; a < count; a++) {
    f->rows[a] = (track_copies_row){.story.id = (int64_t)a + 1, .time = (wt_instant)a * 60 * minutes};
    f->kin.members[a].row = &f->rows[a];
    for (size_t b = a + 1; b < count; b++)
      f->table.of[a][b] = (track_kin_evidence){.clock = minutes / 10, .apart = 10 * (uint32_t)(b - a)};
  }
}

static void clocks_tell_where_texts_do_not(void **state) {
  (void)state;
  family f;
  begin(&f, 2, 60);
  track_kin_root(&f.table, &f.kin, 0);
  assert_true(f.table.first == 0 && f.table.above[0][1] && !f.table.above[1][0]);
  begin(&f, 2, -60);
  track_kin_root(&f.table, &f.kin, 0);
  assert_true(f.table.first == 1 && f.table.above[1][0]);
}

/* A was edited into B, and B cut to C: that C was cut from B tells that A was before B, whatever their clocks. */
static void one_cut_tells_the_way_of_a_chain(void **state) {
  (void)state;
  family f;
  begin(&f, 3, 0);
  f.table.of[0][1].clock = -2;
  f.table.of[1][2].clock = -3;
  f.table.of[0][2].clock = -3;
  f.table.of[1][2].end = f.table.of[0][2].end = 25;
  track_kin_root(&f.table, &f.kin, 0);
  assert_true(f.table.first == 0 && f.table.above[0][2] && f.table.above[1][2]);
}

/* Four stories that were each made from the last one, which came first. */
static void what_all_others_branch_off_is_their_source(void **state) {
  (void)state;
  family f;
  begin(&f, 5, 0);
  for (size_t a = 0; a < 4; a++) {
    for (size_t b = a + 1; b < 5; b++) f.table.of[a][b].apart = b == 4 ? 10 : 20;
    f.table.of[a][4].clock = -4;
  }
  track_kin_root(&f.table, &f.kin, 0);
  assert_int_equal(f.table.first, 4);
  for (size_t a = 0; a < 4; a++) assert_true(f.table.above[4][a] && !f.table.above[a][(a + 1) % 4]);
}

/* Two copies that are all but alike: the tree may hang one on the other, and their clocks say which was before. */
static void good_clocks_part_twins(void **state) {
  (void)state;
  family f;
  begin(&f, 3, 600);
  f.table.of[0][1].apart = f.table.of[0][2].apart = 9;
  f.table.of[1][2] = (track_kin_evidence){.clock = -10, .apart = 2};
  f.rows[1].time = 3 * 600 * 60;
  track_kin_root(&f.table, &f.kin, 0);
  assert_int_equal(f.table.first, 0);
  assert_false(f.table.above[1][2]);
}

/* A file that was asked about is member 0 and has no time: it is left out. */
static void a_guest_is_no_member(void **state) {
  (void)state;
  family f;
  begin(&f, 3, 60);
  track_kin_root(&f.table, &f.kin, 1);
  assert_true(f.table.first == 1 && f.table.above[1][2] && !f.table.above[0][1]);
  f.kin.count = 1;
  track_kin_root(&f.table, &f.kin, 1);
  assert_int_equal(f.table.first, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clocks_tell_where_texts_do_not),
      cmocka_unit_test(one_cut_tells_the_way_of_a_chain),
      cmocka_unit_test(what_all_others_branch_off_is_their_source),
      cmocka_unit_test(good_clocks_part_twins),
      cmocka_unit_test(a_guest_is_no_member),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
