/* add_read: bytes -> story, and texts out of the archive, also those of the open batch. */
#include "track/add.h"

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

wt_status track_add_read(track_work *work, track_add *add, wt_error *err) {
  bool ready = work->ready && work->ready->read;
  wt_status status = ready ? take_ready(work, err) : track_add_read_story(work, add, err);
  add->state = work->story && !work->unread ? work->story->state : WT_CAPTURE_WHOLE;
  return status;
}

/* ---- what is held ---- */

wt_status track_add_read_blob(wt_story *out, wt_arena *arena, track_add *add, wt_oid blob, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_archive_batch_read(&text, add->batch, blob, err);
  if (status == WT_OK) status = track_parse_kept(out, arena, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

wt_status track_add_load(track_text **out, track_add *add, int64_t story, uint32_t number, wt_error *err) {
  track_text *entry = wt_alloc_zero(1, sizeof *entry);
  if (!entry) return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  entry->story = story;
  wt_status status = wt_index_revision(&entry->row, &entry->arena, add->track->index, story, number, err);
  if (status == WT_OK) status = track_add_read_blob(&entry->text, &entry->arena, add, entry->row.blob, err);
  if (status == WT_OK) status = wt_fingerprint_story(&entry->print, &entry->text, NULL, err);
  if (status)
    track_text_free(entry);
  else
    *out = entry;
  return status;
}
