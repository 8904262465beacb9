/* Of two stories with text in common: which was first, and which of its revisions the other was made from. */
#ifndef WT_TRACK_COPIES_SOURCE_H
#define WT_TRACK_COPIES_SOURCE_H

#include "copies_archive.h"

/* Decides whether `other` was before `this`, and says why: fills earlier, because and unsure. copier has the shares. */
wt_status track_copies_order(wt_copier *copier, wt_arena *arena, const track_copies_row *this, const track_copies_row *other,
                             wt_error *err);
/* Fills fits, behind, lacks and ignores_kill, and the counts of what was done to the sentences. */
wt_status track_copies_fit(wt_copier *copier, wt_arena *arena, wt_track *track, const track_copies_row *earlier,
                           const track_copies_row *later, const wt_story *later_text, wt_error *err);

#endif
