/* The sources that writethru.conf names, and the commands that only the repository's own configuration may give them. */
#include "track/watch.h"

#include <string.h>

typedef struct reading {
  track_sources *out;
  wt_status status;
  wt_error *err;
} reading;

const track_source *track_sources_find(const track_sources *sources, wt_span name) {
  for (size_t i = 0; i < sources->count; i++)
    if (wt_span_equal(sources->items[i].name, name)) return &sources->items[i];
  return NULL;
}

void track_sources_release(track_sources *sources) {
  wt_arena_release(&sources->arena);
  wt_free(sources->items);
  *sources = (track_sources){0};
}

/* "source.NAME.key" cut in three. False when it is about something else. */
static bool cut_name(wt_span *name, wt_span *key, wt_span whole) {
  wt_span prefix = WT_SPAN("source.");
  if (!wt_span_starts(whole, prefix)) return false;
  wt_span rest = wt_span_sub(whole, prefix.len, whole.len);
  size_t dot = rest.len;
  while (dot > 0 && rest.data[dot - 1] != '.') dot--;
  if (dot < 2 || dot == rest.len) return false;
  *name = wt_span_sub(rest, 0, dot - 1);
  *key = wt_span_sub(rest, dot, rest.len);
  return true;
}

static track_source *source_named(track_sources *out, wt_span name) {
  for (size_t i = 0; i < out->count; i++)
    if (wt_span_equal(out->items[i].name, name)) return &out->items[i];
  wt_span kept = wt_span_keep(&out->arena, name);
  if (!kept.data || !wt_grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items)) return NULL;
  out->items[out->count] = (track_source){.name = kept};
  return &out->items[out->count++];
}

/* 90, 90s, 10m, 2h, 1d; at least 30 seconds. */
static bool read_every(int64_t *out, wt_span text) {
  static const struct {
    char letter;
    int64_t seconds;
  } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
  int64_t value = 0, unit = 1;
  size_t at = 0;
  while (at < text.len && at < 7 && text.data[at] >= '0' && text.data[at] <= '9')
    value = value * 10 + (text.data[at++] - '0');
  if (at == 0) return false;
  if (at + 1 == text.len) {
    unit = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
      if (units[i].letter == text.data[at]) unit = units[i].seconds;
  } else if (at != text.len) {
    return false;
  }
  *out = value * unit;
  return *out >= 30;
}

static bool read_kind(track_source_kind *out, wt_span text) {
  static const char *const names[] = {"auto", "feed", "section", "page"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (wt_span_equal(text, wt_span_of(names[i]))) {
      *out = (track_source_kind)i;
      return true;
    }
  return false;
}

static bool refuse(reading *r, wt_span name, const char *what) {
  char where[200];
  size_t len = name.len < sizeof where - 8 ? name.len : sizeof where - 8;
  memcpy(where, "source.", 7);
  memcpy(where + 7, name.data, len);
  where[7 + len] = '\0';
  r->status = wt_fail(r->err, WT_EINVAL, where, -1, "%s", what);
  return false;
}

static bool no_memory(reading *r) {
  r->status = wt_fail(r->err, WT_ENOMEM, "writethru.conf", -1, "out of memory");
  return false;
}

static bool keep(reading *r, wt_span *into, wt_span value) {
  *into = wt_span_keep(&r->out->arena, wt_span_trim(value));
  return into->data || no_memory(r);
}

static bool note(void *context, wt_span whole, wt_span value) {
  reading *r = context;
  wt_span name, key;
  if (!cut_name(&name, &key, whole)) return true;
  track_source *source = source_named(r->out, name);
  if (!source) return no_memory(r);
  value = wt_span_trim(value);
  if (wt_span_equal(key, WT_SPAN("url"))) return keep(r, &source->url, value);
  if (wt_span_equal(key, WT_SPAN("outlet"))) return keep(r, &source->outlet, value);
  if (wt_span_equal(key, WT_SPAN("kind")))
    return read_kind(&source->kind, value) || refuse(r, name, "kind is none of auto, feed, section and page");
  if (wt_span_equal(key, WT_SPAN("every")))
    return read_every(&source->every, value) ||
           refuse(r, name, "every is no time such as 90s, 10m or 2h, of 30s or more");
  if (wt_span_equal(key, WT_SPAN("fetch")))
    return refuse(r, name,
                  "fetch may stand only in the repository's own configuration (git config), for clones bring this one");
  return true;
}

static bool note_command(void *context, wt_span whole, wt_span value) {
  reading *r = context;
  wt_span name, key;
  if (!cut_name(&name, &key, whole) || !wt_span_equal(key, WT_SPAN("fetch"))) return true;
  for (size_t i = 0; i < r->out->count; i++)
    if (wt_span_equal(r->out->items[i].name, name)) return keep(r, &r->out->items[i].command, value);
  return true;
}

wt_status track_sources_read(track_sources *out, wt_track *track, wt_error *err) {
  reading r = {.out = out, .err = err};
  wt_error own; /* a false from `note` stops the walk, whose own error would say less than ours */
  wt_status status = wt_archive_config_each(track->archive, note, &r, &own);
  if (r.status == WT_OK && status == WT_OK) status = wt_archive_local_each(track->archive, note_command, &r, &own);
  if (r.status) return r.status;
  if (status && err) *err = own;
  for (size_t i = 0; status == WT_OK && i < out->count; i++)
    if (out->items[i].url.len == 0) {
      refuse(&r, out->items[i].name, "has no url");
      status = r.status;
    }
  return status;
}
