/* The commit subject: what changed, in words that a newsroom uses, in 72 code points. */
#include "wt/classify.h"

#define SUBJECT_WIDTH 72u

/* One line without control characters, at most `width` code points, cut at a word with an ellipsis. */
static void put_line(wt_buf *out, wt_span text, size_t width) {
  size_t at = 0, used = 0, last_space = 0, start = out->len;
  while (at < text.len) {
    uint32_t c = wt_utf8_next(text, &at);
    if (c == WT_NOT_UTF8) c = 0xFFFD;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) c = ' ';
    if (used + 1 >= width && at < text.len) break;
    if (c == ' ') last_space = out->len;
    wt_buf_put_code_point(out, c);
    used++;
  }
  if (at >= text.len && used <= width) return;
  if (last_space > start + (out->len - start) / 2) out->len = last_space;
  wt_buf_put_text(out, "\xE2\x80\xA6");
}

static void put_count(wt_buf *out, uint32_t n, const char *one, const char *many) {
  if (n == 0) return;
  if (out->len) wt_buf_put_text(out, "; ");
  wt_buf_put_format(out, "%u %s", (unsigned)n, n == 1 ? one : many);
}

static void put_structure(wt_buf *line, const wt_diff *diff) {
  uint32_t added = 0, deleted = 0, edited = 0, moved = 0;
  for (size_t i = 0; i < diff->count; i++) {
    added += diff->edits[i].kind == WT_EDIT_ADD;
    deleted += diff->edits[i].kind == WT_EDIT_DELETE;
    moved += diff->edits[i].moved || diff->edits[i].kind == WT_EDIT_MOVE;
    edited += diff->edits[i].kind == WT_EDIT_EDIT || diff->edits[i].kind == WT_EDIT_SPLIT ||
              diff->edits[i].kind == WT_EDIT_MERGE;
  }
  put_count(line, edited, "sentence edited", "sentences edited");
  put_count(line, added, "sentence added", "sentences added");
  put_count(line, deleted, "sentence cut", "sentences cut");
  put_count(line, moved, "sentence moved", "sentences moved");
}

wt_status wt_subject(wt_buf *out, const wt_classified *classified, const wt_story *new, wt_error *err) {
  wt_buf line = {0};
  if (classified == NULL) {
    wt_span headline = new->fields[WT_FIELD_HEADLINE];
    if (headline.len == 0 && new->block_count) headline = new->blocks[0].text;
    put_line(out, headline.len ? headline : WT_SPAN("no text"), SUBJECT_WIDTH);
    return wt_buf_status(out, "subject", err);
  }
  put_structure(&line, classified->diff);
  if (line.len == 0) wt_buf_put_text(&line, classified->only_typography ? "typography" : "details");
  put_line(out, wt_buf_span(&line), SUBJECT_WIDTH);
  wt_status status = wt_buf_status(&line, "subject", err);
  wt_buf_release(&line);
  return status != WT_OK ? status : wt_buf_status(out, "subject", err);
}
