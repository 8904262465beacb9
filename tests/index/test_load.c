/* Loading revisions in bulk, and reading their texts afterwards, comes to the same as putting them one by one. */
#include "support/check.h"
#include "wt/index.h"

#include <unistd.h>

enum { STORIES = 40, REVISIONS = 400 };

/* Revision i of 400: of story i % 40, captured out of order, some erased. */
typedef struct made {
  char path[80], subject[40];
  wt_revision_row row;
} made;

static wt_oid oid_of(unsigned i) {
  wt_oid oid = {{1, (unsigned char)(i >> 8), (unsigned char)i}};
  return oid;
}

static void make(made *out, unsigned i) {
  unsigned story = i % STORIES, number = i / STORIES + 1;
  snprintf(out->path, sizeof out->path, "o%u.example/2024/06/%02u/story-%u.txt", story % 3, story % 28 + 1, story);
  snprintf(out->subject, sizeof out->subject, "change %u", i);
  out->row = (wt_revision_row){.path = wt_span_of(out->path),
                               .number = number,
                               .commit = oid_of(i),
                               .blob = oid_of(i + 10000),
                               .captured = 1700000000 + (wt_instant)(i * 7919 % 4001),
                               .subject = wt_span_of(out->subject),
                               .reason = WT_SPAN("revision"),
                               .flags = i % 37 == 5 ? WT_REVISION_ERASED : 0};
  if (number > 1) out->row.previous = oid_of(i - STORIES);
}

static const char *const places[] = {"harbour", "museum", "railway", "orchard", "library"};

/* What the archive would give for the blob of revision i. */
static void make_text(wt_story *out, wt_fingerprint *print, wt_arena *arena, unsigned i) {
  wt_buf text = {0};
  wt_error err;
  unsigned story = i % STORIES;
  wt_buf_put_format(&text,
                    "writethru: 1\nheadline: The %s, part %u\noutlet: o%u.example\nurl: https://o%u.example/s/%u\n"
                    "canonical: https://o%u.example/%s/%u\nlanguage: en\nrevision: %u\n\n",
                    places[i % 5], i % 7, story % 3, story % 3, story, story % 3, i % 2 ? "s" : "t", story,
                    i / STORIES + 1);
  wt_buf_put_format(&text, "The %s of town %u was closed for %u days.\nNobody could say why.", places[story % 5], story,
                    i);
  wt_span kept = wt_span_keep(arena, wt_buf_span(&text));
  wt_buf_release(&text);
  assert_ok(wt_story_parse(out, arena, kept, &err));
  assert_ok(wt_fingerprint_story(print, out, NULL, &err));
}

static void put_text(wt_index *index, const wt_revision_row *row, unsigned i, bool whole) {
  wt_arena arena = {0};
  wt_fingerprint print = {0};
  wt_story text;
  wt_error err;
  int64_t story;
  bool erased = row->flags & WT_REVISION_ERASED;
  if (!erased) make_text(&text, &print, &arena, i);
  wt_index_text read = {&text, &print};
  if (whole)
    assert_ok(wt_index_put_revision(&story, index, row, erased ? NULL : &read, NULL, &err));
  else
    assert_ok(wt_index_put_text(index, row, erased ? NULL : &read, NULL, &err));
  wt_fingerprint_release(&print);
  wt_arena_release(&arena);
}

static const wt_index_stamp stamp = {.main = {{9}}, .journal = 0};

/* One by one, each with its text. */
static wt_index *one_by_one(unsigned count) {
  wt_index *index;
  wt_error err;
  assert_ok(wt_index_open(&index, ":memory:", false, &err));
  assert_ok(wt_index_begin(index, &err));
  for (unsigned i = 0; i < count; i++) {
    made m;
    make(&m, i);
    put_text(index, &m.row, i, true);
  }
  assert_ok(wt_index_commit(index, &stamp, &err));
  return index;
}

static void load(wt_index *index, unsigned from, unsigned to, size_t most) {
  wt_index_load *loading;
  wt_error err;
  assert_ok(wt_index_load_open(&loading, index, most, &err));
  for (unsigned i = from; i < to; i++) {
    made m;
    make(&m, i);
    assert_ok(wt_index_load_put(loading, &m.row, &err));
  }
  assert_ok(wt_index_load_close(loading, true, &err));
}

typedef struct taken {
  wt_revision_row rows[64];
  size_t count;
} taken;

static bool take(void *context, const wt_revision_row *row) {
  taken *t = context;
  t->rows[t->count++] = *row;
  return true;
}

/* So many texts more; the rows hold no span that is asked for here. */
static void read_texts(wt_index *index, uint32_t count) {
  taken t = {.count = 0};
  wt_error err;
  assert_ok(wt_index_unread(index, count, take, &t, &err));
  for (size_t i = 0; i < t.count; i++) {
    made m;
    make(&m, (unsigned)t.rows[i].place - 1);
    m.row.place = t.rows[i].place;
    m.row.story = t.rows[i].story;
    put_text(index, &m.row, (unsigned)t.rows[i].place - 1, false);
  }
}

static void assert_same(wt_index *a, wt_index *b) {
  wt_buf out = {0};
  wt_error err;
  assert_ok(wt_index_compare(&out, a, b, &err));
  assert_buf(out, "");
  wt_buf_release(&out);
}

/* Afresh and then some more; with few stories in memory and with all; texts read in stretches of any size. */
static void loaded_as_put(void **state) {
  (void)state;
  static const struct {
    unsigned first;
    size_t most;
    uint32_t stretch;
  } ways[] = {{REVISIONS, 0, 64}, {REVISIONS, 7, 64}, {100, 0, 64}, {1, 1, 3}, {250, 40, 1}};
  wt_index *want = one_by_one(REVISIONS);
  wt_error err;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    wt_index *index;
    uint64_t last, read;
    assert_ok(wt_index_open(&index, ":memory:", false, &err));
    assert_ok(wt_index_begin(index, &err));
    load(index, 0, ways[i].first, ways[i].most);
    load(index, ways[i].first, REVISIONS, ways[i].most);
    assert_ok(wt_index_commit(index, &stamp, &err));
    do {
      assert_ok(wt_index_begin(index, &err));
      read_texts(index, ways[i].stretch);
      assert_ok(wt_index_commit(index, NULL, &err));
      assert_ok(wt_index_places(&last, &read, index, &err));
    } while (read < last);
    assert_int_equal(last, REVISIONS);
    assert_same(want, index);
    wt_index_close(index);
  }
  wt_index_close(want);
}

/* A revision with its text that comes while others are unread waits for its turn. */
static void no_text_overtakes(void **state) {
  (void)state;
  wt_index *want = one_by_one(REVISIONS), *index;
  wt_error err;
  uint64_t last, read;
  made m;
  assert_ok(wt_index_open(&index, ":memory:", false, &err));
  assert_ok(wt_index_begin(index, &err));
  load(index, 0, 200, 0);
  for (unsigned i = 200; i < 300; i++) {
    make(&m, i);
    put_text(index, &m.row, i, true);
  }
  assert_ok(wt_index_commit(index, &stamp, &err));
  assert_ok(wt_index_places(&last, &read, index, &err));
  assert_int_equal(last, 300);
  assert_int_equal(read, 0);
  assert_ok(wt_index_begin(index, &err));
  for (int i = 0; i < 5; i++) read_texts(index, 60);
  for (unsigned i = 300; i < REVISIONS; i++) {
    make(&m, i);
    put_text(index, &m.row, i, true);
  }
  assert_ok(wt_index_commit(index, &stamp, &err));
  assert_ok(wt_index_places(&last, &read, index, &err));
  assert_int_equal(read, REVISIONS);
  assert_same(want, index);
  wt_index_close(index);
  wt_index_close(want);
}

/* What is taken back leaves the index as it was, with all that orders it. */
static void taken_back(void **state) {
  (void)state;
  wt_index *want = one_by_one(REVISIONS), *index = one_by_one(REVISIONS);
  wt_index_load *loading;
  wt_error err;
  made m;
  assert_ok(wt_index_begin(index, &err));
  assert_ok(wt_index_clear(index, &err));
  assert_ok(wt_index_load_open(&loading, index, 0, &err));
  make(&m, 3);
  assert_ok(wt_index_load_put(loading, &m.row, &err));
  assert_ok(wt_index_load_close(loading, false, &err));
  wt_index_rollback(index);
  assert_same(want, index);
  wt_buf found = {0};
  assert_ok(wt_index_check(&found, index, &err));
  assert_buf(found, "");
  wt_index_close(index);
  wt_index_close(want);
}

/* A number that comes twice: the later one counts, whichever way they come. */
static void number_twice(void **state) {
  (void)state;
  wt_index *indexes[2];
  wt_error err;
  for (int bulk = 0; bulk < 2; bulk++) {
    wt_index_load *loading = NULL;
    int64_t story;
    assert_ok(wt_index_open(&indexes[bulk], ":memory:", false, &err));
    assert_ok(wt_index_begin(indexes[bulk], &err));
    if (bulk) assert_ok(wt_index_load_open(&loading, indexes[bulk], 0, &err));
    for (unsigned i = 0; i < 120; i++) {
      made m;
      make(&m, i);
      if (i >= 80) m.row.number = 2; /* story i % 40 has it since i - 40 */
      if (bulk)
        assert_ok(wt_index_load_put(loading, &m.row, &err));
      else
        assert_ok(wt_index_put_revision(&story, indexes[bulk], &m.row, NULL, NULL, &err));
    }
    if (bulk) assert_ok(wt_index_load_close(loading, true, &err));
    assert_ok(wt_index_commit(indexes[bulk], &stamp, &err));
  }
  wt_arena arena = {0};
  wt_revision_row row;
  assert_ok(wt_index_revision(&row, &arena, indexes[1], 1, 2, &err));
  assert_int_equal(row.place, 81);
  assert_same(indexes[0], indexes[1]);
  wt_arena_release(&arena);
  for (int bulk = 0; bulk < 2; bulk++) wt_index_close(indexes[bulk]);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(loaded_as_put), cmocka_unit_test(no_text_overtakes),
                                     cmocka_unit_test(taken_back), cmocka_unit_test(number_twice)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
