/* The canonical form out: one sentence a line, an empty line between blocks. */
#include "wt/story.h"

#include <string.h>

static void put_value(wt_buf *out, const char *name, wt_span value) {
  if (value.len == 0) return;
  wt_buf_put_text(out, name);
  wt_buf_put_text(out, ": ");
  for (size_t i = 0; i < value.len; i++) {
    char c = value.data[i];
    if (c == '\\')
      wt_buf_put_text(out, "\\\\");
    else if (c == '\n')
      wt_buf_put_text(out, "\\n");
    else
      wt_buf_put_char(out, c);
  }
  wt_buf_put_char(out, '\n');
}

static void put_front_matter(wt_buf *out, const wt_story *story) {
  wt_buf_put_text(out, "writethru: 1\n");
  for (int f = 0; f < WT_FIELDS; f++) put_value(out, wt_story_field_name((wt_story_field)f), story->fields[f]);
  for (int l = 0; l < WT_LISTS; l++)
    for (size_t i = 0; i < story->lists[l].count; i++)
      put_value(out, wt_story_list_name((wt_story_list)l), story->lists[l].items[i]);
  if (story->status != WT_STATUS_USABLE) put_value(out, "status", wt_span_of(wt_story_status_name(story->status)));
  if (story->state != WT_CAPTURE_WHOLE) put_value(out, "state", wt_span_of(wt_capture_state_name(story->state)));
  if (story->revision) wt_buf_put_format(out, "revision: %u\n", (unsigned)story->revision);
}

/* In a marker only printing ASCII stands for itself; all else, and what the marker's syntax uses, is %XX. */
static void put_marker_value(wt_buf *out, wt_span value) {
  for (size_t i = 0; i < value.len; i++) {
    unsigned char c = (unsigned char)value.data[i];
    if (c > ' ' && c < 0x7F && !strchr("%]=[", c))
      wt_buf_put_char(out, (char)c);
    else
      wt_buf_put_format(out, "%%%02X", (unsigned)c);
  }
}

static void put_attribute(wt_buf *out, const char *name, wt_span value) {
  if (value.len == 0) return;
  wt_buf_put_format(out, " %s=", name);
  put_marker_value(out, value);
}

static void put_marker(wt_buf *out, const wt_block *block) {
  if (block->kind == WT_BLOCK_PARAGRAPH && !block->id.len && !block->time.len) return;
  wt_buf_put_format(out, "[%s", wt_block_kind_name(block->kind));
  put_attribute(out, "id", block->id);
  put_attribute(out, "time", block->time);
  wt_buf_put_text(out, "]\n");
}

static void put_sentence(wt_buf *out, wt_span sentence, bool joins) {
  if (sentence.len && sentence.data[0] == '[') wt_buf_put_char(out, '\\');
  size_t run = 0;
  for (size_t i = 0; i < sentence.len; i++) {
    if (sentence.data[i] != '\\') continue;
    wt_buf_put(out, sentence.data + run, i - run);
    wt_buf_put_text(out, "\\\\");
    run = i + 1;
  }
  if (run < sentence.len) wt_buf_put(out, sentence.data + run, sentence.len - run);
  wt_buf_put_text(out, joins ? "\\\n" : "\n");
}

static wt_status put_text(wt_buf *out, wt_span text, wt_cuts *cuts, wt_error *err) {
  wt_status status = wt_sentences_cut(cuts, text, err);
  if (status) return status;
  for (size_t i = 0; i < cuts->count; i++) {
    wt_cut cut = cuts->items[i];
    bool joins = i + 1 < cuts->count && cuts->items[i + 1].begin == cut.end;
    put_sentence(out, wt_span_sub(text, cut.begin, cut.end), joins);
  }
  return WT_OK;
}

wt_status wt_story_print(wt_buf *out, const wt_story *story, wt_error *err) {
  wt_cuts cuts = {0};
  wt_status status = WT_OK;
  put_front_matter(out, story);
  for (size_t i = 0; status == WT_OK && i < story->block_count; i++) {
    wt_buf_put_char(out, '\n');
    put_marker(out, &story->blocks[i]);
    status = put_text(out, story->blocks[i].text, &cuts, err);
  }
  for (size_t i = 0; status == WT_OK && i < story->dropped_count; i++) {
    wt_buf_put_text(out, "\n[dropped ");
    put_marker_value(out, story->dropped[i].reason);
    wt_buf_put_text(out, "]\n");
    status = put_text(out, story->dropped[i].text, &cuts, err);
  }
  wt_cuts_release(&cuts);
  return status ? status : wt_buf_status(out, "story", err);
}
