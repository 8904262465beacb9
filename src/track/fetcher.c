/* fetcher: one for a handle, so that no host is asked more often because two parts of a run ask it. */
#include "track/track.h"

wt_status track_fetcher(wt_fetcher **out, wt_track *track, const wt_fetch_options *options, wt_error *err) {
  wt_fetch_options own = *options;
  wt_status status = WT_OK;
  if (!track->fetcher) {
    wt_buf_put_format(&track->hosts_dir, "%s/hosts", wt_archive_own_dir(track->archive));
    status = wt_buf_status(&track->hosts_dir, "fetch", err);
    if (status == WT_OK) status = wt_fetcher_open(&track->fetcher, NULL, err);
  }
  if (status) return status;
  if (!own.memory_dir) own.memory_dir = track->hosts_dir.data;
  wt_fetcher_options(track->fetcher, &own);
  *out = track->fetcher;
  return WT_OK;
}
