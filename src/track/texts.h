/* texts: recent texts of stories, parsed, by story; so that the next capture needs no look into git. */
#ifndef WT_TRACK_TEXTS_H
#define WT_TRACK_TEXTS_H

#include "wt/track.h"

#include <stdatomic.h>

/* One text, and the revision that it is. */
typedef struct track_text {
  int64_t story;
  wt_revision_row row; /* spans in the arena */
  wt_arena arena;
  wt_story text;
  wt_fingerprint print;
  atomic_uint sharers;              /* beside the one that holds it; the text is then read and never changed */
  bool pinned;                      /* not durable yet: git cannot give it back */
  struct track_text *newer, *older; /* by use */
  struct track_text *next;          /* in its slot */
} track_text;

typedef struct track_texts {
  track_text **slots;
  size_t slot_count, count;
  size_t bytes, limit; /* ceiling of bytes; 0: TRACK_TEXTS_LIMIT */
  track_text *newest, *oldest;
} track_texts;
#define TRACK_TEXTS_LIMIT ((size_t)96 << 20)

/* As the index takes it; of NULL, nothing. */
wt_index_text track_index_text(const track_text *entry);
/* The text held for a story, or NULL. Borrowed until the next put or drop. */
track_text *track_texts_get(track_texts *texts, int64_t story);
/* Takes over an entry made with wt_alloc_zero; replaces the story's. NULL is never taken. */
wt_status track_texts_put(track_texts *texts, track_text *entry, wt_error *err);
void track_texts_forget(track_texts *texts, int64_t story);
void track_texts_unpin(track_texts *texts); /* after a commit */
void track_texts_drop(track_texts *texts);  /* forgets all */
/* One more holder, on whatever thread: each of them frees it. */
void track_text_share(track_text *entry);
void track_text_free(track_text *entry);
/* Drops the oldest until the ceiling is kept; pinned ones stay. */
void track_texts_trim(track_texts *texts);

#endif
