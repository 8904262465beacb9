/*
 * rows: revisions out of the index, kept, and written as a list: for people, as JSON, as Atom.
 */
#ifndef REPORT_ROWS_H
#define REPORT_ROWS_H

#include "report/html.h"

/* One revision and the one it is compared with. */
typedef struct change {
  wt_revision_row revision;
  wt_span outlet; /* borrowed from the path */
  uint32_t old;   /* number of the revision in force before it; 0: it is the first */
} change;

typedef struct rows {
  change *items; /* texts lie in the arena, the array is released */
  size_t count, capacity;
} rows;

/* Collects what the filter lets through. */
wt_status rows_collect(rows *out, wt_arena *arena, wt_index *index, const wt_revision_filter *filter, wt_error *err);
void rows_release(rows *list);
/* Narrows a filter to one story by its path; empty: all, nothing is done. */
wt_status rows_only(wt_revision_filter *filter, wt_index *index, wt_span story, wt_error *err);
/* The outlet in a story's path: all before the first `/`. */
wt_span rows_outlet(wt_span path);
/* Where the change of a row is shown: the comparison, or for a first revision its text. */
wt_address rows_address(const change *item);

/* Where a revision went that regroup took to another story, in a paragraph; nothing when it stands. */
void rows_put_moved(html *page, const wt_revision_row *revision);

/* How a list tells the time: under a heading for each day, by the clock alone, or (for one outlet) with day and clock in
   every line. */
typedef enum rows_as { ROWS_UNDER_DAYS, ROWS_BY_CLOCK, ROWS_WITH_DAY } rows_as;
/* <ol class="front">: headline, the change in one line, classes. */
void rows_put_html(html *page, const rows *list, rows_as as);
/* Members of an object: "revisions":[...]. */
void rows_put_json(wt_json *json, const rows *list);

/* An Atom feed (RFC 4287) of a list, newest first. Its ids hold neither the base URL nor a commit. */
void rows_put_atom(wt_buf *out, const rows *list, const wt_address *self, wt_span title,
                   const wt_report_options *options);

#endif
