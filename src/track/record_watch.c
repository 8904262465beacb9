/*
 * The journal's record of a check: all that the watcher knows of a URL, so that the last record is enough.
 *
 *   {"kind":"watch","url":U,"source":S,"state":S,"first":T,"factor":N,"trouble":N, and when there is one "links":true,
 *    "etag":E,"modified":M,"story":PATH,"checked":T,"changed":T,"next":T,
 *    "final":U where redirects led to}
 */
#include "track/record.h"

static void put_text(wt_json *json, const char *name, wt_span text) {
  if (text.len) wt_json_member(json, name, text);
}

void record_put_watch(wt_buf *out, const wt_watch_row *row, wt_span final) {
  wt_json json;
  record_begin(&json, out, "watch");
  wt_json_member(&json, "url", row->url);
  wt_json_member(&json, "source", row->source);
  wt_json_member(&json, "state", row->state);
  if (row->is_source) wt_json_member_bool(&json, "links", true);
  put_text(&json, "etag", row->etag);
  put_text(&json, "modified", row->last_modified);
  put_text(&json, "story", row->path);
  put_text(&json, "final", final);
  record_put_time(&json, "first", row->first);
  record_put_time(&json, "checked", row->checked);
  record_put_time(&json, "changed", row->changed);
  record_put_time(&json, "next", row->next);
  wt_json_member_int(&json, "factor", row->factor);
  wt_json_member_int(&json, "trouble", row->trouble);
  wt_json_object_end(&json);
}

wt_status record_apply_watch(wt_track *track, const record *in, wt_error *err) {
  wt_watch_row row = {.url = record_get(in, "url"),
                      .source = record_get(in, "source"),
                      .state = record_get(in, "state"),
                      .is_source = wt_span_equal(record_get(in, "links"), WT_SPAN("true")),
                      .etag = record_get(in, "etag"),
                      .last_modified = record_get(in, "modified"),
                      .path = record_get(in, "story"),
                      .first = record_time(in, "first"),
                      .checked = record_time(in, "checked"),
                      .changed = record_time(in, "changed"),
                      .next = record_time(in, "next"),
                      .factor = (int32_t)record_number(in, "factor"),
                      .trouble = (uint32_t)record_number(in, "trouble")};
  if (row.url.len == 0 || row.first == WT_INSTANT_NONE) return WT_OK;
  return wt_index_put_watch(track->index, &row, err);
}
