/*
 * html: one page while it is being written. Every call that takes text of the archive escapes it; `raw` takes markup of
 * our own alone.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "wt/report.h"

typedef struct html {
  wt_buf *out;
  const wt_report_options *options;
  unsigned depth; /* folders between this page and the root of the site */
} html;

void html_init(html *page, wt_buf *out, const wt_address *self, const wt_report_options *options);

/* Copies a span that belongs to somebody else; false when there is no room for it. */
bool html_keep(wt_arena *arena, wt_span *span);

/* ---- text ---- */

void html_raw(html *page, const char *markup);
void html_rawf(html *page, const char *format, ...) WT_PRINTF(2, 3); /* numbers and our own words alone */
void html_text(html *page, wt_span text); /* escaped, isolated from the direction around it */
/* Escaped alone: for a block with dir="auto", which looks for its direction past <bdi>. */
void html_plain(html *page, wt_span text);
/* What changed, in words: html_plain with an arrow for every " -> ", each part isolated. For an element with dir="ltr", since the
   sentence is ours. */
void html_subject(html *page, wt_span subject);
/* <h1>: a headline, smaller when it is long. language: a BCP 47 tag, or empty. */
void html_headline(html *page, wt_span headline, wt_span language);
void html_attribute(html *page, const char *name, wt_span value);                /* ` name="value"` */
void html_number(html *page, uint64_t number);                                   /* 12,345 */
void html_count(html *page, uint64_t number, const char *one, const char *many); /* "1 revision", "12,345 revisions" */

/* ---- addresses ---- */

void html_href(html *page, const wt_address *to); /* ` href="../story/..."` */
void html_link(html *page, const wt_address *to, wt_span text);
void html_link_subject(html *page, const wt_address *to, wt_span subject);
/* A link out of the archive when it is http or https, else the text alone. */
void html_outside(html *page, wt_span url, wt_span text);

/* ---- times: UTC, in words ---- */

void html_when(html *page, wt_instant at);     /* <time>20 June 2024, 14:03</time> */
void html_day(html *page, wt_instant at);      /* <time>20 June 2024</time> */
void html_clock(html *page, wt_instant at);    /* <time>14:03</time> */
void html_lasted(html *page, int64_t seconds); /* "40 s", "12 min", "3 h 5 min", "2 days 4 h" */
void html_lasted_text(wt_buf *out, int64_t seconds);
void html_when_text(wt_buf *out, wt_instant at); /* 20 June 2024, 14:03 UTC */
void html_day_iso(wt_buf *out, wt_instant at);   /* 2024-06-20 */

/* ---- classes ---- */

/* The group that gives a class its colour and shape: fact, said, head, fix, form, word. */
const char *html_group(uint32_t classes);
/* <div class="marks">: the flags and the classes. Nothing for nothing. */
void html_chips(html *page, uint32_t classes, uint32_t flags);

/* ---- frame ---- */

typedef struct html_frame {
  wt_address self;
  wt_span title;          /* raw; the site's name is put behind it */
  wt_span words;          /* that were searched for */
  const wt_address *feed; /* NULL: none */
} html_frame;

void html_begin(html *page, const html_frame *frame);
void html_end(html *page);
/* <ol> of the way to here: outlet, then story by its path (empty: none) and the headline that it has or had. */
void html_crumbs(html *page, wt_span outlet, wt_span path, wt_span headline);

#endif
