/* One mail -> its headers as text and its parts as bytes. */
#include "ingest/mime.h"
#include "ingest/headers.h"
#include "ingest/read.h"

#include <string.h>

#define DEPTH 16
#define PARTS 1000

/* ---- parts ---- */

typedef struct walk {
  wt_mime_each each;
  void *context;
  unsigned parts;
} walk;

static wt_span type_of(wt_span headers) {
  wt_span value = wt_headers_find(headers, "Content-Type");
  size_t end = 0;
  while (end < value.len && strchr("; \t\r\n", value.data[end]) == NULL) end++;
  return end > 0 ? wt_span_sub(value, 0, end) : WT_SPAN("text/plain");
}

/* Is line the boundary of the multipart? *last for the one that closes it. */
static bool is_boundary(wt_span line, wt_span boundary, bool *last) {
  wt_span rest = wt_span_sub(line, 2, line.len);
  if (!wt_span_starts(line, WT_SPAN("--")) || !wt_span_starts(rest, boundary)) return false;
  rest = wt_span_trim(wt_span_sub(rest, boundary.len, rest.len));
  *last = wt_span_starts(rest, WT_SPAN("--"));
  return rest.len == 0 || *last;
}

static bool walk_part(walk *w, wt_span text, unsigned depth);

/* The parts between boundaries. Each level reads its text once, and there are at most DEPTH levels. */
static bool walk_multipart(walk *w, wt_span body, wt_span boundary, unsigned depth) {
  wt_span rest = body, line;
  const char *begin = NULL;
  bool last = false;
  while (!last && wt_span_line(&line, &rest)) {
    if (!is_boundary(line, boundary, &last)) continue;
    if (begin != NULL && !walk_part(w, (wt_span){begin, (size_t)(line.data - begin)}, depth + 1)) return false;
    begin = rest.data;
  }
  /* a mail that was cut short has no closing boundary */
  if (!last && begin != NULL && begin < body.data + body.len)
    return walk_part(w, (wt_span){begin, (size_t)(body.data + body.len - begin)}, depth + 1);
  return true;
}

static bool walk_part(walk *w, wt_span text, unsigned depth) {
  wt_mime_part part;
  size_t after;
  if (depth > DEPTH || w->parts++ > PARTS) return true;
  wt_headers_cut(&part.headers, &after, text);
  part.type = type_of(part.headers);
  part.body = wt_span_sub(text, after, text.len);
  wt_span boundary = wt_header_parameter(wt_headers_find(part.headers, "Content-Type"), "boundary");
  if (boundary.len > 0 && wt_span_equal_ascii_case(wt_span_sub(part.type, 0, 10), WT_SPAN("multipart/")))
    return walk_multipart(w, part.body, boundary, depth);
  return w->each(w->context, &part);
}

void wt_mime_walk(wt_span mail, wt_mime_each each, void *context) {
  walk w = {each, context, 0};
  wt_span line, rest = mail;
  if (wt_span_starts(mail, WT_SPAN("From ")) && wt_span_line(&line, &rest)) /* the postmark of an mbox */
    mail = rest;
  walk_part(&w, mail, 0);
}

/* ---- transfer encodings ---- */

static int base64_value(char c) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char *at = c != '\0' ? strchr(digits, c) : NULL;
  return at != NULL ? (int)(at - digits) : -1;
}

/* Four digits of six bits give three bytes: each digit but the first of four ends one. */
static void put_base64(wt_buf *out, wt_span text) {
  static const unsigned left[] = {0, 0, 4, 2}; /* bits that stay for the next byte, by the digit's place */
  uint32_t bits = 0;
  unsigned place = 0;
  for (size_t i = 0; i < text.len && text.data[i] != '='; i++) {
    int value = base64_value(text.data[i]);
    if (value < 0) continue;
    bits = (bits << 6 | (uint32_t)value) & 0xffffff;
    place = (place + 1) % 4;
    if (place != 1) wt_buf_put_char(out, (char)(bits >> left[place] & 0xff));
  }
}

/* `words`: the Q encoding of headers, where _ is a space. */
static void put_quoted_printable(wt_buf *out, wt_span text, bool words) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    int high = i + 2 < text.len ? wt_hex_digit(text.data[i + 1]) : -1,
        low = high >= 0 ? wt_hex_digit(text.data[i + 2]) : -1;
    if (c == '=' && low >= 0) {
      wt_buf_put_char(out, (char)(high << 4 | low));
      i += 2;
    } else if (c == '=' && i + 1 < text.len && text.data[i + 1] == '\n') {
      i += 1;
    } else if (c == '=' && i + 2 < text.len && text.data[i + 1] == '\r' && text.data[i + 2] == '\n') {
      i += 2;
    } else {
      wt_buf_put_char(out, words && c == '_' ? ' ' : c);
    }
  }
}

void wt_mime_body(wt_buf *out, const wt_mime_part *part) {
  wt_span encoding = wt_headers_find(part->headers, "Content-Transfer-Encoding");
  if (wt_span_equal_ascii_case(encoding, WT_SPAN("base64")))
    put_base64(out, part->body);
  else if (wt_span_equal_ascii_case(encoding, WT_SPAN("quoted-printable")))
    put_quoted_printable(out, part->body, false);
  else
    wt_buf_put_span(out, part->body);
}

/* ---- encoded words ---- */

typedef struct encoded_word {
  wt_span charset, text;
  char encoding;
  size_t size;
} encoded_word;

/* "=?charset?Q?text?=" at the start of text. */
static bool parse_word(encoded_word *word, wt_span text) {
  if (!wt_span_starts(text, WT_SPAN("=?"))) return false;
  size_t first = 2 + wt_span_find(wt_span_sub(text, 2, text.len < 80 ? text.len : 80), WT_SPAN("?"));
  if (first + 3 >= text.len || text.data[first] != '?' || text.data[first + 2] != '?') return false;
  wt_span rest = wt_span_sub(text, first + 3, text.len);
  size_t end = wt_span_find(rest, WT_SPAN("?="));
  if (end == rest.len) return false;
  word->charset = wt_span_sub(text, 2, first);
  size_t star = wt_span_find(word->charset, WT_SPAN("*")); /* RFC 2231: a language after it */
  word->charset = wt_span_sub(word->charset, 0, star);
  word->encoding = (char)(text.data[first + 1] | 0x20);
  word->text = wt_span_sub(rest, 0, end);
  word->size = first + 3 + end + 2;
  return word->encoding == 'q' || word->encoding == 'b';
}

static wt_status put_word(wt_buf *out, const encoded_word *word, wt_error *err) {
  wt_buf bytes = {0};
  wt_decoded how;
  wt_decode_hints hints = {.http = word->charset};
  memset(&how, 0, sizeof how);
  if (word->encoding == 'b')
    put_base64(&bytes, word->text);
  else
    put_quoted_printable(&bytes, word->text, true);
  wt_status status = wt_buf_status(&bytes, "header", err);
  if (status == WT_OK) status = wt_decode(out, &how, wt_buf_span(&bytes), &hints, err);
  wt_buf_release(&bytes);
  return status;
}

wt_status wt_mime_header(wt_buf *out, wt_span headers, const char *name, wt_error *err) {
  wt_span value = wt_headers_find(headers, name);
  wt_buf plain = {0};
  wt_status status = WT_OK;
  bool after_word = false;
  for (size_t at = 0; at < value.len && status == WT_OK;) {
    encoded_word word;
    wt_span rest = wt_span_sub(value, at, value.len), next = wt_span_trim(rest);
    /* white space between two encoded words is none of the text */
    if (parse_word(&word, after_word && parse_word(&word, next) ? next : rest)) {
      at = value.len - (after_word ? next.len : rest.len) + word.size;
      status = put_word(&plain, &word, err);
      after_word = true;
      continue;
    }
    wt_buf_put_char(&plain, strchr("\r\n\t", value.data[at]) != NULL ? ' ' : value.data[at]);
    after_word = false;
    at++;
  }
  if (status == WT_OK) status = wt_buf_status(&plain, "header", err);
  wt_decoded how;
  wt_decode_hints none = {.http = {"", 0}};
  memset(&how, 0, sizeof how);
  if (status == WT_OK && plain.len > 0) /* raw eight-bit headers, against the standard */
    status = wt_decode(out, &how, wt_buf_span(&plain), &none, err);
  wt_buf_release(&plain);
  return status;
}
