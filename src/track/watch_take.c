/* What one answer means: a story taken in, links noted, or a reason to come again. A failure is never a deletion. */
#include "track/record.h"
#include "track/watch.h"

#include <stdio.h>
#include <string.h>

/* ---- words ---- */

static wt_status keep(wt_span *out, track_add *add, wt_span text, wt_error *err) {
  *out = wt_span_keep(&add->arena, text);
  return out->data ? WT_OK : wt_fail(err, WT_ENOMEM, "watch", -1, "out of memory");
}

static wt_status keep_two(wt_span *out, track_add *add, const char *first, wt_span second, wt_error *err) {
  wt_buf text = {0};
  wt_buf_put_text(&text, first);
  wt_buf_put_span(&text, second);
  wt_status status = wt_buf_status(&text, "watch", err);
  if (status == WT_OK) status = keep(out, add, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

static const char *state_of(const wt_added *added, wt_capture_state capture) {
  if (capture == WT_CAPTURE_PAYWALL && added->reason != WT_REASON_UNCHANGED) return "paywalled";
  switch (added->reason) {
  case WT_REASON_NEW_STORY: return "new";
  case WT_REASON_UNCHANGED: return "unchanged";
  case WT_REASON_SHRUNK: return "cut";
  case WT_REASON_PAYWALL: return "paywalled";
  case WT_REASON_NOT_FOUND: return "soft-404";
  default: return "changed";
  }
}

/* ---- the schedule ---- */

static void schedule(wt_watch_row *row, const track_answer *answer, wt_check outcome) {
  wt_schedule s = {row->first, row->changed, row->next, row->factor, row->trouble};
  if (row->is_source)
    wt_schedule_source_checked(&s, answer->at, outcome, answer->retry_after_ms,
                               answer->source ? answer->source->every : 0);
  else
    wt_schedule_page_checked(&s, answer->at, outcome, answer->retry_after_ms);
  row->changed = s.last_change;
  row->next = s.next;
  row->factor = s.factor;
  row->trouble = s.trouble;
  row->checked = answer->at;
}

/* A page that is a configured source of its own is asked as often as its owner says. */
static void apply_every(wt_watch_row *row, const track_answer *answer) {
  const track_source *source = answer->source;
  if (source && source->every > 0 && row->trouble == 0 && wt_span_equal(source->url, row->url))
    row->next = answer->at + source->every;
}

/* ---- a page ---- */

static wt_span path_of(wt_span url) {
  wt_span rest = wt_span_sub(url, wt_span_find(url, WT_SPAN("://")) + 3, url.len);
  rest = wt_span_sub(rest, wt_span_find(rest, WT_SPAN("/")), rest.len);
  return wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("?")));
}

/* A page that leads on to a site's front is gone, whatever the code says. */
static bool leads_to_front(const track_answer *answer) {
  return path_of(answer->final_url).len <= 1 && path_of(answer->row.url).len > 1;
}

/* A short address of a feed's is none of the story's: one that always led elsewhere gives its story the address it led to. */
static wt_span url_of(const track_answer *answer) {
  return answer->moved && answer->row.path.len == 0 ? answer->final_url : answer->row.url;
}

wt_capture track_answer_capture(const track_add *add, const track_answer *answer) {
  wt_capture capture = {.source = {.name = answer->row.url,
                                   .url = url_of(answer),
                                   .outlet = answer->source ? answer->source->outlet : add->options->outlet,
                                   .content_type = answer->content_type,
                                   .language = answer->content_language,
                                   .captured = answer->at},
                        .bytes = wt_buf_span(&answer->body)};
  capture.format = wt_sniff(capture.bytes, &capture.source);
  return capture;
}

static wt_status take_capture(track_add *add, track_answer *answer, wt_error *err) {
  wt_capture capture = track_answer_capture(add, answer);
  add->watched_path = answer->row.path;
  wt_status status = track_add_one_read(add, &capture, answer->at, &answer->ready, err);
  add->watched_path = (wt_span){0};
  return status;
}

static wt_status take_story(wt_watched *told, wt_check *outcome, track_add *add, track_answer *answer, wt_error *err) {
  wt_status status = take_capture(add, answer, err);
  if (status) return status;
  const track_news *news = &add->news[add->news_count - 1];
  const wt_added *added = &news->added;
  *outcome = added->reason == WT_REASON_UNCHANGED ? WT_CHECK_UNCHANGED : WT_CHECK_CHANGED;
  if (news->has_error) {
    *outcome = WT_CHECK_FAILED;
    return keep_two(&told->state, add, "failed: ", wt_span_of(news->error.what), err);
  }
  if (wt_reason_is_quarantine(added->reason)) *outcome = WT_CHECK_UNCHANGED;
  if (added->story.len) answer->row.path = added->story;
  told->state = wt_span_of(state_of(added, add->state));
  told->story = added->story;
  told->subject = added->subject;
  told->substantive = added->substantive;
  told->revision = *outcome == WT_CHECK_CHANGED ? added->revision : 0;
  return WT_OK;
}

/* That a story was seen, unread: not modified, or gone. "Still wrong at 16:10" is answered from these. */
static wt_status put_sighting(track_add *add, const track_answer *answer, const char *state, wt_error *err) {
  wt_story_row story;
  wt_status status = answer->row.path.len
                         ? wt_index_story_by_path(&story, &add->scratch, add->track->index, answer->row.path, err)
                         : WT_ENOTFOUND;
  if (status) return status == WT_ENOTFOUND ? WT_OK : status;
  wt_sighting_row row = {.record = add->next_record + 1,
                         .story = story.id,
                         .path = story.path,
                         .at = answer->at,
                         .state = wt_span_of(state),
                         .revision = story.current,
                         .url = answer->row.url};
  wt_buf_clear(&add->line);
  record_put_seen(&add->line, &row);
  status = track_add_record(add, err);
  if (status == WT_OK) status = wt_index_put_sighting(add->track->index, &row, err);
  wt_arena_release(&add->scratch);
  return status;
}

/* Writes a row to the journal and the index. final: where the answer came from, when that is another URL; else empty. */
static wt_status put_row(track_add *add, const wt_watch_row *row, wt_span final, wt_error *err) {
  wt_buf_clear(&add->line);
  record_put_watch(&add->line, row, final);
  wt_status status = track_add_record(add, err);
  return status ? status : wt_index_put_watch(add->track->index, row, err);
}

/* The page lives elsewhere for good: its new URL takes its place, with all that is known, and the old one rests. */
static wt_status move_row(wt_watched *told, track_add *add, track_answer *answer, wt_error *err) {
  wt_watch_row moved = answer->row;
  moved.url = answer->final_url;
  moved.state = told->state;
  wt_status status = put_row(add, &moved, (wt_span){0}, err);
  if (status == WT_OK) status = keep_two(&told->state, add, "moved to ", answer->final_url, err);
  answer->row.next = WT_INSTANT_NONE;
  return status;
}

/* ---- a source ---- */

typedef struct links {
  track_add *add;
  const track_answer *answer;
  uint64_t fresh;
  wt_status status;
  wt_error *err;
} links;

/* When a page that a source names was published, if it says so to the minute and with a zone: its age is counted from there. */
static wt_instant first_of(const wt_link *link, wt_instant now) {
  enum { OLDEST = 30 * 86400 };
  const wt_time *said = &link->published;
  if (said->precision < WT_TIME_MINUTE || !said->has_offset || said->instant > now) return now;
  return said->instant < now - OLDEST ? now - OLDEST : said->instant;
}

static bool note_link(void *context, const wt_link *link) {
  links *l = context;
  wt_watch_row row;
  l->status = wt_index_watch(&row, &l->add->scratch, l->add->track->index, link->url, l->err);
  wt_arena_release(&l->add->scratch);
  if (l->status != WT_ENOTFOUND) return l->status == WT_OK;
  wt_instant now = l->answer->at;
  wt_schedule s = link->is_index ? wt_schedule_source(now) : wt_schedule_page(first_of(link, now));
  row = (wt_watch_row){.url = link->url,
                       .source = l->answer->row.source,
                       .is_source = link->is_index,
                       .first = s.first,
                       .checked = WT_INSTANT_NONE,
                       .changed = WT_INSTANT_NONE,
                       .next = now,
                       .factor = s.factor};
  l->status = put_row(l->add, &row, (wt_span){0}, l->err);
  l->fresh++;
  return l->status == WT_OK;
}

static wt_status take_links(wt_watched *told, wt_check *outcome, track_add *add, track_answer *answer, wt_error *err) {
  wt_error cause;
  links l = {.add = add, .answer = answer, .err = err};
  wt_source source = {.name = answer->final_url, .url = answer->final_url, .captured = answer->at};
  wt_status status = wt_links(wt_buf_span(&answer->body), &source, note_link, &l, &cause);
  if (l.status) return l.status;
  if (status == WT_ENOMEM) {
    if (err) *err = cause;
    return status;
  }
  told->links = l.fresh;
  *outcome = l.fresh ? WT_CHECK_CHANGED : WT_CHECK_UNCHANGED;
  told->state = WT_SPAN("links");
  if (status == WT_OK) return WT_OK;
  *outcome = WT_CHECK_FAILED;
  return keep_two(&told->state, add, "failed: ", wt_span_of(cause.what), err);
}

/* ---- the answer ---- */

static wt_status take_body(wt_watched *told, wt_check *outcome, track_add *add, track_answer *answer, wt_error *err) {
  if (answer->row.is_source) return take_links(told, outcome, add, answer, err);
  if (leads_to_front(answer)) {
    *outcome = WT_CHECK_GONE;
    told->state = WT_SPAN("soft-404");
    return put_sighting(add, answer, "gone", err);
  }
  return take_story(told, outcome, add, answer, err);
}

static wt_status take_no_body(wt_watched *told, wt_check *outcome, track_add *add, track_answer *answer,
                              wt_error *err) {
  switch (answer->state) {
  case WT_FETCH_NOT_MODIFIED:
    *outcome = WT_CHECK_UNCHANGED;
    told->state = WT_SPAN("not-modified");
    return put_sighting(add, answer, "not-modified", err);
  case WT_FETCH_GONE:
    *outcome = WT_CHECK_GONE;
    told->state = WT_SPAN("gone");
    return put_sighting(add, answer, "gone", err);
  case WT_FETCH_LATER:
    *outcome = WT_CHECK_LATER;
    return keep_two(&told->state, add, "failed: ", WT_SPAN("the server asks to come later"), err);
  case WT_FETCH_FORBIDDEN: /* what a robots.txt says does not change by the minute; what the user allows may */
    answer->retry_after_ms = (int64_t)86400 * 1000;
    *outcome = wt_span_starts(answer->why, WT_SPAN("robots.txt")) ? WT_CHECK_LATER : WT_CHECK_FAILED;
    return keep_two(&told->state, add, "failed: ", answer->why, err);
  default: *outcome = WT_CHECK_FAILED; return keep_two(&told->state, add, "failed: ", answer->why, err);
  }
}

wt_status track_answer_take(wt_watched *told, track_add *add, track_answer *answer, bool keep_watching, wt_error *err) {
  wt_check outcome = WT_CHECK_FAILED;
  *told = (wt_watched){.url = answer->row.url, .source = answer->row.source, .at = answer->at, .next = WT_INSTANT_NONE};
  bool has_body = answer->state == WT_FETCH_OK;
  if (has_body && !wt_span_equal(answer->final_url, answer->row.url)) told->final = answer->final_url;
  wt_status status =
      has_body ? take_body(told, &outcome, add, answer, err) : take_no_body(told, &outcome, add, answer, err);
  if (status || !keep_watching) return status;
  if (has_body && outcome != WT_CHECK_FAILED && outcome != WT_CHECK_GONE) {
    answer->row.etag = answer->etag;
    answer->row.last_modified = answer->last_modified;
  }
  schedule(&answer->row, answer, outcome);
  apply_every(&answer->row, answer);
  if (has_body && answer->moved && !answer->row.is_source && outcome != WT_CHECK_FAILED && outcome != WT_CHECK_GONE)
    status = move_row(told, add, answer, err);
  answer->row.state = told->state;
  told->next = answer->row.next;
  return status ? status : put_row(add, &answer->row, told->final, err);
}
