/* The words of two sides as small numbers, counted and weighed: what matching and the word diff reckon with. */
#ifndef WT_MATCH_WORDS_H
#define WT_MATCH_WORDS_H

#include "wt/match.h"

/* Similarity is in parts of WT_WHOLE: twice the mass in common over the mass of both (Dice), words weighed by rarity. */
#define WT_WHOLE 1000u

/* One word, number or mark. White space is no token; it lies between two. */
typedef struct wt_token {
  uint32_t begin, end; /* bytes in its unit */
  uint32_t exact;      /* equal numbers: equal bytes */
  uint32_t folded;     /* equal numbers: equal under folding */
} wt_token;

/* One distinct form. A folded form is an entry too, often the same one. */
typedef struct wt_lexeme {
  wt_span text;
  uint64_t head, tail; /* of its bytes: with the length they tell texts of up to 16 bytes apart */
  uint32_t folded;     /* entry of its folded form */
  uint32_t stem;       /* entry that stands for all words with its first letters (folded entries only) */
  uint32_t units;      /* units of both sides that hold it (stems only) */
  uint32_t seen;       /* last unit that counted it, plus 1 */
  uint16_t weight;     /* of the class times inverse unit frequency of its stem (folded entries only) */
  uint8_t kind;        /* wt_word_kind, or WT_STEM: no word of the text */
  uint8_t class;       /* wt_token_class */
} wt_lexeme;

#define WT_STEM 255u

typedef enum wt_token_class { WT_TOKEN_MARK, WT_TOKEN_STOP, WT_TOKEN_WORD, WT_TOKEN_NUMBER } wt_token_class;

typedef struct wt_lexicon {
  wt_lexeme *items;
  size_t count, capacity;
  uint32_t *slots;   /* entry + 1; 0: free */
  size_t slot_count; /* a power of two */
} wt_lexicon;

/* One side: tokens of unit u are tokens[first[u]] .. tokens[first[u + 1] - 1]. A unit with a twin of the same bytes has
   none: nobody asks for its words. */
typedef struct wt_worded {
  const wt_units *units;
  uint32_t *twin; /* by unit: the one of the other side that is equal to it under folding, + 1; 0: none */
  wt_token *tokens;
  size_t count, capacity;
  uint32_t *first; /* units->count + 1 */
  uint64_t *mass;  /* sum of weights of each unit; guessed from its length where no words are cut */
} wt_worded;

typedef struct wt_wording {
  wt_arena *scratch; /* borrowed: folded forms, and the working memory of the stages */
  wt_lexicon words;
  wt_worded old, newer;
} wt_wording;

/* Cuts, numbers and weighs both sides. The units and the scratch arena must outlive it. Release it whatever came. */
wt_status wt_wording_init(wt_wording *out, wt_arena *scratch, const wt_units *old, const wt_units *new, wt_error *err);
void wt_wording_release(wt_wording *comparison);
/* How many pieces from `at` on are one token; at least 1. `at` is no space. */
size_t wt_token_pieces(wt_span text, const wt_words *words, size_t at);
/* Fills in the twins of both sides, whose units are set. */
wt_status wt_wording_twins(wt_wording *comparison, wt_error *err);
/* Runs the matcher on a comparison already made; wt_match_units makes one for itself. */
wt_status wt_match_run(wt_match *out, wt_arena *arena, const wt_wording *comparison, const wt_match_options *options,
                       wt_error *err);
/* log2(a / b) in 1/16, at least 0; a and b at least 1. */
uint32_t wt_log2_ratio(uint64_t a, uint64_t b);

static inline uint32_t wt_worded_tokens(const wt_worded *side, uint32_t unit) {
  return side->first[unit + 1] - side->first[unit];
}

#endif
