/* add_identity: whose story it is.
 *
 * Within the outlet: a story with the same URL, canonical URL, embedded id or wire slug, and a related body; or, within 30
 * days, one whose text contains at least half of this one's and the other way round. Else it is a new story. Another
 * outlet's text is never looked at: there it would be a copy.
 */
#include "track/add.h"

#include <stdio.h>
#include <string.h>

enum {
  DAYS = 30,
  DAY = 86400,
  HALF = 5000,
  CANDIDATES = 8,
  SMALL_WORDS = 60, /* a text below may be what is left of a story: it cannot prove that it is another */
  SMALL_PERCENT = 25
};

/* ---- the text to compare with ---- */

static wt_status load_current(track_text **out, track_add *add, int64_t story, wt_error *err) {
  wt_story_row row;
  track_texts *texts = &add->track->texts;
  if ((*out = track_texts_get(texts, story))) return WT_OK;
  wt_status status = wt_index_story(&row, &add->scratch, add->track->index, story, err);
  if (status == WT_OK) status = track_add_load(out, add, story, row.current, err);
  if (status) return status;
  status = track_texts_put(texts, *out, err);
  if (status) track_text_free(*out);
  return status;
}

/* ---- by what names it ---- */

/* A page that is gone, cut or walled says nothing of which story it was; nor does what little is left of a long one,
   unless it has a headline and a day of its own. */
static bool too_little(const track_work *work, const track_text *held) {
  uint32_t words = work->entry->print.words, before = held->print.words;
  if (work->story->state != WT_CAPTURE_WHOLE || work->story->status != WT_STATUS_USABLE) return true;
  if (words >= SMALL_WORDS && (uint64_t)words * 100 >= (uint64_t)before * SMALL_PERCENT) return false;
  wt_instant now, then;
  bool dated = wt_instant_parse(&now, work->story->fields[WT_FIELD_PUBLISHED]) &&
               wt_instant_parse(&then, held->text.fields[WT_FIELD_PUBLISHED]);
  return !(dated && now - then > DAY && track_headlines_shared(&work->entry->print, &held->print) < HALF / 2);
}

/* What was left of a story for a while (a notice, a line) does not speak for it: the texts before do. */
static wt_status related_before(bool *out, track_work *work, track_add *add, const track_text *held, wt_error *err) {
  enum { BACK = 4 };
  wt_arena arena = {0};
  wt_revision_row row = held->row;
  wt_status status = WT_OK;
  for (int i = 0; status == WT_OK && !*out && i < BACK; i++) {
    wt_story text;
    wt_fingerprint print = {0};
    status = wt_index_before(&row, &arena, add->track->index, &row, err);
    if (status == WT_OK) status = track_add_read_blob(&text, &arena, add, row.blob, err);
    if (status == WT_OK) status = wt_fingerprint_story(&print, &text, NULL, err);
    if (status == WT_OK) status = track_related(out, work->story, &work->entry->print, &text, &print, err);
    wt_fingerprint_release(&print);
  }
  wt_arena_release(&arena);
  return status == WT_ENOTFOUND ? WT_OK : status;
}

typedef struct names {
  int64_t stories[CANDIDATES];
  size_t count;
} names;

static bool take(void *context, int64_t story) {
  names *n = context;
  for (size_t i = 0; i < n->count; i++)
    if (n->stories[i] == story) return true;
  n->stories[n->count++] = story;
  return n->count < CANDIDATES;
}

static wt_status try_names(int64_t *out, track_work *work, track_add *add, const names *n, wt_error *err) {
  for (size_t i = 0; i < n->count; i++) {
    track_text *held;
    bool fits = false;
    wt_status status = load_current(&held, add, n->stories[i], err);
    if (status) return status;
    fits = too_little(work, held);
    if (!fits) status = track_related(&fits, work->story, &work->entry->print, &held->text, &held->print, err);
    if (status == WT_OK && !fits && held->print.words < SMALL_WORDS)
      status = related_before(&fits, work, add, held, err);
    if (status) return status;
    if (!fits) continue;
    *out = n->stories[i];
    return WT_OK;
  }
  return WT_OK;
}

static wt_status by_names(int64_t *out, track_work *work, track_add *add, wt_error *err) {
  static const struct {
    wt_story_field field;
    wt_identity_kind kind;
    const char *because;
  } ways[] = {{WT_FIELD_URL, WT_IDENTITY_URL, "same URL"},
              {WT_FIELD_CANONICAL, WT_IDENTITY_URL, "same canonical URL"},
              {WT_FIELD_EMBEDDED_ID, WT_IDENTITY_EMBEDDED, "same id"},
              {WT_FIELD_SLUG, WT_IDENTITY_SLUG, "same slug"}};
  wt_span outlet = work->story->fields[WT_FIELD_OUTLET];
  for (size_t i = 0; i < sizeof ways / sizeof *ways && !*out; i++) {
    names n = {.count = 0};
    wt_span value = work->story->fields[ways[i].field];
    if (value.len == 0) continue;
    wt_status status = wt_index_identities(add->track->index, ways[i].kind, outlet, value, CANDIDATES, take, &n, err);
    if (status == WT_OK) status = try_names(out, work, add, &n, err);
    if (status) return status;
    if (*out)
      work->because = ways[i].because;
    else if (n.count)
      work->because = "same address, but nothing like it";
  }
  return WT_OK;
}

/* What a watched page was so far, it is still: it may have moved, and been written anew on the way. */
static wt_status by_watch(int64_t *out, track_work *work, track_add *add, wt_error *err) {
  wt_story_row row;
  names n = {.count = 1};
  if (add->watched_path.len == 0) return WT_OK;
  wt_status status = wt_index_story_by_path(&row, &add->scratch, add->track->index, add->watched_path, err);
  if (status) return status == WT_ENOTFOUND ? WT_OK : status;
  n.stories[0] = row.id;
  status = try_names(out, work, add, &n, err);
  if (*out) work->because = "same watched page";
  return status;
}

/* ---- by what it says ---- */

static bool take_near(void *context, int64_t story, uint32_t shared) {
  (void)shared;
  return take(context, story);
}

/* Captured within 30 days of when it ran, or published within 30 days of each other. */
static bool is_near_in_time(const track_work *work, const wt_story_row *row, const track_text *held) {
  wt_instant span = DAYS * (wt_instant)DAY, now, then;
  if (work->at >= row->first - span && work->at <= row->last + span) return true;
  return wt_instant_parse(&now, work->story->fields[WT_FIELD_PUBLISHED]) &&
         wt_instant_parse(&then, held->text.fields[WT_FIELD_PUBLISHED]) && now - then <= span && then - now <= span;
}

/* Text without a URL is often the only trace of a wire story. With a URL of its own, an equal text on another URL of the
   outlet is still the same story: a slug was edited. */
static wt_status by_text(int64_t *out, track_work *work, track_add *add, wt_error *err) {
  names n = {.count = 0};
  wt_status status = wt_index_near(add->track->index, work->story->fields[WT_FIELD_OUTLET], &work->entry->print,
                                   WT_INSTANT_NONE, WT_INSTANT_NONE, CANDIDATES, take_near, &n, err);
  for (size_t i = 0; status == WT_OK && !*out && i < n.count; i++) {
    track_text *held;
    wt_story_row row;
    uint32_t there = 0, back = 0;
    status = load_current(&held, add, n.stories[i], err);
    if (status == WT_OK) status = wt_index_story(&row, &add->scratch, add->track->index, n.stories[i], err);
    if (status || !is_near_in_time(work, &row, held)) continue;
    if (status == WT_OK) status = track_contained_exactly(&there, &back, &work->entry->print, &held->print, err);
    if (status || there < HALF || back < HALF) continue;
    *out = n.stories[i];
    snprintf(work->because_text, sizeof work->because_text, "%u%% of its text", (unsigned)(there / 100));
    work->because = work->because_text;
  }
  return status;
}

/* ---- given ---- */

static wt_status given(int64_t *out, track_work *work, track_add *add, wt_error *err) {
  wt_story_row row;
  wt_span name = add->options->story;
  work->because = "given";
  wt_status status =
      wt_index_story_by_identity(&row, &add->scratch, add->track->index, WT_IDENTITY_NAME, (wt_span){0}, name, err);
  if (status == WT_ENOTFOUND) status = wt_track_story(&row, &add->scratch, add->track, name, err);
  if (status == WT_OK) *out = row.id;
  return status == WT_ENOTFOUND ? WT_OK : status;
}

wt_status track_add_identify(track_work *work, track_add *add, wt_error *err) {
  int64_t story = 0;
  wt_status status;
  if (add->options->story.len) {
    status = given(&story, work, add, err);
  } else {
    work->because = "nothing like it held";
    status = by_names(&story, work, add, err);
    if (status == WT_OK && !story) status = by_watch(&story, work, add, err);
    if (status == WT_OK && !story && work->story->state != WT_CAPTURE_NOT_FOUND)
      status = by_text(&story, work, add, err);
  }
  if (status || !story) return status;
  work->known = true;
  return wt_index_story(&work->row, &add->scratch, add->track->index, story, err);
}
