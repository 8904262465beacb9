/* Numbers: figures and words, signs, scales, currencies, units, and the words that bound them. */
#include "classify/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MOST_WORDS 12u /* of one number in words */
#define MOST_DIGITS 40u

wt_status wt_facts_put(wt_facts *facts, wt_arena *arena, const wt_fact *fact, wt_error *err) {
  if (facts->count == facts->capacity) {
    size_t capacity = facts->capacity ? facts->capacity * 2 : 16;
    wt_fact *items = wt_arena_array(arena, capacity, sizeof *items);
    if (items == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
    if (facts->count) memcpy(items, facts->items, facts->count * sizeof *items);
    facts->items = items;
    facts->capacity = capacity;
  }
  facts->items[facts->count++] = *fact;
  return WT_OK;
}

/* ---- figures ---- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* How many digits follow position `at`, up to the next separator. */
static size_t group_len(wt_span figure, size_t at) {
  size_t n = 0;
  while (at + n < figure.len && is_digit(figure.data[at + n])) n++;
  return n;
}

/* Where the decimals begin: at the last point or comma when it can be no grouping. figure.len when there are none. */
static size_t decimals_at(wt_span figure, char decimal) {
  size_t points = 0, commas = 0, last = figure.len;
  bool all_three = group_len(figure, 0) <= 3;
  for (size_t i = 0; i < figure.len; i++) {
    if (figure.data[i] != '.' && figure.data[i] != ',') continue;
    points += figure.data[i] == '.';
    commas += figure.data[i] == ',';
    all_three &= group_len(figure, i + 1) == 3;
    last = i;
  }
  if (last == figure.len) return last;
  if (points && commas) return last;
  if (points + commas > 1) return figure.len; /* 1,500,000 */
  if (figure.data[last] == decimal) return last;
  return all_three && figure.data[0] != '0' ? figure.len : last;
}

void wt_figure_put(wt_buf *out, wt_span figure, char decimal, int scale) {
  char digits[MOST_DIGITS] = {0};
  size_t count = 0, point = decimals_at(figure, decimal);
  int exponent = scale;
  for (size_t i = 0; i < figure.len; i++) {
    if (!is_digit(figure.data[i])) continue;
    if (count == 0 && figure.data[i] == '0' && i + 1 < point) continue;
    if (count == MOST_DIGITS) { /* longer than any fact: the figure as it stands */
      wt_buf_put_span(out, figure);
      return;
    }
    digits[count++] = figure.data[i];
    exponent -= i > point;
  }
  if (point == figure.len)
    while (count > 1 && digits[count - 1] == '0') {
      count--;
      exponent++;
    }
  if (count == 1 && digits[0] == '0' && point == figure.len) exponent = 0;
  wt_buf_put(out, digits, count);
  wt_buf_put_format(out, "e%d", exponent);
}

/* The figure in thousandths, for comparing two; false when it does not fit. */
static bool thousandths(int64_t *out, wt_span figure, char decimal, int scale) {
  size_t point = decimals_at(figure, decimal);
  int64_t value = 0;
  int places = scale + 3;
  for (size_t i = 0; i < figure.len; i++) {
    if (!is_digit(figure.data[i])) continue;
    if (i > point && places-- <= 0) continue;
    if (value > INT64_MAX / 100) return false;
    value = value * 10 + (figure.data[i] - '0');
  }
  for (; places > 0; places--) {
    if (value > INT64_MAX / 10) return false;
    value *= 10;
  }
  *out = value;
  return true;
}

/* ---- reading one number ---- */

typedef struct reader {
  wt_passage *side;
  const wt_lexicon *lexicon;
  wt_buf norm;
  size_t first, last; /* tokens taken */
  wt_fact fact;
} reader;

static bool is_mark(const wt_passage *side, size_t i, const char *mark) {
  return i < side->count && side->tokens[i].kind == TOKEN_MARK && wt_span_equal(side->tokens[i].text, wt_span_of(mark));
}

static bool is_hyphen(const wt_passage *side, size_t i) {
  return is_mark(side, i, "-") || is_mark(side, i, "\u2010") || is_mark(side, i, "\u2011");
}

static bool is_minus(const wt_passage *side, size_t i) {
  return is_mark(side, i, "-") || is_mark(side, i, "\u2212") || is_mark(side, i, "\u2013");
}

static bool is_glued(const wt_passage *side, size_t i) {
  return i < side->count && side->tokens[i].glued;
}

/* The last token of the form at i. */
static size_t form_end(const wt_passage *side, size_t i) {
  return i + side->tokens[i].words - 1;
}

/* The next token after `i`, stepping over one glued hyphen ("5-mile", "twenty-three"). */
static size_t next_part(const wt_passage *side, size_t i) {
  return is_hyphen(side, i + 1) && is_glued(side, i + 1) && is_glued(side, i + 2) ? i + 2 : i + 1;
}

static int small_int(wt_span value) {
  int n = 0;
  for (size_t i = 0; i < value.len && i < 6 && is_digit(value.data[i]); i++) n = n * 10 + (value.data[i] - '0');
  return n;
}

static bool is_all_digits(wt_span value) {
  for (size_t i = 0; i < value.len; i++)
    if (!is_digit(value.data[i])) return false;
  return value.len > 0;
}

/* "one hundred and five", "treinta y cuatro", "vingt et un": the word between two parts of one number. */
static bool takes_and(const wt_passage *side, size_t i, int64_t so_far) {
  static const char *const words[] = {"and", "y", "e", "et", "und"};
  const wt_lex_entry *next = wt_passage_tagged(side, i + 1, LEX_NUMBER);
  bool joins = false;
  for (size_t k = 0; i < side->count && k < sizeof words / sizeof *words; k++)
    joins |= wt_span_equal(side->tokens[i].folded, wt_span_of(words[k]));
  if (!joins || next == NULL) return false;
  if (!is_all_digits(next->value)) return wt_span_equal(side->tokens[i].folded, WT_SPAN("and")); /* two and a half */
  int value = small_int(next->value);
  if (so_far >= 100 && so_far % 100 == 0) return value < 100;
  return so_far % 100 >= 20 && so_far % 10 == 0 && value < 10;
}

/* The form that ends right before token `at`; its start, or `at` when none has the tag. */
static size_t form_before(const wt_passage *side, size_t at, wt_lex_tag tag) {
  for (size_t k = 1; k <= 5 && k <= at; k++) {
    const wt_token *token = &side->tokens[at - k];
    if (token->words == 0) continue;
    return token->words == k && wt_passage_tagged(side, at - k, tag) ? at - k : at;
  }
  return at;
}

/* A scale word after a figure: million, bn. "m" after a currency is a million too. */
static int read_scale(reader *r) {
  int scale = 0;
  for (unsigned guard = 0; guard < 3; guard++) {
    size_t next = next_part(r->side, r->last);
    const wt_lex_entry *entry = wt_passage_tagged(r->side, next, LEX_SCALE);
    if (entry == NULL) break;
    scale += small_int(entry->value);
    r->last = form_end(r->side, next);
    if (entry->form.len <= 4 && is_mark(r->side, r->last + 1, ".") && is_glued(r->side, r->last + 1) &&
        r->last + 2 < r->side->count && r->side->tokens[r->last + 2].kind == TOKEN_LETTERS)
      r->last++; /* 1,5 Mrd. Euro */
  }
  return scale;
}

static void read_figure(reader *r) {
  wt_span figure = r->side->tokens[r->first].folded;
  int scale = read_scale(r);
  size_t next = r->last + 1;
  bool m = next < r->side->count && wt_span_equal(r->side->tokens[next].folded, WT_SPAN("m"));
  if (scale == 0 && m &&
      ((is_glued(r->side, next) && form_before(r->side, r->first, LEX_CURRENCY) < r->first) ||
       wt_passage_tagged(r->side, next + 1, LEX_CURRENCY))) { /* $5m, 5 M€ */
    scale = 6;
    r->last = next;
  }
  if (scale == 0 && is_glued(r->side, next) && wt_span_equal(r->side->tokens[next].folded, WT_SPAN("k"))) {
    scale = 3;
    r->last = next;
  }
  wt_figure_put(&r->norm, figure, r->lexicon->decimal, scale);
  r->fact.comparable = thousandths(&r->fact.value, figure, r->lexicon->decimal, scale);
}

static bool is_fraction(const wt_passage *side, size_t i) {
  const wt_lex_entry *number = wt_passage_tagged(side, i, LEX_NUMBER);
  return number && wt_span_find(number->value, WT_SPAN("/")) < number->value.len;
}

static bool is_of(const wt_passage *side, size_t i) {
  static const char *const words[] = {"of", "de", "d'", "di", "von"};
  for (size_t k = 0; i < side->count && k < sizeof words / sizeof *words; k++)
    if (wt_span_equal(side->tokens[i].folded, wt_span_of(words[k]))) return true;
  return false;
}

/* A number in words: "twenty-three", "one hundred and five thousand", "a quarter". False when its parts make no sum. */
static void read_words(reader *r) {
  int64_t total = 0, part = 0;
  bool plain = true, any = false, many = false;
  size_t at = r->first, begin = r->norm.len;
  for (unsigned n = 0; n < MOST_WORDS && at < r->side->count; n++) {
    const wt_lex_entry *number = wt_passage_tagged(r->side, at, LEX_NUMBER),
                       *scale = wt_passage_tagged(r->side, at, LEX_SCALE);
    if (number == NULL && scale == NULL) break;
    bool one_of =
        !any && number && wt_span_equal(number->value, WT_SPAN("1")) && is_fraction(r->side, next_part(r->side, at));
    if (one_of) { /* one quarter is a quarter */
      at = next_part(r->side, at);
      number = wt_passage_tagged(r->side, at, LEX_NUMBER);
    }
    if (number && is_all_digits(number->value) && part % 100 != 0 && small_int(number->value) > 9) break;
    int power = scale ? small_int(scale->value) : 0;
    if (number) {
      plain &= is_all_digits(number->value);
      part = part % 1000000 + small_int(number->value);
    } else if (power == 2) {
      part = (any ? part : 1) * 100;
    } else {
      int64_t by = 1;
      for (int k = 0; k < power && k < 12; k++) by *= 10;
      total = total % 1000000000000 + (any ? part : 1) * by;
      part = 0;
    }
    bool amount = wt_passage_tagged(r->side, at, LEX_MANY) && (many || !any);
    any = true;
    many |= amount;
    wt_buf_put_span(&r->norm, number ? number->value : scale->value);
    wt_buf_put_char(&r->norm, ' ');
    r->last = form_end(r->side, at);
    at = next_part(r->side, r->last);
    if (amount && is_of(r->side, at) && wt_passage_tagged(r->side, at + 1, LEX_SCALE)) at++; /* hundreds of thousands */
    if (takes_and(r->side, at, total + part)) at++;
  }
  if (!plain) return;
  char text[24];
  int len = snprintf(text, sizeof text, "%" PRId64, total + part);
  r->norm.len = begin;
  r->fact.value = (total + part) * (many ? 2 : 1); /* dozens are two dozen at least */
  r->fact.comparable = r->fact.value < INT64_MAX / 1000;
  wt_figure_put(&r->norm, (wt_span){text, (size_t)len}, '.', 0);
  if (many) wt_buf_put_text(&r->norm, " many");
  if (r->fact.comparable) r->fact.value *= 1000;
}

/* "3rd", "19th", "5e": letters that make a figure an ordinal. */
static bool read_ordinal(reader *r) {
  if (is_glued(r->side, r->last + 1) &&
      wt_span_equal(r->side->tokens[r->last + 1].folded, WT_SPAN("s"))) { /* over-70s */
    r->last++;
    return true;
  }
  static const char *const endings[] = {"st", "nd", "rd", "th", "er", "e", "\u00BA", "\u00AA", "\u00E8me", "ter", "te"};
  size_t next = r->last + 1;
  if (!is_glued(r->side, next)) return false;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (wt_span_equal(r->side->tokens[next].folded, wt_span_of(endings[i]))) {
      r->last = next;
      wt_buf_put_text(&r->norm, " ordinal");
      return true;
    }
  return false;
}

/* Units and currencies behind: "percent", "square miles", "-year-old", "dollars a barrel". */
static void read_units(reader *r) {
  for (unsigned guard = 0; guard < 3; guard++) {
    size_t next = next_part(r->side, r->last);
    const wt_lex_entry *entry = wt_passage_tagged(r->side, next, LEX_CURRENCY);
    if (entry == NULL && is_of(r->side, next)) /* trois millions d'euros */
      entry = wt_passage_tagged(r->side, ++next, LEX_CURRENCY);
    if (entry == NULL) entry = wt_passage_tagged(r->side, next, LEX_UNIT);
    if (entry == NULL ||
        (entry->form.len == 1 && entry->form.data[0] >= 'a' && !is_glued(r->side, next) && r->lexicon->decimal == '.'))
      return;
    wt_buf_put_char(&r->norm, ' ');
    wt_buf_put_span(&r->norm, entry->value);
    r->last = form_end(r->side, next);
  }
}

/* $, US$, EUR: a sign, or a code of three capitals, for "won 3 seats" and "try 3 times" are no money; "dollars" stands behind
   its figure. */
static bool is_currency(const wt_passage *side, size_t begin, size_t end) {
  if (begin >= end || side->tokens[begin].role != ROLE_NONE) return false;
  wt_span text = side->tokens[begin].text;
  bool code = text.len == 3 && side->tokens[begin].capital && !(text.data[1] >= 'a' && text.data[1] <= 'z');
  return side->tokens[end - 1].kind == TOKEN_MARK || code;
}

/* A sign that says how a figure is meant, with a space behind it or none. */
static bool is_comparison(const wt_token *token) {
  static const char *const signs[] = {"~",      "<",      ">",      "=",      "\u00B1", "\u2248",
                                      "\u2260", "\u2264", "\u2265", "\u2A7D", "\u2A7E"};
  for (size_t k = 0; token->kind == TOKEN_MARK && k < sizeof signs / sizeof *signs; k++)
    if (wt_span_equal(token->text, wt_span_of(signs[k]))) return true;
  return false;
}

/* Sign and currency in front, in either order: -$5, $-5, US$5. */
static void read_front(reader *r) {
  for (unsigned guard = 0; guard < 3 && r->first > 0; guard++) {
    size_t before = r->first - 1, currency;
    const wt_token *token = &r->side->tokens[before];
    bool touches = is_glued(r->side, r->first);
    bool open = !token->glued || before == 0 || r->side->tokens[before - 1].kind == TOKEN_MARK;
    bool dash = is_minus(r->side, before) && !is_mark(r->side, before, "\u2212"); /* off by a space it is a pause */
    if ((touches || !dash) && open && (is_minus(r->side, before) || is_mark(r->side, before, "+"))) {
      wt_buf_put_text(&r->norm, is_mark(r->side, before, "+") ? " plus" : " minus");
      if (is_minus(r->side, before)) r->fact.value = -r->fact.value;
    } else if (is_comparison(token)) {
      wt_buf_put_span(&r->norm, token->text);
    } else if (is_currency(r->side, currency = form_before(r->side, r->first, LEX_CURRENCY), r->first)) {
      wt_buf_put_char(&r->norm, ' ');
      wt_buf_put_span(&r->norm, wt_passage_tagged(r->side, currency, LEX_CURRENCY)->value);
      before = currency;
    } else {
      return;
    }
    r->first = before;
  }
}

/* "about a dozen", "rund ein Dutzend" */
static bool is_one_article(const wt_token *token) {
  static const char *const articles[] = {"a", "an", "un", "une", "ein", "eine", "einem", "einen", "una", "um", "uma"};
  for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
    if (wt_span_equal(token->folded, wt_span_of(articles[i]))) return true;
  return false;
}

/* "more than", "at least", "minus" before; "or more" behind. An article may stand between ("about a dozen"). */
static void read_bounds(reader *r) {
  size_t at = r->first;
  if (at > 1 && is_one_article(&r->side->tokens[at - 1])) at--;
  size_t begin = form_before(r->side, at, LEX_BOUND);
  for (unsigned guard = 0; begin < at && guard < 2; guard++) {
    wt_buf_put_char(&r->norm, ' ');
    wt_buf_put_span(&r->norm, wt_passage_tagged(r->side, begin, LEX_BOUND)->value);
    r->first = at = begin;
    begin = form_before(r->side, at, LEX_BOUND);
  }
  if (r->first > 0 && wt_span_equal(r->side->tokens[r->first - 1].folded, WT_SPAN("minus"))) {
    wt_buf_put_text(&r->norm, " minus");
    r->first--;
  }
  if (wt_passage_tagged(r->side, r->last + 1, LEX_AFTER)) {
    wt_buf_put_text(&r->norm, " after ");
    wt_buf_put_span(&r->norm, wt_passage_tagged(r->side, r->last + 1, LEX_AFTER)->value);
    r->last = form_end(r->side, r->last + 1);
  }
}

static void read_context(reader *r) {
  size_t next = r->last + 1;
  if (wt_passage_tagged(r->side, next, LEX_AGO)) {
    r->fact.relative = true;
    wt_buf_put_text(&r->norm, " ago");
    r->last = form_end(r->side, next);
    return;
  }
  for (unsigned skip = 0; skip < 3 && next < r->side->count; skip++, next++) {
    const wt_token *token = &r->side->tokens[next];
    if (token->kind != TOKEN_LETTERS || token->role != ROLE_NONE) return;
    if (wt_lex_tagged(token->entries, LEX_STOP)) continue;
    r->fact.context = token->folded;
    r->fact.counted = (uint32_t)next;
    return;
  }
}

static bool is_free(const wt_passage *side, size_t i) {
  return side->tokens[i].role == ROLE_NONE && side->tokens[i].words;
}

/* "one" and "first" and "a couple" are often no numbers: taken, but weighed later by what stands opposite. */
static bool starts_words(const wt_passage *side, size_t i) {
  if (wt_passage_tagged(side, i, LEX_NUMBER)) return true;
  return wt_passage_tagged(side, i, LEX_SCALE) != NULL && side->tokens[i].text.len > 3;
}

/* "dreijährige", "achtzigprozentig": a number of the lexicon and an ending that says what it counts. */
static bool read_compound(reader *r, size_t i) {
  static const char *const stems[] = {"jährig", "prozentig", "fach"}, *const units[] = {" yearold", " percent",
                                                                                        " fold"};
  wt_span word = r->side->tokens[i].folded;
  for (size_t k = 0; r->lexicon->noun_capitals && k < sizeof stems / sizeof *stems; k++) {
    size_t at = wt_span_find(word, wt_span_of(stems[k]));
    if (at == 0 || at >= word.len || word.len > at + strlen(stems[k]) + 2) continue;
    const wt_lex_entry *number = wt_lex_tagged(wt_lexicon_find(r->lexicon, wt_span_sub(word, 0, at), NULL), LEX_NUMBER);
    if (number == NULL || !is_all_digits(number->value)) continue;
    wt_figure_put(&r->norm, number->value, '.', 0);
    wt_buf_put_text(&r->norm, units[k]);
    return true;
  }
  return false;
}

/* One character that is a fraction: those of Latin-1, and of Number Forms. */
static bool is_fraction_sign(const wt_token *token) {
  size_t at = 0;
  uint32_t c = token->kind == TOKEN_MARK ? wt_utf8_next(token->text, &at) : 0;
  return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215E) || c == 0x2189;
}

static bool read_one(reader *r, size_t i) {
  const wt_token *token = &r->side->tokens[i];
  if (!is_free(r->side, i)) return false;
  r->first = r->last = i;
  r->fact = (wt_fact){.role = ROLE_NUMBER};
  wt_buf_clear(&r->norm);
  if (token->kind == TOKEN_DIGITS) {
    read_figure(r);
    if (!read_ordinal(r)) read_units(r);
    read_front(r);
  } else if (token->kind == TOKEN_LETTERS && starts_words(r->side, i)) {
    read_words(r);
    read_units(r);
    read_front(r);
  } else if (token->kind == TOKEN_LETTERS && read_compound(r, i)) {
    return true;
  } else if (token->kind == TOKEN_LETTERS && wt_passage_tagged(r->side, i, LEX_ORDINAL)) {
    wt_figure_put(&r->norm, wt_passage_tagged(r->side, i, LEX_ORDINAL)->value, '.', 0);
    wt_buf_put_text(&r->norm, " ordinal");
    return true;
  } else if (is_fraction_sign(token)) {
    wt_buf_put_span(&r->norm, token->text);
    read_units(r);
  } else {
    return false;
  }
  read_bounds(r);
  read_context(r);
  return true;
}

static void claim(wt_passage *side, wt_fact *fact) {
  for (size_t i = fact->first; i <= fact->last; i++) {
    side->tokens[i].role = fact->role;
    fact->touched |= side->tokens[i].changed;
  }
}

wt_status wt_numbers_find(wt_facts *facts, wt_arena *arena, wt_passage *side, const wt_lexicon *lexicon,
                          wt_error *err) {
  reader r = {.side = side, .lexicon = lexicon};
  wt_status status = WT_OK;
  for (size_t i = 0; i < side->count && status == WT_OK; i++) {
    if (!read_one(&r, i)) continue;
    r.fact.first = (uint32_t)r.first;
    r.fact.last = (uint32_t)r.last;
    status = wt_buf_status(&r.norm, "classify", err);
    if (status != WT_OK) break;
    r.fact.norm = wt_span_keep(arena, wt_buf_span(&r.norm));
    if (r.fact.norm.data == NULL) {
      status = wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
      break;
    }
    claim(side, &r.fact);
    status = wt_facts_put(facts, arena, &r.fact, err);
    i = r.last;
  }
  wt_buf_release(&r.norm);
  return status;
}
