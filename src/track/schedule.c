/* When a page is looked at again: the rule of schedule.h. */
#include "track/schedule.h"

enum {
  MINUTE = 60,
  HOUR = 3600,
  DAY = 86400,
  FACTOR_ONE = 64,
  FACTOR_LEAST = 16,
  FACTOR_MOST = 256,
  SOURCE_FIRST = 15 * MINUTE,
  SOURCE_LEAST = 5 * MINUTE,
  SOURCE_MOST = HOUR
};

static int64_t clamp(int64_t value, int64_t least, int64_t most) {
  return value < least ? least : value > most ? most : value;
}

wt_schedule wt_schedule_page(wt_instant first) {
  return (wt_schedule){.first = first, .last_change = WT_INSTANT_NONE, .next = first, .factor = FACTOR_ONE};
}

wt_schedule wt_schedule_source(wt_instant first) {
  return (wt_schedule){.first = first, .last_change = WT_INSTANT_NONE, .next = first, .factor = SOURCE_FIRST};
}

static int64_t pace(int64_t age) {
  return clamp(age / 8, 5 * MINUTE, 30 * (int64_t)DAY);
}

/* A page that changed is as fresh as its change, but is never asked more than twice an hour for that alone. */
static int64_t page_interval(const wt_schedule *s, wt_instant now) {
  int64_t by_age = pace(now - s->first);
  if (s->last_change != WT_INSTANT_NONE) {
    int64_t woken = pace(now - s->last_change);
    if (woken < HOUR / 2) woken = HOUR / 2;
    if (woken < by_age) by_age = woken;
  }
  return clamp(by_age * s->factor / FACTOR_ONE, 5 * MINUTE, 30 * (int64_t)DAY);
}

static int64_t failure_interval(uint32_t in_a_row) {
  return in_a_row > 10 ? DAY : clamp((int64_t)MINUTE << (in_a_row - 1), MINUTE, DAY);
}

/* What is the same for pages and sources when there is nothing to read. False when there is. */
static bool put_off(wt_schedule *s, wt_instant now, wt_check outcome, int64_t after_ms) {
  if (outcome != WT_CHECK_FAILED && outcome != WT_CHECK_LATER) return false;
  if (s->trouble < UINT32_MAX) s->trouble++;
  int64_t wait = failure_interval(s->trouble), asked = after_ms > 0 ? after_ms / 1000 + 1 : 0;
  if (outcome == WT_CHECK_LATER && asked > wait) wait = clamp(asked, MINUTE, 30 * (int64_t)DAY);
  s->next = now + wait;
  return true;
}

static void page_gone(wt_schedule *s, wt_instant now) {
  static const int64_t waits[] = {HOUR, DAY, 7 * DAY};
  s->next = s->trouble < sizeof waits / sizeof *waits ? now + waits[s->trouble] : WT_INSTANT_NONE;
  s->trouble++;
}

static bool has_ended(const wt_schedule *s, wt_instant now) {
  wt_instant last = s->last_change == WT_INSTANT_NONE ? s->first : s->last_change;
  return now - s->first > 365 * (int64_t)DAY && now - last > 182 * (int64_t)DAY;
}

void wt_schedule_page_checked(wt_schedule *s, wt_instant now, wt_check outcome, int64_t after_ms) {
  if (put_off(s, now, outcome, after_ms)) return;
  if (outcome == WT_CHECK_GONE) {
    page_gone(s, now);
    return;
  }
  s->trouble = 0;
  if (outcome == WT_CHECK_CHANGED) {
    s->last_change = now;
    s->factor = (int32_t)clamp(s->factor / 2, FACTOR_LEAST, FACTOR_MOST);
  } else {
    s->factor = (int32_t)clamp(s->factor + s->factor / 4, FACTOR_LEAST, FACTOR_MOST);
  }
  s->next = has_ended(s, now) ? WT_INSTANT_NONE : now + page_interval(s, now);
}

void wt_schedule_source_checked(wt_schedule *s, wt_instant now, wt_check outcome, int64_t after_ms, int64_t every) {
  if (put_off(s, now, outcome == WT_CHECK_GONE ? WT_CHECK_FAILED : outcome, after_ms)) return;
  s->trouble = 0;
  int64_t interval = outcome == WT_CHECK_CHANGED ? s->factor / 2 : s->factor + s->factor / 4;
  s->factor = (int32_t)clamp(interval, SOURCE_LEAST, SOURCE_MOST);
  if (outcome == WT_CHECK_CHANGED) s->last_change = now;
  s->next = now + (every > 0 ? every : s->factor);
}
