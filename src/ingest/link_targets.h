/* link_targets: takes the addresses out of Markdown's links in plain text: nobody reads them, and they change by themselves. */
#ifndef WT_INGEST_LINK_TARGETS_H
#define WT_INGEST_LINK_TARGETS_H

#include "wt/story.h"

/* Appends `text` with "[words](target)" as "words"; each target is dropped from the story as "link-target". Brackets whose
   parentheses hold no address stay as they are, and so do pictures ("![..](..)"). One pass; a link lies in one line. */
wt_status wt_link_targets_out(wt_buf *out, wt_story *story, wt_span text, wt_error *err);

#endif
