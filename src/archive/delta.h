/* delta: the bytes of one object as changes to another, in git's form (gitformat-pack, "Deltified representation"). */
#ifndef ARCHIVE_DELTA_H
#define ARCHIVE_DELTA_H

#include "wt/base.h"

/* Appends a delta that makes `new` of `old`. False, and nothing appended, when it would be longer than `limit` bytes or
   memory is short: the caller then writes the object whole. Time and memory linear in old + new. */
bool wt_delta_make(wt_buf *out, wt_span old, wt_span new, size_t limit);

/* The parts, for a caller who knows what changed. Runs of any length are cut into what the form allows. */
void wt_delta_start(wt_buf *out, size_t old_len, size_t new_len);
void wt_delta_copy(wt_buf *out, size_t offset, size_t len);
void wt_delta_insert(wt_buf *out, wt_span bytes);

/* Does the delta make just `new` of `old`? */
bool wt_delta_gives(wt_span delta, wt_span old, wt_span new);

#endif
