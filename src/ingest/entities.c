/* entities: character references and stray tags in strings that should be plain: JSON-LD values, feed titles. */
#include "ingest/entities.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "text/mojibake.h"

static uint32_t numeric(wt_span digits) {
  bool hex = digits.len > 0 && (digits.data[0] | 32) == 'x';
  uint32_t value = 0;
  for (size_t i = hex; i < digits.len; i++) {
    unsigned char c = (unsigned char)digits.data[i];
    uint32_t digit = c >= '0' && c <= '9'                        ? c - (uint32_t)'0'
                     : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32u) - 'a' + 10u
                                                                 : 99;
    if (digit > 15 || (!hex && digit > 9) || value > 0x10FFFF) return 0;
    value = value * (hex ? 16 : 10) + digit;
  }
  if (value >= 0x80 && value < 0xA0) return wt_windows_1252_code_point((unsigned char)value);
  return value > 0x10FFFF ? 0 : value;
}

static uint32_t named(wt_span name) {
  char key[12];
  if (name.len == 0 || name.len >= sizeof key) return 0;
  memcpy(key, name.data, name.len);
  key[name.len] = 0;
  if (strcmp(key, "apos") == 0) return '\'';
  const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)key);
  return entity == NULL ? 0 : entity->value;
}

/* The reference at text[at] == '&': its code point and length; 0 when it is none. */
static uint32_t reference(wt_span text, size_t at, size_t *len) {
  size_t end = at + 1;
  while (end < text.len && end - at < 12 && text.data[end] != ';' && text.data[end] != '&' && text.data[end] != ' ')
    end++;
  if (end >= text.len || text.data[end] != ';') return 0;
  wt_span name = wt_span_sub(text, at + 1, end);
  *len = end + 1 - at;
  if (name.len > 1 && name.data[0] == '#') return numeric(wt_span_sub(name, 1, name.len));
  return named(name);
}

/* Length of the tag at text[at] == '<', 0 when it is none. */
static size_t tag_length(wt_span text, size_t at) {
  if (at + 1 >= text.len) return 0;
  char c = text.data[at + 1];
  if (c != '/' && c != '!' && !((c | 32) >= 'a' && (c | 32) <= 'z')) return 0;
  const char *end = memchr(text.data + at, '>', text.len - at > 4096 ? 4096 : text.len - at);
  return end == NULL ? 0 : (size_t)(end - (text.data + at)) + 1;
}

static bool tag_breaks(wt_span tag) {
  static const char *const breaking[] = {"p", "/p", "br", "div", "/div", "li", "/li", "h2", "/h2", "h3", "/h3", "/h4"};
  size_t end = 1;
  while (end < tag.len && tag.data[end] != '>' && tag.data[end] != ' ' && (tag.data[end] != '/' || end == 1)) end++;
  wt_span name = wt_span_sub(tag, 1, end);
  for (size_t i = 0; i < sizeof breaking / sizeof breaking[0]; i++)
    if (wt_span_equal_ascii_case(name, wt_span_of(breaking[i]))) return true;
  return false;
}

void wt_entities_plain(wt_buf *out, wt_span text) {
  for (size_t i = 0; i < text.len;) {
    size_t len = 0;
    if (text.data[i] == '&') {
      uint32_t c = reference(text, i, &len);
      if (c != 0) {
        wt_buf_put_code_point(out, c);
        i += len;
        continue;
      }
    } else if (text.data[i] == '<' && (len = tag_length(text, i)) > 0) {
      if (tag_breaks(wt_span_sub(text, i, i + len))) wt_buf_put_char(out, '\n');
      i += len;
      continue;
    }
    wt_buf_put_char(out, text.data[i++]);
  }
}

void wt_entities_put(wt_buf *out, wt_span text) {
  size_t done = 0;
  for (size_t at = 0; at + 1 < text.len; at++) {
    const char *found = memchr(text.data + at, 0xC2, text.len - 1 - at);
    if (found == NULL) break;
    at = (size_t)(found - text.data);
    unsigned char next = (unsigned char)text.data[at + 1];
    if (next < 0x80 || next >= 0xA0) continue;
    wt_buf_put_span(out, wt_span_sub(text, done, at));
    wt_buf_put_code_point(out, wt_windows_1252_code_point(next));
    done = at + 2;
  }
  wt_buf_put_span(out, wt_span_sub(text, done, text.len));
}
