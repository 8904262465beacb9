/* Cuts the units of one edit into tokens, looks them up, and marks which ones changed. */
#include "classify/passage.h"

#include <string.h>

#define FORM_WORDS 5u
#define FORM_BYTES 96u
#define ADDRESS_BYTES 2000u
#define WORD_BYTES 200u /* longer words are folded as bytes: no lexicon holds them */

typedef struct cutter {
  wt_passage *out;
  wt_arena *arena;
  const wt_lexicon *lexicon;
  const wt_quotes *quotes;
  size_t capacity;
  wt_buf scratch;
  bool failed; /* out of memory */
  uint32_t unit;
  wt_span text;
  bool has_at; /* a mail's address may stand in it */
} cutter;

static bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}
/* Of any script. None lies between ASCII and Arabic. */
static bool is_any_digit(uint32_t c) {
  return c < 0x660 ? c >= '0' && c <= '9' : wt_digit_value(c) >= 0;
}
static bool is_ascii_letter(unsigned char c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_space(uint32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) ||
         c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x2028 || c == 0x2029;
}

/* Punctuation that stands inside words: an Armenian apostrophe, Hebrew geresh and gershayim, the Tibetan tsheg. */
static bool is_inner_mark(uint32_t c) {
  return c == 0x55A || c == 0x5F3 || c == 0x5F4 || c == 0xF0B;
}

/* Letters of every script; digits are none, nor what lies in the blocks of punctuation, symbols and currencies. */
static bool is_letter(uint32_t c) {
  if (c < 0x80) return is_ascii_letter((unsigned char)c);
  if (c == WT_NOT_UTF8) return false;
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA || c == 0xAD;
  if (c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x2000 && c <= 0x2BFF)
    return (c >= 0x200C && c <= 0x200D) || c == 0x2122 || (c >= 0x2100 && c <= 0x214F && c != 0x2116);
  if (c >= 0x2E00 && c <= 0x2E7F) return false;
  if (c >= 0x3000 && c <= 0x303F) return c == 0x3005;
  if (c >= 0xFF00 && c <= 0xFF20) return false;
  if (c >= 0xFE10 && c <= 0xFE6F) return false;
  return c < 0x370 || is_inner_mark(c) || !(is_any_digit(c) || wt_is_punctuation(c));
}

static bool is_apostrophe(uint32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC;
}

static uint32_t peek(wt_span text, size_t at, size_t *next) {
  *next = at + 1;
  if (at < text.len && (unsigned char)text.data[at] < 0x80) return (unsigned char)text.data[at];
  *next = at;
  return at < text.len ? wt_utf8_next(text, next) : 0;
}

/* l', d', qu', dell': the article of a Romance language is a token of its own. */
static bool is_elision(wt_span word) {
  static const char *const forms[] = {"l",    "d",     "j",    "m",     "t",      "s",     "n",
                                      "c",    "qu",    "dell", "all",   "nell",   "dall",  "sull",
                                      "degl", "quell", "un",   "jusqu", "lorsqu", "puisqu"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    if (wt_span_equal_ascii_case(word, wt_span_of(forms[i]))) return true;
  return false;
}

/* U.S., p.m., a.m: single letters each with its point, the last perhaps without. The end, or `begin` when it is none. */
static size_t initials_end(wt_span text, size_t begin) {
  size_t at = begin, next, beyond, count = 0;
  while (at < text.len && is_letter(peek(text, at, &next))) {
    bool point = next < text.len && text.data[next] == '.';
    if (!point) return count && !is_letter(peek(text, next, &beyond)) ? next : begin;
    at = next + 1;
    count++;
  }
  return count >= 2 ? at : begin;
}

/* Past letters of ASCII, when a space or a mark follows that ends a word. */
static size_t plain_end(wt_span text, size_t begin) {
  size_t at = begin;
  while (at < text.len && is_ascii_letter((unsigned char)text.data[at])) at++;
  return at < text.len && (text.data[at] == ' ' || text.data[at] == ',') ? at : begin;
}

/* The end of a word: letters and inner apostrophes; an elided article ends with its apostrophe. */
static size_t word_end(wt_span text, size_t begin) {
  size_t at = plain_end(text, begin), next, beyond;
  if (at > begin + 1) return at;
  at = initials_end(text, begin);
  if (at > begin) return at;
  while (at < text.len) {
    uint32_t c = peek(text, at, &next);
    if (!is_letter(c)) {
      if (!is_apostrophe(c) || !is_letter(peek(text, next, &beyond))) break;
      if (is_elision(wt_span_sub(text, begin, at))) return next;
    }
    at = next;
  }
  return at;
}

/* The marks between digits that are wide, or Arabic, as those that English writes; 0 for any other. */
static char plain_joint(uint32_t c) {
  switch (c) {
  case '.':
  case 0xB7: /* 5\u00B77, as some British papers set it */
  case 0x066B:
  case 0xFF0E: return '.';
  case ',':
  case 0x066C:
  case 0xFF0C: return ',';
  case ':':
  case 0xFF1A: return ':';
  default: return 0;
  }
}

/* Joins three digits to others, and no other number of them. A wide comma is also what parts two numbers of a list. */
static bool groups_digits(uint32_t c) {
  return is_apostrophe(c) || c == 0xA0 || c == 0x202F || c == 0x2009 || c == 0x066C || c == 0xFF0C;
}

/* How many digits stand from `at` on, up to `most`. */
static size_t count_digits(wt_span text, size_t at, size_t most) {
  size_t count = 0, next;
  while (count < most && at < text.len && is_any_digit(peek(text, at, &next))) at = next, count++;
  return count;
}

/* 12 000: three digits by themselves, behind at most three and a plain space. Not in English, which writes a comma. */
static bool is_spaced_group(const cutter *cut, size_t begin, size_t at) {
  wt_span text = cut->text;
  if (cut->lexicon->decimal == '.' || text.data[at] != ' ' || at + 4 > text.len || text.data[begin] == '0')
    return false;
  for (size_t i = at + 1; i < at + 4; i++)
    if (!is_digit((unsigned char)text.data[i])) return false;
  if (at + 4 < text.len && (is_digit((unsigned char)text.data[at + 4]) || text.data[at + 4] == ':')) return false;
  for (size_t i = begin; i < at; i++)
    if (!is_digit((unsigned char)text.data[i]) && text.data[i] != ' ') return false;
  size_t group = at;
  while (group > begin && is_digit((unsigned char)text.data[group - 1])) group--;
  return group == begin ? at - begin <= 3 : at - group == 3;
}

/* The end of a figure: digits with points, commas, colons, and spaces before three digits. */
static size_t figure_end(const cutter *cut, size_t begin) {
  wt_span text = cut->text;
  size_t at = begin, next;
  while (at < text.len) {
    if (is_spaced_group(cut, begin, at)) {
      at += 4;
      continue;
    }
    uint32_t c = peek(text, at, &next);
    if (!is_any_digit(c)) {
      size_t digits = plain_joint(c) || groups_digits(c) ? count_digits(text, next, 4) : 0;
      if (digits == 0 || (groups_digits(c) && digits != 3)) break;
    }
    at = next;
  }
  return at;
}

/* No byte of an address. */
static bool ends_address(unsigned char c) {
  switch (c) {
  case '<':
  case '>':
  case '"':
  case '(':
  case ')':
  case '[':
  case ']':
  case '{':
  case '}':
  case '|':
  case '\\':
  case '^':
  case '`':
  case '\'': return true;
  default: return c <= ' ' || c >= 0x7F;
  }
}

static bool is_mail_byte(unsigned char c) {
  return is_ascii_letter(c) || is_digit(c) || c == '@' || c == '.' || c == '_' || c == '-' || c == '+';
}

/* An address by itself: nothing in it is a number, a name or the end of a sentence. The end, or `begin` when it is none. */
static size_t address_end(const cutter *cut, size_t begin) {
  wt_span text = cut->text, rest = wt_span_sub(text, begin, text.len);
  size_t end = 0, ats = 0, points_after = 0;
  bool link = (rest.data[0] == 'h' || rest.data[0] == 'w') &&
              (wt_span_starts(rest, WT_SPAN("http://")) || wt_span_starts(rest, WT_SPAN("https://")) ||
               wt_span_starts(rest, WT_SPAN("www.")));
  if (!link && !cut->has_at) return begin;
  for (; end < rest.len && end < ADDRESS_BYTES; end++) {
    unsigned char c = (unsigned char)rest.data[end];
    if (ends_address(c)) break;
    ats += c == '@';
    points_after += c == '.' && ats;
    if (!link && !is_mail_byte(c)) break;
  }
  if (!link && ats != 1) return begin;
  while (end > 0 && strchr(".,;:!?", rest.data[end - 1])) {
    points_after -= rest.data[end - 1] == '.' && ats && points_after;
    end--;
  }
  bool mail = ats == 1 && points_after > 0 && rest.data[0] != '@';
  return link || mail ? begin + end : begin;
}

static wt_span no_text(cutter *cut) {
  cut->failed = true;
  return (wt_span){0};
}

static wt_span fold_token(cutter *cut, wt_span text) {
  bool ascii = true, lower = true;
  if (text.len > WORD_BYTES) return text;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.data[i];
    ascii = ascii && c < 0x80;
    lower = lower && (c < 'A' || c > 'Z');
  }
  if (ascii && lower) return text;
  if (ascii) {
    char *copy = wt_arena_alloc(cut->arena, text.len + 1);
    if (copy == NULL) return no_text(cut);
    for (size_t i = 0; i < text.len; i++)
      copy[i] = (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + 32 : text.data[i]);
    return (wt_span){copy, text.len};
  }
  wt_buf_clear(&cut->scratch);
  if (wt_fold(&cut->scratch, text, NULL) != WT_OK) return no_text(cut);
  wt_span kept = wt_span_keep(cut->arena, wt_buf_span(&cut->scratch));
  return kept.data ? kept : no_text(cut);
}

/* A figure in ASCII digits, points, commas and colons, for what reads its value. */
static wt_span fold_figure(cutter *cut, wt_span text) {
  size_t at = 0, len = 0;
  while (at < text.len && (unsigned char)text.data[at] < 0x80) at++;
  if (at == text.len) return text;
  char *plain = wt_arena_alloc(cut->arena, text.len + 1);
  if (plain == NULL) return no_text(cut);
  for (at = 0; at < text.len;) {
    size_t begin = at;
    uint32_t c = wt_utf8_next(text, &at);
    int digit = wt_digit_value(c);
    char mark = plain_joint(c);
    if (digit >= 0 || mark)
      plain[len++] = digit >= 0 ? (char)('0' + digit) : mark;
    else
      for (; begin < at; begin++) plain[len++] = text.data[begin];
  }
  return (wt_span){plain, len};
}

static bool is_capital(wt_span word) {
  size_t at = 0;
  return wt_is_capital(wt_utf8_next(word, &at));
}

static bool is_quote_mark(wt_span mark) {
  size_t end;
  uint32_t c = peek(mark, 0, &end);
  return c == '"' || c == '\'' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201E && c != 0x201B) ||
         c == 0x2039 || c == 0x203A || (c >= 0x300C && c <= 0x300F) || (c >= 0x301D && c <= 0x301F);
}

static bool starts_after(const wt_passage *side, bool glued) {
  if (side->count == 0) return true;
  const wt_token *last = &side->tokens[side->count - 1];
  if (last->kind != TOKEN_MARK) return false;
  if (last->quote_mark || last->text.data[0] == '(') return glued && (last->quote_mark || last->first);
  char c = last->text.data[0];
  return last->text.len == 1 && (c == ':' || c == '|' || c == '!' || c == '?' || c == '.');
}

static wt_status put_token(cutter *cut, size_t begin, size_t end, wt_token_kind kind, bool glued, wt_error *err) {
  wt_passage *out = cut->out;
  if (out->count == cut->capacity) {
    size_t capacity = cut->capacity ? cut->capacity * 2 : 8 + cut->text.len / 4;
    wt_token *tokens = wt_arena_alloc(cut->arena, capacity * sizeof *tokens);
    if (tokens == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
    if (out->count) memcpy(tokens, out->tokens, out->count * sizeof *tokens);
    out->tokens = tokens;
    cut->capacity = capacity;
  }
  bool first = starts_after(out, glued);
  wt_token *token = &out->tokens[out->count++];
  *token = (wt_token){.text = wt_span_sub(cut->text, begin, end),
                      .unit = cut->unit,
                      .begin = (uint32_t)begin,
                      .end = (uint32_t)end,
                      .kind = kind,
                      .glued = glued,
                      .first = first,
                      .words = 1};
  token->folded = kind == TOKEN_LETTERS  ? fold_token(cut, token->text)
                  : kind == TOKEN_DIGITS ? fold_figure(cut, token->text)
                                         : token->text;
  token->capital = kind == TOKEN_LETTERS && is_capital(token->text);
  token->quote_mark = kind == TOKEN_MARK && is_quote_mark(token->text);
  token->quoted = wt_quotes_hold(cut->quotes, cut->unit, (uint32_t)begin);
  return WT_OK;
}

static wt_status cut_unit(cutter *cut, wt_error *err) {
  wt_span text = cut->text;
  wt_status status = WT_OK;
  bool glued = false;
  for (size_t at = 0; at < text.len && status == WT_OK;) {
    size_t next;
    uint32_t c = peek(text, at, &next);
    if (is_space(c)) {
      at = next;
      glued = false;
      continue;
    }
    wt_token_kind kind = TOKEN_MARK;
    size_t address = glued ? at : address_end(cut, at);
    if (address > at) {
      kind = TOKEN_LETTERS;
      next = address;
    } else if (is_any_digit(c)) {
      kind = TOKEN_DIGITS;
      next = figure_end(cut, at);
    } else if (is_letter(c)) {
      kind = TOKEN_LETTERS;
      next = word_end(text, at);
    }
    status = put_token(cut, at, next, kind, glued, err);
    if (cut->failed) status = wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
    at = next;
    glued = true;
  }
  return status;
}

/* ---- forms of the lexicon ---- */

/* No form goes on over the marks that end a word or a clause. */
static bool ends_form(const wt_token *token) {
  return token->quote_mark ||
         (token->kind == TOKEN_MARK && token->text.len == 1 && strchr(",;:!?()[].", token->text.data[0]));
}

/* The longest form of the lexicon that starts at token i. */
static void look_up(cutter *cut, size_t i) {
  wt_passage *side = cut->out;
  char form[FORM_BYTES];
  size_t len = 0;
  unsigned longest = 1;
  for (size_t n = 0; n < longest && n < FORM_WORDS && i + n < side->count; n++) {
    const wt_token *token = &side->tokens[i + n];
    if (len + token->folded.len + 1 > sizeof form || (n && ends_form(token))) return;
    if (n && !token->glued) form[len++] = ' ';
    memcpy(form + len, token->folded.data, token->folded.len);
    len += token->folded.len;
    unsigned more = 0;
    const wt_lex_entry *found = wt_lexicon_find(cut->lexicon, (wt_span){form, len}, &more);
    if (found == NULL && n == 0 && len > 2 && wt_span_ends(token->folded, WT_SPAN("'s"))) /* Monday's */
      found = wt_lexicon_find(cut->lexicon, (wt_span){form, len - 2}, NULL);
    if (n == 0) longest = more;
    if (n == 0 && i + 1 < side->count && side->tokens[i + 1].glued) longest = longest > 3 ? longest : 3; /* year-old */
    if (found) {
      side->tokens[i].entries = found;
      side->tokens[i].words = (uint8_t)(n + 1);
    }
  }
}

static void look_up_all(cutter *cut) {
  for (size_t i = 0; i < cut->out->count;) {
    look_up(cut, i);
    size_t words = cut->out->tokens[i].words;
    for (size_t k = 1; k < words; k++) cut->out->tokens[i + k].words = 0;
    i += words;
  }
}

wt_status wt_passage_cut(wt_passage *out, wt_arena *arena, const wt_lexicon *lexicon, const wt_units *units,
                         uint32_t first, uint32_t count, const wt_quotes *quotes, wt_error *err) {
  *out = (wt_passage){0};
  cutter cut = {.out = out, .arena = arena, .lexicon = lexicon, .quotes = quotes};
  wt_status status = WT_OK;
  for (uint32_t u = first; u < first + count && status == WT_OK; u++) {
    cut.unit = u;
    cut.text = units->items[u].text;
    cut.has_at = wt_span_has(cut.text, '@');
    size_t start = out->count;
    status = cut_unit(&cut, err);
    if (start < out->count) {
      out->tokens[start].first = true;
      out->tokens[start].glued = false;
    }
  }
  if (status == WT_OK) look_up_all(&cut);
  wt_buf_release(&cut.scratch);
  return status;
}

/* ---- what changed ---- */

/* Unmarks the tokens that the spans of kept bytes cover. */
static void mark_kept(wt_passage *side, const wt_edit *edit, bool is_old) {
  size_t t = 0;
  for (size_t i = 0; i < edit->word_count; i++) {
    const wt_word_edit *word = &edit->words[i];
    if (word->op != WT_WORD_KEEP) continue;
    uint32_t unit = is_old ? word->old_unit : word->new_unit;
    uint32_t begin = is_old ? word->old_begin : word->new_begin, end = is_old ? word->old_end : word->new_end;
    while (t < side->count &&
           (side->tokens[t].unit < unit || (side->tokens[t].unit == unit && side->tokens[t].begin < begin)))
      t++;
    while (t < side->count && side->tokens[t].unit == unit && side->tokens[t].end <= end)
      side->tokens[t++].changed = false;
  }
}

static bool same_token(const wt_token *a, const wt_token *b) {
  return a->kind == b->kind && wt_span_equal(a->folded, b->folded);
}

/* Inside two opposite runs of changed tokens, equal ends are no change: the diff's words are coarser than tokens. */
static void trim_run(wt_token *old, size_t old_count, wt_token *new, size_t new_count) {
  size_t i = 0, least = old_count < new_count ? old_count : new_count;
  for (; i < least && same_token(&old[i], &new[i]); i++) old[i].changed = new[i].changed = false;
  for (size_t k = 0; k < least - i && same_token(&old[old_count - 1 - k], &new[new_count - 1 - k]); k++)
    old[old_count - 1 - k].changed = new[new_count - 1 - k].changed = false;
}

static size_t run_end(const wt_passage *side, size_t at) {
  while (at < side->count && side->tokens[at].changed) at++;
  return at;
}

/* Walks both sides from kept token to kept token; false when the kept tokens do not agree (a word moved inside). */
static bool trim_runs(wt_passage *old, wt_passage *new) {
  size_t i = 0, j = 0;
  while (i < old->count || j < new->count) {
    size_t i2 = run_end(old, i), j2 = run_end(new, j);
    trim_run(old->tokens + i, i2 - i, new->tokens + j, j2 - j);
    i = i2;
    j = j2;
    if ((i < old->count) != (j < new->count)) return false;
    if (i < old->count && !same_token(&old->tokens[i], &new->tokens[j])) return false;
    i += i < old->count;
    j += j < new->count;
  }
  return true;
}

static void number_regions(wt_passage *side) {
  uint32_t kept = 0;
  for (size_t i = 0; i < side->count; i++) {
    side->tokens[i].region = kept;
    kept += !side->tokens[i].changed;
  }
}

void wt_passages_mark(wt_passage *old, wt_passage *new, const wt_edit *edit) {
  for (size_t i = 0; i < old->count; i++) old->tokens[i].changed = true;
  for (size_t i = 0; i < new->count; i++) new->tokens[i].changed = true;
  if (edit) {
    mark_kept(old, edit, true);
    mark_kept(new, edit, false);
  }
  trim_runs(old, new);
  number_regions(old);
  number_regions(new);
}

size_t wt_region_start(const wt_passage *side, uint32_t region) {
  size_t low = 0, high = side->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (side->tokens[middle].region < region)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

wt_span wt_passage_text(const wt_passage *side, size_t first, size_t last) {
  const wt_token *a = &side->tokens[first], *b = &side->tokens[last];
  if (a->unit != b->unit) return a->text;
  return (wt_span){a->text.data, (size_t)(b->text.data - a->text.data) + b->text.len};
}
