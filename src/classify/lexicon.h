/*
 * lexicon: which words mean a number, a day, a unit, a way of saying; read from the plain files in classify/data/.
 *
 * A file is lines `form, form = tag value`; `[en]` starts the part of one language, `[*]` the part of all; `#` starts a comment.
 * A form is folded (lower case, straight apostrophes) and may have several words. One form may have several tags.
 */
#ifndef WT_CLASSIFY_LEXICON_H
#define WT_CLASSIFY_LEXICON_H

#include "wt/classify.h"

typedef enum wt_lex_tag {
  /* of numbers and dates, to LEX_WHICH */
  LEX_NUMBER,   /* value: how many; or a fraction such as 1/2 */
  LEX_ORDINAL,  /* value: which */
  LEX_SCALE,    /* value: power of ten */
  LEX_UNIT,     /* value: canonical name */
  LEX_CURRENCY, /* value: canonical name */
  LEX_BOUND,    /* at least, about: before a number; value: canonical name */
  LEX_AFTER,    /* or more, or so: after a number */
  LEX_MANY,     /* dozens, thousands: with no number before, more than one of them and no count */
  LEX_MONTH,    /* value: 1 to 12 */
  LEX_WEEKDAY,  /* value: 1 to 7 from Monday */
  LEX_DAY,      /* yesterday, tonight, noon, morning: a time by itself */
  LEX_CLOCK,    /* pm, GMT, Uhr: after digits; value: am, pm, clock, or a zone */
  LEX_AT,       /* at, alle: before a time of day */
  LEX_PERIOD,   /* week, month: a time after last, next, this */
  LEX_WHICH,    /* last, next, this */
  LEX_AGO,      /* ago, earlier */
  LEX_YEARLY,   /* in, since: a year may follow */
  LEX_SAY,      /* value: lemma */
  LEX_HEDGE,    /* value: lemma */
  LEX_NOT,      /* value: lemma */
  LEX_TITLE,    /* Mr, President */
  LEX_COMMON,   /* no name, even with a capital */
  LEX_THING,    /* capitals and no name: TV; Section, before a number or a letter */
  LEX_STOP,     /* carries no fact; also the language's vote */
  LEX_PARTICLE, /* von, de la: inside a name */
  LEX_TOLL,     /* dead, counted: what such a number counts moves forward as an event goes on */
  LEX_SIDE,     /* value: group and sign, "guilt+" */
  LEX_ROLE,     /* value: what somebody is: minister, goalkeeper */
  LEX_VARIANT,  /* value: one word in the spellings of two countries */
  LEX_NOTICE,   /* starts an editor's notice */
  LEX_NOTED,    /* makes the sentence a notice wherever it stands in it */
  LEX_STAMP,    /* starts a time stamp of the page */
  LEX_PAGE,     /* starts page furniture */
  LEX_CLAIM,    /* in a notice: what it says was done; value: class name or `text` */
  LEX_TAGS
} wt_lex_tag;

typedef struct wt_lex_entry {
  wt_span form, value;
  wt_lex_tag tag;
  uint8_t words;                   /* in the form */
  uint64_t tags;                   /* bits: of this entry and of all after it */
  const struct wt_lex_entry *next; /* same form, other tag */
} wt_lex_entry;

typedef struct wt_lexicon {
  struct wt_lex_slot *slots;
  size_t mask, count;
  uint64_t *sieve;  /* LEX_SIEVE bits: most words are in no lexicon, and are told here without a look at the slots */
  char language[4]; /* "en", ...; "" when the text is in none that we know */
  char
      decimal; /* what parts a figure's decimals off: '.' or ','; 0: the language is none that we know, and it may be either */
  bool noun_capitals; /* German: a capital alone is no sign of a name */
} wt_lexicon;

/* The tables for the language of these units (a vote of small words; `hint`, a BCP 47 tag, when the vote says nothing).
   They are shared, never change and are never given back; any thread may ask. */
wt_status wt_lexicon_open(wt_lexicon *out, const wt_units *old, const wt_units *new, wt_span hint, wt_error *err);
/* All entries of a folded form, or NULL. *longest: words in the longest form that starts with these words; may be NULL. */
const wt_lex_entry *wt_lexicon_find(const wt_lexicon *lexicon, wt_span form, unsigned *longest);

static inline const wt_lex_entry *wt_lex_tagged(const wt_lex_entry *entry, wt_lex_tag tag) {
  if (!entry || !(entry->tags >> tag & 1)) return NULL;
  while (entry->tag != tag) entry = entry->next;
  return entry;
}

#endif
