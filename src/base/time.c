/* Times as precise as their source: ISO 8601, RFC 3339, RFC 5322 and RFC 850 in, ISO 8601 out. */
#include "wt/base.h"

#include <string.h>

/* Days are counted from 0000-03-01, so that a leap day ends its year; eras are 400 years of 146,097 days. */
int64_t wt_days_from_civil(int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void wt_civil_from_days(int64_t days, int64_t *year, unsigned *month, unsigned *day) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t day_of_era = days - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted = (5 * day_of_year + 2) / 153;
  *day = (unsigned)(day_of_year - (153 * shifted + 2) / 5 + 1);
  *month = (unsigned)(shifted < 10 ? shifted + 3 : shifted - 9);
  *year = year_of_era + era * 400 + (*month <= 2);
}

/* ---- in ---- */

typedef struct scanner {
  const char *at, *end;
} scanner;

typedef struct fields {
  int64_t year;
  unsigned month, day, hour, minute, second;
} fields;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool take(scanner *s, char c) {
  if (s->at < s->end && *s->at == c) {
    s->at++;
    return true;
  }
  return false;
}

/* Exactly `count` digits. */
static bool digits(scanner *s, unsigned count, unsigned *value) {
  if ((size_t)(s->end - s->at) < count) return false;
  *value = 0;
  for (unsigned i = 0; i < count; i++) {
    if (!is_digit(s->at[i])) return false;
    *value = *value * 10 + (unsigned)(s->at[i] - '0');
  }
  s->at += count;
  return true;
}

static void spaces(scanner *s) {
  while (s->at < s->end && (*s->at == ' ' || *s->at == '\t')) s->at++;
}

static bool date_fits(const fields *f) {
  static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (f->month < 1 || f->month > 12 || f->day < 1) return false;
  bool leap = f->year % 4 == 0 && (f->year % 100 != 0 || f->year % 400 == 0);
  return f->day <= lengths[f->month - 1] + (f->month == 2 && leap ? 1u : 0u);
}

/* Z, UTC, GMT, +hh:mm, +hhmm, +hh; and the zones that RFC 5322 still lists. */
static bool zone(scanner *s, wt_time *out) {
  static const struct {
    const char *name;
    int16_t offset;
  } names[] = {{"Z", 0},      {"UTC", 0},    {"GMT", 0},    {"UT", 0},     {"EST", -300}, {"EDT", -240},
               {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t len = strlen(names[i].name);
    if ((size_t)(s->end - s->at) == len && memcmp(s->at, names[i].name, len) == 0) {
      s->at += len;
      out->offset = names[i].offset;
      return out->has_offset = true;
    }
  }
  if (take(s, 'z')) return out->has_offset = true;
  bool west = s->at < s->end && *s->at == '-';
  if (!west && !(s->at < s->end && *s->at == '+')) return false;
  s->at++;
  unsigned hours, minutes = 0;
  if (!digits(s, 2, &hours)) return false;
  take(s, ':');
  if (s->at < s->end && !digits(s, 2, &minutes)) return false;
  if (hours > 23 || minutes > 59) return false;
  out->offset = (int16_t)((west ? -1 : 1) * (int)(hours * 60 + minutes));
  return out->has_offset = true;
}

/* hh:mm[:ss[.fraction]] with or without colons, then an optional zone. A fraction of a second is read and left out. */
static bool clock(scanner *s, fields *f, wt_time *out) {
  if (!digits(s, 2, &f->hour)) return false;
  bool colon = take(s, ':');
  if (!digits(s, 2, &f->minute)) return false;
  out->precision = WT_TIME_MINUTE;
  if (colon ? take(s, ':') : s->at < s->end && is_digit(*s->at)) {
    if (!digits(s, 2, &f->second)) return false;
    out->precision = WT_TIME_SECOND;
    if (take(s, '.') || take(s, ','))
      while (s->at < s->end && is_digit(*s->at)) s->at++;
  }
  spaces(s);
  if (s->at < s->end && !zone(s, out)) return false;
  bool midnight = f->hour == 24 && f->minute == 0 && f->second == 0; /* the end of the day */
  return (f->hour <= 23 || midnight) && f->minute <= 59 && f->second <= 60 && s->at == s->end;
}

static bool iso(scanner *s, fields *f, wt_time *out) {
  unsigned year;
  if (!digits(s, 4, &year)) return false;
  f->year = year;
  out->precision = WT_TIME_YEAR;
  if (s->at == s->end) return true;
  bool dash = take(s, '-');
  if (!digits(s, 2, &f->month)) return false;
  out->precision = WT_TIME_MONTH;
  if (s->at == s->end) return dash; /* six digits are no month: they may be anything */
  if (dash && !take(s, '-')) return false;
  if (!digits(s, 2, &f->day)) return false;
  out->precision = WT_TIME_DAY;
  if (s->at == s->end) return true;
  if (!take(s, 'T') && !take(s, 't') && !take(s, ' ') && !take(s, '_')) return dash ? false : clock(s, f, out);
  return clock(s, f, out);
}

static bool month_name(scanner *s, unsigned *month) {
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (s->end - s->at < 3) return false;
  for (unsigned i = 0; i < 12; i++)
    if (memcmp(s->at, names + 3 * (size_t)i, 3) == 0) {
      *month = i + 1;
      s->at += 3;
      return true;
    }
  return false;
}

/* [Day, ]DD Mon YYYY hh:mm[:ss] zone; with dashes and a year of two digits by RFC 850. */
static bool mail(scanner *s, fields *f, wt_time *out) {
  const char *comma = memchr(s->at, ',', (size_t)(s->end - s->at));
  if (comma) {
    if (comma - s->at > 9) return false;
    s->at = comma + 1;
    spaces(s);
  }
  if (!digits(s, 2, &f->day) && !digits(s, 1, &f->day)) return false;
  bool dash = take(s, '-');
  spaces(s);
  if (!month_name(s, &f->month) || (dash && !take(s, '-'))) return false;
  spaces(s);
  unsigned year;
  if (digits(s, 4, &year))
    f->year = year;
  else if (digits(s, 2, &year))
    f->year = year < 70 ? 2000 + year : 1900 + year;
  else
    return false;
  out->precision = WT_TIME_DAY;
  spaces(s);
  return s->at == s->end || clock(s, f, out);
}

bool wt_time_parse(wt_time *out, wt_span text) {
  text = wt_span_trim(text);
  if (text.len == 0 || text.len > 64) return false;
  fields f = {.month = 1, .day = 1};
  wt_time time = {0};
  scanner s = {text.data, text.data + text.len};
  bool ok = text.len >= 4 && is_digit(text.data[0]) && is_digit(text.data[1]) && is_digit(text.data[2])
                ? iso(&s, &f, &time)
                : mail(&s, &f, &time);
  if (!ok || !date_fits(&f)) return false;
  int64_t days = wt_days_from_civil(f.year, f.month, f.day);
  time.instant = days * 86400 + f.hour * 3600 + f.minute * 60 + f.second - (int64_t)time.offset * 60;
  *out = time;
  return true;
}

bool wt_instant_parse(wt_instant *out, wt_span text) {
  wt_time time;
  if (!wt_time_parse(&time, text)) return false;
  *out = time.instant;
  return true;
}

/* ---- out ---- */

void wt_time_put(wt_buf *out, wt_time time) {
  if (time.precision == WT_TIME_NONE || time.instant == WT_INSTANT_NONE) return;
  int64_t local = time.instant + (int64_t)time.offset * 60, year;
  int64_t days = local / 86400 - (local % 86400 < 0);
  unsigned rest = (unsigned)(local - days * 86400), month, day;
  wt_civil_from_days(days, &year, &month, &day);
  wt_buf_put_format(out, "%04lld", (long long)year);
  if (time.precision >= WT_TIME_MONTH) wt_buf_put_format(out, "-%02u", month);
  if (time.precision >= WT_TIME_DAY) wt_buf_put_format(out, "-%02u", day);
  if (time.precision < WT_TIME_MINUTE) return;
  wt_buf_put_format(out, "T%02u:%02u", rest / 3600, rest / 60 % 60);
  if (time.precision >= WT_TIME_SECOND) wt_buf_put_format(out, ":%02u", rest % 60);
  if (!time.has_offset) return;
  unsigned minutes = (unsigned)(time.offset < 0 ? -time.offset : time.offset);
  if (minutes == 0)
    wt_buf_put_char(out, 'Z');
  else
    wt_buf_put_format(out, "%c%02u:%02u", time.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void wt_instant_put(wt_buf *out, wt_instant instant) {
  wt_time_put(out, (wt_time){.instant = instant, .precision = WT_TIME_SECOND, .has_offset = true});
}
