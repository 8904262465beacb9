/*
 * html_sort: what the passes that sort the blocks of a page hand to each other.
 *
 *   html_where     where the story's blocks stand, and what their place speaks against the others
 *   html_each      each block by itself, from its tag, place, links, hints and the page's own articleBody
 *   html_head      deck, byline and date between the headline and the first paragraph
 *   html_twice     what stands on the page twice
 *   html_offer     a box behind the last paragraph that sells or asks
 *   html_tail      calls to subscribe, notes on the writer and credits behind the last paragraph
 *   html_headings  headings, by what is left below them; who signs below the text
 *
 * html_sort runs them in this order; all ask html_traits what a block is like, and none knows another.
 */
#ifndef WT_INGEST_HTML_SORT_H
#define WT_INGEST_HTML_SORT_H

#include "ingest/html_page.h"

/* How much prose stands in one place. */
typedef struct wt_html_place {
  uint64_t key; /* 0: free */
  int32_t value;
} wt_html_place;

typedef struct wt_html_sorting {
  wt_html_page *page;
  const char **why;      /* by node: what its place speaks against the text in it; NULL: nothing */
  wt_html_place *places; /* a hash table */
  size_t mask;
  int64_t home;         /* of total, what is at home */
  int32_t total;        /* value of all prose in the story's subtree */
  uint32_t first_body;  /* index of the first block of the body; block_count: none */
  bool headed, begun;   /* going down the page: a headline, prose at home was met */
  unsigned looks;       /* at elements that hold much and are called galleries */
  unsigned questions;   /* above an answer each, up to two */
  uint32_t answers_end; /* node behind the last answer met */
  bool cover_is_whole;  /* the articleBody holds most of what we take for the story */
} wt_html_sorting;

/* html_where.c. Free why and places after use. */
wt_status wt_sort_find_places(wt_html_sorting *s, wt_error *err);
wt_status wt_sort_find_reasons(wt_html_sorting *s, wt_error *err);
/* Does the block stand where the story's prose stands? */
bool wt_sort_is_at_home(const wt_html_sorting *s, const wt_html_block *block);
bool wt_sort_is_inside(const wt_html_page *page, uint32_t node);

/* html_traits.c */
void wt_sort_drop(wt_html_block *block, const char *reason);
/* The hints of an element and those above it, `levels` in all, up to main. */
uint64_t wt_sort_hints(const wt_html_page *page, uint32_t at, int levels);
/* Another wording of the headline, in a heading: one for the list, one for the page. */
bool wt_sort_is_variant(wt_html_page *page, const wt_html_block *block);
bool wt_sort_is_covered(const wt_html_block *block); /* by the articleBody */
bool wt_sort_is_linked(const wt_html_block *block);  /* for the most part */

/* html_each.c: wants why and places. Sets cover_is_whole, headed and begun. */
void wt_sort_each(wt_html_sorting *s);

/* html_head.c: wants the blocks sorted one by one. Sets first_body. */
void wt_sort_head(wt_html_sorting *s);

/* html_twice.c: wants first_body. */
wt_status wt_sort_twice(wt_html_sorting *s, wt_error *err);

/* html_offer.c: wants first_body. */
void wt_sort_offer(wt_html_sorting *s);

/* html_tail.c: wants all blocks sorted but the headings. */
void wt_sort_tail(wt_html_sorting *s);

/* html_headings.c: wants all other blocks sorted. */
void wt_sort_headings(wt_html_sorting *s);

#endif
