/* batch: what the files that write share: the batch, its chains, and adding commits to main. */
#ifndef ARCHIVE_BATCH_H
#define ARCHIVE_BATCH_H

#include "archive/archive.h"
#include "archive/ladder.h"
#include "archive/lock.h"
#include "archive/pack.h"
#include "archive/recent.h"
#include "archive/tree.h"

#include <pthread.h>

/* A chain of commits: where it stood when the batch began (or was last made durable), and where it stands now. */
typedef struct wt_chain {
  wt_oid old, tip;
  int64_t time; /* committer time of the tip; 0 for none */
} wt_chain;

/* A pack that a thread of its own takes in, while the next one is filled. */
typedef struct wt_installing {
  pthread_t thread;
  wt_pack *pack; /* NULL: none */
  const char *pack_dir;
  wt_status status;
  wt_error err;
} wt_installing;

struct wt_archive_batch {
  wt_archive *archive;
  wt_lock lock;
  wt_pack *pack;
  unsigned packs; /* opened so far */
  size_t roll_at; /* objects in a pack, with which the next one begins */
  wt_installing installing;
  wt_trees *trees;
  wt_chain main, captures, journal;
  wt_oid main_tree; /* of main's tip */
  wt_ladder ladder;
  wt_recent texts, commits, raws; /* bases for deltas, by the head of the id, or by the hash of the URL */
  wt_buf text, delta;             /* scratch */
  wt_buf records;                 /* of the journal, a line each */
  uint64_t record_first, record_count;
  wt_oidmap reserved; /* names given out, and how many a folder has, by SHA-1 */
  bool broken;        /* a write failed: nothing more is taken */
};

/* ---- chains: batch_chain.c ---- */

/* Adds a commit made of head and message (in `message`) to a chain; its delta base is the text under base_key, or none. */
wt_status wt_chain_add(wt_oid *out, wt_archive_batch *batch, wt_chain *chain, wt_oid tree, int64_t author_time,
                       wt_span message, uint64_t base_key, wt_error *err);
/* Adds a commit with `tree` to main, and the rungs that are then due. */
wt_status wt_main_add(wt_oid *out, wt_archive_batch *batch, wt_oid tree, int64_t author_time, wt_span message,
                      uint64_t base_key, wt_error *err);
/* The first commit of an archive: writethru.conf, at the time of the first capture. Nothing when main is there. */
wt_status wt_main_begin(wt_archive_batch *batch, int64_t time, wt_error *err);

/* ---- what stands in them: capture.c, journal.c ---- */

/* A raw capture into its chain. url groups; may be empty. */
wt_status wt_capture_put(wt_oid *out, wt_archive_batch *batch, wt_span path, wt_span url, int64_t captured, wt_span raw,
                         wt_error *err);
/* Reads where the journal stands. */
wt_status wt_journal_begin(wt_archive_batch *batch, wt_error *err);
/* Writes the records that wait as one commit of the journal, at the time of main's tip or at `time`. */
wt_status wt_journal_flush(wt_archive_batch *batch, wt_error *err);
wt_status wt_journal_flush_at(wt_archive_batch *batch, int64_t time, wt_error *err);

/* ---- packs: roll.c ---- */

/* When the pack has grown past what memory should hold: hands it to a thread that takes it in, unreferenced, and goes on
   with a fresh one. */
wt_status wt_batch_roll(wt_archive_batch *batch, wt_error *err);
/* Waits for that thread, then takes in what there is: all objects are in the repository. In two steps, between which comes
   wt_pack_sync: */
wt_status wt_batch_stage(wt_archive_batch *batch, wt_error *err);
wt_status wt_batch_enter(wt_archive_batch *batch, wt_error *err);
/* or in one. */
wt_status wt_batch_install(wt_archive_batch *batch, wt_error *err);
/* Waits for that thread, whatever its outcome. */
wt_status wt_batch_join(wt_archive_batch *batch, wt_error *err);

/* ---- batch_name.c, batch.c ---- */

/* A name was given out and is now in the tree. */
void wt_batch_name_used(wt_archive_batch *batch, wt_span path);
/* Moves the refs whose chains have moved. */
wt_status wt_batch_move_refs(wt_archive_batch *batch, wt_error *err);

#endif
