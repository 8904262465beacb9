/* html_when: times and spans of time in words. UTC alone: a page is read in more than one zone. */
#include "report/html.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

typedef struct civil {
  int64_t year;
  unsigned month, day, hour, minute;
} civil;

static civil civil_of(wt_instant at) {
  int64_t days = at / DAY - (at % DAY < 0), rest = at - days * DAY;
  civil c = {.hour = (unsigned)(rest / HOUR), .minute = (unsigned)(rest % HOUR / MINUTE)};
  wt_civil_from_days(days, &c.year, &c.month, &c.day);
  return c;
}

static void put_day(wt_buf *out, civil c) {
  static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  wt_buf_put_format(out, "%u %s %lld", c.day, months[c.month - 1], (long long)c.year);
}

static void open_time(html *page, wt_instant at) {
  html_raw(page, "<time datetime=\"");
  wt_instant_put(page->out, at);
  html_raw(page, "\">");
}

void html_day(html *page, wt_instant at) {
  open_time(page, at);
  put_day(page->out, civil_of(at));
  html_raw(page, "</time>");
}

void html_clock(html *page, wt_instant at) {
  civil c = civil_of(at);
  open_time(page, at);
  html_rawf(page, "%02u:%02u</time>", c.hour, c.minute);
}

void html_when(html *page, wt_instant at) {
  if (at == WT_INSTANT_NONE) {
    html_raw(page, "at a time not known");
    return;
  }
  civil c = civil_of(at);
  open_time(page, at);
  put_day(page->out, c);
  html_rawf(page, ", %02u:%02u</time>", c.hour, c.minute);
}

void html_when_text(wt_buf *out, wt_instant at) {
  civil c = civil_of(at);
  put_day(out, c);
  wt_buf_put_format(out, ", %02u:%02u UTC", c.hour, c.minute);
}

void html_day_iso(wt_buf *out, wt_instant at) {
  civil c = civil_of(at);
  wt_buf_put_format(out, "%04lld-%02u-%02u", (long long)c.year, c.month, c.day);
}

static void put_two(wt_buf *out, int64_t seconds, int64_t unit, const char *one, const char *many, int64_t below,
                    const char *small) {
  int64_t whole = seconds / unit, rest = seconds % unit / below;
  wt_buf_put_format(out, "%lld %s", (long long)whole, whole == 1 ? one : many);
  if (rest > 0 && whole < 10) wt_buf_put_format(out, " %lld %s", (long long)rest, small);
}

void html_lasted_text(wt_buf *out, int64_t seconds) {
  if (seconds < 0) seconds = 0;
  if (seconds < MINUTE)
    wt_buf_put_format(out, "%lld s", (long long)seconds);
  else if (seconds < HOUR)
    wt_buf_put_format(out, "%lld min", (long long)(seconds / MINUTE));
  else if (seconds < DAY)
    put_two(out, seconds, HOUR, "h", "h", MINUTE, "min");
  else if (seconds < (int64_t)DAY * 730)
    put_two(out, seconds, DAY, "day", "days", HOUR, "h");
  else
    wt_buf_put_format(out, "%lld years", (long long)(seconds / (365 * (int64_t)DAY)));
}

void html_lasted(html *page, int64_t seconds) {
  html_lasted_text(page->out, seconds);
}
