/*
 * index/postings: which documents have a key: an inverted index on disk that grows as stories come in.
 *
 * A folder holds
 *   manifest   text: version, generation of the log, number of documents, length of the stamp; names of the runs, a line
 *              each; the stamp. Replaced as a whole (written beside, synced, renamed).
 *   run-N      a sorted, immutable array of (key, document), mapped into memory; see index/postings_run.h
 *   names      20 bytes a document, for documents that runs hold
 *   log-G      what was committed since the last run: records with a checksum each; see index/postings_log.h
 *
 * Invariants
 *   - What wt_postings_commit returned from survives kill -9 and power loss; what was not committed is not there.
 *   - It follows from the archive: delete the folder at any time and fill it again from the stamp on.
 *   - Memory: at most some 40 MB beside mapped pages and the tables of runs (a sixteenth of a run).
 *   - One writer at a time (flock on the folder, WT_EBUSY for the second), any number of readers. A reader sees what was
 *     there when it opened.
 *   - 48 bits of a key are kept: another key answers for it once in 2^48 / n lookups. The caller verifies.
 */
#ifndef WT_INDEX_POSTINGS_H
#define WT_INDEX_POSTINGS_H

#include "../base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_postings wt_postings;

typedef struct wt_postings_name {
  unsigned char bytes[20];
} wt_postings_name; /* what the owner knows a document by: a commit id */

#define WT_POSTINGS_STAMP 64u /* the longest stamp */

/* dir NULL: in memory, forgotten at the end. WT_ECORRUPT: delete the folder and fill it again. WT_EBUSY. */
WT_API wt_status wt_postings_open(wt_postings **out, const char *dir, bool read_only, wt_error *err);
/* Drops what was not committed. NULL is fine. */
WT_API void wt_postings_close(wt_postings *postings);
/* What the last commit said: how far its owner had come. Empty: nothing yet. Valid until the next commit. */
WT_API wt_span wt_postings_stamp(const wt_postings *postings);
WT_API uint32_t wt_postings_count(const wt_postings *postings); /* of documents */
WT_API uint64_t wt_postings_bytes(const wt_postings *postings); /* on disk */

/* Adds a document with its keys, which are hashes; numbers count from 0. WT_ELIMIT past 2^32 - 1 documents. */
WT_API wt_status wt_postings_put(uint32_t *document, wt_postings *postings, wt_postings_name name, const uint64_t *keys,
                                 size_t count, wt_error *err);
/* Makes what was put durable, with a stamp of at most WT_POSTINGS_STAMP bytes. Now and then it merges runs. */
WT_API wt_status wt_postings_commit(wt_postings *postings, wt_span stamp, wt_error *err);

/* Calls each for every document that has a key, newest first within a run, at most `most` for one key. A false stops. */
typedef bool (*wt_postings_each)(void *context, size_t key_number, uint32_t document);
WT_API void wt_postings_find(wt_postings *postings, const uint64_t *keys, size_t count, uint32_t most,
                             wt_postings_each each, void *context);
WT_API wt_status wt_postings_name_of(wt_postings_name *out, const wt_postings *postings, uint32_t document,
                                     wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
