/*
 * Any bytes to UTF-8: what the bytes say themselves goes before what is said about them, and a guess comes last.
 */
#include "mojibake.h"
#include "unicode.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <stdio.h>
#include <string.h>

/* ---- out: a code point at a time, controls taken out ---- */

typedef struct text_sink {
  wt_buf *out;
  wt_decoded *how;
} text_sink;

static bool is_dropped(uint32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || (c >= 0x7F && c < 0xA0);
}

static void put(text_sink *sink, uint32_t c) {
  if (c == 0x85) c = '\n'; /* NEXT LINE */
  if (is_dropped(c)) {
    sink->how->controls++;
    return;
  }
  wt_buf_put_code_point(sink->out, c);
}

static void put_utf8(text_sink *sink, wt_span bytes) {
  for (size_t at = 0; at < bytes.len;) {
    size_t begin = at;
    at = wt_skip_plain(bytes, at);
    while (at < bytes.len && (unsigned char)bytes.data[at] < 0x7F && !is_dropped((unsigned char)bytes.data[at])) at++;
    wt_buf_put(sink->out, bytes.data + begin, at - begin);
    if (at == bytes.len) return;
    uint32_t c = wt_utf8_next(bytes, &at);
    if (c == WT_NOT_UTF8)
      sink->how->replaced++, wt_buf_put_code_point(sink->out, 0xFFFD);
    else
      put(sink, c);
  }
}

static void put_windows_1252(text_sink *sink, wt_span bytes) {
  for (size_t i = 0; i < bytes.len; i++) put(sink, wt_windows_1252_code_point((unsigned char)bytes.data[i]));
}

/* ---- out: through ICU ---- */

/* One buffer of UTF-16; a lead surrogate at its end waits in *lead for its other half. */
static void put_utf16(text_sink *sink, const UChar *text, size_t count, UChar *lead) {
  for (size_t i = 0; i < count; i++) {
    /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign): ICU has written `count` of them */
    uint32_t c = text[i];
    if (*lead != 0 && U16_IS_TRAIL(c)) {
      put(sink, (uint32_t)U16_GET_SUPPLEMENTARY(*lead, c));
      *lead = 0;
      continue;
    }
    if (*lead != 0) put(sink, 0xFFFD), sink->how->replaced++;
    *lead = 0;
    if (U16_IS_LEAD(c))
      *lead = (UChar)c;
    else {
      if (c == 0xFFFD) sink->how->replaced++;
      put(sink, U16_IS_TRAIL(c) ? 0xFFFD : c);
    }
  }
}

static wt_status put_converted(text_sink *sink, UConverter *converter, wt_span bytes, wt_error *err) {
  UChar chunk[4096], lead = 0;
  const char *from = bytes.data, *end = bytes.data + bytes.len;
  UErrorCode code;
  do {
    UChar *to = chunk;
    code = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &to, chunk + sizeof chunk / sizeof *chunk, &from, end, NULL, true, &code);
    put_utf16(sink, chunk, (size_t)(to - chunk), &lead);
  } while (code == U_BUFFER_OVERFLOW_ERROR);
  if (lead != 0) put(sink, 0xFFFD);
  return U_SUCCESS(code) ? WT_OK : wt_fail(err, WT_ENOMEM, "decode", from - bytes.data, "%s", u_errorName(code));
}

/* ---- names ---- */

/* Charsets that no news is written in, or that hide ASCII from a reader of the bytes. */
static bool is_refused(const char *name) {
  static const char *const refused[] = {"UTF-7",  "IMAP-mailbox-name", "SCSU", "BOCU-1",
                                        "CESU-8", "UTF-EBCDIC",        "HZ",   "LMBCS-1"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    if (strcasecmp(name, refused[i]) == 0) return true;
  return strstr(name, "ibm-37") != NULL || strstr(name, "ebcdic") != NULL || strstr(name, "lmbcs") != NULL;
}

/* What the web means by a name (WHATWG Encoding, 4.2): Latin-1 and ASCII are windows-1252. */
static const char *web_name(const char *name) {
  static const char *const pairs[][2] = {
      {"US-ASCII", "windows-1252"},      {"ISO-8859-1", "windows-1252"}, {"ISO-8859-9", "windows-1254"},
      {"TIS-620", "windows-874"},        {"GB2312", "GB18030"},          {"GBK", "GB18030"},
      {"EUC-KR", "windows-949"},         {"Shift_JIS", "windows-31j"},   {"ISO-8859-11", "windows-874"},
      {"KS_C_5601-1987", "windows-949"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (strcasecmp(name, pairs[i][0]) == 0) return pairs[i][1];
  return name;
}

/* A label is printable ASCII. ICU passes over whatever else stands among its letters and figures. */
static bool is_label(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] < ' ' || text.data[i] > '~') return false;
  return text.len > 0;
}

/* The IANA name of a label as found in a header; empty when it names nothing that we read. */
static void canonical_name(char out[40], wt_span label) {
  char text[40];
  label = wt_span_trim(label);
  if (label.len >= 2 && (label.data[0] == '"' || label.data[0] == '\'')) label = wt_span_sub(label, 1, label.len - 1);
  out[0] = 0;
  if (!is_label(label) || label.len >= sizeof text) return;
  memcpy(text, label.data, label.len);
  text[label.len] = 0;
  UErrorCode code = U_ZERO_ERROR;
  const char *name = ucnv_getStandardName(text, "MIME", &code);
  if (name == NULL || U_FAILURE(code)) name = (code = U_ZERO_ERROR, ucnv_getStandardName(text, "IANA", &code));
  if (name == NULL || U_FAILURE(code)) name = text;
  if (is_refused(name)) return;
  UErrorCode opening = U_ZERO_ERROR;
  name = web_name(name);
  UConverter *converter = ucnv_open(name, &opening);
  if (converter == NULL) return;
  ucnv_close(converter);
  snprintf(out, 40, "%s", name);
}

/* ---- what the bytes say ---- */

typedef struct byte_census {
  size_t zeros[2]; /* by parity of the offset */
  size_t good;     /* sequences of UTF-8 of two bytes and more */
  size_t bad;      /* ill-formed ones */
  bool escapes;    /* ESC: a charset of the ISO 2022 kind */
} byte_census;

static byte_census take_census(wt_span bytes) {
  byte_census census = {0};
  for (size_t at = 0; at < bytes.len;) {
    if ((at = wt_skip_plain(bytes, at)) == bytes.len) break;
    unsigned char c = (unsigned char)bytes.data[at];
    if (c < 0x80) {
      census.zeros[at & 1] += c == 0;
      census.escapes = census.escapes || c == 0x1B;
      at++;
    } else if (wt_utf8_next(bytes, &at) == WT_NOT_UTF8)
      census.bad++;
    else
      census.good++;
  }
  return census;
}

/* UTF-16 without a mark: the zeros of its ASCII and its spaces lie on one side. */
static const char *utf16_by_zeros(const byte_census *census, wt_span bytes) {
  size_t even = census->zeros[0], odd = census->zeros[1], pairs = bytes.len / 2;
  if (bytes.len < 4 || even + odd < 2 + pairs / 20 || census->good > even + odd) return NULL;
  if (odd > 8 * even) return "UTF-16LE";
  if (even > 8 * odd) return "UTF-16BE";
  return NULL;
}

static const char *mark_of(wt_span bytes, size_t *len) {
  static const struct {
    const char *bytes;
    size_t len;
    const char *charset;
  } marks[] = {{"\xEF\xBB\xBF", 3, "UTF-8"},
               {"\xFF\xFE\0\0", 4, "UTF-32LE"},
               {"\0\0\xFE\xFF", 4, "UTF-32BE"},
               {"\xFF\xFE", 2, "UTF-16LE"},
               {"\xFE\xFF", 2, "UTF-16BE"}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    *len = marks[i].len;
    if (wt_span_starts(bytes, (wt_span){marks[i].bytes, marks[i].len})) return marks[i].charset;
  }
  *len = 0;
  return NULL;
}

/* Do the bytes contradict the charset named? */
static bool contradicts(const char *name, const byte_census *census, wt_span bytes) {
  if (strcmp(name, "UTF-8") == 0) return census->bad > census->good / 4;
  if (strncmp(name, "UTF-16", 6) == 0 || strncmp(name, "UTF-32", 6) == 0) return utf16_by_zeros(census, bytes) == NULL;
  if (census->escapes && strncmp(name, "ISO-2022", 8) == 0) return false;
  return census->bad == 0 && census->good > 0; /* well-formed UTF-8 is hardly ever anything else */
}

/* ICU's detector over the lines that hold something above ASCII. Empty when it is not sure of anything. */
static void detect(char out[40], wt_span bytes) {
  const size_t most = 128 << 10;
  UErrorCode code = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&code);
  size_t begin = 0;
  while (begin < bytes.len && (unsigned char)bytes.data[begin] < 0x80) begin++;
  begin = begin > 256 ? begin - 256 : 0;
  wt_span sample = wt_span_sub(bytes, begin, begin + most);
  ucsdet_setText(detector, sample.data, (int32_t)sample.len, &code);
  const UCharsetMatch *match = ucsdet_detect(detector, &code);
  int32_t sure = match == NULL || U_FAILURE(code) ? 0 : ucsdet_getConfidence(match, &code);
  const char *name = sure == 0 ? NULL : ucsdet_getName(match, &code);
  out[0] = 0;
  if (name != NULL && sure >= 25 && strncmp(name, "UTF-", 4) != 0 && strncmp(name, "IBM", 3) != 0)
    canonical_name(out, wt_span_of(name));
  if (detector != NULL) ucsdet_close(detector);
}

/* ---- decoding ---- */

/* UTF-8 in, mended before controls are taken out: half of a doubled quotation mark is a control. Twice at most: some text
   went through two such readers. */
static void put_mended(text_sink *sink, wt_span bytes) {
  wt_buf mended[2] = {{.limit = sink->out->limit}, {.limit = sink->out->limit}};
  for (int pass = 0; pass < 2 && wt_mend_double_utf8(&mended[pass], bytes); pass++) {
    sink->how->double_utf8 = true;
    bytes = wt_buf_span(&mended[pass]);
  }
  put_utf8(sink, bytes);
  for (int pass = 0; pass < 2; pass++) {
    sink->out->failed = sink->out->failed || mended[pass].failed;
    wt_buf_release(&mended[pass]);
  }
}

static wt_status convert(text_sink *sink, wt_span bytes, wt_error *err) {
  const char *name = sink->how->charset;
  if (strcmp(name, "UTF-8") == 0) {
    put_mended(sink, bytes);
    return WT_OK;
  }
  if (strcmp(name, "windows-1252") == 0) {
    put_windows_1252(sink, bytes);
    return WT_OK;
  }
  UErrorCode code = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &code);
  if (converter == NULL) return wt_fail(err, WT_ENOMEM, "decode", -1, "%s: %s", name, u_errorName(code));
  wt_status status = put_converted(sink, converter, bytes, err);
  ucnv_close(converter);
  return status;
}

static void choose(wt_decoded *how, wt_span bytes, const wt_decode_hints *hints) {
  byte_census census = take_census(bytes);
  const char *sixteen = utf16_by_zeros(&census, bytes);
  for (int i = 0; i < 2 && hints != NULL; i++) {
    canonical_name(how->charset, i == 0 ? hints->http : hints->markup);
    if (how->charset[0] == 0 || contradicts(how->charset, &census, bytes)) continue;
    if (strncmp(how->charset, "UTF-16", 6) == 0 && sixteen != NULL) break;
    if (sixteen == NULL) return;
  }
  const char *name = sixteen != NULL ? sixteen : NULL;
  if (name == NULL && census.bad <= census.good / 4 && !census.escapes) name = "UTF-8";
  how->charset[0] = 0;
  if (name != NULL)
    snprintf(how->charset, sizeof how->charset, "%s", name);
  else
    detect(how->charset, bytes);
  if (how->charset[0] == 0)
    snprintf(how->charset, sizeof how->charset, "%s", census.bad == 0 ? "UTF-8" : "windows-1252");
}

wt_status wt_decode(wt_buf *out, wt_decoded *how, wt_span bytes, const wt_decode_hints *hints, wt_error *err) {
  size_t mark;
  *how = (wt_decoded){0};
  const char *marked = mark_of(bytes, &mark);
  how->had_mark = marked != NULL;
  if (marked != NULL)
    snprintf(how->charset, sizeof how->charset, "%s", marked);
  else
    choose(how, bytes, hints);
  text_sink sink = {out, how};
  wt_status status = convert(&sink, wt_span_sub(bytes, mark, bytes.len), err);
  if (status != WT_OK) return status;
  return wt_buf_status(out, "decode", err);
}
