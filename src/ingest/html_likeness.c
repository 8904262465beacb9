/* html_likeness: how much of one text stands in another, both folded. */
#include "ingest/html_page.h"
#include "wt/text.h"

wt_span wt_html_fold(wt_html_page *page, wt_span text) {
  wt_buf folded = {0};
  wt_span kept = {NULL, 0};
  if (wt_fold(&folded, text, NULL) == WT_OK) kept = wt_span_keep(&page->scratch, wt_buf_span(&folded));
  if (kept.data == NULL) page->failed = true;
  wt_buf_release(&folded);
  return kept;
}

static bool word_is_in(wt_span word, wt_span text) {
  while (text.len >= word.len) {
    size_t at = wt_span_find(text, word);
    if (at == text.len) return false;
    size_t end = at + word.len;
    if ((at == 0 || text.data[at - 1] == ' ' || (unsigned char)text.data[at - 1] < '0') &&
        (end == text.len || (unsigned char)text.data[end] < '0' || text.data[end] == ':' || text.data[end] == ';' ||
         text.data[end] == '?'))
      return true;
    text = wt_span_sub(text, at + 1, text.len);
  }
  return false;
}

/* Pieces of six bytes: two ideographs. */
static unsigned likeness_without_spaces(wt_span a, wt_span b) {
  size_t all = 0, found = 0;
  for (size_t i = 0; i + 6 <= a.len; i += 3, all++) found += wt_span_find(b, wt_span_sub(a, i, i + 6)) < b.len;
  return all == 0 ? 0 : (unsigned)(found * 1000 / all);
}

unsigned wt_html_likeness(wt_span a, wt_span b) {
  size_t all = 0, found = 0;
  a = wt_span_sub(a, 0, 600);
  b = wt_span_sub(b, 0, 600);
  for (size_t i = 0; i < a.len;) {
    size_t end = i;
    while (end < a.len && a.data[end] != ' ') end++;
    size_t length = end - i;
    if (length > 18 && (unsigned char)a.data[i] >= 0xE3) return likeness_without_spaces(a, b);
    if (length > 2) {
      all++;
      found += word_is_in(wt_span_sub(a, i, end), b);
    }
    i = end + 1;
  }
  return all == 0 ? 0 : (unsigned)(found * 1000 / all);
}
