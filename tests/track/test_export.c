/* Export: every table as CSV and as JSON lines, and cells that no spreadsheet runs. */
#include "support/check.h"

#include "wt/track.h"

static bool keep(void *context, wt_buf *out) {
  wt_buf_put_span(context, wt_buf_span(out));
  wt_buf_clear(out);
  return true;
}

static wt_track *archive_of(const char *dir, const char *input) {
  wt_error err;
  wt_track *track;
  char path[400];
  snprintf(path, sizeof path, "%s/archive", dir);
  wt_track_options options = {.create = true, .bare = true};
  wt_add_options add = {.at = WT_INSTANT_NONE, .now = 1718841600};
  wt_add_summary sum;
  assert_ok(wt_track_open(&track, path, &options, &err));
  assert_ok(wt_track_add(&sum, track, &input, 1, &add, &err));
  return track;
}

static void export_table(wt_buf *out, wt_track *track, wt_table table, bool csv) {
  wt_error err;
  wt_buf part = {0};
  assert_ok(wt_track_export(&part, track, table, csv, keep, out, &err));
  wt_buf_release(&part);
}

/* Rows and cells of a CSV by RFC 4180; every row must have as many cells as the header. */
static size_t count_rows(wt_span csv) {
  size_t rows = 0, cells = 1, wanted = 0;
  bool quoted = false;
  for (size_t i = 0; i < csv.len; i++) {
    char c = csv.data[i];
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells++;
    else if (c == '\n' && !quoted) {
      if (rows++ == 0) wanted = cells;
      assert_int_equal(cells, wanted);
      cells = 1;
    }
  }
  assert_false(quoted);
  return rows - 1;
}

static size_t count_lines(wt_span text) {
  size_t lines = 0;
  wt_span line;
  while (wt_span_line(&line, &text)) {
    assert_true(wt_span_starts(line, WT_SPAN("{\"")) && wt_span_ends(line, WT_SPAN("}")));
    lines++;
  }
  return lines;
}

static void every_table_has_its_rows_in_both_formats(void **state) {
  (void)state;
  static const size_t least[WT_TABLES] = {11, 34, 40, 35, 4, 10};
  char dir[256];
  check_temp_dir(dir, sizeof dir);
  wt_track *track = archive_of(dir, "fixtures/stories/captures.csv");
  for (int t = 0; t < WT_TABLES; t++) {
    wt_buf csv = {0}, lines = {0};
    export_table(&csv, track, (wt_table)t, true);
    export_table(&lines, track, (wt_table)t, false);
    size_t rows = count_rows(wt_buf_span(&csv));
    if (rows < least[t]) print_error("%s: %zu rows\n", wt_table_name((wt_table)t), rows);
    assert_true(rows >= least[t]);
    assert_int_equal(rows, count_lines(wt_buf_span(&lines)));
    wt_buf_release(&csv);
    wt_buf_release(&lines);
  }
  wt_track_close(track);
  check_remove_dir(dir);
}

static void a_cell_that_would_run_is_text(void **state) {
  (void)state;
  wt_error err;
  char dir[256], path[400];
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/story.txt", dir);
  assert_ok(wt_file_write(
      path,
      WT_SPAN("=HYPERLINK(\"http://x\",\"a\")\n\nA first paragraph that is long enough to be the text of a story.\n\n"
              "A second paragraph follows it, and it says a little more.\n"),
      &err));
  wt_track *track = archive_of(dir, path);
  wt_buf csv = {0};
  export_table(&csv, track, WT_TABLE_STORIES, true);
  assert_true(wt_span_find(wt_buf_span(&csv), WT_SPAN("\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\"")) < csv.len);
  assert_true(wt_span_find(wt_buf_span(&csv), WT_SPAN(",=")) == csv.len);
  wt_buf_release(&csv);
  wt_track_close(track);
  check_remove_dir(dir);
}

static void the_dictionary_names_every_column(void **state) {
  (void)state;
  wt_error err;
  wt_buf text = {0};
  assert_ok(wt_track_export_dictionary(&text, &err));
  for (int t = 0; t < WT_TABLES; t++) {
    wt_table again;
    assert_true(wt_table_parse(&again, wt_span_of(wt_table_name((wt_table)t))));
    assert_int_equal(again, t);
    assert_true(wt_span_find(wt_buf_span(&text), wt_span_of(wt_table_name((wt_table)t))) < text.len);
  }
  assert_true(wt_span_find(wt_buf_span(&text), WT_SPAN("| unannounced | boolean |")) < text.len);
  wt_buf_release(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_table_has_its_rows_in_both_formats),
      cmocka_unit_test(a_cell_that_would_run_is_text),
      cmocka_unit_test(the_dictionary_names_every_column),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
