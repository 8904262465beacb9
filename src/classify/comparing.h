/*
 * comparing: both sides of one edit as they are compared, and what is told of them.
 *
 * The order of the findings is the order of weight: facts first, then who said it and how surely, then words. Each finding
 * marks the tokens that it explains; only what nothing explains is wording, spelling or typography.
 */
#ifndef WT_CLASSIFY_COMPARING_H
#define WT_CLASSIFY_COMPARING_H

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

/* Adds a class and a line that says why; the text of each side is cut to a readable length. Empty sides are told so. */
void wt_tell(wt_comparing *comparing, wt_class class, bool substantive, const char *label, wt_span old, wt_span new,
             wt_span tail);
/* What was told last says otherwise what was said. */
void wt_contradicts(wt_comparing *comparing);
/* The text of tokens begin..end - 1, as far as they are of one sentence. */
wt_span wt_hunk_text(const wt_passage *side, uint32_t begin, uint32_t end);

#endif
