/*
 * The log of postings: what was committed and is in no run yet. A file of records:
 *
 *   4 bytes   "wtlg"
 *   4 bytes   documents d
 *   4 bytes   pairs n
 *   4 bytes   length s of the stamp
 *   20 bytes  d times: names
 *   8 bytes   n times: keys
 *   4 bytes   n times: documents
 *   s bytes   the stamp
 *   8 bytes   XXH3-64 of all of the record before
 *
 * A record that is cut or whose sum is wrong ends the log: its commit never returned.
 */
#ifndef WT_INDEX_POSTINGS_LOG_H
#define WT_INDEX_POSTINGS_LOG_H

#include "postings_run.h"

/* What one commit brings. */
typedef struct log_record {
  const wt_postings_name *names;
  uint32_t name_count;
  const run_pair *pairs;
  uint32_t pair_count;
  wt_span stamp;
} log_record;

/* Appends a record to an open file and syncs it; one that fails is taken away again. */
wt_status log_append(int file, const char *path, const log_record *record, wt_error *err);
/* Reads records: takes the next off *rest. The arrays lie in the buffers, which are reused. False at the end of what is
   sound. */
bool log_take(log_record *out, wt_buf *names, wt_buf *pairs, wt_span *rest);

#endif
