/*
 * svg: drawings inside a page. Whole pixels, no style attribute (the page's policy forbids them), a text for every mark.
 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "report/html.h"

/* One revision on the time line. */
typedef struct svg_mark {
  wt_revision_row row;
  uint32_t old;     /* revision it is compared with; 0: the first */
  uint32_t changed; /* bytes that came or went */
} svg_mark;

/* One mark a revision, in order of capture: as large as what changed, in the colour and shape of its foremost class. The
   distance between two marks grows with the logarithm of the time between them, which is written there. */
void svg_time_line(html *page, const svg_mark *marks, size_t count);

/* One story of a cluster: when it was seen, and the first revision of each. */
typedef struct svg_run {
  wt_span outlet, path;
  wt_instant first, last;
  bool leader;
} svg_run;

/* Who ran it when: a bar each from first sight to last, in order of first sight, on a linear axis. */
void svg_runs(html *page, const svg_run *runs, size_t count);

#endif
