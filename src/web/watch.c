/* watch: the stamp of the index, looked at now and then. */
#include "web/watch.h"

#include <string.h>

wt_status web_watch_open(web_watch *watch, const char *dir, wt_error *err) {
  static const wt_track_options reading = {.create = false};
  *watch = (web_watch){.track = NULL};
  wt_status status = wt_track_open(&watch->track, dir, &reading, err);
  return status == WT_OK ? wt_index_stamp_get(&watch->stamp, wt_track_index(watch->track), err) : status;
}

void web_watch_close(web_watch *watch) {
  wt_track_close(watch->track);
}

bool web_watch_changed(web_watch *watch) {
  wt_index_stamp now;
  if (wt_index_stamp_get(&now, wt_track_index(watch->track), NULL) != WT_OK) return false;
  bool differs = now.journal != watch->stamp.journal || memcmp(&now.main, &watch->stamp.main, sizeof now.main) != 0;
  watch->stamp = now;
  return differs;
}
