/* date: looks for a day, a month and a year next to each other, in the orders that people write them. */
#include "ingest/date.h"

#include <string.h>

#include "wt/text.h"

enum { LOOK = 400, TOKENS = 96 };

/* Beginnings of month names, folded; the longest that fits decides. */
static const struct {
  const char *name;
  unsigned month;
} months[] = {
    {"jan", 1},       {"feb", 2},     {"mar", 3},     {"apr", 4},     {"may", 5},     {"jun", 6},     {"jul", 7},
    {"aug", 8},       {"sep", 9},     {"oct", 10},    {"nov", 11},    {"dec", 12},    {"jän", 1},     {"fév", 2},
    {"fev", 2},       {"mär", 3},     {"maer", 3},    {"avr", 4},     {"abr", 4},     {"mai", 5},     {"maj", 5},
    {"mag", 5},       {"mei", 5},     {"maio", 5},    {"juin", 6},    {"juil", 7},    {"giu", 6},     {"lug", 7},
    {"ago", 8},       {"août", 8},    {"aout", 8},    {"set", 9},     {"okt", 10},    {"ott", 10},    {"out", 10},
    {"déc", 12},      {"dez", 12},    {"dic", 12},    {"des", 12},    {"ene", 1},     {"gen", 1},     {"janv", 1},
    {"mrt", 3},       {"agu", 8},     {"augusti", 8}, {"elok", 8},    {"stycz", 1},   {"lut", 2},     {"kwie", 4},
    {"czerw", 6},     {"lip", 7},     {"sierp", 8},   {"wrze", 9},    {"paźd", 10},   {"list", 11},   {"grud", 12},
    {"led", 1},       {"únor", 2},    {"břez", 3},    {"dub", 4},     {"květ", 5},    {"červen", 6},  {"červn", 6},
    {"červenc", 7},   {"srp", 8},     {"září", 9},    {"říj", 10},    {"prosin", 12}, {"январ", 1},   {"феврал", 2},
    {"март", 3},      {"апрел", 4},   {"мая", 5},     {"май", 5},     {"июн", 6},     {"июл", 7},     {"август", 8},
    {"сентябр", 9},   {"октябр", 10}, {"ноябр", 11},  {"декабр", 12}, {"січ", 1},     {"лют", 2},     {"берез", 3},
    {"квіт", 4},      {"трав", 5},    {"черв", 6},    {"лип", 7},     {"серп", 8},    {"верес", 9},   {"жовт", 10},
    {"листопад", 11}, {"груд", 12},   {"ocak", 1},    {"şubat", 2},   {"nisan", 4},   {"mayıs", 5},   {"haziran", 6},
    {"temmuz", 7},    {"ağustos", 8}, {"eylül", 9},   {"ekim", 10},   {"kasım", 11},  {"aralık", 12}, {"tammi", 1},
    {"helmi", 2},     {"maalis", 3},  {"huhti", 4},   {"touko", 5},   {"kesä", 6},    {"heinä", 7},   {"syys", 9},
    {"loka", 10},     {"marras", 11}, {"joulu", 12}};

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
} token;

static unsigned month_of(wt_span word) {
  unsigned month = 0;
  size_t longest = 0;
  for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
    wt_span name = wt_span_of(months[i].name);
    if (name.len <= longest || !wt_span_starts(word, name) || word.len > name.len + 10) continue;
    longest = name.len;
    month = months[i].month;
  }
  return month;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static token number_at(wt_span text, size_t *at) {
  token t = {.kind = TOKEN_NUMBER};
  for (; *at < text.len && is_digit(text.data[*at]); (*at)++, t.digits++)
    if (t.digits < 6) t.value = t.value * 10 + (unsigned)(text.data[*at] - '0');
  t.after = *at < text.len ? text.data[*at] : ' ';
  if (t.after == 'h' && *at + 1 < text.len && is_digit(text.data[*at + 1])) (*at)++; /* 14h15 */
  wt_span rest = wt_span_sub(text, *at, text.len);
  while (rest.len > 0 && rest.data[0] == ' ') rest = wt_span_sub(rest, 1, rest.len);
  t.pm = wt_span_starts(rest, WT_SPAN("pm")) || wt_span_starts(rest, WT_SPAN("p.m"));
  t.am = wt_span_starts(rest, WT_SPAN("am")) || wt_span_starts(rest, WT_SPAN("a.m"));
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

static size_t cut(token *tokens, wt_span text) {
  size_t count = 0;
  for (size_t at = 0; at < text.len && count < TOKENS;) {
    token t;
    if (is_digit(text.data[at]))
      tokens[count++] = number_at(text, &at);
    else if (sign_at(text, &at, &t))
      tokens[count++] = t;
    else if (is_letter(text.data[at])) {
      size_t begin = at;
      while (at < text.len && is_letter(text.data[at])) at++;
      unsigned month = month_of(wt_span_sub(text, begin, at));
      tokens[count++] =
          (token){.kind = month > 0 ? TOKEN_MONTH : TOKEN_WORD, .value = month, .digits = at - begin, .after = ' '};
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

static bool take(found *out, unsigned year, unsigned month, unsigned day, size_t used) {
  *out = (found){year, month, day, used};
  return true;
}

/* A date that begins at t, with n tokens left. Words between its parts ("of", "de", "st") are passed over. */
static bool date_at(found *out, const token *t, size_t n) {
  size_t i = 1;
  if (n >= 6 && is_year(&t[0]) && t[1].kind == TOKEN_YEAR_SIGN && is_month(&t[2]) && t[3].kind == TOKEN_MONTH_SIGN &&
      is_day(&t[4]))
    return take(out, t[0].value, t[2].value, t[4].value, 6);
  if (n >= 3 && is_year(&t[0]) && is_month(&t[1]) && is_day(&t[2]) && t[0].after == t[1].after &&
      strchr("-/.", t[0].after) != NULL)
    return take(out, t[0].value, t[1].value, t[2].value, 3);
  if (n >= 3 && is_day(&t[0]) && is_month(&t[1]) && t[0].after == '.' && t[1].after == '.') {
    if (is_year(&t[2])) return take(out, t[2].value, t[1].value, t[0].value, 3);
    if (t[2].kind == TOKEN_NUMBER && t[2].digits == 2 && t[2].after != ':')
      return take(out, 2000 + t[2].value, t[1].value, t[0].value, 3);
  }
  if (n >= 3 && is_day(&t[0]) && is_month(&t[1]) && t[0].value > 12 && t[0].after == '/' && t[1].after == '/' &&
      is_year(&t[2]))
    return take(out, t[2].value, t[1].value, t[0].value, 3);
  if (is_day(&t[0])) { /* 20 June 2024, 20th of June 2024, 20 de junio de 2024 */
    while (i < n && i < 3 && t[i].kind == TOKEN_WORD && t[i].digits <= 3) i++;
    if (i >= n || t[i].kind != TOKEN_MONTH) return false;
    unsigned month = t[i++].value;
    while (i < n && i < 5 && t[i].kind == TOKEN_WORD && t[i].digits <= 3) i++;
    return i < n && is_year(&t[i]) && take(out, t[i].value, month, t[0].value, i + 1);
  }
  if (n >= 3 && t[0].kind == TOKEN_MONTH && is_day(&t[1])) { /* June 20, 2024 */
    i = 2;
    while (i < n && i < 3 && t[i].kind == TOKEN_WORD && t[i].digits <= 3) i++;
    return i < n && is_year(&t[i]) && take(out, t[i].value, t[0].value, t[1].value, i + 1);
  }
  return false;
}

/* hh:mm, hh.mm with pm or am, 2pm, right behind the date or a word or two later. */
static bool clock_at(unsigned *hour, unsigned *minute, const token *t, size_t n) {
  for (size_t i = 0; i < n && i < 4; i++) {
    if (t[i].kind == TOKEN_WORD) continue;
    if (t[i].kind != TOKEN_NUMBER || t[i].digits > 2 || t[i].value > 23) return false;
    *hour = t[i].value;
    *minute = 0;
    const token *last = &t[i];
    if (i + 1 < n && t[i + 1].kind == TOKEN_NUMBER && t[i + 1].digits == 2 && t[i + 1].value < 60 &&
        strchr(":.h", t[i].after) != NULL) {
      last = &t[i + 1];
      *minute = last->value;
    } else if (!t[i].pm && !t[i].am)
      return false;
    if (last->pm && *hour < 12) *hour += 12;
    if (last->am && *hour == 12) *hour = 0;
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

bool wt_date_find(wt_time *out, wt_span text) {
  token tokens[TOKENS];
  wt_buf folded = {0};
  bool done = false;
  text = wt_span_sub(text, 0, LOOK);
  text.len = wt_utf8_valid(text);
  if (wt_fold(&folded, text, NULL) == WT_OK) {
    size_t count = cut(tokens, wt_buf_span(&folded));
    found date;
    for (size_t i = 0; i < count && !done; i++) {
      if (!date_at(&date, tokens + i, count - i)) continue;
      *out = time_of(&date, tokens + i + date.used, count - i - date.used);
      done = true;
    }
  }
  wt_buf_release(&folded);
  return done;
}
