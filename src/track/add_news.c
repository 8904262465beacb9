/* add_news: what became of captures, told once it is durable. */
#include "track/add.h"

/* Copies what it points to into the arena. */
static wt_status keep_news(track_news *news, wt_arena *arena, wt_error *err) {
  wt_added *a = &news->added;
  wt_span *spans[] = {&a->file, &a->story, &a->because, &a->subject, &a->headline, &a->outlet, &a->url};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    *spans[i] = wt_span_keep(arena, *spans[i]);
    if (!spans[i]->data) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  }
  return WT_OK;
}

static wt_status push(track_add *add, const track_news *news, wt_error *err) {
  if (!wt_grow(&add->news, &add->news_capacity, add->news_count + 1, sizeof *add->news))
    return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  add->news[add->news_count] = *news;
  wt_status status = keep_news(&add->news[add->news_count], &add->arena, err);
  if (status == WT_OK) add->news_count++;
  return status;
}

wt_status track_add_tell(track_work *work, track_add *add, wt_error *err) {
  bool revision = track_add_makes_revision(work);
  track_news news = {.added = {.file = work->file,
                               .record = work->capture->at,
                               .reason = work->reason,
                               .returned_to = work->returned_to,
                               .story = work->path,
                               .revision = work->revision,
                               .captured = work->at,
                               .assumed = work->assumed,
                               .because = wt_span_of(work->because),
                               .subject = work->subject,
                               .headline = work->story->fields[WT_FIELD_HEADLINE],
                               .outlet = work->story->fields[WT_FIELD_OUTLET],
                               .url = work->story->fields[WT_FIELD_URL],
                               .classes = revision ? work->classified.classes : 0,
                               .substantive = revision && work->classified.substantive,
                               .commit = work->ids.commit,
                               .capture = work->sighted ? work->sighted : add->next_record}};
  add->summary.revisions += revision;
  add->summary.stories += work->reason == WT_REASON_NEW_STORY;
  return push(add, &news, err);
}

wt_status track_add_trouble(track_add *add, wt_span file, const wt_error *trouble, wt_error *err) {
  track_news news = {.added = {.file = file, .reason = WT_REASON_TROUBLE, .captured = WT_INSTANT_NONE},
                     .error = *trouble,
                     .has_error = true};
  add->summary.captures++;
  add->summary.by_reason[WT_REASON_TROUBLE]++;
  return push(add, &news, err);
}

void track_add_tell_all(track_add *add) {
  const wt_track_calls *calls = &add->track->options.calls;
  for (size_t i = 0; i < add->news_count; i++) {
    track_news *news = &add->news[i];
    if (news->has_error) news->added.error = &news->error;
    if (calls->added) calls->added(calls->context, &news->added);
  }
  add->news_count = 0;
  wt_arena_release(&add->arena);
}

wt_status track_add_told(wt_added *out, track_add *add, wt_error *err) {
  wt_track *track = add->track;
  wt_arena_release(&track->told_arena);
  track->told = (track_news){.added = {.captured = WT_INSTANT_NONE}};
  if (add->news_count) track->told = add->news[add->news_count - 1];
  wt_status status = keep_news(&track->told, &track->told_arena, err);
  if (track->told.has_error) track->told.added.error = &track->told.error;
  *out = track->told.added;
  return status;
}
