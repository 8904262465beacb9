/* json_rows: stories, revisions, sightings and headlines as one JSON object each. */
#include "wt/report.h"

static void put_oid(wt_json *json, const char *key, wt_oid oid) {
  char hex[41];
  wt_oid_hex(hex, oid);
  wt_json_member_or_null(json, key, wt_span_of(wt_oid_is_none(oid) ? NULL : hex));
}

static void put_hash(wt_json *json, const char *key, wt_hash hash) {
  char hex[33];
  wt_hash_hex(hex, hash);
  wt_json_member(json, key, wt_span_of(hex));
}

static void begin(wt_json *json, wt_buf *out) {
  wt_json_init(json, out);
  wt_json_object(json);
  wt_json_member_int(json, "schema", 1);
}

void wt_json_put_story(wt_buf *out, const wt_story_row *row) {
  wt_json json;
  begin(&json, out);
  wt_json_member(&json, "story", row->path);
  wt_json_member(&json, "outlet", row->outlet);
  wt_json_member_or_null(&json, "headline", row->headline);
  wt_json_member_or_null(&json, "url", row->url);
  wt_json_member_or_null(&json, "canonical", row->canonical);
  wt_json_member_or_null(&json, "language", row->language);
  wt_json_member_time(&json, "first", row->first);
  wt_json_member_time(&json, "last", row->last);
  wt_json_member_time(&json, "seen", row->seen);
  wt_json_member_int(&json, "revisions", row->revisions);
  wt_json_member_int(&json, "current", row->current);
  wt_json_member(&json, "status", wt_span_of(wt_story_status_name(row->status)));
  wt_json_member_int(&json, "words", row->words);
  wt_json_member_int(&json, "quarantined", row->quarantined);
  put_oid(&json, "commit", row->tip);
  if (row->moved_to.len) wt_json_member(&json, "moved_to", row->moved_to);
  wt_json_object_end(&json);
}

void wt_json_put_revision(wt_buf *out, const wt_revision_row *row, const wt_span *why, size_t why_count) {
  wt_json json;
  begin(&json, out);
  wt_json_member(&json, "story", row->path);
  wt_json_member_int(&json, "revision", row->number);
  wt_json_member_time(&json, "captured", row->captured);
  wt_json_member_or_null(&json, "reason", row->reason);
  wt_json_member_or_null(&json, "subject", row->subject);
  wt_json_member_or_null(&json, "headline", row->headline);
  wt_json_member_or_null(&json, "url", row->url);
  wt_classes_put_json(&json, row->classes);
  wt_json_member_bool(&json, "substantive", (row->flags & WT_REVISION_SUBSTANTIVE) != 0);
  wt_json_member_bool(&json, "unannounced", (row->flags & WT_REVISION_UNANNOUNCED) != 0);
  wt_json_member_bool(&json, "quiet", (row->flags & WT_REVISION_QUIET) != 0);
  wt_json_member(&json, "status", wt_span_of(wt_story_status_name(row->status)));
  wt_json_member_int(&json, "words", row->words);
  put_hash(&json, "key", row->folded);
  put_oid(&json, "commit", row->commit);
  put_oid(&json, "text", row->blob);
  put_oid(&json, "capture", row->capture);
  if (why) {
    wt_json_key(&json, "why");
    wt_json_array(&json);
    for (size_t i = 0; i < why_count; i++) wt_json_span(&json, why[i]);
    wt_json_array_end(&json);
  }
  wt_json_object_end(&json);
}

void wt_json_put_sighting(wt_buf *out, const wt_sighting_row *row) {
  wt_json json;
  begin(&json, out);
  wt_json_member_int(&json, "capture", (int64_t)row->record);
  wt_json_member_or_null(&json, "story", row->path);
  wt_json_member_time(&json, "at", row->at);
  wt_json_member_bool(&json, "assumed", row->assumed);
  wt_json_member(&json, "state", row->state);
  wt_json_member_int(&json, "revision", row->revision);
  wt_json_member_or_null(&json, "url", row->url);
  wt_json_member_or_null(&json, "file", row->file);
  wt_json_member_or_null(&json, "decision", row->decision);
  put_oid(&json, "bytes", row->capture);
  wt_json_object_end(&json);
}

void wt_json_put_headline(wt_buf *out, const wt_headline_row *row) {
  wt_json json;
  begin(&json, out);
  wt_json_member(&json, "headline", row->headline);
  wt_json_member(&json, "story", row->path);
  wt_json_member(&json, "outlet", row->outlet);
  wt_json_member_int(&json, "revision", row->number);
  wt_json_member_time(&json, "from", row->from);
  wt_json_member_time(&json, "until", row->until);
  wt_json_object_end(&json);
}

void wt_json_put_found(wt_buf *out, const wt_found *found) {
  wt_json json;
  begin(&json, out);
  wt_json_member(&json, "story", found->story.path);
  wt_json_member(&json, "outlet", found->story.outlet);
  wt_json_member_or_null(&json, "headline", found->story.headline);
  wt_json_member_int(&json, "first_revision", found->first);
  wt_json_member_int(&json, "last_revision", found->last);
  wt_json_member_time(&json, "from", found->from);
  wt_json_member_time(&json, "until", found->until);
  wt_json_member(&json, "sentence", found->sentence);
  wt_json_key(&json, "marks");
  wt_json_array(&json);
  for (size_t i = 0; i < found->mark_count; i++) {
    wt_json_array(&json);
    wt_json_int(&json, found->marks[i].begin);
    wt_json_int(&json, found->marks[i].end);
    wt_json_array_end(&json);
  }
  wt_json_array_end(&json);
  wt_json_object_end(&json);
}
