/* calls: what the library tells and asks while it works. */
#include "track/track.h"

void track_warn(const wt_track *track, const wt_error *err) {
  if (track->options.calls.warning) track->options.calls.warning(track->options.calls.context, err);
}

void track_progress(const wt_track *track, const char *what, uint64_t done, uint64_t total) {
  if (track->options.calls.progress) track->options.calls.progress(track->options.calls.context, what, done, total);
}

bool track_stopped(const wt_track *track) {
  return track->options.calls.stop && track->options.calls.stop(track->options.calls.context);
}
