/*
 * classify: what an edit means, and saying so in words. Words say what was seen, never what was meant.
 */
#ifndef WT_CLASSIFY_H
#define WT_CLASSIFY_H

#include "diff.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum wt_class {
  WT_CLASS_HEADLINE,
  WT_CLASS_DECK,
  WT_CLASS_BYLINE,
  WT_CLASS_DATELINE,
  WT_CLASS_NUMBER,
  WT_CLASS_DATE,
  WT_CLASS_NAME,
  WT_CLASS_QUOTE,
  WT_CLASS_ATTRIBUTION,
  WT_CLASS_HEDGE,
  WT_CLASS_NEGATION,
  WT_CLASS_CORRECTION,
  WT_CLASS_LEDE,
  WT_CLASS_MOVED,
  WT_CLASS_SPLIT,
  WT_CLASS_MERGE,
  WT_CLASS_WORDING,
  WT_CLASS_TYPOGRAPHY,
  WT_CLASS_SPELLING,
  WT_CLASS_FURNITURE,
  WT_CLASSES
} wt_class;

/* What one line of `why` is about. */
typedef struct wt_why_mark {
  uint32_t classes;                           /* its class; a changed name in a quotation has both */
  bool substantive, contradicts, unmentioned; /* as of the whole, below */
  bool in_quote;                              /* all that it tells stands inside quotation marks */
} wt_why_mark;

typedef struct wt_meaning {
  uint32_t classes; /* bit 1u << wt_class */
  bool substantive; /* can change what a reader believes */
  bool developing;  /* a toll, time or result that moves forward */
  bool contradicts; /* a fact that was said is said otherwise; not set for one that only came or went with its words */
  bool unmentioned; /* it contradicts, and the notices that came with it speak of something else, or not of all of it */
  wt_span *why;     /* one line each: "number: 12 -> 15 dead" */
  wt_why_mark *marks; /* one for each line of why */
  size_t why_count;
} wt_meaning;

typedef enum wt_fact_kind { WT_FACT_UNANNOUNCED, WT_FACT_DEVELOPING, WT_FACT_UNMENTIONED } wt_fact_kind;

/* A fact that changed, in words: "headline: number: 12 -> 15 dead". */
typedef struct wt_changed_fact {
  wt_fact_kind kind;
  wt_span what;
} wt_changed_fact;

/* What stands between two versions, as a whole. */
typedef struct wt_findings {
  bool unannounced; /* a substantive change of fact, and no notice in the new version */
  bool notice_came, notice_went;
  wt_span came, went;         /* the first notice of each; one that only says "With photos" is none */
  wt_span *unmatched_notices; /* notices that claim an edit that was not made */
  size_t unmatched_count;
  wt_changed_fact *facts; /* fields, then sentences; of an unmentioned one each line, of others the most telling */
  size_t fact_count;
} wt_findings;

typedef struct wt_classified {
  const wt_diff *diff;         /* borrowed */
  wt_meaning *edits;           /* one for each edit of the diff */
  wt_meaning *fields;          /* one for each field edit */
  uint32_t counts[WT_CLASSES]; /* edits and fields that carry the class */
  uint32_t classes;            /* union */
  bool substantive;
  bool only_typography; /* something differs, and only in typography */
  bool only_time;       /* only printed times of day or "3 hours ago" differ */
  wt_findings findings;
} wt_classified; /* in the arena */

/* What each edit and field of the diff means, and what stands between the two as a whole. old and newer are the stories whose
   notices and status count; NULL for bare sentences. WT_ENOMEM. */
WT_API wt_status wt_classify(wt_classified *out, wt_arena *arena, const wt_diff *diff, const wt_story *old,
                             const wt_story *newer, wt_error *err);
WT_API const char *wt_class_name(wt_class which);
WT_API bool wt_class_parse(wt_class *out, wt_span name);
/* "headline, number" */
WT_API void wt_classes_put(wt_buf *out, uint32_t classes);
/* The member "classes", a list of their names. */
WT_API void wt_classes_put_json(wt_json *json, uint32_t classes);
/* The commit subject: what changed, in words, at most 72 code points, one line, no control character:
   "12 -> 15 dead; 2 paragraphs moved". For a first version (classified NULL) its headline. */
WT_API wt_status wt_subject(wt_buf *out, const wt_classified *classified, const wt_story *newer, wt_error *err);
/* Appends the object of `diff --json` (schema 1), without a line end. */
WT_API wt_status wt_diff_print_json(wt_buf *out, const wt_diff *diff, const wt_classified *classified, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
