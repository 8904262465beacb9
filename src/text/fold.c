/*
 * The folded form of a text: what is left when typography is taken away and every fact is kept.
 *
 * Text goes word by word. A word of ASCII, Latin letters with marks and the usual typography is folded here; any other
 * word goes through ICU (NFD, full case folding, NFC: Unicode 15, 3.13, D145 gives the idempotence). White space parts
 * words, nothing composes over it, so that the two ways agree.
 */
#include "lower.h"
#include "unicode.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <assert.h>
#include <string.h>

/* Past words, and past single spaces between words of ASCII, from `at` on. */
static size_t squeezed_end(wt_span text, size_t at) {
  while (at < text.len) {
    unsigned char c = (unsigned char)text.data[at], next = at + 1 < text.len ? (unsigned char)text.data[at + 1] : ' ';
    size_t here = at;
    bool plain = (c > ' ' && c < 0x80) || (c == ' ' && at > 0 && next > ' ' && next < 0x80);
    if (!plain && wt_is_space(wt_next(text, &at))) return here;
    if (plain) at++;
  }
  return at;
}

void wt_squeeze(wt_buf *out, wt_span text) {
  size_t at = 0;
  bool wrote = false;
  while (at < text.len) {
    size_t begin = at;
    at = squeezed_end(text, at);
    if (at > begin) {
      if (wrote) wt_buf_put_char(out, ' ');
      wt_buf_put(out, text.data + begin, at - begin);
      wrote = true;
    }
    while (at < text.len) {
      size_t here = at;
      if (!wt_is_space(wt_next(text, &at))) {
        at = here;
        break;
      }
    }
  }
}

/* ---- punctuation ---- */

typedef enum mark { MARK_NONE, MARK_QUOTE, MARK_DOUBLE, MARK_DASH, MARK_LONG_DASH, MARK_DOTS, MARK_IGNORED } mark;

static mark mark_of(uint32_t c) {
  if (c < 0x80) return c == '\'' || c == '`' ? MARK_QUOTE : c == '"' ? MARK_DOUBLE : c == '-' ? MARK_DASH : MARK_NONE;
  switch (c) {
  case 0x00B4:
  case 0x2018:
  case 0x2019:
  case 0x201A:
  case 0x201B:
  case 0x2032:
  case 0x2035:
  case 0x2039:
  case 0x203A:
  case 0x02BC:
  case 0xFF07: return MARK_QUOTE;
  case 0x00AB:
  case 0x00BB:
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0x201F:
  case 0x2033:
  case 0x2036:
  case 0xFF02: return MARK_DOUBLE;
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2212:
  case 0xFE63:
  case 0xFF0D: return MARK_DASH;
  case 0x2014:
  case 0x2015: return MARK_LONG_DASH;
  case 0x2026: return MARK_DOTS;
  default: break;
  }
  if (c == 0x00AD || (c >= 0x034F && u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)))
    return MARK_IGNORED;
  return MARK_NONE;
}

/* May it stand before the digits of a number? */
static bool leads_number(uint32_t c) {
  return wt_is_currency(c) || c == '.' || c == ',' || mark_of(c) == MARK_IGNORED;
}

/* Does a number begin here? Then a dash before it would read as its sign. */
static bool number_at(wt_span text, size_t at) {
  while (at < text.len) {
    uint32_t c = wt_next(text, &at);
    if (wt_is_digit(c)) return true;
    if (!leads_number(c)) return false;
  }
  return false;
}

static bool after_space(const wt_buf *out, size_t start) {
  return out->len == start || out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '(';
}

/* One dash for all and for a run of them, but that a long one before a number stays long where a short one would be a minus. */
static void put_dash(wt_buf *out, size_t start, bool is_long, wt_span text, size_t next) {
  if (out->len > start && out->data[out->len - 1] == '-') return;
  if (is_long && after_space(out, start) && number_at(text, next))
    wt_buf_put_text(out, "\xE2\x80\x94");
  else
    wt_buf_put_char(out, '-');
}

/* Two single quotes are a double one, as wires write them. */
static void put_quote(wt_buf *out, size_t start) {
  if (out->len > start && out->data[out->len - 1] == '\'')
    out->data[out->len - 1] = '"';
  else
    wt_buf_put_char(out, '\'');
}

/* Writes the mark at `at`, whose code point ends at `next`; gives where to go on. */
static size_t put_mark(wt_buf *out, size_t start, mark kind, wt_span text, size_t next) {
  switch (kind) {
  case MARK_QUOTE: put_quote(out, start); break;
  case MARK_DOUBLE: wt_buf_put_char(out, '"'); break;
  case MARK_DASH: {
    size_t end = next;
    while (end < text.len && text.data[end] == '-') end++;
    bool is_double = end > next && text.data[next - 1] == '-';
    if (is_double) next = end;
    put_dash(out, start, is_double, text, next);
    break;
  }
  case MARK_LONG_DASH: put_dash(out, start, true, text, next); break;
  case MARK_DOTS: wt_buf_put_text(out, "..."); break;
  case MARK_NONE:
  case MARK_IGNORED: break;
  }
  return next;
}

/* ---- one word ---- */

/* Folds a letter of Latin-1 or Latin Extended-A that is a starter and stays one code point; 0 for any other. */
static uint32_t fold_latin(uint32_t c) {
  if (c < 0xA1 || c > 0x17F || c == 0x149 || c == 0x130) return 0;
  return (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
}

/* Folds a word by hand. False, with out as it was, when it holds something that needs ICU. A double dash before a number
   comes out as three bytes, all else as long as it went in or shorter. */
static bool fold_simple(wt_buf *out, size_t start, wt_span word) {
  size_t before = out->len, at = 0;
  if (!wt_buf_reserve(out, word.len + word.len / 2)) return false;
  while (at < word.len) {
    unsigned char byte = (unsigned char)word.data[at];
    if (byte < 0x80 && byte != '\'' && byte != '`' && byte != '-') {
      out->data[out->len++] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
      at++;
      continue;
    }
    uint32_t c = wt_next(word, &at);
    mark kind = mark_of(c);
    if (kind != MARK_NONE) {
      at = put_mark(out, start, kind, word, at);
      continue;
    }
    uint32_t folded = fold_latin(c);
    if (c == 0xDF)
      wt_buf_put_text(out, "ss");
    else if (folded != 0)
      wt_buf_put_code_point(out, folded);
    else if (wt_is_currency(c))
      wt_buf_put_code_point(out, c);
    else {
      if (out->len > before) out->data[out->len = before] = 0;
      return false;
    }
  }
  return true;
}

typedef struct wide_text {
  UChar *text, *spare;
  int32_t capacity, len;
} wide_text;

/* UTF-16 of a word with the ignorables out: they would keep marks from composing. */
static void widen(wide_text *wide, wt_span word) {
  size_t at = 0;
  wide->len = 0;
  while (at < word.len) {
    uint32_t c = wt_next(word, &at);
    if (mark_of(c) == MARK_IGNORED) continue;
    U16_APPEND_UNSAFE(wide->text, wide->len, c);
  }
}

static void turn(wide_text *wide, int32_t len) {
  UChar *text = wide->text;
  wide->text = wide->spare;
  wide->spare = text;
  wide->len = len;
}

/* NFD, case folding, NFC. The buffers hold any expansion (at most 18 UTF-16 units a unit: Unicode's own bound). */
static bool normalise(wide_text *wide) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *nfd = unorm2_getNFDInstance(&code), *nfc = unorm2_getNFCInstance(&code);
  turn(wide, unorm2_normalize(nfd, wide->text, wide->len, wide->spare, wide->capacity, &code));
  turn(wide, u_strFoldCase(wide->spare, wide->capacity, wide->text, wide->len, U_FOLD_CASE_DEFAULT, &code));
  turn(wide, unorm2_normalize(nfc, wide->text, wide->len, wide->spare, wide->capacity, &code));
  return U_SUCCESS(code);
}

static void narrow(wt_buf *out, const wide_text *wide) {
  int32_t at = 0;
  while (at < wide->len) {
    uint32_t c = wide->text[at++];
    if (U16_IS_LEAD(c) && at < wide->len) c = (uint32_t)U16_GET_SUPPLEMENTARY(c, wide->text[at++]);
    wt_buf_put_code_point(out, c);
  }
}

/* Writes text that is normalised and case folded, with its marks unified. */
static void put_unified(wt_buf *out, size_t start, wt_span text) {
  size_t at = 0;
  while (at < text.len) {
    size_t begin = at;
    uint32_t c = wt_next(text, &at);
    mark kind = mark_of(c);
    if (kind == MARK_NONE)
      wt_buf_put(out, text.data + begin, at - begin);
    else
      at = put_mark(out, start, kind, text, at);
  }
}

static wt_status fold_piece(wt_buf *out, size_t start, wt_span piece, wt_error *err) {
  wt_status status = wt_fail(err, WT_ENOMEM, "fold", -1, "out of memory");
  wt_buf normal = {0};
  wide_text wide = {.capacity = (int32_t)(piece.len * 4 + 64)};
  wide.text = wt_alloc((size_t)wide.capacity * sizeof(UChar));
  wide.spare = wt_alloc((size_t)wide.capacity * sizeof(UChar));
  if (wide.text == NULL || wide.spare == NULL) goto done;
  widen(&wide, piece);
  if (!normalise(&wide)) goto done;
  narrow(&normal, &wide);
  put_unified(out, start, wt_buf_span(&normal));
  status = wt_buf_status(&normal, "fold", err);
done:
  wt_buf_release(&normal);
  wt_free(wide.text);
  wt_free(wide.spare);
  return status;
}

/* Nothing before it composes with it, and no mark before it asks for more than that it is none of a number's. */
static bool may_part(const UNormalizer2 *nfc, uint32_t c) {
  return mark_of(c) == MARK_NONE && !wt_is_digit(c) && !leads_number(c) && unorm2_hasBoundaryBefore(nfc, (UChar32)c);
}

/* Where a piece of at most some KiB may end. */
static size_t piece_end(wt_span word, size_t begin) {
  const size_t most = 4096;
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
  size_t at = begin;
  while (at < word.len) {
    size_t here = at;
    uint32_t c = wt_next(word, &at);
    if (here - begin >= most && may_part(nfc, c)) return here;
    if (here - begin >= 64 * most) return here; /* nothing but marks and figures: no text, and any cut will do */
  }
  return word.len;
}

static wt_status fold_hard(wt_buf *out, size_t start, wt_span word, wt_error *err) {
  for (size_t at = 0; at < word.len;) {
    size_t end = piece_end(word, at);
    wt_status status = fold_piece(out, start, wt_span_sub(word, at, end), err);
    if (status != WT_OK) return status;
    at = end;
  }
  return WT_OK;
}

/* ---- the text ---- */

static size_t word_end(wt_span text, size_t at) {
  while (at < text.len) {
    size_t here = at;
    if (wt_is_space(wt_next(text, &at))) return here;
  }
  return at;
}

static size_t space_end(wt_span text, size_t at) {
  while (at < text.len) {
    size_t here = at;
    if (!wt_is_space(wt_next(text, &at))) return here;
  }
  return at;
}

static wt_status fold_word(wt_buf *out, size_t start, wt_span word, wt_error *err) {
  if (fold_simple(out, start, word)) return WT_OK;
  return fold_hard(out, start, word, err);
}

static void drop_last_space(wt_buf *out, size_t start) {
  if (out->len > start && out->data[out->len - 1] == ' ') out->data[--out->len] = 0;
}

/* White space at `at`: one space, none at the ends. */
static size_t fold_space(wt_buf *out, size_t start, wt_span text, size_t at) {
  size_t end = space_end(text, at);
  drop_last_space(out, start);
  if (end < text.len && out->len > start) wt_buf_put_char(out, ' ');
  return end;
}

wt_status wt_fold(wt_buf *out, wt_span text, wt_error *err) {
  size_t start = out->len, at = space_end(text, 0);
  while (at < text.len) {
    if (!wt_buf_reserve(out, text.len - at)) return wt_buf_status(out, "fold", err);
    size_t plain = wt_lower_plain(out->data + out->len, wt_span_sub(text, at, text.len));
    size_t run = at;
    out->len += plain;
    at += plain;
    if (at < text.len && !wt_is_space(wt_next(text, &(size_t){at}))) {
      while (at > run && text.data[at - 1] != ' ') at--, out->len--; /* a word is folded whole */
      size_t end = word_end(text, at);
      wt_status status = fold_word(out, start, wt_span_sub(text, at, end), err);
      if (status != WT_OK) return status;
      at = end;
    }
    if (at < text.len) at = fold_space(out, start, text, at);
  }
  drop_last_space(out, start);
  if (out->data != NULL) out->data[out->len] = 0;
  return wt_buf_status(out, "fold", err);
}
