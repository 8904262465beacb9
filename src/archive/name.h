/* name: a story's path: outlet/yyyy/mm/dd/slug.txt. */
#ifndef ARCHIVE_NAME_H
#define ARCHIVE_NAME_H

#include "wt/base.h"

/* Appends the outlet as a folder: [a-z0-9._-], "unknown" when nothing is left. */
void wt_name_put_outlet(wt_buf *out, wt_span outlet);
/* Appends [a-z0-9-]{1,60} made of a headline or of a URL's last segment; nothing when nothing is left. */
void wt_name_put_slug(wt_buf *out, wt_span source);
/* Has the path the form of a story's? */
bool wt_name_is_story(wt_span path);

#endif
