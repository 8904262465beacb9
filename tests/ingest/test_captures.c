/* Manifests, feeds and files of several items -> captures. */
#include "support/ingest.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct taken {
  size_t count, troubles;
  uint64_t at[16];
  char url[16][80], headline[16][80], outlet[16][40], published[16][40], first[16][80];
  wt_instant captured[16];
  wt_format format[16];
  char trouble[16][200];
  size_t stop_after; /* 0: never */
} taken;

static bool take(void *context, const wt_capture *capture) {
  taken *t = context;
  size_t i = t->count++;
  reading *r = read_bytes(capture->bytes, &capture->source);
  assert_true(i < 16);
  assert_read(r);
  t->at[i] = capture->at;
  t->captured[i] = capture->source.captured;
  t->format[i] = capture->format;
  keep_text(t->url[i], sizeof t->url[i], r->story.fields[WT_FIELD_URL]);
  keep_text(t->headline[i], sizeof t->headline[i], r->story.fields[WT_FIELD_HEADLINE]);
  keep_text(t->outlet[i], sizeof t->outlet[i], r->story.fields[WT_FIELD_OUTLET]);
  keep_text(t->published[i], sizeof t->published[i], r->story.fields[WT_FIELD_PUBLISHED]);
  keep_text(t->first[i], sizeof t->first[i], r->story.block_count > 0 ? r->story.blocks[0].text : (wt_span){"", 0});
  reading_done(r);
  return t->stop_after == 0 || t->count < t->stop_after;
}

static bool note(void *context, const wt_error *err) {
  taken *t = context;
  assert_true(t->troubles < 16);
  snprintf(t->trouble[t->troubles++], sizeof t->trouble[0], "%.80s: %.100s", err->where, err->what);
  return true;
}

static taken *split(wt_span bytes, const char *name, const wt_ingest_options *options) {
  taken *t = calloc(1, sizeof *t);
  wt_error err;
  wt_source source = {.name = wt_span_of(name), .captured = WT_INSTANT_NONE};
  assert_non_null(t);
  assert_ok(wt_captures(bytes, &source, options, take, note, t, &err));
  return t;
}

static void reads_csv(void **state) {
  (void)state;
  taken *t = split(
      WT_SPAN(
          "url,outlet,captured,published,headline,html,text,file\r\n"
          "https://fjord.example/a,fjord,2024-06-20T10:00:00Z,2024-06-20,\"Ferry, the \"\"last\"\"\",,\"It sails.\r\n"
          "\r\nIt waits.\",\r\n"
          ",,never,,,,x,\r\n"
          "a,b\r\n"
          "\r\n"
          ",,2024-06-21,,,<html><body><p>The boat sails on Friday at noon.</p></body></html>,,\r\n"
          "https://fjord.example/d,,,,,,,\r\n"),
      "rows.csv", NULL);
  assert_int_equal(t->count, 2);
  assert_int_equal(t->at[0], 2);
  assert_int_equal(t->at[1], 8);
  assert_string_equal(t->headline[0], "Ferry, the \"last\"");
  assert_string_equal(t->outlet[0], "fjord");
  assert_string_equal(t->published[0], "2024-06-20");
  assert_string_equal(t->first[0], "It sails.");
  assert_int_equal(t->captured[0], 1718877600);
  assert_int_equal(t->format[1], WT_FORMAT_HTML);
  assert_int_equal(t->troubles, 3);
  assert_string_equal(t->trouble[0], "rows.csv: line 5: `captured` is no time");
  assert_string_equal(t->trouble[1], "rows.csv: line 6: fewer cells than the first line has");
  assert_string_equal(t->trouble[2], "rows.csv: line 9: neither html, text nor file");
  free(t);
}

static void renames_columns(void **state) {
  (void)state;
  wt_ingest_options options = {.map = {"captured=date", "text=body"}};
  taken *t = split(WT_SPAN("date;body;url\n2024-06-20;It sails.;https://fjord.example/a\n"), "rows.csv", &options);
  assert_int_equal(t->count, 1);
  assert_int_equal(t->captured[0], 1718841600);
  assert_string_equal(t->outlet[0], "fjord.example");
  free(t);
}

static void a_column_that_is_not_there_is_told(void **state) {
  (void)state;
  static const struct {
    const char *map, *rows, *what;
  } cases[] = {
      {"captured=dates", "date,text\n2024-06-20,It sails.\n", "line 1: no column \"dates\" (--map captured=...)"},
      {"text=Body", "date,body\n2024-06-20,It sails.\n", NULL},
      {NULL, "name,title\na,b\n", "line 1: no column html, text or file; --map text=NAME says which it is"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    wt_ingest_options options = {.map = {cases[i].map}};
    taken t = {.count = 0};
    wt_error err;
    wt_source source = {.name = WT_SPAN("rows.csv"), .captured = WT_INSTANT_NONE};
    wt_status status = wt_captures(wt_span_of(cases[i].rows), &source, &options, take, note, &t, &err);
    assert_int_equal(status, cases[i].what ? WT_EFORMAT : WT_OK);
    if (cases[i].what) assert_string_equal(err.what, cases[i].what);
  }
}

static void goes_on_after_an_open_quote(void **state) {
  (void)state;
  taken *t = split(WT_SPAN("url,text\na,\"never closed\nb,It sails.\n"), "rows.csv", NULL);
  assert_int_equal(t->count, 1);
  assert_string_equal(t->first[0], "It sails.");
  assert_int_equal(t->troubles, 1);
  assert_string_equal(t->trouble[0], "rows.csv: line 2: a quote that is never closed");
  free(t);
}

static void decodes_a_manifest(void **state) {
  (void)state;
  taken *t = split(WT_SPAN("url,text\na,B\xe5ten til \xd8ya g\xe5r p\xe5 fredag og ikke p\xe5 l\xf8rdag.\n"),
                   "rows.csv", NULL);
  assert_int_equal(t->count, 1);
  assert_string_equal(t->first[0],
                      "B\xc3\xa5ten til \xc3\x98ya g\xc3\xa5r p\xc3\xa5 fredag og ikke p\xc3\xa5 l\xc3\xb8rdag.");
  free(t);
}

static void reads_json_lines(void **state) {
  (void)state;
  taken *t = split(WT_SPAN("{\"url\":\"https://fjord.example/"
                           "a\",\"captured\":1718877600,\"headline\":\"Ferry\",\"text\":\"It sails.\"}\n"
                           "not json\n\n[1]\n{\"url\":\"x\"}\n{\"captured\":\"2024-06-20\",\"text\":\"It waits.\"}\n"),
                   "rows.jsonl", NULL);
  assert_int_equal(t->count, 2);
  assert_int_equal(t->captured[0], 1718877600);
  assert_string_equal(t->headline[0], "Ferry");
  assert_int_equal(t->at[1], 6);
  assert_int_equal(t->troubles, 3);
  assert_non_null(strstr(t->trouble[0], "line 2: no JSON"));
  assert_non_null(strstr(t->trouble[1], "line 4: no JSON object"));
  assert_non_null(strstr(t->trouble[2], "line 5: neither html"));
  free(t);
}

static void keeps_files_inside_the_folder(void **state) {
  (void)state;
  char dir[300], path[400], outside[400];
  wt_error err;
  check_temp_dir(dir, sizeof dir);
  snprintf(path, sizeof path, "%s/in/a.txt", dir);
  snprintf(outside, sizeof outside, "%s/secret.txt", dir);
  char folder[400];
  snprintf(folder, sizeof folder, "%s/in", dir);
  assert_ok(wt_dir_make(folder, &err));
  assert_ok(wt_file_write(path, WT_SPAN("Ferry line to close\n\nIt sails on Friday.\n"), &err));
  assert_ok(wt_file_write(outside, WT_SPAN("Nothing to see here.\n"), &err));
  snprintf(path, sizeof path, "%s/in/link.txt", dir);
  assert_int_equal(symlink(outside, path), 0);
  snprintf(path, sizeof path, "%s/in/rows.csv", dir);
  taken *t = split(WT_SPAN("url,file\na,a.txt\nb,../secret.txt\nc,/etc/passwd\nd,link.txt\ne,none.txt\n"), path, NULL);
  assert_int_equal(t->count, 1);
  assert_string_equal(t->headline[0], "Ferry line to close");
  assert_int_equal(t->troubles, 4);
  assert_non_null(strstr(t->trouble[0], "line 3: file '../secret.txt' is outside"));
  assert_non_null(strstr(t->trouble[1], "line 4"));
  assert_non_null(strstr(t->trouble[2], "line 5: file 'link.txt' leads outside"));
  assert_non_null(strstr(t->trouble[3], "line 6"));
  free(t);
  check_remove_dir(dir);
}

static taken *split_fixture(const char *path) {
  wt_buf bytes = {0};
  wt_error err;
  assert_ok(wt_file_read(&bytes, path, (size_t)1 << 20, &err));
  taken *t = split(wt_buf_span(&bytes), path, NULL);
  wt_buf_release(&bytes);
  return t;
}

static void gives_the_items_of_feeds(void **state) {
  (void)state;
  taken *t = split_fixture("fixtures/fuzz/feed/rss.xml");
  assert_int_equal(t->count, 2);
  assert_string_equal(t->headline[0], "Ferry line & pier to close");
  assert_string_equal(t->url[0], "https://fjord.example/ferry");
  assert_string_equal(t->published[0], "2024-06-20T14:03:05+01:00");
  assert_string_equal(t->first[0], "The last boat sails on Friday.");
  assert_string_equal(t->headline[1], "Rain");
  free(t);
  t = split_fixture("fixtures/fuzz/feed/atom.xml");
  assert_int_equal(t->count, 1);
  assert_string_equal(t->headline[0], "Ferry line");
  assert_string_equal(t->outlet[0], "fjord.example");
  free(t);
  t = split_fixture("fixtures/fuzz/feed/feed.json");
  assert_int_equal(t->count, 2);
  assert_string_equal(t->headline[0], "Ferry");
  assert_string_equal(t->first[1], "Rain.");
  free(t);
  t = split_fixture("fixtures/fuzz/feed/rdf.xml");
  assert_int_equal(t->count, 2);
  free(t);
}

static void gives_the_items_of_newsml(void **state) {
  (void)state;
  taken *t = split_fixture("fixtures/fuzz/sniff/two-items.xml");
  assert_int_equal(t->count, 2);
  assert_string_equal(t->headline[0], t->headline[1]);
  assert_string_equal(t->first[1], "The last boat sails on Friday.");
  free(t);
}

static void gives_a_page_as_it_is(void **state) {
  (void)state;
  taken *t = split_fixture("fixtures/fuzz/sniff/page.html.gz");
  assert_int_equal(t->count, 1);
  assert_int_equal(t->format[0], WT_FORMAT_HTML);
  assert_string_equal(t->headline[0], "Ferry line to close");
  free(t);
}

/* The name is the manifest's; what stands in a column of text is text. */
static void reads_text_that_starts_with_a_bracket(void **state) {
  (void)state;
  taken *t =
      split(WT_SPAN("{\"text\":\"[Ferry](#ferry) sails at noon.\"}\n{\"text\":\"{sic} it said.\"}\n"), "x.jsonl", NULL);
  assert_int_equal(t->count, 2);
  assert_int_equal(t->format[0], WT_FORMAT_TEXT);
  assert_int_equal(t->format[1], WT_FORMAT_TEXT);
  free(t);
}

static void stops_when_told(void **state) {
  (void)state;
  taken t = {.stop_after = 1};
  wt_error err;
  wt_source source = {.name = WT_SPAN("x.jsonl"), .captured = WT_INSTANT_NONE};
  assert_int_equal(
      wt_captures(WT_SPAN("{\"text\":\"One two three.\"}\n{\"text\":\"Two.\"}\n"), &source, NULL, take, note, &t, &err),
      WT_ECANCELED);
  assert_int_equal(t.count, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_csv),
      cmocka_unit_test(renames_columns),
      cmocka_unit_test(a_column_that_is_not_there_is_told),
      cmocka_unit_test(goes_on_after_an_open_quote),
      cmocka_unit_test(decodes_a_manifest),
      cmocka_unit_test(reads_json_lines),
      cmocka_unit_test(keeps_files_inside_the_folder),
      cmocka_unit_test(gives_the_items_of_feeds),
      cmocka_unit_test(gives_the_items_of_newsml),
      cmocka_unit_test(gives_a_page_as_it_is),
      cmocka_unit_test(reads_text_that_starts_with_a_bracket),
      cmocka_unit_test(stops_when_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
