/*
 * Which of two stories was first. What a story says of itself goes before clocks: a canonical address at the other's host,
 * the credit of the other's agency. Clocks count when they are further apart than they can be wrong. Else the one that
 * holds more of the other, for who copies cuts.
 */
#include "copies_source.h"

#include <string.h>

#define CLOCK_ERROR 3600      /* seconds: pollers see a page late, clocks of outlets differ */
#define DAY 86400
#define ASYMMETRY 1500        /* parts of 10,000 */

/* ---- what a story says of itself ---- */

static wt_span host_of(wt_span url) {
  size_t at = wt_span_find(url, WT_SPAN("://"));
  if (at == url.len)
    return (wt_span){0};
  wt_span host = wt_span_sub(url, at + 3, url.len);
  size_t end = 0;
  while (end < host.len && strchr("/?#:", host.data[end]) == NULL)
    end++;
  host = wt_span_sub(host, 0, end);
  return wt_span_starts(host, WT_SPAN("www.")) ? wt_span_sub(host, 4, host.len) : host;
}

static bool is_of(wt_span host, const track_copies_row *row) {
  wt_span own = host_of(row->story.url);
  return host.len > 0 && (wt_span_equal_ascii_case(host, own) || wt_span_equal_ascii_case(host, row->story.outlet));
}

/* Does `row` name `other` as where its text belongs? */
static bool points_to(const track_copies_row *row, const track_copies_row *other) {
  wt_span host = host_of(row->canonical);
  return is_of(host, other) && !is_of(host, row);
}

static char plain(char c) {
  if (c >= 'A' && c <= 'Z')
    return (char)(c | 0x20);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0;
}

/* Is the credit the name that the outlet's host begins with? "Reuters" is, of reuters.com. */
static bool names_outlet(wt_span credit, wt_span outlet) {
  size_t at = 0, matched = 0;
  for (size_t i = 0; i < credit.len; i++) {
    char c = plain(credit.data[i]);
    if (c == 0)
      continue;
    if (at == outlet.len || plain(outlet.data[at]) != c)
      return false;
    at++;
    matched++;
  }
  return matched >= 2 && (at == outlet.len || outlet.data[at] == '.' || outlet.data[at] == '-');
}

static bool credits(const track_copies_row *row, const track_copies_row *other) {
  return names_outlet(row->credit, other->story.outlet) && !names_outlet(row->credit, row->story.outlet);
}

/* ---- clocks ---- */

static void put_span_of_time(wt_buf *out, wt_instant seconds) {
  if (seconds < 2 * 3600)
    wt_buf_put_format(out, "%d min", (int)(seconds / 60));
  else if (seconds < 2 * DAY)
    wt_buf_put_format(out, "%d h", (int)(seconds / 3600));
  else
    wt_buf_put_format(out, "%lld days", (long long)(seconds / DAY));
}

static void say_clock(wt_buf *out, const track_copies_row *this, const track_copies_row *other) {
  wt_instant apart = other->time - this->time;
  bool published = this->time != this->story.first || other->time != other->story.first;
  wt_buf_put_text(out, published ? "published " : "seen ");
  if (apart == 0) {
    wt_buf_put_text(out, "at the same time");
    return;
  }
  put_span_of_time(out, apart < 0 ? -apart : apart);
  wt_buf_put_text(out, apart < 0 ? " earlier" : " later");
}

/* ---- the decision ---- */

static void decide(wt_copier *copier, wt_buf *why, const track_copies_row *this, const track_copies_row *other) {
  wt_instant apart = other->time - this->time, distance = apart < 0 ? -apart : apart;
  bool own_outlet = wt_span_equal(this->story.outlet, other->story.outlet);
  int64_t tilt = (int64_t)copier->contained - (int64_t)copier->contains; /* above 0: the other holds more of this */
  copier->earlier = apart < 0 || (apart == 0 && wt_span_compare(other->story.path, this->story.path) < 0);
  if (!own_outlet && (points_to(this, other) || points_to(other, this))) {
    copier->earlier = points_to(this, other);
    wt_buf_put_text(why, copier->earlier ? "this one's canonical address is there" : "its canonical address is here");
  } else if (!own_outlet && (credits(this, other) || credits(other, this))) {
    copier->earlier = credits(this, other);
    wt_buf_put_text(why, copier->earlier ? "this one credits it" : "it credits this one");
  } else if (own_outlet || distance >= CLOCK_ERROR) {
    say_clock(why, this, other);
  } else if (tilt >= ASYMMETRY || -tilt >= ASYMMETRY) {
    copier->earlier = tilt > 0;
    wt_buf_put_text(why, tilt > 0 ? "it holds more of this text, and " : "this one holds more of its text, and ");
    say_clock(why, this, other);
  } else {
    copier->unsure = true;
    say_clock(why, this, other);
    wt_buf_put_text(why, distance == 0 ? "" : ", too close to tell");
  }
}

wt_status track_copies_order(wt_copier *copier, wt_arena *arena, const track_copies_row *this, const track_copies_row *other,
                             wt_error *err) {
  wt_buf why = {0};
  decide(copier, &why, this, other);
  wt_status status = wt_buf_status(&why, "copies", err);
  if (status == WT_OK)
    copier->because = wt_span_keep(arena, wt_buf_span(&why));
  wt_buf_release(&why);
  if (status == WT_OK && copier->because.data == NULL)
    status = wt_fail(err, WT_ENOMEM, "copies", -1, "out of memory");
  return status;
}
