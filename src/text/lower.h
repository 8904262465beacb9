/* The part of folding that nearly all bytes of a text take: ASCII to lower case, many bytes at a time. */
#ifndef WT_TEXT_LOWER_H
#define WT_TEXT_LOWER_H

#include "wt/base.h"

/*
 * Writes the lower case of the longest prefix of text that folding leaves alone but for case, and gives its length.
 * The prefix ends before a byte above ASCII, a control, white space that is not one single space between two other
 * bytes, and before a quote or hyphen that does not stand between two letters or digits.
 * out has room for text.len bytes, and may be written up to there.
 */
size_t wt_lower_plain(char *out, wt_span text);
/* The same, a byte at a time: what the test holds the other one to. */
size_t wt_lower_plain_scalar(char *out, wt_span text);

#endif
