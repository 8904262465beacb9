/* add_files: the use case of `add`: what files, folders and lists give goes the way of a capture, one by one in order of time,
   read ahead where that is worth while. */
#include "track/add_ahead.h"

typedef struct single {
  track_add *add;
  const track_input *input;
  wt_status status;
  wt_error *err;
} single;

static bool hand_on(void *context, const wt_capture *capture) {
  single *s = context;
  s->status = track_add_one(s->add, capture, s->input->file, s->input->at, s->input->assumed, s->err);
  return false;
}

static bool hand_trouble(void *context, const wt_error *err) {
  single *s = context;
  s->status = track_add_trouble(s->add, s->input->file, err, s->err);
  return s->status == WT_OK;
}

static wt_status run_file(track_inputs *inputs, track_add *add, const track_input *input, wt_buf *bytes,
                          wt_error *err) {
  wt_error trouble;
  single s = {.add = add, .input = input, .err = err};
  wt_status status = track_inputs_read(inputs, input->file, bytes, hand_on, hand_trouble, &s, &trouble);
  if (s.status || status == WT_ECANCELED) return s.status;
  return status ? track_add_trouble(add, input->file, &trouble, err) : WT_OK;
}

static wt_status run_spooled(track_inputs *inputs, track_add *add, const track_input *input, wt_buf *bytes,
                             wt_error *err) {
  wt_status status = track_spool_get(bytes, inputs, input, err);
  wt_capture capture = {
      .source = input->source, .bytes = wt_buf_span(bytes), .format = input->format, .at = input->record};
  return status ? status : track_add_one(add, &capture, input->file, input->at, input->assumed, err);
}

static wt_status run_one(track_inputs *inputs, track_add *add, const track_input *input, wt_buf *bytes, wt_error *err) {
  if (input->lost) return WT_OK;
  if (input->held) return track_add_held(add, input, err);
  wt_buf_clear(bytes);
  return input->spooled ? run_spooled(inputs, add, input, bytes, err) : run_file(inputs, add, input, bytes, err);
}

/* Items up to the next whose bytes lie elsewhere. */
static size_t run_end(const track_inputs *inputs) {
  size_t end = inputs->next;
  while (end < inputs->count) {
    const track_input *input = &inputs->items[end];
    if (input->elsewhere && !input->spooled && !input->held && !input->lost) break;
    end++;
  }
  return end;
}

static wt_status run_ready(track_inputs *inputs, track_add *add, track_ahead *ahead, wt_buf *bytes, wt_error *err) {
  track_ready *ready = track_ahead_take(ahead);
  bool known = false;
  wt_status status = ready->status && !ready->read ? ready->status : WT_OK; /* the spool could not be read */
  if (status && err) *err = ready->err;
  if (status == WT_OK)
    status = ready->loaded ? track_add_ready(&known, add, ready, err) : run_one(inputs, add, ready->input, bytes, err);
  track_ahead_give(ahead, known);
  return status;
}

/* Troubles first, then captures by time, up to the next whose bytes lie elsewhere. */
static wt_status run(track_inputs *inputs, track_add *add, wt_error *err) {
  wt_buf bytes = {0};
  wt_status status = WT_OK;
  add->total = inputs->count;
  add->done = inputs->next;
  for (; status == WT_OK && inputs->trouble_told < inputs->trouble_count; inputs->trouble_told++) {
    size_t i = inputs->trouble_told;
    status = track_add_trouble(add, inputs->troubles[i].file, &inputs->troubles[i].error, err);
  }
  size_t end = run_end(inputs);
  track_ahead *ahead = status ? NULL : track_ahead_start(inputs, add, inputs->next, end);
  while (status == WT_OK && inputs->next < end && !track_stopped(add->track)) {
    status = ahead ? run_ready(inputs, add, ahead, &bytes, err)
                   : run_one(inputs, add, &inputs->items[inputs->next], &bytes, err);
    inputs->next++;
    add->done++;
    track_progress(add->track, "captures", add->done, add->total);
  }
  track_ahead_stop(ahead);
  wt_buf_release(&bytes);
  return status;
}

/* ---- the use case ---- */

/* One stretch of the inputs: what lies elsewhere is got first, without the lock. */
static wt_status add_some(wt_add_summary *sum, track_inputs *inputs, wt_error *err) {
  track_add *add = NULL;
  wt_status status = track_inputs_fetch(inputs, err);
  if (status == WT_OK) status = track_add_open(&add, inputs->track, inputs->options, err);
  if (status) return status;
  add->summary = *sum;
  status = run(inputs, add, err);
  if (status == WT_OK) status = track_add_commit(add, err);
  *sum = add->summary;
  track_add_free(add);
  return status;
}

wt_status wt_track_add(wt_add_summary *out, wt_track *track, const char *const *inputs, size_t count,
                       const wt_add_options *options, wt_error *err) {
  track_inputs gathered = {.options = options, .track = track};
  *out = (wt_add_summary){0};
  wt_status status = track_inputs_gather(&gathered, inputs, count, err);
  for (bool more = status == WT_OK; more;) { /* once at least: what could not be read is told */
    status = add_some(out, &gathered, err);
    more = status == WT_OK && gathered.next < gathered.count && !track_stopped(track);
  }
  track_inputs_release(&gathered);
  return status;
}
