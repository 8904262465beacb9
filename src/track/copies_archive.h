/* The current texts of an archive as a set of copies, kept with the handle. */
#ifndef WT_TRACK_COPIES_ARCHIVE_H
#define WT_TRACK_COPIES_ARCHIVE_H

#include "copies_align.h"
#include "wt/track.h"

/* One story of the set, in the set's order, which is the order of time. */
typedef struct track_copies_row {
  wt_story_row story;
  wt_revision_row
      revision;      /* the text that stands in the set: the current one, of a killed story the last that stood */
  wt_time published; /* precision WT_TIME_NONE: not said */
  wt_span credit, canonical;
  wt_instant time; /* what the order is by */
} track_copies_row;

typedef struct track_copies {
  wt_copies *set;
  wt_arena arena;
  track_copies_row *rows;
  size_t count;
  wt_index_stamp stamp; /* of the index it was made from */
} track_copies;

/* The handle's set, made when it is absent or the archive went on. Borrowed. */
wt_status track_copies_need(track_copies **out, wt_track *track, wt_error *err);
/* A set of its own with one more text, last; `without` is a story to leave out, 0: none. Of a large archive only the stories
   that share keys with the text. */
wt_status track_copies_with(track_copies **out, wt_track *track, const wt_story *guest, int64_t without, wt_error *err);
/* A set that answers for a story: the handle's, or of a large archive one of its own with the stories that share keys with
   its text, which is to be closed (*own). */
wt_status track_copies_for(track_copies **out, bool *own, wt_track *track, const wt_story *text, int64_t story,
                           wt_error *err);
void track_copies_close(track_copies *copies); /* NULL is fine */
/* The number of a story in the set; count when it is not there. */
size_t track_copies_find(const track_copies *copies, int64_t story);

/* A story that came without its address takes the one that it gives itself as canonical; one at another outlet is where its text
   belongs, and is left. */
wt_status track_copies_name(track_copies_row *row, wt_track *track, wt_error *err);

/* Words of a text, as alignments take them. Release with wt_free(words.words). */
wt_status track_copies_words(wt_words_of *out, const wt_story *story, wt_error *err);

#endif
