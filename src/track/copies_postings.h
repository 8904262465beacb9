/* Which stories of a large archive share keys with a text: postings beside the index, caught up when somebody asks. */
#ifndef WT_TRACK_COPIES_POSTINGS_H
#define WT_TRACK_COPIES_POSTINGS_H

#include "wt/track.h"

/* Stories, in the arena, some revision of which shares a sampled key with the text; most shared keys first, at most `most`.
   The first call after revisions came reads them, some 0.1 ms each; where nothing can be written, in memory and anew. */
wt_status track_copies_neighbours(int64_t **out, size_t *count, wt_arena *arena, wt_track *track, const wt_story *text,
                                  size_t most, wt_error *err);

#endif
