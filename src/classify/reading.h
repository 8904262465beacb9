/* reading: what the parts of one wt_classify share. */
#ifndef WT_CLASSIFY_READING_H
#define WT_CLASSIFY_READING_H

#include "classify/compare.h"
#include "classify/notice.h"

typedef struct wt_reading {
  wt_classified *out;
  wt_arena *arena;
  const wt_diff *diff;
  const wt_story *old_story, *new_story; /* may be NULL */
  wt_lexicon lexicon;
  wt_name_context names;
  wt_quotes old_quotes, new_quotes;
  bool *time_only; /* by edit: only a time stamp of the page differs */
} wt_reading;

/* One text as a side by itself, dates and numbers found. */
wt_status wt_read_text(wt_passage *out, wt_reading *reading, wt_span text, wt_error *err);
/* Notices that came and went, what they claim against what was done; unannounced changes. */
wt_status wt_findings_read(wt_reading *reading, wt_error *err);

#endif
