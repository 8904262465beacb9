/* Dates and times of day: months, weekdays, years, clocks, "last week", ISO and slashed dates. */
#include "classify/facts.h"

#include <string.h>

typedef struct reader {
  wt_passage *side;
  const wt_lexicon *lexicon;
  wt_buf norm;
  size_t first, last;
  wt_fact fact;
} reader;

static const wt_token *token_at(const wt_passage *side, size_t i) {
  return i < side->count ? &side->tokens[i] : NULL;
}

static bool is_mark(const wt_passage *side, size_t i, char mark) {
  const wt_token *token = token_at(side, i);
  return token && token->kind == TOKEN_MARK && token->text.len == 1 && token->text.data[0] == mark;
}

static bool is_word(const wt_passage *side, size_t i, const char *word) {
  const wt_token *token = token_at(side, i);
  return token && wt_span_equal(token->folded, wt_span_of(word));
}

static bool is_digits(const wt_passage *side, size_t i, size_t least, size_t most) {
  const wt_token *token = token_at(side, i);
  if (token == NULL || token->kind != TOKEN_DIGITS || token->folded.len < least || token->folded.len > most)
    return false;
  for (size_t k = 0; k < token->folded.len; k++)
    if (token->folded.data[k] < '0' || token->folded.data[k] > '9') return false;
  return true;
}

static unsigned value_of(wt_span digits) {
  unsigned n = 0;
  for (size_t i = 0; i < digits.len && i < 6; i++)
    if (digits.data[i] >= '0' && digits.data[i] <= '9') n = n * 10 + (unsigned)(digits.data[i] - '0');
  return n;
}

static bool is_year(const wt_passage *side, size_t i) {
  if (!is_digits(side, i, 4, 4)) return false;
  unsigned year = value_of(side->tokens[i].folded);
  return year >= 1000 && year <= 2199;
}

static bool is_day(const wt_passage *side, size_t i) {
  if (!is_digits(side, i, 1, 2)) return false;
  unsigned day = value_of(side->tokens[i].folded);
  return day >= 1 && day <= 31;
}

/* June Holm, Mayor April Wood: a capital follows, and no "in" or "last" stands before. */
static bool is_given_name(const wt_passage *side, size_t i) {
  const wt_token *after = token_at(side, i + 1), *before = i > 0 ? &side->tokens[i - 1] : NULL;
  if (after == NULL || after->kind != TOKEN_LETTERS || !after->capital || wt_lex_tagged(after->entries, LEX_STOP))
    return false;
  if (before && (wt_lex_tagged(before->entries, LEX_YEARLY) || wt_lex_tagged(before->entries, LEX_WHICH))) return false;
  return !wt_passage_tagged(side, i + 1, LEX_MONTH) && !wt_passage_tagged(side, i + 1, LEX_WEEKDAY);
}

/* A word that no lexicon has, or how somebody is addressed: what stands before a surname. */
static bool is_no_plain_word(const wt_token *token) {
  return token->entries == NULL || wt_lex_tagged(token->entries, LEX_TITLE) != NULL;
}

/* Does what stands before a month with a capital make it a surname: Theresa May, Frau Mai, le maréchal Juin? */
static bool is_surname(const reader *r, const wt_token *before, const wt_token *month) {
  if (before == NULL || before->kind != TOKEN_LETTERS) return false;
  if (strcmp(r->lexicon->language, "en") == 0)
    return before->capital && !wt_lex_tagged(before->entries, LEX_WEEKDAY) &&
           !wt_lex_tagged(before->entries, LEX_STOP) && (!before->first || is_no_plain_word(before));
  if (r->lexicon->noun_capitals) return before->capital && is_no_plain_word(before);
  return !month->first && !wt_lex_tagged(before->entries, LEX_STOP) && !wt_lex_tagged(before->entries, LEX_YEARLY) &&
         !wt_lex_tagged(before->entries, LEX_WHICH);
}

/* Somebody who is called like a month. In German, where all nouns have capitals, only who speaks is told. */
static bool is_person(const reader *r, size_t i) {
  const wt_token *token = &r->side->tokens[i], *before = i > 0 && !token->first ? token - 1 : NULL;
  bool speaks = wt_passage_tagged(r->side, i + 1, LEX_SAY) != NULL;
  if (!token->capital) return false;
  if (token->first) return speaks;
  return (speaks || !r->lexicon->noun_capitals) && is_surname(r, before, token);
}

/* English, German and Dutch write months with a capital; "may" and "march" are other words. */
static bool is_month(const reader *r, size_t i) {
  if (!wt_passage_tagged(r->side, i, LEX_MONTH)) return false;
  const wt_token *token = &r->side->tokens[i];
  bool english = strcmp(r->lexicon->language, "en") == 0;
  bool near_figure = (i > 0 && r->side->tokens[i - 1].kind == TOKEN_DIGITS) ||
                     (token_at(r->side, i + 1) && r->side->tokens[i + 1].kind == TOKEN_DIGITS);
  if (english && !token->capital) return false;
  if (english && token->text.len <= 3 && !near_figure && !is_mark(r->side, i + 1, '.') &&
      !wt_span_equal(token->folded, WT_SPAN("may")))
    return false;
  if (near_figure) return true;
  if (is_person(r, i) || (english && is_given_name(r->side, i))) return false;
  return !english || !token->first || token->text.len > 5;
}

/* Portuguese "segunda", "terça": a day of the week or an ordinal. */
static bool is_short_day(const wt_passage *side, size_t i) {
  return side->tokens[i].words == 1 && !wt_span_ends(side->tokens[i].folded, WT_SPAN("do")) &&
         !wt_span_ends(side->tokens[i].folded, WT_SPAN("domingo"));
}

/* It is the day after "na", "da", "nesta", when nothing follows that it could count. */
static bool stands_as_day(const wt_passage *side, size_t i) {
  static const char *const before[] = {"na", "da", "nesta", "desta", "até", "última", "próxima", "entre", "de"};
  const wt_token *after = token_at(side, i + 1);
  if (i == 0 || (after && after->kind == TOKEN_LETTERS && !wt_lex_tagged(after->entries, LEX_STOP) &&
                 !wt_lex_tagged(after->entries, LEX_WHICH)))
    return false;
  for (size_t k = 0; k < sizeof before / sizeof *before; k++)
    if (wt_span_equal(side->tokens[i - 1].folded, wt_span_of(before[k]))) return true;
  return false;
}

static bool is_weekday(const reader *r, size_t i) {
  if (!wt_passage_tagged(r->side, i, LEX_WEEKDAY)) return false;
  const wt_token *token = &r->side->tokens[i];
  if (strcmp(r->lexicon->language, "pt") == 0) return !is_short_day(r->side, i) || stands_as_day(r->side, i);
  if (strcmp(r->lexicon->language, "en") != 0) return true;
  if (!token->capital) return false;
  return token->text.len > 5 || is_mark(r->side, i + 1, '.') || is_mark(r->side, i + 1, ',') ||
         (token_at(r->side, i + 1) && (r->side->tokens[i + 1].kind == TOKEN_DIGITS || is_month(r, i + 1)));
}

static void put(reader *r, char sort, wt_span value) {
  wt_buf_put_char(&r->norm, sort);
  wt_buf_put_span(&r->norm, value);
  wt_buf_put_char(&r->norm, ' ');
}

static void put_number(reader *r, char sort, wt_span digits) {
  wt_buf_put_format(&r->norm, "%c%u ", sort, value_of(digits));
}

/* Letters of an ordinal behind a day: 20th, 1er, 1.; the last token taken. */
static size_t ordinal_end(const reader *r, size_t i) {
  static const char *const endings[] = {"st", "nd", "rd", "th", "er", "\u00BA"};
  const wt_token *next = token_at(r->side, i + 1);
  if (next == NULL || !next->glued) return i;
  for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
    if (wt_span_equal(next->folded, wt_span_of(endings[k]))) return i + 1;
  return i;
}

/* Before a month: "20", "20th of", "20.", "20 de". */
static void read_day_before(reader *r, size_t month) {
  size_t i = month;
  if (i > 0 && (is_word(r->side, i - 1, "of") || is_word(r->side, i - 1, "de"))) i--;
  if (i > 0 && is_mark(r->side, i - 1, '.') && r->side->tokens[i - 1].glued) i--;
  if (i > 1 && r->side->tokens[i - 1].kind == TOKEN_LETTERS && r->side->tokens[i - 1].glued &&
      ordinal_end(r, i - 2) == i - 1)
    i--;
  if (i == 0 || !is_day(r->side, i - 1)) return;
  r->first = i - 1;
  put_number(r, 'd', r->side->tokens[i - 1].folded);
}

/* Behind a month: "20", "20th", ", 2024", "de 2024". */
static void read_day_and_year_after(reader *r) {
  size_t next = r->last + 1;
  if (is_mark(r->side, next, '.') && r->side->tokens[next].glued && r->side->tokens[r->last].text.len <= 4) next++;
  if (wt_buf_span(&r->norm).len && is_day(r->side, next) && r->first + 1 > r->last) {
    put_number(r, 'd', r->side->tokens[next].folded);
    r->last = ordinal_end(r, next);
    next = r->last + 1;
  } else if (is_word(r->side, next, "the") && is_day(r->side, next + 1)) {
    put_number(r, 'd', r->side->tokens[next + 1].folded);
    r->last = ordinal_end(r, next + 1);
    next = r->last + 1;
  }
  if (is_mark(r->side, next, ',') || is_word(r->side, next, "de") || is_word(r->side, next, "of")) next++;
  if (!is_year(r->side, next)) return;
  put_number(r, 'y', r->side->tokens[next].folded);
  r->last = next;
}

static bool read_month(reader *r, size_t i) {
  if (!is_month(r, i)) return false;
  put(r, 'm', wt_passage_tagged(r->side, i, LEX_MONTH)->value);
  read_day_before(r, i);
  read_day_and_year_after(r);
  return true;
}

/* 20.06.2024 in the order of the continent, so that it equals "20 June 2024"; false when it is no such date. */
static bool put_dotted(reader *r, wt_span text) {
  unsigned parts[3] = {0}, digits[3] = {0}, n = 0;
  for (size_t k = 0; k < text.len; k++) {
    if (text.data[k] == '.' && ++n < 3) continue;
    if (n > 2 || text.data[k] < '0' || text.data[k] > '9' || ++digits[n] > 4) return false;
    parts[n] = parts[n] * 10 + (unsigned)(text.data[k] - '0');
  }
  if (n != 2 || parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 12) return false;
  if (digits[2] != 2 && digits[2] != 4) return false;
  wt_buf_put_format(&r->norm, "d%u m%u y%u ", parts[0], parts[1], digits[2] == 2 ? 2000 + parts[2] : parts[2]);
  return true;
}

/* The three parts stand in one order or the other: by the year in front, or as the language has them. */
static void put_run(reader *r, size_t i) {
  unsigned a = value_of(r->side->tokens[i].folded), b = value_of(r->side->tokens[i + 2].folded),
           c = value_of(r->side->tokens[i + 4].folded);
  bool year_first = is_year(r->side, i), long_year = is_year(r->side, i + 4);
  if (year_first)
    wt_buf_put_format(&r->norm, "d%u m%u y%u ", c, b, a);
  else if (r->lexicon->decimal != '.' && b <= 12)
    wt_buf_put_format(&r->norm, "d%u m%u y%u ", a, b, long_year ? c : 2000 + c);
  else /* 6/7/2024 is June or July: as it stands, and in one part, for parts are put in order */
    wt_buf_put_format(&r->norm, "-%u/%u/%u ", a, b, c);
}

/* 2024-06-20, 20/06/2024, 20.06.2024 */
static bool read_numeric_date(reader *r, size_t i) {
  const wt_token *token = &r->side->tokens[i];
  if (token->kind != TOKEN_DIGITS) return false;
  char mark = is_mark(r->side, i + 1, '-') ? '-' : '/';
  bool run = is_mark(r->side, i + 1, mark) && r->side->tokens[i + 1].glued && is_mark(r->side, i + 3, mark) &&
             token_at(r->side, i + 4) && r->side->tokens[i + 4].glued;
  if (run && ((is_year(r->side, i) && is_digits(r->side, i + 2, 1, 2) && is_digits(r->side, i + 4, 1, 2)) ||
              (is_day(r->side, i) && is_digits(r->side, i + 2, 1, 2) && is_digits(r->side, i + 4, 2, 4)))) {
    put_run(r, i);
    r->last = i + 4;
    return true;
  }
  return token->folded.len >= 6 && token->folded.len <= 10 && put_dotted(r, token->folded);
}

/* ---- times of day ---- */

/* Hours and minutes of "14:30", "14.30", "5", "0930". */
static bool read_hours(unsigned *hours, unsigned *minutes, wt_span text) {
  size_t cut = 0;
  while (cut < text.len && text.data[cut] >= '0' && text.data[cut] <= '9') cut++;
  *hours = value_of(wt_span_sub(text, 0, cut));
  *minutes = 0;
  if (cut == text.len) {
    if (text.len > 4) return false;
    if (text.len > 2) {
      *minutes = *hours % 100;
      *hours /= 100;
    }
  } else {
    bool two = text.len - cut >= 3 && text.data[cut + 1] >= '0' && text.data[cut + 1] <= '9';
    if (!two || (text.len - cut > 3 && text.data[cut + 3] != ':')) return false;
    *minutes = value_of(wt_span_sub(text, cut + 1, cut + 3));
  }
  return *hours <= 24 && *minutes < 60;
}

/* What stands behind the figure: a.m., Uhr, GMT, and the minutes of "14h30". */
static void read_clock_words(reader *r, unsigned *hours, unsigned *minutes) {
  for (unsigned guard = 0; guard < 3 && wt_passage_tagged(r->side, r->last + 1, LEX_CLOCK); guard++) {
    wt_span value = wt_passage_tagged(r->side, r->last + 1, LEX_CLOCK)->value;
    if (wt_span_equal(value, WT_SPAN("pm")))
      *hours = *hours % 12 + 12;
    else if (wt_span_equal(value, WT_SPAN("am")))
      *hours %= 12;
    else if (!wt_span_equal(value, WT_SPAN("clock")) && !wt_span_equal(value, WT_SPAN("hours")))
      put(r, 'z', value);
    r->last += r->side->tokens[r->last + 1].words;
    if (guard == 0 && *minutes == 0 && is_digits(r->side, r->last + 1, 2, 2) &&
        value_of(r->side->tokens[r->last + 1].folded) < 60)
      *minutes = value_of(r->side->tokens[++r->last].folded);
  }
}

static bool ends_clause(const wt_passage *side, size_t i) {
  const wt_token *token = token_at(side, i);
  return token == NULL || token->kind == TOKEN_MARK || token->capital || wt_lex_tagged(token->entries, LEX_STOP);
}

/* "alle 14.30", "um 9.15": a point parts hours and minutes where the word before asks for a time. */
static bool is_pointed_clock(const reader *r, size_t i) {
  const wt_token *token = &r->side->tokens[i];
  if (i == 0 || !wt_passage_tagged(r->side, i - 1, LEX_AT)) return false;
  size_t point = wt_span_find(token->folded, WT_SPAN("."));
  if (point == 0 || point > 2 || token->folded.len != point + 3) return false;
  return ends_clause(r->side, i + 1) && !wt_passage_tagged(r->side, i + 1, LEX_UNIT) &&
         !wt_passage_tagged(r->side, i + 1, LEX_CURRENCY);
}

/* A clock's word stands behind. "14 heures" is a time after "à", and how long something took elsewhere. */
static bool is_told_clock(const reader *r, size_t i) {
  const wt_lex_entry *clock = wt_passage_tagged(r->side, i + 1, LEX_CLOCK);
  if (clock == NULL || !wt_span_equal(clock->value, WT_SPAN("hours"))) return clock != NULL;
  return (i > 0 && wt_passage_tagged(r->side, i - 1, LEX_AT)) || (is_digits(r->side, i + 2, 2, 2));
}

/* 14:30, 5 p.m., 14.30 Uhr, 14h30: minutes of the day, so that "5 p.m." equals "17:00". */
static bool read_clock(reader *r, size_t i) {
  const wt_token *token = &r->side->tokens[i];
  unsigned hours, minutes;
  if (token->kind != TOKEN_DIGITS || token->folded.len > 8) return false;
  bool colon = wt_span_has(token->folded, ':');
  if (!colon && !is_told_clock(r, i) && !is_pointed_clock(r, i)) return false;
  if (!read_hours(&hours, &minutes, token->folded)) {
    if (!colon) return false;
    put(r, 'c', token->folded); /* a race in 2:03:59 */
    hours = minutes = 0;
    read_clock_words(r, &hours, &minutes);
  } else {
    read_clock_words(r, &hours, &minutes);
    wt_buf_put_format(&r->norm, "c%u ", hours * 60 + minutes);
  }
  r->fact.clock = true;
  return true;
}

/* Four digits by themselves are a year after "in", "since", "the"; and when nothing follows that they could count. */
/* "summer of 2019", "été 2019": the season belongs to the year. */
static void read_season(reader *r, size_t year) {
  static const char *const of[] = {"of", "de", "del", "do", "dell'", "des"};
  size_t i = year;
  for (size_t k = 0; i > 0 && k < sizeof of / sizeof *of; k++)
    if (is_word(r->side, i - 1, of[k])) {
      i--;
      break;
    }
  const wt_lex_entry *period = i > 0 ? wt_passage_tagged(r->side, i - 1, LEX_PERIOD) : NULL;
  if (period == NULL || !wt_span_starts(period->value, WT_SPAN("season-"))) return;
  put(r, 'p', period->value);
  r->first = i - 1;
}

static bool read_year(reader *r, size_t i) {
  if (!is_year(r->side, i)) return false;
  const wt_token *before = i > 0 ? &r->side->tokens[i - 1] : NULL;
  if (before && (wt_lex_tagged(before->entries, LEX_CURRENCY) ||
                 (before->kind == TOKEN_MARK && r->side->tokens[i].glued && strchr("-+#.", before->text.data[0])))) {
    if (!(is_mark(r->side, i - 1, '-') && i > 1 && is_year(r->side, i - 2))) return false;
  }
  const wt_token *next = token_at(r->side, i + 1);
  if (next && (wt_passage_tagged(r->side, i + 1, LEX_UNIT) || wt_passage_tagged(r->side, i + 1, LEX_SCALE) ||
               wt_passage_tagged(r->side, i + 1, LEX_CURRENCY)))
    return false;
  unsigned year = value_of(r->side->tokens[i].folded);
  bool led = before && wt_lex_tagged(before->entries, LEX_YEARLY) != NULL;
  if ((year < 1800 || year > 2060) && !(led && ends_clause(r->side, i + 1))) return false;
  bool verb = r->lexicon->noun_capitals && next && next->kind == TOKEN_LETTERS && !next->capital; /* 1987 geschlossen */
  if (!led && !verb && !ends_clause(r->side, i + 1)) return false;
  put_number(r, 'y', r->side->tokens[i].folded);
  read_season(r, i);
  if (next && next->glued && is_word(r->side, i + 1, "s")) {
    put(r, 's', WT_SPAN(""));
    r->last = i + 1;
  }
  return true;
}

/* "last week", "this spring", "next Friday": the word that says which, and the time. */
static bool read_which(reader *r, size_t i) {
  if (!wt_passage_tagged(r->side, i, LEX_WHICH)) return false;
  size_t next = i + r->side->tokens[i].words;
  const wt_lex_entry *period = wt_passage_tagged(r->side, next, LEX_PERIOD);
  if (period == NULL) period = wt_passage_tagged(r->side, next, LEX_DAY);
  bool month = next < r->side->count && is_month(r, next), weekday = next < r->side->count && is_weekday(r, next);
  if (period == NULL && !month && !weekday) return false;
  put(r, 'r', wt_passage_tagged(r->side, i, LEX_WHICH)->value);
  put(r, 'p', period ? period->value : r->side->tokens[next].folded);
  r->last = next;
  return true;
}

/* "la semaine dernière", "el mes pasado", "lundi prochain": the time, and behind it which. */
static bool read_which_behind(reader *r, size_t i) {
  const wt_lex_entry *period = wt_passage_tagged(r->side, i, LEX_PERIOD);
  const wt_lex_entry *which = wt_passage_tagged(r->side, i + 1, LEX_WHICH);
  if (period == NULL || which == NULL || r->lexicon->decimal == '.' || r->lexicon->noun_capitals) return false;
  put(r, 'r', which->value);
  put(r, 'p', period->value);
  r->last = i + 1;
  return true;
}

static bool read_day_word(reader *r, size_t i) {
  const wt_lex_entry *day = wt_passage_tagged(r->side, i, LEX_DAY);
  if (day == NULL) return false;
  if (r->lexicon->noun_capitals && wt_span_equal(r->side->tokens[i].folded, WT_SPAN("morgen")) &&
      r->side->tokens[i].capital && !r->side->tokens[i].first)
    return false;
  put(r, 't', day->value);
  r->last = i + r->side->tokens[i].words - 1;
  return true;
}

static bool read_weekday(reader *r, size_t i) {
  if (!is_weekday(r, i)) return false;
  put(r, 'w', wt_passage_tagged(r->side, i, LEX_WEEKDAY)->value);
  r->last = i + r->side->tokens[i].words - 1;
  const wt_lex_entry *which = wt_passage_tagged(r->side, r->last + 1, LEX_WHICH);
  if (which && r->lexicon->decimal != '.' && !r->lexicon->noun_capitals) {
    put(r, 'r', which->value);
    r->last++;
  }
  size_t open = r->last + 1; /* segunda-feira (3) */
  if (is_mark(r->side, open, '(') && is_day(r->side, open + 1) && is_mark(r->side, open + 2, ')')) {
    put_number(r, 'd', r->side->tokens[open + 1].folded);
    r->last = open + 2;
  }
  return true;
}

static bool read_one(reader *r, size_t i) {
  const wt_token *token = &r->side->tokens[i];
  if (token->role != ROLE_NONE || token->words == 0) return false;
  r->first = r->last = i;
  r->fact = (wt_fact){.role = ROLE_DATE};
  wt_buf_clear(&r->norm);
  return read_month(r, i) || read_which(r, i) || read_which_behind(r, i) || read_weekday(r, i) ||
         read_numeric_date(r, i) || read_clock(r, i) || read_year(r, i) || read_day_word(r, i);
}

static int compare_parts(const char *a, size_t a_len, const char *b, size_t b_len) {
  return wt_span_compare((wt_span){a, a_len}, (wt_span){b, b_len});
}

/* Puts the parts in order, so that "20 June" and "June 20" are one. At most six parts. */
static void sort_parts(wt_span norm, char *out) {
  struct {
    const char *data;
    size_t len;
  } parts[8];
  size_t count = 0;
  for (size_t i = 0, begin = 0; i < norm.len && count < 8; i++)
    if (norm.data[i] == ' ') {
      size_t k = count++;
      for (; k > 0 && compare_parts(norm.data + begin, i - begin, parts[k - 1].data, parts[k - 1].len) < 0; k--)
        parts[k] = parts[k - 1];
      parts[k].data = norm.data + begin;
      parts[k].len = i - begin;
      begin = i + 1;
    }
  for (size_t k = 0; k < count; k++) {
    memcpy(out, parts[k].data, parts[k].len);
    out += parts[k].len;
    *out++ = ' ';
  }
}

static wt_status keep_sorted(wt_span *out, wt_arena *arena, const wt_buf *norm, wt_error *err) {
  wt_status status = wt_buf_status(norm, "classify", err);
  if (status != WT_OK) return status;
  char *sorted = wt_arena_array(arena, norm->len + 1, 1);
  if (sorted == NULL) return wt_fail(err, WT_ENOMEM, "classify", -1, "no memory left");
  sort_parts(wt_buf_span(norm), sorted);
  *out = wt_span_of(sorted);
  return WT_OK;
}

wt_status wt_dates_find(wt_facts *facts, wt_arena *arena, wt_passage *side, const wt_lexicon *lexicon, wt_error *err) {
  reader r = {.side = side, .lexicon = lexicon};
  wt_status status = WT_OK;
  for (size_t i = 0; i < side->count && status == WT_OK; i++) {
    if (!read_one(&r, i)) continue;
    if (r.first < i && side->tokens[r.first].role != ROLE_NONE) r.first = i;
    r.fact.first = (uint32_t)r.first;
    r.fact.last = (uint32_t)r.last;
    status = keep_sorted(&r.fact.norm, arena, &r.norm, err);
    if (status != WT_OK) break;
    for (size_t k = r.first; k <= r.last; k++) {
      side->tokens[k].role = ROLE_DATE;
      r.fact.touched |= side->tokens[k].changed;
    }
    status = wt_facts_put(facts, arena, &r.fact, err);
    i = r.last;
  }
  wt_buf_release(&r.norm);
  return status;
}
