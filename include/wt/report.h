/*
 * report: what the archive holds, for people and for machines: terminal, HTML, SVG, JSON, Atom, wire forms.
 *
 * Invariants
 *   - Every function appends to a wt_buf and asks nobody else: no file, no clock, no terminal, no network.
 *   - Text of the archive is escaped here, at the sink, and nowhere earlier. What comes in is raw.
 *   - The same input gives the same bytes.
 *   - (old, new) everywhere. Words say what was seen, never what was meant.
 */
#ifndef WT_REPORT_H
#define WT_REPORT_H

#include "base.h"
#include "story.h"
#include "diff.h"
#include "classify.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ==== escaping: report/escape.c ==== */

/* Text for HTML and XML, in elements and in quoted attributes alike: & < > " ' become references, C0 controls their
   pictures (U+2400 + code); DEL, C1 controls, noncharacters, ill-formed bytes and the bidi overrides LRO and RLO become
   U+FFFD. Embeddings and isolates are balanced within the text, so that what follows keeps its own direction. TAB and
   LF stay. */
WT_API void wt_escape_html(wt_buf *out, wt_span text);
/* One segment of a URL's path or one value of its query: all but RFC 3986 "unreserved" is percent-encoded. */
WT_API void wt_escape_url(wt_buf *out, wt_span segment);
/* A path: as wt_escape_url, but `/` stays. */
WT_API void wt_escape_path(wt_buf *out, wt_span path);
/* An absolute http or https URL as the value of an attribute; false, and nothing written, for any other scheme, for
   user names and passwords, and for control characters and spaces. */
WT_API bool wt_escape_link(wt_buf *out, wt_span url);

/* ==== a diff for people: report/diff_*.c ==== */

/* How a diff is written as HTML or SVG. All may be zero. */
typedef struct wt_diff_view {
  bool side_by_side;      /* two columns; else inline */
  bool changed_only;      /* unchanged sentences are left out, with their count ("8 sentences unchanged") */
  const char *id_prefix;  /* of the ids that link moved text to where it came from; NULL: "" */
  const char *old_name;   /* for headings and for screen readers; NULL: "old" */
  const char *new_name;
} wt_diff_view;

/* ==== wire forms: report/ninjs.c, report/jsonld.c ==== */

/* ==== the terminal: report/term.c ==== */

/* ==== pages and feeds: report/page_*.c, report/site.c ==== */

#ifdef __cplusplus
}
#endif
#endif
