/*
 * name: which tokens are names, by their capitals and by what stands around them.
 *
 * A capital inside a sentence is a name. One that starts a sentence is weighed by how the word stands elsewhere in both
 * versions. In German, where every noun has a capital, titles, neighbours and articles decide.
 */
#ifndef WT_CLASSIFY_NAME_H
#define WT_CLASSIFY_NAME_H

#include "classify/passage.h"

/* How words stand in both versions. Built at the first question, in one pass. */
typedef struct wt_capitals {
  struct wt_capital_slot *slots;
  size_t mask, count;
  bool built;
} wt_capitals;

typedef struct wt_name_context {
  const wt_lexicon *lexicon;
  const wt_units *old, *newer;
  wt_arena *arena;
  wt_capitals capitals;
  bool strict; /* a first word that nothing else knows is no name: for text with no other side to hold it against */
  bool failed; /* out of memory */
} wt_name_context;

/* Sets ROLE_NAME. Runs after dates and numbers have taken theirs. */
wt_status wt_names_mark(wt_passage *side, wt_name_context *context, wt_error *err);
/* The token without 's, apostrophes and points: what two names are compared by. Borrows, or writes into out (64 bytes). */
wt_span wt_name_norm(char out[64], const wt_token *token);
/* The whole name around a token: its first and last token. */
void wt_name_around(const wt_passage *side, size_t at, size_t *first, size_t *last);

#endif
