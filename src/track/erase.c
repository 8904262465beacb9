/* erase: a text goes for good, by court order or a claim of privacy; a tombstone with the reason stays. */
#include "track/record.h"
#include "track/track.h"

#include <string.h>

typedef struct erasing {
  wt_track *track;
  const wt_track_erase_in *in;
  wt_span path;
  uint32_t number;
  wt_span url; /* of the story, when all of it goes */
  bool failed; /* out of memory on the way */
} erasing;

static bool on_changed(void *context, wt_oid old, wt_oid new) {
  const wt_track_erase_in *in = ((erasing *)context)->in;
  return !in->changed || in->changed(in->context, old, new);
}

static bool on_held(void *context, const char *ref) {
  const wt_track_erase_in *in = ((erasing *)context)->in;
  return !in->held_by || in->held_by(in->context, ref);
}

static bool is_url(const erasing *e, wt_span url) {
  wt_buf one = {0}, other = {0};
  wt_url_normal(&one, e->url);
  wt_url_normal(&other, url);
  bool same = one.len > 0 && wt_span_equal(wt_buf_span(&one), wt_buf_span(&other));
  wt_buf_release(&one);
  wt_buf_release(&other);
  return same;
}

static bool says_where(const erasing *e, const record *in) {
  wt_span kind = record_get(in, "kind");
  if (wt_span_equal(kind, WT_SPAN("copy")))
    return is_url(e, record_get(in, "leader")) || is_url(e, record_get(in, "member"));
  bool gone = wt_span_equal(record_get(in, "state"), wt_span_of(wt_reason_name(WT_REASON_ERASED)));
  return wt_span_equal(kind, WT_SPAN("seen")) && !gone && wt_span_equal(record_get(in, "story"), e->path) &&
         (!e->number || record_number(in, "revision") == e->number);
}

/* A sighting of what is erased says where and as which file it was seen: it goes with it, and so do pairs of copies that name
   the page when the whole story goes. What stays of a sighting is when it was, and the hash of what was taken in: the same
   capture, given once more, does not bring the text back. Decisions, names and regroupings hold no text, and the story's name
   outlives its texts. */
static bool keep_record(void *context, wt_buf *instead, uint64_t number, wt_span line) {
  erasing *e = context;
  wt_arena arena = {0};
  record in;
  (void)number;
  bool keep = record_parse(&in, &arena, line, NULL) != WT_OK || !says_where(e, &in);
  if (!keep && wt_span_equal(record_get(&in, "kind"), WT_SPAN("seen"))) record_put_erased(instead, &in);
  wt_arena_release(&arena);
  return keep;
}

wt_status wt_track_erase(wt_archive_erased *out, wt_track *track, wt_span name, const wt_track_erase_in *in,
                         wt_error *err) {
  erasing e = {.track = track, .in = in};
  wt_span story_name, at;
  wt_arena arena = {0};
  wt_story_row story;
  wt_revision_row row = {0};
  uint64_t revisions, texts;
  wt_name_cut(&story_name, &at, name);
  wt_status status = wt_track_revision(&row, &story, &arena, track, name, err);
  if (status == WT_OK) {
    e.path = at.len ? row.path : story.path;
    e.number = at.len ? row.number : 0;
    e.url = at.len ? (wt_span){0} : story.url;
    wt_archive_erase_in erase = {.path = e.path,
                                 .number = e.number,
                                 .reason = in->reason,
                                 .changed = on_changed,
                                 .held_by = on_held,
                                 .keep_record = keep_record,
                                 .context = &e};
    status = wt_archive_erase(out, track->archive, &erase, err);
  }
  if (status == WT_OK) status = wt_track_reindex(&revisions, track, err); /* main is another one now */
  if (status == WT_OK) status = wt_track_words(&texts, track, err);
  wt_arena_release(&arena);
  return status;
}
