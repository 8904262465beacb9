/* Pairs of sentences and what must be said of them. A folder fixtures/classify/CASE has a file `pairs`:

     - the old text
     + the new text
     = number, date substantive

   Classes without `lede` and those of structure; `substantive` at the end when a reader may now believe something else.
   Paragraphs are parted by " ¶ ". What is in no class is missed; what is in one too many is a false alarm: both fail. */
#include "classify/pair.h"

#include <dirent.h>
#include <limits.h>

#define CASES "fixtures/classify"
#define STRUCTURE (1u << WT_CLASS_LEDE | 1u << WT_CLASS_MOVED | 1u << WT_CLASS_SPLIT | 1u << WT_CLASS_MERGE)

/* A paragraph a block, as a reader hands them on. */
static void make(wt_story *out, wt_arena *arena, wt_span text) {
  static const char mark[] = " \u00B6 ";
  wt_error err;
  wt_story_init(out, arena);
  while (text.len) {
    size_t end = wt_span_find(text, wt_span_of(mark));
    assert_ok(wt_story_add_block(out, WT_BLOCK_PARAGRAPH, wt_span_sub(text, 0, end), &err));
    text = wt_span_sub(text, end + strlen(mark), text.len);
  }
  assert_ok(wt_story_seal(out, &err));
}

static uint32_t read_classes(wt_span list) {
  uint32_t classes = 0;
  while (list.len) {
    wt_class class;
    size_t comma = wt_span_find(list, WT_SPAN(", "));
    if (wt_class_parse(&class, wt_span_sub(list, 0, comma)))
      classes |= 1u << class;
    else
      fail_msg("no class: %.*s", (int)list.len, list.data);
    list = wt_span_sub(list, comma + 2, list.len);
  }
  return classes;
}

static bool check_pair(const char *name, wt_span old, wt_span new, wt_span want) {
  wt_arena arena = {0};
  wt_story sides[2];
  wt_diff diff;
  wt_classified found;
  wt_error err;
  wt_buf said = {0};
  make(&sides[0], &arena, old);
  make(&sides[1], &arena, new);
  assert_ok(wt_diff_stories(&diff, &arena, &sides[0], &sides[1], NULL, &err));
  assert_ok(wt_classify(&found, &arena, &diff, &sides[0], &sides[1], &err));
  bool substantive = wt_span_ends(want, WT_SPAN(" substantive"));
  wt_span list = substantive ? wt_span_sub(want, 0, want.len - strlen(" substantive")) : want;
  wt_classes_put(&said, found.classes & ~STRUCTURE);
  bool ok = (found.classes & ~STRUCTURE) == read_classes(list) && found.substantive == substantive;
  if (!ok)
    print_error("%s:\n- %.*s\n+ %.*s\nsaid: %s%s\nwant: %.*s\n", name, (int)old.len, old.data, (int)new.len, new.data,
                said.data ? said.data : "", found.substantive ? " substantive" : "", (int)want.len, want.data);
  wt_buf_release(&said);
  wt_arena_release(&arena);
  return ok;
}

static size_t check_file(const char *name, size_t *pairs) {
  char path[PATH_MAX];
  wt_buf text = {0};
  wt_span line, old = {0}, new = {0};
  size_t wrong = 0;
  snprintf(path, sizeof path, CASES "/%s/pairs", name);
  assert_int_equal(wt_file_read(&text, path, 1 << 22, NULL), WT_OK);
  wt_span rest = wt_buf_span(&text);
  while (wt_span_line(&line, &rest)) {
    wt_span value = wt_span_sub(line, 2, line.len);
    if (wt_span_starts(line, WT_SPAN("- "))) old = value;
    if (wt_span_starts(line, WT_SPAN("+ "))) new = value;
    if (!wt_span_starts(line, WT_SPAN("= "))) continue;
    wrong += !check_pair(name, old, new, value);
    ++*pairs;
  }
  wt_buf_release(&text);
  return wrong;
}

static void every_pair(void **state) {
  (void)state;
  size_t pairs = 0, wrong = 0;
  DIR *cases = opendir(CASES);
  assert_non_null(cases);
  for (const struct dirent *entry; (entry = readdir(cases)) != NULL;)
    if (entry->d_name[0] != '.') wrong += check_file(entry->d_name, &pairs);
  closedir(cases);
  print_message("%zu pairs\n", pairs);
  assert_int_equal(wrong, 0);
  assert_true(pairs > 400);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_pair)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
