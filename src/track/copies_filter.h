/* What the filters of copies share: the keys of a line of JSON, and when a pair shares enough. */
#ifndef TRACK_COPIES_FILTER_H
#define TRACK_COPIES_FILTER_H

#include "wt/ingest.h"
#include "wt/track/copies.h"

#define FILTER_PARAGRAPH_WORDS 8u /* a shorter paragraph is no key */

/* Reads one line of JSON and takes its keys into `room`. */
wt_status track_filter_prints(wt_story_line *read, wt_arena *arena, wt_fingerprint *room, wt_span json_line,
                              wt_error *err);
/* Of all keys, repeats too. */
size_t track_filter_count(const wt_fingerprint *print);
/* A URL with what would break a line or a column taken out. */
void track_filter_put_url(wt_buf *out, wt_span url);
/* `share`: what `count` is of the smaller story's keys, in parts of 10,000. */
bool track_filter_enough(uint32_t *share, uint32_t count, uint32_t keys, uint32_t other_keys);

#endif
