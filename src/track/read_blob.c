/* read_blob: a text of the archive, parsed. */
#include "track/track.h"

wt_status track_parse_kept(wt_story *out, wt_arena *arena, wt_span text, wt_error *err) {
  wt_span kept = wt_span_keep(arena, text);
  if (!kept.data) return wt_fail(err, WT_ENOMEM, NULL, -1, "a text passed the ceiling of its arena");
  return wt_story_parse(out, arena, kept, err);
}

wt_status track_read_blob(wt_story *out, wt_arena *arena, wt_track *track, wt_oid blob, wt_error *err) {
  wt_buf text = {0};
  wt_status status = wt_archive_read(&text, track->archive, blob, err);
  if (status == WT_OK) status = track_parse_kept(out, arena, wt_buf_span(&text), err);
  wt_buf_release(&text);
  return status;
}

wt_status wt_track_read(wt_story *out, wt_arena *arena, wt_track *track, const wt_revision_row *row, wt_error *err) {
  return track_read_blob(out, arena, track, row->blob, err);
}
