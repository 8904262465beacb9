/* add: the way of a capture. Read it from the bottom: wt_track_add, then take_in, which is the tour. */
#include "track/add.h"
#include "track/add_inputs.h"

#include <string.h>

/* Within a batch a text is a delta of the one before it: large ones are small on disk, and a second's work or two. */
enum { BATCH = 4096, BATCH_BYTES = 64 << 20 };

/* ---- 1. read ---- */

/* The same bytes at the same time from the same place are the same input. */
static wt_hash input_of(const track_work *work, const track_add *add) {
  wt_buf text = {0};
  char hex[33];
  const wt_source *s = &work->capture->source;
  const wt_span parts[] = {s->url, s->outlet, s->headline, s->published, add->options->story};
  wt_hash_hex(hex, wt_hash_bytes(work->capture->bytes));
  wt_buf_put_format(&text, "%s %lld", hex, (long long)work->at);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    wt_buf_put_char(&text, '\n');
    wt_buf_put_span(&text, parts[i]);
  }
  wt_hash input = wt_hash_bytes(wt_buf_span(&text));
  wt_buf_release(&text);
  return input;
}

static wt_span host_of(wt_span url) {
  size_t scheme = wt_span_find(url, WT_SPAN("://"));
  if (scheme == url.len) return (wt_span){0};
  wt_span rest = wt_span_sub(url, scheme + 3, url.len);
  rest = wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("/")));
  rest = wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("?")));
  return wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN(":")));
}

/* The outlet of a host as the configuration has it; the reader's word for any other. */
static wt_status settle_outlet(track_work *work, const track_add *add, wt_error *err) {
  const track_outlets *outlets = &add->track->outlets;
  wt_span read = work->story->fields[WT_FIELD_OUTLET];
  if (outlets->count == 0 || work->capture->source.outlet.len) return WT_OK;
  wt_span host = host_of(work->story->fields[WT_FIELD_URL]);
  wt_span outlet = track_outlet_of_host(outlets, host.len ? host : read);
  if (outlet.len == 0 || wt_span_equal(outlet, host) || wt_span_equal(outlet, read)) return WT_OK;
  wt_status status = wt_story_set(work->story, WT_FIELD_OUTLET, outlet, err);
  return status ? status : wt_story_seal(work->story, err);
}

wt_status track_add_read_story(track_work *work, const track_add *add, wt_error *err) {
  wt_ingest_options options = {.max_bytes = add->options->max_bytes};
  work->entry = wt_alloc_zero(1, sizeof *work->entry);
  if (!work->entry) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  work->story = &work->entry->text;
  wt_status status =
      wt_ingest(work->story, &work->entry->arena, work->capture->bytes, &work->capture->source, &options, err);
  work->unread = status != WT_OK;
  if (status == WT_OK) status = settle_outlet(work, add, err);
  return status ? status : wt_fingerprint_story(&work->entry->print, work->story, NULL, err);
}

/* What was read before its turn is taken over. */
static wt_status take_ready(track_work *work, wt_error *err) {
  track_ready *ready = work->ready;
  work->entry = ready->entry;
  work->story = work->entry ? &work->entry->text : NULL;
  work->unread = ready->unread;
  ready->entry = NULL;
  if (ready->status) *err = ready->err;
  return ready->status;
}

static wt_status read_story(track_work *work, track_add *add, wt_error *err) {
  bool ready = work->ready && work->ready->read;
  wt_status status = ready ? take_ready(work, err) : track_add_read_story(work, add, err);
  add->state = work->story && !work->unread ? work->story->state : WT_CAPTURE_WHOLE;
  return status;
}

/* ---- seen before ---- */

static wt_status known_input(track_work *work, track_add *add, wt_error *err) {
  wt_sighting_row row;
  wt_status status = wt_index_seen(&row, &add->scratch, add->track->index, work->input, err);
  if (status == WT_ENOTFOUND) return WT_OK;
  if (status) return status;
  work->quiet_input = true;
  work->reason = WT_REASON_UNCHANGED;
  work->because = "same capture";
  work->path = row.path;
  work->revision = row.revision;
  work->sighted = row.record;
  return WT_OK;
}

static wt_status tell_known(track_work *work, track_add *add, wt_error *err) {
  wt_story none = {.arena = &add->scratch};
  work->story = &none;
  none.fields[WT_FIELD_URL] = work->capture->source.url;
  wt_status status = track_add_tell(work, add, err);
  work->story = NULL;
  return status;
}

wt_status track_add_held(track_add *add, const struct track_input *input, wt_error *err) {
  wt_capture capture = {.source = input->source, .at = input->record};
  track_work work = {.capture = &capture,
                     .file = input->file,
                     .at = input->at,
                     .quiet_input = true,
                     .reason = WT_REASON_UNCHANGED,
                     .because = "held already",
                     .path = input->held_path,
                     .revision = input->held_revision,
                     .sighted = input->held_record};
  add->summary.captures++;
  add->summary.by_reason[work.reason]++;
  add->pending++;
  return tell_known(&work, add, err);
}

/* ---- the tour ---- */

static wt_status take_in(track_work *work, track_add *add, wt_error *err) {
  work->input = input_of(work, add);
  wt_status status = add->accepting ? WT_OK : known_input(work, add, err);
  if (status == WT_OK && work->quiet_input) return tell_known(work, add, err);
  if (status == WT_OK) status = read_story(work, add, err);                       /* bytes -> story */
  if (status == WT_OK) status = track_add_identify(work, add, err);               /* whose story it is */
  if (status == WT_OK && work->known) status = track_add_compare(work, add, err); /* match, diff, classify */
  if (status == WT_OK) status = track_add_decide(work, add, err);                 /* one reason code */
  if (status == WT_OK) status = track_add_put(work, add, err);                    /* commit, journal, index */
  if (status == WT_OK) status = track_add_tell(work, add, err);                   /* once it is durable */
  return status;
}

static bool is_full(const track_add *add) {
  uint32_t most = add->options->batch ? add->options->batch : BATCH;
  return most != TRACK_ADD_WHOLE && (add->pending >= most || add->pending_bytes > BATCH_BYTES);
}

static wt_status add_work(track_add *add, track_work *work, wt_error *err) {
  wt_error own;
  wt_status status = take_in(work, add, &own);
  add->pending++;
  if (status == WT_OK) {
    add->summary.captures++;
    add->summary.by_reason[work->reason]++;
  } else if (work->unread) { /* a fault of the capture is told, and the next goes on; one of the archive ends the run */
    if (!own.where[0] && work->file.len) wt_error_at(&own, wt_span_keep(&add->scratch, work->file).data);
    status = track_add_trouble(add, work->file, &own, err);
  } else if (err)
    *err = own;
  track_text_free(work->entry);
  track_text_free(work->loaded);
  wt_arena_release(&add->scratch);
  if (status == WT_OK && is_full(add)) status = track_add_commit(add, err);
  track_texts_trim(&add->track->texts);
  return status;
}

wt_status track_add_one(track_add *add, const wt_capture *capture, wt_span file, wt_instant at, bool assumed,
                        wt_error *err) {
  track_work work = {.capture = capture, .file = file, .at = at, .assumed = assumed, .because = ""};
  return add_work(add, &work, err);
}

wt_status track_add_one_read(track_add *add, const wt_capture *capture, wt_instant at, track_ready *ready,
                             wt_error *err) {
  track_work work = {.capture = capture, .ready = ready, .at = at, .because = ""};
  return add_work(add, &work, err);
}

wt_status track_add_ready(bool *known, track_add *add, track_ready *ready, wt_error *err) {
  const track_input *input = ready->input;
  track_work work = {.capture = &ready->capture,
                     .ready = ready,
                     .file = input->file,
                     .at = input->at,
                     .assumed = input->assumed,
                     .because = ""};
  wt_status status = add_work(add, &work, err);
  *known = work.quiet_input;
  return status;
}

wt_status track_add_read(wt_story *out, wt_arena *arena, track_add *add, wt_oid blob, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_archive_batch_read(&text, add->batch, blob, err);
  wt_span kept = wt_span_keep(arena, wt_buf_span(&text));
  wt_buf_release(&text);
  if (status == WT_OK && !kept.data)
    status = wt_fail(err, WT_ENOMEM, NULL, -1, "a text passed the ceiling of its arena");
  return status ? status : wt_story_parse(out, arena, kept, err);
}

/* ---- batches ---- */

static void tell_all(track_add *add) {
  const wt_track_calls *calls = &add->track->options.calls;
  for (size_t i = 0; i < add->news_count; i++) {
    track_news *news = &add->news[i];
    if (news->has_error) news->added.error = &news->error;
    if (calls->added) calls->added(calls->context, &news->added);
  }
  add->news_count = 0;
  wt_arena_release(&add->arena);
}

static wt_status commit_git(track_add *add, wt_error *err) {
  wt_index_stamp stamp = {.journal = add->next_record};
  wt_status status = wt_archive_batch_commit(add->batch, err);
  if (status == WT_OK) status = wt_archive_tip(&stamp.main, add->track->archive, err);
  if (status == WT_OK) status = wt_index_commit(add->track->index, &stamp, err);
  if (status == WT_OK) add->track->stamp = stamp;
  return status;
}

wt_status track_add_commit(track_add *add, wt_error *err) {
  wt_status status = WT_OK;
  if (!add->options->dry_run && add->pending) {
    status = commit_git(add, err);
    if (status == WT_OK) status = wt_index_begin(add->track->index, err);
    if (status == WT_OK) track_texts_unpin(&add->track->texts);
  }
  add->pending = 0;
  add->pending_bytes = 0;
  if (status == WT_OK) tell_all(add);
  if (add->total) track_progress(add->track, "captures", add->done, add->total);
  return status;
}

wt_status track_add_open(track_add **out, wt_track *track, const wt_add_options *options, wt_error *err) {
  track_add *add = wt_alloc_zero(1, sizeof *add);
  if (!add) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  add->track = track;
  add->options = options;
  wt_status status = track_outlets_need(track, err);
  if (status == WT_OK) status = wt_archive_batch_open(&add->batch, track->archive, err);
  if (status == WT_OK) status = track_catch_up(track, err); /* under the lock nothing moves any more */
  if (status == WT_OK) status = wt_index_begin(track->index, err);
  add->next_record = track->stamp.journal;
  if (status)
    track_add_free(add);
  else
    *out = add;
  return status;
}

void track_add_free(track_add *add) {
  if (!add) return;
  wt_index_rollback(add->track->index);
  if (add->pending || add->options->dry_run) track_texts_drop(&add->track->texts); /* of what is not in git */
  if (add->batch) wt_archive_batch_close(add->batch);
  wt_arena_release(&add->arena);
  wt_arena_release(&add->scratch);
  wt_buf_release(&add->text);
  wt_buf_release(&add->line);
  wt_free(add->news);
  wt_free(add);
}

/* ---- the use case ---- */

/* One stretch of the inputs: what lies elsewhere is got first, without the lock. */
static wt_status add_some(wt_add_summary *sum, track_inputs *inputs, wt_error *err) {
  track_add *add = NULL;
  wt_status status = track_inputs_fetch(inputs, err);
  if (status == WT_OK) status = track_add_open(&add, inputs->track, inputs->options, err);
  if (status) return status;
  add->summary = *sum;
  status = track_inputs_run(inputs, add, err);
  if (status == WT_OK) status = track_add_commit(add, err);
  *sum = add->summary;
  track_add_free(add);
  return status;
}

wt_status wt_track_add(wt_add_summary *out, wt_track *track, const char *const *inputs, size_t count,
                       const wt_add_options *options, wt_error *err) {
  track_inputs gathered = {.options = options, .track = track};
  memset(out, 0, sizeof *out);
  wt_status status = track_inputs_gather(&gathered, inputs, count, err);
  if (status == WT_OK) do
      status = add_some(out, &gathered, err);
    while (status == WT_OK && gathered.next < gathered.count && !track_stopped(track));
  track_inputs_release(&gathered);
  return status;
}

wt_status track_add_told(wt_added *out, track_add *add, wt_error *err) {
  wt_track *track = add->track;
  wt_arena_release(&track->told_arena);
  track->told = (track_news){.added = {.captured = WT_INSTANT_NONE}};
  if (add->news_count) track->told = add->news[add->news_count - 1];
  wt_status status = track_news_keep(&track->told, &track->told_arena, err);
  if (track->told.has_error) track->told.added.error = &track->told.error;
  *out = track->told.added;
  return status;
}

wt_status wt_track_add_capture(wt_added *out, wt_track *track, const wt_capture *capture, const wt_add_options *options,
                               wt_error *err) {
  track_add *add = NULL;
  wt_instant at;
  bool assumed;
  wt_status status = track_time_of(&at, &assumed, options, &capture->source, capture->source.name, err);
  if (status == WT_OK) status = track_add_open(&add, track, options, err);
  if (status) return status;
  status = track_add_one(add, capture, capture->source.name, at, assumed, err);
  if (status == WT_OK) status = track_add_told(out, add, err);
  if (status == WT_OK) status = track_add_commit(add, err);
  track_add_free(add);
  return status;
}
