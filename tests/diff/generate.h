/*
 * generate: a new version of real prose, and the truth about it.
 *
 * Sentences come in with their paragraphs; a seed decides what happens to each, at rates like those of news revisions. What
 * came of every sentence is known, so that a diff can be judged by it.
 */
#ifndef TESTS_DIFF_GENERATE_H
#define TESTS_DIFF_GENERATE_H

#include "wt/base.h"

/* Parts of 1,000 for each sentence, but moves: how many in the text. */
typedef struct gen_rates {
  unsigned edited, added, deleted, split, merged, quotes;
  unsigned moves;           /* sentences taken elsewhere */
  unsigned paragraph_moves; /* whole paragraphs taken elsewhere */
  unsigned edited_moves;    /* parts of 1,000 of the moves that are edited as well */
} gen_rates;

/* As measured on real revisions: 17.6% edited, 6.8% added, 3.6% deleted; about 1.1% moved. */
gen_rates gen_news(unsigned sentences);

typedef struct gen_sentence {
  wt_span text;
  uint32_t paragraph;
} gen_sentence;

typedef struct gen_text {
  gen_sentence *items;
  size_t count, capacity;
} gen_text;

/* Old sentences [old, old + old_count) became new ones [new, new + new_count). */
typedef struct gen_link {
  uint32_t old, newer, old_count, new_count;
  bool moved, edited; /* edited: other words; a quote mark alone is no edit */
} gen_link;

typedef struct gen_version {
  gen_text text;
  gen_link *links;
  size_t link_count, link_capacity;
} gen_version; /* texts in the arena */

/* Sentences to add are taken from `donor`. */
void gen_make(gen_version *out, wt_arena *arena, const gen_text *old, const gen_text *donor, const gen_rates *rates,
              uint64_t seed);
void gen_release(gen_version *version);
void gen_add(gen_text *to, wt_span text, uint32_t paragraph);
/* One sentence a line, an empty line between paragraphs. */
void gen_print(wt_buf *out, const gen_text *text);
/* The generator of numbers: the same on every machine. */
uint32_t gen_below(uint64_t *state, uint32_t below);
uint64_t gen_state(uint64_t seed);

#endif
