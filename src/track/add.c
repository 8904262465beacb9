/* add: the way of a capture. Read take_in: it is the tour. */
#include "track/add.h"
#include "track/add_inputs.h"

#include <string.h>

/* Within a batch a text is a delta of the one before it: large ones are small on disk, and a second's work or two. */
enum { BATCH = 4096, BATCH_BYTES = 64 << 20 };

/* ---- seen before ---- */

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

static wt_status known_input(track_work *work, track_add *add, wt_error *err) {
  wt_sighting_row row;
  wt_status status = wt_index_seen(&row, &add->scratch, add->track->index, work->input, err);
  if (status == WT_ENOTFOUND) return WT_OK;
  if (status) return status;
  work->quiet_input = true;
  work->reason = WT_REASON_UNCHANGED;
  work->because = wt_span_equal(row.state, wt_span_of(wt_reason_name(WT_REASON_ERASED))) ? "erased" : "same capture";
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
  if (status == WT_OK) status = track_add_read(work, add, err);                   /* bytes -> story */
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

/* ---- the use case ---- */

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
