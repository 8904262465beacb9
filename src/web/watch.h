/* watch: tells when the archive is in another state than before. */
#ifndef WEB_WATCH_H
#define WEB_WATCH_H

#include "wt/track.h"

typedef struct web_watch {
  wt_track *track;
  wt_index_stamp stamp;
} web_watch;

wt_status web_watch_open(web_watch *watch, const char *dir, wt_error *err);
void web_watch_close(web_watch *watch);
/* True once for each new state. */
bool web_watch_changed(web_watch *watch);

#endif
