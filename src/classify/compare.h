/*
 * compare: both sides of one edit, and what differs between them in meaning.
 *
 * The order of the findings is the order of weight: facts first, then who said it and how surely, then words. Each finding
 * marks the tokens that it explains; only what nothing explains is wording, spelling or typography.
 */
#ifndef WT_CLASSIFY_COMPARE_H
#define WT_CLASSIFY_COMPARE_H

#include "classify/facts.h"
#include "classify/name.h"

#define WT_MOST_WHY 8u /* lines for one edit; the rest is counted in the last */

/* One stretch of changed tokens and what stands opposite; either may be empty. */
typedef struct wt_hunk {
  uint32_t old, old_end, newer, new_end; /* tokens */
} wt_hunk;

typedef struct wt_comparing {
  wt_arena *arena;
  wt_name_context *names;
  const wt_quotes *old_quotes, *new_quotes;
  wt_passage old, newer;
  wt_facts old_facts, new_facts;
  wt_hunk *hunks;
  size_t hunk_count;
  wt_meaning *meaning;
  wt_why_mark *last;  /* of the line told last; NULL: it had no room */
  bool after_quote;   /* the sentence before, in the same paragraph, ends a quote: this one may say who spoke */
  bool marks_only;    /* all changed facts so far are clock times or "3 hours ago" */
  bool developing;    /* at least one fact moved forward */
  bool contradicting; /* at least one fact did not */
  bool failed;        /* out of memory */
} wt_comparing;

/* Both sides of an edit; `edit` may be NULL: then everything changed. Fills meaning. */
wt_status wt_compare(wt_comparing *comparing, const wt_diff *diff, const wt_edit *edit, wt_error *err);
/* One side alone: what came with a sentence, or went with it. */
wt_status wt_compare_alone(wt_comparing *comparing, const wt_units *units, const wt_quotes *quotes, uint32_t first,
                           uint32_t count, bool added, wt_error *err);

/* Adds a class and a line that says why; the text of each side is cut to a readable length. Empty sides are told so. */
void wt_tell(wt_comparing *comparing, wt_class class, bool substantive, const char *label, wt_span old, wt_span new,
             wt_span tail);
/* What was told last says otherwise what was said. */
void wt_contradicts(wt_comparing *comparing);
/* Reads facts, names and hunks of both sides. */
wt_status wt_comparing_read(wt_comparing *comparing, wt_error *err);

/* "one" and "first" are often no counts: alone, with nothing opposite, they are wording. */
bool wt_is_weak_fact(const wt_passage *side, const wt_fact *fact);
void wt_compare_facts(wt_comparing *comparing);
void wt_compare_names(wt_comparing *comparing);
void wt_compare_speech(wt_comparing *comparing); /* attribution, hedge, negation, sides */
void wt_compare_quotes(wt_comparing *comparing);
void wt_compare_roles(wt_comparing *comparing); /* "the finance minister" for "the mayor", when no quote has told it */
/* One word opposite one word, and a slip of the keys or of a school of spelling between them. */
bool wt_is_misspelling(const wt_comparing *comparing, const wt_hunk *hunk);
/* A word that one side has with a slip of the keys means what the right one means: "setitmane" is a week, too. */
void wt_read_slips(wt_comparing *comparing);
/* Folded texts that differ in accents alone: "aprobo" and "aprob\u00F3". */
bool wt_same_but_accents(wt_span a, wt_span b);
void wt_compare_rest(wt_comparing *comparing); /* wording, spelling, typography */

/* Longest common subsequence of two lists of texts: sets the flags of what is in it. Equal ends are free; the middle is
   aligned exactly up to 64 by 64, beyond that by the next equal one. */
void wt_common(const wt_span *old, size_t n, bool *old_in, const wt_span *new, size_t m, bool *new_in);
wt_span wt_hunk_text(const wt_passage *side, uint32_t begin, uint32_t end);

#endif
