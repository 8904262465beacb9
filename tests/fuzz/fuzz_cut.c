/* Words, sentences and paragraphs: cuts lie in the text, in order, and cover all that is no white space. */
#include "fuzz/fuzz.h"
#include "wt/text.h"

static void check_words(wt_span text) {
  wt_words words = {0};
  wt_error err = {.byte = -1};
  uint32_t at = 0;
  if (wt_words_cut(&words, text, &err) != WT_OK) fuzz_fail("words are not cut", &err, text);
  for (size_t i = 0; i < words.count; i++) {
    if (words.items[i].begin != at || words.items[i].end <= at) fuzz_fail("words do not cover", &err, text);
    at = words.items[i].end;
  }
  if (at != text.len) fuzz_fail("words end early", &err, text);
  wt_words_release(&words);
}

/* Between two cuts, before the first and after the last nothing may stand that squeezing would keep. */
static void check_gap(wt_span text, uint32_t begin, uint32_t end, const char *what) {
  wt_buf rest = {0};
  wt_error err = {.byte = begin};
  wt_squeeze(&rest, wt_span_sub(text, begin, end));
  if (rest.len > 0) fuzz_fail(what, &err, text);
  wt_buf_release(&rest);
}

static void check_cuts(const wt_cuts *cuts, wt_span text, const char *what) {
  wt_error err = {.byte = -1};
  uint32_t at = 0;
  for (size_t i = 0; i < cuts->count; i++) {
    if (cuts->items[i].begin < at || cuts->items[i].end <= cuts->items[i].begin || cuts->items[i].end > text.len)
      fuzz_fail(what, &err, text);
    check_gap(text, at, cuts->items[i].begin, what);
    at = cuts->items[i].end;
  }
  check_gap(text, at, (uint32_t)text.len, what);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_buf text = {0}, block = {0};
  wt_decoded how;
  wt_cuts cuts = {0};
  wt_error err = {.byte = -1};
  wt_decode_hints hints = {.http = WT_SPAN("utf-8")};
  if (wt_decode(&text, &how, (wt_span){(const char *)data, size}, &hints, &err) != WT_OK)
    fuzz_fail("does not decode", &err, (wt_span){0});
  if (wt_paragraphs_cut(&cuts, wt_buf_span(&text), &err) != WT_OK) fuzz_fail("no paragraphs", &err, wt_buf_span(&text));
  check_cuts(&cuts, wt_buf_span(&text), "paragraphs do not cover the text");
  wt_squeeze(&block, wt_buf_span(&text));
  if (wt_sentences_cut(&cuts, wt_buf_span(&block), &err) != WT_OK) fuzz_fail("no sentences", &err, wt_buf_span(&block));
  check_cuts(&cuts, wt_buf_span(&block), "sentences do not cover the text");
  check_words(wt_buf_span(&block));
  wt_cuts_release(&cuts);
  wt_buf_release(&text);
  wt_buf_release(&block);
  return 0;
}
