/*
 * story: the model of a news story, and its canonical file form.
 *
 * Invariants
 *   - A story owns nothing by itself: every span lies in the arena it was made with, or in text that outlives it.
 *   - Block text has no line break, no white space at its ends and no two spaces in a row.
 *   - keys are filled by wt_story_seal, after which the story does not change.
 *   - wt_story_parse(wt_story_print(s)) equals s, and prints the same bytes again.
 *
 * The canonical form (version 1), UTF-8, LF:
 *
 *     writethru: 1         always the first line
 *     name: value          front matter: a line a field, in the order of wt_story_field; an empty field has no line;
 *     byline: A            then a line an entry of each list (byline, picture-credit, note);
 *     status: corrected    then, when it is not usable, the status; when the capture is not whole, its state;
 *     revision: 3          then the revision's number, when it has one
 *                          one empty line
 *     One sentence.        the blocks: one sentence a line, one empty line between two blocks
 *     Another sentence.
 *
 *     [quote]              a block that is no paragraph starts with a line that names its kind: `[subhead]`, `[quote]`,
 *     She said so.         `[item]`, `[caption]`, `[note]`; a live blog's entry carries `[paragraph id=ID time=TIME]`
 *
 *     [dropped REASON]     then, when something was left out, each such piece
 *     Read more
 *
 * In a value `\` is written `\\` and a line break `\n`. In a text a line break stands for one U+0020; a line that ends in
 * a single `\` joins to the next without one; `\` is `\\`, and a line that would begin with `[` begins with `\[`. In ID,
 * TIME and REASON a byte that is no printing ASCII, and each of `%`, `[`, `]`, `=`, is written %XX.
 * Line breaks and cuts are layout: any other breaking of the same text parses to the same story. Text is squeezed on
 * reading. Dropped pieces are printed when the story has them; the archive's files leave them out (they can be had again
 * from the raw capture), so that history shows the story and not the page around it.
 */
#ifndef WT_STORY_H
#define WT_STORY_H

#include "base.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum wt_block_kind {
  WT_BLOCK_PARAGRAPH,
  WT_BLOCK_SUBHEAD,
  WT_BLOCK_QUOTE,
  WT_BLOCK_ITEM,
  WT_BLOCK_CAPTION, /* kept, and no part of the body */
  WT_BLOCK_NOTE     /* an editor's note or correction; no part of the body */
} wt_block_kind;
#define WT_BLOCK_KINDS 6

typedef enum wt_story_status {
  WT_STATUS_USABLE,
  WT_STATUS_CORRECTED,
  WT_STATUS_WITHHELD,
  WT_STATUS_CANCELED
} wt_story_status;

/* What the capture itself turned out to be; not what the editor says of the story. */
typedef enum wt_capture_state {
  WT_CAPTURE_WHOLE,
  WT_CAPTURE_PAYWALL,
  WT_CAPTURE_CUT,
  WT_CAPTURE_NOT_FOUND
} wt_capture_state;

typedef struct wt_block {
  wt_block_kind kind;
  wt_span text;
  wt_span id;     /* a live blog's entry id; else empty */
  wt_span time;   /* the entry's own time as printed by wt_time_put; else empty */
  wt_hash key;    /* of the exact bytes */
  wt_hash folded; /* of the folded form */
} wt_block;

/* What the reader left out: silence with receipts. */
typedef struct wt_dropped {
  wt_span text;
  wt_span reason; /* duplicate-headline, page-furniture, related-links, newsletter, share-bar, ... */
} wt_dropped;

typedef struct wt_list {
  wt_span *items;
  size_t count, capacity;
} wt_list; /* items in the story's arena */

/* Fields with one value, in the order of the front matter. */
typedef enum wt_story_field {
  WT_FIELD_HEADLINE,
  WT_FIELD_KICKER,
  WT_FIELD_DECK,
  WT_FIELD_DATELINE, /* place, and the date as written when it has one: "London, 20 June 2024" */
  WT_FIELD_CREDIT,   /* the agency */
  WT_FIELD_OUTLET,   /* host or configured id; `unknown` when nothing says */
  WT_FIELD_URL,
  WT_FIELD_CANONICAL,
  WT_FIELD_EMBEDDED_ID, /* an id that the source itself carries: guid, NewsML id, article id */
  WT_FIELD_LANGUAGE,    /* BCP 47 */
  WT_FIELD_PUBLISHED,   /* as wt_time_put prints: as precise as the source */
  WT_FIELD_MODIFIED,
  WT_FIELD_SLUG,    /* of the wire */
  WT_FIELD_TAKE,    /* "1st Ld-Writethru", "2ND TAKE", ... */
  WT_FIELD_VERSION, /* of the wire */
  WT_FIELD_PRIORITY,
  WT_FIELD_URGENCY,
  WT_FIELD_EMBARGO,
  WT_FIELD_CHARSET, /* what was read, and what was mended: "windows-1252", "utf-8 (double)" */
  WT_FIELDS
} wt_story_field;

/* Fields with many values. */
typedef enum wt_story_list {
  WT_LIST_BYLINES,
  WT_LIST_PICTURE_CREDITS,
  WT_LIST_NOTES, /* editors' notes that stand outside the text (wire Eds notes) */
  WT_LISTS
} wt_story_list;

typedef struct wt_story {
  wt_arena *arena; /* borrowed */
  wt_span fields[WT_FIELDS];
  wt_list lists[WT_LISTS];
  wt_story_status status;
  wt_capture_state state;
  uint32_t revision; /* 0: none yet. Left out of keys and of equality. */
  wt_block *blocks;
  size_t block_count, block_capacity;
  wt_dropped *dropped;
  size_t dropped_count, dropped_capacity;
  wt_hash key;    /* over fields and blocks: exact bytes */
  wt_hash folded; /* over the folded headline and blocks */
} wt_story;

/* An empty story on an arena, which must outlive it. */
WT_API void wt_story_init(wt_story *story, wt_arena *arena);
/* Copies value into the arena, white space squeezed. Empty clears. */
WT_API wt_status wt_story_set(wt_story *story, wt_story_field field, wt_span value, wt_error *err);
WT_API wt_status wt_story_add(wt_story *story, wt_story_list list, wt_span value, wt_error *err);
/* Appends a block; text is squeezed and copied; an empty text adds nothing. */
WT_API wt_status wt_story_add_block(wt_story *story, wt_block_kind kind, wt_span text, wt_error *err);
WT_API wt_status wt_story_drop(wt_story *story, wt_span text, const char *reason, wt_error *err);
/* Computes all keys. */
WT_API wt_status wt_story_seal(wt_story *story, wt_error *err);
/* Headline, blocks (kind, bytes) and every field equal; revision, dropped and charset left out. */
WT_API bool wt_story_equal(const wt_story *a, const wt_story *b);
WT_API bool wt_block_is_body(wt_block_kind kind);
WT_API const char *wt_block_kind_name(wt_block_kind kind);        /* "paragraph", ... */
WT_API const char *wt_story_status_name(wt_story_status status);  /* "usable", ... */
WT_API const char *wt_capture_state_name(wt_capture_state state); /* "whole", "paywall", ... */
WT_API const char *wt_story_field_name(wt_story_field field);
WT_API const char *wt_story_list_name(wt_story_list list); /* "byline", "picture-credit", "note" */
/* Words of the body, as wt_words_cut counts letters and numbers. */
WT_API wt_status wt_story_word_count(size_t *out, const wt_story *story, wt_error *err);

/* Appends the canonical form. */
WT_API wt_status wt_story_print(wt_buf *out, const wt_story *story, wt_error *err);
/* Reads the canonical form and seals. WT_EFORMAT with the byte of the first thing that is not in the form. */
WT_API wt_status wt_story_parse(wt_story *out, wt_arena *arena, wt_span bytes, wt_error *err);
/* Where a story was read. What is not known is left empty: it is not told, but for file, which is null then. */
typedef struct wt_story_origin {
  wt_span file;
  wt_span story;       /* its path in the archive */
  uint32_t revision;   /* told with story */
  wt_instant captured; /* or WT_INSTANT_NONE */
} wt_story_origin;

/* Appends the object of `extract --json` (schema 1), without a line end. */
WT_API wt_status wt_story_print_json(wt_buf *out, const wt_story *story, const wt_story_origin *origin, wt_error *err);

#ifdef __cplusplus
}
#endif
#endif
