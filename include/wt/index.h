/*
 * index: an archive's look-up tables in SQLite, in two stages that its owner (track) fills one behind the other:
 *   the catalogue   stories, revisions, sightings: what commits and the journal say
 *   the words       what texts say: headlines, status, keys, what identifies a story, what it looks like, full text
 *
 * Invariants
 *   - Everything in it follows from the archive: main and the journal. It can be deleted at any time.
 *   - The catalogue is stamped with the `main` and the journal record that it has seen. Revisions have their places in main,
 *     and texts are read in that order: the words are stamped with the place of the last that was read.
 *   - Once both have come to the same place it does not matter which steps they took.
 *   - One handle serves one thread. Writers hold the archive's lock; readers never wait (write-ahead log).
 *   - Rows that are handed out lie in the arena given, or, in an `each`, are valid during the call only.
 *   - Times are instants; -1 never means "none", WT_INSTANT_NONE does.
 *
 * Order of life: open, (begin, put..., stamp, commit)*, look-ups, close.
 */
#ifndef WT_INDEX_H
#define WT_INDEX_H

#include "archive.h"
#include "fingerprint.h"
#include "story.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_index wt_index;

/* ---- rows ---- */

/* One story. */
typedef struct wt_story_row {
  int64_t id;   /* of this index alone: never printed, never stored in git */
  wt_span path; /* outlet/yyyy/mm/dd/slug.txt: the story's name */
  wt_span outlet, headline, url, canonical, language;
  wt_instant first, last; /* capture times of the earliest and of the current revision */
  wt_instant seen;        /* last sighting of any state */
  uint32_t revisions;     /* highest number */
  uint32_t current;       /* number of the revision with the latest capture time: the present text */
  wt_oid tip;             /* commit of the highest number */
  wt_oid tip_blob;
  wt_story_status status; /* of the current revision */
  uint32_t quarantined;   /* captures that wait for a decision */
  uint32_t words;         /* of the current body */
  wt_span moved_to;       /* path of the story that took all of it (regroup); empty: it stands */
} wt_story_row;

/* What a revision is beside its text. */
enum {
  WT_REVISION_SUBSTANTIVE = 1 << 0, /* some edit can change what a reader believes */
  WT_REVISION_QUIET = 1 << 1, /* noise by its reason, and not substantive: `log` leaves it out, `log --all` shows it */
  WT_REVISION_UNANNOUNCED = 1 << 2, /* a substantive change of fact with no notice in the new version */
  WT_REVISION_DEVELOPING = 1 << 3,
  WT_REVISION_ERASED = 1 << 4 /* a tombstone */
};

/* One revision. */
typedef struct wt_revision_row {
  uint64_t place;  /* in main, among its revisions, from 1 */
  int64_t story;   /* wt_story_row.id */
  wt_span path;    /* of the story */
  uint32_t number; /* from 1; never renumbered */
  wt_oid commit, blob, capture, previous;
  wt_instant captured;
  wt_span subject, url, reason, headline;
  wt_hash key;      /* wt_story.key: exact */
  wt_hash folded;   /* wt_story.folded */
  uint32_t classes; /* bit 1u << wt_class, against the revision in force before it */
  uint32_t flags;   /* WT_REVISION_* */
  wt_story_status status;
  uint32_t words;
  wt_span moved_to; /* "PATH@N": what regroup made of it; empty: it stands */
} wt_revision_row;

/* One sighting: a capture, whatever became of it. */
typedef struct wt_sighting_row {
  uint64_t record; /* number of its record in the journal; for `accept` and `reject` it is the CAPTURE */
  int64_t story;   /* 0: none (a page not found of a story never seen) */
  wt_span path;    /* of the story */
  wt_instant at;
  bool assumed;      /* the time is a guess (file's mtime) */
  wt_span state;     /* reason code: new-story, revision, unchanged, quarantined: shrunk, ... */
  uint32_t revision; /* made by it, or that it confirmed; 0: none */
  wt_span url, file;
  wt_oid capture;                          /* raw bytes when kept; else none */
  wt_span given_headline, given_published; /* by a manifest, over what the reader found */
  wt_hash input;                           /* of bytes, time, URL and outlet: the same input again has the same */
  wt_hash folded;                          /* of the text read */
  wt_span decision;                        /* for a quarantined one: empty (waits), accepted, rejected */
} wt_sighting_row;

/* ---- opening ---- */

/* Opens or makes the index file (WAL, durable enough: it is rebuildable). read_only never writes, not even for the log.
   path ":memory:" makes one that is forgotten, "" one that is too, and that lies on the disk when it is large. WT_ECORRUPT
   when the file is no index of this version: delete and rebuild. */
WT_API wt_status wt_index_open(wt_index **out, const char *path, bool read_only, wt_error *err);
WT_API void wt_index_close(wt_index *index);

/* Reads and parses a text, and counts its words, for rows of unread revisions: they are handed out whole all the same. */
typedef wt_status (*wt_index_text_of)(void *owner, wt_story *text, uint32_t *words, wt_arena *arena, wt_oid blob,
                                      wt_error *err);
/* Without it such rows have no headline, language, canonical URL, exact key, status and words. */
WT_API void wt_index_on_unread(wt_index *index, wt_index_text_of text_of, void *owner);

typedef struct wt_index_stamp {
  wt_oid main;      /* tip seen; none: nothing yet */
  uint64_t journal; /* records seen */
} wt_index_stamp;
/* Is the file sound? What SQLite finds wrong is appended to out, a line each; nothing when all is well. Reads all of it. */
WT_API wt_status wt_index_check(wt_buf *out, wt_index *index, wt_error *err);
/* What `held` says otherwise than `made`, an index made anew from the same git: a line for the first such row of each table;
   nothing when they agree. Reads all of both. WT_EBUSY: their stamps differ. */
WT_API wt_status wt_index_compare(wt_buf *out, wt_index *held, wt_index *made, wt_error *err);
WT_API wt_status wt_index_stamp_get(wt_index_stamp *out, wt_index *index, wt_error *err);
/* Places of the last revision, and of the last whose text was read: equal when the words have caught up. */
WT_API wt_status wt_index_places(uint64_t *last, uint64_t *read, wt_index *index, wt_error *err);

/* ---- writing: between begin and commit ---- */

WT_API wt_status wt_index_begin(wt_index *index, wt_error *err); /* waits up to 30 s for another writer */
/* Ends what begin began. The stamp says what the catalogue now follows from, NULL: the same as before; the words' own is kept
   here. On failure all since begin is taken back. */
WT_API wt_status wt_index_commit(wt_index *index, const wt_index_stamp *stamp, wt_error *err);
WT_API void wt_index_rollback(wt_index *index);                  /* takes all since begin back */
WT_API wt_status wt_index_clear(wt_index *index, wt_error *err); /* every row and the stamp go */

/* What identifies a story within its outlet. */
typedef enum wt_identity_kind {
  WT_IDENTITY_URL,      /* normalised: no scheme, fragment, utm parameters, "www.", "amp" or slash at the end */
  WT_IDENTITY_EMBEDDED, /* an id that the source carries */
  WT_IDENTITY_SLUG,     /* wire slug without take and version */
  WT_IDENTITY_NAME      /* a name given by --story, or an old path after regroup */
} wt_identity_kind;

/* What the index takes of a text: both parts. */
typedef struct wt_index_text {
  const wt_story *story;       /* headline, status, identity, searchable words */
  const wt_fingerprint *print; /* what later captures are compared by */
} wt_index_text;

/* Adds a revision; makes its story when `row->path` is new. row->place, row->story and the story's aggregates are computed
   here. Without a text, or while texts before it are unread, the revision is unread (row->folded is then its key), but for a
   tombstone (flag ERASED), which has none. `before` is the text of any lower number of the story, NULL for none: what it has
   too is not put in twice. */
WT_API wt_status wt_index_put_revision(int64_t *story, wt_index *index, const wt_revision_row *row,
                                       const wt_index_text *text, const wt_index_text *before, wt_error *err);
/* The same for many at once, without their texts, several times as fast. From open to close nothing else is asked of the
   index. Afresh after wt_index_clear it is fastest. most: stories kept in memory, 0: a million, some 200 bytes each. */
typedef struct wt_index_load wt_index_load;
WT_API wt_status wt_index_load_open(wt_index_load **out, wt_index *index, size_t most, wt_error *err);
WT_API wt_status wt_index_load_put(wt_index_load *load, const wt_revision_row *row, wt_error *err);
/* Without `keep` the transaction has to be rolled back. */
WT_API wt_status wt_index_load_close(wt_index_load *load, bool keep, wt_error *err);
/* The next unread revisions, in the order of main, at most `limit`; a false stops. */
typedef bool (*wt_revision_row_each)(void *context, const wt_revision_row *row);
WT_API wt_status wt_index_unread(wt_index *index, uint32_t limit, wt_revision_row_each each, void *context,
                                 wt_error *err);
/* The text of the first unread revision, as wt_index_unread gave it: the words have come to its place. A tombstone has none. */
WT_API wt_status wt_index_put_text(wt_index *index, const wt_revision_row *row, const wt_index_text *text,
                                   const wt_index_text *before, wt_error *err);
WT_API wt_status wt_index_put_sighting(wt_index *index, const wt_sighting_row *row, wt_error *err);
/* decision: accepted or rejected, for the sighting of that record. */
WT_API wt_status wt_index_put_decision(wt_index *index, uint64_t record, wt_span decision, wt_error *err);
/* From now on this identity means this story. */
WT_API wt_status wt_index_put_identity(wt_index *index, wt_identity_kind kind, wt_span outlet, wt_span value,
                                       int64_t story, wt_error *err);
/* One revision of a story went to another as number `became`. Once none is left the whole story did: its identities,
   sightings and samples follow, and it is found under its old name still. */
WT_API wt_status wt_index_put_regroup(wt_index *index, int64_t from, uint32_t number, int64_t into, uint32_t became,
                                      wt_error *err);

/* ---- stories ---- */

/* WT_ENOTFOUND when there is none. */
WT_API wt_status wt_index_story(wt_story_row *out, wt_arena *arena, wt_index *index, int64_t id, wt_error *err);
WT_API wt_status wt_index_story_by_path(wt_story_row *out, wt_arena *arena, wt_index *index, wt_span path,
                                        wt_error *err);
/* Its id alone: no text is read for it. */
WT_API wt_status wt_index_story_id(int64_t *out, wt_index *index, wt_span path, wt_error *err);
/* By any identity, in any outlet, newest first: WT_ENOTFOUND. outlet may be empty: any. */
WT_API wt_status wt_index_story_by_identity(wt_story_row *out, wt_arena *arena, wt_index *index, wt_identity_kind kind,
                                            wt_span outlet, wt_span value, wt_error *err);
/* Every story of the outlet with that identity, the one that took it last first; at most `limit`. */
typedef bool (*wt_id_each)(void *context, int64_t story);
WT_API wt_status wt_index_identities(wt_index *index, wt_identity_kind kind, wt_span outlet, wt_span value,
                                     uint32_t limit, wt_id_each each, void *context, wt_error *err);
/* Appends the normal form of a URL: what two addresses of one page have in common (see WT_IDENTITY_URL). */
WT_API void wt_url_normal(wt_buf *out, wt_span url);

typedef struct wt_story_filter {
  wt_span outlet;          /* empty: any */
  wt_span part;            /* a part of path, headline or URL, ASCII case ignored; empty: any */
  wt_instant since, until; /* of the current revision; WT_INSTANT_NONE: open. Half open: since <= t < until */
  bool quarantined;        /* only those with captures that wait */
  bool moved;              /* also those that regroup emptied */
  bool by_status;          /* only those whose current status is `status` */
  wt_story_status status;
  bool catalogue; /* rows as the catalogue has them: of unread texts nothing is told */
  uint32_t limit; /* 0: all */
} wt_story_filter;
/* By outlet, then by time of first sight, then by path. A false stops (WT_OK). */
typedef bool (*wt_story_each)(void *context, const wt_story_row *row);
WT_API wt_status wt_index_stories(wt_index *index, const wt_story_filter *filter, wt_story_each each, void *context,
                                  wt_error *err);

/* ---- revisions ---- */

/* WT_ENOTFOUND when there is none of that number. */
WT_API wt_status wt_index_revision(wt_revision_row *out, wt_arena *arena, wt_index *index, int64_t story,
                                   uint32_t number, wt_error *err);
/* The revision in force at a time: the latest with captured <= at, of the highest number among equals. */
WT_API wt_status wt_index_in_force(wt_revision_row *out, wt_arena *arena, wt_index *index, int64_t story, wt_instant at,
                                   wt_error *err);
/* The one before this in order of capture: what its classes and its diff are against. */
WT_API wt_status wt_index_before(wt_revision_row *out, wt_arena *arena, wt_index *index, const wt_revision_row *row,
                                 wt_error *err);
/* The highest number whose folded text is this, of those whose exact key is `key` when there are any: WT_ENOTFOUND. */
WT_API wt_status wt_index_by_text(wt_revision_row *out, wt_arena *arena, wt_index *index, int64_t story, wt_hash folded,
                                  wt_hash key, wt_error *err);
/* By commit id: for links that last. */
WT_API wt_status wt_index_by_commit(wt_revision_row *out, wt_arena *arena, wt_index *index, wt_oid commit,
                                    wt_error *err);

typedef struct wt_revision_filter {
  int64_t story;           /* 0: all stories */
  wt_span outlet;          /* empty: any */
  uint32_t classes;        /* any of these; 0: all */
  wt_span reason;          /* empty: any */
  wt_instant since, until; /* of capture; half open; WT_INSTANT_NONE: open */
  uint32_t flags_all;      /* all of these WT_REVISION_* */
  uint32_t flags_none;     /* none of these; for `log` WT_REVISION_QUIET */
  bool newest_first;       /* else oldest first: by capture time, then by number, then by path */
  bool catalogue;          /* rows as the catalogue has them: of unread texts nothing is told */
  uint32_t limit;          /* 0: all */
} wt_revision_filter;
WT_API wt_status wt_index_revisions(wt_index *index, const wt_revision_filter *filter, wt_revision_row_each each,
                                    void *context, wt_error *err);

/* ---- sightings ---- */

typedef struct wt_sighting_filter {
  int64_t story; /* 0: all */
  bool waiting;  /* only quarantined ones with no decision */
  wt_instant since, until;
  uint32_t limit;
} wt_sighting_filter;
typedef bool (*wt_sighting_each)(void *context, const wt_sighting_row *row);
/* In order of time. */
WT_API wt_status wt_index_sightings(wt_index *index, const wt_sighting_filter *filter, wt_sighting_each each,
                                    void *context, wt_error *err);
/* The sighting of the same input, if it was ever taken in: WT_ENOTFOUND. */
WT_API wt_status wt_index_seen(wt_sighting_row *out, wt_arena *arena, wt_index *index, wt_hash input, wt_error *err);
WT_API wt_status wt_index_sighting(wt_sighting_row *out, wt_arena *arena, wt_index *index, uint64_t record,
                                   wt_error *err);

/* ---- who looks like whom ---- */

/* Stories of an outlet whose current text shares samples with `print` and that ran within [since, until), which is: last
   capture at or after since, first before until. Most shared first, at most `limit`. Shared is a count of samples, for the
   caller to verify. */
typedef bool (*wt_near_each)(void *context, int64_t story, uint32_t shared);
WT_API wt_status wt_index_near(wt_index *index, wt_span outlet, const wt_fingerprint *print, wt_instant since,
                               wt_instant until, uint32_t limit, wt_near_each each, void *context, wt_error *err);

/* ---- headlines ---- */

/* One run of a headline: a story showed it from one revision on, until the next that showed another. */
typedef struct wt_headline_row {
  int64_t story;
  wt_span path, outlet, headline;
  uint32_t number;        /* revision that brought it */
  wt_instant from, until; /* until: WT_INSTANT_NONE while it stands */
  wt_hash folded;         /* of the headline */
} wt_headline_row;
typedef bool (*wt_headline_each)(void *context, const wt_headline_row *row);
/* Of one story in order of time; or, with story 0, every headline that more than one story carried, grouped by its
   folded form, then in order of time. */
WT_API wt_status wt_index_headlines(wt_index *index, int64_t story, wt_headline_each each, void *context,
                                    wt_error *err);

/* ---- watching ---- */

/* What the watcher knows of one URL. */
typedef struct wt_watch_row {
  wt_span url;
  wt_span source;              /* name in the configuration, of what led to it */
  bool is_source;              /* it gives links: a feed, sitemap or section page */
  wt_span etag, last_modified; /* of the last answer that had a body */
  wt_span state;    /* of the last check: "new", "changed", "unchanged", "failed: ...", ... ; empty: not asked yet */
  wt_span path;     /* of its story; empty: none */
  wt_instant first; /* first heard of */
  wt_instant checked, changed, next; /* WT_INSTANT_NONE: not yet; for next: never again */
  int32_t factor;                    /* of the schedule */
  uint32_t trouble;
} wt_watch_row;

WT_API wt_status wt_index_put_watch(wt_index *index, const wt_watch_row *row, wt_error *err);
/* WT_ENOTFOUND when it was never heard of. */
WT_API wt_status wt_index_watch(wt_watch_row *out, wt_arena *arena, wt_index *index, wt_span url, wt_error *err);
typedef bool (*wt_watch_each)(void *context, const wt_watch_row *row);
/* Those with next <= now: sources first, then by next, then by URL. */
WT_API wt_status wt_index_watch_due(wt_index *index, wt_instant now, uint32_t limit, wt_watch_each each, void *context,
                                    wt_error *err);
/* All, sources first, then by URL. */
WT_API wt_status wt_index_watched(wt_index *index, wt_watch_each each, void *context, wt_error *err);
/* The earliest next; WT_INSTANT_NONE: nothing is to be asked again. */
WT_API wt_status wt_index_watch_next(wt_instant *out, wt_index *index, wt_error *err);

/* ---- copies found elsewhere ---- */

/* One pair of an imported cluster, by URL: neither need be a story of this archive. */
typedef struct wt_imported_row {
  wt_span leader, member;
  uint64_t keys;                          /* that they share */
  uint32_t share;                         /* of the smaller one's keys, in parts of 10,000 */
  wt_instant leader_published, published; /* WT_INSTANT_NONE: not known */
  wt_instant at;                          /* of the import */
} wt_imported_row;
/* In the place of what was known of the two. */
WT_API wt_status wt_index_put_imported(wt_index *index, const wt_imported_row *row, wt_error *err);
/* That very pair: WT_ENOTFOUND. */
WT_API wt_status wt_index_imported_pair(wt_imported_row *out, wt_arena *arena, wt_index *index, wt_span leader,
                                        wt_span member, wt_error *err);
typedef bool (*wt_imported_each)(void *context, const wt_imported_row *row);
/* The pairs of each cluster that this URL leads or is a member of, or of all when it is empty: by leader, then by time, then
   by URL. A false stops (WT_OK). */
WT_API wt_status wt_index_imported(wt_index *index, wt_span url, wt_imported_each each, void *context, wt_error *err);

/* ---- words ---- */

/* Stories in some revision of which every word (or "phrase in quotes") of the query occurs: a superset, for
   the caller to verify against the texts; the most lately seen first. WT_EINVAL for a query with no word in it. */
WT_API wt_status wt_index_search(wt_index *index, wt_span query, wt_span outlet, uint32_t limit, wt_story_each each,
                                 void *context, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
