/*
 * byline: "By Ann Lee and Bo Ek, Reuters" -> the names, and the agency apart. In the languages whose pages say "by".
 */
#ifndef WT_INGEST_BYLINE_H
#define WT_INGEST_BYLINE_H

#include "wt/story.h"

/* Adds each name in text to the story's bylines, once: without the word for "by", roles, initials in brackets, addresses
   and places after a comma. An agency's name becomes the story's credit when it has none, and a byline as well, for the
   page names it as the writer. */
wt_status wt_byline_add(wt_story *story, wt_span text, wt_error *err);
/* Does text begin with the word that a byline begins with ("By ", "Von ", "Por ") ? */
bool wt_byline_starts(wt_span text);
/* Is it the name of a news agency, as agencies sign? */
bool wt_byline_is_agency(wt_span name);

#endif
