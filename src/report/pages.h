/* pages: what wt_page_render chooses from. Each appends one page in the form that is asked for. */
#ifndef REPORT_PAGES_H
#define REPORT_PAGES_H

#include "report/cluster_view.h"
#include "report/rows.h"
#include "report/story_view.h"

/* What every page is made from. */
typedef struct making {
  wt_buf *out;
  wt_track *track;
  wt_arena *arena; /* of this page */
  const wt_address *address;
  const wt_query *query; /* never NULL */
  const wt_report_options *options;
} making;

wt_status page_list(const making *m, wt_error *err); /* the front, substantive, unannounced, class */
wt_status page_day(const making *m, wt_error *err);
wt_status page_days(const making *m, wt_error *err);
wt_status page_outlets(const making *m, wt_error *err);
wt_status page_outlet(const making *m, wt_error *err);
wt_status page_story(const making *m, wt_error *err);
wt_status page_revision(const making *m, wt_error *err);
wt_status page_diff(const making *m, wt_error *err);
wt_status page_clusters(const making *m, wt_error *err);
wt_status page_cluster(const making *m, wt_error *err);
wt_status page_search(const making *m, wt_error *err);

/* The site's style.css. */
void page_put_style(wt_buf *out);

/* Raise it when pages of revisions and comparisons come out different: sites write them again, browsers ask for them again. */
enum { FORM_OF_PAGES = 4 };

/* Rows in a list page; rows in a day's. */
enum { LIST_ROWS = 100, DAY_ROWS = 500 };

/* ---- what the static site asks for too ---- */

typedef struct day_count {
  wt_instant day; /* its 00:00 UTC */
  uint64_t changes, substantive, unannounced;
} day_count;

typedef struct days {
  day_count *items; /* newest first; released with wt_free */
  size_t count, capacity;
  bool failed; /* out of memory */
} days;

/* Forms of what is at hand: a site wants all forms of a story and of a comparison, and all clusters at once. */
wt_status page_story_of(const making *m, const story_view *view, wt_error *err);
wt_status comparison_fill(wt_comparison *out, const making *m, wt_error *err); /* in m's arena */
wt_status page_diff_of(const making *m, const wt_comparison *c, wt_error *err);
wt_status page_cluster_of(const making *m, const cluster_view *cluster, wt_error *err);
/* story: path of the only one that counts; empty: all. */
wt_status days_collect(days *out, wt_track *track, wt_span story, wt_error *err);

#endif
