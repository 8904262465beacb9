/* story_text: a version's text as HTML: plain with an anchor for each sentence, or as a heat map of who wrote what. */
#ifndef REPORT_STORY_TEXT_H
#define REPORT_STORY_TEXT_H

#include "report/story_view.h"

/* Kicker, headline as <h1>, deck; none of them twice. */
void story_put_head(html *page, const wt_story *text);
/* The body with captions and notes in place; every sentence has the id s1, s2, ... and a link to itself. */
wt_status story_put_text(html *page, wt_arena *arena, const wt_story *text, wt_error *err);
/* The body, every stretch tinted by the revision that brought it, with that revision named on hover and focus. */
void story_put_ages(html *page, const story_view *view);

#endif
