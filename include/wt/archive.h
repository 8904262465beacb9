/*
 * archive: captures, sightings, revisions and configuration in one git repository, through libgit2.
 *
 *   refs/heads/main            one commit a revision, with the ladder of merges (see archive/ladder.c)
 *   refs/writethru/captures    raw bytes of captures
 *   refs/writethru/journal     sightings, regroupings, decisions: records that nothing else in git says, in batches
 *
 * Invariants
 *   - What wt_archive_batch_commit acknowledged survives kill -9 and power loss.
 *   - Same captures, same order, same version: same commit ids, in one batch or in many.
 *   - Only the batch writes; one batch at a time a repository (flock). Readers never wait.
 */
#ifndef WT_ARCHIVE_H
#define WT_ARCHIVE_H

#include "story.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_archive wt_archive;
typedef struct wt_archive_batch wt_archive_batch;

typedef struct wt_oid {
  unsigned char bytes[20];
} wt_oid; /* all zero: none */

WT_API bool wt_oid_is_none(wt_oid oid);
WT_API void wt_oid_hex(char out[41], wt_oid oid);
WT_API bool wt_oid_parse(wt_oid *out, wt_span hex);

typedef struct wt_archive_options {
  bool create;      /* make it when there is none */
  bool bare;        /* when making it */
  bool no_captures; /* do not keep raw captures */
  bool one_thread;  /* no thread beside the caller's; what is written is the same */
  /* What reads the captures, named in each commit of the journal; NULL: not named. It outlives the handle. */
  const char *reader;
  unsigned wait_ms;                                 /* for the lock; 0: for ever, with a word through `waiting` */
  void (*waiting)(void *context, const char *who);  /* may be NULL */
  bool (*stop)(void *context);                      /* asked while waiting; true: WT_ECANCELED. May be NULL */
  void (*warning)(void *context, const char *text); /* what is worth a word and no failure; may be NULL */
  void *context;
} wt_archive_options;

/* Opens, or with `create` makes, the archive in dir. WT_ENOTFOUND: there is none; WT_EREFUSED: the repository is not ours, is
   somebody else's, or names objects with SHA-256; WT_EIO. Reading needs no more; a batch takes the lock. */
WT_API wt_status wt_archive_open(wt_archive **out, const char *dir, const wt_archive_options *options, wt_error *err);
/* libgit2 ends with the last archive that the process has open; a thread that used one and ends later then keeps some 200 bytes
   of libgit2's. A program with threads closes one after they have ended. */
WT_API void wt_archive_close(wt_archive *archive);
WT_API const char *wt_archive_dir(const wt_archive *archive);      /* the git directory */
WT_API const char *wt_archive_work_dir(const wt_archive *archive); /* the files' folder; NULL: bare */
WT_API const char *wt_archive_own_dir(const wt_archive *archive); /* git directory + "/writethru": index, lock, state */
WT_API wt_status wt_archive_tip(wt_oid *out, wt_archive *archive, wt_error *err); /* of main; none when empty */

/* ---- writing ---- */

typedef struct wt_revision_in {
  wt_span path;    /* outlet/yyyy/mm/dd/slug.txt, from wt_archive_batch_name; the story's name */
  uint32_t number; /* from 1, one more than the story's last */
  wt_span text;    /* canonical form, whose front matter carries `revision: number` */
  wt_span raw;     /* captured bytes; empty: none */
  wt_span raw_url; /* groups captures of one URL for deltas; may be empty */
  wt_instant captured;
  wt_span subject;                   /* one line; control characters are escaped here */
  wt_span url, key, classes, reason; /* trailers; each escaped here */
  wt_oid previous;                   /* commit of the story's previous revision, or none */
  wt_oid previous_blob;              /* its text, for the delta; or none */
} wt_revision_in;

/* Appends a subject as a commit will have it: trimmed, controls and marks of direction escaped, at most about 1,000 bytes.
   Doing it twice changes nothing more. */
WT_API void wt_archive_put_subject(wt_buf *out, wt_span subject);

typedef struct wt_revision_ids {
  wt_oid commit, blob, capture;
} wt_revision_ids;

/* Takes the lock, finishes and sweeps what a killed writer left, reads main. Commits made by hand and fast-forwards from
   elsewhere are taken in when they leave the stories alone. WT_EREFUSED, and nothing is touched: main was moved back or
   rewritten, a commit made by hand changes a story, the clone is shallow, the disk is read-only. WT_EBUSY past wait_ms. */
WT_API wt_status wt_archive_batch_open(wt_archive_batch **out, wt_archive *archive, wt_error *err);
/* A free path for a new story: outlet/yyyy/mm/dd/slug.txt, 6 hex of the identity's key on a collision, dd.2 past 1,024. */
WT_API wt_status wt_archive_batch_name(wt_buf *out, wt_archive_batch *batch, wt_span outlet, wt_instant first_seen,
                                       wt_span slug_source, wt_hash identity, wt_error *err);
WT_API wt_status wt_archive_batch_put(wt_revision_ids *out, wt_archive_batch *batch, const wt_revision_in *revision,
                                      wt_error *err);
/* A raw capture without a revision (unchanged with other bytes, quarantined). url may be empty. */
WT_API wt_status wt_archive_batch_capture(wt_oid *out, wt_archive_batch *batch, wt_span path, wt_span url,
                                          wt_instant captured, wt_span raw, wt_error *err);
/* One record for the journal: one line of JSON, no LF in it. Replayed in order by wt_archive_journal. */
WT_API wt_status wt_archive_batch_record(wt_archive_batch *batch, wt_span record, wt_error *err);
/* Replaces writethru.conf in main, with a commit of its own at `time`. */
WT_API wt_status wt_archive_batch_configure(wt_archive_batch *batch, wt_span conf, wt_instant time, wt_error *err);
/* A text by its id, also one that was put into this batch and is not durable yet, while it is remembered (the latest
   160 MB). WT_ENOTFOUND. */
WT_API wt_status wt_archive_batch_read(wt_buf *out, wt_archive_batch *batch, wt_oid blob, wt_error *err);
/* Makes all of it durable, or none. The batch stays open, empty, with the lock held. After a failure of this or of any
   write the batch takes nothing more: close it. In a repository with a work tree on main, the files follow. */
WT_API wt_status wt_archive_batch_commit(wt_archive_batch *batch, wt_error *err);
/* Drops what was not committed and gives the lock back. */
WT_API void wt_archive_batch_close(wt_archive_batch *batch);

/* ---- reading ---- */

typedef struct wt_revision {
  wt_oid commit, blob, capture, previous;
  wt_span path; /* the story */
  uint32_t number;
  wt_instant captured;
  wt_span subject, url, key, classes, reason;
} wt_revision; /* spans valid during the call */

/* Revisions of main after `since` (none: all), oldest first. Merges of the ladder are passed over. WT_ENOTFOUND when main
   does not hold `since`; WT_ECANCELED when each returns false. */
typedef bool (*wt_revision_each)(void *context, const wt_revision *revision);
WT_API wt_status wt_archive_walk(wt_archive *archive, wt_oid since, wt_revision_each each, void *context,
                                 wt_error *err);
/* The same up to a tip of main that was read before, for who keeps a stamp: main may go on meanwhile. */
WT_API wt_status wt_archive_walk_to(wt_archive *archive, wt_oid since, wt_oid tip, wt_revision_each each, void *context,
                                    wt_error *err);
/* One story backwards from a commit by its Previous trailers; no index needed. */
WT_API wt_status wt_archive_history(wt_archive *archive, wt_oid commit, wt_revision_each each, void *context,
                                    wt_error *err);
/* Appends a text by its id. WT_ENOTFOUND; WT_ECORRUPT when the object is no text. */
WT_API wt_status wt_archive_read(wt_buf *out, wt_archive *archive, wt_oid blob, wt_error *err);
/* How many records the journal has; one look at its tip. */
WT_API wt_status wt_archive_journal_count(uint64_t *out, wt_archive *archive, wt_error *err);
/* The records of the journal in order, from record number `since`. */
typedef bool (*wt_record_each)(void *context, uint64_t number, wt_span record);
WT_API wt_status wt_archive_journal(wt_archive *archive, uint64_t since, wt_record_each each, void *context,
                                    wt_error *err);

/* Reads text in the syntax of git-config(1), and nothing but the text: no include is followed. A false from `each` ends
   it with WT_ECANCELED. */
WT_API wt_status wt_archive_config_read(wt_span text, bool (*each)(void *context, wt_span name, wt_span value),
                                        void *context, wt_error *err);
/* writethru.conf of main, git-config syntax: the value of "outlet.ID.host" and the like. */
WT_API wt_status wt_archive_config_each(wt_archive *archive, bool (*each)(void *context, wt_span name, wt_span value),
                                        void *context, wt_error *err);

/* The file's bytes as they stand; nothing is appended when there is none. */
WT_API wt_status wt_archive_config_text(wt_buf *out, wt_archive *archive, wt_error *err);
/* Is this text a configuration? WT_EFORMAT with the byte of the first thing that is not. */
WT_API wt_status wt_archive_config_check(wt_span conf, wt_error *err);

/* The repository's own configuration (`git config`), which no clone brings along; nothing of the system's or the user's. */
WT_API wt_status wt_archive_local_each(wt_archive *archive, bool (*each)(void *context, wt_span name, wt_span value),
                                       void *context, wt_error *err);

/* ---- care ---- */

/* One thing that is wrong: `where` names the commit, object, ref or file, `what` says what is wrong there. False stops. */
typedef bool (*wt_archive_fault_each)(void *context, const wt_error *fault);

typedef struct wt_archive_verified {
  uint64_t objects, commits, revisions, rungs, by_hand, stories, erased, captures, captures_absent, records;
  uint64_t faults;
} wt_archive_verified;

/* Reads everything: git's files have the checksums that they bear; refs, HEAD and settings are what an archive needs; every
   object hashes to its name; every text is in the canonical form, prints back the same bytes, and has the key that its
   commit says; every commit of ours changes its own story and nothing else, has whole trailers, and stands where the
   ladder wants it; every story's revisions are a chain without a gap; captures hash to what was recorded; the journal is
   numbered without a gap. Faults go to `each` and are counted; the status is WT_OK when all could be read through, with
   or without faults. Takes no lock. Cost: some 200 microseconds a revision. */
WT_API wt_status wt_archive_verify(wt_archive_verified *out, wt_archive *archive, wt_archive_fault_each each,
                                   void *context, wt_error *err);

typedef struct wt_archive_erase_in {
  wt_span path;    /* the story */
  uint32_t number; /* the revision; 0: all of them */
  wt_span reason;  /* stays, in the tombstone; one line */
  /* Each may be NULL. A commit of main that bears another id from now on. */
  bool (*changed)(void *context, wt_oid old, wt_oid newer);
  /* Another ref (a branch, a tag, a remote's) that still reaches the erased text: it has to be dealt with by hand. */
  bool (*held_by)(void *context, const char *ref);
  /* Is a record of the journal to be kept? A false puts what `instead` then holds in its place (one line of JSON, as of
     wt_archive_batch_record), or {"kind":"erased"} when that is empty, so that numbers stay. */
  bool (*keep_record)(void *context, wt_buf *instead, uint64_t number, wt_span record);
  void *context;
} wt_archive_erase_in;

typedef struct wt_archive_erased {
  uint64_t revisions; /* that became tombstones */
  uint64_t captures;  /* taken out */
  uint64_t records;   /* replaced */
  uint64_t commits;   /* with other ids */
  uint64_t objects;   /* removed from the disk */
} wt_archive_erased;

/* Takes texts out for good: each becomes a tombstone (a story of that revision with the status withheld, the reason as its
   note, and the trailer Erased), its captures go, the subject of the next revision too, since it may quote; all that follows
   is written anew; what nothing reaches any more leaves the disk. Clones must be replaced. Names, numbers and the times of
   capture stay. A crash in between leaves it wholly done or not; what remains to be removed then is removed by the next
   batch. WT_ENOTFOUND: no such revision, or erased already. Cost: what follows is written again, and all trees are read. */
WT_API wt_status wt_archive_erase(wt_archive_erased *out, wt_archive *archive, const wt_archive_erase_in *in,
                                  wt_error *err);

/* Which raw captures stay; a capture that either keeps stays. All zero: all stay. */
typedef struct wt_archive_keep {
  uint32_t newest;  /* so many of each URL */
  wt_instant after; /* captured at that time or later; WT_INSTANT_NONE or 0: no limit by age */
} wt_archive_keep;

typedef struct wt_archive_maintained {
  uint64_t packs_before, packs_after, bytes_before, bytes_after; /* of packs */
  uint64_t captures_dropped;
  uint64_t graph_commits; /* in the commit-graph */
} wt_archive_maintained;

/* Drops captures past `keep` (may be NULL), merges packs, writes the commit-graph. Under the lock. */
WT_API wt_status wt_archive_maintain(wt_archive_maintained *out, wt_archive *archive, const wt_archive_keep *keep,
                                     wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
