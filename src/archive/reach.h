/* reach: which objects can be reached from where, and taking out of the packs what nothing reaches any more. */
#ifndef ARCHIVE_REACH_H
#define ARCHIVE_REACH_H

#include "archive/archive.h"
#include "archive/oidmap.h"

/* Adds to `out` all that can be reached from oid, but not what `stop` (may be NULL) holds. A missing object ends its branch:
   it can hold nothing back. Cost: every tree is read once. */
wt_status wt_reach(wt_oidmap *out, wt_archive *archive, wt_oid oid, const wt_oidmap *stop, wt_error *err);
/* From all refs, all heads of work trees and their reflogs, and what is staged. */
wt_status wt_reach_all(wt_oidmap *out, wt_archive *archive, wt_error *err);

/* Takes out what can be reached from `old` and from nothing else. Under the writer's lock. *dropped: objects. */
wt_status wt_prune(uint64_t *dropped, wt_archive *archive, const wt_oid *old, size_t count, wt_error *err);
/* Notes durably that this has to be done, for a killed process; wt_prune takes the note away. */
wt_status wt_prune_promise(wt_archive *archive, const wt_oid *old, size_t count, wt_error *err);
/* Does what was promised. */
wt_status wt_prune_promised(wt_archive *archive, wt_error *err);

#endif
