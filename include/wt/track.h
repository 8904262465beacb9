/*
 * track: the use cases. A handle is an archive and its index; calls return structs that report renders.
 *
 * Invariants
 *   - Nothing here prints, asks the time or touches a terminal. Progress, warnings and news leave through wt_track_calls.
 *   - What a fault interrupts is either wholly there or wholly not.
 *   - Results lie in the arena given; in an `each` or a callback they are valid during the call only.
 *   - One handle serves one thread. Any number of handles and processes may read; writers wait for one another.
 *
 * Names
 *   STORY        a path in the archive (with or without .txt), a URL, a name given by --story, or any unambiguous part of
 *                a path, headline or URL. WT_ENOTFOUND; WT_EAMBIGUOUS lists the first few.
 *   STORY@N      revision N          STORY@DATE   the revision then in force (ISO 8601; a day means its end, UTC)
 *   STORY@-1     one before the current; -2 two before, in order of capture
 *
 * In the order of life: open, add and whatever changes the archive, look-ups, close.
 */
#ifndef WT_TRACK_H
#define WT_TRACK_H

#include "classify.h"
#include "fetch.h"
#include "index.h"
#include "ingest.h"
#include "track/blame.h"
#include "track/copies.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_track wt_track;

/* ==== opening: track/open.c ==== */

/* How a capture ended: one reason code. */
typedef enum wt_reason {
  WT_REASON_NEW_STORY,
  WT_REASON_REVISION,
  WT_REASON_UNCHANGED,
  WT_REASON_TYPOGRAPHY_ONLY,
  WT_REASON_FURNITURE_ONLY,
  WT_REASON_TIMESTAMP_ONLY,
  WT_REASON_RETURNED_TO, /* "returned-to N" */
  WT_REASON_HEADLINE_VARIANT,
  WT_REASON_LATE,
  WT_REASON_SHRUNK,    /* "quarantined: shrunk" */
  WT_REASON_PAYWALL,   /* "quarantined: paywall" */
  WT_REASON_NOT_FOUND, /* "quarantined: not-found" */
  WT_REASON_EXTRACTOR_UPGRADE,
  WT_REASON_REGROUPED, /* made by regroup, not by an editor */
  WT_REASON_ERASED,    /* a tombstone */
  WT_REASON_TROUBLE    /* the capture could not be read: wt_added.error says why */
} wt_reason;
#define WT_REASONS 16
WT_API const char *
wt_reason_name(wt_reason reason); /* "new-story", "quarantined: shrunk", ... without returned-to's N */
WT_API bool wt_reason_parse(wt_reason *out, uint32_t *returned_to, wt_span text);
WT_API bool wt_reason_is_quarantine(wt_reason reason);

/* What became of one capture. */
typedef struct wt_added {
  wt_span file;    /* as given, or found in a folder */
  uint64_t record; /* line or byte of the capture in a file of many; 0 otherwise */
  wt_reason reason;
  uint32_t returned_to;
  wt_span story;     /* path; of a dry run the path it would get */
  uint32_t revision; /* made or confirmed; 0: none */
  wt_instant captured;
  bool assumed;    /* captured is the file's mtime */
  wt_span because; /* why it is this story: "same URL", "87% of its words", "given", "nothing like it", ... */
  wt_span subject; /* what changed, in words */
  wt_span headline, outlet, url;
  uint32_t classes;
  bool substantive;
  wt_oid commit; /* none: no revision, or a dry run */
  uint64_t
      capture; /* record in the journal, of what is held already the first one that held it: the CAPTURE of accept and reject */
  const wt_error *error; /* of WT_REASON_TROUBLE; else NULL */
} wt_added;

/* All may be NULL. */
typedef struct wt_track_calls {
  void *context;
  void (*progress)(void *context, const char *what, uint64_t done, uint64_t total); /* total 0: not known */
  void (*warning)(void *context, const wt_error *err);
  void (*added)(void *context, const wt_added *added); /* in order; of what is durable (or of a dry run) only */
  void (*waiting)(void *context, const char *who);     /* another writer holds the lock */
  bool (*stop)(void *context);                         /* asked between captures; true: finish the batch and return */
} wt_track_calls;

typedef struct wt_track_options {
  bool create;      /* make the archive when there is none */
  bool bare;        /* when making it */
  bool no_captures; /* do not keep raw bytes */
  bool one_thread;  /* none beside the caller's; what is written is the same */
  bool words_later; /* the index's texts may stay unread until wt_track_words, or what needs them, asks */
  bool as_it_is;    /* all of it may: for wt_track_verify, which names what is in its way, and wt_track_reindex */
  wt_track_calls calls;
} wt_track_options;

/* Opens the archive in dir and its index, which is caught up or rebuilt when it is behind. WT_ENOTFOUND when there is no
   archive and create is false; WT_EREFUSED when the repository is not ours. Cost: a millisecond or two when up to date. */
WT_API wt_status wt_track_open(wt_track **out, const char *dir, const wt_track_options *options, wt_error *err);
/* Reads the texts that the index has not read yet, *texts of them. What needs them asks for it; nothing else waits for them. */
WT_API wt_status wt_track_words(uint64_t *texts, wt_track *track, wt_error *err);
WT_API void wt_track_close(wt_track *track);
WT_API wt_archive *wt_track_archive(wt_track *track); /* borrowed */
WT_API wt_index *wt_track_index(wt_track *track);     /* borrowed; read only for callers */
/* The archive at or above `from`: its directory appended to out. WT_ENOTFOUND. */
WT_API wt_status wt_track_discover(wt_buf *out, const char *from, wt_error *err);

/* ==== adding: track/add.c ==== */

typedef struct wt_add_options {
  wt_span story;            /* all of it belongs to this story, made when it is new; empty: found out */
  wt_span outlet;           /* empty: from URL or file */
  wt_span url;              /* where it was fetched; empty: from the file */
  wt_instant at;            /* WT_INSTANT_NONE: from manifest, container, name or mtime */
  const char *at_from_name; /* a pattern such as "%Y-%m-%d-%H%M"; NULL: none */
  wt_instant now; /* the caller's clock, for what has no other time; WT_INSTANT_NONE: such a capture is refused */
  const char *const *map;        /* column renames "captured=date", NULL-ended; NULL: none */
  bool dry_run;                  /* say what would be done, and do nothing */
  uint32_t batch;                /* captures to a durable batch; 0: 4,096 */
  const wt_fetch_options *fetch; /* for rows of a CDX list that lie in a web archive; NULL: they are told as trouble */
  const char *archive;           /* as wt_ingest_options */
  size_t max_bytes;              /* of one capture; 0: as wt_ingest_options */
} wt_add_options;

typedef struct wt_add_summary {
  uint64_t captures; /* seen */
  uint64_t by_reason[WT_REASONS];
  uint64_t revisions, stories; /* made */
} wt_add_summary;

/* WT_EINVAL, saying why: a pattern for at_from_name that has no %Y, or something else behind a % than Y m d H M S %. */
WT_API wt_status wt_add_pattern_check(const char *pattern, wt_error *err);
/* Adds files, folders ("-" is standard input), in order of capture time, whatever the order of the files. What a CDX list has
   in a web archive is asked for as its turn comes, but not what is held already; the lock is not held meanwhile. A capture
   that cannot be read is told through calls.added with WT_REASON_TROUBLE and the rest goes on; the call itself fails only for
   the archive's sake. */
WT_API wt_status wt_track_add(wt_add_summary *out, wt_track *track, const char *const *inputs, size_t count,
                              const wt_add_options *options, wt_error *err);
/* Adds what the archive in `dir` was given and kept, in order of time: a way for two whose mains have diverged. */
WT_API wt_status wt_track_add_from(wt_add_summary *out, wt_track *track, const char *dir, const wt_add_options *options,
                                   wt_error *err);
/* One capture that the caller holds; for watch and for servers. `added` is valid until the next call on the handle. */
WT_API wt_status wt_track_add_capture(wt_added *out, wt_track *track, const wt_capture *capture,
                                      const wt_add_options *options, wt_error *err);

/* ==== names: track/name.c ==== */

/* "STORY@N" cut in two; `at` is empty when there is none. Never fails. */
WT_API void wt_name_cut(wt_span *story, wt_span *at, wt_span name);
/* The story that a name means; a story that regroup emptied leads to where it went. WT_ENOTFOUND; WT_EAMBIGUOUS. */
WT_API wt_status wt_track_story(wt_story_row *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err);
/* The revision that STORY[@N|@DATE] names; without @ the current one. story may be NULL. WT_ENOTFOUND when there is no such
   story or revision; WT_EAMBIGUOUS. */
WT_API wt_status wt_track_revision(wt_revision_row *out, wt_story_row *story, wt_arena *arena, wt_track *track,
                                   wt_span name, wt_error *err);
/* Reads the text of a revision. */
WT_API wt_status wt_track_read(wt_story *out, wt_arena *arena, wt_track *track, const wt_revision_row *row,
                               wt_error *err);

/* ==== comparing: track/compare.c ==== */

/* One side: a file of any format, or STORY[@REV]. */
typedef struct wt_side {
  wt_span name; /* as asked for */
  bool is_revision;
  wt_story_row story;       /* when is_revision */
  wt_revision_row revision; /* when is_revision */
  wt_story text;
} wt_side;

typedef struct wt_comparison {
  wt_side old, newer;
  wt_diff diff;
  wt_classified classified;
} wt_comparison; /* in the arena */

/* track may be NULL: then both sides are files. A path that exists is a file; else a name in the archive. An empty `old`
   is the revision before `newer` in order of capture; then, when `newer` is the first, WT_ENOTFOUND. */
WT_API wt_status wt_track_compare(wt_comparison *out, wt_arena *arena, wt_track *track, wt_span old, wt_span newer,
                                  wt_error *err);
/* What a revision changed against the one before it in order of capture. WT_ENOTFOUND for the first. */
WT_API wt_status wt_track_change(wt_comparison *out, wt_arena *arena, wt_track *track, const wt_revision_row *row,
                                 wt_error *err);
/* Reads a file of any format as one story; "-" is standard input. */
WT_API wt_status wt_track_read_file(wt_story *out, wt_arena *arena, const char *path, wt_error *err);

/* ==== searching: track/search.c ==== */

typedef struct wt_found {
  wt_story_row story;
  uint32_t first, last;   /* first and last revision, in order of capture, that have every word */
  wt_instant from, until; /* from the first until it went; until is WT_INSTANT_NONE while the current text has it */
  wt_span sentence;       /* of the last such revision, one that has the most of them */
  wt_cut *marks;          /* byte ranges in `sentence` */
  size_t mark_count;
} wt_found;
typedef bool (*wt_found_each)(void *context, const wt_found *found);
/* Full text over all revisions: all words, "phrases in quotes" as they stand; case, accents' form and typography folded. */
WT_API wt_status wt_track_search(wt_track *track, wt_span query, wt_span outlet, uint32_t limit, wt_found_each each,
                                 void *context, wt_error *err);

/* ==== mending: track/regroup.c, track/quarantine.c, track/reread.c ==== */

/* Moves revisions first..last of `name` ("STORY@3..", "STORY@3..5", "STORY") into another story, or with `into` "new" into a
   story of their own. A commit for each; old names resolve. `made` gets the new story's path in the arena. */
WT_API wt_status wt_track_regroup(wt_span *made, uint32_t *count, wt_arena *arena, wt_track *track, wt_span name,
                                  wt_span into, wt_error *err);
/* Decides on a quarantined capture. accept makes it a revision (out says which), reject leaves it a sighting. capture 0:
   the only one that waits; WT_EAMBIGUOUS when there are more. */
WT_API wt_status wt_track_accept(wt_added *out, wt_track *track, wt_span story, uint64_t capture, wt_error *err);
WT_API wt_status wt_track_reject(wt_track *track, wt_span story, uint64_t capture, wt_error *err);
/* Reads stored captures again with the present reader; commits what comes out different, as `extractor-upgrade`.
   name empty: all stories. Each is told through calls.added. */
WT_API wt_status wt_track_reread(wt_add_summary *out, wt_track *track, wt_span name, bool dry_run, wt_error *err);

/* ==== upkeep: track/catch_up.c, track/verify.c ==== */

/* Throws the index away and makes its catalogue again from commits and the journal alone, at some 14 microseconds a revision.
   wt_track_words then reads the texts, at some 300 each; an interruption leaves them to whoever needs them. */
WT_API wt_status wt_track_reindex(uint64_t *revisions, wt_track *track, wt_error *err);
/* Checks every file, key, trailer and the index against git. Each fault goes to calls.warning; *faults counts them. */
WT_API wt_status wt_track_verify(uint64_t *faults, uint64_t *revisions, wt_track *track, wt_error *err);

/* ==== erasing: track/erase.c ==== */

typedef struct wt_track_erase_in {
  wt_span reason; /* one line; it stays */
  bool (*changed)(void *context, wt_oid old,
                  wt_oid newer);                   /* may be NULL: a commit that bears another id from now on */
  bool (*held_by)(void *context, const char *ref); /* may be NULL: a ref of the user's that still reaches the text */
  void *context;
} wt_track_erase_in;

/* Takes STORY, or the one revision STORY@N, out for good: text, raw captures, sightings and index rows go, a tombstone with the
   reason stays, and what follows is written anew (wt_archive_erase). The index is made again. Names, numbers and links outlive
   it, and of a sighting its time and the hash of what was taken in: the same capture is not taken in again. WT_ENOTFOUND;
   WT_EAMBIGUOUS. */
WT_API wt_status wt_track_erase(wt_archive_erased *out, wt_track *track, wt_span name, const wt_track_erase_in *in,
                                wt_error *err);

/* ==== watching: track/watch.c ==== */

typedef struct wt_watch_options {
  wt_fetch_options fetch;
  wt_instant (*now)(void *context); /* the caller's clock, asked as answers come */
  void *now_context;
  uint32_t most; /* URLs of one round; 0: 256 */
} wt_watch_options;

/* What became of one check. Told when it is durable. */
typedef struct wt_watched {
  wt_span url, source;
  wt_span final;  /* where redirects led to; empty: nowhere else */
  wt_span state;  /* new, changed, unchanged, not-modified, moved to URL, gone, soft-404, paywalled, cut, failed: WHY;
                             of a source: links */
  uint64_t links; /* of a source: new ones */
  wt_span story, subject; /* when a revision came of it */
  uint32_t revision;
  bool substantive;
  wt_instant at, next; /* next: WT_INSTANT_NONE is never */
} wt_watched;
typedef bool (*wt_watched_each)(void *context, const wt_watched *watched);

typedef struct wt_watch_summary {
  uint64_t asked, revisions, links, failed;
} wt_watch_summary;

/* One round: what is due is fetched, taken in, and its next time decided by the rule of track/schedule.h. Sources come from
   writethru.conf (source.NAME.url, kind, outlet, every) and, for source.NAME.fetch, from the repository's own configuration.
   Every check, with the schedule, is a record of the journal, so nothing is lost with the index. A failed check is never a
   deletion. The lock is held only while answers are written. WT_EINVAL for a source that cannot be understood, named. */
WT_API wt_status wt_track_watch(wt_watch_summary *out, wt_track *track, const wt_watch_options *options,
                                wt_watched_each each, void *context, wt_error *err);
/* What is watched: sources of writethru.conf that were never asked (no state, due at `now`), then wt_index_watched. */
WT_API wt_status wt_track_watched(wt_track *track, wt_instant now, wt_watch_each each, void *context, wt_error *err);
/* When the next round has something to do; WT_INSTANT_NONE: never. */
WT_API wt_status wt_track_watch_next(wt_instant *out, wt_track *track, wt_error *err);
/* Fetches pages once and takes them in, as `add URL` does. They are not watched. */
WT_API wt_status wt_track_add_urls(wt_watch_summary *out, wt_track *track, const wt_span *urls, size_t count,
                                   const wt_add_options *add, const wt_watch_options *options, wt_watched_each each,
                                   void *context, wt_error *err);

/* Is it a configuration without a mistake? WT_EINVAL names the key and the value of a source or an outlet that does not
   fit; sections that are none of ours are let through. */
WT_API wt_status wt_track_config_check(wt_span conf, wt_error *err);
/* Replaces writethru.conf in main, after checking that it is one. */
WT_API wt_status wt_track_configure(wt_track *track, wt_span conf, wt_instant now, wt_error *err);

/* ==== export: track/export.c ==== */

typedef enum wt_table {
  WT_TABLE_STORIES,
  WT_TABLE_REVISIONS,
  WT_TABLE_EDITS,
  WT_TABLE_SIGHTINGS,
  WT_TABLE_COPIES,
  WT_TABLE_FINDINGS
} wt_table;
#define WT_TABLES 6
WT_API const char *wt_table_name(wt_table table);
WT_API bool wt_table_parse(wt_table *out, wt_span name);
/* Appends rows to `out` and calls `flush` now and then, which takes them out. csv: RFC 4180, LF, cells that a spreadsheet
   would run are made harmless with a leading apostrophe; else JSON lines. */
WT_API wt_status wt_track_export(wt_buf *out, wt_track *track, wt_table table, bool csv,
                                 bool (*flush)(void *context, wt_buf *out), void *context, wt_error *err);
/* The data dictionary: one entry a column, as Markdown. */
WT_API wt_status wt_track_export_dictionary(wt_buf *out, wt_error *err);

/* ==== copies: track/copies*.c (without an archive: wt/track/copies.h) ==== */

/* A story that shares text with the one asked about. */
typedef struct wt_copier {
  wt_story_row story;       /* the other story */
  wt_revision_row revision; /* its current revision: what was compared */
  bool earlier;             /* it was there before the one asked about */
  wt_span because;    /* why it counts as earlier or later: "seen 3 h earlier", "its canonical address is there" */
  bool unsure;        /* the clocks are too close, and nothing else tells */
  uint32_t fits;      /* revision of the earlier of the two that the later one's current text fits best */
  uint32_t contained; /* share of the words of the one asked about found in the other, in parts of 10,000 */
  uint32_t contains;  /* the reverse */
  uint32_t shared_words;
  uint32_t own, longest; /* as wt_copy has them */
  wt_relation relation;
  bool same_headline;
  uint32_t kept, edited, added,
      deleted;       /* what the later did to the sentences of the revision that it fits: its own ones are
                                            kept, edited or deleted; */
  uint32_t moved;    /* of the kept and the edited, those that stand elsewhere */
  uint32_t behind;   /* revisions of the earlier one after the one that fits, up to its current */
  wt_span lacks;     /* subject of the newest correction, or else change of fact, among those; empty: none */
  bool ignores_kill; /* the earlier one was withdrawn, the later one still stands */
} wt_copier;

/* Another story of a cluster that was found elsewhere and imported. */
typedef struct wt_imported {
  wt_span url;
  wt_span path;         /* the story of this archive; empty: it holds none */
  bool leads;           /* the earliest of its cluster; else a member */
  uint64_t keys;        /* that it shares with the leader; 0 for the leader */
  uint32_t share;       /* of the smaller one's keys, in parts of 10,000 */
  wt_instant published; /* WT_INSTANT_NONE: not known */
  wt_instant at;        /* of the import */
} wt_imported;

typedef struct wt_imported_list {
  wt_imported *items; /* each cluster's leader first, then its members by time */
  size_t count;
} wt_imported_list; /* in the arena */

typedef struct wt_copiers {
  wt_story_row story; /* path empty when a file was asked about */
  wt_revision_row revision;
  wt_copier *items; /* most shared words first */
  size_t count;
  size_t earliest;     /* number in items of the earliest seen; SIZE_MAX: the one asked about is */
  wt_story_row *twins; /* stories whose headline is the same as folded; earliest first */
  size_t twin_count;
  wt_imported_list imported; /* what was found elsewhere; empty for a file */
} wt_copiers;                /* in the arena */

/* Who shares text with STORY[@REV], or with a file. The first call on a handle reads the archive's current texts, some 0.1 ms
   each; further calls take some 10 microseconds a story that shares text, and the diffs. */
WT_API wt_status wt_track_copies(wt_copiers *out, wt_arena *arena, wt_track *track, wt_span name, wt_error *err);

/* The same for a text that is no file: a page read by wt_track_read_url. It is the later of any two. */
WT_API wt_status wt_track_copies_text(wt_copiers *out, wt_arena *arena, wt_track *track, const wt_story *text,
                                      wt_error *err);
/* Fetches a page and reads it; nothing is kept, but what lies in the arena. WT_EREFUSED: robots.txt or the address forbids it;
   WT_ENOTFOUND: it is gone; WT_EIO. */
WT_API wt_status wt_track_read_url(wt_story *out, wt_arena *arena, wt_span url, const wt_fetch_options *options,
                                   wt_error *err);

/* The other stories of the clusters that the story is in, by its URL and its canonical one; of all clusters when it is NULL. */
WT_API wt_status wt_track_imported(wt_imported_list *out, wt_arena *arena, wt_track *track, const wt_story_row *story,
                                   wt_error *err);

/* Takes in the result of a copies job, lines of wt_pair_line: first every line goes through look, then every line through
   take, which keeps the whole of each cluster that has a story of this archive. What is known already adds nothing. Durable
   after commit, in the journal, so that reindex keeps it. WT_EFORMAT for a line that is none: the others may go on. Memory:
   8 bytes a cluster that touches the archive. Cost: two look-ups a line. */
typedef struct wt_import wt_import;
typedef struct wt_import_summary {
  uint64_t lines, taken, known; /* lines read by take; pairs that are new or changed; pairs that were held */
} wt_import_summary;
WT_API wt_status wt_import_open(wt_import **out, wt_track *track, wt_instant now, wt_error *err);
WT_API wt_status wt_import_look(wt_import *import, wt_span line, wt_error *err);
WT_API wt_status wt_import_take(wt_import *import, wt_span line, wt_error *err);
WT_API wt_status wt_import_commit(wt_import_summary *out, wt_import *import, wt_error *err);
WT_API void wt_import_close(wt_import *import); /* NULL is fine; what is not committed is dropped */

/* Stories that are one story: every member shares verified text with the leader, the earliest seen. */
typedef struct wt_cluster {
  wt_story_row leader;
  wt_story_row *members; /* by time of first sight; the leader is not among them */
  uint32_t *contained;   /* of each: the share of its words that the leader has, in parts of 10,000 */
  wt_relation *relations;
  size_t count;
  wt_instant first, last; /* first sight of the earliest and of the latest */
} wt_cluster;
/* Newest first, by the latest member. Valid during the call. A false stops (WT_OK). */
typedef bool (*wt_cluster_each)(void *context, const wt_cluster *cluster);
WT_API wt_status wt_track_clusters(wt_track *track, wt_cluster_each each, void *context, wt_error *err);

/* ==== who wrote what: track/blame*.c, track/findings*.c ==== */

/* Blame of STORY[@N|@DATE]: every revision up to that one, in order of capture; tombstones and what regroup took away are
   passed over. row and story say which it is; both may be NULL. Close with wt_blame_close. Cost: a diff a revision. */
WT_API wt_status wt_track_blame(wt_blame **out, wt_revision_row *row, wt_story_row *story, wt_arena *arena,
                                wt_track *track, wt_span name, wt_error *err);

/* One thing worth a look in a history. */
typedef enum wt_finding_kind {
  WT_FINDING_UNANNOUNCED,      /* a change of fact that contradicts what was said, with no notice */
  WT_FINDING_DEVELOPING,       /* a fact that moved forward, with no notice */
  WT_FINDING_UNMENTIONED,      /* a change of fact under a notice that speaks of something else */
  WT_FINDING_UNMATCHED_NOTICE, /* a notice that claims an edit that is not seen */
  WT_FINDING_NOTICE_CAME,
  WT_FINDING_NOTICE_WENT,
  WT_FINDING_RETURNED, /* a sentence that had gone came back */
  WT_FINDING_STATUS    /* withheld, canceled, corrected, or usable again */
} wt_finding_kind;
#define WT_FINDINGS 8
WT_API const char *wt_finding_name(wt_finding_kind kind);  /* "unannounced", ... */
WT_API const char *wt_finding_words(wt_finding_kind kind); /* for people */

typedef struct wt_finding {
  wt_finding_kind kind;
  const wt_revision_row *row;
  wt_span what;   /* the why line, the notice, the sentence or the status */
  uint32_t since; /* of WT_FINDING_RETURNED: the revision that had it last; else 0 */
} wt_finding;
typedef bool (*wt_finding_each)(void *context, const wt_finding *finding); /* false stops */
/* Findings of the revisions that pass the filter, by story and then by capture. Cost: a diff for each such revision. */
WT_API wt_status wt_track_findings(wt_track *track, const wt_revision_filter *filter, wt_finding_each each,
                                   void *context, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
