/* Charsets and folding: any bytes decode to sound text; folding is idempotent and keeps every digit and per cent sign. */
#include "fuzz/fuzz.h"
#include "wt/text.h"

static const char *const charsets[] = {"",          "utf-8",     "windows-1252", "iso-2022-jp", "shift_jis", "gb18030",
                                       "utf-16le",  "utf-16be",  "koi8-r",       "euc-kr",      "utf-7",     "big5",
                                       "macintosh", "no-such-1", "hz-gb-2312",   "utf-32"};

static void put_facts(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if ((text.data[i] >= '0' && text.data[i] <= '9') || text.data[i] == '%' || text.data[i] == '$')
      wt_buf_put_char(out, text.data[i]);
}

static void check_fold(wt_span text) {
  wt_buf once = {0}, twice = {0}, facts = {0}, kept = {0};
  wt_error err = {.byte = -1};
  if (wt_fold(&once, text, &err) != WT_OK) fuzz_fail("does not fold", &err, text);
  if (wt_fold(&twice, wt_buf_span(&once), &err) != WT_OK) fuzz_fail("does not fold twice", &err, text);
  if (!wt_span_equal(wt_buf_span(&once), wt_buf_span(&twice))) fuzz_fail("folds on", &err, text);
  put_facts(&facts, text);
  put_facts(&kept, wt_buf_span(&once));
  if (!wt_span_equal(wt_buf_span(&facts), wt_buf_span(&kept))) fuzz_fail("a digit or sign was lost", &err, text);
  wt_buf_release(&once);
  wt_buf_release(&twice);
  wt_buf_release(&facts);
  wt_buf_release(&kept);
}

FUZZ_TARGET(const uint8_t *data, size_t size) {
  wt_buf text = {0};
  wt_decoded how;
  wt_error err = {.byte = -1};
  if (size < 2) return 0;
  wt_decode_hints hints = {.http = wt_span_of(charsets[data[0] % 16]), .markup = wt_span_of(charsets[data[0] / 16])};
  if (wt_decode(&text, &how, (wt_span){(const char *)data + 1, size - 1}, &hints, &err) != WT_OK)
    fuzz_fail("does not decode", &err, (wt_span){0});
  fuzz_expect(wt_utf8_valid(wt_buf_span(&text)) == text.len, "decoded text is well-formed");
  fuzz_expect(text.len == 0 || memchr(text.data, 0, text.len) == NULL, "decoded text has no NUL");
  check_fold(wt_buf_span(&text));
  wt_buf_release(&text);
  return 0;
}
