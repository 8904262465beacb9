/*
 * commit: the text of our commits, written and read.
 *
 * The message is a subject, an empty line, and one paragraph of trailers (git interpret-trailers reads them). In a trailer
 * a backslash is `\\`, and every control, every character that steers a terminal's or a browser's direction of writing and
 * every ill-formed byte is `\xHH`, byte by byte; that is undone on reading. A subject is escaped likewise, but keeps a
 * backslash as it is, since people read it.
 *
 * Trailers of a revision: Story, Revision, Url, Captured, Capture, Capture-SHA256, Text (the blob of the story's file, so
 * that a walk need not open trees), Key, Classes, Reason, Previous. An empty one has no line.
 * Trailers of a rung of the ladder: Ladder-Level, Ladder-Count. Of a batch of the journal: Text, Journal-First,
 * Journal-Count, Reader (what read the captures of these records, with its version).
 */
#ifndef ARCHIVE_COMMIT_H
#define ARCHIVE_COMMIT_H

#include "archive/git.h"

typedef enum wt_trailer {
  WT_TRAILER_STORY,
  WT_TRAILER_REVISION,
  WT_TRAILER_URL,
  WT_TRAILER_CAPTURED,
  WT_TRAILER_CAPTURE,
  WT_TRAILER_CAPTURE_SHA256,
  WT_TRAILER_TEXT,
  WT_TRAILER_KEY,
  WT_TRAILER_CLASSES,
  WT_TRAILER_REASON,
  WT_TRAILER_PREVIOUS,
  WT_TRAILER_ERASED,
  WT_TRAILER_LADDER_LEVEL,
  WT_TRAILER_LADDER_COUNT,
  WT_TRAILER_JOURNAL_FIRST,
  WT_TRAILER_JOURNAL_COUNT,
  WT_TRAILER_READER,
  WT_TRAILERS
} wt_trailer;

const char *wt_trailer_name(wt_trailer trailer);

/* A commit as it is stored; spans point into the bytes given. */
typedef struct wt_commit {
  wt_oid tree;
  wt_oid parents[2]; /* the first two */
  size_t parent_count;
  int64_t author_time, committer_time;
  wt_span message, subject;
  wt_span trailers[WT_TRAILERS]; /* still escaped; the last of a name counts */
} wt_commit;

/* WT_ECORRUPT with the byte when it is no commit. */
wt_status wt_commit_parse(wt_commit *out, wt_span bytes, wt_error *err);
/* A revision of ours, a rung of ours, or neither (made by hand). */
bool wt_commit_is_revision(const wt_commit *commit);
bool wt_commit_is_rung(const wt_commit *commit);

/* Appends the lines before the message. Times before 1970, which git does not know, become 0. */
void wt_commit_put_head(wt_buf *out, wt_oid tree, const wt_oid *parents, size_t parent_count, int64_t author_time,
                        int64_t committer_time);
/* Appends one line of at most about 1,000 bytes, cut between characters, and "\n". */
void wt_commit_put_subject(wt_buf *out, wt_span subject);
/* Appends "Name: value\n", escaped; nothing for an empty value. */
void wt_commit_put_trailer(wt_buf *out, wt_trailer trailer, wt_span value);
void wt_commit_put_trailer_oid(wt_buf *out, wt_trailer trailer, wt_oid oid); /* nothing for none */
void wt_commit_put_trailer_number(wt_buf *out, wt_trailer trailer, uint64_t number);
/* The value of a trailer again; appended to `room`, which must have as much room reserved as the value is long. */
wt_span wt_trailer_value(wt_buf *room, wt_span escaped);
/* Digits only, no sign, no leading zero but "0". */
bool wt_number_parse(uint64_t *out, wt_span text);

#endif
