/* Pages: golden cases in fixtures/ingest/html, receipts over every page of the data, hostile pages. */
#include "support/check.h"

#include <dirent.h>
#include <jansson.h>
#include <libxml/HTMLparser.h>

#include "ingest/html.h"

#define CASES "fixtures/ingest/html"

static wt_status read_page(wt_story *story, wt_arena *arena, wt_span page, wt_error *err) {
  wt_source source = {.name = WT_SPAN("page.html"), .captured = WT_INSTANT_NONE};
  *arena = (wt_arena){0};
  return wt_html_read(story, arena, page, &source, NULL, err);
}

/* ---- golden cases ---- */

static json_t *as_json(const wt_story *story) {
  wt_buf out = {0};
  wt_error err;
  assert_ok(wt_story_print_json(&out, story, &(wt_story_origin){.captured = WT_INSTANT_NONE}, &err));
  json_t *json = json_loadb(out.data, out.len, 0, NULL);
  assert_non_null(json);
  wt_buf_release(&out);
  return json;
}

static const char *text_of(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text == NULL ? "" : text;
}

static void show(const char *name, const char *key, const json_t *want, const json_t *have) {
  char *a = json_dumps(want, JSON_ENCODE_ANY), *b = json_dumps(have, JSON_ENCODE_ANY);
  print_error("%s: %s\n want %s\n have %s\n", name, key, a ? a : "(none)", b ? b : "(none)");
  free(a);
  free(b);
}

/* expect.paragraphs is the whole list, as [kind, text]. */
static bool check_paragraphs(const char *name, const json_t *want, const json_t *have) {
  bool same = json_array_size(want) == json_array_size(have);
  for (size_t i = 0; same && i < json_array_size(want); i++) {
    const json_t *pair = json_array_get(want, i), *block = json_array_get(have, i);
    same = strcmp(json_string_value(json_array_get(pair, 0)), text_of(block, "kind")) == 0 &&
           strcmp(json_string_value(json_array_get(pair, 1)), text_of(block, "text")) == 0;
  }
  if (!same) show(name, "paragraphs", want, have);
  return same;
}

/* Each of expect.dropped, as [reason, text], is among what was dropped. */
static bool check_dropped(const char *name, const json_t *want, const json_t *have) {
  for (size_t i = 0; i < json_array_size(want); i++) {
    const json_t *pair = json_array_get(want, i);
    bool found = false;
    for (size_t j = 0; !found && j < json_array_size(have); j++) {
      const json_t *piece = json_array_get(have, j);
      found = strcmp(json_string_value(json_array_get(pair, 0)), text_of(piece, "reason")) == 0 &&
              strcmp(json_string_value(json_array_get(pair, 1)), text_of(piece, "text")) == 0;
    }
    if (found) continue;
    show(name, "dropped", pair, have);
    return false;
  }
  return true;
}

static bool check_case(const char *name) {
  bool same = true;
  char path[600];
  wt_buf page = {0};
  wt_arena arena;
  wt_story story;
  wt_error err;
  snprintf(path, sizeof path, CASES "/%s/page.html", name);
  assert_ok(wt_file_read(&page, path, 1u << 20, &err));
  snprintf(path, sizeof path, CASES "/%s/expect.json", name);
  json_t *want = json_load_file(path, 0, NULL);
  if (want == NULL) print_error("%s: no JSON\n", path);
  assert_non_null(want);
  assert_ok(read_page(&story, &arena, wt_buf_span(&page), &err));
  assert_ok(wt_story_seal(&story, &err));
  json_t *have = as_json(&story);
  const char *key;
  json_t *value;
  json_object_foreach(want, key, value) {
    const json_t *other = json_object_get(have, key);
    if (strcmp(key, "paragraphs") == 0)
      same &= check_paragraphs(name, value, other);
    else if (strcmp(key, "dropped") == 0)
      same &= check_dropped(name, value, other);
    else if (!json_equal(value, other)) {
      show(name, key, value, other);
      same = false;
    }
  }
  json_decref(want);
  json_decref(have);
  wt_arena_release(&arena);
  wt_buf_release(&page);
  return same;
}

static void golden_cases(void **state) {
  (void)state;
  struct dirent **names;
  int count = scandir(CASES, &names, NULL, alphasort), cases = 0, bad = 0;
  assert_true(count > 0);
  for (int i = 0; i < count; i++) {
    if (names[i]->d_name[0] != '.') {
      bad += !check_case(names[i]->d_name);
      cases++;
    }
    free(names[i]);
  }
  free(names);
  assert_true(cases >= 10);
  assert_int_equal(bad, 0);
}

/* ---- receipts ---- */

/* Another walk than the reader's own: libxml2's tree, what a browser shows of it. */
static bool is_shown(const xmlNode *node) {
  static const char *const unseen[] = {"script", "style", "head",  "noscript", "template", "svg",  "iframe",
                                       "object", "video", "audio", "canvas",   "textarea", "title"};
  for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
    if (xmlStrEqual(node->name, (const xmlChar *)unseen[i])) return false;
  return true;
}

static void put_visible(wt_buf *out, const xmlNode *root) {
  for (const xmlNode *node = root; node != NULL;) {
    if (node->type == XML_TEXT_NODE) wt_buf_put_text(out, (const char *)node->content);
    if (node->children != NULL && node->type == XML_ELEMENT_NODE && is_shown(node)) {
      node = node->children;
      continue;
    }
    while (node != NULL && node != root && node->next == NULL) node = node->parent;
    if (node == NULL || node == root) return;
    node = node->next;
  }
}

/* How often each character comes, white space apart, by a hash of it. */
enum { BINS = 1 << 16 };
static void count_characters(uint32_t *bins, wt_span text, bool *space) {
  for (size_t at = 0; at < text.len;) {
    uint32_t c = wt_utf8_next(text, &at);
    if (c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x3000 || c == 0x202F || c == 0x205F ||
        c == 0x2028 || c == 0x2029 || c == 0x1680 || c == 0x85)
      *space = true;
    else
      bins[(c ^ c >> 16) % BINS]++;
  }
}

static void count_story(uint32_t *bins, const wt_story *story) {
  bool space;
  for (size_t i = 0; i < story->block_count; i++) count_characters(bins, story->blocks[i].text, &space);
  for (size_t i = 0; i < story->dropped_count; i++) count_characters(bins, story->dropped[i].text, &space);
  for (size_t i = 0; i < WT_FIELDS; i++) count_characters(bins, story->fields[i], &space);
  for (size_t i = 0; i < WT_LISTS; i++)
    for (size_t j = 0; j < story->lists[i].count; j++) count_characters(bins, story->lists[i].items[j], &space);
}

static bool check_receipts(const char *path) {
  wt_buf raw = {0}, page = {0}, utf8 = {0}, visible = {0};
  wt_arena arena;
  wt_story story;
  wt_error err;
  wt_decoded how;
  wt_decode_hints hints = {0};
  uint32_t *want = calloc(BINS, sizeof *want), *have = calloc(BINS, sizeof *have);
  bool space, all = true;
  assert_ok(wt_file_read(&raw, path, 1u << 28, &err));
  assert_ok(wt_gunzip(&page, wt_buf_span(&raw), 1u << 28, &err));
  assert_ok(read_page(&story, &arena, wt_buf_span(&page), &err));
  for (size_t i = 0; i < story.dropped_count; i++) assert_true(story.dropped[i].reason.len > 0);
  if (wt_utf8_valid(wt_buf_span(&page)) == page.len) { /* else the charset is the text layer's to test */
    assert_ok(wt_decode(&utf8, &how, wt_buf_span(&page), &hints, &err));
    htmlDocPtr doc = htmlReadMemory(utf8.data, (int)utf8.len, NULL, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                        XML_PARSE_HUGE);
    assert_non_null(doc);
    if (xmlDocGetRootElement(doc) != NULL) put_visible(&visible, xmlDocGetRootElement(doc));
    xmlFreeDoc(doc);
    count_characters(want, wt_buf_span(&visible), &space);
    count_story(have, &story);
    for (size_t i = 0; i < BINS; i++)
      if (have[i] < want[i]) {
        print_error("%s: character %zx: %u on the page, %u in the story\n", path, i, want[i], have[i]);
        all = false;
        break;
      }
  }
  free(want);
  free(have);
  wt_arena_release(&arena);
  wt_buf_release(&raw);
  wt_buf_release(&page);
  wt_buf_release(&utf8);
  wt_buf_release(&visible);
  return all;
}

typedef struct receipts {
  int pages, bad;
} receipts;

static bool receipt_of(void *context, const char *path) {
  receipts *r = context;
  if (!wt_span_ends(wt_span_of(path), WT_SPAN(".html.gz"))) return true;
  r->pages++;
  r->bad += !check_receipts(path);
  return true;
}

static bool trouble(void *context, const wt_error *err) {
  (void)context;
  (void)err;
  return true;
}

static void every_character_of_the_data_is_accounted_for(void **state) {
  (void)state;
  const char *data = check_data();
  char path[4200];
  wt_error err;
  receipts r = {0};
  if (data == NULL) {
    print_message("no data to read: skipped\n");
    skip();
  }
  snprintf(path, sizeof path, "%s/pages", data);
  assert_ok(wt_dir_walk(path, receipt_of, trouble, &r, &err));
  snprintf(path, sizeof path, "%s/articles", data);
  assert_ok(wt_dir_walk(path, receipt_of, trouble, &r, &err));
  print_message("receipts: %d pages, %d with a loss\n", r.pages, r.bad);
  assert_true(r.pages > 200);
  assert_int_equal(r.bad, 0);
}

/* ---- hostile pages ---- */

static void put_times(wt_buf *out, const char *text, size_t times) {
  for (size_t i = 0; i < times; i++) wt_buf_put_text(out, text);
}

static bool says(const wt_story *story, const char *text) {
  wt_span needle = wt_span_of(text);
  for (size_t i = 0; i < story->block_count; i++)
    if (wt_span_find(story->blocks[i].text, needle) < story->blocks[i].text.len) return true;
  for (size_t i = 0; i < story->dropped_count; i++)
    if (wt_span_find(story->dropped[i].text, needle) < story->dropped[i].text.len) return true;
  return false;
}

static void depth_is_no_limit(void **state) {
  (void)state;
  static const char *const tags[] = {
      "<div>", "<b><i>", "<ul><li>", "<blockquote>", "<span><a href=x>", "<table><tr><td>", "<article><aside>"};
  for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
    wt_buf page = {0};
    wt_arena arena;
    wt_story story;
    wt_error err;
    put_times(&page, tags[i], 10000);
    wt_buf_put_text(&page, "The mayor said on Monday that the bridge will open in May, a year late.");
    assert_ok(read_page(&story, &arena, wt_buf_span(&page), &err));
    assert_true(says(&story, "the bridge will open in May"));
    wt_arena_release(&arena);
    wt_buf_release(&page);
  }
}

static void wrong_nesting_is_refused_in_time(void **state) {
  (void)state;
  wt_buf page = {0};
  wt_arena arena;
  wt_story story;
  wt_error err;
  put_times(&page, "<div>", 100000);
  put_times(&page, "</p>", 400000);
  assert_int_equal(read_page(&story, &arena, wt_buf_span(&page), &err), WT_ELIMIT);
  assert_true(strlen(err.what) > 0);
  wt_arena_release(&arena);
  wt_buf_release(&page);
}

static void pieces_that_repeat(void **state) {
  (void)state;
  static const char *const pieces[] = {"<p>",
                                       "<a href=x>y ",
                                       "<h1>a ",
                                       "word.<br>",
                                       "<",
                                       "&",
                                       "&amp;&#x41;",
                                       "<!--",
                                       "<p>He said so again, and nobody asked why.",
                                       "<script>",
                                       "<script type='application/ld+json'>{\"@type\":\"Article\"}</script>",
                                       "<meta name=author content=x>",
                                       "<span>x",
                                       "</div>",
                                       "<li>x</li>",
                                       "<svg><title>t</title>",
                                       "<time datetime=2024-01-01>",
                                       "\xFF",
                                       "\0x"};
  for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
    wt_buf page = {0};
    wt_arena arena;
    wt_story story;
    wt_error err;
    put_times(&page, pieces[i], 30000);
    assert_ok(read_page(&story, &arena, wt_buf_span(&page), &err));
    wt_arena_release(&arena);
    wt_buf_release(&page);
  }
}

static void nothing_is_loaded(void **state) {
  (void)state;
  wt_arena arena;
  wt_story story;
  wt_error err;
  wt_span page = WT_SPAN("<!DOCTYPE html [<!ENTITY a \"lol\"><!ENTITY b SYSTEM "
                         "\"file:///etc/passwd\">]><body><p>&a;&b; stays what it is.</p>");
  assert_ok(read_page(&story, &arena, page, &err));
  assert_true(says(&story, "stays what it is."));
  assert_false(says(&story, "root:"));
  wt_arena_release(&arena);
}

static void empty_and_script_only(void **state) {
  (void)state;
  static const char *const pages[] = {"", " ", "<html></html>", "<script>var a = '<p>no</p>';</script>",
                                      "<title>Only a title</title>"};
  for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
    wt_arena arena;
    wt_story story;
    wt_error err;
    assert_ok(read_page(&story, &arena, wt_span_of(pages[i]), &err));
    assert_int_equal(story.block_count, 0);
    wt_arena_release(&arena);
  }
}

/* Each allocation fails in turn: an error, never a crash. */
static void memory_runs_out(void **state) {
  (void)state;
  wt_span page = WT_SPAN("<html><head><title>A bridge opens | Post</title><script "
                         "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":"
                         "\"A bridge opens\",\"author\":{\"name\":\"Ann Lee\"}}</script></head><body><h1>A bridge "
                         "opens</h1><p>By Ann Lee</p>"
                         "<article><p>The mayor said on Monday that the bridge will open in May, a year late, and that "
                         "he was sorry for it.</p>"
                         "<ul><li>One thing</li></ul></article></body></html>");
  bool done = false;
  for (int64_t n = 0; n < 3000 && !done; n++) {
    wt_arena arena;
    wt_story story;
    wt_error err;
    wt_alloc_fail_after(n);
    wt_status status = read_page(&story, &arena, page, &err);
    wt_alloc_fail_after(-1);
    assert_true(status == WT_OK || status == WT_ENOMEM);
    done = status == WT_OK;
    if (done) assert_true(says(&story, "a year late"));
    wt_arena_release(&arena);
  }
  assert_true(done);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_cases),          cmocka_unit_test(every_character_of_the_data_is_accounted_for),
      cmocka_unit_test(depth_is_no_limit),     cmocka_unit_test(wrong_nesting_is_refused_in_time),
      cmocka_unit_test(pieces_that_repeat),    cmocka_unit_test(nothing_is_loaded),
      cmocka_unit_test(empty_and_script_only), cmocka_unit_test(memory_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
