/* Of two stories with text in common: which was first, and which of its revisions the other was made from. */
#ifndef WT_TRACK_COPIES_SOURCE_H
#define WT_TRACK_COPIES_SOURCE_H

#include "copies_kin.h"

/* Says why copier->earlier, which is set, is believed: fills because and unsure. evidence: of `this` against `other`; NULL:
   the texts were not compared, and the clock decides (fills earlier too). */
wt_status track_copies_order(wt_copier *copier, wt_arena *arena, const track_copies_row *this,
                             const track_copies_row *other, const track_kin_evidence *evidence, wt_error *err);
/* Fills fits, behind, lacks and ignores_kill, and the counts of what was done to the sentences. kin: whose texts tell more of
   the revision that a copy of a copy was made from; NULL: none. */
wt_status track_copies_fit(wt_copier *copier, wt_arena *arena, wt_track *track, const track_copies_row *earlier,
                           const track_copies_row *later, const wt_story *later_text, const track_kin *kin,
                           wt_error *err);

#endif
