/* add_inputs: all captures and their times are noted before the first is taken in, since one call adds in order of time.
   Captures wait in a spool, in memory while it is small; a file of one that would not find room there is read twice. */
#include "track/add_inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILE ((size_t)4 << 30) /* a WARC file of a large crawl is a GiB and more */
enum { SMALL_FILES = 64 << 20 };   /* bytes of files of one capture that wait in memory */

/* ---- what is noted ---- */

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
}

bool track_inputs_trouble(track_inputs *inputs, wt_span file, const wt_error *trouble) {
  if (!wt_grow(&inputs->troubles, &inputs->trouble_capacity, inputs->trouble_count + 1, sizeof *inputs->troubles))
    return false;
  inputs->troubles[inputs->trouble_count].file = wt_span_keep(&inputs->arena, file);
  inputs->troubles[inputs->trouble_count].error = *trouble;
  inputs->trouble_count++;
  return true;
}

static bool keep_source(wt_arena *arena, wt_source *out, const wt_source *source) {
  *out = *source;
  wt_span *spans[] = {&out->name,     &out->url,       &out->outlet,  &out->content_type,
                      &out->headline, &out->published, &out->language};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    *spans[i] = wt_span_keep(arena, *spans[i]);
    if (!spans[i]->data) return false;
  }
  return true;
}

/* ---- first pass ---- */

/* The captures of one file as they come. */
typedef struct scan {
  track_inputs *inputs;
  wt_span file;
  wt_buf first;    /* bytes of the first, until it is known whether there are more */
  size_t first_at; /* its place among the items; SIZE_MAX: none waits */
  size_t count;
  wt_status status; /* of the run itself */
  wt_error *err;
} scan;

static wt_status spool_first(scan *s) {
  if (s->first_at == SIZE_MAX) return WT_OK;
  track_input *first = &s->inputs->items[s->first_at];
  s->first_at = SIZE_MAX;
  return track_spool_put(s->inputs, first, wt_buf_span(&s->first), s->err);
}

/* A file's only capture need not wait in the spool: it can be read again. One with a digest may be another's bytes too. */
static wt_status keep_bytes(scan *s, track_input *input, const wt_capture *capture) {
  if (s->count > 0 || capture->elsewhere || capture->digest.len > 0) {
    wt_status status = spool_first(s);
    return status || capture->elsewhere ? status : track_spool_put(s->inputs, input, capture->bytes, s->err);
  }
  s->first_at = s->inputs->count;
  wt_buf_put_span(&s->first, capture->bytes);
  return wt_buf_status(&s->first, "spool", s->err);
}

static bool keep_input(track_inputs *inputs, track_input *input, const wt_capture *capture) {
  input->digest = wt_span_keep(&inputs->arena, capture->digest);
  input->fetch = wt_span_keep(&inputs->arena, capture->fetch);
  return input->digest.data && input->fetch.data && keep_source(&inputs->arena, &input->source, &capture->source);
}

static wt_status note(scan *s, const wt_capture *capture) {
  track_inputs *inputs = s->inputs;
  wt_error trouble;
  track_input input = {.file = s->file,
                       .order = inputs->count,
                       .record = capture->at,
                       .format = capture->format,
                       .elsewhere = capture->elsewhere,
                       .dated = inputs->options->at == WT_INSTANT_NONE && capture->source.captured != WT_INSTANT_NONE};
  wt_status status = track_time_of(&input.at, &input.assumed, inputs->options, &capture->source, s->file, &trouble);
  if (status) {
    wt_error_at(&trouble, s->file.data);
    return track_inputs_trouble(inputs, s->file, &trouble) ? WT_OK : no_memory(s->err);
  }
  if (!wt_grow(&inputs->items, &inputs->capacity, inputs->count + 1, sizeof *inputs->items)) return no_memory(s->err);
  if (!keep_input(inputs, &input, capture)) return no_memory(s->err);
  status = keep_bytes(s, &input, capture);
  s->count++;
  inputs->any_elsewhere = inputs->any_elsewhere || input.elsewhere;
  inputs->items[inputs->count++] = input;
  return status;
}

static bool on_capture(void *context, const wt_capture *capture) {
  scan *s = context;
  s->status = note(s, capture);
  track_progress(s->inputs->track, "captures found", s->inputs->count, 0);
  return s->status == WT_OK && !track_stopped(s->inputs->track);
}

static bool on_trouble(void *context, const wt_error *err) {
  scan *s = context;
  wt_error trouble = *err;
  if (!trouble.where[0]) wt_error_at(&trouble, s->file.data);
  if (!track_inputs_trouble(s->inputs, s->file, &trouble)) s->status = no_memory(s->err);
  return s->status == WT_OK;
}

static wt_ingest_options ingest_options(const wt_add_options *options) {
  wt_ingest_options out = {.max_bytes = options->max_bytes, .elsewhere = true, .archive = options->archive};
  for (size_t i = 0; options->map && options->map[i] && i + 1 < sizeof out.map / sizeof *out.map; i++)
    out.map[i] = options->map[i];
  return out;
}

static wt_source source_of(const track_inputs *inputs, wt_span file) {
  return (wt_source){
      .name = file, .url = inputs->options->url, .outlet = inputs->options->outlet, .captured = inputs->options->at};
}

static size_t max_file(const track_inputs *inputs) {
  return inputs->options->max_bytes ? inputs->options->max_bytes : MAX_FILE;
}

wt_status track_inputs_read(const track_inputs *inputs, wt_span file, wt_buf *bytes, wt_capture_each each,
                            wt_capture_trouble trouble, void *context, wt_error *err) {
  wt_source source = source_of(inputs, file);
  wt_ingest_options options = ingest_options(inputs->options);
  wt_status status = wt_file_read(bytes, file.data, max_file(inputs), err);
  return status ? status : wt_captures(wt_buf_span(bytes), &source, &options, each, trouble, context, err);
}

static bool is_stdin(wt_span file) {
  return wt_span_equal(file, WT_SPAN("-"));
}

static wt_status gather_file(track_inputs *inputs, wt_span file, wt_error *err) {
  wt_buf bytes = {0};
  wt_error trouble;
  scan s = {.inputs = inputs, .file = file, .first_at = SIZE_MAX, .err = err};
  wt_status status = track_inputs_read(inputs, file, &bytes, on_capture, on_trouble, &s, &trouble);
  if (s.status)
    status = s.status;
  else if (status == WT_ECANCELED)
    status = WT_OK;
  else if (status)
    status = on_trouble(&s, &trouble) ? WT_OK : s.status;
  /* Standard input cannot be read twice; a small file need not be. */
  bool small = !inputs->spool && inputs->spooled + s.first.len <= SMALL_FILES;
  if (status == WT_OK && (small || is_stdin(file))) status = spool_first(&s);
  wt_buf_release(&s.first);
  wt_buf_release(&bytes);
  return status;
}

typedef struct folder {
  track_inputs *inputs;
  wt_status status;
  wt_error *err;
} folder;

static bool on_file(void *context, const char *path) {
  folder *f = context;
  wt_span file = wt_span_keep(&f->inputs->arena, wt_span_of(path));
  f->status = file.data ? gather_file(f->inputs, file, f->err) : no_memory(f->err);
  return f->status == WT_OK && !track_stopped(f->inputs->track);
}

static bool on_folder_trouble(void *context, const wt_error *err) {
  folder *f = context;
  if (!track_inputs_trouble(f->inputs, wt_span_of(err->where), err)) f->status = no_memory(f->err);
  return f->status == WT_OK;
}

static wt_status gather_path(track_inputs *inputs, const char *path, wt_error *err) {
  struct stat info;
  wt_error trouble;
  folder f = {.inputs = inputs, .err = err};
  if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
    wt_status status = wt_dir_walk(path, on_file, on_folder_trouble, &f, &trouble);
    if (f.status) return f.status;
    if (status && status != WT_ECANCELED) on_folder_trouble(&f, &trouble);
    return f.status;
  }
  on_file(&f, path);
  return f.status;
}

static wt_span base_name(wt_span path) {
  size_t begin = 0;
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/') begin = i + 1;
  return wt_span_sub(path, begin, path.len);
}

/* At the same second: what was dated by its container first, by the container's name and its order there; then as given. */
static int by_time(const void *a, const void *b) {
  const track_input *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  if (x->dated != y->dated) return x->dated ? -1 : 1;
  int names = x->dated ? wt_span_compare(base_name(x->file), base_name(y->file)) : 0;
  if (names != 0) return names;
  return x->order < y->order ? -1 : x->order > y->order;
}

wt_status track_inputs_gather(track_inputs *inputs, const char *const *paths, size_t count, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < count; i++) status = gather_path(inputs, paths[i], err);
  if (status == WT_OK && inputs->count) qsort(inputs->items, inputs->count, sizeof *inputs->items, by_time);
  return status;
}

/* ---- one of them, again ---- */

static bool load_capture(void *context, const wt_capture *capture) {
  track_ready *ready = context;
  wt_buf_put_span(&ready->bytes, capture->bytes);
  ready->capture = *capture;
  ready->loaded = keep_source(&ready->arena, &ready->capture.source, &capture->source) && !ready->bytes.failed;
  return false;
}

static bool load_nothing(void *context, const wt_error *err) {
  (void)err;
  ((track_ready *)context)->loaded = false;
  return false;
}

static void load_file(track_ready *ready, track_inputs *inputs) {
  wt_buf bytes = {0};
  wt_status status = track_inputs_read(inputs, ready->input->file, &bytes, load_capture, load_nothing, ready, NULL);
  if (status && status != WT_ECANCELED) ready->loaded = false;
  wt_buf_release(&bytes);
}

wt_status track_inputs_load(track_ready *ready, track_inputs *inputs, wt_error *err) {
  const track_input *input = ready->input;
  if (input->lost || input->held) return WT_OK;
  if (input->spooled) {
    wt_status status = track_spool_get(&ready->bytes, inputs, input, err);
    ready->loaded = status == WT_OK;
    ready->capture = (wt_capture){.source = input->source, .format = input->format, .at = input->record};
    ready->capture.bytes = wt_buf_span(&ready->bytes);
    return status;
  }
  load_file(ready, inputs);
  ready->capture.bytes = wt_buf_span(&ready->bytes);
  return WT_OK;
}

void track_inputs_release(track_inputs *inputs) {
  if (inputs->spool) fclose(inputs->spool);
  wt_buf_release(&inputs->memory);
  wt_arena_release(&inputs->arena);
  wt_free(inputs->items);
  wt_free(inputs->troubles);
  wt_free(inputs->by_digest);
}
