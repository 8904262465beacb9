/*
 * schedule: when a page is looked at again. A pure rule: the same history gives the same times, whatever the clock does.
 *
 * The rule
 *   News changes most in its first hours, and less as it ages: about as often per doubling of its age. So the pace of an
 *   age is a share of that age, and a page's own record moves it:
 *
 *     pace(age)   = age / 8, at least 5 minutes, at most 30 days
 *     interval    = pace * factor / 64
 *     factor      64 at first. A check that found a change halves it, to 16 at least; one that found none makes it 5/4
 *                 as large, to 256 at most. So a page that goes on changing is looked at up to four times as often as its
 *                 age says, and one that has settled four times as seldom.
 *     age         since the page was published, when its source says so to the minute (a month at most), else since it was
 *                 first seen; or since its last change when that makes the pace no slower than twice an hour: a story that
 *                 wakes up is fresh again.
 *     never       when the page is older than a year and has not changed for half a year.
 *
 *   A failure is tried again after 1 minute, doubled with each failure in a row, up to a day; it tells nothing of the page,
 *   so the factor stays. "Come later" waits as long as the server asks, and at least as long as a failure would. A page
 *   that is gone is looked at after 1 hour, then 1 day, then 7 days, then never.
 *
 *   A source (feed, sitemap, section page) is asked after 15 minutes at first; new links halve that, down to 5 minutes,
 *   none makes it 5/4, up to an hour. A configured `every` overrides all of it.
 */
#ifndef WT_TRACK_SCHEDULE_H
#define WT_TRACK_SCHEDULE_H

#include "wt/base.h"

typedef enum wt_check {
  WT_CHECK_CHANGED,   /* the page, or new links in a source */
  WT_CHECK_UNCHANGED, /* the same text, or 304 */
  WT_CHECK_GONE,      /* 404, 410 */
  WT_CHECK_FAILED,
  WT_CHECK_LATER
} wt_check;

typedef struct wt_schedule {
  wt_instant first;       /* first seen */
  wt_instant last_change; /* WT_INSTANT_NONE: none yet */
  wt_instant next;        /* WT_INSTANT_NONE: never again */
  int32_t factor;         /* 64ths; for a source its interval in seconds */
  uint32_t trouble;       /* failures, or goings, in a row */
} wt_schedule;

/* A page, or a source, that was just heard of: due at once. */
wt_schedule wt_schedule_page(wt_instant first);
wt_schedule wt_schedule_source(wt_instant first);
/* What a check at `now` makes of it. after_ms: what the server asked for with LATER; -1 nothing. */
void wt_schedule_page_checked(wt_schedule *s, wt_instant now, wt_check outcome, int64_t after_ms);
/* every: the configured interval in seconds, or 0. */
void wt_schedule_source_checked(wt_schedule *s, wt_instant now, wt_check outcome, int64_t after_ms, int64_t every);

#endif
