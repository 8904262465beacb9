/* A second try with the values that jansson has no room for overwritten. */
#include "ingest/json_parse.h"

#include <string.h>

enum {
  DIGITS = 19,  /* from so many on, a whole number can pass 63 bits */
  REAL = 300,   /* bytes from which a real number can pass a double's range, */
  EXPONENT = 3, /* and digits of its exponent */
  ESCAPE = 6    /* bytes of \uXXXX */
};

static size_t digits_end(const wt_buf *text, size_t at) {
  while (at < text->len && text->data[at] >= '0' && text->data[at] <= '9') at++;
  return at;
}

static bool is_at(const wt_buf *text, size_t at, const char *any) {
  return at < text->len && text->data[at] != '\0' && strchr(any, text->data[at]) != NULL;
}

/* Past the number at `at`, which is null when it may be too large. */
static size_t mend_number(wt_buf *text, size_t at) {
  size_t begin = at, first = at + is_at(text, at, "-"), end = digits_end(text, first), exponent = 0;
  bool whole = !is_at(text, end, ".eE"), odd = end == first || (is_at(text, first, "0") && end > first + 1);
  if (is_at(text, end, ".")) end = digits_end(text, end + 1);
  if (is_at(text, end, "eE")) {
    exponent = end + 1 + is_at(text, end + 1, "+-");
    end = digits_end(text, exponent);
  }
  odd = odd || is_at(text, end, "+-.eE");
  bool large = whole ? end - first >= DIGITS : end - first >= REAL || (exponent > 0 && end - exponent >= EXPONENT);
  if (large && !odd) {
    memset(text->data + begin, ' ', end - begin);
    memcpy(text->data + begin, "null", 4);
  }
  return end > begin ? end : begin + 1;
}

/* The value of an escape \uXXXX at `at`, or -1. */
static int32_t escape_at(const wt_buf *text, size_t at) {
  int32_t value = 0;
  if (at + ESCAPE > text->len || text->data[at] != '\\' || text->data[at + 1] != 'u') return -1;
  for (size_t i = at + 2; i < at + ESCAPE; i++) {
    int digit = wt_hex_digit(text->data[i]);
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

/* Past the escape at `at`. */
static size_t mend_escape(wt_buf *text, size_t at) {
  int32_t value = escape_at(text, at);
  if (value < 0) return at + 2;
  bool high = (value & 0xFC00) == 0xD800, low = (value & 0xFC00) == 0xDC00;
  if (high && (escape_at(text, at + ESCAPE) & 0xFC00) == 0xDC00) return at + 2 * (size_t)ESCAPE;
  if (high || low || value == 0) memcpy(text->data + at + 2, "fffd", 4);
  return at + ESCAPE;
}

static void mend(wt_buf *text) {
  bool inside = false;
  for (size_t at = 0; at < text->len;) {
    char c = text->data[at];
    if (c == '"') inside = !inside;
    if (inside && c == '\\')
      at = mend_escape(text, at);
    else if (!inside && c != '\0' && strchr("-0123456789", c) != NULL)
      at = mend_number(text, at);
    else
      at++;
  }
}

static bool can_mend(const json_error_t *trouble) {
  enum json_error_code code = json_error_code(trouble);
  return code == json_error_numeric_overflow || code == json_error_null_character ||
         code == json_error_null_byte_in_key || strncmp(trouble->text, "invalid Unicode '", 17) == 0;
}

/* Past the first array or object, so that of many values in one text each is gone through once. */
static size_t value_end(wt_span text) {
  size_t depth = 0;
  bool inside = false;
  for (size_t at = 0; at < text.len; at++) {
    char c = text.data[at];
    if (c == '"') inside = !inside;
    if (inside && c == '\\') at++;
    if (inside) continue;
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && depth <= 1) return at + 1;
    if (c == '}' || c == ']') depth--;
  }
  return text.len;
}

json_t *wt_json_parse(wt_span text, size_t flags, json_error_t *trouble) {
  json_t *value = json_loadb(text.data, text.len, flags, trouble);
  if (value != NULL || !can_mend(trouble)) return value;
  wt_buf mended = {0};
  wt_buf_put(&mended, text.data, (flags & JSON_DISABLE_EOF_CHECK) != 0 ? value_end(text) : text.len);
  if (!mended.failed) {
    mend(&mended);
    value = json_loadb(mended.data, mended.len, flags, trouble);
  }
  wt_buf_release(&mended);
  return value;
}
