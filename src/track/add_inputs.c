/* add_inputs: two passes, since one call adds in order of time: the first notes captures and their times, the second takes
   each in. A file of one capture is read twice; captures of a file of many wait in a spool, in memory while it is small. */
#include "track/add_inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SPOOL_MEMORY = 128 << 20, MAX_FILE = 1 << 30 };

/* ---- what is noted ---- */

static wt_status no_memory(wt_error *err) {
  return wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
}

static bool note_trouble(track_inputs *inputs, wt_span file, const wt_error *trouble) {
  if (!wt_grow(&inputs->troubles, &inputs->trouble_capacity, inputs->trouble_count + 1, sizeof *inputs->troubles))
    return false;
  inputs->troubles[inputs->trouble_count].file = wt_span_keep(&inputs->arena, file);
  inputs->troubles[inputs->trouble_count].error = *trouble;
  inputs->trouble_count++;
  return true;
}

static bool keep_source(track_inputs *inputs, wt_source *out, const wt_source *source) {
  *out = *source;
  wt_span *spans[] = {&out->name, &out->url, &out->outlet, &out->content_type, &out->headline, &out->published};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    *spans[i] = wt_span_keep(&inputs->arena, *spans[i]);
    if (!spans[i]->data) return false;
  }
  return true;
}

/* ---- the spool ---- */

static bool to_disk(track_inputs *inputs) {
  if (inputs->spool) return true;
  inputs->spool = tmpfile();
  if (!inputs->spool) return false;
  bool ok = fwrite(inputs->memory.data, 1, inputs->memory.len, inputs->spool) == inputs->memory.len;
  wt_buf_release(&inputs->memory);
  return ok;
}

static wt_status spool_put(track_inputs *inputs, track_input *input, wt_span bytes, wt_error *err) {
  input->spooled = true;
  input->offset = inputs->spooled;
  input->len = bytes.len;
  inputs->spooled += bytes.len;
  if (!inputs->spool && inputs->spooled <= SPOOL_MEMORY) {
    wt_buf_put_span(&inputs->memory, bytes);
    return wt_buf_status(&inputs->memory, "spool", err);
  }
  if (to_disk(inputs) && fwrite(bytes.data, 1, bytes.len, inputs->spool) == bytes.len) return WT_OK;
  return wt_fail(err, WT_EIO, "spool", -1, "%s", strerror(errno));
}

static wt_status spool_get(wt_buf *out, track_inputs *inputs, const track_input *input, wt_error *err) {
  if (!inputs->spool) {
    wt_buf_put_span(out, wt_span_sub(wt_buf_span(&inputs->memory), input->offset, input->offset + input->len));
    return wt_buf_status(out, "spool", err);
  }
  if (!wt_buf_reserve(out, input->len)) return no_memory(err);
  if (fseeko(inputs->spool, (off_t)input->offset, SEEK_SET) == 0 &&
      fread(out->data, 1, input->len, inputs->spool) == input->len) {
    out->len = input->len;
    return WT_OK;
  }
  return wt_fail(err, WT_EIO, "spool", -1, "%s", strerror(errno));
}

/* ---- first pass ---- */

/* The captures of one file as they come. */
typedef struct scan {
  track_inputs *inputs;
  wt_span file;
  wt_buf first;    /* bytes of the first, until it is known whether there are more */
  size_t first_at; /* its place among the items */
  size_t count;
  wt_status status; /* of the run itself */
  wt_error *err;
} scan;

static wt_status note(scan *s, const wt_capture *capture) {
  track_inputs *inputs = s->inputs;
  wt_error trouble;
  track_input input = {.file = s->file, .order = inputs->count, .record = capture->at, .format = capture->format};
  wt_status status = track_time_of(&input.at, &input.assumed, inputs->options, &capture->source, s->file, &trouble);
  if (status) {
    wt_error_at(&trouble, s->file.data);
    return note_trouble(inputs, s->file, &trouble) ? WT_OK : no_memory(s->err);
  }
  if (!wt_grow(&inputs->items, &inputs->capacity, inputs->count + 1, sizeof *inputs->items)) return no_memory(s->err);
  if (!keep_source(inputs, &input.source, &capture->source)) return no_memory(s->err);
  if (s->count == 0) {
    s->first_at = inputs->count;
    wt_buf_put_span(&s->first, capture->bytes);
    status = wt_buf_status(&s->first, "spool", s->err);
  } else {
    if (s->count == 1) status = spool_put(inputs, &inputs->items[s->first_at], wt_buf_span(&s->first), s->err);
    if (status == WT_OK) status = spool_put(inputs, &input, capture->bytes, s->err);
  }
  s->count++;
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
  if (!note_trouble(s->inputs, s->file, &trouble)) s->status = no_memory(s->err);
  return s->status == WT_OK;
}

static wt_ingest_options ingest_options(const wt_add_options *options) {
  wt_ingest_options out = {.max_bytes = options->max_bytes};
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

static bool is_stdin(wt_span file) {
  return wt_span_equal(file, WT_SPAN("-"));
}

static wt_status gather_file(track_inputs *inputs, wt_span file, wt_error *err) {
  wt_buf bytes = {0};
  wt_error trouble;
  scan s = {.inputs = inputs, .file = file, .err = err};
  wt_source source = source_of(inputs, file);
  wt_ingest_options options = ingest_options(inputs->options);
  wt_status status = wt_file_read(&bytes, file.data, max_file(inputs), &trouble);
  if (status == WT_OK)
    status = wt_captures(wt_buf_span(&bytes), &source, &options, on_capture, on_trouble, &s, &trouble);
  if (s.status)
    status = s.status;
  else if (status == WT_ECANCELED)
    status = WT_OK;
  else if (status)
    status = on_trouble(&s, &trouble) ? WT_OK : s.status;
  /* Standard input cannot be read twice. */
  if (status == WT_OK && s.count == 1 && is_stdin(file))
    status = spool_put(inputs, &inputs->items[s.first_at], wt_buf_span(&s.first), err);
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
  if (!note_trouble(f->inputs, wt_span_of(err->where), err)) f->status = no_memory(f->err);
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

static int by_time(const void *a, const void *b) {
  const track_input *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

wt_status track_inputs_gather(track_inputs *inputs, const char *const *paths, size_t count, wt_error *err) {
  wt_status status = WT_OK;
  for (size_t i = 0; status == WT_OK && i < count; i++) status = gather_path(inputs, paths[i], err);
  if (status == WT_OK && inputs->count) qsort(inputs->items, inputs->count, sizeof *inputs->items, by_time);
  return status;
}

/* ---- second pass ---- */

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
  wt_source source = source_of(inputs, input->file);
  wt_ingest_options options = ingest_options(inputs->options);
  wt_status status = wt_file_read(bytes, input->file.data, max_file(inputs), &trouble);
  if (status == WT_OK) status = wt_captures(wt_buf_span(bytes), &source, &options, hand_on, hand_trouble, &s, &trouble);
  if (s.status || status == WT_ECANCELED) return s.status;
  return status ? track_add_trouble(add, input->file, &trouble, err) : WT_OK;
}

static wt_status run_spooled(track_inputs *inputs, track_add *add, const track_input *input, wt_buf *bytes,
                             wt_error *err) {
  wt_status status = spool_get(bytes, inputs, input, err);
  wt_capture capture = {
      .source = input->source, .bytes = wt_buf_span(bytes), .format = input->format, .at = input->record};
  return status ? status : track_add_one(add, &capture, input->file, input->at, input->assumed, err);
}

wt_status track_inputs_run(track_inputs *inputs, track_add *add, wt_error *err) {
  wt_buf bytes = {0};
  wt_status status = WT_OK;
  add->total = inputs->count;
  for (size_t i = 0; status == WT_OK && i < inputs->trouble_count; i++)
    status = track_add_trouble(add, inputs->troubles[i].file, &inputs->troubles[i].error, err);
  for (size_t i = 0; status == WT_OK && i < inputs->count && !track_stopped(add->track); i++) {
    const track_input *input = &inputs->items[i];
    wt_buf_clear(&bytes);
    status = input->spooled ? run_spooled(inputs, add, input, &bytes, err) : run_file(inputs, add, input, &bytes, err);
    add->done++;
    track_progress(add->track, "captures", add->done, add->total);
  }
  wt_buf_release(&bytes);
  return status;
}

void track_inputs_release(track_inputs *inputs) {
  if (inputs->spool) fclose(inputs->spool);
  wt_buf_release(&inputs->memory);
  wt_arena_release(&inputs->arena);
  wt_free(inputs->items);
  wt_free(inputs->troubles);
}
