/* handles: one open archive a thread, lent for a request; and the watch on the archive's state. */
#ifndef WEB_HANDLES_H
#define WEB_HANDLES_H

#include "wt/track.h"

typedef struct web_handles web_handles;

wt_status web_handles_open(web_handles **out, const char *dir, unsigned count, wt_error *err);
void web_handles_close(web_handles *handles);
/* One that nobody else has; waits for it. */
wt_track *web_handles_take(web_handles *handles);
void web_handles_give(web_handles *handles, wt_track *track);
/* Looks at most a few times a second. True once for each new state of the archive. */
bool web_handles_changed(web_handles *handles);

#endif
