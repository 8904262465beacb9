/* date: looks for a day, a month and a year next to each other, in the orders that people write them. */
#include "ingest/date.h"

#include <string.h>

#include "ingest/months.h"
#include "wt/text.h"

enum { LOOK = 400, TOKENS = 96 };

typedef enum token_kind {
  TOKEN_NUMBER,
  TOKEN_MONTH,
  TOKEN_WORD,
  TOKEN_YEAR_SIGN,
  TOKEN_MONTH_SIGN,
  TOKEN_DAY_SIGN
} token_kind;

typedef struct token {
  token_kind kind;
  unsigned value;
  size_t digits;
  char after; /* the mark right behind it, or a space */
  bool pm, am;
  bool thai, month_word; /* a word in Thai letters; "month" in front of its number */
} token;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int wt_date_digit(uint32_t code) {
  static const uint16_t zeros[] = {0x30,  0x660, 0x6F0, 0x966, 0x9E6, 0xA66,  0xAE6,  0xB66, 0xBE6,
                                   0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10};
  if (code < zeros[1]) return code >= '0' && code <= '9' ? (int)code - '0' : -1;
  for (size_t i = 1; i < sizeof zeros / sizeof *zeros; i++)
    if (code >= zeros[i] && code < (uint32_t)zeros[i] + 10) return (int)(code - zeros[i]);
  return -1;
}

static bool starts_with_any(wt_span text, const char *const *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (wt_span_starts(text, wt_span_of(table[i]))) return true;
  return false;
}
#define STARTS_WITH_ANY(text, table) starts_with_any(text, table, sizeof(table) / sizeof(table)[0])

/* Behind a time of day, or before it where the language has it so. */
static const char *const before_noon[] = {"am", "a.m", "a. m", "π.μ", "πμ", "صباح", "오전", "上午", "午前", "早上"};
static const char *const after_noon[] = {"pm", "p.m", "p. m", "μ.μ", "μμ", "مساء", "오후", "下午", "午後", "晚上"};

/* Bytes of a sign that stands between hours and minutes where they are written out: 14h15, 14時15分. */
static size_t hour_sign(wt_span rest) {
  static const char *const signs[] = {"時", "时", "点", "點", "시"};
  if (rest.len > 1 && rest.data[0] == 'h' && is_digit(rest.data[1])) return 1;
  return STARTS_WITH_ANY(rest, signs) ? strlen(signs[0]) : 0;
}

static token number_at(wt_span text, size_t *at) {
  token t = {.kind = TOKEN_NUMBER};
  for (; *at < text.len && is_digit(text.data[*at]); (*at)++, t.digits++)
    if (t.digits < 6) t.value = t.value * 10 + (unsigned)(text.data[*at] - '0');
  t.after = *at < text.len ? text.data[*at] : ' ';
  size_t sign = hour_sign(wt_span_sub(text, *at, text.len));
  if (sign > 0) t.after = 'h';
  *at += sign;
  wt_span rest = wt_span_sub(text, *at, text.len);
  while (rest.len > 0 && rest.data[0] == ' ') rest = wt_span_sub(rest, 1, rest.len);
  t.pm = STARTS_WITH_ANY(rest, after_noon);
  t.am = STARTS_WITH_ANY(rest, before_noon);
  return t;
}

static bool sign_at(wt_span text, size_t *at, token *t) {
  static const struct {
    const char *sign;
    token_kind kind;
  } signs[] = {{"年", TOKEN_YEAR_SIGN}, {"月", TOKEN_MONTH_SIGN}, {"日", TOKEN_DAY_SIGN},
               {"년", TOKEN_YEAR_SIGN}, {"월", TOKEN_MONTH_SIGN}, {"일", TOKEN_DAY_SIGN}};
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
    if (!wt_span_starts(wt_span_sub(text, *at, text.len), wt_span_of(signs[i].sign))) continue;
    *t = (token){.kind = signs[i].kind, .after = ' '};
    *at += strlen(signs[i].sign);
    return true;
  }
  return false;
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Stands a figure right behind a word? */
static bool figure_follows(wt_span text, size_t at) {
  enum { MARKS = 3 };
  for (size_t end = at + MARKS; at < text.len && at < end && !is_digit(text.data[at]) && !is_letter(text.data[at]);)
    at++;
  return at < text.len && is_digit(text.data[at]);
}

/* A month, or any other word. figure: one stands a word or two before. */
static token word_at(wt_span text, size_t *at, bool figure) {
  size_t begin = *at, used;
  while (*at < text.len && is_letter(text.data[*at])) (*at)++;
  wt_span rest = wt_span_sub(text, begin, text.len);
  unsigned month = figure || figure_follows(text, *at) ? wt_month_find(&used, rest, *at - begin) : 0;
  if (month > 0) *at = begin + used;
  bool wide = (unsigned char)text.data[begin] >= 0xE3; /* where noon stands before the hour */
  return (token){.kind = month > 0 ? TOKEN_MONTH : TOKEN_WORD,
                 .value = month,
                 .digits = *at - begin,
                 .after = ' ',
                 .thai = wt_span_starts(rest, WT_SPAN("\xE0\xB8")) || wt_span_starts(rest, WT_SPAN("\xE0\xB9")),
                 .month_word = wt_span_equal(wt_span_sub(text, begin, *at), WT_SPAN("tháng")),
                 .pm = wide && STARTS_WITH_ANY(rest, after_noon),
                 .am = wide && STARTS_WITH_ANY(rest, before_noon)};
}

/* Vietnamese "tháng 2": the second month. */
static void join_numbered_month(token *tokens, size_t *count) {
  token *last = &tokens[*count - 1];
  if (*count < 2 || last->kind != TOKEN_NUMBER || !last[-1].month_word || last->value < 1 || last->value > 12) return;
  last[-1].kind = TOKEN_MONTH;
  last[-1].value = last->value;
  (*count)--;
}

static size_t cut(token *tokens, wt_span text) {
  enum { NEAR = 3 };
  size_t count = 0, figure = 0; /* tokens up to the last figure */
  for (size_t at = 0; at < text.len && count < TOKENS;) {
    token t;
    if (is_digit(text.data[at])) {
      tokens[count++] = number_at(text, &at);
      join_numbered_month(tokens, &count);
      figure = count;
    } else if (sign_at(text, &at, &t))
      tokens[count++] = t;
    else if (is_letter(text.data[at])) {
      tokens[count] = word_at(text, &at, figure > 0 && count - figure < NEAR);
      count++;
    } else
      at++;
  }
  return count;
}

static bool is_year(const token *t) {
  return t->kind == TOKEN_NUMBER && t->digits == 4 && t->value >= 1900 && t->value < 2100;
}
static bool is_day(const token *t) {
  return t->kind == TOKEN_NUMBER && t->digits <= 2 && t->value >= 1 && t->value <= 31;
}
static bool is_month(const token *t) {
  return t->kind == TOKEN_NUMBER && t->digits <= 2 && t->value >= 1 && t->value <= 12;
}

typedef struct found {
  unsigned year, month, day;
  size_t used;
} found;

/* False for a day that the month does not have. */
static bool take(found *out, unsigned year, unsigned month, unsigned day, size_t used) {
  int64_t same_year;
  unsigned same_month, same_day;
  *out = (found){year, month, day, used};
  wt_civil_from_days(wt_days_from_civil(year, month, day), &same_year, &same_month, &same_day);
  return same_month == month && same_day == day;
}

/* Index of the first token from i on, but at most `most` later, that is no short word: "of", "de", "st", "năm". */
static size_t past_words(const token *t, size_t n, size_t i, size_t most) {
  for (size_t end = i + most; i < n && i < end && t[i].kind == TOKEN_WORD && t[i].digits <= 4;) i++;
  return i;
}

/* 6/20/2024, 06/20/24: months first, where the day can be no month. */
static bool month_first_at(found *out, const token *t) {
  if (!is_month(&t[0]) || !is_day(&t[1]) || t[1].value <= 12 || t[0].after != '/' || t[1].after != '/') return false;
  bool short_year = t[2].kind == TOKEN_NUMBER && t[2].digits == 2 && t[2].after != ':';
  return (short_year || is_year(&t[2])) &&
         take(out, short_year ? 2000 + t[2].value : t[2].value, t[0].value, t[1].value, 3);
}

/* 20.06.2024, 20.06.24, 20/06/2024. day_first: also where the day could be the month. */
static bool numeric_at(found *out, const token *t, size_t n, bool day_first) {
  if (n < 3) return false;
  if (month_first_at(out, t)) return true;
  if (!is_day(&t[0]) || !is_month(&t[1]) || t[0].after != t[1].after) return false;
  char mark = t[0].after;
  if (mark == '.' && t[2].kind == TOKEN_NUMBER && t[2].digits == 2 && t[2].after != ':')
    return take(out, 2000 + t[2].value, t[1].value, t[0].value, 3);
  bool sure = mark == '.' || ((mark == '/' || mark == '-') && (day_first || t[0].value > 12));
  return sure && is_year(&t[2]) && take(out, t[2].value, t[1].value, t[0].value, 3);
}

/* 2024-06-20, 2024年6月20日, 2024. június 20., 2024. gada 20. jūnijs */
static bool year_first_at(found *out, const token *t, size_t n) {
  if (n < 3 || !is_year(&t[0])) return false;
  if (n >= 5 && t[1].kind == TOKEN_YEAR_SIGN && is_month(&t[2]) && t[3].kind == TOKEN_MONTH_SIGN && is_day(&t[4]))
    return take(out, t[0].value, t[2].value, t[4].value, n >= 6 ? 6 : 5);
  if (is_month(&t[1]) && is_day(&t[2]) && t[0].after == t[1].after && strchr("-/.", t[0].after) != NULL)
    return take(out, t[0].value, t[1].value, t[2].value, 3);
  size_t i = past_words(t, n, 1, 1);
  if (i + 1 >= n) return false;
  if (t[i].kind == TOKEN_MONTH && is_day(&t[i + 1])) return take(out, t[0].value, t[i].value, t[i + 1].value, i + 2);
  return i > 1 && is_day(&t[i]) && t[i + 1].kind == TOKEN_MONTH &&
         take(out, t[0].value, t[i + 1].value, t[i].value, i + 2);
}

/* The year behind a month; in Thai the year of the Buddha, too. */
static bool year_at(unsigned *year, const token *month, const token *t) {
  enum { BUDDHIST = 543 };
  *year = t->value;
  if (is_year(t)) return true;
  *year -= BUDDHIST;
  return month->thai && t->kind == TOKEN_NUMBER && t->digits == 4 && *year >= 1900 && *year < 2100;
}

/* "09:14:00" of "Thu Jun 20 09:14:00 EDT 2024". */
static size_t past_clock(const token *t, size_t n, size_t i) {
  size_t at = i;
  while (at < n && at < i + 3 && t[at].kind == TOKEN_NUMBER && t[at].digits == 2 && (at == i || t[at - 1].after == ':'))
    at++;
  return at >= i + 2 ? at : i;
}

/* 20 June 2024, 20th of June 2024, 20 de junio de 2024, 20 حزيران/يونيو 2024; June 20, 2024 */
static bool named_at(found *out, const token *t, size_t n) {
  unsigned year;
  bool day_first = is_day(&t[0]);
  size_t month = day_first ? past_words(t, n, 1, 2) : 0;
  if (month >= n || t[month].kind != TOKEN_MONTH) return false;
  size_t i = month + 1;
  if (i < n && t[i].kind == TOKEN_MONTH && t[i].value == t[month].value) i++;
  if (!day_first && (i >= n || !is_day(&t[i]))) return false;
  unsigned day = day_first ? t[0].value : t[i++].value;
  if (!day_first) i = past_clock(t, n, i);
  i = past_words(t, n, i, 2);
  return i < n && year_at(&year, &t[month], &t[i]) && take(out, year, t[month].value, day, i + 1);
}

/* A date that begins at t, with n tokens left. */
static bool date_at(found *out, const token *t, size_t n, bool day_first) {
  return year_first_at(out, t, n) || numeric_at(out, t, n, day_first) || named_at(out, t, n);
}

/* hh:mm, hh.mm with pm or am, 2pm, right behind the date or a word or two later. */
static bool clock_at(unsigned *hour, unsigned *minute, const token *t, size_t n) {
  bool pm = false, am = false; /* said before it */
  for (size_t i = 0; i < n && i < 4; i++) {
    pm = pm || (t[i].kind == TOKEN_WORD && t[i].pm);
    am = am || (t[i].kind == TOKEN_WORD && t[i].am);
    if (t[i].kind == TOKEN_WORD) continue;
    if (t[i].kind != TOKEN_NUMBER || t[i].digits > 2 || t[i].value > 23) return false;
    *hour = t[i].value;
    *minute = 0;
    const token *last = &t[i];
    if (i + 1 < n && t[i + 1].kind == TOKEN_NUMBER && t[i + 1].value < 60 && strchr(":.h", t[i].after) != NULL &&
        (t[i + 1].digits == 2 || (t[i].after == 'h' && t[i + 1].digits == 1))) {
      last = &t[i + 1];
      *minute = last->value;
    } else if (!t[i].pm && !t[i].am)
      return false;
    if ((pm || last->pm) && *hour < 12) *hour += 12;
    if ((am || last->am) && *hour == 12) *hour = 0;
    return true;
  }
  return false;
}

static wt_time time_of(const found *date, const token *rest, size_t n) {
  wt_time time = {.precision = WT_TIME_DAY};
  unsigned hour, minute;
  time.instant = wt_days_from_civil(date->year, date->month, date->day) * 86400;
  if (clock_at(&hour, &minute, rest, n)) {
    time.instant += hour * 3600 + minute * 60;
    time.precision = WT_TIME_MINUTE;
  }
  return time;
}

bool wt_date_has_digit(wt_span text) {
  for (size_t at = 0; at < text.len;)
    if (wt_date_digit(wt_utf8_next(text, &at)) >= 0) return true;
  return false;
}

/* The digits of any script as ASCII. */
static void put_plain_digits(wt_buf *out, wt_span text) {
  size_t done = 0;
  for (size_t at = 0, next = 0; at < text.len; at = next) {
    int digit = wt_date_digit(wt_utf8_next(text, &next));
    if (digit < 0 || next == at + 1) continue;
    wt_buf_put_span(out, wt_span_sub(text, done, at));
    wt_buf_put_char(out, (char)('0' + digit));
    done = next;
  }
  wt_buf_put_span(out, wt_span_sub(text, done, text.len));
}

static bool find(wt_time *out, wt_span text, bool day_first) {
  token tokens[TOKENS];
  found date;
  size_t count = cut(tokens, text);
  for (size_t i = 0; i < count; i++) {
    if (!date_at(&date, tokens + i, count - i, day_first)) continue;
    *out = time_of(&date, tokens + i + date.used, count - i - date.used);
    return true;
  }
  return false;
}

bool wt_date_find(wt_time *out, wt_span text, bool day_first) {
  wt_buf folded = {0}, plain = {0};
  text = wt_span_sub(text, 0, LOOK);
  text.len = wt_utf8_valid(text);
  if (!wt_date_has_digit(text)) return false;
  if (wt_fold(&folded, text, NULL) == WT_OK) put_plain_digits(&plain, wt_buf_span(&folded));
  bool done = !plain.failed && find(out, wt_buf_span(&plain), day_first);
  wt_buf_release(&folded);
  wt_buf_release(&plain);
  return done;
}
