/*
 * report: what the archive holds, for people and for machines: terminal, HTML, SVG, JSON, Atom, wire forms.
 *
 * Invariants
 *   - Every function appends to a wt_buf and asks nobody else: no file, no clock, no terminal, no network.
 *   - Text of the archive is escaped here, at the sink, and nowhere earlier. What comes in is raw.
 *   - The same input gives the same bytes.
 *   - (old, newer) everywhere. Words say what was seen, never what was meant.
 */
#ifndef WT_REPORT_H
#define WT_REPORT_H

#include "base.h"
#include "story.h"
#include "diff.h"
#include "classify.h"
#include "track.h"

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
  bool side_by_side;     /* two columns; else inline */
  bool changed_only;     /* unchanged sentences are left out, with their count ("8 sentences unchanged") */
  const char *id_prefix; /* of the ids that link moved text to where it came from; NULL: "" */
  const char *old_name;  /* for headings and for screen readers; NULL: "old" */
  const char *new_name;
  wt_span title; /* of a page: the story's headline; empty: both names */
} wt_diff_view;

/* Appends the comparison as HTML: no frame, <ins> and <del>, moved text linked both ways, dir="auto" on every paragraph.
   classified may be NULL. */
WT_API wt_status wt_report_diff_html(wt_buf *out, const wt_diff *diff, const wt_classified *classified,
                                     const wt_diff_view *view, wt_error *err);
/* The same as a whole page with its style: one file, no script, nothing fetched. */
WT_API wt_status wt_report_diff_page(wt_buf *out, const wt_diff *diff, const wt_classified *classified,
                                     const wt_diff_view *view, wt_error *err);
/* Appends a picture of the changed passages, a whole SVG file of at most some 26 lines, for sharing. view may be NULL; of
   it the names count. */
WT_API wt_status wt_report_diff_svg(wt_buf *out, const wt_diff *diff, const wt_diff_view *view, wt_error *err);

/* ==== wire forms: report/ninjs.c, report/jsonld.c ==== */

/* Appends the story as one object, without a line end. Read back by wt_ingest it gives a story equal to this one
   (wt_story_equal), whatever ninjs or schema.org have no place for. Linear in the story. */

/* ninjs 3.0 (IPTC): valid by https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json. */
WT_API wt_status wt_report_ninjs(wt_buf *out, const wt_story *story, wt_error *err);
/* A schema.org NewsArticle in JSON-LD, with `correction` where the story is one that was corrected. */
WT_API wt_status wt_report_jsonld(wt_buf *out, const wt_story *story, wt_error *err);

/* ==== the terminal: report/term.c ==== */

typedef enum wt_ink {
  WT_INK_NONE,
  WT_INK_BOLD,
  WT_INK_DIM,
  WT_INK_RED,
  WT_INK_GREEN,
  WT_INK_YELLOW,
  WT_INK_BLUE,
  WT_INK_MAGENTA,
  WT_INK_CYAN,
  WT_INK_REMOVED, /* red, struck through */
  WT_INK_ADDED,   /* green, underlined */
  WT_INK_MOVED    /* cyan */
} wt_ink;

/* What is known of the terminal. Zero is a plain file, 80 columns, UTC. */
typedef struct wt_term {
  bool color;
  bool
      window; /* somebody looks: what does not fit beside the rest of its entry begins a line; else it stays, for grep */
  uint32_t width;   /* columns; 0: 80 */
  int16_t offset;   /* minutes east of UTC of the zone that people read */
  const char *zone; /* its name after a time; NULL: "UTC" for 0, else +hh:mm */
} wt_term;

/* Untrusted text for a terminal, on one line: C0 and C1 controls become pictures or U+FFFD, line breaks a space, bidi
   controls and ill-formed bytes U+FFFD. ESC never comes out. */
WT_API void wt_term_put(wt_buf *out, wt_span text);
/* The same between the colour's codes, when there is colour. */
WT_API void wt_term_put_ink(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text);
/* Columns that the text takes after wt_term_put: wide letters are 2, combining marks 0. */
WT_API size_t wt_term_columns(wt_span text);
/* Exactly `columns`: cut with U+2026 or padded with spaces on the right. */
WT_API void wt_term_put_cell(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t columns);
/* A number or a name that is never cut: padded to `columns`, and a space follows one that reaches them. */
WT_API void wt_term_put_label(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t columns);
/* Wrapped at white space to the term's width; each line but the first starts with `indent` spaces; `column` is where the
   first begins. No line end after the last. */
WT_API void wt_term_put_wrapped(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t column,
                                size_t indent);
/* 2024-06-20 14:03 in the term's zone; with `zone` its name too; seconds only when they are not 0. */
WT_API void wt_term_put_time(wt_buf *out, const wt_term *term, wt_instant instant, bool zone);
/* The same as a column of WT_TERM_WHEN: seconds or none, what follows stands in one place. `assumed`: "?" behind it. */
WT_API void wt_term_put_when(wt_buf *out, const wt_term *term, wt_instant instant, bool assumed);
#define WT_TERM_WHEN 20u
/* Two spaces and the text, on a line that has come to `column`; in a window that it does not fit, on the next line, wrapped
   behind 4 spaces. No line end after it. */
WT_API void wt_term_put_beside(wt_buf *out, const wt_term *term, wt_ink ink, wt_span text, size_t column);
/* "3 min", "2 h 10 min", "4 days": at most two parts. */
WT_API void wt_term_put_span(wt_buf *out, int64_t seconds);
/* "1 revision", "2 revisions". */
WT_API void wt_term_put_count(wt_buf *out, uint64_t count, const char *one, const char *many);

/* ==== rows for machines: report/json_rows.c ==== */

/* Each appends one object of schema 1, without a line end. Times are UTC. */
WT_API void wt_json_put_story(wt_buf *out, const wt_story_row *row);
/* why: lines with the old and new words of its edits; NULL: that member is left out. */
WT_API void wt_json_put_revision(wt_buf *out, const wt_revision_row *row, const wt_span *why, size_t why_count);
WT_API void wt_json_put_sighting(wt_buf *out, const wt_sighting_row *row);
WT_API void wt_json_put_headline(wt_buf *out, const wt_headline_row *row);
WT_API void wt_json_put_found(wt_buf *out, const wt_found *found);

/* ==== rows for the terminal: report/term_rows.c ==== */

/* Each is one entry with its line ends; lines are cut or wrapped at the term's width. */
WT_API void wt_term_put_story_row(wt_buf *out, const wt_term *term, const wt_story_row *row);
/* With the story's name when `with_story`. */
WT_API void wt_term_put_revision_row(wt_buf *out, const wt_term *term, const wt_revision_row *row, bool with_story);
WT_API void wt_term_put_sighting_row(wt_buf *out, const wt_term *term, const wt_sighting_row *row);
WT_API void wt_term_put_found(wt_buf *out, const wt_term *term, const wt_found *found);
/* A story as people read it: headline, byline, text, notes; captions and fields dimmed. */
WT_API void wt_term_put_story(wt_buf *out, const wt_term *term, const wt_story *story, const wt_revision_row *row);
/* ---- blame on it: report/blame_text.c ---- */

/* Appends a sentence an entry: the revision that brought it and when, then its text. Words of a later revision have a colour
   by age and, behind the last of each run, `@N`. */
WT_API void wt_term_put_blame(wt_buf *out, const wt_term *term, const wt_blame *blame);
/* The same as one HTML page with its style: no script, nothing fetched. */
WT_API wt_status wt_report_blame_page(wt_buf *out, const wt_blame *blame, wt_span headline, wt_error *err);

/* ---- a diff on it: report/diff_text.c ---- */

/* All may be zero: paragraphs with a change and one around them, in one column unless the terminal has 120 columns. */
typedef struct wt_diff_text {
  bool in_line;     /* never two columns */
  bool all;         /* unchanged paragraphs and sentences in full */
  uint32_t context; /* unchanged paragraphs shown around a change; WT_DIFF_CONTEXT when `has_context` is false */
  bool has_context;
  bool words_alone;     /* no marks beside colour: [- -] {+ +} are left out when there is colour */
  const char *old_name; /* for the heading; NULL: none */
  const char *new_name;
  const char *old_when; /* beside the names; NULL: nothing */
  const char *new_when;
} wt_diff_text;
#define WT_DIFF_CONTEXT 1u
#define WT_DIFF_COLUMNS 120u

/* Appends the comparison for a terminal or a plain file. Each paragraph has a sign in its margin (`+` new, `-` gone, `~`
   edited, `>` moved text in it, `=` typography alone); deleted words are [-so-], inserted {+so+}, moved {>so<}, with
   colour beside it. classified may be NULL. Nothing is appended when nothing differs. */
WT_API wt_status wt_report_diff_text(wt_buf *out, const wt_diff *diff, const wt_classified *classified,
                                     const wt_term *term, const wt_diff_text *view, wt_error *err);

/* ==== copies: report/copies_json.c, report/copies_text.c ==== */

/* Objects of schema 1, without a line end: what `copies STORY --json` and `copies --json` print. `copies` has the members
   that a stream prints, and more. */
WT_API void wt_json_put_copiers(wt_buf *out, const wt_copiers *copiers);
WT_API void wt_json_put_cluster(wt_buf *out, const wt_cluster *cluster);
/* RFC 4180 with LF: the heading, then one line for each story that shares text. */
WT_API void wt_csv_put_copiers_head(wt_buf *out);
WT_API void wt_csv_put_copiers(wt_buf *out, const wt_copiers *copiers);
WT_API void wt_term_put_copiers(wt_buf *out, const wt_term *term, const wt_copiers *copiers);
/* Only later stories that lack a correction or a change of fact, or that ignore a kill. */
WT_API bool wt_copier_is_stale(const wt_copier *copier);
WT_API void wt_term_put_stale(wt_buf *out, const wt_term *term, const wt_copiers *copiers);
/* Clusters that were found elsewhere, each under a line that says so; nothing when there is none. */
WT_API void wt_term_put_imported(wt_buf *out, const wt_term *term, const wt_imported_list *list);
WT_API void wt_term_put_imported_count(wt_buf *out, const wt_term *term, const wt_imported_list *list); /* one line */
WT_API void wt_json_put_imported(wt_json *json, const wt_imported_list *list);        /* a member "imported":[...] */
WT_API void wt_json_put_imported_clusters(wt_buf *out, const wt_imported_list *list); /* a line a cluster */
WT_API void wt_term_put_cluster(wt_buf *out, const wt_term *term, const wt_cluster *cluster);

/* ==== addresses: report/address.c ==== */

/* What a page is about. One scheme serves the static site, `serve` and `link`: by story and revision, never by commit,
   so that an address outlasts erasing and regrouping. Relative to the root of the site:

     index.html              the newest changes                 index.atom   index.json
     days.html               day/2024-06-20.html                all that was captured on a day (UTC); day/2024-06-20/2.html
     substantive.html        only what can change what a reader believes
     unannounced.html        only substantive changes of fact without a notice
     class/number.html       only revisions with that class
     outlets.html            outlet/example.org.html            outlet/example.org.atom
     clusters.html           copies/STORY.html                  who ran the text of STORY
     story/STORY.html        STORY is outlet/yyyy/mm/dd/slug    story/STORY.atom
     story/STORY/3.html      revision 3; #s12 is its thirteenth sentence
     story/STORY/2-3.html    revisions 2 and 3 compared         story/STORY/2-3.svg
     search.html?q=WORDS     `serve` alone
     style.css script.js robots.txt

   Every .html is there as .json too. `serve` takes an address without its suffix and asks the Accept header. */
typedef enum wt_page {
  WT_PAGE_FRONT,
  WT_PAGE_SUBSTANTIVE,
  WT_PAGE_UNANNOUNCED,
  WT_PAGE_CLASS,
  WT_PAGE_DAYS,
  WT_PAGE_DAY,
  WT_PAGE_OUTLETS,
  WT_PAGE_OUTLET,
  WT_PAGE_CLUSTERS,
  WT_PAGE_CLUSTER,
  WT_PAGE_STORY,
  WT_PAGE_REVISION,
  WT_PAGE_DIFF,
  WT_PAGE_SEARCH,
  WT_PAGE_COMPARE,
  WT_PAGE_STYLE,
  WT_PAGE_SCRIPT,
  WT_PAGE_ROBOTS
} wt_page;

typedef enum wt_form { WT_FORM_ANY, WT_FORM_HTML, WT_FORM_JSON, WT_FORM_ATOM, WT_FORM_SVG, WT_FORM_FILE } wt_form;

typedef struct wt_address {
  wt_page page;
  wt_form form;        /* WT_FORM_ANY: no suffix */
  wt_span name;        /* story (with or without .txt), outlet, class or day; else empty */
  uint32_t old, newer; /* revisions; newer alone for WT_PAGE_REVISION */
  uint32_t number;     /* of a page of a day's list, from 1; 0 is 1 */
  uint32_t sentence;   /* from 1: a fragment; 0: none */
} wt_address;

/* Appends the address relative to the root, percent-encoded, with no `/` before it. */
WT_API void wt_address_put(wt_buf *out, const wt_address *address);
/* Reads a decoded path, with or without a `/` before it. name borrows from path. False for what is no address. */
WT_API bool wt_address_parse(wt_address *out, wt_span path);

/* ==== pages and feeds: report/page_*.c, report/site.c ==== */

typedef struct wt_report_options {
  bool live;            /* for `serve`: with search and the free choice of two revisions */
  bool alone;           /* one file of its own: style inside, no script, no link to a page that is not there */
  bool excerpts;        /* changed passages only, never a whole text */
  bool no_copies;       /* leave out who else ran a story: it needs the whole archive's texts once a handle */
  const char *base_url; /* with a `/` at the end: for feeds and links; NULL: relative */
  const char *title;    /* of the site; NULL: "writethru" */
  wt_span story;        /* path of the one story that the site is about; empty: all */
} wt_report_options;

/* What a reader asked for beside the address. Zero with both times WT_INSTANT_NONE: nothing. Only `serve` has it. */
typedef struct wt_query {
  wt_span outlet, words; /* empty: any */
  uint32_t classes;      /* any of these; 0: all */
  uint32_t flags;        /* all of these WT_REVISION_* */
  wt_instant since, until;
} wt_query;

/* The media type of a page in a form. */
WT_API const char *wt_form_type(wt_form form);
/* Is it a revision or a comparison? Nothing newer is on such a page. Yet none may be kept unasked: a text can be taken out. */
WT_API bool wt_address_is_lasting(const wt_address *address);
/* A hash of all that a lasting page is made of: while it is the same, so are the page's bytes. Some look-ups: no text is read
   and no page is made. WT_ENOTFOUND when nothing lies there, WT_EINVAL when the address is not lasting. */
WT_API wt_status wt_page_state(wt_hash *out, wt_track *track, const wt_address *address,
                               const wt_report_options *options, wt_error *err);
/* Appends the page at an address. WT_ENOTFOUND when nothing lies there or it has no such form; WT_FORM_ANY is HTML.
   query may be NULL. Cost: of a story, one diff a revision; of a comparison, one diff; of a list, its rows. */
WT_API wt_status wt_page_render(wt_buf *out, wt_track *track, const wt_address *address, const wt_query *query,
                                const wt_report_options *options, wt_error *err);
/* The page that says what went wrong, for an HTTP status; `what` may be empty. depth: folders below the root. */
WT_API void wt_page_trouble(wt_buf *out, unsigned status, wt_span what, unsigned depth,
                            const wt_report_options *options);

/* The picture of a comparison out of the archive, with its names over it. */
WT_API wt_status wt_report_comparison_svg(wt_buf *out, const wt_comparison *comparison, wt_error *err);
/* What changed since then (WT_INSTANT_NONE: ever), by outlet and time, as plain text for mail: at most the newest 2,000
   changes. *any says whether there were some. */
WT_API wt_status wt_report_digest(wt_buf *out, bool *any, wt_track *track, wt_instant since,
                                  const wt_report_options *options, wt_error *err);

/* ==== the static site: report/site.c ==== */

typedef struct wt_site_options {
  wt_report_options report;
  void (*progress)(void *context, const char *what, uint64_t done, uint64_t total); /* may be NULL */
  bool (*stop)(void *context);                                                      /* may be NULL */
  void *context;
} wt_site_options;

typedef struct wt_site_summary {
  uint64_t stories, revisions; /* that the site shows */
  uint64_t written;            /* files made or changed */
  uint64_t same;               /* files found as they should be, or known to be */
} wt_site_summary;

/* Writes the pages into dir, which is made when needed; files of others there are left alone. A page that is there as it
   should be is not touched; a story that has not changed since the last time is not even read. What no longer has a
   place (a story that was regrouped) stays: its address lasts. A file `.writethru-site` in dir remembers the state. */
WT_API wt_status wt_site_write(wt_site_summary *out, wt_track *track, const char *dir, const wt_site_options *options,
                               wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
