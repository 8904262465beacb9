/* Lists of archived URLs, in each form that archives and crawlers write -> captures here, and captures elsewhere. */
#include "support/ingest.h"

#include <sys/stat.h>

#include "ingest/cdx.h"

typedef struct taken {
  size_t count, troubles;
  char url[16][100], fetch[16][160], captured[16][32], digest[16][40], headline[16][60], trouble[16][200];
  bool elsewhere[16];
  uint64_t at[16];
} taken;

static bool take(void *context, const wt_capture *capture) {
  taken *t = context;
  size_t i = t->count++;
  wt_buf time = {0};
  assert_true(i < 16);
  wt_instant_put(&time, capture->source.captured);
  keep_text(t->captured[i], sizeof t->captured[i], wt_buf_span(&time));
  wt_buf_release(&time);
  keep_text(t->url[i], sizeof t->url[i], capture->source.url);
  keep_text(t->fetch[i], sizeof t->fetch[i], capture->fetch);
  keep_text(t->digest[i], sizeof t->digest[i], capture->digest);
  t->elsewhere[i] = capture->elsewhere;
  t->at[i] = capture->at;
  if (capture->elsewhere) return true;
  reading *r = read_bytes(capture->bytes, &capture->source);
  assert_read(r);
  keep_text(t->headline[i], sizeof t->headline[i], r->story.fields[WT_FIELD_HEADLINE]);
  reading_done(r);
  return true;
}

static bool note(void *context, const wt_error *err) {
  taken *t = context;
  assert_true(t->troubles < 16);
  snprintf(t->trouble[t->troubles++], sizeof t->trouble[0], "%.180s", err->what);
  return true;
}

static taken *split(const char *text, const char *name, const wt_ingest_options *options) {
  taken *t = calloc(1, sizeof *t);
  wt_error err;
  wt_source source = {.name = wt_span_of(name), .captured = WT_INSTANT_NONE};
  assert_non_null(t);
  assert_int_equal(wt_sniff(wt_span_of(text), &source), WT_FORMAT_CDX);
  assert_ok(wt_captures(wt_span_of(text), &source, options, take, note, t, &err));
  return t;
}

static const wt_ingest_options far = {.elsewhere = true};

/* Every form of the same two rows: the second is a page, the first a picture that is passed over. */
static void each_form_gives_the_same_row(void **state) {
  (void)state;
  static const char *const forms[] = {
      "example,fjord)/p.png 20240620095900 https://fjord.example/p.png image/png 200 AAAA 12\n"
      "example,fjord)/a 20240620100000 https://fjord.example/a text/html 200 BBBB 345\n",
      " CDX N b a m s k r M S V g\n"
      "example,fjord)/p.png 20240620095900 https://fjord.example/p.png image/png 200 AAAA - - 12 0 -\n"
      "example,fjord)/a 20240620100000 https://fjord.example/a text/html 200 BBBB - - 345 100 -\r\n",
      "\tCDX\tb\ta\tk\n20240620100000\thttps://fjord.example/a\tBBBB\n",
      "example,fjord)/a 20240620100000 https://fjord.example/a text/html 200 BBBB - 100 -\n",
      "20240620100000 https://fjord.example:443/a text/html 200 BBBB 345\n",
      "!OpenWayback-CDXJ 1.0\n"
      "example,fjord)/a 20240620100000 {\"url\": \"https://fjord.example/a\", \"mime\": \"text/html\", \"status\": "
      "\"200\", \"digest\": \"sha1:BBBB\", \"length\": \"345\"}\n",
      "{\"urlkey\": \"example,fjord)/a\", \"timestamp\": \"20240620100000\", \"url\": \"https://fjord.example/a\", "
      "\"mime\": \"text/html\", \"status\": \"200\", \"digest\": \"BBBB\"}\n"
      "{\"urlkey\": \"example,fjord)/p\", \"timestamp\": \"20240620100000\", \"url\": \"https://fjord.example/p\", "
      "\"mime\": \"image/png\", \"status\": \"200\", \"digest\": \"BBBB\"}\n",
      "[[\"urlkey\",\"timestamp\",\"original\",\"mimetype\",\"statuscode\",\"digest\",\"length\"],\n"
      "[\"example,fjord)/a\",\"20240620100000\",\"https://fjord.example/a\",\"text/html\",\"200\",\"BBBB\",\"345\"],\n"
      "[\"example,fjord)/b\",\"20240620100000\",\"https://fjord.example/b\",\"text/html\",\"404\",\"CCCC\",\"345\"],\n"
      "[],[\"a key to go on with\"]]",
      "[{\"timestamp\":20240620100000,\"original\":\"https://fjord.example/a\",\"digest\":\"BBBB\"}]",
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    taken *t = split(forms[i], "list", &far);
    if (t->count != 1) print_error("form %zu: %zu\n", i, t->count);
    assert_int_equal(t->count, 1);
    assert_string_equal(t->url[0], "https://fjord.example/a");
    assert_string_equal(t->captured[0], "2024-06-20T10:00:00Z");
    assert_string_equal(t->digest[0], "BBBB");
    assert_true(t->elsewhere[0]);
    assert_string_equal(t->fetch[0], "https://web.archive.org/web/20240620100000id_/https://fjord.example/a");
    assert_int_equal(t->troubles, i == 7 ? 1 : 0); /* the key has no time */
    free(t);
  }
}

static void a_list_of_addresses_is_asked_where_it_says(void **state) {
  (void)state;
  static const char *const forms[] = {
      "https://arc.example/web/20240620100000/https://fjord.example/a\n",
      "# found by hand\nhttps://arc.example/web/20240620100000im_/https://fjord.example/a\n",
      "<https://fjord.example/a>; rel=\"original\",\n"
      "<https://arc.example/web/timemap/link/https://fjord.example/a>; rel=\"self\"; "
      "type=\"application/link-format\",\n"
      "<https://arc.example/web/20240620100000/https://fjord.example/a>; rel=\"first memento\"; datetime=\"Thu, 20 Jun "
      "2024 10:00:00 GMT\",\n",
  };
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    taken *t = split(forms[i], "list", &far);
    assert_int_equal(t->count, 1);
    assert_int_equal(t->troubles, 0);
    assert_string_equal(t->url[0], "https://fjord.example/a");
    assert_string_equal(t->fetch[0], "https://arc.example/web/20240620100000id_/https://fjord.example/a");
    free(t);
  }
  wt_ingest_options other = {.elsewhere = true, .archive = "http://127.0.0.1:8080/news"};
  taken *t = split(forms[0], "list", &other);
  assert_string_equal(t->fetch[0], "http://127.0.0.1:8080/news/20240620100000id_/https://fjord.example/a");
  free(t);
}

static void what_is_no_row_is_named_by_its_line(void **state) {
  (void)state;
  taken *t = split("example,fjord)/a 20240620100000 https://fjord.example/a text/html 200 BBBB 345\n"
                   "nonsense\n"
                   "example,fjord)/b 20249920100000 https://fjord.example/b text/html 200 BBBB 345\n"
                   "\n"
                   "example,fjord)/c 20240620100001 https://fjord.example/c warc/revisit - BBBB 345\n"
                   "example,fjord)/d 20240620100001 {\"url\": \n",
                   "list", &far);
  assert_int_equal(t->count, 2);
  assert_int_equal(t->at[1], 5);
  assert_int_equal(t->troubles, 3);
  assert_string_equal(t->trouble[0], "line 2: no row of a CDX list");
  assert_string_equal(t->trouble[1], "line 3: no row of a CDX list");
  assert_string_equal(t->trouble[2], "line 6: no JSON object in a row of a CDX list");
  free(t);
  t = split("20240620100000 https://fjord.example/a\n", "list", NULL);
  assert_int_equal(t->count, 0);
  assert_string_equal(t->trouble[0], "line 1: lies in a web archive, not here");
  free(t);
}

static void what_only_looks_like_one_is_none(void **state) {
  (void)state;
  static const char *const texts[] = {
      "20240620100000 people signed the petition.\n",
      "The address was https://arc.example/web/20240620100000/https://fjord.example/a\n",
      "Ferry 20240620100000 sails.\n",
      "CDX is a format of lists.\n",
      "[\"timestamp\" is a word]",
      "{\"timestamp\":\"20240620100000\",\"url\":\"https://fjord.example/a\",\"text\":\"It sails.\"}",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    wt_source source = {.captured = WT_INSTANT_NONE};
    if (wt_sniff(wt_span_of(texts[i]), &source) == WT_FORMAT_CDX) print_error("%s\n", texts[i]);
    assert_true(wt_sniff(wt_span_of(texts[i]), &source) != WT_FORMAT_CDX);
  }
}

/* ---- bytes that are here ---- */

static void put_file(const char *dir, const char *name, wt_span bytes) {
  wt_error err;
  char path[600];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  for (char *slash = strchr(path + strlen(dir) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
  assert_ok(wt_file_write(path, bytes, &err));
}

static void put_page(wt_buf *out, const char *headline) {
  wt_buf_put_format(out,
                    "<html><head><title>%s</title></head><body><article><h1>%s</h1><p>The ferry line will close in "
                    "May, the operator said on Monday.</p></article></body></html>",
                    headline, headline);
}

static void put_record(wt_buf *out, const char *url, const char *date, const char *headline) {
  wt_buf page = {0};
  put_page(&page, headline);
  wt_buf http = {0};
  wt_buf_put_format(&http, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n%s", page.len,
                    page.data);
  wt_buf_put_format(out,
                    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: "
                    "application/http\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
                    url, date, http.len, http.data);
  wt_buf_release(&page);
  wt_buf_release(&http);
}

static void reads_records_at_their_offsets(void **state) {
  (void)state;
  char dir[256], list[400], text[2000];
  wt_buf one = {0}, two = {0}, warc = {0}, packed = {0};
  wt_error err;
  check_temp_dir(dir, sizeof dir);
  put_record(&one, "https://fjord.example/a", "2024-06-20T10:00:00Z", "Ferry line to close");
  put_record(&two, "https://fjord.example/a", "2024-06-21T10:00:00Z", "Ferry line to stay");
  wt_buf_put_span(&warc, wt_buf_span(&one));
  wt_buf_put_span(&warc, wt_buf_span(&two));
  put_file(dir, "plain.warc", wt_buf_span(&warc));
  assert_ok(wt_gzip(&packed, wt_buf_span(&one), &err));
  size_t second = packed.len;
  assert_ok(wt_gzip(&packed, wt_buf_span(&two), &err));
  put_file(dir, "deep/packed.warc.gz", wt_buf_span(&packed));
  snprintf(list, sizeof list, "%s/deep/list.cdx", dir);
  put_file(dir, "deep/plain.warc", wt_buf_span(&warc));
  snprintf(text, sizeof text,
           " CDX N b a m s k r M S V g\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - %zu %zu crawl/2024/packed.warc.gz\n"
           "k 20240620100000 https://fjord.example/a text/html 200 B - - - 0 packed.warc.gz\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - - %zu plain.warc\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - - 7 plain.warc\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - - 99999999 plain.warc\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - - 0 absent.warc\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - - 0 ../plain.warc/..\n"
           "k 20240621100000 https://fjord.example/a text/html 200 B - - - 0 /etc/hostname\n",
           packed.len - second, second, one.len);
  taken *t = split(text, list, &far);
  assert_int_equal(t->count, 3);
  assert_string_equal(t->headline[0], "Ferry line to stay");
  assert_string_equal(t->captured[0], "2024-06-21T10:00:00Z");
  assert_string_equal(t->headline[1], "Ferry line to close");
  assert_string_equal(t->headline[2], "Ferry line to stay");
  assert_int_equal(t->troubles, 5);
  assert_string_equal(t->trouble[0], "no WARC record where one should begin");
  assert_non_null(strstr(t->trouble[1], "has no byte 99999999"));
  assert_non_null(strstr(t->trouble[2], "absent.warc is not beside the list"));
  assert_non_null(strstr(t->trouble[3], "outside"));
  assert_non_null(strstr(t->trouble[4], "is not beside the list"));
  free(t);
  check_remove_dir(dir);
  wt_buf_release(&one);
  wt_buf_release(&two);
  wt_buf_release(&warc);
  wt_buf_release(&packed);
}

static void reads_pages_that_a_downloader_left(void **state) {
  (void)state;
  static const char *const places[] = {"20240620100000/fjord.example/a", "20240620100000/fjord.example/a/index.html",
                                       "fjord.example/20240620100000/a.html", "20240620100000.html", "BBBB"};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    char dir[256], list[400];
    wt_buf page = {0};
    check_temp_dir(dir, sizeof dir);
    put_page(&page, "Ferry line to close");
    put_file(dir, places[i], wt_buf_span(&page));
    snprintf(list, sizeof list, "%s/list.txt", dir);
    taken *t = split("k 20240620100000 https://fjord.example/a text/html 200 BBBB 345\n", list, NULL);
    if (t->count != 1) print_error("%s\n", places[i]);
    assert_int_equal(t->count, 1);
    assert_false(t->elsewhere[0]);
    assert_string_equal(t->headline[0], "Ferry line to close");
    assert_string_equal(t->url[0], "https://fjord.example/a");
    free(t);
    check_remove_dir(dir);
    wt_buf_release(&page);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_form_gives_the_same_row),
      cmocka_unit_test(a_list_of_addresses_is_asked_where_it_says),
      cmocka_unit_test(what_is_no_row_is_named_by_its_line),
      cmocka_unit_test(what_only_looks_like_one_is_none),
      cmocka_unit_test(reads_records_at_their_offsets),
      cmocka_unit_test(reads_pages_that_a_downloader_left),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
