/*
 * passage: the units of one edit on one side, cut into tokens that know what they are and whether they changed.
 *
 * Tokens are finer than the diff's words: a hyphen, a currency sign and a percent sign stand alone, so that "5-mile" and
 * "Oslo-based" show their number and their name. Spaces are no tokens.
 */
#ifndef WT_CLASSIFY_PASSAGE_H
#define WT_CLASSIFY_PASSAGE_H

#include "classify/lexicon.h"
#include "classify/quotes.h"

typedef enum wt_token_kind { TOKEN_LETTERS, TOKEN_DIGITS, TOKEN_MARK } wt_token_kind;

/* What a token is part of. */
typedef enum wt_role { ROLE_NONE, ROLE_NUMBER, ROLE_DATE, ROLE_NAME, ROLE_SAY, ROLE_HEDGE, ROLE_NOT } wt_role;

typedef struct wt_token {
  wt_span text;              /* in the unit */
  wt_span folded;            /* in the unit or in the arena; of digits: in ASCII */
  uint32_t unit, begin, end; /* bytes in that unit */
  uint32_t region; /* kept tokens before this one: changed tokens of both sides with one region stand opposite */
  wt_token_kind kind;
  wt_role role;
  bool changed; /* not kept by the diff */
  bool glued;   /* no space before it */
  bool capital; /* starts with an upper-case letter */
  bool first;   /* starts a sentence, or stands after an opening quote or a colon */
  bool quoted;  /* inside quotation marks */
  bool quote_mark;
  bool doubtful;               /* a name only because nothing says that it is none */
  bool explained;              /* a finding speaks of it */
  const wt_lex_entry *entries; /* of the longest form that starts here; NULL inside one */
  uint8_t words;               /* tokens in that form; 0: this token is inside a longer form */
} wt_token;

typedef struct wt_passage {
  wt_token *tokens;
  size_t count;
} wt_passage; /* in the arena */

/* Cuts units [first, first + count); quotes are those of the whole side. */
wt_status wt_passage_cut(wt_passage *out, wt_arena *arena, const wt_lexicon *lexicon, const wt_units *units,
                         uint32_t first, uint32_t count, const wt_quotes *quotes, wt_error *err);
/* Sets changed and region on both sides from the edit's word spans; without spans everything is changed. */
void wt_passages_mark(wt_passage *old, wt_passage *new, const wt_edit *edit);
/* Does a form with this tag start at token i? */
static inline const wt_lex_entry *wt_passage_tagged(const wt_passage *side, size_t i, wt_lex_tag tag) {
  return i < side->count && side->tokens[i].words ? wt_lex_tagged(side->tokens[i].entries, tag) : NULL;
}
/* The first token of a region; regions never fall along the text. */
size_t wt_region_start(const wt_passage *side, uint32_t region);
/* The text from token `first` to `last`; they must be of one unit, else only `first`. */
wt_span wt_passage_text(const wt_passage *side, size_t first, size_t last);

#endif
