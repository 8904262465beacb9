/* Words of a folded text as hashes: what shingles are made of and what a verification aligns. */
#ifndef WT_FINGERPRINT_TOKENS_H
#define WT_FINGERPRINT_TOKENS_H

#include "wt/fingerprint.h"

/* The two low bits of a token say what it is. */
enum { WT_TOKEN_WORD, WT_TOKEN_IDEOGRAPH, WT_TOKEN_CHARACTER, WT_TOKEN_CLASS = 3 };

typedef struct wt_tokens {
  uint64_t **items;
  size_t *count, *capacity;
} wt_tokens; /* borrows the array that it fills */

/* One bit for each of 64 bytes: which are of a word, which join two of them, which lie above ASCII. */
typedef struct wt_byte_classes {
  uint64_t word, joint, high;
} wt_byte_classes;

/* Of the 64 bytes at `from`. The scalar one is what the test holds the vector one to. */
wt_byte_classes wt_classify64(const char *from);
wt_byte_classes wt_classify64_scalar(const char *from);

#define WT_TOKEN_PADDING 64

/* Appends the tokens of folded text. WT_TOKEN_PADDING bytes after the text must be readable, and zero. */
bool wt_tokens_put(wt_tokens tokens, wt_span folded);
/* The hash of one folded word, class bits clear. WT_TOKEN_PADDING bytes after it must be readable. */
uint64_t wt_token_hash(const char *word, size_t len);

#endif
