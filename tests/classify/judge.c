/* Reads lines of `old TAB new` (paragraphs parted by U+001E) and prints the classes of each pair as a line of JSON. */
#include "wt/classify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static wt_status judge(wt_buf *out, wt_span old, wt_span new, wt_error *err) {
  wt_arena arena = {0};
  wt_story old_story, new_story;
  wt_diff diff;
  wt_classified found;
  wt_story_init(&old_story, &arena);
  wt_story_init(&new_story, &arena);
  wt_span sides[2] = {old, new};
  wt_story *stories[2] = {&old_story, &new_story};
  wt_status status = WT_OK;
  for (int s = 0; s < 2 && status == WT_OK; s++) {
    for (size_t begin = 0; begin < sides[s].len && status == WT_OK;) {
      wt_span rest = wt_span_sub(sides[s], begin, sides[s].len);
      size_t len = wt_span_find(rest, WT_SPAN("\x1e"));
      status = wt_story_add_block(stories[s], WT_BLOCK_PARAGRAPH, wt_span_sub(rest, 0, len), err);
      begin += len + 1;
    }
    if (status == WT_OK) status = wt_story_seal(stories[s], err);
  }
  if (status == WT_OK) status = wt_diff_stories(&diff, &arena, &old_story, &new_story, NULL, err);
  if (status == WT_OK) status = wt_classify(&found, &arena, &diff, &old_story, &new_story, err);
  if (status == WT_OK) {
    wt_json json;
    wt_json_init(&json, out);
    wt_json_object(&json);
    wt_json_key(&json, "classes");
    wt_json_array(&json);
    for (unsigned i = 0; i < WT_CLASSES; i++)
      if (found.classes & 1u << i) wt_json_text(&json, wt_class_name((wt_class)i));
    wt_json_array_end(&json);
    wt_json_member_bool(&json, "substantive", found.substantive);
    wt_json_key(&json, "why");
    wt_json_array(&json);
    for (size_t i = 0; i < diff.count; i++)
      for (size_t k = 0; k < found.edits[i].why_count; k++) wt_json_span(&json, found.edits[i].why[k]);
    wt_json_array_end(&json);
    wt_json_object_end(&json);
    wt_json_line_end(&json);
  }
  wt_arena_release(&arena);
  return status;
}

int main(void) {
  char *line = NULL;
  size_t capacity = 0;
  ssize_t len;
  wt_buf out = {0};
  wt_error err = {0};
  while ((len = getline(&line, &capacity, stdin)) > 0) {
    wt_span all = wt_span_trim((wt_span){line, (size_t)len});
    size_t tab = wt_span_find(all, WT_SPAN("\t"));
    if (judge(&out, wt_span_sub(all, 0, tab), wt_span_sub(all, tab + 1, all.len), &err) != WT_OK) {
      fprintf(stderr, "%s\n", err.what);
      return 2;
    }
    fwrite(out.data, 1, out.len, stdout);
    wt_buf_clear(&out);
  }
  wt_buf_release(&out);
  free(line);
  return 0;
}
