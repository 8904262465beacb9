/*
 * Mends doubly encoded UTF-8.
 *
 * "CAFÉ”" also spells two bytes of UTF-8 (U+0254), so that one short sequence proves nothing: a text is mended only when a
 * sure sign stands in it, and then only where what comes out is a letter or mark that news is written with.
 */
#include "mojibake.h"

#include "unicode.h"

static const uint16_t high[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

uint32_t wt_windows_1252_code_point(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80] : byte;
}

int wt_windows_1252_byte(uint32_t c) {
  if (c <= 0xFF) return (int)c;
  for (int i = 0; i < 32; i++)
    if (high[i] == c) return 0x80 + i;
  return -1;
}

/* Of the UTF-8 sequence that a lead byte begins; 0 when it begins none of two bytes or more. */
static size_t sequence_length(int byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return 2;
  if (byte >= 0xE0 && byte <= 0xEF) return 3;
  return byte >= 0xF0 && byte <= 0xF4 ? 4 : 0;
}

/* Reads the code point whose UTF-8 bytes are written as characters at `at`. False when there is none. */
static bool read_double(uint32_t *out, size_t *next, wt_span text, size_t at) {
  char bytes[4];
  size_t have = 0, want = 0;
  while (at < text.len && have < sizeof bytes) {
    int byte = wt_windows_1252_byte(wt_next(text, &at));
    if (have == 0)
      want = sequence_length(byte);
    else if (byte < 0x80 || byte > 0xBF)
      return false;
    if (want == 0) return false;
    bytes[have++] = (char)byte;
    if (have == want) break;
  }
  if (have == 0 || have < want) return false;
  wt_span sequence = {bytes, have};
  size_t used = 0;
  *out = wt_utf8_next(sequence, &used);
  *next = at;
  return *out != WT_NOT_UTF8 && used == have;
}

/* Quotation marks, dashes, the euro and the trade mark sign, a byte order mark and pictures: their bytes as characters begin
   with a-circumflex and a euro sign or a low quotation mark, or the like, which no language writes. Other sequences of
   three are written: "liberté", a no-break space and a closing quotation mark spell an ideograph. */
static bool is_strange(uint32_t c) {
  return (c >= 0x2000 && c < 0x2040) || (c >= 0x2080 && c < 0x20C0) || (c >= 0x2100 && c < 0x2140) || c == 0xFEFF ||
         (c >= 0x10000 && u_isdefined((UChar32)c));
}

/* A sequence that nobody writes on purpose: a strange one, or "Ã©", where neither a quotation mark is part of it nor the
   no-break space behind "AMANHÃ". */
static bool is_sure(uint32_t c) {
  if (c >= 0x800) return is_strange(c);
  return c >= 0xA0 && c <= 0xFF && c != 0xE0 && (c & 0x3F) >= 0x20 && (c & 0x3F) != 0x2B && (c & 0x3F) != 0x3B;
}

static bool is_likely(uint32_t c) {
  if (c < 0x800) return (c >= 0xA0 && c <= 0x17F) || (c >= 0x370 && c < 0x700 && u_isdefined((UChar32)c));
  return u_isdefined((UChar32)c);
}

enum { ROW = 3 }; /* likely sequences that leave no doubt between them */

/* Looks for a sure sign: one sure sequence, or three likely ones in a row ("Ð¿Ñ€Ð¸"). */
static bool has_sign(wt_span text) {
  unsigned row = 0;
  for (size_t at = 0; at < text.len;) {
    if ((unsigned char)text.data[at] < 0x80) {
      at = wt_skip_plain(text, at + 1);
      row = 0;
      continue;
    }
    uint32_t c;
    size_t next;
    if (!read_double(&c, &next, text, at)) {
      wt_next(text, &at);
      row = 0;
      continue;
    }
    row = is_likely(c) ? row + 1 : 0;
    if (is_sure(c) || row >= ROW) return true;
    at = next;
  }
  return false;
}

/* The likely sequences in a row from `at` on, up to ROW. */
static unsigned count_row(wt_span text, size_t at) {
  unsigned row = 0;
  uint32_t c;
  while (row < ROW && read_double(&c, &at, text, at) && is_likely(c)) row++;
  return row;
}

bool wt_mend_double_utf8(wt_buf *out, wt_span text) {
  size_t row_end = SIZE_MAX; /* where a row that is mended whole goes on */
  if (!has_sign(text)) return false;
  for (size_t at = 0; at < text.len;) {
    size_t begin = at;
    while (at < text.len && (unsigned char)text.data[at] < 0x80) at++;
    wt_buf_put(out, text.data + begin, at - begin);
    if (at == text.len) break;
    uint32_t c;
    size_t next;
    begin = at;
    bool doubled = read_double(&c, &next, text, at) && is_likely(c);
    bool in_row = doubled && (at == row_end || count_row(text, at) >= ROW);
    if (in_row) row_end = next;
    if (in_row || (doubled && (c < 0x800 || is_strange(c)))) {
      wt_buf_put_code_point(out, c);
      at = next;
      continue;
    }
    wt_next(text, &at);
    wt_buf_put(out, text.data + begin, at - begin);
  }
  return true;
}
