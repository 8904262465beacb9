/* Captures whose bytes are not in the file that names them: another capture with the same digest has them, or a web archive,
   which is asked for some tens at a time, in order of time, and never for what the archive holds already. */
#include "track/add_inputs.h"

#include <time.h>

enum { STRETCH = 16, TRIES = 3, LATER_MS = 61 * 1000, LONGEST_MS = 900 * 1000, STEP_MS = 200 };

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, "add", -1, "out of memory");
}

static bool is_open(const track_input *input) {
  return input->elsewhere && !input->spooled && !input->held && !input->lost;
}

/* ---- the same bytes ---- */

static wt_status make_table(track_inputs *inputs, wt_error *err) {
  size_t slots = 64;
  while (slots < inputs->count * 2) slots *= 2;
  inputs->by_digest = wt_alloc_zero(slots, sizeof *inputs->by_digest);
  inputs->digest_slots = slots;
  return inputs->by_digest ? WT_OK : no_memory(err);
}

/* The slot of a digest: free, or that of the item which has it. */
static size_t *slot_of(const track_inputs *inputs, wt_span digest) {
  size_t at = (size_t)wt_hash64(digest) & (inputs->digest_slots - 1);
  while (inputs->by_digest[at] && !wt_span_equal(inputs->items[inputs->by_digest[at] - 1].digest, digest))
    at = (at + 1) & (inputs->digest_slots - 1);
  return &inputs->by_digest[at];
}

static void remember(track_inputs *inputs, size_t item) {
  const track_input *input = &inputs->items[item];
  if (!input->spooled || input->digest.len == 0) return;
  size_t *slot = slot_of(inputs, input->digest);
  if (*slot == 0) *slot = item + 1;
}

/* Takes the bytes of one with the same digest, when there is one by now. */
static void share(track_inputs *inputs, track_input *input) {
  if (input->digest.len == 0) return;
  size_t found = *slot_of(inputs, input->digest);
  if (found == 0) return;
  const track_input *original = &inputs->items[found - 1];
  input->spooled = true;
  input->offset = original->offset;
  input->len = original->len;
  input->format = original->format;
  input->source.content_type = original->source.content_type;
  input->source.language = original->source.language;
}

/* ---- held already ---- */

typedef struct held {
  track_inputs *inputs;
  wt_status status;
  wt_error *err;
} held;

/* Items are in order of time: those of the sighting's second stand together. */
static size_t first_at(const track_inputs *inputs, wt_instant at) {
  size_t low = 0, high = inputs->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (inputs->items[middle].at < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool on_sighting(void *context, const wt_sighting_row *row) {
  held *h = context;
  for (size_t i = first_at(h->inputs, row->at); i < h->inputs->count && h->inputs->items[i].at == row->at; i++) {
    track_input *input = &h->inputs->items[i];
    if (!is_open(input) || !wt_span_equal(input->source.url, row->url)) continue;
    input->held = true;
    input->held_revision = row->revision;
    input->held_record = row->record;
    input->held_path = wt_span_keep(&h->inputs->arena, row->path);
    if (!input->held_path.data) h->status = no_memory(h->err);
  }
  return h->status == WT_OK;
}

static wt_status mark_held(track_inputs *inputs, wt_error *err) {
  held h = {.inputs = inputs, .err = err};
  wt_sighting_filter filter = {.since = inputs->items[0].at, .until = inputs->items[inputs->count - 1].at + 1};
  wt_status status = wt_index_sightings(inputs->track->index, &filter, on_sighting, &h, err);
  return h.status ? h.status : status;
}

/* ---- asking ---- */

typedef struct asking {
  track_inputs *inputs;
  size_t items[STRETCH]; /* that wait for an answer */
  size_t count;
  int64_t wait_ms; /* what the archive asked for */
  size_t done, total;
  wt_status status;
  wt_error *err;
} asking;

static bool lose(asking *a, track_input *input, const char *why) {
  wt_error trouble;
  input->lost = true;
  wt_fail(&trouble, WT_EIO, "", -1, "%s", why);
  wt_error_at(&trouble, input->fetch.len ? input->fetch.data : input->file.data);
  if (!track_inputs_trouble(a->inputs, input->file, &trouble)) a->status = no_memory(a->err);
  return a->status == WT_OK;
}

static bool keep_body(asking *a, track_input *input, const wt_fetch_result *result) {
  wt_span type = wt_span_keep(&a->inputs->arena, result->content_type);
  wt_span language = wt_span_keep(&a->inputs->arena, result->content_language);
  if (!type.data || !language.data) {
    a->status = no_memory(a->err);
    return false;
  }
  input->source.content_type = type;
  input->source.language = language;
  input->format = wt_sniff(result->body, &input->source);
  a->status = track_spool_put(a->inputs, input, result->body, a->err);
  return a->status == WT_OK;
}

/* An archive that lacks a capture leads on to the one nearest in time: that is another row's. */
static bool is_another(const track_input *input, const wt_fetch_result *result) {
  size_t mark = wt_span_find(input->fetch, WT_SPAN("id_/"));
  if (result->hop_count == 0 || mark < 14 || mark == input->fetch.len) return false;
  wt_span stamp = wt_span_sub(input->fetch, mark - 14, mark);
  return wt_span_find(result->url, stamp) == result->url.len;
}

/* A busy archive is waited for: a row that is given up would be `late` for ever. */
static bool come_later(asking *a, track_input *input, const wt_fetch_result *result) {
  int64_t wait = result->retry_after_ms > 0 ? result->retry_after_ms : LATER_MS;
  if (a->wait_ms < wait) a->wait_ms = wait;
  if (result->code) input->tries++; /* else it was not asked: another was told to come later */
  return (input->tries < TRIES && wait <= LONGEST_MS) || lose(a, input, "the web archive asks to come later");
}

static bool on_answer(void *context, size_t index, const wt_fetch_result *result) {
  asking *a = context;
  track_input *input = &a->inputs->items[a->items[index]];
  track_progress(a->inputs->track, "asked of the archive", ++a->done, a->total);
  switch (result->state) {
  case WT_FETCH_OK:
    return is_another(input, result) ? lose(a, input, "the web archive answers with another capture")
                                     : keep_body(a, input, result);
  case WT_FETCH_STOPPED: /* its turn is far off: asking again at once would turn in a circle */
    if (a->wait_ms < LATER_MS) a->wait_ms = LATER_MS;
    return true;
  case WT_FETCH_GONE: return lose(a, input, "the web archive has no such capture");
  case WT_FETCH_LATER: return come_later(a, input, result);
  case WT_FETCH_FAILED: return ++input->tries < TRIES || lose(a, input, result->why);
  default: return lose(a, input, result->why);
  }
}

/* One of each digest: the others have the same bytes. */
static bool is_asked(const asking *a, const track_input *input) {
  for (size_t i = 0; i < a->count; i++)
    if (input->digest.len && wt_span_equal(a->inputs->items[a->items[i]].digest, input->digest)) return true;
  return false;
}

/* The next of them in order of time. False when there is nothing to ask for. */
static bool choose(asking *a) {
  track_inputs *inputs = a->inputs;
  a->count = 0;
  for (size_t i = inputs->next; inputs->options->fetch && i < inputs->count && a->count < STRETCH; i++) {
    track_input *input = &inputs->items[i];
    if (!is_open(input)) continue;
    share(inputs, input);
    if (!input->spooled && input->fetch.len && !is_asked(a, input)) a->items[a->count++] = i;
  }
  return a->count > 0;
}

static void pause_for(const asking *a) {
  const wt_fetch_options *fetch = a->inputs->options->fetch;
  if (fetch->sleep_ms) {
    fetch->sleep_ms(fetch->clock, a->wait_ms);
    return;
  }
  for (int64_t waited = 0; waited < a->wait_ms && !track_stopped(a->inputs->track); waited += STEP_MS) {
    struct timespec step = {.tv_nsec = STEP_MS * 1000 * 1000};
    track_progress(a->inputs->track,
                   "the web archive is busy; seconds to wait:", (uint64_t)(a->wait_ms - waited) / 1000, 0);
    nanosleep(&step, NULL);
  }
}

/* One pass over those that wait for an answer; what may still come is left. */
static void ask_once(asking *a, wt_fetcher *fetcher) {
  wt_fetch_request requests[STRETCH];
  size_t left = 0;
  for (size_t i = 0; i < a->count; i++) requests[i] = (wt_fetch_request){.url = a->inputs->items[a->items[i]].fetch};
  a->wait_ms = 0;
  wt_status status = wt_fetch_all(fetcher, requests, a->count, on_answer, a, a->err);
  if (a->status == WT_OK && status) a->status = status;
  for (size_t i = 0; i < a->count; i++) {
    remember(a->inputs, a->items[i]);
    if (is_open(&a->inputs->items[a->items[i]])) a->items[left++] = a->items[i];
  }
  a->count = left;
}

static wt_status ask(asking *a) {
  wt_fetcher *fetcher = NULL;
  a->status = track_fetcher(&fetcher, a->inputs->track, a->inputs->options->fetch, a->err);
  while (a->count && a->status == WT_OK && !track_stopped(a->inputs->track)) {
    ask_once(a, fetcher);
    if (a->count && a->wait_ms) pause_for(a);
  }
  return a->status;
}

/* Those whose turn is next and that nobody can give bytes to. */
static wt_status settle(asking *a) {
  track_inputs *inputs = a->inputs;
  for (size_t i = inputs->next; a->status == WT_OK && i < inputs->count; i++) {
    track_input *input = &inputs->items[i];
    if (!is_open(input)) continue;
    share(inputs, input);
    if (input->spooled) continue;
    if (input->fetch.len && inputs->options->fetch) break;
    lose(a, input,
         input->fetch.len ? "lies in a web archive, which may not be asked here"
                          : "a revisit of a capture that is not here");
  }
  return a->status;
}

static wt_status open_all(track_inputs *inputs, wt_error *err) {
  if (inputs->by_digest) return WT_OK;
  wt_status status = make_table(inputs, err);
  for (size_t i = 0; status == WT_OK && i < inputs->count; i++) remember(inputs, i);
  return status ? status : mark_held(inputs, err);
}

wt_status track_inputs_fetch(track_inputs *inputs, wt_error *err) {
  asking a = {.inputs = inputs, .total = inputs->count, .done = inputs->next, .err = err};
  if (!inputs->any_elsewhere) return WT_OK;
  wt_status status = open_all(inputs, err);
  /* a dry run keeps nothing from one stretch to the next: it asks for all first */
  for (bool more = true; status == WT_OK && more && choose(&a);
       more = inputs->options->dry_run && !track_stopped(inputs->track))
    status = ask(&a);
  return status ? status : settle(&a);
}
