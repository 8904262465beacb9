/* language: what a source says its language is, when it is a tag that means one (BCP 47, the languages that ICU knows). */
#include <string.h>

#include "unicode.h"

#include <unicode/uloc.h>

static bool is_letter(char c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool all(wt_span text, bool letters, bool digits) {
  for (size_t i = 0; i < text.len; i++)
    if (!(letters && is_letter(text.data[i])) && !(digits && is_digit(text.data[i]))) return false;
  return true;
}

/* Script, region or variant: "Hant", "GB", "419", "1996", "nynorsk". Extensions behind a single letter are none of news. */
static bool is_subtag(wt_span text) {
  if (text.len < 2 || text.len > 8 || !all(text, true, true)) return false;
  if (text.len == 4) return all(text, true, false) || is_digit(text.data[0]);
  if (text.len == 3) return all(text, true, false) || all(text, false, true);
  return text.len != 2 || all(text, true, false);
}

/* Puts the language in lower case into tag; false when there is no such language. */
static bool put_primary(char *tag, wt_span text) {
  if (text.len < 2 || text.len > 3 || !all(text, true, false)) return false;
  for (size_t i = 0; i < text.len; i++) tag[i] = (char)(text.data[i] | 32);
  tag[text.len] = 0;
  return uloc_getISO3Language(tag)[0] != 0;
}

bool wt_language_tag(char tag[WT_LANGUAGE_MAX], wt_span said) {
  said = wt_span_trim(said);
  for (size_t i = 0; i < said.len; i++) /* "de, en", "en_GB.UTF-8" */
    if (strchr(",;.@ ", said.data[i]) != NULL) said.len = i;
  if (said.len >= WT_LANGUAGE_MAX) return false;
  size_t len = 0;
  for (size_t at = 0; at <= said.len;) {
    size_t end = at;
    while (end < said.len && said.data[end] != '-' && said.data[end] != '_') end++;
    wt_span part = wt_span_sub(said, at, end);
    if (at == 0 ? !put_primary(tag, part) : !is_subtag(part)) return false;
    if (at > 0) {
      tag[len++] = '-';
      memcpy(tag + len, part.data, part.len);
    }
    len += part.len;
    at = end + 1;
  }
  tag[len] = 0;
  return len > 0;
}
