/*
 * The journal's record of a copy that was found elsewhere.
 *
 *   {"kind":"copy","at":T,"leader":URL,"member":URL,"keys":N,"share":PARTS OF 10,000, and when known
 *    "leader_published":T,"published":T}
 */
#include "track/record.h"

void record_put_copy(wt_buf *out, const wt_imported_row *row) {
  wt_json json;
  record_begin(&json, out, "copy");
  record_put_time(&json, "at", row->at);
  wt_json_member(&json, "leader", row->leader);
  wt_json_member(&json, "member", row->member);
  wt_json_member_int(&json, "keys", (int64_t)row->keys);
  wt_json_member_int(&json, "share", row->share);
  record_put_time(&json, "leader_published", row->leader_published);
  record_put_time(&json, "published", row->published);
  wt_json_object_end(&json);
}

wt_status record_apply_copy(wt_track *track, const record *in, wt_error *err) {
  wt_imported_row row = {.leader = record_get(in, "leader"),
                         .member = record_get(in, "member"),
                         .keys = record_number(in, "keys"),
                         .share = (uint32_t)record_number(in, "share"),
                         .leader_published = record_time(in, "leader_published"),
                         .published = record_time(in, "published"),
                         .at = record_time(in, "at")};
  if (row.leader.len == 0 || row.member.len == 0 || row.at == WT_INSTANT_NONE) return WT_OK;
  return wt_index_put_imported(track->index, &row, err);
}
