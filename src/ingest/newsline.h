/*
 * newsline: what a line of news copy is, by its form alone.
 *
 * Wire copy and plain text mark their parts by convention: "By A. NAME", "(Pic by: ...)", "LONDON (Reuters) - ". Every
 * rule here looks at one line and nothing else, so that it can be stated, tested and doubted by itself.
 */
#ifndef WT_INGEST_NEWSLINE_H
#define WT_INGEST_NEWSLINE_H

#include "wt/base.h"

typedef enum wt_line_kind {
  WT_LINE_TEXT,
  WT_LINE_BYLINE,         /* value: the names */
  WT_LINE_PICTURE_CREDIT, /* value: whom the picture is from */
  WT_LINE_CREDIT,         /* value: the agency, alone on its line */
  WT_LINE_DATELINE,       /* value: place and date, alone on its line */
  WT_LINE_PUBLISHED,      /* a date alone, or "Published: " and a date; value: the date as written */
  WT_LINE_MODIFIED,       /* "Updated: " and a date */
  WT_LINE_NOTE,           /* an editor's note or a notice of correction */
  WT_LINE_SIGN_OFF,       /* "(Reporting by ...; editing by ...)"; value: the reporters */
  WT_LINE_FURNITURE,      /* reason says which kind */
  WT_LINE_RULE            /* "___", "* * *", "-30-": reason says which */
} wt_line_kind;

typedef struct wt_newsline {
  wt_line_kind kind;
  wt_span value;      /* borrowed from the line */
  const char *reason; /* for what is dropped, else NULL */
  bool names;         /* of a byline: value is a list of names; else it is one signature, to be kept whole */
} wt_newsline;

/* What `line` is. It must be trimmed. */
wt_newsline wt_newsline_read(wt_span line);

/* A dateline that opens a paragraph: "LONDON, June 20 (Reuters) - Text". */
typedef struct wt_lead {
  wt_span dateline; /* "LONDON, June 20" */
  wt_span agency;   /* "Reuters", or empty */
  size_t text;      /* where the text after it begins */
} wt_lead;

/* False when `paragraph` does not open with one. */
bool wt_lead_read(wt_lead *out, wt_span paragraph);

/* "AP Sports Writer", "Associated Press": what stands under a writer's name. */
bool wt_line_is_title(wt_span line);
/* Words between white space. */
size_t wt_line_words(wt_span line);
/* Does it end as a sentence does (. ! ? ... and closing quotes or brackets after them)? */
bool wt_line_ends_sentence(wt_span line);

#endif
