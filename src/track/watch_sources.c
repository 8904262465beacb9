/* The sources that writethru.conf names, and the commands that only the repository's own configuration may give them;
   the check of a configuration before it is stored. */
#include "track/watch.h"

#include <stdio.h>
#include <string.h>

typedef struct reading {
  track_sources *out;
  bool strict; /* a key that is none of ours is refused too */
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

/* Names the key and, unless it is NULL, the value: "source.post: kind = foo is none of ..." */
static bool refuse(reading *r, const char *section, wt_span name, wt_span key, const wt_span *value, const char *what) {
  char where[200], said[80] = "";
  snprintf(where, sizeof where, "%s%s%.*s", section, name.len ? "." : "", (int)(name.len < 180 ? name.len : 180),
           name.len ? name.data : "");
  if (value)
    snprintf(said, sizeof said, " = %.*s", (int)(value->len < 60 ? value->len : 60), value->len ? value->data : "");
  r->status =
      wt_fail(r->err, WT_EINVAL, where, -1, "%.*s%s %s", (int)(key.len < 60 ? key.len : 60), key.data, said, what);
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

static bool is_web(wt_span url) {
  static const char *const schemes[] = {"https://", "http://"};
  for (size_t i = 0; i < 2; i++) {
    wt_span scheme = wt_span_of(schemes[i]);
    if (url.len > scheme.len && wt_span_equal_ascii_case(wt_span_sub(url, 0, scheme.len), scheme))
      return url.data[scheme.len] != '/';
  }
  return false;
}

static bool note(void *context, wt_span whole, wt_span value) {
  reading *r = context;
  wt_span name, key;
  if (!cut_name(&name, &key, whole)) return true;
  track_source *source = source_named(r->out, name);
  if (!source) return no_memory(r);
  value = wt_span_trim(value);
  if (wt_span_equal(key, WT_SPAN("url")))
    return is_web(value)
               ? keep(r, &source->url, value)
               : refuse(r, "source", name, key, &value, "is no address such as https://post.example/feed.xml");
  if (wt_span_equal(key, WT_SPAN("outlet"))) return keep(r, &source->outlet, value);
  if (wt_span_equal(key, WT_SPAN("kind")))
    return read_kind(&source->kind, value) ||
           refuse(r, "source", name, key, &value, "is none of auto, feed, section and page");
  if (wt_span_equal(key, WT_SPAN("every")))
    return read_every(&source->every, value) ||
           refuse(r, "source", name, key, &value, "is no time such as 90s, 10m or 2h, of 30s or more");
  if (wt_span_equal(key, WT_SPAN("fetch")))
    return refuse(r, "source", name, key, NULL,
                  "may stand only in the repository's own configuration (git config), for clones bring this one");
  return !r->strict || refuse(r, "source", name, key, &value, "is no setting: url, kind, outlet or every");
}

static bool note_command(void *context, wt_span whole, wt_span value) {
  reading *r = context;
  wt_span name, key;
  if (!cut_name(&name, &key, whole) || !wt_span_equal(key, WT_SPAN("fetch"))) return true;
  for (size_t i = 0; i < r->out->count; i++)
    if (wt_span_equal(r->out->items[i].name, name)) return keep(r, &r->out->items[i].command, value);
  return true;
}

static wt_status need_urls(reading *r) {
  for (size_t i = 0; i < r->out->count; i++)
    if (r->out->items[i].url.len == 0) {
      refuse(r, "source", r->out->items[i].name, WT_SPAN("has no"), NULL, "url");
      return r->status;
    }
  return WT_OK;
}

wt_status track_sources_read(track_sources *out, wt_track *track, wt_error *err) {
  reading r = {.out = out, .err = err};
  wt_error own; /* a false from `note` stops the walk, whose own error would say less than ours */
  wt_status status = wt_archive_config_each(track->archive, note, &r, &own);
  if (r.status == WT_OK && status == WT_OK) status = wt_archive_local_each(track->archive, note_command, &r, &own);
  if (r.status) return r.status;
  if (status && err) *err = own;
  return status ? status : need_urls(&r);
}

/* ---- a new configuration ---- */

static bool is_host(wt_span text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] == '/' || text.data[i] == ':' || text.data[i] == ' ' || text.data[i] == '\t') return false;
  return text.len > 0;
}

static bool check_outlet(reading *r, wt_span rest, wt_span value) {
  size_t dot = rest.len;
  while (dot > 0 && rest.data[dot - 1] != '.') dot--;
  wt_span name = wt_span_sub(rest, 0, dot ? dot - 1 : 0), key = wt_span_sub(rest, dot, rest.len);
  if (name.len == 0) return refuse(r, "outlet", name, key, &value, "has no outlet: write [outlet \"post\"]");
  if (wt_span_equal(key, WT_SPAN("host")))
    return is_host(value) || refuse(r, "outlet", name, key, &value, "is no host such as post.example");
  return wt_span_equal(key, WT_SPAN("name")) || wt_span_equal(key, WT_SPAN("edition")) ||
         refuse(r, "outlet", name, key, &value, "is no setting: name, host or edition");
}

/* Sections that are none of ours are let through: a later version's, or the newsroom's own. */
static bool check(void *context, wt_span whole, wt_span value) {
  reading *r = context;
  wt_span outlet = WT_SPAN("outlet."), source = WT_SPAN("source."), captures = WT_SPAN("captures."), none = {0};
  wt_span name, key;
  value = wt_span_trim(value);
  if (wt_span_starts(whole, outlet)) return check_outlet(r, wt_span_sub(whole, outlet.len, whole.len), value);
  if (wt_span_starts(whole, source) && !cut_name(&name, &key, whole))
    return refuse(r, "source", none, wt_span_sub(whole, source.len, whole.len), &value,
                  "has no source: write [source \"post\"]");
  if (wt_span_starts(whole, captures) && !wt_span_equal(whole, WT_SPAN("captures.keep")))
    return refuse(r, "captures", none, wt_span_sub(whole, captures.len, whole.len), &value, "is no setting: keep");
  return note(context, whole, value);
}

wt_status wt_track_config_check(wt_span conf, wt_error *err) {
  track_sources sources = {0};
  reading r = {.out = &sources, .strict = true, .err = err};
  wt_error own;
  wt_status status = wt_archive_config_read(conf, check, &r, &own);
  if (r.status)
    status = r.status;
  else if (status && err)
    *err = own;
  if (status == WT_OK) status = need_urls(&r);
  track_sources_release(&sources);
  return status;
}
