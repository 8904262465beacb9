/* Erasing and maintenance: what the archive does, by the names that people use, and the index after it. */
#include "track/record.h"

#include <stdlib.h>
#include <string.h>

/* ---- erase ---- */

typedef struct erasing {
  wt_track *track;
  wt_span path;
  uint32_t number;
} erasing;

static bool on_held(void *context, const char *ref) {
  erasing *e = context;
  wt_error err;
  wt_fail(&err, WT_EREFUSED, ref, -1, "still reaches the erased text: delete it, or move it to the new main");
  track_warn(e->track, &err);
  return true;
}

/* What was seen of an erased revision may carry its headline. */
static bool keeps_record(void *context, uint64_t number, wt_span line) {
  const erasing *e = context;
  wt_arena arena = {0};
  record r;
  (void)number;
  bool gone = !record_parse(&r, &arena, line, NULL) && wt_span_equal(record_get(&r, "kind"), WT_SPAN("seen")) &&
              wt_span_equal(record_get(&r, "story"), e->path) &&
              (e->number == 0 || record_number(&r, "revision") == e->number);
  wt_arena_release(&arena);
  return !gone;
}

wt_status wt_track_erase(wt_archive_erased *out, wt_track *track, wt_span name, wt_span reason, wt_error *err) {
  wt_arena arena = {0};
  wt_story_row story;
  wt_revision_row revision = {.number = 0};
  wt_span base, at;
  uint64_t indexed;
  wt_name_cut(&base, &at, name);
  wt_status status = wt_track_story(&story, &arena, track, base, err);
  if (status == WT_OK && at.len) status = wt_track_revision(&revision, NULL, &arena, track, name, err);
  if (status == WT_OK) {
    erasing e = {track, at.len ? revision.path : story.path, revision.number};
    wt_archive_erase_in in = {.path = e.path,
                              .number = e.number,
                              .reason = reason,
                              .held_by = on_held,
                              .keep_record = keeps_record,
                              .context = &e};
    status = wt_archive_erase(out, track->archive, &in, err);
  }
  wt_arena_release(&arena);
  return status ? status : wt_track_reindex(&indexed, track, err);
}

/* ---- maintain ---- */

/* captures.keep of writethru.conf: "50" is that many of each URL, "90 days" an age; both may be said. */
typedef struct keeping {
  wt_archive_keep keep;
  wt_instant now;
} keeping;

static bool on_setting(void *context, wt_span name, wt_span value) {
  keeping *k = context;
  char text[32] = "", *end;
  if (!wt_span_equal(name, WT_SPAN("captures.keep")) || value.len == 0 || value.len >= sizeof text) return true;
  memcpy(text, value.data, value.len);
  unsigned long number = strtoul(text, &end, 10);
  if (end == text || number == 0 || number > 1000000) return true;
  if (*end == '\0') k->keep.newest = (uint32_t)number;
  if (strcmp(end, " days") == 0 || strcmp(end, "d") == 0) k->keep.after = k->now - (wt_instant)number * 86400;
  return true;
}

wt_status wt_track_maintain(wt_archive_maintained *out, wt_track *track, wt_instant now, wt_error *err) {
  keeping k = {.now = now};
  wt_status status = wt_archive_config_each(track->archive, on_setting, &k, err);
  return status ? status : wt_archive_maintain(out, track->archive, &k.keep, err);
}
