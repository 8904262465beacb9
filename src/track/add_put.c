/* add_put: into the archive, the journal and the index. */
#include "track/add.h"
#include "track/record.h"

#include <string.h>

/* ---- names ---- */

static wt_span without_suffix(wt_span segment) {
  static const char *const suffixes[] = {".html", ".htm", ".php", ".aspx", ".amp", ".ece", ".stm", ".xml", ".json"};
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
    wt_span suffix = wt_span_of(suffixes[i]);
    if (segment.len > suffix.len && wt_span_ends(segment, suffix))
      return wt_span_sub(segment, 0, segment.len - suffix.len);
  }
  return segment;
}

static bool is_telling(wt_span segment) {
  size_t letters = 0;
  for (size_t i = 0; i < segment.len; i++) {
    char c = segment.data[i];
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return letters >= 3 && !wt_span_equal(segment, WT_SPAN("index"));
}

/* The last segment of the URL's path that has letters; the host has none to offer. */
static wt_span segment_of(wt_span url) {
  size_t scheme = wt_span_find(url, WT_SPAN("://"));
  if (scheme == url.len) return (wt_span){0};
  wt_span rest = wt_span_sub(url, scheme + 3, url.len);
  rest = wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("?")));
  rest = wt_span_sub(rest, 0, wt_span_find(rest, WT_SPAN("#")));
  size_t slash = wt_span_find(rest, WT_SPAN("/")), end = rest.len;
  while (end > slash + 1) {
    size_t begin = end;
    while (begin > slash + 1 && rest.data[begin - 1] != '/') begin--;
    wt_span segment = without_suffix(wt_span_sub(rest, begin, end));
    if (is_telling(segment)) return segment;
    end = begin > slash + 1 ? begin - 1 : slash + 1;
  }
  return (wt_span){0};
}

static wt_span slug_source(const track_work *work, const track_add *add) {
  if (add->options->story.len) return add->options->story;
  wt_span segment = segment_of(work->story->fields[WT_FIELD_URL]);
  if (segment.len) return segment;
  if (work->story->fields[WT_FIELD_HEADLINE].len) return work->story->fields[WT_FIELD_HEADLINE];
  if (work->story->fields[WT_FIELD_SLUG].len) return work->story->fields[WT_FIELD_SLUG];
  return work->story->block_count ? wt_span_sub(work->story->blocks[0].text, 0, 60) : WT_SPAN("untitled");
}

static wt_hash identity_of(const track_work *work) {
  wt_span url = work->story->fields[WT_FIELD_URL], id = work->story->fields[WT_FIELD_EMBEDDED_ID];
  return url.len ? wt_hash_bytes(url) : id.len ? wt_hash_bytes(id) : work->story->folded;
}

static wt_status name_story(track_work *work, track_add *add, wt_error *err) {
  wt_buf path = {0};
  wt_status status = wt_archive_batch_name(&path, add->batch, work->story->fields[WT_FIELD_OUTLET], work->at,
                                           slug_source(work, add), identity_of(work), err);
  if (status == WT_OK) work->path = wt_span_keep(&add->scratch, wt_buf_span(&path));
  wt_buf_release(&path);
  if (status == WT_OK && !work->path.data) status = wt_fail(err, WT_ENOMEM, NULL, -1, "out of memory");
  return status;
}

/* ---- words ---- */

/* As the commit has it, so that the index says what git says. */
static wt_status subject_of(track_work *work, track_add *add, wt_error *err) {
  wt_buf text = {0}, line = {0};
  if (work->returned_to) wt_buf_put_format(&text, "back to revision %u: ", (unsigned)work->returned_to);
  if (work->reason == WT_REASON_LATE) wt_buf_put_text(&text, "late: ");
  bool same = work->before && !work->classified.diff; /* regroup goes back to a text that is held */
  if (same) wt_buf_put_format(&text, "the text of revision %u again", (unsigned)work->before->row.number);
  wt_status status = same ? WT_OK : wt_subject(&text, work->before ? &work->classified : NULL, work->story, err);
  wt_archive_put_subject(&line, wt_buf_span(&text));
  if (status == WT_OK) status = wt_buf_status(&line, "subject", err);
  if (status == WT_OK) work->subject = wt_span_keep(&add->scratch, wt_buf_span(&line));
  wt_buf_release(&text);
  wt_buf_release(&line);
  return status;
}

static void put_classes(wt_buf *out, const track_work *work) {
  static const struct {
    uint32_t flag;
    const char *name;
  } flags[] = {{WT_REVISION_SUBSTANTIVE, "substantive"},
               {WT_REVISION_UNANNOUNCED, "unannounced"},
               {WT_REVISION_DEVELOPING, "developing"},
               {WT_REVISION_QUIET, "quiet"}};
  wt_classes_put(out, work->classified.classes);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (work->flags & flags[i].flag) wt_buf_put_format(out, "%s%s", out->len ? ", " : "", flags[i].name);
}

static void put_reason(wt_buf *out, const track_work *work) {
  wt_buf_put_text(out, wt_reason_name(work->reason));
  if (work->reason == WT_REASON_RETURNED_TO) wt_buf_put_format(out, " %u", (unsigned)work->returned_to);
}

/* ---- the commit ---- */

static wt_status print_text(wt_buf *out, track_work *work, wt_error *err) {
  wt_story printed = *work->story;
  printed.revision = work->revision;
  printed.dropped_count = 0; /* the raw capture has them, and reading it again gives them back */
  wt_buf_clear(out);
  return wt_story_print(out, &printed, err);
}

static wt_status put_commit(track_work *work, track_add *add, wt_error *err) {
  char key[33];
  wt_buf classes = {0}, reason = {0};
  work->revision = work->known ? work->row.revisions + 1 : 1;
  work->story->revision = work->revision;
  wt_hash_hex(key, work->story->folded);
  put_classes(&classes, work);
  put_reason(&reason, work);
  wt_status status = print_text(&add->text, work, err);
  wt_revision_in in = {.path = work->path,
                       .number = work->revision,
                       .text = wt_buf_span(&add->text),
                       .raw_url = work->story->fields[WT_FIELD_URL],
                       .captured = work->at,
                       .subject = work->subject,
                       .url = work->story->fields[WT_FIELD_URL],
                       .key = wt_span_of(key),
                       .classes = wt_buf_span(&classes),
                       .reason = wt_buf_span(&reason)};
  if (!add->track->options.no_captures) in.raw = work->capture->bytes;
  if (work->known) {
    in.previous = work->row.tip;
    in.previous_blob = work->row.tip_blob;
  }
  if (status == WT_OK) status = wt_archive_batch_put(&work->ids, add->batch, &in, err);
  add->pending_bytes += in.text.len + in.raw.len;
  wt_buf_release(&classes);
  wt_buf_release(&reason);
  return status;
}

/* ---- the index ---- */

static wt_status index_revision(track_work *work, track_add *add, int64_t *story, wt_error *err) {
  wt_buf reason = {0};
  put_reason(&reason, work);
  wt_revision_row row = {.path = work->path,
                         .number = work->revision,
                         .commit = work->ids.commit,
                         .blob = work->ids.blob,
                         .capture = work->ids.capture,
                         .previous = work->row.tip, /* none for a new story */
                         .captured = work->at,
                         .subject = work->subject,
                         .url = work->story->fields[WT_FIELD_URL],
                         .reason = wt_buf_span(&reason),
                         .folded = work->story->folded,
                         .classes = work->classified.classes,
                         .flags = work->flags};
  wt_index_text text = track_index_text(work->entry), before = track_index_text(work->before);
  wt_status status = wt_index_put_revision(story, add->track->index, &row, &text, work->before ? &before : NULL, err);
  wt_buf_release(&reason);
  return status;
}

/* The text becomes the recent one of its story, unless it is late. Then the entry is nobody's and goes with the work. */
static wt_status keep_text(track_work *work, track_add *add, int64_t story, wt_error *err) {
  if (work->late) return WT_OK;
  track_text *entry = work->entry;
  entry->story = story;
  entry->pinned = true;
  wt_status status = wt_index_revision(&entry->row, &entry->arena, add->track->index, story, work->revision, err);
  if (status == WT_OK) status = track_texts_put(&add->track->texts, entry, err);
  if (status == WT_OK) {
    work->entry = NULL;
    work->before = NULL; /* it was the entry that this one took the place of */
  }
  return status;
}

static wt_status put_revision(track_work *work, track_add *add, int64_t *story, wt_error *err) {
  wt_status status = work->known ? WT_OK : name_story(work, add, err);
  if (work->known) work->path = work->row.path;
  if (status == WT_OK) status = subject_of(work, add, err);
  if (status == WT_OK) status = put_commit(work, add, err);
  if (status == WT_OK) status = index_revision(work, add, story, err);
  return status;
}

/* ---- the journal ---- */

static wt_span base_name(wt_span path) {
  size_t begin = 0;
  for (size_t i = 0; i < path.len; i++)
    if (path.data[i] == '/') begin = i + 1;
  return wt_span_sub(path, begin, path.len);
}

static wt_status put_sighting(track_work *work, track_add *add, int64_t story, wt_error *err) {
  wt_buf state = {0};
  put_reason(&state, work);
  wt_sighting_row row = {.record = add->next_record + 1,
                         .story = story,
                         .path = work->path,
                         .at = work->at,
                         .assumed = work->assumed,
                         .state = wt_buf_span(&state),
                         .revision = work->revision,
                         .url = work->story->fields[WT_FIELD_URL],
                         .file = base_name(work->capture->source.name.len ? work->capture->source.name : work->file),
                         .given_headline = work->capture->source.headline,
                         .given_published = work->capture->source.published,
                         .capture = work->ids.capture,
                         .input = work->input,
                         .folded = work->story->folded};
  wt_buf_clear(&add->line);
  record_put_seen(&add->line, &row);
  wt_status status = track_add_record(add, err);
  if (status == WT_OK) status = wt_index_put_sighting(add->track->index, &row, err);
  wt_buf_release(&state);
  return status;
}

/* What still waits with the text that is now a revision. */
typedef struct same_waiting {
  wt_hash folded;
  uint64_t records[64];
  size_t count;
} same_waiting;

static bool on_same_waiting(void *context, const wt_sighting_row *row) {
  same_waiting *w = context;
  if (wt_hash_equal(row->folded, w->folded)) w->records[w->count++] = row->record;
  return w->count < sizeof w->records / sizeof *w->records;
}

static wt_status put_accepted(track_add *add, uint64_t waiting, wt_error *err) {
  wt_buf_clear(&add->line);
  record_put_decided(&add->line, waiting, "accepted");
  wt_status status = track_add_record(add, err);
  return status ? status : wt_index_put_decision(add->track->index, waiting, WT_SPAN("accepted"), err);
}

/* The capture that is let out, and every other one that waits with the same text. */
static wt_status put_release(track_work *work, track_add *add, wt_error *err) {
  same_waiting w = {.folded = work->story->folded};
  wt_sighting_filter filter = {
      .story = work->row.id, .waiting = true, .since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  wt_status status = put_accepted(add, work->released, err);
  if (status == WT_OK) status = wt_index_sightings(add->track->index, &filter, on_same_waiting, &w, err);
  for (size_t i = 0; i < w.count && status == WT_OK; i++) status = put_accepted(add, w.records[i], err);
  return status;
}

/* A name that the user gave is remembered, so that it finds the story again. */
static wt_status put_name(track_work *work, track_add *add, int64_t story, wt_error *err) {
  wt_span name = add->options->story, outlet = work->story->fields[WT_FIELD_OUTLET];
  wt_buf_clear(&add->line);
  record_put_named(&add->line, name, outlet, work->path);
  wt_status status = track_add_record(add, err);
  return status ? status : wt_index_put_identity(add->track->index, WT_IDENTITY_NAME, outlet, name, story, err);
}

static wt_status keep_capture(track_work *work, track_add *add, wt_error *err) {
  if (add->track->options.no_captures || work->capture->bytes.len == 0) return WT_OK;
  wt_span path = work->path.len ? work->path : work->story->fields[WT_FIELD_OUTLET];
  return wt_archive_batch_capture(&work->ids.capture, add->batch, path, work->story->fields[WT_FIELD_URL], work->at,
                                  work->capture->bytes, err);
}

wt_status track_add_put(track_work *work, track_add *add, wt_error *err) {
  int64_t story = work->known ? work->row.id : 0;
  bool revision = track_add_makes_revision(work), named = add->options->story.len && !work->known;
  wt_status status = WT_OK;
  if (work->known) work->path = work->row.path;
  if (revision)
    status = put_revision(work, add, &story, err);
  else if (wt_reason_is_quarantine(work->reason))
    status = keep_capture(work, add, err);
  if (status == WT_OK && named && revision) status = put_name(work, add, story, err);
  if (status == WT_OK && work->released) status = put_release(work, add, err);
  if (status == WT_OK && work->reason != WT_REASON_REGROUPED) status = put_sighting(work, add, story, err);
  work->held = story;
  return status ? status : revision ? keep_text(work, add, story, err) : WT_OK;
}
