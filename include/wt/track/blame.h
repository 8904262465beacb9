/*
 * track/blame: who wrote each sentence and each word: the revision and the time that brought it.
 *
 * Invariants
 *   - A word's origin is the first revision that brought it: text that moves, is split or merged keeps it, and text that
 *     was deleted and comes back gets its first origin again.
 *   - Adding a revision costs O(size of the text + size of the change), whatever the length of the history.
 *   - wt_blame_replay gives the units of every revision added, byte for byte.
 *   - Origins are places in the order added, from 1: a late capture's number is larger than its place.
 *     wt_blame_number(blame, place) is the revision's number.
 *   - The handle copies what it keeps: stories and diffs may go after the call.
 *
 *     wt_blame *blame;
 *     if (wt_blame_open(&blame, 0, &err) != WT_OK) return ...;
 *     for (each revision, in order of capture) wt_blame_add(blame, number, captured, &story, &err);
 *     for (size_t i = 0; i < wt_blame_count(blame); i++) {
 *       const wt_blame_unit *unit = wt_blame_at(blame, i);
 *       ... unit->text, wt_blame_number(blame, unit->words[k].origin) ...
 *     }
 *     wt_blame_close(blame);
 */
#ifndef WT_TRACK_BLAME_H
#define WT_TRACK_BLAME_H

#include "../diff.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_blame wt_blame;

typedef struct wt_blame_word {
  uint32_t begin, end; /* bytes in the unit's text; marks and spaces are no words, but a number's sign belongs to it */
  uint32_t origin;     /* place of the revision that brought it */
} wt_blame_word;

/* One sentence of the newest revision. */
typedef struct wt_blame_unit {
  wt_span text;
  uint32_t paragraph;
  uint32_t origin;    /* place of the revision that first had this sentence, in whatever wording */
  uint32_t last_edit; /* place of the one that last changed its words; origin when none did */
  uint32_t last_move; /* place of the one that last moved it; 0: none */
  uint32_t moves;     /* how often it was moved */
  const wt_blame_word *words;
  size_t word_count;
} wt_blame_unit;

/* limit: ceiling of memory in bytes; 0 means WT_ARENA_LIMIT. */
WT_API wt_status wt_blame_open(wt_blame **out, size_t limit, wt_error *err);
WT_API void wt_blame_close(wt_blame *blame); /* NULL is fine */

/* Adds the next revision, by its number, which is not 0 (WT_EINVAL). Diffs it against the last one added. */
WT_API wt_status wt_blame_add(wt_blame *blame, uint32_t number, wt_instant captured, const wt_story *story,
                              wt_error *err);
/* The same with the sentences given. */
WT_API wt_status wt_blame_add_units(wt_blame *blame, uint32_t number, wt_instant captured, const wt_units *units,
                                    wt_error *err);
/* The same with the diff given; diff->old must be the units of the last revision added (WT_EINVAL). */
WT_API wt_status wt_blame_add_diff(wt_blame *blame, uint32_t number, wt_instant captured, const wt_diff *diff,
                                   wt_error *err);

/* Sentences of the newest revision; valid until the next call that adds. */
WT_API size_t wt_blame_count(const wt_blame *blame);
WT_API const wt_blame_unit *wt_blame_at(const wt_blame *blame, size_t index);
/* Revisions added so far; the number and the capture time of the one at a place from 1. 0 and WT_INSTANT_NONE for none. */
WT_API size_t wt_blame_revisions(const wt_blame *blame);
WT_API uint32_t wt_blame_number(const wt_blame *blame, size_t place);
WT_API wt_instant wt_blame_time(const wt_blame *blame, size_t place);

/* Appends a revision's text in the form of wt_diff_apply: a sentence a line, an empty line between paragraphs.
   WT_ENOTFOUND when there is none at that place. */
WT_API wt_status wt_blame_replay(wt_buf *out, const wt_blame *blame, size_t place, wt_error *err);

/* ---- saying it ---- */

/* With numbers, not places:
   {"schema":1,"story":..,"revision":n,"revisions":[{"number":n,"captured":..}],"units":[{"text":..,"paragraph":n,
   "origin":n,"last_edit":n,"last_move":n,"moves":n,"words":[{"begin":n,"end":n,"origin":n}]}]}, without a line end. */
WT_API wt_status wt_blame_print_json(wt_buf *out, const wt_blame *blame, wt_span story, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
