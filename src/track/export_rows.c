/* The tables that the index gives as they are: stories, revisions, sightings. */
#include "track/export.h"

static bool put_story(void *context, const wt_story_row *row) {
  exporter *e = context;
  export_text(e, row->path);
  export_text(e, row->outlet);
  export_text(e, row->headline);
  export_text(e, row->url);
  export_text(e, row->canonical);
  export_text(e, row->language);
  export_time(e, row->first);
  export_time(e, row->last);
  export_time(e, row->seen);
  export_int(e, row->revisions);
  export_int(e, row->current);
  export_text(e, wt_span_of(wt_story_status_name(row->status)));
  export_int(e, row->words);
  export_int(e, row->quarantined);
  export_text(e, row->moved_to);
  return export_goes_on(e);
}

static bool put_revision(void *context, const wt_revision_row *row) {
  exporter *e = context;
  char commit[41];
  wt_oid_hex(commit, row->commit);
  export_name(e, row->path, row->number);
  export_text(e, row->path);
  export_int(e, row->number);
  export_time(e, row->captured);
  export_text(e, row->headline);
  export_text(e, row->url);
  export_text(e, row->subject);
  export_text(e, row->reason);
  export_classes(e, row->classes);
  export_bool(e, row->flags & WT_REVISION_SUBSTANTIVE);
  export_bool(e, row->flags & WT_REVISION_UNANNOUNCED);
  export_bool(e, row->flags & WT_REVISION_DEVELOPING);
  export_bool(e, row->flags & WT_REVISION_QUIET);
  export_text(e, wt_span_of(wt_story_status_name(row->status)));
  export_int(e, row->words);
  export_text(e, wt_span_of(commit));
  return export_goes_on(e);
}

static bool put_sighting(void *context, const wt_sighting_row *row) {
  exporter *e = context;
  export_int(e, (int64_t)row->record);
  export_text(e, row->path);
  export_time(e, row->at);
  export_bool(e, row->assumed);
  export_text(e, row->state);
  export_name(e, row->revision ? row->path : (wt_span){0}, row->revision);
  export_text(e, row->url);
  export_text(e, row->file);
  export_text(e, row->decision);
  return export_goes_on(e);
}

wt_status export_stories(exporter *e, wt_error *err) {
  wt_story_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE, .moved = true};
  return wt_index_stories(e->track->index, &all, put_story, e, err);
}

wt_status export_revisions(exporter *e, wt_error *err) {
  wt_revision_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  return wt_index_revisions(e->track->index, &all, put_revision, e, err);
}

wt_status export_sightings(exporter *e, wt_error *err) {
  wt_sighting_filter all = {.since = WT_INSTANT_NONE, .until = WT_INSTANT_NONE};
  return wt_index_sightings(e->track->index, &all, put_sighting, e, err);
}
