/* Words that tell the cutter of sentences whether a full stop ends one. */
#ifndef WT_TEXT_ABBREVIATIONS_H
#define WT_TEXT_ABBREVIATIONS_H

#include "wt/base.h"

/* An abbreviation that stands before what it belongs to: "Mr.", "No.", "Nr.". Its stop never ends a sentence. */
bool wt_is_title(wt_span word);
/* An abbreviation that may close a sentence: "Inc.", "Calif.", "Jan.". */
bool wt_is_abbreviation(wt_span word);
/* A word, as written, that hardly ever follows an abbreviation inside a sentence: "The", "He", "Der", "El". */
bool wt_is_opener(wt_span word);
/* A weekday, month or time zone: what follows "5 p.m." or a German "3." inside a sentence. */
bool wt_is_calendar(wt_span word);

#endif
