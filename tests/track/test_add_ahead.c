/* Reading ahead: the same archive with a second thread and without, in batches of any size. */
#include "support/track.h"

#include <stdio.h>

/* ---- made-up captures ---- */

static const char *const words[] = {"harbour", "council", "mayor",  "ferry", "bridge",  "budget", "school", "strike",
                                    "storm",   "court",   "police", "river", "station", "clinic", "market", "museum"};

static void put_sentence(wt_buf *out, unsigned story, unsigned sentence, unsigned change) {
  unsigned a = story * 7 + sentence * 3 + change * 5;
  wt_buf_put_format(out, "The %s near the %s said that %u people of %u had left the %s before the %s closed. ",
                    words[a % 16], words[(a / 3 + story) % 16], 10 + a % 90, 100 + story * 13,
                    words[(a + sentence) % 16], words[(story + sentence) % 16]);
}

/* Version `version` of a story: one sentence of nine changes; every fifth goes back; some say what is held already. */
static void put_capture(wt_buf *out, unsigned story, unsigned version, unsigned second) {
  unsigned changed = version % 5 == 4 ? 0 : version;
  wt_buf_put_format(out,
                    "{\"url\":\"https://north.example/news/story-%u\",\"captured\":\"2024-06-20T%02u:%02u:%02uZ\",",
                    story, second / 3600, second / 60 % 60, second % 60);
  wt_buf_put_format(out, "\"headline\":\"What the %s of story %u said\",\"text\":\"", words[story % 16], story);
  for (unsigned s = 0; s < 9; s++) {
    put_sentence(out, story, s, s == changed % 9 && changed ? changed : 0);
    if (s % 3 == 2 && s < 8) wt_buf_put_text(out, "\\n\\n");
  }
  wt_buf_put_text(out, "\"}\n");
}

static void write_captures(const char *path) {
  wt_buf out = {0};
  wt_error err;
  unsigned second = 0;
  for (unsigned version = 0; version < 12; version++)
    for (unsigned story = 0; story < 14; story++) {
      put_capture(&out, story, version, second += 40);
      if (story % 6 == 5) put_capture(&out, story, version, second += 5); /* nothing new */
      if (story % 9 == 8) wt_buf_put_text(&out, "{\"url\": \"https://north.example/broken\", \n");
    }
  assert_ok(wt_file_write(path, wt_buf_span(&out), &err));
  wt_buf_release(&out);
}

/* ---- taking them in ---- */

static void note(void *context, const wt_added *a) {
  wt_buf *log = context;
  char hex[41];
  wt_oid_hex(hex, a->commit);
  wt_buf_put_format(log, "%s %s@%u %s %d %s\n", wt_reason_name(a->reason), a->story.len ? a->story.data : "-",
                    (unsigned)a->revision, hex, (int)a->substantive, a->error ? a->error->what : "");
}

static void put_refs(wt_buf *log, const char *dir) {
  char command[400], line[200];
  snprintf(command, sizeof command, "git -C %s for-each-ref --format='%%(refname) %%(objectname)'", dir);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  while (fgets(line, sizeof line, pipe)) wt_buf_put_text(log, line);
  assert_int_equal(pclose(pipe), 0);
}

typedef struct way {
  bool one_thread;
  uint32_t batch;
} way;

/* Everything twice: the second time all is known. */
static void add_all(wt_buf *log, const char *dir, const char *const *inputs, size_t count, way w) {
  wt_track *track;
  wt_error err;
  wt_add_summary sum;
  wt_track_options options = {
      .create = true, .bare = true, .one_thread = w.one_thread, .calls = {.added = note, .context = log}};
  wt_add_options add = {.at = WT_INSTANT_NONE, .now = at_time("2024-07-01T00:00:00Z"), .batch = w.batch};
  assert_ok(wt_track_open(&track, dir, &options, &err));
  for (int i = 0; i < 2; i++) assert_ok(wt_track_add(&sum, track, inputs, count, &add, &err));
  assert_int_equal(sum.captures, sum.by_reason[WT_REASON_UNCHANGED] + sum.by_reason[WT_REASON_TROUBLE]);
  wt_track_close(track);
  put_refs(log, dir);
}

static void the_second_thread_changes_nothing(void **state) {
  (void)state;
  char dir[256], path[300];
  wt_buf first = {0};
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/made.jsonl", dir);
  write_captures(path);
  const char *inputs[] = {path, "fixtures/stories/captures.csv", "fixtures/stories/late.csv", "fixtures/fuzz/anpa",
                          "fixtures/fuzz/html"};
  static const way ways[] = {{true, 0}, {false, 0}, {false, 31}, {true, 31}};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    char archive[300];
    wt_buf log = {0};
    snprintf(archive, sizeof archive, "%s/archive-%zu", dir, i);
    add_all(&log, archive, inputs, sizeof inputs / sizeof *inputs, ways[i]);
    wt_span end = wt_buf_span(&log), begin = wt_buf_span(&first);
    if (i == 0) {
      wt_buf_put_span(&first, end);
      assert_true(wt_span_find(end, WT_SPAN("returned-to")) < end.len);
    } else if (ways[i].batch == 0) {
      assert_string_equal(log.data, first.data);
    } else { /* the journal has a commit a batch: all but that */
      end.len = wt_span_find(end, WT_SPAN("refs/writethru/journal"));
      assert_true(wt_span_equal(end, wt_span_sub(begin, 0, end.len)));
    }
    wt_buf_release(&log);
  }
  wt_buf_release(&first);
  check_remove_dir(dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_second_thread_changes_nothing)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
