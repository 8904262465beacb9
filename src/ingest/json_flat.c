/* One pass over the bytes of an object (RFC 8259). Strings without an escape stay where they are. */
#include "ingest/json_flat.h"

#include <string.h>

enum {
  DEPTH = 16,  /* of arrays and objects inside the object */
  DIGITS = 18, /* no more can pass 63 bits */
  REAL = 300   /* bytes of a real number: fewer cannot pass a double's range */
};

typedef struct flat {
  wt_span line;
  size_t at;
  wt_buf *text; /* has room for the whole line: what is in it does not move */
} flat;

static bool eat(flat *f, char c) {
  if (f->at >= f->line.len || f->line.data[f->at] != c) return false;
  f->at++;
  return true;
}

static void skip_space(flat *f) {
  while (eat(f, ' ') || eat(f, '\t') || eat(f, '\r') || eat(f, '\n')) {
  }
}

/* ---- strings ---- */

/* A quote, an escape or a control, from *at on. */
static size_t plain_end(wt_span line, size_t at) {
  while (at < line.len) {
    unsigned char c = (unsigned char)line.data[at];
    if (c == '"' || c == '\\' || c < 0x20) break;
    at++;
  }
  return at;
}

static bool take_hex(uint32_t *out, flat *f) {
  *out = 0;
  if (f->at + 4 > f->line.len) return false;
  for (int i = 0; i < 4; i++) {
    int digit = wt_hex_digit(f->line.data[f->at++]);
    if (digit < 0) return false;
    *out = *out << 4 | (uint32_t)digit;
  }
  return true;
}

/* Behind \u: one of the basic plane, or two that make one of another. */
static bool take_code_point(flat *f) {
  uint32_t high, low;
  if (!take_hex(&high, f) || high == 0 || (high & 0xFC00) == 0xDC00) return false;
  if ((high & 0xFC00) == 0xD800) {
    if (!eat(f, '\\') || !eat(f, 'u') || !take_hex(&low, f) || (low & 0xFC00) != 0xDC00) return false;
    high = 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
  }
  wt_buf_put_code_point(f->text, high);
  return true;
}

static bool take_escape(flat *f) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  if (f->at >= f->line.len) return false;
  char c = f->line.data[f->at++];
  if (c == 'u') return take_code_point(f);
  const char *known = c ? strchr(from, c) : NULL;
  if (known) wt_buf_put_char(f->text, to[known - from]);
  return known != NULL;
}

static bool take_string(wt_span *out, flat *f) {
  if (!eat(f, '"')) return false;
  size_t begin = f->at, kept = f->text->len;
  f->at = plain_end(f->line, begin);
  if (eat(f, '"')) {
    *out = wt_span_sub(f->line, begin, f->at - 1);
    return true;
  }
  wt_buf_put(f->text, f->line.data + begin, f->at - begin);
  while (eat(f, '\\')) {
    if (!take_escape(f)) return false;
    begin = f->at;
    f->at = plain_end(f->line, begin);
    wt_buf_put(f->text, f->line.data + begin, f->at - begin);
  }
  *out = (wt_span){f->text->data + kept, f->text->len - kept};
  return eat(f, '"') && !f->text->failed;
}

/* ---- values ---- */

static size_t skip_digits(flat *f) {
  size_t begin = f->at;
  while (f->at < f->line.len && f->line.data[f->at] >= '0' && f->line.data[f->at] <= '9') f->at++;
  return f->at - begin;
}

static bool take_number(wt_flat_member *out, flat *f) {
  size_t begin = f->at;
  bool minus = eat(f, '-');
  size_t first = f->at, digits = skip_digits(f);
  if (digits == 0 || digits > DIGITS || (digits > 1 && f->line.data[first] == '0')) return false;
  if (eat(f, '.')) {
    out->kind = WT_FLAT_OTHER;
    if (skip_digits(f) == 0) return false;
  } else {
    out->kind = WT_FLAT_INTEGER;
    out->number = 0;
    for (size_t i = first; i < f->at; i++) out->number = out->number * 10 + (f->line.data[i] - '0');
    if (minus) out->number = -out->number;
  }
  bool exponent = f->at < f->line.len && (f->line.data[f->at] | 0x20) == 'e';
  return !exponent && f->at - begin <= REAL;
}

static bool take_word(flat *f) {
  static const char *const words[] = {"true", "false", "null"};
  wt_span rest = wt_span_sub(f->line, f->at, f->line.len);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    wt_span word = wt_span_of(words[i]);
    if (!wt_span_starts(rest, word)) continue;
    f->at += word.len;
    return true;
  }
  return false;
}

static bool take_value(wt_flat_member *out, flat *f, unsigned depth);

/* Of an array or object inside, only whether it is one. */
static bool skip_inner(flat *f, char end, unsigned depth) {
  wt_flat_member inner;
  if (depth == DEPTH) return false;
  f->at++;
  skip_space(f);
  if (eat(f, end)) return true;
  do {
    skip_space(f);
    if (end == '}') {
      if (!take_string(&inner.name, f)) return false;
      skip_space(f);
      if (!eat(f, ':')) return false;
    }
    if (!take_value(&inner, f, depth + 1)) return false;
  } while (eat(f, ','));
  return eat(f, end);
}

/* And the space behind it. */
static bool take_value(wt_flat_member *out, flat *f, unsigned depth) {
  skip_space(f);
  char c = f->at < f->line.len ? f->line.data[f->at] : '\0';
  bool ok;
  out->kind = c == '"' ? WT_FLAT_STRING : WT_FLAT_OTHER;
  if (c == '"')
    ok = take_string(&out->text, f);
  else if (c == '{' || c == '[')
    ok = skip_inner(f, c == '{' ? '}' : ']', depth);
  else if (c == '-' || (c >= '0' && c <= '9'))
    ok = take_number(out, f);
  else
    ok = take_word(f);
  skip_space(f);
  return ok;
}

static bool take_member(wt_flat_member *out, flat *f) {
  *out = (wt_flat_member){.kind = WT_FLAT_OTHER};
  skip_space(f);
  if (!take_string(&out->name, f)) return false;
  skip_space(f);
  return eat(f, ':') && take_value(out, f, 0);
}

bool wt_json_flat(wt_buf *text, wt_span line, wt_flat_each each, void *context) {
  flat f = {.line = line, .text = text};
  wt_buf_clear(text);
  if (wt_utf8_valid(line) < line.len || !wt_buf_reserve(text, line.len)) return false;
  skip_space(&f);
  if (!eat(&f, '{')) return false;
  skip_space(&f);
  bool more = f.at < line.len && line.data[f.at] != '}';
  while (more) {
    wt_flat_member member;
    if (!take_member(&member, &f)) return false;
    each(context, &member);
    more = eat(&f, ',');
  }
  if (!eat(&f, '}')) return false;
  skip_space(&f);
  return f.at == line.len;
}
