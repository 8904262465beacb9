/*
 * fingerprint: paragraph hashes and sampled word shingles of a story.
 *
 * FracMinHash: Irber et al. 2022 (a shingle's hash is kept when it is below 2^64/s). Shingles are runs of five words of the
 * folded body, across paragraphs. A word is a run of letters and digits, with the apostrophes, full stops and commas that
 * stand between two of them. Scripts without spaces are taken by characters: a Han or kana character is a word and a
 * shingle ends a run of eight, a Thai, Lao, Khmer or Burmese one ends a run of sixteen.
 * Depends on the text alone: not on the machine, its byte order or the way it was called.
 */
#ifndef WT_FINGERPRINT_H
#define WT_FINGERPRINT_H

#include "story.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wt_fingerprint_options {
  uint32_t sample; /* s: one shingle in s is kept; 0 means WT_SAMPLE */
  uint32_t dense;  /* a text of fewer words keeps every shingle, for a sample of it would say nothing; 0: none does */
} wt_fingerprint_options;
#define WT_SAMPLE 8u
#define WT_DENSE 64u /* what the archive's postings take for `dense` */
#define WT_SHINGLE_WORDS 5u

typedef struct wt_fingerprint {
  uint64_t *paragraphs; /* low 64 bits of folded keys of body blocks, in order */
  uint32_t *paragraph_words;
  size_t paragraph_count, paragraph_capacity;
  uint64_t *shingles; /* sampled, sorted, unique */
  size_t shingle_count, shingle_capacity;
  uint64_t *headline; /* hashes of folded headline words, in order */
  size_t headline_count, headline_capacity;
  uint64_t *tokens; /* hashes of the body's folded words, in order: what a verification aligns */
  size_t token_count, token_capacity;
  uint32_t words; /* of the body: token_count */
  wt_buf folded;  /* room to work in */
} wt_fingerprint;

/* Fills out, keeping its memory for reuse: zero it first, release it last. Takes some 5 microseconds for 500 words.
   WT_ENOMEM; WT_ELIMIT for 2^32 words or more. */
WT_API wt_status wt_fingerprint_story(wt_fingerprint *out, const wt_story *story, const wt_fingerprint_options *options,
                                      wt_error *err);
/* The same for bare text (paragraphs end at LF), with no story built: the fast way. */
WT_API wt_status wt_fingerprint_text(wt_fingerprint *out, wt_span headline, wt_span text,
                                     const wt_fingerprint_options *options, wt_error *err);
/* Every shingle of a fingerprint, sampled or not, into out->shingles, which keeps its memory for reuse as above. */
WT_API wt_status wt_fingerprint_every(wt_fingerprint *out, const wt_fingerprint *fingerprint, wt_error *err);
/* The shingle, sampled or not, that ends with token i, and how many tokens it has: 0 when there are too few before it. */
WT_API uint64_t wt_shingle_at(uint32_t *width, const wt_fingerprint *fingerprint, size_t i);
WT_API void wt_fingerprint_release(wt_fingerprint *fingerprint);

#ifdef __cplusplus
}
#endif
#endif
