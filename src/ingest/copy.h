/*
 * copy: pieces of news copy, in their order -> fields and blocks of a story.
 *
 * A piece is what stood apart in the source: a paragraph of text, an element of markup, a line of an old wire file. Its kind is
 * what the source says of it; a paragraph is looked at again, since copy marks its parts by convention and not by markup.
 *
 * Before the first body paragraph a piece may be headline, deck, dateline or byline (the first two only when asked for); after
 * it, subhead, item, quote or paragraph. Repeats of the headline, rules, end marks and sign-offs go, each with its reason.
 */
#ifndef WT_INGEST_COPY_H
#define WT_INGEST_COPY_H

#include "ingest/newsline.h"
#include "wt/story.h"

typedef struct wt_piece {
  wt_block_kind kind;
  const char *dropped; /* the source's own reason to leave it out, else NULL */
  wt_span text;
  wt_span id, time; /* of an entry, as our own output carries them */
  wt_newsline line; /* what a paragraph is by its form */
} wt_piece;

/* Pieces and their text. Zero-initialised is empty. */
typedef struct wt_pieces {
  wt_arena arena;
  wt_piece *items;
  size_t count, capacity;
} wt_pieces;

void wt_pieces_release(wt_pieces *pieces);
/* Appends a copy of text, trimmed; an empty one adds nothing. */
wt_status wt_pieces_add(wt_pieces *pieces, wt_block_kind kind, wt_span text, wt_error *err);
wt_status wt_pieces_drop(wt_pieces *pieces, wt_span text, const char *reason, wt_error *err);
/* Gives the piece added last the id and the time of an entry. */
wt_status wt_pieces_mark(wt_pieces *pieces, wt_span id, wt_span time, wt_error *err);
/* Appends the paragraphs of plain text; hard wraps are joined. */
wt_status wt_pieces_add_text(wt_pieces *pieces, wt_span text, wt_error *err);

/* Adds whom a picture is from, once. */
wt_status wt_picture_credit_add(wt_story *story, wt_span text, wt_error *err);

typedef enum wt_copy_how {
  WT_COPY_PLAIN, /* the headline and deck may be among the pieces */
  WT_COPY_WIRE,  /* headline and deck are known, or there is none */
  WT_COPY_EXACT  /* kinds are what they say: our own output read back */
} wt_copy_how;

wt_status wt_copy_assemble(wt_story *story, const wt_pieces *pieces, wt_copy_how how, wt_error *err);

#endif
