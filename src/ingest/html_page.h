/*
 * html_page: what the passes over one page hand to each other. See html.h for their order.
 */
#ifndef WT_INGEST_HTML_PAGE_H
#define WT_INGEST_HTML_PAGE_H

#include "ingest/html_tree.h"
#include "ingest/jsonld.h"
#include "wt/ingest.h"

/* What a block turned out to be. */
typedef enum wt_role {
  WT_ROLE_UNKNOWN,
  WT_ROLE_BLOCK, /* block of the story, of .kind */
  WT_ROLE_KICKER,
  WT_ROLE_DECK,
  WT_ROLE_BYLINE,
  WT_ROLE_DATE,
  WT_ROLE_DATELINE, /* a place alone before the text */
  WT_ROLE_PICTURE_CREDIT,
  WT_ROLE_DROPPED /* with .reason */
} wt_role;

/* A run of text between two borders of block-level elements. */
typedef struct wt_html_block {
  uint32_t begin, len; /* in page.text: squeezed */
  uint32_t node;       /* the element that holds it: innermost block-level one */
  uint32_t first;      /* its first text node */
  uint32_t weight;     /* what it weighs for the eye: characters, ideographs double */
  uint32_t link_weight, bold_weight;
  uint32_t context; /* WT_IN_ of its node */
  uint16_t covered; /* parts of 1,000 of its words that stand so in the page's own articleBody */
  uint8_t ends_sentence;
  uint8_t role;       /* wt_role */
  uint8_t kind;       /* wt_block_kind, for WT_ROLE_BLOCK */
  const char *reason; /* for WT_ROLE_DROPPED */
  int32_t value;      /* for html_select */
} wt_html_block;

/* What the page says of itself. Spans lie in the tree's text or the story's arena. */
enum { WT_DESCRIPTIONS = 4 };
typedef struct wt_html_meta {
  wt_span title; /* of the window */
  wt_span og_title, twitter_title, micro_headline;
  wt_span descriptions[WT_DESCRIPTIONS];
  wt_span published, modified;             /* meta */
  wt_span micro_published, micro_modified; /* itemprop, and the first <time> of the page */
  wt_span canonical, og_url, amp, site, section, id;
  wt_span language, meta_language, locale; /* of the html element, meta, og:locale */
  wt_span http_language;                   /* what came with the page */
  wt_list authors;                         /* meta, as written */
  wt_list micro_authors;
  wt_jsonld ld;
} wt_html_meta;

/* An entry of a live blog. */
typedef struct wt_html_entry {
  uint32_t node, time; /* its element, which has an id, and its <time> */
} wt_html_entry;

enum { WT_LEDES = 12 };
typedef struct wt_html_page {
  wt_html_tree tree;
  wt_html_meta meta;
  wt_html_block *blocks;
  size_t block_count, block_capacity;
  wt_buf text;              /* of blocks */
  int32_t *sums;            /* by node: value of the subtree as html_select counts it */
  int32_t *prose;           /* by node: value of all prose in the subtree, whatever its elements are called */
  uint32_t *borders;        /* by node: the innermost element from it up that begins and ends blocks */
  bool has_cover;           /* the page gives its own articleBody */
  bool body_from_data;      /* the page shows less than half of it, or none: the story is meta.ld.body */
  uint32_t main;            /* the subtree with the story; WT_NO_NODE: none */
  uint32_t ledes[WT_LEDES]; /* blocks of the story before main, in order */
  unsigned lede_count;
  wt_html_entry *entries; /* in order; none: no live blog */
  size_t entry_count;
  bool failed;      /* out of memory somewhere that gives back a span or nothing */
  wt_arena scratch; /* folded forms and the like, gone with the page */
  wt_span headline; /* chosen; its folded form, and those of the other headlines the page declares */
  wt_span folded[8];
  unsigned folded_count;
} wt_html_page;

/* html_blocks.c: fills blocks, borders and text. */
wt_status wt_html_blocks(wt_html_page *page, wt_error *err);
wt_span wt_html_block_text(const wt_html_page *page, const wt_html_block *block);
/* Does the last letter or mark end a sentence, in any script? */
bool wt_html_ends_sentence(wt_span text);

/* html_meta.c: fills meta. */
wt_status wt_html_meta_read(wt_html_page *page, wt_arena *arena, wt_error *err);

/* html_likeness.c */
/* The folded form, in page->scratch. Empty past the ceiling. */
wt_span wt_html_fold(wt_html_page *page, wt_span text);
/* Parts of 1,000 of the words of a that are words of b too; both folded. Scripts without spaces: of two-sign pieces. */
unsigned wt_html_likeness(wt_span a, wt_span b);

/* html_headline.c: chooses the headline, before html_select. */
wt_status wt_html_headline(wt_html_page *page, wt_error *err);
/* Is it the site's name, as far as the page declares it? */
bool wt_html_names_site(wt_html_page *page, wt_span tail);

/* html_fields.c: sets dates, addresses, language, bylines, of sorted blocks. */
wt_status wt_html_fields(wt_story *story, wt_html_page *page, wt_error *err);
/* Two to five words, each with a capital but for "de" and the like. */
bool wt_html_is_name(wt_span text);
/* The same on a page in English, and no section's or place's name, as far as words tell: what stands beside the day. */
bool wt_html_is_bare_name(const wt_html_page *page, wt_span text);

/* html_cover.c: fills covered. */
#define WT_COVER_UNKNOWN UINT16_MAX
wt_status wt_html_cover(wt_html_page *page, wt_error *err);

/* html_phrases.c: lines that pages all over the web set between paragraphs; NULL when text is none of them, else why.
   sentence: text is a full one and no link, so that only what no story begins a sentence with counts. */
const char *wt_html_phrase(wt_span folded, bool sentence);
/* Does a heading open the readers' comments: "3 comments", "Kommentare (3)", "Leave a reply"? */
bool wt_html_heads_comments(wt_span folded);

/* html_select.c: fills block values, sums, prose and main. */
wt_status wt_html_select(wt_html_page *page, wt_error *err);
/* Where the subtree holds several articles with headings of their own (a page that goes on with the next story), main
   becomes the one that the headline heads. */
void wt_html_narrow(wt_html_page *page);
/* What a subtree is worth by its name: parts of its sum, in sixteenths. */
int wt_html_share_of(const wt_node *node);
/* Is it a heading with one of the headlines that the page declares? */
bool wt_html_is_headline(wt_html_page *page, const wt_html_block *block);

/* html_lede.c: fills ledes. */
void wt_html_lede(wt_html_page *page);

/* html_live.c: fills entries. */
wt_status wt_html_live(wt_html_page *page, wt_error *err);
/* The entry that holds a node, or NULL. */
const wt_html_entry *wt_html_entry_of(const wt_html_page *page, uint32_t node);

/* html_state.c: what the sorted page is. */
wt_capture_state wt_html_state(wt_html_page *page);

/* html_sort.c: gives each block its role. */
wt_status wt_html_sort(wt_html_page *page, wt_error *err);

/* html_data.c: the story out of JSON in the page's scripts, for a page that shows next to none of it. Wants sorted blocks. */
void wt_html_data(wt_html_page *page, wt_span utf8);

/* html_emit.c: the story. */
wt_status wt_html_emit(wt_story *story, const wt_html_page *page, wt_error *err);

#endif
