/* add_time: when a capture was taken. */
#include "track/add.h"

#include <string.h>
#include <sys/stat.h>

/* ---- --at-from-name ---- */

typedef struct fields {
  int64_t year;
  unsigned month, day, hour, minute, second;
} fields;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool digits(int64_t *out, wt_span name, size_t *at, size_t count) {
  int64_t value = 0;
  for (size_t i = 0; i < count; i++, ++*at) {
    if (*at >= name.len || !is_digit(name.data[*at])) return false;
    value = value * 10 + (name.data[*at] - '0');
  }
  *out = value;
  return true;
}

static bool field(fields *out, char letter, wt_span name, size_t *at) {
  int64_t value;
  if (!digits(&value, name, at, letter == 'Y' ? 4 : 2)) return false;
  switch (letter) {
  case 'Y': out->year = value; return value >= 1800 && value < 2200;
  case 'm': out->month = (unsigned)value; return value >= 1 && value <= 12;
  case 'd': out->day = (unsigned)value; return value >= 1 && value <= 31;
  case 'H': out->hour = (unsigned)value; return value < 24;
  case 'M': out->minute = (unsigned)value; return value < 60;
  case 'S': out->second = (unsigned)value; return value < 61;
  default: return false;
  }
}

/* Does the pattern stand at `at`? Its digits must not run on in those around it. */
static bool stands(fields *out, const char *pattern, wt_span name, size_t at) {
  bool last_digit = false;
  if (at > 0 && is_digit(name.data[at - 1]) && pattern[0] == '%') return false;
  for (const char *p = pattern; *p; p++) {
    last_digit = *p == '%' && p[1] != '%';
    if (last_digit) {
      if (!field(out, *++p, name, &at)) return false;
      continue;
    }
    if (*p == '%') p++;
    if (at >= name.len || name.data[at++] != *p) return false;
  }
  return !(last_digit && at < name.len && is_digit(name.data[at]));
}

wt_status wt_add_pattern_check(const char *pattern, wt_error *err) {
  bool year = false;
  for (const char *p = pattern; *p; p++) {
    if (*p != '%') continue;
    char letter = *++p;
    if (letter == 0 || strchr("YmdHMS%", letter) == NULL)
      return wt_fail(err, WT_EINVAL, NULL, -1, "%%Y %%m %%d %%H %%M %%S and %%%% are known, not \"%%%.1s\"", p);
    year = year || letter == 'Y';
  }
  return year ? WT_OK : wt_fail(err, WT_EINVAL, NULL, -1, "\"%.80s\" has no year: %%Y", pattern);
}

/* 30 February is a number that happens to stand there. */
static bool is_day(const fields *f) {
  int64_t year;
  unsigned month, day;
  wt_civil_from_days(wt_days_from_civil(f->year, f->month, f->day), &year, &month, &day);
  return month == f->month && day == f->day;
}

bool track_time_from_name(wt_instant *out, const char *pattern, wt_span name) {
  if (wt_add_pattern_check(pattern, NULL) != WT_OK) return false;
  for (size_t at = 0; at < name.len; at++) {
    fields f = {.year = 1970, .month = 1, .day = 1};
    if (!stands(&f, pattern, name, at) || !is_day(&f)) continue;
    *out = wt_days_from_civil(f.year, f.month, f.day) * 86400 + f.hour * 3600 + f.minute * 60 + f.second;
    return true;
  }
  return false;
}

/* ---- the order of sources ---- */

static wt_span base_name(wt_span path) {
  size_t begin = 0;
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/') begin = i + 1;
  return wt_span_sub(path, begin, path.len);
}

static bool modified(wt_instant *out, wt_span file) {
  wt_buf path = {0};
  struct stat info;
  wt_buf_put_span(&path, file);
  bool ok = path.data && stat(path.data, &info) == 0 && S_ISREG(info.st_mode);
  if (ok) *out = info.st_mtime;
  wt_buf_release(&path);
  return ok;
}

wt_status track_time_of(wt_instant *at, bool *assumed, const wt_add_options *options, const wt_source *source,
                        wt_span file, wt_error *err) {
  *assumed = false;
  *at = options->at;
  if (*at != WT_INSTANT_NONE) return WT_OK;
  *at = source->captured; /* a manifest's column, a WARC's date */
  if (*at != WT_INSTANT_NONE) return WT_OK;
  if (options->at_from_name && track_time_from_name(at, options->at_from_name, base_name(file))) return WT_OK;
  if (options->at_from_name && track_time_from_name(at, options->at_from_name, file)) return WT_OK;
  *assumed = true;
  if (modified(at, file)) return WT_OK;
  *assumed = false;
  *at = options->now;
  if (*at != WT_INSTANT_NONE) return WT_OK;
  return wt_fail(err, WT_EINVAL, NULL, -1, "no time of capture is known (give --at)");
}
