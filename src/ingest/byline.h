/*
 * byline: "By Ann Lee and Bo Ek, Reuters" -> the names, and the agency apart. In the languages whose pages say "by".
 */
#ifndef WT_INGEST_BYLINE_H
#define WT_INGEST_BYLINE_H

#include "wt/story.h"

/* Adds each name in text to the story's bylines, once: without the word for "by", roles, initials in brackets, addresses
   places after a comma, and what links beside names say. An agency's name becomes the story's credit when it has none, and
   a byline as well where the page names it as the writer: not behind a person's, "By Ann Lee, Reuters". */
wt_status wt_byline_add(wt_story *story, wt_span text, wt_error *err);
/* Does text say by itself that it is a byline: by the word in front ("By ", "Von ", "Por ", "بقلم: "), or by the trade behind
   the name (記者, 기자)? */
bool wt_byline_starts(wt_span text);
/* Has text a word in front that bylines begin with, among them those that other lines begin with too ("Par ", "Di ")?
   *names is the rest. */
bool wt_byline_opens(wt_span *names, wt_span text);
/* Is text nothing but names, of two to five words with a capital each, and what joins them? Never in scripts without
   capitals. */
bool wt_byline_is_names(wt_span text);
/* Is text, a line above a story, a byline: because it says so, or because it is a word that other lines begin with too and
   names ("Par Ann Lee et Bo Ek"), or names and "and" between them? */
bool wt_byline_is_line(wt_span text);
/* Does a word for "and" stand in text? */
bool wt_byline_joins(wt_span text);
/* Is it the name of a news agency, as agencies sign? */
bool wt_byline_is_agency(wt_span name);

#endif
