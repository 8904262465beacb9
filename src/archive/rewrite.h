/* rewrite: commits written again on other parents: captures left out, records replaced, main replayed. */
#ifndef ARCHIVE_REWRITE_H
#define ARCHIVE_REWRITE_H

#include "archive/batch.h"

/* Writes the captures chain again without those that `keep` answers false for. *dropped: how many. */
typedef bool (*wt_capture_keep)(void *context, const wt_commit *capture);
wt_status wt_captures_filter(uint64_t *dropped, wt_archive_batch *batch, wt_capture_keep keep, void *context,
                             wt_error *err);

/* Writes the journal again: `keep` is wt_archive_erase_in's keep_record. */
typedef bool (*wt_record_keep)(void *context, wt_buf *instead, uint64_t number, wt_span record);
wt_status wt_journal_filter(uint64_t *replaced, wt_archive_batch *batch, wt_record_keep keep, void *context,
                            wt_error *err);

/* A commit made by hand, on top of main as it now is: what it changed against its first parent, its people and its words.
   parents: its parents as they are called now. */
wt_status wt_replay_by_hand(wt_oid *out, wt_archive_batch *batch, wt_oid old, const wt_oidmap *renamed,
                            const wt_oid *names, wt_error *err);

#endif
