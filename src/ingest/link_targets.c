/* Markdown's inline links: the words stay, the target becomes a receipt. */
#include "ingest/link_targets.h"

#include <string.h>

#define WORDS_MOST 1000u  /* bytes between the brackets */
#define TARGET_MOST 2000u /* bytes between the parentheses */
#define DEPTH_MOST 4u     /* of brackets in each other: a run of opening ones costs no more than this many looks */

typedef struct link {
  wt_span words, target;
  size_t end; /* behind the closing parenthesis */
} link;

/* The bracket that closes the one before `at`, on the same line; text.len when there is none near. */
static size_t closing(wt_span text, size_t at, char open, char close, size_t most) {
  size_t depth = 1, end = text.len - at > most ? at + most : text.len;
  for (; at < end && text.data[at] != '\n' && depth <= DEPTH_MOST; at++) {
    if (text.data[at] == '\\' && at + 1 < end && text.data[at + 1] != '\n') {
      at++;
      continue;
    }
    depth += text.data[at] == open;
    if (text.data[at] == close && --depth == 0) return at;
  }
  return text.len;
}

/* A scheme, a path or an anchor, without a space but before a title in quotation marks. */
static bool is_address(wt_span target) {
  static const char *const starts[] = {"http://", "https://", "mailto:", "tel:", "www.", "/", "#", "./", "../"};
  size_t space = wt_span_find(target, WT_SPAN(" "));
  bool title = space + 1 < target.len && (target.data[space + 1] == '"' || target.data[space + 1] == '\'');
  if (space < target.len && !title) return false;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (wt_span_starts(target, wt_span_of(starts[i]))) return true;
  return false;
}

/* Reads the link whose opening bracket stands at `at`. */
static bool read_link(link *out, wt_span text, size_t at) {
  if (at > 0 && (text.data[at - 1] == '!' || text.data[at - 1] == '\\')) return false;
  size_t close = closing(text, at + 1, '[', ']', WORDS_MOST);
  if (close >= text.len || close == at + 1 || close + 1 >= text.len || text.data[close + 1] != '(') return false;
  size_t end = closing(text, close + 2, '(', ')', TARGET_MOST);
  if (end == text.len) return false;
  out->words = wt_span_sub(text, at + 1, close);
  out->target = wt_span_trim(wt_span_sub(text, close + 2, end));
  out->end = end + 1;
  return is_address(out->target);
}

wt_status wt_link_targets_out(wt_buf *out, wt_story *story, wt_span text, wt_error *err) {
  wt_status status = WT_OK;
  size_t from = 0, at = 0;
  while (at < text.len && status == WT_OK) {
    const char *bracket = memchr(text.data + at, '[', text.len - at);
    link found;
    if (bracket == NULL) break;
    at = (size_t)(bracket - text.data);
    if (!read_link(&found, text, at)) {
      at++;
      continue;
    }
    wt_buf_put_span(out, wt_span_sub(text, from, at));
    wt_buf_put_span(out, found.words);
    status = wt_story_drop(story, found.target, "link-target", err);
    from = at = found.end;
  }
  wt_buf_put_span(out, wt_span_sub(text, from, text.len));
  return status == WT_OK ? wt_buf_status(out, "text", err) : status;
}
